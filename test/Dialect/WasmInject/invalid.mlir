// What the verifiers of the dialect refuse.
// RUN: whamm-opt %s -verify-diagnostics -split-input-file

// expected-error @+1 {{expects a type of the language, found 'i128'}}
wasm_inject.state @s : i128 program name "s" script 0

// -----

// expected-error @+1 {{expects a type of the language, found 'vector<2xi32>'}}
wasm_inject.state @s : vector<2xi32> program name "s" script 0

// -----

// expected-error @+1 {{expects an initial value of type 'i32', found 'i64'}}
wasm_inject.state @s : ui8 program name "s" script 0 = 1 : i64

// -----

wasm_inject.init {
  // expected-error @+1 {{no state named @missing}}
  %v = wasm_inject.state_get @missing : i32
}

// -----

wasm_inject.state @s : ui64 program name "s" script 0
wasm_inject.init {
  // expected-error @+1 {{storage type of @s is 'i64', found 'i32'}}
  %v = wasm_inject.state_get @s : i32
}

// -----

wasm_inject.state @s : ui64 program name "s" script 0
wasm_inject.init {
  %c = arith.constant 1 : i32
  // expected-error @+1 {{storage type of @s is 'i64', found 'i32'}}
  wasm_inject.state_set @s, %c : i32
}

// -----

wasm_inject.state @s : ui64 site name "s" script 0
wasm_inject.init {
  // expected-error @+1 {{expects a template that lists the site state @s}}
  %v = wasm_inject.state_get @s : i64
}

// -----

wasm_inject.state @s : ui64 site name "s" script 0
wasm_inject.template @t params [] states [] body {
^bb0:
  // expected-error @+1 {{expects a template that lists the site state @s}}
  %v = wasm_inject.state_get @s : i64
}

// -----

// expected-error @+1 {{no state named @missing}}
wasm_inject.template @t params [] states [@missing] body {
^bb0:
}

// -----

wasm_inject.state @s : ui64 program name "s" script 0
// expected-error @+1 {{lists @s, which is not site state}}
wasm_inject.template @t params [] states [@s] body {
^bb0:
}

// -----

// expected-error @+1 {{expects one argument per parameter, found 0 for 1}}
wasm_inject.template @t params [#wasm_inject.param<arg 0>] states [] body {
^bb0:
}

// -----

// expected-error @+1 {{expects holes to be numbered in order, found 1}}
wasm_inject.template @t params [#wasm_inject.param<hole 1>] states [] body {
^bb0(%h: i32):
}

// -----

// expected-error @+1 {{expects parameters to be WebAssembly numbers or i1, found 'index'}}
wasm_inject.template @t params [#wasm_inject.param<hole 0>] states [] body {
^bb0(%h: index):
}

// -----

// expected-error @+1 {{no template named @t}}
wasm_inject.sites @t at before rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []

// -----

wasm_inject.template @t params [] states [] body {
^bb0:
}
// expected-error @+1 {{expects columns of equal length, found 0 and 1}}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [] pc [0] instance [0] slot [-1] holes []

// -----

wasm_inject.template @t params [#wasm_inject.param<hole 0>] states [] body {
^bb0(%h: i32):
}
// expected-error @+1 {{expects hole columns of length 1, found 2}}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [0] pc [0] instance [0] slot [-1] holes [array<i64: 1, 2>]

// -----

// A value per instance, of which there are two, or one per site, of which there are three.
wasm_inject.template @t params [#wasm_inject.param<hole 0>] states [] body {
^bb0(%h: i32):
}
// expected-error @+1 {{expects hole columns of length 3, found 1}}
wasm_inject.sites @t at before rank 0 instances ["x", "y"] func [0, 0, 0] opidx [0, 1, 2] pc [0, 1, 2] instance [0, 1, 0] slot [-1, -1, -1] holes [array<i64: 1>]

// -----

wasm_inject.template @t params [#wasm_inject.param<hole 0>] states [] body {
^bb0(%h: i32):
}
// expected-error @+1 {{expects 1 hole columns, found 0}}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [0] pc [0] instance [0] slot [-1] holes []

// -----

wasm_inject.state @s : ui64 site name "s" script 0
wasm_inject.template @t params [] states [@s] body {
^bb0:
}
// expected-error @+1 {{expects columns of initial values of length 1, found 2}}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [0] pc [0] instance [0] slot [0] holes [] inits [array<i64: 1, 2>]

// -----

wasm_inject.state @s : ui64 site name "s" script 0
wasm_inject.template @t params [] states [@s] body {
^bb0:
}
// expected-error @+1 {{expects 1 columns of initial values, found 0}}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [0] pc [0] instance [0] slot [0] holes [] inits []

// -----

wasm_inject.state @s : ui64 site name "s" script 0
wasm_inject.template @t params [] states [@s] body {
^bb0:
}
// expected-error @+1 {{expects a slot for each site of a template with states, found -1}}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [0] pc [0] instance [0] slot [-1] holes []

// -----

wasm_inject.template @t params [] states [] body {
^bb0:
}
// expected-error @+1 {{no instance 1}}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [0] pc [0] instance [1] slot [-1] holes []

// -----

wasm_inject.template @t params [] states [] body {
^bb0:
}
// expected-error @+1 {{expects rows that ascend by function and instruction; row 1 does not}}
wasm_inject.sites @t at before rank 0 instances ["x"] func [1, 0] opidx [0, 5] pc [0, 0] instance [0, 0] slot [-1, -1] holes []

// -----

wasm_inject.template @t params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: f32):
  // expected-error @+1 {{must be WebAssembly integer, but got 'f32'}}
  %q = wasm_inject.div %a, %a : f32
}

// -----

wasm_inject.template @t params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  // expected-error @+1 {{must be WebAssembly float, but got 'i32'}}
  %q = wasm_inject.trunc %a : i32 to i32
}

// -----

// expected-error @+1 {{expects no initial value of type '!probe.str'}}
wasm_inject.state @s : !probe.str program name "s" script 0 = 1 : i32

// -----

wasm_inject.state @s : !probe.str program name "s" script 0
wasm_inject.init {
  // expected-error @+1 {{no component 2 of @s}}
  %v = wasm_inject.state_get @s[2] : i32
}

// -----

wasm_inject.init {
  // expected-error @+1 {{no function named @f}}
  wasm_inject.call @f() : () -> ()
}

// -----

wasm_inject.import @f from "m" "f" : (i32) -> ()
wasm_inject.init {
  // expected-error @+1 {{expects the type of @f}}
  wasm_inject.call @f() : () -> ()
}

// -----

// expected-error @+1 {{expects no parameter alt_result}}
wasm_inject.template @t params [#wasm_inject.param<alt_result 0>] states [] body {
^bb0(%a: i32):
}

// -----

// expected-error @+1 {{expects one type per assigned operand}}
wasm_inject.template @t params [] states [] assigned [#wasm_inject.param<arg 0>] types [] body {
}

// -----

// expected-error @+1 {{lists an assigned operand twice}}
wasm_inject.template @t params [] states []
    assigned [#wasm_inject.param<arg 0>, #wasm_inject.param<arg 0>]
    types [i32, i32] body {
}

// -----

// expected-error @+1 {{expects no assigned hole}}
wasm_inject.template @t params [] states [] assigned [#wasm_inject.param<hole 0>] types [i32] body {
}

// -----

wasm_inject.template @t params [] states [] body {
  // expected-error @+1 {{expects a template that lists #wasm_inject.param<arg 0> as assigned}}
  %v = wasm_inject.operand_get <arg 0> : i32
}

// -----

wasm_inject.template @t params [] states [] assigned [#wasm_inject.param<arg 0>] types [i32] body {
  // expected-error @+1 {{expects type 'i32'}}
  %v = wasm_inject.operand_get <arg 0> : i64
}

// -----

wasm_inject.template @t params [] states [] immediates [0] body {
}
// expected-error @+1 {{expects 1 columns of immediates}}
wasm_inject.sites @t at before rank 0 instances ["0_x"] func [0] opidx [0] pc [0] instance [0] slot [-1] holes []

// -----

wasm_inject.template @t params [] states [] immediates [0] body {
}
// expected-error @+1 {{expects columns of immediates of length 1, found 0}}
wasm_inject.sites @t at before rank 0 instances ["0_x"] func [0] opidx [0] pc [0] instance [0] slot [-1] holes [] immediates [array<i64>]

// -----

// expected-error @+1 {{no function named @f}}
wasm_inject.rule "wasm:opcode:nop" params [] calls @f

// -----

wasm_inject.monitor_function @f index 0 : () -> ()
// expected-error @+1 {{expects an event of rules, found 'wasm:opcode:typed_select'}}
wasm_inject.rule "wasm:opcode:typed_select" params [] calls @f

// -----

wasm_inject.monitor_function @f index 0 : () -> ()
// expected-error @+1 {{'wasm:opcode:nop / not$an-identifier() /' cannot be read}}
wasm_inject.rule "wasm:opcode:nop" when <"not$an-identifier"()> params [] calls @f

// -----

wasm_inject.monitor_function @f index 0 : () -> ()
// expected-error @+1 {{'wasm:opcode:nop (pc)' means something else}}
wasm_inject.rule "wasm:opcode:nop" params [] calls @f trailing "(pc)"

// -----

wasm_inject.monitor_function @f index 0 : () -> ()
// expected-error @+1 {{is not what 'wasm:opcode:nop(fid)' says}}
wasm_inject.rule "wasm:opcode:nop" params [#wasm_inject.engine<pc>] calls @f spelled "wasm:opcode:nop(fid)"

// -----

wasm_inject.monitor_function @f index 0 : () -> ()
// expected-error @+1 {{no parameter of rules is named 'res'}}
wasm_inject.rule "wasm:opcode:nop" params [#wasm_inject.engine<res 0>] calls @f

// -----

wasm_inject.monitor_function @f index 0 : () -> ()
// expected-error @+1 {{'wasm:opcode:nop' is a rule}}
wasm_inject.export "wasm:opcode:nop" of @f

// -----

// expected-error @+1 {{no function named @f}}
wasm_inject.export "$f" of @f

// -----

// expected-error @+1 {{expects a type of the language, found 'index'}}
wasm_inject.row @r : index name "n" script 0 probe "0_wasm:opcode:nop:before"

// -----

wasm_inject.function @match -> [] {
^bb0(%at: i32):
  // expected-error @+1 {{no row named @r}}
  wasm_inject.add_row @r at %at fid %at pc %at
}

// -----

wasm_inject.state @r : ui32 program name "r" script 0
wasm_inject.function @match -> [] {
^bb0(%at: i32):
  // expected-error @+1 {{no row named @r}}
  wasm_inject.add_row @r at %at fid %at pc %at
}

// -----

wasm_inject.function @match -> [] {
^bb0(%at: i32):
  // expected-error @+1 {{attribute 'offset' failed to satisfy constraint}}
  %v = wasm_inject.load %at[-4] : i32
}

// -----

wasm_inject.function @match -> [] {
^bb0(%at: i32):
  // expected-error @+1 {{attribute 'offset' failed to satisfy constraint}}
  wasm_inject.store %at[-4], %at : i32
}

// -----

wasm_inject.function @match -> [] {
^bb0(%at: i32):
  // expected-error @+1 {{result #0 must be}}
  %v = wasm_inject.load %at[0] : i8
}

// -----

// expected-error @+1 {{Invalid attribute `inlined` in property conversion: 3 : i32}}
"wasm_inject.template"() <{sym_name = "t", params = [], states = [], inlined = 3 : i32}> ({
}) : () -> ()
