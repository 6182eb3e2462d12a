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

def ProbePromoteMaps : Pass<"probe-promote-maps"> {
  let summary = "Count under static keys of maps in counters of their own";
  let description = [{
    An update `m[k] = m[k] + c` of a global map of integers, where `k` is known
    at match time and `c` is a positive constant, becomes an addition to a
    counter that belongs to the key, if nothing but such updates, and what runs
    when the program has ended, sees the map.

    ```mlir
    %m = probe.global_get @edges : !probe.map<(ui32, ui32), ui64>
    %v = probe.map_get %m[%k] : !probe.map<(ui32, ui32), ui64>
    %w = probe.add %v, %one : ui64
    probe.map_set %m[%k], %w : !probe.map<(ui32, ui32), ui64>
    ```
    becomes
    ```mlir
    %c = probe.map_cell @edges[%k] : (ui32, ui32)
    probe.cell_add %c, 1
    ```
    or, with `functions`, a call of a function that does the update, but may be
    called with the sum of many amounts at the end:
    ```mlir
    probe.call @edges.add(%k, %one) : ((ui32, ui32), ui64) -> ()
    ```
  }];
  let options = [
    Option<"functions", "functions", "bool", "false",
           "Make calls of functions that accumulate, not counters">,
  ];
  let statistics = [
    Statistic<"numMaps", "maps-promoted", "Maps whose updates were replaced">,
    Statistic<"numUpdates", "updates-promoted", "Updates replaced">,
  ];
}

def ProbeFuseMapUpdates : Pass<"probe-fuse-map-updates"> {
  let summary = "Add to values of maps in place, with one look-up";
  let description = [{
    A read of a map, an addition or subtraction, and the write of its result
    under the same key become one operation, if nothing else needs the value
    that was read or the result, and nothing between the two can write to a map:
    other writes to maps, calls. Map and key have to be the same values, which
    CSE makes of equal ones.

    ```mlir
    %v = probe.map_get %m[%k] : !probe.map<ui32, ui64>
    %w = probe.add %v, %x : ui64
    probe.map_set %m[%k], %w : !probe.map<ui32, ui64>
    ```
    becomes
    ```mlir
    probe.map_add %m[%k], %x : !probe.map<ui32, ui64>
    ```

    The amount of a subtraction is negated: `0 - x`, of floats `-0.0 - x`, which
    alone is `-x` for every `x`.
  }];
  let statistics = [
    Statistic<"numUpdates", "updates-fused", "Updates with one look-up">,
  ];
}

#endif // WHAMM_DIALECT_PROBE_TRANSFORMS_PROBEPASSES_TD
