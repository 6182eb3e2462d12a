//===- DictionaryGen.cpp - Dictionaries for fuzzing -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace llvm;

namespace whamm::tblgen {

/// A number as `\xNN` bytes of an unsigned LEB128.
static void emitULEB(uint64_t value, raw_ostream &os) {
  do {
    uint8_t byte = value & 0x7F;
    value >>= 7;
    os << "\\x" << hexdigit(byte >> 4 | (value ? 8 : 0)) << hexdigit(byte & 15);
  } while (value);
}

void emitWasmDictionary(const RecordKeeper &records, raw_ostream &os) {
  os << "# Generated from td/Wasm/Opcodes.td.\n";
  for (const Record *opcode : getOpcodes(records)) {
    std::string name = opcode->getValueAsString("mnemonic").str();
    llvm::replace(name, '.', '_');
    os << name << "=\"";
    uint64_t prefix = opcode->getValueAsInt("prefix");
    uint64_t code = opcode->getValueAsInt("opcode");
    if (prefix) {
      os << "\\x" << utohexstr(prefix);
      emitULEB(code, os);
    } else {
      os << "\\x" << utohexstr(code, /*LowerCase=*/false, /*Width=*/2);
    }
    os << "\"\n";
  }
}

void emitScriptDictionary(const RecordKeeper &records, raw_ostream &os) {
  os << "# Generated from td/Wasm/Events.td.\n";
  std::set<StringRef> words;
  for (StringRef kind : {"Package", "AnyEvent", "BoundVar", "BoundFn", "Mode"})
    for (const Record *r : getInOrder(records, kind))
      words.insert(r->getValueAsString("name"));
  for (const Record *r : getInOrder(records, "BoundType"))
    words.insert(r->getValueAsString("text"));
  for (StringRef word : words)
    if (!word.empty())
      os << quote(word) << "\n";
}

} // namespace whamm::tblgen
