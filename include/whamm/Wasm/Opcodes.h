//===- Opcodes.h - The WebAssembly instructions -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The opcode enum and what is known about each opcode. All facts come from
/// `td/Wasm/Opcodes.td`.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_OPCODES_H
#define WHAMM_WASM_OPCODES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace whamm::wasm {

/// All opcodes, dense, ordered by prefix and number. Enumerators are the
/// mnemonics in camel case: `I32Const`, `BrTable`, `I32Load8S`.
enum class Opcode : uint16_t {
#define GET_OPCODE_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

/// One immediate of an instruction.
enum class ImmSlot : uint8_t {
#define GET_IMM_SLOT_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

/// The immediates of an instruction as a whole.
enum class ImmForm : uint8_t {
#define GET_IMM_FORM_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

/// The type of an operand or result. The value types have the numbers of
/// ValType::Kind; the others follow from an immediate and the module.
enum class StackType : uint8_t {
  None, // unused entry of a list
#define GET_STACK_TYPE_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

/// How the types of an instruction follow from its context. `Fixed` means that
/// the operand and result lists say all.
enum class TypeRule : uint8_t {
#define GET_TYPE_RULE_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

/// Categories; the values are the `category_id` of scripts.
enum class Category : uint8_t {
#define GET_CATEGORY_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

/// The proposal that brought an instruction.
enum class Proposal : uint8_t {
#define GET_PROPOSAL_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

/// One row of the table.
struct OpcodeInfo {
  llvm::StringLiteral mnemonic;
  uint16_t code;  // the byte, or the number behind the prefix
  uint8_t prefix; // 0 for single-byte opcodes
  ImmForm form;
  TypeRule rule;
  Category category;
  Proposal proposal;
  uint8_t accessBytes; // bytes of memory a load or store touches, or 0
  uint8_t lanes;       // limit of a lane immediate
  bool writesMemory;   // the access includes a write
  bool mayTrap;
  bool endsBlock;    // always the last instruction of a basic block
  bool isTerminator; // control never falls through
  bool isBlockLike;  // opens a construct closed by a matching `end`
  bool isSimple;     // only value types, and no immediate to check
  uint8_t numOperands, numResults;
  StackType operandTypes[5]; // bottom of the stack first
  StackType resultTypes[1];

  llvm::ArrayRef<StackType> getOperands() const {
    return {operandTypes, numOperands};
  }
  llvm::ArrayRef<StackType> getResults() const {
    return {resultTypes, numResults};
  }
  /// The natural alignment of an access as a power of two.
  unsigned getNaturalAlign() const {
    unsigned log = 0;
    while ((1u << log) < accessBytes)
      ++log;
    return log;
  }
};

namespace detail {
extern const OpcodeInfo opcodeTable[];
/// Marks an unused encoding.
inline constexpr uint16_t noOpcode = 0xFFFF;
extern const uint16_t *const singleByteDecoder; // 256 entries
uint16_t decodePrefixed(uint8_t prefix, uint32_t code);
} // namespace detail

/// All opcodes in the order of the enum.
llvm::ArrayRef<OpcodeInfo> getOpcodes();

inline const OpcodeInfo &getOpcodeInfo(Opcode opcode) {
  return detail::opcodeTable[static_cast<uint16_t>(opcode)];
}

/// The opcode with an encoding; prefix 0 means a single byte. nullopt for
/// encodings that WebAssembly does not define, the prefix bytes among them.
inline std::optional<Opcode> decodeOpcode(uint8_t prefix, uint32_t code) {
  uint16_t found = prefix != 0  ? detail::decodePrefixed(prefix, code)
                   : code < 256 ? detail::singleByteDecoder[code]
                                : detail::noOpcode;
  if (found == detail::noOpcode)
    return std::nullopt;
  return static_cast<Opcode>(found);
}

/// True for the bytes that start a two-part opcode.
inline bool isOpcodePrefix(uint8_t byte) {
  return byte >= 0xFB && byte <= 0xFE;
}

inline llvm::StringRef getMnemonic(Opcode opcode) {
  return getOpcodeInfo(opcode).mnemonic;
}
llvm::StringRef getCategoryName(Category category);
llvm::StringRef getProposalName(Proposal proposal);
/// The immediates of a form in encoding order.
llvm::ArrayRef<ImmSlot> getImmSlots(ImmForm form);

/// True for `block`, `loop`, `if`, `try_table` and the legacy `try`: what a
/// matching `end` (or `delegate`) closes.
inline bool isBlockLike(Opcode opcode) {
  return getOpcodeInfo(opcode).isBlockLike;
}
/// True where control never falls through: `br`, `return`, `unreachable`, ...
inline bool isTerminator(Opcode opcode) {
  return getOpcodeInfo(opcode).isTerminator;
}
/// True where the instruction always ends a basic block. An `end` does so only
/// in some places, see Blocks.h.
inline bool endsBlock(Opcode opcode) { return getOpcodeInfo(opcode).endsBlock; }

} // namespace whamm::wasm

#endif // WHAMM_WASM_OPCODES_H
