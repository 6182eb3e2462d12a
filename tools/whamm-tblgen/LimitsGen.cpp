//===- LimitsGen.cpp - Limits of engines ------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

using namespace llvm;

namespace whamm::tblgen {

void emitLimits(const RecordKeeper &records, raw_ostream &os) {
  os << "// Generated from td/Wasm/Limits.td.\n\n";
  RecordList limits = getInOrder(records, "Limit");
  GuardedPart part(os, "GET_LIMIT_VALUES");
  for (const Record *r : limits)
    os << r->getName() << " = " << r->getValueAsInt("value") << ",\n";
}

void emitLimitDocs(const RecordKeeper &records, raw_ostream &os) {
  os << "<!-- Generated from td/Wasm/Limits.td. -->\n\n"
     << "# Limits\n\n"
     << "Modules beyond these are refused, also where the core specification "
        "allows them: engines\nrefuse them, too. Most are those of the "
        "JavaScript interface of WebAssembly.\n\n"
     << "| at most | | limit of |\n|---|---|---|\n";
  for (const Record *r : getInOrder(records, "Limit"))
    os << "| " << r->getValueAsInt("value") << " | "
       << r->getValueAsString("text") << " | "
       << (r->getValueAsString("source") == "V8" ? "V8"
                                                 : "the JavaScript interface")
       << " |\n";
}

} // namespace whamm::tblgen
