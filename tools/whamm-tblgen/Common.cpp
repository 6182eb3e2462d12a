//===- Common.cpp - What the generators share -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace llvm;

namespace whamm::tblgen {

RecordList getInOrder(const RecordKeeper &records, StringRef className) {
  ArrayRef<const Record *> found = records.getAllDerivedDefinitions(className);
  RecordList list(found.begin(), found.end());
  llvm::sort(list, [](const Record *a, const Record *b) {
    return a->getID() < b->getID();
  });
  return list;
}

RecordList getOpcodes(const RecordKeeper &records) {
  RecordList list = getInOrder(records, "Opcode");
  auto key = [](const Record *r) {
    return std::pair(r->getValueAsInt("prefix"), r->getValueAsInt("opcode"));
  };
  llvm::sort(list,
             [&](const Record *a, const Record *b) { return key(a) < key(b); });
  return list;
}

RecordList getEvents(const RecordKeeper &records) {
  RecordList list = getInOrder(records, "AnyEvent");
  auto key = [](const Record *r) {
    return std::pair(r->getValueAsDef("package")->getID(),
                     r->getValueAsInt("index"));
  };
  llvm::sort(list,
             [&](const Record *a, const Record *b) { return key(a) < key(b); });
  return list;
}

StringRef getDefName(const Record &record, StringRef field) {
  return record.getValueAsDef(field)->getName();
}

std::string quote(StringRef text) {
  std::string result = "\"";
  raw_string_ostream os(result);
  printEscapedString(text, os);
  return result + "\"";
}

std::string getEncoding(const Record &opcode) {
  std::string result;
  raw_string_ostream os(result);
  if (int64_t prefix = opcode.getValueAsInt("prefix"))
    os << format("0x%02X ", static_cast<unsigned>(prefix));
  os << format("0x%02X", static_cast<unsigned>(opcode.getValueAsInt("opcode")));
  return result;
}

unsigned getBytecode(const Record &opcode) {
  return opcode.getValueAsInt("prefix") * 256 + opcode.getValueAsInt("opcode");
}

GuardedPart::GuardedPart(raw_ostream &os, StringRef macro)
    : os(os), macro(macro) {
  os << "#ifdef " << macro << "\n";
}

GuardedPart::~GuardedPart() {
  os << "#undef " << macro << "\n#endif // " << macro << "\n\n";
}

} // namespace whamm::tblgen
