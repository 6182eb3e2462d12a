//===- Opcodes.cpp - The WebAssembly instructions ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Opcodes.h"

#include "whamm/Wasm/Types.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whamm::wasm;

static_assert(static_cast<int>(StackType::I32) ==
                  static_cast<int>(ValType::Kind::I32) &&
              static_cast<int>(StackType::V128) ==
                  static_cast<int>(ValType::Kind::V128));

constexpr OpcodeInfo whamm::wasm::detail::opcodeTable[] = {
#define GET_OPCODE_TABLE
#include "whamm/Wasm/Opcodes.inc"
};

namespace {
struct DecodeTable {
  uint8_t prefix;
  ArrayRef<uint16_t> opcodes;
};
struct FormInfo {
  uint8_t numSlots;
  ImmSlot slots[3];
};
} // namespace

using whamm::wasm::detail::noOpcode;
#define GET_OPCODE_DECODER
#include "whamm/Wasm/Opcodes.inc"

static constexpr FormInfo formTable[] = {
#define GET_IMM_FORM_TABLE
#include "whamm/Wasm/Opcodes.inc"
};

static constexpr StringLiteral categoryNames[] = {
#define GET_CATEGORY_NAMES
#include "whamm/Wasm/Opcodes.inc"
};

static constexpr StringLiteral proposalNames[] = {
#define GET_PROPOSAL_NAMES
#include "whamm/Wasm/Opcodes.inc"
};

constexpr const uint16_t *const whamm::wasm::detail::singleByteDecoder =
    decode00;

uint16_t whamm::wasm::detail::decodePrefixed(uint8_t prefix, uint32_t code) {
  // Prefixes are few and in order: 0xFB to 0xFE behind the single bytes.
  size_t table = size_t(prefix) - 0xFB + 1;
  if (prefix < 0xFB || table >= std::size(decodeTables) ||
      code >= decodeTables[table].opcodes.size())
    return noOpcode;
  return decodeTables[table].opcodes[code];
}

ArrayRef<OpcodeInfo> whamm::wasm::getOpcodes() {
  return whamm::wasm::detail::opcodeTable;
}

StringRef whamm::wasm::getCategoryName(Category category) {
  return categoryNames[static_cast<size_t>(category)];
}

StringRef whamm::wasm::getProposalName(Proposal proposal) {
  return proposalNames[static_cast<size_t>(proposal)];
}

ArrayRef<ImmSlot> whamm::wasm::getImmSlots(ImmForm form) {
  const FormInfo &info = formTable[static_cast<size_t>(form)];
  return {info.slots, info.numSlots};
}
