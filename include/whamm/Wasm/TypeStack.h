//===- TypeStack.h - Types of operands and results --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The validation algorithm of the core specification's appendix, stepped
/// along with a FunctionCursor. It tells what every instruction takes from the
/// stack and leaves there, and refuses bodies that are not valid.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_TYPESTACK_H
#define WHAMM_WASM_TYPESTACK_H

#include "whamm/Wasm/FunctionCursor.h"

namespace whamm::wasm {

/// The operand stack and the open constructs of one function. An object can be
/// used for one function after the other (enter), and then allocates no more.
class TypeStack {
public:
  explicit TypeStack(const Module &module) : module(module) {}
  TypeStack(const Module &module, uint32_t defined) : module(module) {
    enter(defined);
  }

  /// Starts a function; `defined` counts from the first defined one.
  void enter(uint32_t defined);
  /// Starts a constant expression of a type. Globals from `globalLimit` on are
  /// not visible to it.
  void enterConstExpr(ValType type, uint32_t globalLimit);

  /// Goes over an instruction; they have to come in order and all of them.
  llvm::Error step(const Instr &instr);

  /// True where control can reach the last stepped instruction.
  bool wasReachable() const { return reachable; }
  /// What the last stepped instruction took: the top of the stack first. Types
  /// are unknown (`Bot`) where unreachable code leaves them open. `else` and
  /// `end` take the results of what they close.
  llvm::ArrayRef<ValType> operands() const { return taken; }
  /// What it left: the top of the stack first, empty for terminators. For an
  /// opener of a block (`block`, `loop`, `if`, `try_table`) these are the
  /// results of the whole construct, as found behind its `end`.
  llvm::ArrayRef<ValType> results() const { return left; }
  /// The types of all locals, parameters first.
  llvm::ArrayRef<ValType> locals() const { return localTypes; }
  /// The function's signature.
  const FuncType &signature() const { return *functionType; }
  /// The values on the stack behind the last stepped instruction, bottom
  /// first, those of enclosing constructs included.
  llvm::ArrayRef<ValType> stack() const { return values; }

  /// A construct that is open.
  struct Frame {
    Opcode opcode; // Else and Catch while in that arm; Block for functions
    bool unreachable = false;
    uint32_t height;     // of the stack at its start, without its parameters
    uint32_t initHeight; // number of locals initialised so far
    const FuncType *type = nullptr; // null: no parameters
    ValType single;                 // with a null type: the result, or Bot

    llvm::ArrayRef<ValType> getParams() const {
      return type ? llvm::ArrayRef<ValType>(type->params)
                  : llvm::ArrayRef<ValType>();
    }
    llvm::ArrayRef<ValType> getResults() const {
      if (type)
        return type->results;
      return single.isBot() ? llvm::ArrayRef<ValType>()
                            : llvm::ArrayRef<ValType>(single);
    }
    /// The types that a branch to it carries.
    llvm::ArrayRef<ValType> getLabelTypes() const {
      return opcode == Opcode::Loop ? getParams() : getResults();
    }
  };
  /// The open constructs behind the last stepped instruction, outermost (the
  /// function) first. Empty behind the final `end`.
  llvm::ArrayRef<Frame> frames() const { return control; }

private:
  using Types = llvm::ArrayRef<ValType>;

  void reset();
  bool fail(const llvm::Twine &text);
  bool failMismatch(Types expected, Types found, const llvm::Twine &where);
  bool readLocals(const FunctionBody &body);
  bool stepSimple(const OpcodeInfo &info);
  bool stepListed(const Instr &instr, const OpcodeInfo &info);
  bool stepRule(const Instr &instr, const OpcodeInfo &info);
  bool stepControl(const Instr &instr, TypeRule rule);
  bool stepBranch(const Instr &instr, TypeRule rule);
  bool stepReference(const Instr &instr, TypeRule rule);

  // Immediates.
  bool checkImmediates(const Instr &instr, const OpcodeInfo &info);
  bool checkIndex(ImmSlot slot, uint32_t index, const Instr &instr);
  bool checkMemArg(const Instr &instr, const OpcodeInfo &info);
  bool checkTypeImmediate(const Instr &instr, uint32_t index);
  bool checkType(ValType type);
  bool checkField(const Instr &instr);
  bool checkArray(const Instr &instr);
  bool checkSegments(const Instr &instr);
  bool checkConstant(const Instr &instr);

  // The stack.
  ValType popAny();
  bool pop(ValType expected);
  bool popAll(Types expected);
  void push(ValType type) {
    values.push_back(type);
    left.push_back(type);
  }
  void pushAll(Types types) {
    for (ValType type : types)
      push(type);
  }
  void setUnreachable();
  ValType resolve(StackType type, const Instr &instr) const;
  const FieldType &getFieldOf(const Instr &instr) const;

  // Control.
  bool resolveBlock(const BlockType &block, Frame &frame);
  bool open(const Instr &instr);
  bool closeArm();
  bool nextArm(const Instr &instr);
  bool close(const Instr &instr);
  bool checkCatches(const Instr &instr);
  const Frame *getLabel(uint32_t depth);
  bool branchTable(const Instr &instr);
  bool branchOnNull(const Instr &instr, TypeRule rule);
  bool branchOnCast(const Instr &instr, bool onFail);
  bool call(const Instr &instr, const FuncType &type);
  bool select(const Instr &instr);
  bool matches(Types actual, Types expected) const;
  void setLocal(uint32_t index);

  const Module &module;
  const FuncType *functionType = nullptr;
  llvm::SmallVector<ValType, 64> values;
  llvm::SmallVector<ValType, 32> localTypes;
  llvm::SmallVector<Frame, 16> control;
  llvm::SmallVector<ValType, 8> taken, left;
  /// Locals without a default value: whether set, and in which order.
  llvm::SmallVector<bool, 0> isSet;
  llvm::SmallVector<uint32_t, 0> setOrder;
  bool hasUndefaultable = false;
  bool reachable = true;
  bool isConstant = false;
  uint32_t visibleGlobals = 0;
  FuncType constantType; // the signature of a constant expression
  std::string message;   // of the last failure; empty where there is none
};

/// Checks a module as section 3.4 of the specification says: types, bodies,
/// constant expressions, segments, exports, start.
llvm::Error validateModule(const Module &module);

/// The same but for the bodies: afterwards every index in the module's sections
/// means something.
llvm::Error validateModuleLevel(const Module &module);

} // namespace whamm::wasm

#endif // WHAMM_WASM_TYPESTACK_H
