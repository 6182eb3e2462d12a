//===- Generators.h - Generators of the fact tables -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the generators share: the list of all of them is in whamm-tblgen.cpp.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TBLGEN_GENERATORS_H
#define WHAMM_TBLGEN_GENERATORS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TableGen/Record.h"

#include <vector>

namespace whamm::tblgen {

using RecordList = std::vector<const llvm::Record *>;

// The generators.
void emitOpcodes(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
void emitEvents(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
void emitEngine(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
void emitLimits(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
void emitLimitDocs(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
void emitWasmDictionary(const llvm::RecordKeeper &records,
                        llvm::raw_ostream &os);
void emitScriptDictionary(const llvm::RecordKeeper &records,
                          llvm::raw_ostream &os);
void emitOpcodeDocs(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
void emitEventDocs(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
void emitSiteTable(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
void emitBinaryenExpressions(const llvm::RecordKeeper &records,
                             llvm::raw_ostream &os);
void emitBinaryenFaithful(const llvm::RecordKeeper &records,
                          llvm::raw_ostream &os);

/// The records of a class in the order of the source file.
RecordList getInOrder(const llvm::RecordKeeper &records,
                      llvm::StringRef className);
/// All opcodes by prefix and number: the order of the enum.
RecordList getOpcodes(const llvm::RecordKeeper &records);
/// All events: by package, then by index.
RecordList getEvents(const llvm::RecordKeeper &records);

/// The name of the definition that a field refers to.
llvm::StringRef getDefName(const llvm::Record &record, llvm::StringRef field);
/// A C++ string literal.
std::string quote(llvm::StringRef text);
/// The encoding as text: `0x28`, `0xFC 0x0A`.
std::string getEncoding(const llvm::Record &opcode);
/// The value of the `bytecode` bound variable.
unsigned getBytecode(const llvm::Record &opcode);

/// Opens and closes a part of a generated file that is included alone.
class GuardedPart {
public:
  GuardedPart(llvm::raw_ostream &os, llvm::StringRef macro);
  ~GuardedPart();

private:
  llvm::raw_ostream &os;
  std::string macro;
};

} // namespace whamm::tblgen

#endif // WHAMM_TBLGEN_GENERATORS_H
