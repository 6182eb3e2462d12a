//===- EventDocsGen.cpp - Reference page of the events ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/ADT/STLExtras.h"

#include <utility>

using namespace llvm;

namespace whamm::tblgen {

static void emitVars(const RecordList &vars, raw_ostream &os) {
  os << "| name | type | life | meaning |\n|---|---|---|---|\n";
  for (const Record *v : vars)
    os << "| `" << v->getValueAsString("name") << "` | "
       << v->getValueAsDef("type")->getValueAsString("text") << " | "
       << (v->getValueAsBit("dynamic") ? "dynamic" : "static") << " | "
       << v->getValueAsString("description") << " |\n";
}

static void emitFns(const RecordList &fns, raw_ostream &os) {
  os << "| function | signature | meaning |\n|---|---|---|\n";
  for (const Record *f : fns)
    os << "| `" << f->getValueAsString("name") << "` | `"
       << f->getValueAsString("signature") << "` | "
       << f->getValueAsString("description") << " |\n";
}

static std::string getModes(const Record &event) {
  std::string text;
  for (const Record *mode : event.getValueAsListOfDefs("modes"))
    text += (text.empty() ? "" : " ") + mode->getValueAsString("name").str();
  return text;
}

/// `arg0 i32, imm0 u32`: the names of an event on one line.
static std::string getVarTexts(const Record &event) {
  std::string text;
  for (const Record *v : event.getValueAsListOfDefs("vars")) {
    text += text.empty() ? "`" : ", `";
    text += v->getValueAsString("name").str() + "`";
    StringRef type = v->getValueAsDef("type")->getValueAsString("text");
    if (type != "unknown")
      text += " " + type.str();
  }
  return text;
}

static void emitOpcodeEvents(const RecordList &events, raw_ostream &os) {
  os << "| event | category | modes | names |\n|---|---|---|---|\n";
  for (const Record *e : events) {
    const Record *category =
        e->getValueAsDef("opcode")->getValueAsDef("category");
    os << "| `" << e->getValueAsString("name") << "` | "
       << category->getValueAsString("name") << " | " << getModes(*e) << " | "
       << getVarTexts(*e) << " |\n";
  }
}

/// The names that events declare, each once with its meaning.
static void emitEventVars(const RecordList &events, raw_ostream &os) {
  RecordList vars;
  for (const Record *e : events)
    for (const Record *v : e->getValueAsListOfDefs("vars"))
      if (none_of(vars, [&](const Record *seen) {
            return seen->getValueAsString("name") ==
                   v->getValueAsString("name");
          }))
        vars.push_back(v);
  emitVars(vars, os);
}

static void emitPackage(const Record &package, const RecordList &events,
                        raw_ostream &os) {
  os << "\n## wasm:" << package.getValueAsString("name") << "\n\n"
     << package.getValueAsString("description") << "\n";
  StringRef gap = "\n"; // in front of the first item
  for (const Record *e : events)
    if (!e->isSubClassOf("Event") && !e->getValueAsString("name").empty())
      os << std::exchange(gap, "") << "- `" << e->getValueAsString("name")
         << "`: " << e->getValueAsString("description") << "\n";
  os << "\nNames in every probe of the package:\n\n";
  emitVars(package.getValueAsListOfDefs("vars"), os);
}

/// The names that events of a package add to the package's own.
static void emitEventNames(const RecordList &events, raw_ostream &os) {
  if (none_of(events, [](const Record *e) {
        return !e->getValueAsListOfDefs("vars").empty();
      }))
    return;
  if (events.front()->isSubClassOf("Event")) {
    os << "\n### Events\n\n";
    emitOpcodeEvents(events, os);
  }
  os << "\n### Names of single events\n\n";
  emitEventVars(events, os);
}

static void emitModes(const RecordList &modes, raw_ostream &os) {
  os << "\n## Modes\n\n| mode | meaning |\n|---|---|\n";
  for (const Record *mode : modes)
    if (!mode->getValueAsString("name").empty())
      os << "| `" << mode->getValueAsString("name") << "` | "
         << mode->getValueAsString("description") << " |\n";
}

void emitEventDocs(const RecordKeeper &records, raw_ostream &os) {
  os << "<!-- Generated from td/Wasm/Events.td. -->\n\n"
     << "# Events of the provider `wasm`\n";
  RecordList all = getEvents(records);
  for (const Record *package : getInOrder(records, "Package")) {
    RecordList events;
    copy_if(all, std::back_inserter(events), [&](const Record *e) {
      return e->getValueAsDef("package") == package;
    });
    emitPackage(*package, events, os);
    emitEventNames(events, os);
  }
  emitModes(getInOrder(records, "Mode"), os);
  os << "\n## Functions\n\nEverywhere:\n\n";
  emitFns(getInOrder(records, "GlobalFn"), os);
  os << "\nAt some opcode events (`drop_args` at all of them):\n\n";
  emitFns(getInOrder(records, "EventFn"), os);
}

} // namespace whamm::tblgen
