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

#endif // WHAMM_CONVERSION_CONVERSIONPASSES_TD
