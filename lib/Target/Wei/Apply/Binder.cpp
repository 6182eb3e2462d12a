//===- Binder.cpp - Parameters of rules at a site ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Binder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/LEB128.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;
namespace interp = wabt::interp;
using wasm::Opcode;
using wasm::ValType;

/// Types of the monitor and of the program are the same only where they need no
/// module to be understood.
static bool isSameType(ValType a, ValType b) {
  return a == b && !a.isBot() && !a.isConcreteRef();
}

static BoundParam makeConstant(ValType type, uint64_t low, uint64_t high = 0) {
  return {BoundParam::Kind::Constant, type, 0, low, high};
}

void Binder::enterSite(const MatchSite &newSite, ReportError newReport) {
  site = newSite;
  report = newReport;
}

void Binder::enterPlace() {
  probeId.reset();
  if (buffer)
    buffer->next = buffer->start;
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

bool Binder::bindAll(ArrayRef<RuleParam> params, ArrayRef<ValType> expected,
                     bool isNested, Bound &bound) {
  if (expected.size() < params.size())
    return fail("expected at least " + Twine(params.size()) +
                " function params, got " + Twine(expected.size()));
  SmallVector<std::pair<const RuleParam *, size_t>, 4> calls;
  for (const RuleParam &param : params) {
    size_t at = bound.size();
    if (at >= expected.size())
      return die("the names of the rule stand for more parameters than the "
                 "function has");
    if (param.kind == ParamKind::Call) {
      if (isNested)
        return fail("cannot nest function calls");
      calls.emplace_back(&param, at);
      bound.push_back(makeConstant(expected[at], 0));
      continue;
    }
    bool isText =
        param.kind == ParamKind::Opname || param.kind == ParamKind::Fname;
    if (isNested && param.kind == ParamKind::Frame)
      return fail("cannot use FrameAccessor in static predicate");
    if (isNested && getParamInfo(param.kind).isDynamic)
      return fail("cannot use '" + printParam(param) + "' in static predicate");
    if (isText && !isNested)
      return fail("`" + printParam(param) +
                  "` not supported dynamically (yet)");
    if (isText ? !bindText(param, expected.drop_front(at), bound)
               : !bindOne(param, expected[at], bound))
      return false;
  }
  if (bound.size() < expected.size())
    return fail("expected " + Twine(bound.size()) + " function params, got " +
                Twine(expected.size()));
  // Calls come last, the rightmost first.
  for (auto [param, at] : reverse(calls))
    if (!bindCall(*param, expected[at], bound[at]))
      return false;
  return true;
}

bool Binder::bindOne(const RuleParam &param, ValType expected, Bound &bound) {
  switch (param.kind) {
  case ParamKind::Pc:
    return bindWord(param, expected, site.pc, bound);
  case ParamKind::Fid:
    return bindWord(param, expected, site.function, bound);
  case ParamKind::AtFuncEnd:
    if (expected != ValType::i32())
      return fail("type mismatch on at_func_end argument");
    return bindWord(param, expected, site.atFunctionEnd, bound);
  case ParamKind::ProbeId:
    return bindProbeId(param, expected, bound);
  case ParamKind::Frame:
    if (expected != ValType::ref(true, wasm::AbstractHeap::Extern))
      return failType("fname", "externref", expected.str());
    return fail("`frame` is a thing of engines: there is none in a program");
  case ParamKind::NumTargets:
    return bindNumTargets(param, expected, bound);
  case ParamKind::Offset:
    return bindOffset(expected, bound);
  case ParamKind::InstrCount:
    return bindInstrCount(expected, bound);
  case ParamKind::Imm:
    return bindImm(param.index, expected, bound);
  case ParamKind::Arg:
    return bindArg(param.index, expected, bound);
  case ParamKind::Local:
    return bindLocal(param.index, expected, bound);
  case ParamKind::Opname:
  case ParamKind::Fname:
  case ParamKind::Call:
    break;
  }
  llvm_unreachable("bound elsewhere");
}

/// An i32 that needs no more than that.
bool Binder::bindWord(const RuleParam &param, ValType expected, uint32_t value,
                      Bound &bound) {
  if (expected != ValType::i32())
    return failType(printParam(param), "i32", expected.str());
  bound.push_back(makeConstant(ValType::i32(), value));
  return true;
}

bool Binder::bindProbeId(const RuleParam &param, ValType expected,
                         Bound &bound) {
  if (expected == ValType::i32() && !probeId)
    probeId = nextProbeId++;
  return bindWord(param, expected, probeId.value_or(0), bound);
}

bool Binder::bindNumTargets(const RuleParam &param, ValType expected,
                            Bound &bound) {
  if (!site.instr || site.instr->opcode != Opcode::BrTable)
    return fail("num_targets variable only in-scope for br_table opcode.");
  return bindWord(param, expected, site.instr->targets.size() - 1, bound);
}

/// True for an opcode with a memory, alignment and offset.
static bool hasMemArg(Opcode opcode) {
  return is_contained(wasm::getImmSlots(wasm::getOpcodeInfo(opcode).form),
                      wasm::ImmSlot::MemArg);
}

static StringRef getOpcodeName(const wasm::Instr *instr) {
  if (!instr)
    return "<invalid>";
  StringRef name = getEngineMnemonic(instr->opcode);
  return name.empty() ? wasm::getMnemonic(instr->opcode) : name;
}

bool Binder::bindOffset(ValType expected, Bound &bound) {
  if (!site.instr || !hasMemArg(site.instr->opcode))
    return fail("'offset' variable not available for opcode: " +
                getOpcodeName(site.instr));
  if (expected != ValType::i64())
    return failType("offset", "i64", expected.str());
  bound.push_back(makeConstant(ValType::i64(), site.instr->mem.offset));
  return true;
}

bool Binder::bindInstrCount(ValType expected, Bound &bound) {
  if (!site.instrCount)
    return fail("'instr_count' only in scope for block:end");
  if (expected != ValType::i32())
    return failType("offset", "i32", expected.str());
  bound.push_back(makeConstant(ValType::i32(), *site.instrCount));
  return true;
}

//===----------------------------------------------------------------------===//
// Immediates
//===----------------------------------------------------------------------===//

/// A block or heap type as a signed number: what its first bytes encode.
static int32_t readTypeCode(const wasm::Module &app, const wasm::Instr &instr) {
  const uint8_t *bytes = app.bytes.data() + instr.begin;
  unsigned size = 1;
  if (wasm::isOpcodePrefix(*bytes)) {
    decodeULEB128(bytes + 1, &size);
    ++size;
  }
  return static_cast<int32_t>(decodeSLEB128(bytes + size));
}

/// All immediates that the engine exposes, in binary order.
bool Binder::collectImmediates(SmallVectorImpl<BoundParam> &values) {
  const wasm::Instr &instr = *site.instr;
  uint32_t nextIndex = 0;
  auto add = [&](uint64_t value) {
    values.push_back(
        makeConstant(ValType::i32(), static_cast<uint32_t>(value)));
  };
  for (wasm::ImmSlot slot :
       wasm::getImmSlots(wasm::getOpcodeInfo(instr.opcode).form))
    switch (slot) {
    case wasm::ImmSlot::BlockType:
    case wasm::ImmSlot::HeapType:
      add(readTypeCode(app, instr));
      break;
    case wasm::ImmSlot::MemArg:
      if (instr.mem.offset > UINT32_MAX)
        return die("an immediate is asked for where the offset of the access "
                   "is beyond 32 bits");
      add(instr.mem.align);
      add(instr.mem.memory);
      add(instr.mem.offset);
      break;
    case wasm::ImmSlot::I32:
      add(instr.constBits);
      break;
    case wasm::ImmSlot::I64:
      values.push_back(makeConstant(ValType::i64(), instr.constBits));
      break;
    case wasm::ImmSlot::F32:
      values.push_back(makeConstant(ValType::f32(), instr.constBits));
      break;
    case wasm::ImmSlot::F64:
      values.push_back(makeConstant(ValType::f64(), instr.constBits));
      break;
    case wasm::ImmSlot::V128:
      values.push_back(
          makeConstant(ValType::v128(), instr.constBits, instr.constBitsHigh));
      break;
    case wasm::ImmSlot::Shuffle:
      for (unsigned lane = 0; lane != 16; ++lane)
        add((lane < 8 ? instr.constBits : instr.constBitsHigh) >>
                (lane % 8 * 8) &
            0xFF);
      break;
    case wasm::ImmSlot::Labels:
      add(instr.targets.size() - 1);
      for (uint32_t label : instr.targets)
        add(label);
      break;
    case wasm::ImmSlot::ZeroByte:
      add(0);
      break;
    case wasm::ImmSlot::CastTypes:
    case wasm::ImmSlot::ValTypes:
    case wasm::ImmSlot::Catches:
      break; // not exposed
    default:
      add(instr.imms[nextIndex++]);
      break;
    }
  return true;
}

bool Binder::bindImm(uint32_t index, ValType expected, Bound &bound) {
  SmallVector<BoundParam, 8> values;
  if (site.instr && !collectImmediates(values))
    return false;
  if (index >= values.size()) {
    // In these opcodes the number of immediates differs from site to site.
    if (site.instr && (site.instr->opcode == Opcode::BrTable ||
                       site.instr->opcode == Opcode::TryTable))
      return false;
    return fail("immediate out of bounds, max imm" +
                Twine(static_cast<int64_t>(values.size()) - 1) +
                ", requested imm" + Twine(index));
  }
  if (values[index].type != expected)
    return failType("imm" + Twine(index), values[index].type.str(),
                    expected.str());
  bound.push_back(values[index]);
  return true;
}

//===----------------------------------------------------------------------===//
// Operands and locals
//===----------------------------------------------------------------------===//

static uint32_t countBlockParams(const wasm::Module &app,
                                 const wasm::BlockType &block) {
  return block.kind == wasm::BlockType::Kind::TypeIndex
             ? app.types[block.typeIndex].func.params.size()
             : 0;
}

/// The number of operands of the signature; operands of labels do not count.
uint32_t Binder::countOperands() const {
  const wasm::Instr &instr = *site.instr;
  const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(instr.opcode);
  switch (info.rule) {
  case wasm::TypeRule::Fixed:
    return info.numOperands;
  case wasm::TypeRule::Block:
    return countBlockParams(app, instr.block);
  case wasm::TypeRule::If:
    return 1 + countBlockParams(app, instr.block);
  case wasm::TypeRule::Throw:
    return app.types[app.tags[instr.imms[0]]].func.params.size();
  case wasm::TypeRule::Return:
    return types.signature().results.size();
  case wasm::TypeRule::Call:
    return app.getFunctionType(instr.imms[0]).params.size();
  case wasm::TypeRule::CallIndirect:
  case wasm::TypeRule::CallRef:
    return 1 + app.types[instr.imms[0]].func.params.size();
  case wasm::TypeRule::Select:
  case wasm::TypeRule::SelectTyped:
    return 3;
  case wasm::TypeRule::StructNew:
    return app.types[instr.imms[0]].fields.size();
  case wasm::TypeRule::ArrayNewFixed:
    return instr.imms[1];
  case wasm::TypeRule::ThrowRef:
  case wasm::TypeRule::BrIf:
  case wasm::TypeRule::BrTable:
  case wasm::TypeRule::Drop:
  case wasm::TypeRule::RefIsNull:
  case wasm::TypeRule::RefAsNonNull:
  case wasm::TypeRule::RefTest:
  case wasm::TypeRule::RefCast:
  case wasm::TypeRule::BrOnNull:
  case wasm::TypeRule::BrOnNonNull:
  case wasm::TypeRule::BrOnCast:
  case wasm::TypeRule::BrOnCastFail:
  case wasm::TypeRule::ConvertRef:
    return 1;
  case wasm::TypeRule::Unreachable:
  case wasm::TypeRule::Else:
  case wasm::TypeRule::Catch:
  case wasm::TypeRule::End:
  case wasm::TypeRule::Delegate:
  case wasm::TypeRule::Rethrow:
  case wasm::TypeRule::Br:
  case wasm::TypeRule::RefNull:
  case wasm::TypeRule::RefFunc:
    return 0;
  }
  llvm_unreachable("unknown rule");
}

/// Calls are of many types, so that one which does not suit is no error.
static bool isLenient(const wasm::Instr *instr) {
  return instr && (instr->opcode == Opcode::Call ||
                   instr->opcode == Opcode::CallIndirect);
}

bool Binder::bindArg(uint32_t index, ValType expected, Bound &bound) {
  uint32_t count = site.instr ? countOperands() : 0;
  if (index >= count) {
    if (isLenient(site.instr))
      return false;
    return fail("argument out of bounds, max arg" +
                Twine(static_cast<int64_t>(count) - 1) + ", requested arg" +
                Twine(index));
  }
  ArrayRef<ValType> stack = types.stack();
  if (stack.size() < count)
    return die("arg" + Twine(index) +
               " is asked for in code that control never reaches and whose "
               "operands are not there");
  ValType type = stack[stack.size() - 1 - index];
  if (!isSameType(expected, type)) {
    if (isLenient(site.instr))
      return false;
    return failType("arg" + Twine(index), type.str(), expected.str());
  }
  bound.push_back({BoundParam::Kind::Operand, type, index});
  return true;
}

/// Functions without such a local do not match.
bool Binder::bindLocal(uint32_t index, ValType expected, Bound &bound) {
  ArrayRef<ValType> locals = types.locals();
  if (index >= locals.size() || !isSameType(expected, locals[index]))
    return false;
  bound.push_back({BoundParam::Kind::Local, locals[index], index});
  return true;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

const Binder::Callee &Binder::findCallee(StringRef name) {
  auto [it, isNew] = callees.try_emplace(name);
  if (!isNew)
    return it->second;
  const wasm::Module &monitor = group.getMonitor();
  if (const wasm::Export *entry =
          monitor.findExport(name, wasm::ExternKind::Func)) {
    it->second.ref = group.findExport(name, wabt::ExternalKind::Func);
    it->second.type = &monitor.getFunctionType(entry->index);
  }
  return it->second;
}

static interp::Value convertValue(const BoundParam &param) {
  switch (param.type.getKind()) {
  case ValType::Kind::I32:
  case ValType::Kind::F32:
    return interp::Value::Make(static_cast<uint32_t>(param.low));
  case ValType::Kind::I64:
  case ValType::Kind::F64:
    return interp::Value::Make(param.low);
  case ValType::Kind::V128: {
    v128 bits;
    bits.set_u64(0, param.low);
    bits.set_u64(1, param.high);
    return interp::Value::Make(bits);
  }
  default:
    return interp::Value::Make(interp::Ref::Null);
  }
}

/// A result as a constant; nullopt for references that no code of a program
/// gives.
std::optional<BoundParam> Binder::convertResult(ValType type,
                                                const interp::Value &value) {
  switch (type.getKind()) {
  case ValType::Kind::I32:
  case ValType::Kind::F32:
    return makeConstant(type, value.Get<uint32_t>());
  case ValType::Kind::I64:
  case ValType::Kind::F64:
    return makeConstant(type, value.Get<uint64_t>());
  case ValType::Kind::V128: {
    v128 bits = value.Get<v128>();
    return makeConstant(type, bits.u64(0), bits.u64(1));
  }
  default:
    break;
  }
  auto ref = value.Get<interp::Ref>();
  if (ref == interp::Ref::Null)
    return BoundParam{BoundParam::Kind::Null, type};
  if (std::optional<uint32_t> function = group.findFunction(ref))
    return BoundParam{BoundParam::Kind::Function, type, *function};
  return std::nullopt;
}

/// What an exported function of the monitor gives at this site. Failure has
/// been reported.
std::optional<BoundParam> Binder::call(const RuleParam &param) {
  const Callee &callee = findCallee(param.callee);
  if (!callee.ref) {
    fail("static function " + param.callee + " not found");
    return std::nullopt;
  }
  SmallVector<BoundParam, 4> bound;
  if (!bindAll(param.params, callee.type->params, /*isNested=*/true, bound))
    return std::nullopt;
  interp::Values params, results;
  for (const BoundParam &value : bound)
    params.push_back(convertValue(value));
  if (Error error = group.interpreter.call(*callee.ref, params, results)) {
    fail("static function '" + param.callee + "' threw exception (" +
         toString(std::move(error)) + ")");
    return std::nullopt;
  }
  if (results.size() != 1) {
    fail("function '" + param.callee +
         "' invalid, expected 1 function result, got " + Twine(results.size()));
    return std::nullopt;
  }
  std::optional<BoundParam> result =
      convertResult(callee.type->results[0], results[0]);
  if (!result)
    fail("static function '" + param.callee +
         "' gives a reference to what is no function of the monitor: a program "
         "has no constant for it");
  return result;
}

bool Binder::bindCall(const RuleParam &param, ValType expected,
                      BoundParam &bound) {
  std::optional<BoundParam> result = call(param);
  if (!result)
    return false;
  if (!isSameType(expected, result->type))
    return fail("expected static call return type " + expected.str() +
                ", got " + result->type.str());
  bound = *result;
  return true;
}

bool Binder::accepts(const RuleParam &predicate) {
  std::optional<BoundParam> result = call(predicate);
  if (!result)
    return false;
  if (result->type != ValType::i32())
    return fail("expected i32, but predicate returned value of type " +
                result->type.str());
  return result->low != 0;
}

//===----------------------------------------------------------------------===//
// The buffer
//===----------------------------------------------------------------------===//

bool Binder::readBufferGlobal(StringRef name, uint32_t &value) {
  std::optional<interp::Ref> ref =
      group.findExport(name, wabt::ExternalKind::Global);
  if (!ref)
    return fail("expected exported global named '" + name + "' not found");
  interp::Global::Ptr global(group.interpreter.store, *ref);
  if (global->type().type != wabt::Type::I32)
    return die("the global '" + name + "' is no i32");
  value = global->Get().Get<uint32_t>();
  return true;
}

/// Looked at once, where it is needed first.
bool Binder::findBuffer() {
  if (buffer)
    return true;
  std::optional<interp::Ref> memory =
      group.findExport("whamm_buffer", wabt::ExternalKind::Memory);
  if (!memory)
    return fail("expected exported memory named 'whamm_buffer' not found");
  Buffer found;
  if (!readBufferGlobal("whamm_buffer:start", found.start) ||
      !readBufferGlobal("whamm_buffer:max", found.size))
    return false;
  found.memory = interp::Memory::Ptr(group.interpreter.store, *memory);
  found.next = found.start;
  buffer = found;
  return true;
}

/// Hands a text over: its bytes go to the buffer as far as there is room, the
/// address and the length are parameters.
bool Binder::bindText(const RuleParam &param, ArrayRef<ValType> expected,
                      Bound &bound) {
  if (expected.size() < 2)
    return fail("expected at least " + Twine(bound.size() + 2) +
                " function params, got " +
                Twine(bound.size() + expected.size()));
  if (!findBuffer())
    return false;
  if (expected[0] != ValType::i32() || expected[1] != ValType::i32())
    return failType(printParam(param), "(i32,i32)",
                    "(" + expected[0].str() + "," + expected[1].str() + ")");
  StringRef text = param.kind == ParamKind::Opname
                       ? getOpcodeName(site.instr)
                       : app.getFunctionName(site.function);
  uint32_t room = buffer->start + buffer->size - buffer->next;
  uint32_t size = std::min<uint32_t>(text.size(), room);
  // Where the buffer lies is not checked: what is outside goes nowhere.
  if (buffer->memory->IsValidAccess(buffer->next, 0, size))
    copy(text.take_front(size), buffer->memory->UnsafeData() + buffer->next);
  bound.push_back(makeConstant(ValType::i32(), buffer->next));
  bound.push_back(makeConstant(ValType::i32(), size));
  buffer->next += size;
  return true;
}
