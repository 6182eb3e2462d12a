//===- OpcodesGen.cpp - Opcode enums and tables -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Writes Opcodes.inc: the enums that Opcodes.h declares, the table of
// OpcodeInfo, and the table that maps encodings to opcodes.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/TableGen/Error.h"

#include <map>

using namespace llvm;

namespace whamm::tblgen {

/// Writes the enumerators of a class of records, without `prefix`.
static void emitEnum(raw_ostream &os, StringRef macro,
                     const RecordList &records, StringRef prefix = "") {
  GuardedPart part(os, macro);
  for (const Record *r : records) {
    StringRef name = r->getName();
    name.consume_front(prefix);
    os << name << ",\n";
  }
}

static void emitNames(raw_ostream &os, StringRef macro,
                      const RecordList &records, StringRef field) {
  GuardedPart part(os, macro);
  for (const Record *r : records)
    os << quote(r->getValueAsString(field)) << ",\n";
}

/// The immediates of every form: `ImmSlot` lists by position in the enum.
static void emitForms(const RecordKeeper &records, raw_ostream &os) {
  GuardedPart part(os, "GET_IMM_FORM_TABLE");
  for (const Record *form : getInOrder(records, "ImmForm")) {
    std::vector<const Record *> slots = form->getValueAsListOfDefs("slots");
    os << "{" << slots.size() << ", {";
    interleaveComma(slots, os, [&](const Record *slot) {
      os << "ImmSlot::" << slot->getName().drop_front(3);
    });
    os << "}}, // " << form->getName() << "\n";
  }
}

static void emitTypeList(raw_ostream &os, const RecordList &types) {
  os << "{";
  interleaveComma(
      types, os, [&](const Record *t) { os << "StackType::" << t->getName(); });
  os << "}";
}

static StringRef getRuleName(const Record &opcode) {
  StringRef name = getDefName(opcode, "rule");
  name.consume_front("Rule");
  return name;
}

/// True where all operands and results are value types, whatever the context,
/// and the immediates need no check.
static bool isSimple(const Record &opcode) {
  if (getRuleName(opcode) != "Fixed")
    return false;
  const Record *form = opcode.getValueAsDef("immediates");
  for (const Record *slot : form->getValueAsListOfDefs("slots"))
    if (slot->getValueAsBit("checked"))
      return false;
  for (StringRef field : {"operands", "results"})
    for (const Record *type : opcode.getValueAsListOfDefs(field))
      if (!type->isSubClassOf("ValueType"))
        return false;
  return true;
}

static void emitInfo(raw_ostream &os, const Record &r) {
  RecordList operands = r.getValueAsListOfDefs("operands");
  RecordList results = r.getValueAsListOfDefs("results");
  os << "{" << quote(r.getValueAsString("mnemonic")) << ", "
     << r.getValueAsInt("opcode") << ", " << r.getValueAsInt("prefix")
     << ", ImmForm::" << getDefName(r, "immediates")
     << ", TypeRule::" << getRuleName(r)
     << ", Category::" << getDefName(r, "category")
     << ", Proposal::" << getDefName(r, "proposal") << ", "
     << r.getValueAsInt("accessBytes") << ", " << r.getValueAsInt("lanes");
  for (StringRef flag :
       {"writesMemory", "mayTrap", "endsBlock", "isTerminator", "isBlockLike"})
    os << ", " << r.getValueAsBit(flag);
  os << ", " << isSimple(r) << ", " << operands.size() << ", " << results.size()
     << ", ";
  emitTypeList(os, operands);
  os << ", ";
  emitTypeList(os, results);
  os << "}, // " << r.getName() << "\n";
}

/// One array per prefix from number to opcode, with gaps, and the list of
/// these arrays.
static void emitDecoder(raw_ostream &os, const RecordList &opcodes) {
  GuardedPart part(os, "GET_OPCODE_DECODER");
  std::map<unsigned, std::vector<const Record *>> byPrefix;
  for (const Record *r : opcodes) {
    auto &slots = byPrefix[r->getValueAsInt("prefix")];
    size_t code = r->getValueAsInt("opcode");
    if (slots.size() <= code)
      slots.resize(code + 1);
    if (slots[code])
      PrintFatalError(r->getLoc(), "encoding used twice");
    slots[code] = r;
  }
  for (auto &[prefix, slots] : byPrefix) {
    if (prefix == 0)
      slots.resize(256); // so that a byte needs no bounds check
    os << format("static constexpr uint16_t decode%02X[] = {\n", prefix);
    for (const Record *r : slots)
      os << (r ? "uint16_t(Opcode::" + r->getName().str() + ")" : "noOpcode")
         << ",\n";
    os << "};\n";
  }
  os << "static constexpr DecodeTable decodeTables[] = {\n";
  for (auto &[prefix, slots] : byPrefix)
    os << format("{0x%02X, decode%02X},\n", prefix, prefix);
  os << "};\n";
}

void emitOpcodes(const RecordKeeper &records, raw_ostream &os) {
  RecordList opcodes = getOpcodes(records);
  os << "// Generated from td/Wasm/Opcodes.td.\n\n";
  emitEnum(os, "GET_OPCODE_ENUM", opcodes);
  emitEnum(os, "GET_IMM_SLOT_ENUM", getInOrder(records, "ImmSlot"), "Imm");
  emitEnum(os, "GET_IMM_FORM_ENUM", getInOrder(records, "ImmForm"));
  emitEnum(os, "GET_STACK_TYPE_ENUM", getInOrder(records, "StackType"));
  emitEnum(os, "GET_TYPE_RULE_ENUM", getInOrder(records, "TypeRule"), "Rule");
  emitEnum(os, "GET_CATEGORY_ENUM", getInOrder(records, "Category"));
  emitEnum(os, "GET_PROPOSAL_ENUM", getInOrder(records, "Proposal"));
  emitNames(os, "GET_CATEGORY_NAMES", getInOrder(records, "Category"), "name");
  emitNames(os, "GET_PROPOSAL_NAMES", getInOrder(records, "Proposal"), "name");
  emitForms(records, os);
  {
    GuardedPart part(os, "GET_OPCODE_TABLE");
    for (const Record *r : opcodes)
      emitInfo(os, *r);
  }
  emitDecoder(os, opcodes);
}

} // namespace whamm::tblgen
