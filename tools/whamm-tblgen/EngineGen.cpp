//===- EngineGen.cpp - Names in rules of monitors ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Writes Engine.inc: the enums and tables of events and parameters that rules
// of monitors can name, and the mnemonics in them.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

using namespace llvm;

namespace whamm::tblgen {

static StringRef getEnumerator(const Record &record, StringRef suffix) {
  StringRef name = record.getName();
  name.consume_back(suffix);
  return name;
}

static void emitEvents(raw_ostream &os, const RecordList &events) {
  {
    GuardedPart part(os, "GET_ENGINE_EVENT_ENUM");
    for (const Record *r : events)
      os << getEnumerator(*r, "Event") << ",\n";
  }
  GuardedPart part(os, "GET_ENGINE_EVENT_TABLE");
  for (const Record *r : events)
    os << "{" << quote(r->getValueAsString("text")) << ", "
       << r->getValueAsBit("mnemonic") << "},\n";
}

static void emitParams(raw_ostream &os, const RecordList &params) {
  {
    GuardedPart part(os, "GET_ENGINE_PARAM_ENUM");
    for (const Record *r : params)
      os << getEnumerator(*r, "Param") << ",\n";
  }
  GuardedPart part(os, "GET_ENGINE_PARAM_TABLE");
  for (const Record *r : params)
    os << "{" << quote(r->getValueAsString("name")) << ", "
       << r->getValueAsBit("indexed") << ", " << r->getValueAsBit("dynamic")
       << "},\n";
}

/// One mnemonic per opcode, in the order of the enum, then those that are the
/// engine's alone.
static void emitMnemonics(raw_ostream &os, const RecordKeeper &records) {
  {
    GuardedPart part(os, "GET_ENGINE_MNEMONICS");
    for (const Record *r : getOpcodes(records))
      os << quote(r->getValueAsString("engineMnemonic")) << ",\n";
  }
  GuardedPart part(os, "GET_ENGINE_ONLY_MNEMONICS");
  for (const Record *r : getInOrder(records, "EngineOnlyOpcode"))
    os << quote(r->getValueAsString("mnemonic")) << ",\n";
}

void emitEngine(const RecordKeeper &records, raw_ostream &os) {
  os << "// Generated from td/Wasm/Engine.td.\n\n";
  emitEvents(os, getInOrder(records, "EngineEvent"));
  emitParams(os, getInOrder(records, "EngineParam"));
  emitMnemonics(os, records);
}

} // namespace whamm::tblgen
