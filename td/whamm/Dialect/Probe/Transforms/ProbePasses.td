//===- ProbePasses.td - Passes over scripts ----------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_TRANSFORMS_PROBEPASSES_TD
#define WHAMM_DIALECT_PROBE_TRANSFORMS_PROBEPASSES_TD

include "mlir/Pass/PassBase.td"

def ProbeExpand : Pass<"probe-expand"> {
  let summary = "Expand rules to the events and modes that they match";
  let description = [{
    Gives each probe the list of events and modes that its rule's patterns
    match, with the numbers that reports print, and the order of probes
    at one place: scripts in their order; in a script packages, then modes, in
    order of first appearance, then source order. Numbers start anew in each
    script. Of several variants of one source probe, each event goes to the
    first whose bound names mean what they mean in the event and have its types.
    It is an error where none fits. Variants that list instances already take
    those, with the numbers and ranks that they have in the module as a whole.
    `begin`, `end` and `report` are events, too.

    ```mlir
    probe.probe rule "wasm:opcode:call*:before" source 0 body {...}
    ```
    becomes
    ```mlir
    probe.probe rule "wasm:opcode:call*:before" source 0 instances [
        #probe.instance<"opcode:call:before" number 0 order 0>,
        #probe.instance<"opcode:call_indirect:before" number 1 order 0>,
        #probe.instance<"opcode:call_ref:before" number 2 order 0>] body {...}
    ```
  }];
  let statistics = [
    Statistic<"numInstances", "instances", "Events and modes matched">,
  ];
}

#endif // WHAMM_DIALECT_PROBE_TRANSFORMS_PROBEPASSES_TD
