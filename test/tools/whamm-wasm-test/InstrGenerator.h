//===- InstrGenerator.h - Random instructions -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Random types, instructions and sequences of them for a given module, from
/// the opcode table. Indices mostly exist and operands mostly fit.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_INSTRGENERATOR_H
#define WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_INSTRGENERATOR_H

#include "whamm/Wasm/FunctionCursor.h"

#include <random>

namespace whamm::test {

using Buffer = llvm::SmallVector<uint8_t, 0>;

/// Random numbers that depend on the seed alone, on every platform.
class Random {
public:
  explicit Random(uint64_t seed) : engine(seed) {}
  /// A number below `limit`, which is not 0.
  uint64_t below(uint64_t limit) { return engine() % limit; }
  /// True once in so many times.
  bool oneIn(unsigned times) { return below(times) == 0; }

private:
  std::mt19937_64 engine;
};

/// Writes an opcode without its immediates.
void appendOpcodeBytes(Buffer &out, wasm::Opcode opcode);

/// Writes code for one module.
class InstrGenerator {
public:
  /// `numLocals` of the function at hand, `depth` of its open constructs.
  InstrGenerator(const wasm::Module &module, Random &random,
                 uint32_t numLocals = 0, uint32_t depth = 1)
      : module(module), random(random), numLocals(numLocals), depth(depth) {}

  /// An index of something of which there are `size`. Now and then it does not
  /// exist.
  uint32_t pickIndex(size_t size);
  wasm::ValType pickType();
  void appendHeapType(Buffer &out);
  /// A recursion group of one or a few types.
  void appendTypes(Buffer &out);
  /// The limits of a memory or table.
  void appendLimits(Buffer &out, bool isMemory);
  /// A constant expression that mostly has the type.
  void appendConstExpr(Buffer &out, wasm::ValType type);

  /// One instruction of any kind but those that nest.
  void appendInstr(Buffer &out);
  /// An opcode with random immediates.
  void appendOpcode(Buffer &out, wasm::Opcode opcode);
  /// Instructions that take nothing from the stack and leave nothing there.
  void appendConstruct(Buffer &out);
  /// Pushes a value of the type.
  void appendValue(Buffer &out, wasm::ValType type);

private:
  bool appendObject(Buffer &out, wasm::ValType type);
  void appendItems(Buffer &out, unsigned budget);
  void appendNested(Buffer &out, unsigned budget);
  void appendBlockType(Buffer &out);
  void appendCatches(Buffer &out);
  void appendSlot(Buffer &out, wasm::Opcode opcode, wasm::ImmSlot slot);
  void appendMemArg(Buffer &out, wasm::Opcode opcode);
  void appendOperands(Buffer &out, wasm::Opcode opcode);
  void appendSubType(Buffer &out, uint32_t limit);
  void appendCompType(Buffer &out);
  void appendDerivedType(Buffer &out, uint32_t super);
  void appendFieldType(Buffer &out);
  wasm::Opcode pickOpcode();
  uint32_t pickTypeFor(wasm::Opcode opcode);

  const wasm::Module &module;
  Random &random;
  uint32_t numLocals, depth;
  /// The type immediate written last; fields belong to it.
  uint32_t lastType = 0;
};

} // namespace whamm::test

#endif // WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_INSTRGENERATOR_H
