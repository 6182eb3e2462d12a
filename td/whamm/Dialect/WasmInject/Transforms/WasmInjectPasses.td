//===- WasmInjectPasses.td - Passes over templates ---------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_TRANSFORMS_WASMINJECTPASSES_TD
#define WHAMM_DIALECT_WASMINJECT_TRANSFORMS_WASMINJECTPASSES_TD

include "mlir/Pass/PassBase.td"

def WasmInjectSpecialize : Pass<"wasm-inject-specialize", "::mlir::ModuleOp"> {
  let summary = "Specialise templates for the static facts they branch on";
  let description = [{
    A hole on which a template's control flow depends is replaced by its value:
    the template's sites are divided by the distinct tuples of such holes, and
    each group gets a copy of the template in which they are constants. Holes
    that are only data stay, unless all sites of a group agree on them. Copies
    are simplified; a copy without effects is dropped together with its sites,
    where they own no state.

    With `max-variants`, a template whose holes take more distinct tuples stays
    as it is.
  }];
  let options = [
    Option<"maxVariants", "max-variants", "unsigned", "1024",
           "Largest number of copies of one template">,
  ];
  let statistics = [
    Statistic<"numVariants", "variants", "Copies of templates made">,
    Statistic<"numHolesFolded", "holes-folded",
              "Holes that became constants">,
    Statistic<"numSitesDropped", "sites-dropped",
              "Sites whose code turned out to do nothing">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def WasmInjectMergeArms : Pass<"wasm-inject-merge-arms", "::mlir::ModuleOp"> {
  let summary = "Merge arms that differ in where they access memory";
  let description = [{
    An `scf.if` whose arms are the same operations on the same values is replaced
    by one of them. The offsets of `wasm_inject.load` and `wasm_inject.store` may
    differ, by one number for all accesses with one base address that differ at
    all: that number, times the condition or its complement, is added to the
    base. So a counter per direction of a branch, with one body each, becomes

    ```mlir
    scf.if %c {
      %v = wasm_inject.load %record[0] : i64
      %w = arith.addi %v, %one : i64
      wasm_inject.store %record[0], %w : i64
    } else {
      %v = wasm_inject.load %record[8] : i64
      %w = arith.addi %v, %one : i64
      wasm_inject.store %record[8], %w : i64
    }
    ```
    →
    ```mlir
    %not = arith.xori %c, %true : i1
    %bit = arith.extui %not : i1 to i32
    %distance = arith.shli %bit, %three : i32
    %base = arith.addi %record, %distance : i32
    %v = wasm_inject.load %base[0] : i64
    %w = arith.addi %v, %one : i64
    wasm_inject.store %base[0], %w : i64
    ```

    Inner ones are merged first. Operations have to stand in the same order;
    canonicalised code meets that best. The sum of a base address and an offset
    must fit 32 bits, which holds for records in memory.
  }];
  let statistics = [
    Statistic<"numArmsMerged", "arms-merged",
              "Operations with two arms that became one arm">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

#endif // WHAMM_DIALECT_WASMINJECT_TRANSFORMS_WASMINJECTPASSES_TD
