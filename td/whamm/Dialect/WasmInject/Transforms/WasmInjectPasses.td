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

#endif // WHAMM_DIALECT_WASMINJECT_TRANSFORMS_WASMINJECTPASSES_TD
