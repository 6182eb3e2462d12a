//===- TypeWalk.cpp - Types of operands -----------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The validation algorithm of the core specification's appendix, for bodies
/// that are known to be valid: the compiler's TypeStack without its checks.
/// Operands have the types that are on the stack, so that only results need to
/// be known.
///
//===----------------------------------------------------------------------===//

#include "Function.h"

using namespace whamm::site;

namespace whamm::site {

/// Walks a function and fills in its operands.
class TypeWalk {
public:
  explicit TypeWalk(Function &function)
      : function(function), module(getModule()), operands(function.operands) {}

  void run();

private:
  struct Frame {
    uint32_t height; // of the stack at its start, without its parameters
    bool isDead;
    bool isLoop;
    uint32_t type; // of the block, or none
    Type single;   // with no type: the result, or Unknown

    TypeList getParams(const ModuleFacts &module) const {
      return type == none ? TypeList() : module.getParams(type);
    }
    TypeList getResults(const ModuleFacts &module) const;
  };

  void step(uint32_t index, const Shape &shape);
  void stepControl(uint32_t index, const Shape &shape);
  void stepBranch(const Immediates &imms, TypeRule rule);
  void stepReference(const Immediates &imms, TypeRule rule);
  void open(uint32_t index, const Immediates &imms);
  void nextArm(const Immediates &imms, const Shape &shape);
  void close();
  void call(uint32_t type, const Shape &shape);
  void branchOnCast(const Immediates &imms, Type rest);
  /// The type of a result that follows from the immediates.
  Type resolve(StackType type, const Immediates &imms);
  /// The types that a branch carries.
  TypeList getLabelTypes(uint32_t label) const;

  Type pop();
  void pop(uint32_t count) {
    for (; count; --count)
      pop();
  }
  void push(Type type) { stack.push(type); }
  void push(TypeList list) {
    for (uint32_t i = 0; i != list.size; ++i)
      stack.push(list.types[i]);
  }
  /// Takes types from the stack and puts them back.
  void pass(TypeList list) {
    pop(list.size);
    push(list);
  }

  Function &function;
  const ModuleFacts &module;
  Array<Type> &operands;
  // Kept from one function to the next.
  static Array<Type> stack;
  static Array<Frame> frames;
};

Array<Type> TypeWalk::stack;
Array<TypeWalk::Frame> TypeWalk::frames;

} // namespace whamm::site

//===----------------------------------------------------------------------===//
// The stack
//===----------------------------------------------------------------------===//

/// A list of the one type.
static TypeList getSingle(Type type) {
  static constexpr Type all[] = {Type::I32,     Type::I64,  Type::F32,
                                 Type::F64,     Type::V128, Type::FuncRef,
                                 Type::OtherRef};
  for (const Type &known : all)
    if (known == type)
      return {&known, 1};
  return {};
}

TypeList TypeWalk::Frame::getResults(const ModuleFacts &module) const {
  return type == none ? getSingle(single) : module.getResults(type);
}

Type TypeWalk::pop() {
  Type type = stack.size() > frames.back().height ? stack.pop() : Type::Unknown;
  operands.push(type);
  return type;
}

TypeList TypeWalk::getLabelTypes(uint32_t label) const {
  const Frame &frame = frames[frames.size() - 1 - label];
  return frame.isLoop ? frame.getParams(module) : frame.getResults(module);
}

static TypeList dropLast(TypeList list) { return {list.types, list.size - 1}; }

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

/// The type of a result that needs no context, else Unknown.
static Type getValueType(StackType type) {
  switch (type) {
  case StackType::I32:
    return Type::I32;
  case StackType::I64:
    return Type::I64;
  case StackType::F32:
    return Type::F32;
  case StackType::F64:
    return Type::F64;
  case StackType::V128:
    return Type::V128;
  default:
    return Type::Unknown;
  }
}

Type TypeWalk::resolve(StackType type, const Immediates &imms) {
  switch (type) {
  case StackType::LocalType:
    return function.getLocals()[imms.plain[0]];
  case StackType::GlobalType:
    return module.globals[imms.plain[0]];
  case StackType::Addr: // memory.size, memory.grow
    return module.memories[imms.plain[0]].is64 ? Type::I64 : Type::I32;
  case StackType::TableAddr: // table.size, table.grow
    return module.tables[imms.plain[0]].is64 ? Type::I64 : Type::I32;
  case StackType::TableElem:
    return module.tables[imms.plain[0]].element;
  case StackType::FieldType:
    return module.getParams(imms.plain[0]).types[imms.plain[1]];
  case StackType::ElemType:
    return module.getParams(imms.plain[0]).types[0];
  default: // structures, arrays, i31
    return Type::OtherRef;
  }
}

void TypeWalk::step(uint32_t index, const Shape &shape) {
  if (shape.rule != TypeRule::Fixed)
    return stepControl(index, shape);
  pop(shape.numOperands);
  if (shape.result == StackType::None)
    return;
  Type type = getValueType(shape.result);
  push(type != Type::Unknown
           ? type
           : resolve(shape.result, function.getImmediates(index)));
}

void TypeWalk::stepControl(uint32_t index, const Shape &shape) {
  const Immediates &imms = function.getImmediates(index);
  switch (shape.rule) {
  case TypeRule::If:
    pop();
    return open(index, imms);
  case TypeRule::Block:
    return open(index, imms);
  case TypeRule::Else:
  case TypeRule::Catch:
    return nextArm(imms, shape);
  case TypeRule::End:
  case TypeRule::Delegate:
    return close();
  case TypeRule::Call:
    return call(module.functions[imms.plain[0]], shape);
  case TypeRule::CallIndirect:
  case TypeRule::CallRef:
    pop();
    return call(imms.plain[0], shape);
  case TypeRule::Return:
    return pop(frames[0].getResults(module).size);
  case TypeRule::Drop:
    pop();
    return;
  case TypeRule::Select: {
    pop();
    Type a = pop(), b = pop();
    return push(a == Type::Unknown ? b : a);
  }
  case TypeRule::SelectTyped:
    pop(3);
    return push(imms.type);
  default:
    return stepBranch(imms, shape.rule);
  }
}

void TypeWalk::stepBranch(const Immediates &imms, TypeRule rule) {
  switch (rule) {
  case TypeRule::Br:
    return pop(getLabelTypes(imms.plain[0]).size);
  case TypeRule::BrIf:
    pop();
    return pass(getLabelTypes(imms.plain[0]));
  case TypeRule::BrTable:
    pop();
    return pop(getLabelTypes(imms.labels.back()).size);
  case TypeRule::BrOnNull: {
    Type type = pop();
    pass(getLabelTypes(imms.plain[0]));
    return push(type);
  }
  case TypeRule::BrOnNonNull:
    pop();
    return pass(dropLast(getLabelTypes(imms.plain[0])));
  case TypeRule::BrOnCast:
    return branchOnCast(imms, imms.castSource);
  case TypeRule::BrOnCastFail:
    return branchOnCast(imms, imms.type);
  case TypeRule::Throw:
    return pop(module.getParams(module.tags[imms.plain[0]]).size);
  case TypeRule::ThrowRef:
    pop();
    return;
  case TypeRule::Rethrow:
  case TypeRule::Unreachable:
    return;
  default:
    return stepReference(imms, rule);
  }
}

void TypeWalk::stepReference(const Immediates &imms, TypeRule rule) {
  switch (rule) {
  case TypeRule::RefNull:
    return push(imms.type);
  case TypeRule::RefFunc:
    return push(Type::FuncRef);
  case TypeRule::RefAsNonNull:
    return push(pop());
  case TypeRule::RefIsNull:
  case TypeRule::RefTest:
    pop();
    return push(Type::I32);
  case TypeRule::RefCast:
    pop();
    return push(imms.type);
  case TypeRule::StructNew:
    pop(module.getParams(imms.plain[0]).size);
    return push(Type::OtherRef);
  case TypeRule::ArrayNewFixed:
    pop(imms.plain[1]);
    return push(Type::OtherRef);
  default: // any.convert_extern, extern.convert_any
    pop();
    return push(Type::OtherRef);
  }
}

void TypeWalk::call(uint32_t type, const Shape &shape) {
  pop(module.getParams(type).size);
  if (!shape.isTerminator)
    push(module.getResults(type));
}

/// `rest` is what remains on the stack where it does not branch.
void TypeWalk::branchOnCast(const Immediates &imms, Type rest) {
  pop();
  pass(dropLast(getLabelTypes(imms.plain[0])));
  push(rest);
}

//===----------------------------------------------------------------------===//
// Constructs
//===----------------------------------------------------------------------===//

void TypeWalk::open(uint32_t index, const Immediates &imms) {
  Frame frame{0, false, function[index].opcode == Opcode::Loop, imms.blockType,
              imms.type};
  TypeList params = frame.getParams(module);
  pop(params.size);
  frame.height = stack.size();
  frames.push(frame);
  push(params);
}

void TypeWalk::nextArm(const Immediates &imms, const Shape &shape) {
  Frame &frame = frames.back();
  pop(frame.getResults(module).size);
  stack.truncate(frame.height);
  frame.isDead = false;
  if (shape.rule == TypeRule::Else)
    push(frame.getParams(module));
  else if (shape.form == ImmForm::Tag)
    push(module.getParams(module.tags[imms.plain[0]]));
}

void TypeWalk::close() {
  TypeList results = frames.back().getResults(module);
  pop(results.size);
  stack.truncate(frames.back().height);
  frames.pop();
  push(results);
}

void TypeWalk::run() {
  operands.clear();
  function.operandsBegin.clear();
  stack.clear();
  frames.clear();
  if (function.size() == 0)
    return;
  // Branches to the function carry its results; it takes nothing.
  frames.push({0, false, false, function.getType(), Type::Unknown});
  for (uint32_t index = 0; index != function.size(); ++index) {
    function.operandsBegin.push(operands.size());
    if (frames.back().isDead)
      function.instrs[index].flags |= Instr::IsDead;
    const Shape &shape = function.getShapeOf(index);
    step(index, shape);
    if (shape.isTerminator) {
      stack.truncate(frames.back().height);
      frames.back().isDead = true;
    }
  }
  function.operandsBegin.push(operands.size());
}

void Function::walkTypes() {
  hasTypes = true;
  TypeWalk(*this).run();
}

Type Function::getOperand(uint32_t index, uint32_t n) {
  findTypes();
  uint32_t begin = operandsBegin[index];
  uint32_t count = operandsBegin[index + 1] - begin;
  return n < count ? operands[begin + n] : Type::Unknown;
}
