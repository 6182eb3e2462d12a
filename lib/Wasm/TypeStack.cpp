//===- TypeStack.cpp - Types of operands and results ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// The stack itself and the opcodes whose types the table lists. Control is in
// TypeStackControl.cpp, the checks of immediates in TypeStackImmediates.cpp.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/TypeStack.h"

#include "Reader.h"

#include "whamm/Wasm/Limits.h"

#include "llvm/ADT/Twine.h"

using namespace llvm;
using namespace whamm::wasm;

//===----------------------------------------------------------------------===//
// Starting
//===----------------------------------------------------------------------===//

void TypeStack::reset() {
  values.clear();
  localTypes.clear();
  control.clear();
  taken.clear();
  left.clear();
  isSet.clear();
  setOrder.clear();
  message.clear();
  hasUndefaultable = false;
  reachable = true;
}

void TypeStack::enter(uint32_t defined) {
  reset();
  isConstant = false;
  visibleGlobals = module.globals.size();
  functionType = &module.getFunctionType(module.numImportedFunctions + defined);
  localTypes.append(functionType->params.begin(), functionType->params.end());
  if (!readLocals(module.bodies[defined]))
    return;
  if (hasUndefaultable) {
    isSet.assign(localTypes.size(), false);
    for (auto [i, type] : enumerate(localTypes))
      isSet[i] = i < functionType->params.size() || type.isDefaultable();
  }
  Frame frame{Opcode::Block, false, 0, 0, functionType, ValType()};
  control.push_back(frame);
}

void TypeStack::enterConstExpr(ValType type, uint32_t globalLimit) {
  reset();
  isConstant = true;
  visibleGlobals = globalLimit;
  constantType.params.clear();
  constantType.results.assign(1, type);
  functionType = &constantType;
  control.push_back({Opcode::Block, false, 0, 0, &constantType, ValType()});
}

bool TypeStack::readLocals(const FunctionBody &body) {
  Reader reader(module.bytes, body.range.begin, body.codeBegin);
  uint32_t groups = reader.readU32();
  for (uint32_t i = 0; i != groups; ++i) {
    uint32_t count = reader.readU32();
    ValType type = reader.readValType();
    // A few bytes could ask for gigabytes.
    uint64_t total = localTypes.size() + uint64_t(count);
    if (total > MaxLocals)
      return fail(getLimitMessage("locals", total, MaxLocals));
    if (!checkType(type))
      return false;
    localTypes.append(count, type);
    hasUndefaultable |= count != 0 && !type.isDefaultable();
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Stepping
//===----------------------------------------------------------------------===//

bool TypeStack::fail(const Twine &text) {
  if (message.empty())
    message = text.str();
  return false;
}

Error TypeStack::step(const Instr &instr) {
  taken.clear();
  left.clear();
  const OpcodeInfo &info = getOpcodeInfo(instr.opcode);
  bool valid = message.empty();
  if (valid && control.empty())
    valid = fail("code behind the final end");
  if (valid) {
    reachable = !control.back().unreachable;
    if (LLVM_UNLIKELY(isConstant))
      valid = checkConstant(instr);
  }
  if (valid) {
    if (instr.opcode == Opcode::LocalGet && !hasUndefaultable &&
        instr.imms[0] < localTypes.size())
      push(localTypes[instr.imms[0]]); // every third instruction is one
    else if (info.isSimple)
      valid = stepSimple(info);
    else
      valid = checkImmediates(instr, info) &&
              (info.rule == TypeRule::Fixed ? stepListed(instr, info)
                                            : stepRule(instr, info));
  }
  if (LLVM_LIKELY(valid))
    return Error::success();
  return make_error<ReadError>(instr.begin, message);
}

static ValType getValueType(StackType type) {
  switch (type) {
  case StackType::I32:
    return ValType::i32();
  case StackType::I64:
    return ValType::i64();
  case StackType::F32:
    return ValType::f32();
  case StackType::F64:
    return ValType::f64();
  case StackType::V128:
    return ValType::v128();
  default:
    return ValType();
  }
}

bool TypeStack::stepSimple(const OpcodeInfo &info) {
  for (unsigned i = info.numOperands; i-- != 0;)
    if (!pop(getValueType(info.operandTypes[i])))
      return false;
  if (info.numResults)
    push(getValueType(info.resultTypes[0]));
  return true;
}

bool TypeStack::stepListed(const Instr &instr, const OpcodeInfo &info) {
  for (unsigned i = info.numOperands; i-- != 0;)
    if (!pop(resolve(info.operandTypes[i], instr)))
      return false;
  if (instr.opcode == Opcode::LocalSet || instr.opcode == Opcode::LocalTee)
    setLocal(instr.imms[0]);
  if (info.numResults)
    push(resolve(info.resultTypes[0], instr));
  return true;
}

/// A local without default value counts as set up to the end of the construct
/// that sets it.
void TypeStack::setLocal(uint32_t index) {
  if (!hasUndefaultable || isSet[index])
    return;
  isSet[index] = true;
  setOrder.push_back(index);
}

//===----------------------------------------------------------------------===//
// The stack
//===----------------------------------------------------------------------===//

ValType TypeStack::popAny() {
  const Frame &frame = control.back();
  ValType type;
  if (values.size() > frame.height)
    type = values.pop_back_val();
  else if (!frame.unreachable)
    fail("type mismatch: expected a value, found an empty stack");
  taken.push_back(type);
  return type;
}

bool TypeStack::pop(ValType expected) {
  if (LLVM_LIKELY(values.size() > control.back().height &&
                  values.back() == expected)) {
    taken.push_back(values.pop_back_val());
    return true;
  }
  const Frame &frame = control.back();
  if (values.size() <= frame.height && !frame.unreachable)
    return fail("type mismatch: expected " + expected.str() +
                ", found an empty stack");
  ValType actual = popAny();
  if (module.isSubtype(actual, expected))
    return true;
  return fail("type mismatch: expected " + expected.str() + ", found " +
              actual.str());
}

bool TypeStack::popAll(Types expected) {
  for (ValType type : reverse(expected))
    if (!pop(type))
      return false;
  return true;
}

void TypeStack::setUnreachable() {
  values.truncate(control.back().height);
  control.back().unreachable = true;
}

bool TypeStack::matches(Types actual, Types expected) const {
  return actual.size() == expected.size() &&
         all_of(zip(actual, expected), [&](auto pair) {
           return module.isSubtype(std::get<0>(pair), std::get<1>(pair));
         });
}

//===----------------------------------------------------------------------===//
// Types that follow from immediates
//===----------------------------------------------------------------------===//

static ValType getIndexType(const Limits &limits) {
  return limits.is64 ? ValType::i64() : ValType::i32();
}

/// The position of the first immediate of a kind among the plain ones.
static unsigned findSlot(ImmForm form, ImmSlot slot) {
  unsigned at = 0;
  for (ImmSlot s : getImmSlots(form)) {
    if (s == slot)
      return at;
    ++at;
  }
  return 0;
}

static const Limits &getMemory(const Module &module, const Instr &instr) {
  ImmForm form = getOpcodeInfo(instr.opcode).form;
  if (form == ImmForm::MemAccess || form == ImmForm::MemAccessLane)
    return module.memories[instr.mem.memory];
  return module.memories[instr.imms[findSlot(form, ImmSlot::Memory)]];
}

static const TableType &getTable(const Module &module, const Instr &instr) {
  ImmForm form = getOpcodeInfo(instr.opcode).form;
  return module.tables[instr.imms[findSlot(form, ImmSlot::Table)]];
}

/// The index type of a copy's length: 64 bits only where both sides are.
static ValType getNarrower(const Limits &a, const Limits &b) {
  return a.is64 && b.is64 ? ValType::i64() : ValType::i32();
}

const FieldType &TypeStack::getFieldOf(const Instr &instr) const {
  const TypeDef &type = module.types[instr.imms[0]];
  return type.fields[type.kind == TypeDef::Kind::Struct ? instr.imms[1] : 0];
}

ValType TypeStack::resolve(StackType type, const Instr &instr) const {
  switch (type) {
  case StackType::LocalType:
    return localTypes[instr.imms[0]];
  case StackType::GlobalType:
    return module.globals[instr.imms[0]].type;
  case StackType::Addr:
    return getIndexType(getMemory(module, instr));
  case StackType::Addr2:
    return getIndexType(module.memories[instr.imms[1]]);
  case StackType::AddrMin:
    return getNarrower(module.memories[instr.imms[0]],
                       module.memories[instr.imms[1]]);
  case StackType::TableAddr:
    return getIndexType(getTable(module, instr).limits);
  case StackType::TableAddr2:
    return getIndexType(module.tables[instr.imms[1]].limits);
  case StackType::TableAddrMin:
    return getNarrower(module.tables[instr.imms[0]].limits,
                       module.tables[instr.imms[1]].limits);
  case StackType::TableElem:
    return getTable(module, instr).element;
  case StackType::TypeRef:
    return ValType::ref(false, instr.imms[0]);
  case StackType::TypeRefNull:
    return ValType::ref(true, instr.imms[0]);
  case StackType::TypeRefNull2:
    return ValType::ref(true, instr.imms[1]);
  case StackType::FieldType:
  case StackType::ElemType:
    return getFieldOf(instr).type;
  case StackType::EqRefNull:
    return ValType::ref(true, AbstractHeap::Eq);
  case StackType::I31Ref:
    return ValType::ref(false, AbstractHeap::I31);
  case StackType::I31RefNull:
    return ValType::ref(true, AbstractHeap::I31);
  case StackType::ArrayRefNull:
    return ValType::ref(true, AbstractHeap::Array);
  case StackType::ExnRefNull:
    return ValType::ref(true, AbstractHeap::Exn);
  default:
    return getValueType(type);
  }
}
