//===- BinaryenGen.cpp - Tables about Binaryen ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Generators over td/Binaryen: the children of each kind of expression, and
/// what each version of Binaryen reads and writes faithfully.
///
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TableGen/Record.h"
#include "llvm/TableGen/TableGenBackend.h"

#include <map>
#include <vector>

using namespace llvm;

namespace {

/// Opens and closes the preprocessor condition of a kind that only some
/// versions have.
class VersionGuard {
public:
  VersionGuard(const Record &kind, raw_ostream &os) : os(os) {
    int64_t since = kind.getValueAsInt("Since");
    int64_t until = kind.getValueAsInt("Until");
    guarded = since > 108 || until != 0;
    if (!guarded)
      return;
    os << "#if BINARYEN_VERSION >= " << since;
    if (until != 0)
      os << " && BINARYEN_VERSION <= " << until;
    os << "\n";
  }
  ~VersionGuard() {
    if (guarded)
      os << "#endif\n";
  }

private:
  raw_ostream &os;
  bool guarded;
};

} // namespace

/// Emits the accessors of a child or label: single ones, then those of lists.
static void emitAccessors(const Record &field, StringRef kind,
                          raw_ostream &os) {
  StringRef accessor = field.getValueAsString("Accessor");
  std::string prefix = ("Binaryen" + kind).str();
  if (field.getValueAsBit("List"))
    os << "nullptr, nullptr, " << prefix << "GetNum"
       << field.getValueAsString("Plural") << ", " << prefix << "Get"
       << accessor << "At, " << prefix << "Set" << accessor << "At";
  else
    os << prefix << "Get" << accessor << ", " << prefix << "Set" << accessor
       << ", nullptr, nullptr, nullptr";
}

/// Emits one array of fields; `flag` is the name of the trailing bit.
static void emitFields(ArrayRef<const Record *> fields, StringRef kind,
                       StringRef type, StringRef suffix, StringRef flag,
                       raw_ostream &os) {
  if (fields.empty())
    return;
  os << "constexpr " << type << " k" << kind << suffix << "[] = {\n";
  for (const Record *field : fields) {
    os << "    {";
    emitAccessors(*field, kind, os);
    os << ", " << (field->getValueAsBit(flag) ? "true" : "false") << "},\n";
  }
  os << "};\n";
}

static void emitKind(const Record &kind, raw_ostream &os) {
  StringRef name = kind.getName();
  auto field = [&](StringRef list, StringRef suffix) -> std::string {
    if (kind.getValueAsListOfDefs(list).empty())
      return "{}";
    return ("k" + name + suffix).str();
  };
  VersionGuard guard(kind, os);
  os << "    {\"" << name << "\", Binaryen" << name << "Id, "
     << field("ChildList", "Children") << ", " << field("LabelList", "Labels")
     << ", " << (kind.getValueAsBit("Opaque") ? "true" : "false") << "},\n";
}

/// -gen-binaryen-expressions
void whamm::tblgen::emitBinaryenExpressions(const RecordKeeper &records,
                                            raw_ostream &os) {
  emitSourceFileHeader("Children and labels of Binaryen's expressions", os);
  auto kinds = records.getAllDerivedDefinitions("Expression");
  for (const Record *kind : kinds) {
    if (kind->getValueAsBit("Opaque"))
      continue;
    VersionGuard guard(*kind, os);
    emitFields(kind->getValueAsListOfDefs("ChildList"), kind->getName(),
               "ChildField", "Children", "Optional", os);
    emitFields(kind->getValueAsListOfDefs("LabelList"), kind->getName(),
               "LabelField", "Labels", "Definition", os);
  }
  os << "\nconstexpr ExpressionKind kKinds[] = {\n";
  for (const Record *kind : kinds)
    emitKind(*kind, os);
  os << "};\n";
}

/// Since which version an opcode is faithful, 0 for never.
static int64_t getFaithfulSince(const Record &opcode,
                                const RecordKeeper &records) {
  for (const Record *entry : records.getAllDerivedDefinitions("FaithfulOpcode"))
    if (entry->getValueAsDef("Of") == &opcode)
      return entry->getValueAsInt("Since");
  const Record *proposal = opcode.getValueAsDef("proposal");
  for (const Record *entry :
       records.getAllDerivedDefinitions("FaithfulProposal"))
    if (entry->getValueAsDef("Of") == proposal)
      return entry->getValueAsInt("Since");
  return 0;
}

/// -gen-binaryen-faithful
void whamm::tblgen::emitBinaryenFaithful(const RecordKeeper &records,
                                         raw_ostream &os) {
  emitSourceFileHeader("What Binaryen reads and writes faithfully", os);
  os << "enum class Feature : uint8_t {\n";
  auto features = records.getAllDerivedDefinitions("FaithfulFeature");
  for (const Record *feature : features)
    os << "  " << feature->getName() << ",\n";
  os << "};\n\nconstexpr FeatureInfo kFeatures[] = {\n";
  for (const Record *feature : features)
    os << "    {" << feature->getValueAsInt("Since") << ", \""
       << feature->getValueAsString("Description") << "\"},\n";
  os << "};\n\nunsigned getFaithfulSince(wasm::Opcode opcode) {\n"
     << "  switch (opcode) {\n";
  std::map<int64_t, std::vector<StringRef>> bySince;
  for (const Record *opcode : records.getAllDerivedDefinitions("Opcode"))
    bySince[getFaithfulSince(*opcode, records)].push_back(opcode->getName());
  for (const auto &[since, names] : bySince) {
    for (StringRef name : names)
      os << "  case wasm::Opcode::" << name << ":\n";
    os << "    return " << since << ";\n";
  }
  os << "  }\n  return 0;\n}\n";
}
