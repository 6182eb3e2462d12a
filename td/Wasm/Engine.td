//===- Engine.td - Names in rules of monitors --------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// The vocabulary of export names by which a monitor tells an engine where its
// functions are to be called. What the names of opcodes are is said with the
// opcodes (engineMnemonic).
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_ENGINE
#define WHAMM_WASM_ENGINE

include "Wasm/Opcodes.td"

// The event of a rule, by the text behind `wasm:`. One that takes a mnemonic
// has it behind its text.
class EngineEvent<string theText, bit hasMnemonic = 0> {
  string text = theText;
  bit mnemonic = hasMnemonic;
}
def AllOpcodesEvent : EngineEvent<"opcode:*">;
def OpcodeEvent : EngineEvent<"opcode:", 1>;
def FuncEntryEvent : EngineEvent<"func:entry">;
def FuncExitEvent : EngineEvent<"func:exit">;
def BlockStartEvent : EngineEvent<"block:start">;
def BlockEndEvent : EngineEvent<"block:end">;

// A parameter that a rule can ask for. An indexed one has a number behind its
// name; what is dynamic is known when the probe fires only.
class EngineParam<string theName, bit isIndexed = 0, bit isDynamic = 0> {
  string name = theName;
  bit indexed = isIndexed;
  bit dynamic = isDynamic;
}
def PcParam : EngineParam<"pc">;
def FidParam : EngineParam<"fid">;
def OpnameParam : EngineParam<"opname">;
def FnameParam : EngineParam<"fname">;
def ProbeIdParam : EngineParam<"probe_id">;
def FrameParam : EngineParam<"frame", 0, 1>;
def NumTargetsParam : EngineParam<"num_targets">;
def OffsetParam : EngineParam<"offset">;
def InstrCountParam : EngineParam<"instr_count">;
def AtFuncEndParam : EngineParam<"at_func_end">;
def ArgParam : EngineParam<"arg", 1, 1>;
def ImmParam : EngineParam<"imm", 1>;
def LocalParam : EngineParam<"local", 1, 1>;

// Instructions that engines know and programs here cannot have: stack
// switching is no part of WebAssembly 3.0. Rules for them match nothing.
class EngineOnlyOpcode<string theMnemonic> {
  string mnemonic = theMnemonic;
}
def ContNew : EngineOnlyOpcode<"cont.new">;
def ContBind : EngineOnlyOpcode<"cont.bind">;
def Suspend : EngineOnlyOpcode<"suspend">;
def Resume : EngineOnlyOpcode<"resume">;
def ResumeThrow : EngineOnlyOpcode<"resume_throw">;
def ResumeThrowRef : EngineOnlyOpcode<"resume_throw_ref">;
def Switch : EngineOnlyOpcode<"switch">;

#endif // WHAMM_WASM_ENGINE
