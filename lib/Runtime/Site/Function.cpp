//===- Function.cpp - The function that is being matched ------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Function.h"

#include "Reflect.h"

using namespace whamm::site;

static Function theFunction;

Function &whamm::site::getFunction() { return theFunction; }

void Function::enter(uint32_t function) {
  id = function;
  instrs.clear();
  cursor = 0;
  immediatesOf = none;
  hasBlocks = hasTypes = hasLocals = false;
  if (readBody())
    decode(Bytes(body.data()));
}

bool Function::readBody() {
  const ModuleFacts &module = getModule();
  if (id < module.functionImports.size() || id >= module.functions.size())
    return false;
  uint32_t room = body.size();
  uint32_t size = reflectFunctionBody(id, body.data(), room);
  if (size > room) {
    body.resize(size);
    reflectFunctionBody(id, body.data(), size);
  }
  return size != 0;
}

/// Reads groups of locals: number and type.
template <typename Visit> static void forEachGroup(Bytes &bytes, Visit visit) {
  for (uint32_t groups = bytes.readU32(); groups; --groups) {
    uint32_t count = bytes.readU32();
    visit(count, readValueType(bytes));
  }
}

/// Notes what an instruction opens or closes; false for the final `end`.
bool Function::nest(uint32_t index, const Shape &shape, uint32_t &open) {
  Instr &instr = instrs[index];
  if (shape.isBlockLike) {
    instr.opener = open;
    open = index;
    return true;
  }
  if (!closesArm(shape.rule))
    return true;
  if (open == none)
    return false;
  instr.opener = open;
  uint32_t last = open;
  while (instrs[last].next != none)
    last = instrs[last].next;
  instrs[last].next = index;
  if (closesConstruct(shape.rule))
    open = instrs[open].opener;
  return true;
}

void Function::decode(Bytes bytes) {
  forEachGroup(bytes, [](uint32_t, Type) {});
  uint32_t open = none;
  for (uint32_t index = 0;; ++index) {
    auto pc = static_cast<uint32_t>(bytes.position() - body.data());
    Opcode opcode = readOpcode(bytes);
    instrs.push({pc, none, none, opcode, 0});
    const Shape &shape = getShape(opcode);
    if (shape.form != ImmForm::NoImm)
      readImmediates(bytes, shape.form, immediates);
    if (!nest(index, shape, open))
      return;
  }
}

void Function::readLocals() {
  hasLocals = true;
  locals.clear();
  if (instrs.size() == 0)
    return;
  TypeList params = getModule().getParams(getType());
  for (uint32_t i = 0; i != params.size; ++i)
    locals.push(params.types[i]);
  Bytes bytes(body.data());
  forEachGroup(bytes, [&](uint32_t count, Type type) {
    for (; count; --count)
      locals.push(type);
  });
}

uint32_t Function::find(uint32_t pc) {
  if (cursor < instrs.size() && instrs[cursor].pc == pc)
    return cursor;
  if (cursor + 1 < instrs.size() && instrs[cursor + 1].pc == pc)
    return ++cursor;
  uint32_t begin = 0, end = instrs.size();
  while (begin != end) {
    uint32_t middle = begin + (end - begin) / 2;
    if (instrs[middle].pc < pc)
      begin = middle + 1;
    else
      end = middle;
  }
  if (begin == instrs.size() || instrs[begin].pc != pc)
    return none;
  return cursor = begin;
}

const Immediates &Function::getImmediates(uint32_t index) {
  if (immediatesOf == index)
    return immediates;
  immediatesOf = index;
  Bytes bytes(body.data() + instrs[index].pc);
  readImmediates(bytes, getShape(readOpcode(bytes)).form, immediates);
  return immediates;
}
