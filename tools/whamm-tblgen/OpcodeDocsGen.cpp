//===- OpcodeDocsGen.cpp - Reference page of the opcodes --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace whamm::tblgen {

static std::string getTypeTexts(const Record &opcode, StringRef field) {
  std::string text = "[";
  for (auto [i, type] : enumerate(opcode.getValueAsListOfDefs(field)))
    text += (i ? ", " : "") + type->getValueAsString("text").str();
  return text + "]";
}

static std::string getTyping(const Record &opcode) {
  if (getDefName(opcode, "rule") != "Fixed")
    return opcode.getValueAsDef("rule")->getValueAsString("text").str();
  return getTypeTexts(opcode, "operands") + " -> " +
         getTypeTexts(opcode, "results");
}

static std::string getProperties(const Record &opcode) {
  std::string text;
  auto add = [&](StringRef word) {
    text += (text.empty() ? "" : ", ") + word.str();
  };
  if (int64_t bytes = opcode.getValueAsInt("accessBytes"))
    add(std::to_string(bytes) + (opcode.getValueAsBit("writesMemory")
                                     ? " bytes written"
                                     : " bytes read"));
  if (opcode.getValueAsBit("mayTrap"))
    add("may trap");
  if (opcode.getValueAsBit("endsBlock"))
    add("ends a block");
  if (opcode.getValueAsBit("isTerminator"))
    add("never falls through");
  return text;
}

static void emitRow(const Record &opcode, raw_ostream &os) {
  os << "| `" << opcode.getValueAsString("mnemonic") << "` | "
     << getEncoding(opcode) << " | "
     << opcode.getValueAsDef("category")->getValueAsString("name") << " | `"
     << getTyping(opcode) << "` | " << getProperties(opcode) << " |\n";
}

void emitOpcodeDocs(const RecordKeeper &records, raw_ostream &os) {
  os << "<!-- Generated from td/Wasm/Opcodes.td. -->\n\n"
     << "# WebAssembly instructions\n\n"
     << "Operands and results are listed bottom of the stack first.\n";
  RecordList opcodes = getOpcodes(records);
  for (const Record *proposal : getInOrder(records, "Proposal")) {
    os << "\n## " << proposal->getValueAsString("name") << "\n\n"
       << "| instruction | encoding | category | types | properties |\n"
       << "|---|---|---|---|---|\n";
    for (const Record *opcode : opcodes)
      if (opcode->getValueAsDef("proposal") == proposal)
        emitRow(*opcode, os);
  }
}

} // namespace whamm::tblgen
