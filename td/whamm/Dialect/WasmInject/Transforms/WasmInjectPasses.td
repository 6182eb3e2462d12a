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
    A hole that decides which way a template's control flow goes is replaced by
    its value: the template's sites are divided by the distinct tuples of such
    holes, and each group gets a copy of the template in which they are
    constants. A hole that operands are compared with decides nothing by itself.
    Holes that are only data stay, unless all sites of a group agree on them.
    Copies are simplified; a copy without effects is dropped together with its sites,
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

def WasmInjectPropagateConstants
    : Pass<"wasm-inject-propagate-constants", "::mlir::ModuleOp"> {
  let summary = "Replace state that keeps its initial value by that value";
  let description = [{
    A number or bool that nothing stores to, and that does not begin with a
    value of each site's own, is a constant wherever it is read:

    ```mlir
    wasm_inject.state @limit : ui32 program name "limit" script 0 = 10 : i32
    ...
    %0 = wasm_inject.state_get @limit : i32
    ```
    becomes
    ```mlir
    %0 = arith.constant 10 : i32
    ```
  }];
  let statistics = [
    Statistic<"numStates", "states", "States that are constants">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def WasmInjectHoistInvariants
    : Pass<"wasm-inject-hoist-invariants", "::mlir::ModuleOp"> {
  let summary = "Compute once per site what is the same at each execution";
  let description = [{
    Pure operations on holes and constants give the same whenever the site
    executes. They are computed for all sites, and the template reads their
    results from holes of its own; holes that nobody reads then go.

    ```mlir
    wasm_inject.template @t params [#wasm_inject.param<hole 0>] states [] body {
    ^bb0(%pc: i32):
      %0 = arith.muli %pc, %c8 : i32
      %1 = arith.cmpi ugt, %0, %c100 : i32
      scf.if %1 { ... }
    }
    wasm_inject.sites @t ... holes [array<i64: 7, 13, 20>]
    ```
    becomes
    ```mlir
    wasm_inject.template @t params [#wasm_inject.param<hole 0>] states [] body {
    ^bb0(%0: i1):
      scf.if %0 { ... }
    }
    wasm_inject.sites @t ... holes [array<i64: 0, 1, 1>]
    ```

    Run in front of `wasm-inject-specialize`, conditions make two copies of a
    template, not one for each value that they compare.

    Operations whose operands take more than `max-values` different combinations
    stay, and those that do not fold for some site.
  }];
  let options = [
    Option<"maxValues", "max-values", "unsigned", "65536",
           "Largest number of combinations computed for one operation">,
  ];
  let statistics = [
    Statistic<"numHoisted", "hoisted", "Results that became holes">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def WasmInjectEliminateDeadState
    : Pass<"wasm-inject-eliminate-dead-state", "::mlir::ModuleOp"> {
  let summary = "Remove state that nobody sees";
  let description = [{
    State that no report shows and whose values go into its own updates only is
    never seen: its updates are removed, and what only they needed. It stays
    declared, as reports number variables. Code that may trap, print or call a
    library stays. State of tuples, and what tallies or
    counters refer to, stays.

    With `keep-program`, the program's variables stay: a host can ask for them.
  }];
  let options = [
    Option<"keepProgram", "keep-program", "bool", "false",
           "Keep variables of the program">,
  ];
  let statistics = [
    Statistic<"numStates", "states", "States that nobody sees">,
    Statistic<"numUpdates", "updates", "Updates removed">,
  ];
}

def WasmInjectMergeTemplates
    : Pass<"wasm-inject-merge-templates", "::mlir::ModuleOp"> {
  let summary = "Merge templates that read the same operands at a place";
  let description = [{
    Where templates run one behind the other, all `before` or all `after` an
    instruction, and each reads an operand, result or local that one in front of
    it reads, there is one template that does what they do, with each operand
    once and each hole once. Their tables are divided: places at which some of
    them run only keep what they had.

    ```mlir
    wasm_inject.sites @a at before rank 0 ... func [3, 3] opidx [8, 9] ...
    wasm_inject.sites @b at before rank 1 ... func [3] opidx [9] ...
    ```
    becomes
    ```mlir
    wasm_inject.sites @a_0 at before rank 0 ... func [3] opidx [9] ...
    wasm_inject.sites @a at before rank 0 ... func [3] opidx [8] ...
    ```

    Not merged are templates that assign operands or exchange immediates,
    templates behind one that leaves early, and two that both use state of their
    sites: a site has one range of slots. Nor are those that
    `wasm-inject-choose-inlining` would inline, where what they would become is
    too large for that. Sites whose code moves keep their rows.
  }];
  let options = [
    Option<"maxTemplates", "max-templates", "unsigned", "64",
           "Largest number of templates made">,
  ];
  let statistics = [
    Statistic<"numMerged", "merged", "Templates that became part of others">,
    Statistic<"numSites", "sites", "Places with a merged template">,
  ];
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

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

def AppOption
    : Option<"app", "app", "std::string", "", "The application, a .wasm file">;
def PreciseTrapsOption
    : Option<"preciseTraps", "precise-traps", "bool", "false",
             "Keep counts exact also where the program traps">;

def WasmInjectExtractTallies
    : Pass<"wasm-inject-extract-tallies", "::mlir::ModuleOp"> {
  let summary = "Turn unconditional counting into tallies";
  let description = [{
    Where all that a template does with a state is to add constants or holes to
    it, or to set it to one, whenever control comes by, the state follows from
    how often it does. The code goes, and a `wasm_inject.tally` says so.

    Program state may be added to by other code, too, but nothing may read it
    before the program has ended, and where it is set, nothing else may store
    something else. Left as they are: functions that have sites which replace
    instructions, operands or immediates; templates that leave early; places
    whose executions are not those of an instruction (`at_target`, `exit`,
    `after` a construct or a branch; `func:exit` where a call may not come back).

    ```mlir
    wasm_inject.template @t params [] states [@n] body {
      %0 = wasm_inject.state_get @n : i32
      %1 = arith.addi %0, %one : i32
      wasm_inject.state_set @n, %1 : i32
    }
    wasm_inject.sites @t at before ... func [3] opidx [8] ... slot [5] ...
    ```
    becomes
    ```mlir
    wasm_inject.template @t params [] states [@n] body {
    }
    wasm_inject.sites @t at before ... func [3] opidx [8] ... slot [5] ...
    wasm_inject.tally @n at enter func [3] opidx [8] slot [5] amount [1]
    ```
  }];
  let options = [AppOption, PreciseTrapsOption];
  let statistics = [
    Statistic<"numTallies", "tallies", "Tallies made">,
    Statistic<"numPlaces", "places", "Places of these tallies">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect"];
}

def WasmInjectSinkToBranches
    : Pass<"wasm-inject-sink-to-branches", "::mlir::ModuleOp"> {
  let summary = "Turn counting under a branch's own condition into tallies";
  let description = [{
    In a template in front of `br_if` or `if`, counting under the condition that
    the instruction itself looks at (`arg0 != 0`, `arg0 == 0`) becomes a tally
    of the way that control takes. So does adding the condition itself.
    What may be counted is what `wasm-inject-extract-tallies` says.

    ```mlir
    %c = arith.cmpi ne, %arg0, %zero : i32
    scf.if %c {
      ... // adds 1 to @taken
    } else {
      ... // adds 1 to @not
    }
    ```
    becomes
    ```mlir
    wasm_inject.tally @taken at taken func [3] opidx [8] slot [5] amount [1]
    wasm_inject.tally @not at not_taken func [3] opidx [8] slot [6] amount [1]
    ```
  }];
  let options = [AppOption, PreciseTrapsOption];
  let statistics = [
    Statistic<"numTallies", "tallies", "Tallies made">,
    Statistic<"numPlaces", "places", "Places of these tallies">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect"];
}

def WasmInjectCoalesceCounters
    : Pass<"wasm-inject-coalesce-counters", "::mlir::ModuleOp"> {
  let summary = "Count per basic block instead of per place";
  let description = [{
    All tallies at places that control passes equally often, since they are in
    one basic block, or in front of and behind a branch that always goes there,
    share one counter of `wasm_inject.counters`. `wasm_inject.counted` says
    which state follows from it. A block ends also behind a call that may end
    the program, throw, or let the host look at counts: calls of imports other
    than WASI's, of functions that make such calls, and through tables that may
    hold such functions.

    With `precise-traps`, a block ends behind each call and each instruction
    that may trap.
  }];
  let options = [AppOption, PreciseTrapsOption];
  let statistics = [
    Statistic<"numCounters", "counters", "Counters made">,
    Statistic<"numPlaces", "places", "Places that they count">,
    Statistic<"numDead", "dead-places", "Places in dead code">,
  ];
}

def WasmInjectPlaceCounters
    : Pass<"wasm-inject-place-counters", "::mlir::ModuleOp"> {
  let summary = "Count where control passes rarely, derive the rest";
  let description = [{
    As often as control comes to a point of a function, it leaves it. So of the
    edges of the flow of control only those off a spanning tree have to be
    counted; the others are sums of them, which are computed when the report is
    made (Knuth and Stevenson 1973, Ball and Larus 1994). The tree takes the
    edges that are passed most, by a guess from the nesting of loops.
  }];
  let options = [AppOption, PreciseTrapsOption];
  let statistics = [
    Statistic<"numBefore", "counters-before", "Counters that there were">,
    Statistic<"numAfter", "counters-after", "Counters that are left">,
    Statistic<"numDerived", "derived", "Counts that became sums">,
  ];
}

def WasmInjectAccumulateCounters
    : Pass<"wasm-inject-accumulate-counters", "::mlir::ModuleOp"> {
  let summary = "Add to a program's sum directly";
  let description = [{
    A counter that matters to one state of the program only, not to a row of the
    report, need not exist: where it is incremented, its share of that state is
    added. `wasm:opcode:*:before { n++; }` adds the number of instructions per
    block. Counters and values that nothing asks for go.
  }];
  let statistics = [
    Statistic<"numAccumulated", "accumulated",
              "Counters that became additions to a sum">,
  ];
}

def WasmInjectPromoteCounters
    : Pass<"wasm-inject-promote-counters", "::mlir::ModuleOp"> {
  let summary = "Count in locals of functions with loops";
  let description = [{
    Where a function increments a counter in loops more often, by a guess, than
    it is left or makes calls that may not come back, it counts in a local, and
    adds that to the counter in front of those places.
  }];
  let options = [AppOption, PreciseTrapsOption];
  let statistics = [
    Statistic<"numLocals", "locals", "Locals that count">,
  ];
}

//===----------------------------------------------------------------------===//
// Layout of code
//===----------------------------------------------------------------------===//

def WasmInjectChooseInlining
    : Pass<"wasm-inject-choose-inlining", "::mlir::ModuleOp"> {
  let summary = "Choose which templates are inlined at their sites";
  let description = [{
    A template becomes `inline` where its body will have at most `limit`
    WebAssembly instructions, by an estimate, or where it has one place only. A
    row at `func_exit` or `at_target` stands for several places. What has no
    code or no sites is left alone.

    Sites of other templates call a function. So do, to begin with, those of
    inlined ones, unless they are so short that a call would be no shorter: the
    last stage replaces these calls, as far as it may.

    ```mlir
    wasm_inject.template @count params [] states [] body {
      %0 = wasm_inject.state_get @n : i32
      %1 = arith.addi %0, %one : i32
      wasm_inject.state_set @n, %1 : i32
    }
    ```
    has four instructions, so that it becomes
    ```mlir
    wasm_inject.template @count params [] states [] inline body {
      ...
    }
    ```
  }];
  let options = [
    Option<"limit", "limit", "unsigned", "60",
           "Largest template that is inlined at several places">,
  ];
  let statistics = [
    Statistic<"numInlined", "inlined", "Templates that are inlined">,
    Statistic<"numCalled", "called", "Templates that are called">,
  ];
}

#endif // WHAMM_DIALECT_WASMINJECT_TRANSFORMS_WASMINJECTPASSES_TD
