//===- Function.h - The function that is being matched ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The decoded body of one function. Engines match function by function, so
/// one is kept; what is not always asked for (basic blocks, types) is found
/// out when it is.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_FUNCTION_H
#define WHAMM_LIB_RUNTIME_SITE_FUNCTION_H

#include "Immediates.h"

namespace whamm::site {

/// One instruction.
struct Instr {
  enum Flag : uint8_t {
    StartsBlock = 1,
    EndsBlock = 2,
    /// At what closes a construct: it is reached otherwise than by falling
    /// into it.
    IsJoin = 4,
    IsDead = 8,
  };
  uint32_t pc;
  /// Openers and arms: the next arm of the construct, or what closes it.
  uint32_t next;
  /// Arms and what closes a construct: its opener. Openers: the one around.
  uint32_t opener;
  Opcode opcode;
  uint8_t flags;

  bool has(Flag flag) const { return flags & flag; }
};

class Function {
public:
  /// Makes `function` the current one. Functions that are imported or do not
  /// exist have no instructions.
  void select(uint32_t function) {
    if (id != function)
      enter(function);
  }

  uint32_t size() const { return instrs.size(); }
  const Instr &operator[](uint32_t index) const { return instrs[index]; }
  const Shape &getShapeOf(uint32_t index) const {
    return getShape(instrs[index].opcode);
  }
  /// The instruction at `pc`, or none. Constant time where calls come in
  /// order.
  uint32_t find(uint32_t pc);
  /// Valid until the next call.
  const Immediates &getImmediates(uint32_t index);

  /// Flags of basic blocks are right behind this.
  void findBlocks() {
    if (!hasBlocks)
      markBlocks();
  }
  /// The instructions of a block up to `index`. Needs findBlocks().
  uint32_t getBlockCount(uint32_t index) const;

  /// The type of operand `n`, counted from the top of the stack.
  Type getOperand(uint32_t index, uint32_t n);
  /// IsDead is right behind this, and getOperand() answers.
  void findTypes() {
    if (!hasTypes)
      walkTypes();
  }
  /// Parameters first.
  const Array<Type> &getLocals() {
    if (!hasLocals)
      readLocals();
    return locals;
  }
  uint32_t getType() const { return getModule().functions[id]; }

private:
  friend class TypeWalk;

  void enter(uint32_t function);
  bool readBody();
  void decode(Bytes bytes);
  bool nest(uint32_t index, const Shape &shape, uint32_t &open);
  void readLocals();

  void markBlocks();
  void markTarget(uint32_t label);
  void markTargets(uint32_t index, ImmForm form);
  bool close(uint32_t index);
  void walkTypes();

  uint32_t id = none;
  Array<uint8_t> body;
  Array<Instr> instrs;
  uint32_t cursor = 0;
  Immediates immediates;
  uint32_t immediatesOf = none;
  bool hasBlocks = false, hasTypes = false, hasLocals = false;

  /// Openers of the constructs around an instruction, none for the function.
  Array<uint32_t> labels;
  bool isLeftByBranch = false; // some branch goes to the function's end
  Array<Type> locals;
  /// The operands of all instructions, and where each one's begin.
  Array<Type> operands;
  Array<uint32_t> operandsBegin;
};

/// The only one.
Function &getFunction();

} // namespace whamm::site

#endif // WHAMM_LIB_RUNTIME_SITE_FUNCTION_H
