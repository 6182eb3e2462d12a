//===- SiteGen.cpp - Opcode facts for the site module -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Writes SiteTable.inc: what the module that monitors carry has to know of each
// opcode. Opcodes are told apart by slots, the prefixes' encodings one after
// the other with their gaps; equal rows are written once.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/TableGen/Error.h"

#include <map>

using namespace llvm;

namespace whamm::tblgen {

namespace {
/// The encodings behind one prefix.
struct Range {
  unsigned base; // slot of encoding 0
  unsigned size;
};

/// Where each opcode is found.
struct Layout {
  std::map<unsigned, Range> ranges; // by prefix
  std::vector<const Record *> slots;
};

/// The distinct rows.
struct Shapes {
  std::vector<std::string> rows;
  std::map<std::string, unsigned> numbers;

  unsigned get(const std::string &row) {
    auto [it, isNew] = numbers.try_emplace(row, rows.size());
    if (isNew)
      rows.push_back(row);
    return it->second;
  }
};
} // namespace

static Layout getLayout(const RecordList &opcodes) {
  Layout layout;
  // Records come by prefix and number: the last of a prefix has the largest.
  for (const Record *r : opcodes)
    layout.ranges[r->getValueAsInt("prefix")].size =
        r->getValueAsInt("opcode") + 1;
  layout.ranges[0].size = 256; // so that a byte needs no check
  unsigned next = 0;
  for (auto &[prefix, range] : layout.ranges) {
    range.base = next;
    next += range.size;
  }
  layout.slots.resize(next);
  for (const Record *r : opcodes)
    layout.slots[layout.ranges[r->getValueAsInt("prefix")].base +
                 r->getValueAsInt("opcode")] = r;
  return layout;
}

static void emitSlots(raw_ostream &os, const Layout &layout) {
  GuardedPart part(os, "GET_SITE_SLOTS");
  for (auto [slot, r] : enumerate(layout.slots))
    if (r)
      os << r->getName() << " = " << slot << ",\n";
}

static void emitRanges(raw_ostream &os, const Layout &layout) {
  GuardedPart part(os, "GET_SITE_RANGES");
  for (const auto &[prefix, range] : layout.ranges)
    os << format("{0x%02X, %u, %u},\n", prefix, range.base, range.size);
}

/// A row: immediates, typing rule, flags, number of operands, result.
static std::string getShape(const Record &r) {
  StringRef rule = getDefName(r, "rule");
  rule.consume_front("Rule");
  RecordList results = r.getValueAsListOfDefs("results");
  if (results.size() > 1)
    PrintFatalError(r.getLoc(), "more than one result");
  std::string row;
  raw_string_ostream os(row);
  os << "{ImmForm::" << getDefName(r, "immediates") << ", TypeRule::" << rule;
  for (StringRef flag : {"endsBlock", "isTerminator", "isBlockLike"})
    os << ", " << r.getValueAsBit(flag);
  os << ", " << r.getValueAsListOfDefs("operands").size() << ", StackType::"
     << (results.empty() ? "None" : results.front()->getName()) << "}";
  return row;
}

static void emitShapes(raw_ostream &os, const Layout &layout) {
  Shapes shapes;
  std::string numbers;
  raw_string_ostream out(numbers);
  for (const Record *r : layout.slots)
    out << (r ? shapes.get(getShape(*r)) : 0) << ",\n";
  if (shapes.rows.size() > 256)
    PrintFatalError("more shapes than a byte can tell apart");
  {
    GuardedPart part(os, "GET_SITE_SHAPES");
    for (const std::string &row : shapes.rows)
      os << row << ",\n";
  }
  GuardedPart part(os, "GET_SITE_SHAPE_NUMBERS");
  os << numbers;
}

/// The event of each slot: its position among all events, or -1.
static void emitSiteEvents(const RecordKeeper &records, raw_ostream &os,
                           const Layout &layout) {
  DenseMap<const Record *, unsigned> ids;
  for (auto [id, event] : enumerate(getEvents(records)))
    if (event->isSubClassOf("Event"))
      ids[event->getValueAsDef("opcode")] = id;
  GuardedPart part(os, "GET_SITE_EVENTS");
  for (const Record *r : layout.slots) {
    auto it = ids.find(r);
    os << (it == ids.end() ? "-1" : std::to_string(it->second)) << ",\n";
  }
}

void emitSiteTable(const RecordKeeper &records, raw_ostream &os) {
  Layout layout = getLayout(getOpcodes(records));
  os << "// Generated from td/Wasm/Events.td.\n\n";
  emitSlots(os, layout);
  emitRanges(os, layout);
  emitShapes(os, layout);
  emitSiteEvents(records, os, layout);
}

} // namespace whamm::tblgen
