//===- ConversionPasses.td - Conversions between dialects --*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_CONVERSION_CONVERSIONPASSES_TD
#define WHAMM_CONVERSION_CONVERSIONPASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertProbeToWasmInject
    : Pass<"convert-probe-to-wasm-inject", "::mlir::ModuleOp"> {
  let summary = "Match probes against an application";
  let description = [{
    Walks the application once and, for each probe, makes one template and a
    table of the sites that match: the instruction is one of the probe's events,
    its type bounds and used operands fit, and the static part of the predicate
    holds. Largest expressions over static facts are evaluated here, per site,
    and become holes of the template; the dynamic part of the predicate becomes
    an `scf.if`. Types of the language become WebAssembly's.

    Expects `predicate-split` to have run. Either `app` names the application's
    file, or the pipeline's creator has passed the parsed module. Calls of
    libraries that are to be made at match time run in an interpreter; `libs`
    names the libraries.
  }];
  let options = [
    Option<"app", "app", "std::string", "", "The application, a .wasm file">,
    ListOption<"libs", "libs", "std::string",
               "Libraries for static calls, NAME=LIB.wasm each">,
  ];
  let statistics = [
    Statistic<"numSites", "sites-matched", "Sites">,
    Statistic<"numInstructions", "instructions-scanned",
              "Instructions looked at">,
    Statistic<"numTemplates", "templates", "Templates made">,
  ];
  let dependentDialects = ["::whamm::wasm_inject::WasmInjectDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect"];
}

def ConvertProbeToMonitor
    : Pass<"convert-probe-to-monitor", "::mlir::ModuleOp"> {
  let summary = "Turn probes into rules of a monitor, without an application";
  let description = [{
    For each event of an engine at which probes listen, makes one rule: a
    function that the engine calls at match time, once per site, and one that it
    calls where the program runs. The first decides which of the probes have the
    site, gives it memory for their state, and computes the static values that
    they read; the second is their bodies, one behind the other.

    Before (predicates have been split):

    ```mlir
    probe.probe rule "wasm:opcode:call:before" source 0 body {
      %0 = probe.var "n" report : ui32
      ...
    }
    ```

    After:

    ```mlir
    wasm_inject.function @r0.match -> [i32] { ... }   // fid, pc: a record
    wasm_inject.function @r0 -> [] { ... }            // record: counts in it
    wasm_inject.rule "wasm:opcode:call"
        params [#wasm_inject.match_call<"$r0"(fid, pc)>] calls @r0
    ```

    What an engine cannot do (`alt`, assignments, results, memory of the
    application) is an error; what it sees differently a warning.
  }];
  let statistics = [
    Statistic<"numRules", "rules", "Rules made">,
    Statistic<"numFunctions", "functions", "Functions made">,
  ];
  let dependentDialects = ["::whamm::wasm_inject::WasmInjectDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect"];
}

#endif // WHAMM_CONVERSION_CONVERSIONPASSES_TD
