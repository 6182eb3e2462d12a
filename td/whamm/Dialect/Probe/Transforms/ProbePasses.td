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
    at one place: packages, then modes, in order of first appearance in the
    script, then source order. Of several variants of one source probe, each
    event goes to the one whose bound names have the event's types. It is an
    error where none fits.

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
