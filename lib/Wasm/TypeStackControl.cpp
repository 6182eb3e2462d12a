//===- TypeStackControl.cpp - Typing of control and references --*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// The opcodes whose types follow a rule of their own: control, calls, and the
// polymorphic reference instructions.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Limits.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;
using namespace whamm::wasm;

/// Types as messages show them: `[i32 funcref]`.
static std::string getText(ArrayRef<ValType> types) {
  std::string text = "[";
  for (auto [i, type] : enumerate(types))
    text += (i ? " " : "") + type.str();
  return text + "]";
}

bool TypeStack::failMismatch(Types expected, Types found, const Twine &where) {
  return fail("type mismatch: expected " + getText(expected) + ", found " +
              getText(found) + " " + where);
}

bool TypeStack::stepRule(const Instr &instr, const OpcodeInfo &info) {
  bool valid = stepControl(instr, info.rule);
  if (info.isTerminator && valid)
    setUnreachable();
  // Pushed bottom first, reported top first.
  if (left.size() > 1)
    std::reverse(left.begin(), left.end());
  return valid;
}

bool TypeStack::stepControl(const Instr &instr, TypeRule rule) {
  switch (rule) {
  case TypeRule::Unreachable:
    return true;
  case TypeRule::If:
    return pop(ValType::i32()) && open(instr);
  case TypeRule::Block:
    return open(instr);
  case TypeRule::Else:
  case TypeRule::Catch:
    return nextArm(instr);
  case TypeRule::End:
  case TypeRule::Delegate:
    return close(instr);
  case TypeRule::Call:
    return call(instr, module.getFunctionType(instr.imms[0]));
  case TypeRule::CallIndirect:
    return pop(module.tables[instr.imms[1]].limits.is64 ? ValType::i64()
                                                        : ValType::i32()) &&
           call(instr, module.types[instr.imms[0]].func);
  case TypeRule::CallRef:
    return pop(ValType::ref(true, instr.imms[0])) &&
           call(instr, module.types[instr.imms[0]].func);
  case TypeRule::Return:
    return popAll(functionType->results);
  case TypeRule::Drop:
    popAny();
    return message.empty();
  case TypeRule::Select:
    return select(instr);
  case TypeRule::SelectTyped:
    if (!pop(ValType::i32()) || !pop(instr.selectTypes[0]) ||
        !pop(instr.selectTypes[0]))
      return false;
    push(instr.selectTypes[0]);
    return true;
  default:
    return stepBranch(instr, rule);
  }
}

bool TypeStack::stepBranch(const Instr &instr, TypeRule rule) {
  switch (rule) {
  case TypeRule::Br:
  case TypeRule::BrIf: {
    const Frame *label = getLabel(instr.imms[0]);
    if (!label || (rule == TypeRule::BrIf && !pop(ValType::i32())) ||
        !popAll(label->getLabelTypes()))
      return false;
    if (rule == TypeRule::BrIf)
      pushAll(label->getLabelTypes());
    return true;
  }
  case TypeRule::BrTable:
    return branchTable(instr);
  case TypeRule::BrOnNull:
  case TypeRule::BrOnNonNull:
    return branchOnNull(instr, rule);
  case TypeRule::BrOnCast:
    return branchOnCast(instr, /*onFail=*/false);
  case TypeRule::BrOnCastFail:
    return branchOnCast(instr, /*onFail=*/true);
  case TypeRule::Throw: {
    const FuncType &type = module.types[module.tags[instr.imms[0]]].func;
    return popAll(type.params);
  }
  case TypeRule::ThrowRef:
    return pop(ValType::ref(true, AbstractHeap::Exn));
  case TypeRule::Rethrow: {
    const Frame *label = getLabel(instr.imms[0]);
    if (!label)
      return false;
    return label->opcode == Opcode::Catch ||
           label->opcode == Opcode::CatchAll ||
           fail("rethrow outside of a catch");
  }
  default:
    return stepReference(instr, rule);
  }
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

const TypeStack::Frame *TypeStack::getLabel(uint32_t depth) {
  if (depth < control.size())
    return &control[control.size() - 1 - depth];
  fail("unknown label " + Twine(depth) + ": there are " +
       Twine(control.size()));
  return nullptr;
}

bool TypeStack::resolveBlock(const BlockType &block, Frame &frame) {
  switch (block.kind) {
  case BlockType::Kind::Empty:
    return true;
  case BlockType::Kind::Value:
    frame.single = block.value;
    return checkType(block.value);
  case BlockType::Kind::TypeIndex:
    if (block.typeIndex >= module.types.size() ||
        module.types[block.typeIndex].kind != TypeDef::Kind::Func)
      return fail("unknown function type " + Twine(block.typeIndex));
    frame.type = &module.types[block.typeIndex].func;
    return true;
  }
  llvm_unreachable("all kinds are covered");
}

bool TypeStack::open(const Instr &instr) {
  Frame frame{};
  frame.opcode = instr.opcode;
  if (!resolveBlock(instr.block, frame) || !popAll(frame.getParams()) ||
      !checkCatches(instr))
    return false;
  frame.height = values.size();
  frame.initHeight = setOrder.size();
  control.push_back(frame);
  for (ValType type : frame.getParams())
    values.push_back(type);
  left.append(frame.getResults().begin(), frame.getResults().end());
  return true;
}

bool TypeStack::checkCatches(const Instr &instr) {
  if (instr.opcode != Opcode::TryTable)
    return true;
  if (instr.catches.size() > MaxCatches)
    return fail(
        getLimitMessage("catch clauses", instr.catches.size(), MaxCatches));
  for (const CatchClause &clause : instr.catches) {
    SmallVector<ValType, 4> caught;
    if (clause.kind < CatchClause::Kind::CatchAll) {
      if (!checkIndex(ImmSlot::Tag, clause.tag, instr))
        return false;
      const FuncType &type = module.types[module.tags[clause.tag]].func;
      caught.append(type.params.begin(), type.params.end());
    }
    if (clause.kind == CatchClause::Kind::CatchRef ||
        clause.kind == CatchClause::Kind::CatchAllRef)
      caught.push_back(ValType::ref(false, AbstractHeap::Exn));
    const Frame *label = getLabel(clause.label);
    if (!label)
      return false;
    if (!matches(caught, label->getLabelTypes()))
      return failMismatch(label->getLabelTypes(), caught,
                          "where a catch clause goes to its label");
  }
  return true;
}

/// Takes the results of the innermost construct and checks that nothing else
/// is left.
bool TypeStack::closeArm() {
  const Frame &frame = control.back();
  if (!popAll(frame.getResults()))
    return false;
  if (values.size() != frame.height)
    return failMismatch({}, Types(values).drop_front(frame.height),
                        "left on the stack at the end of a block");
  while (setOrder.size() > frame.initHeight)
    isSet[setOrder.pop_back_val()] = false;
  return true;
}

bool TypeStack::nextArm(const Instr &instr) {
  Frame &frame = control.back();
  bool isElse = instr.opcode == Opcode::Else;
  bool fits =
      isElse ? frame.opcode == Opcode::If
             : frame.opcode == Opcode::Try || frame.opcode == Opcode::Catch;
  if (!fits)
    return fail(getMnemonic(instr.opcode) + " outside of its construct");
  if (!closeArm())
    return false;
  frame.opcode = instr.opcode;
  frame.unreachable = false;
  Types params = frame.getParams();
  if (!isElse)
    params = instr.opcode == Opcode::Catch
                 ? Types(module.types[module.tags[instr.imms[0]]].func.params)
                 : Types();
  values.append(params.begin(), params.end());
  return true;
}

bool TypeStack::close(const Instr &instr) {
  const Frame &frame = control.back();
  if (instr.opcode == Opcode::Delegate &&
      (frame.opcode != Opcode::Try || control.size() < 2 ||
       instr.imms[0] + uint64_t(1) >= control.size()))
    return fail("delegate without a try, or to an unknown label");
  if (frame.opcode == Opcode::If &&
      !matches(frame.getParams(), frame.getResults()))
    return failMismatch(frame.getResults(), frame.getParams(),
                        "as what an if without else leaves");
  if (!closeArm())
    return false;
  Frame closed = control.pop_back_val();
  pushAll(closed.getResults());
  return true;
}

//===----------------------------------------------------------------------===//
// Branches and calls
//===----------------------------------------------------------------------===//

bool TypeStack::branchTable(const Instr &instr) {
  if (instr.targets.size() > MaxBranchTargets + 1)
    return fail(
        getLimitMessage("targets", instr.targets.size() - 1, MaxBranchTargets));
  if (!pop(ValType::i32()))
    return false;
  const Frame *last = getLabel(instr.targets.back());
  if (!last)
    return false;
  size_t arity = last->getLabelTypes().size();
  for (size_t i = 0; i != arity; ++i)
    popAny();
  if (!message.empty())
    return false;
  // Every label has to take what is there; operands are recorded top first.
  for (uint32_t target : instr.targets) {
    const Frame *label = getLabel(target);
    if (!label)
      return false;
    Types types = label->getLabelTypes();
    if (types.size() != arity)
      return fail("type mismatch: expected " + Twine(arity) +
                  " types as the default label has, found " + getText(types));
    for (size_t i = 0; i != arity; ++i)
      if (!module.isSubtype(taken[1 + i], types[arity - 1 - i]))
        return fail("type mismatch: expected " + types[arity - 1 - i].str() +
                    ", found " + taken[1 + i].str());
  }
  return true;
}

/// The same reference type without null.
static ValType getNonNull(ValType type) {
  if (type.isAbstractRef())
    return ValType::ref(false, type.getAbstractHeap());
  return type.isRef() ? ValType::ref(false, type.getTypeIndex()) : type;
}

bool TypeStack::branchOnNull(const Instr &instr, TypeRule rule) {
  const Frame *label = getLabel(instr.imms[0]);
  if (!label)
    return false;
  ValType type = popAny();
  if (!message.empty())
    return false;
  if (!type.isRef() && !type.isBot())
    return fail("type mismatch: expected a reference, found " + type.str());
  Types types = label->getLabelTypes();
  if (rule == TypeRule::BrOnNonNull) {
    if (types.empty() || !types.back().isRef() ||
        !module.isSubtype(getNonNull(type), types.back()))
      return fail("type mismatch: expected a label that takes " +
                  getNonNull(type).str() + ", found " + getText(types));
    types = types.drop_back();
  }
  if (!popAll(types))
    return false;
  pushAll(types);
  if (rule == TypeRule::BrOnNull)
    push(getNonNull(type));
  return true;
}

bool TypeStack::branchOnCast(const Instr &instr, bool onFail) {
  const Frame *label = getLabel(instr.imms[0]);
  ValType source = instr.castSource, target = instr.refType;
  if (!label || !checkType(source) || !checkType(target))
    return false;
  if (!module.isSubtype(target, source))
    return fail("type mismatch: expected a subtype of " + source.str() +
                ", found " + target.str());
  // What remains where the cast does not succeed.
  ValType rest = target.isNullable() ? getNonNull(source) : source;
  Types types = label->getLabelTypes();
  ValType sent = onFail ? rest : target;
  if (types.empty() || !module.isSubtype(sent, types.back()))
    return fail("type mismatch: expected a label that takes " + sent.str() +
                ", found " + getText(types));
  types = types.drop_back();
  if (!pop(source) || !popAll(types))
    return false;
  pushAll(types);
  push(onFail ? target : rest);
  return true;
}

bool TypeStack::call(const Instr &instr, const FuncType &type) {
  if (!popAll(type.params))
    return false;
  if (!isTerminator(instr.opcode)) {
    pushAll(type.results);
    return true;
  }
  return matches(type.results, functionType->results) ||
         failMismatch(functionType->results, type.results,
                      "as results of a tail call");
}

bool TypeStack::select(const Instr &instr) {
  if (!pop(ValType::i32()))
    return false;
  ValType a = popAny(), b = popAny();
  if (!message.empty())
    return false;
  if (a.isRef() || b.isRef() || (a != b && !a.isBot() && !b.isBot()))
    return fail("type mismatch: expected two equal numbers or vectors, found " +
                b.str() + " and " + a.str());
  push(a.isBot() ? b : a);
  return true;
}

//===----------------------------------------------------------------------===//
// References
//===----------------------------------------------------------------------===//

/// The top of the hierarchy that a heap type belongs to.
static AbstractHeap getTop(const Module &module, ValType type) {
  if (type.isConcreteRef())
    return module.types[type.getTypeIndex()].kind == TypeDef::Kind::Func
               ? AbstractHeap::Func
               : AbstractHeap::Any;
  switch (type.getAbstractHeap()) {
  case AbstractHeap::Func:
  case AbstractHeap::NoFunc:
    return AbstractHeap::Func;
  case AbstractHeap::Extern:
  case AbstractHeap::NoExtern:
    return AbstractHeap::Extern;
  case AbstractHeap::Exn:
  case AbstractHeap::NoExn:
    return AbstractHeap::Exn;
  default:
    return AbstractHeap::Any;
  }
}

bool TypeStack::stepReference(const Instr &instr, TypeRule rule) {
  switch (rule) {
  case TypeRule::RefNull:
    push(instr.refType);
    return checkType(instr.refType);
  case TypeRule::RefFunc:
    push(ValType::ref(false, module.functions[instr.imms[0]]));
    return true;
  case TypeRule::RefIsNull:
  case TypeRule::RefAsNonNull: {
    ValType type = popAny();
    if (message.empty() && !type.isRef() && !type.isBot())
      fail("type mismatch: expected a reference, found " + type.str());
    push(rule == TypeRule::RefIsNull ? ValType::i32() : getNonNull(type));
    return message.empty();
  }
  case TypeRule::RefTest:
  case TypeRule::RefCast:
    if (!checkType(instr.refType) ||
        !pop(ValType::ref(true, getTop(module, instr.refType))))
      return false;
    push(rule == TypeRule::RefTest ? ValType::i32() : instr.refType);
    return true;
  case TypeRule::ConvertRef: {
    bool toAny = instr.opcode == Opcode::AnyConvertExtern;
    if (!pop(ValType::ref(true,
                          toAny ? AbstractHeap::Extern : AbstractHeap::Any)))
      return false;
    push(ValType::ref(taken[0].isNullable(),
                      toAny ? AbstractHeap::Any : AbstractHeap::Extern));
    return true;
  }
  case TypeRule::StructNew:
    for (const FieldType &field : reverse(module.types[instr.imms[0]].fields))
      if (!pop(field.type))
        return false;
    push(ValType::ref(false, instr.imms[0]));
    return true;
  case TypeRule::ArrayNewFixed:
    // In unreachable code a huge count would find operands without end.
    if (instr.imms[1] > MaxFixedElements)
      return fail(getLimitMessage("operands", instr.imms[1], MaxFixedElements));
    for (uint32_t i = 0; i != instr.imms[1]; ++i)
      if (!pop(getFieldOf(instr).type))
        return false;
    push(ValType::ref(false, instr.imms[0]));
    return true;
  default:
    llvm_unreachable("every rule is handled");
  }
}
