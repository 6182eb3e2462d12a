//===- EventsGen.cpp - Event, mode and bound name tables --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Writes Events.inc: the tables behind Events.h. Equal lists of names are
// shared between events.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace llvm;

namespace whamm::tblgen {

namespace {
/// Arrays written once per distinct content.
class ArrayPool {
public:
  ArrayPool(StringRef type, StringRef prefix) : type(type), prefix(prefix) {}

  /// The name of the array with this content, `{}` for an empty one.
  std::string get(const std::string &content) {
    if (content.empty())
      return "{}";
    auto [it, isNew] = names.try_emplace(content, "");
    if (isNew)
      it->second = prefix + std::to_string(names.size() - 1);
    return it->second;
  }

  void print(raw_ostream &os) const {
    for (const auto &[content, name] : names)
      os << "static constexpr " << type << " " << name << "[] = {\n"
         << content << "};\n";
  }

private:
  std::string type, prefix;
  MapVector<std::string, std::string, std::map<std::string, unsigned>> names;
};
} // namespace

static std::string getVars(const RecordList &vars) {
  std::string text;
  raw_string_ostream os(text);
  for (const Record *v : vars)
    os << "  {" << quote(v->getValueAsString("name")) << ", BoundType::"
       << v->getValueAsDef("type")->getValueAsString("enumerator")
       << ", Lifetime::" << (v->getValueAsBit("dynamic") ? "Dynamic" : "Static")
       << ", BoundSource::" << v->getValueAsString("source") << ", "
       << v->getValueAsInt("index") << ", " << v->getValueAsBit("literal")
       << ", " << quote(v->getValueAsString("description")) << "},\n";
  return text;
}

static std::string getModes(const RecordList &modes) {
  std::string text;
  for (const Record *m : modes)
    text += "Mode::" + m->getName().str() + ", ";
  return text;
}

static std::string getFnNames(const RecordList &fns) {
  std::string text;
  for (const Record *f : fns)
    text += quote(f->getValueAsString("name")) + ", ";
  return text;
}

/// The fields of an event that come from its opcode.
static std::string getOpcodeFields(const Record &event) {
  if (!event.isSubClassOf("Event"))
    return "std::nullopt, 0, 0, \"\", \"\"";
  const Record &op = *event.getValueAsDef("opcode");
  const Record &category = *op.getValueAsDef("category");
  return "Opcode::" + op.getName().str() + ", " +
         std::to_string(getBytecode(op)) + ", " +
         std::to_string(category.getValueAsInt("id")) + ", " +
         quote(category.getValueAsString("name")) + ", " +
         quote(op.getValueAsString("mnemonic"));
}

static void emitEventTable(const RecordKeeper &records, raw_ostream &os) {
  GuardedPart part(os, "GET_EVENT_TABLE");
  ArrayPool vars("BoundVar", "vars"), modes("Mode", "modes"),
      fns("llvm::StringLiteral", "fns");
  std::string rows;
  raw_string_ostream row(rows);
  for (const Record *e : getEvents(records))
    row << "{Package::" << getDefName(*e, "package").drop_front(7) << ", "
        << quote(e->getValueAsString("name")) << ", " << getOpcodeFields(*e)
        << ", " << modes.get(getModes(e->getValueAsListOfDefs("modes"))) << ", "
        << vars.get(getVars(e->getValueAsListOfDefs("vars"))) << ", "
        << fns.get(getFnNames(e->getValueAsListOfDefs("functions"))) << ", "
        << quote(e->getValueAsString("description")) << "},\n";
  vars.print(os);
  modes.print(os);
  fns.print(os);
  os << "static constexpr EventInfo eventTable[] = {\n" << rows << "};\n";
}

static void emitPackages(const RecordKeeper &records, raw_ostream &os) {
  GuardedPart part(os, "GET_PACKAGE_TABLE");
  ArrayPool vars("BoundVar", "packageVars");
  std::string rows;
  raw_string_ostream row(rows);
  for (const Record *p : getInOrder(records, "Package"))
    row << "{" << quote(p->getValueAsString("name")) << ", "
        << vars.get(getVars(p->getValueAsListOfDefs("vars"))) << ", "
        << quote(p->getValueAsString("description")) << "},\n";
  vars.print(os);
  os << "static constexpr PackageInfo packageTable[] = {\n" << rows << "};\n";
}

static void emitFns(const RecordKeeper &records, raw_ostream &os,
                    StringRef className, StringRef table) {
  os << "static constexpr BoundFn " << table << "[] = {\n";
  for (const Record *f : getInOrder(records, className))
    os << "{" << quote(f->getValueAsString("name")) << ", "
       << quote(f->getValueAsString("signature")) << ", "
       << quote(f->getValueAsString("description")) << "},\n";
  os << "};\n";
}

static void emitNames(const RecordKeeper &records, raw_ostream &os,
                      StringRef className, StringRef field, StringRef table) {
  os << "static constexpr llvm::StringLiteral " << table << "[] = {\n";
  for (const Record *r : getInOrder(records, className))
    os << quote(r->getValueAsString(field)) << ",\n";
  os << "};\n";
}

/// The expressions of computed variables, by source.
static void emitDerivations(const RecordKeeper &records, raw_ostream &os) {
  os << "static constexpr std::pair<BoundSource, llvm::StringLiteral> "
        "derivations[] = {\n";
  for (const Record *v : getInOrder(records, "BoundVar"))
    if (StringRef text = v->getValueAsString("derivation"); !text.empty())
      os << "{BoundSource::" << v->getValueAsString("source") << ", "
         << quote(text) << "},\n";
  os << "};\n";
}

void emitEvents(const RecordKeeper &records, raw_ostream &os) {
  os << "// Generated from td/Wasm/Events.td.\n\n";
  emitEventTable(records, os);
  emitPackages(records, os);
  GuardedPart part(os, "GET_EVENT_NAMES");
  emitFns(records, os, "GlobalFn", "globalFns");
  emitFns(records, os, "EventFn", "eventFns");
  emitNames(records, os, "Mode", "name", "modeNames");
  emitNames(records, os, "Mode", "description", "modeDescriptions");
  emitNames(records, os, "BoundType", "text", "boundTypeNames");
  emitDerivations(records, os);
}

} // namespace whamm::tblgen
