//===- Opcodes.h - Opcode facts of the site module --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The tables of td/Wasm in a compact form.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_OPCODES_H
#define WHAMM_LIB_RUNTIME_SITE_OPCODES_H

#include "Bytes.h"

namespace whamm::site {

/// Opcodes by slot: the encodings of the prefixes one after the other.
enum class Opcode : uint16_t {
#define GET_SITE_SLOTS
#include "SiteTable.inc"
};

enum class ImmSlot : uint8_t {
#define GET_IMM_SLOT_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

enum class ImmForm : uint8_t {
#define GET_IMM_FORM_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

enum class StackType : uint8_t {
  None,
#define GET_STACK_TYPE_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

enum class TypeRule : uint8_t {
#define GET_TYPE_RULE_ENUM
#include "whamm/Wasm/Opcodes.inc"
};

/// The immediates of a form in encoding order.
struct FormInfo {
  uint8_t numSlots;
  ImmSlot slots[3];
};

/// What many opcodes have in common.
struct Shape {
  ImmForm form;
  TypeRule rule;
  bool endsBlock;      // always the last instruction of a basic block
  bool isTerminator;   // control never falls through
  bool isBlockLike;    // opens a construct closed by a matching `end`
  uint8_t numOperands; // with the rule `Fixed`
  StackType result;    // with the rule `Fixed`; None where there is none
};

Opcode readOpcode(Bytes &bytes);
const Shape &getShape(Opcode opcode);
const FormInfo &getForm(ImmForm form);
/// The opcode's event, or -1.
int32_t getEvent(Opcode opcode);

/// True for what closes an arm of a construct: `else`, `catch`, `end`, ...
inline bool closesArm(TypeRule rule) {
  return rule == TypeRule::Else || rule == TypeRule::Catch ||
         rule == TypeRule::End || rule == TypeRule::Delegate;
}

/// True for what closes a construct.
inline bool closesConstruct(TypeRule rule) {
  return rule == TypeRule::End || rule == TypeRule::Delegate;
}

} // namespace whamm::site

#endif // WHAMM_LIB_RUNTIME_SITE_OPCODES_H
