//===- MatchReport.cpp - What matched, and what did not ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "MatchReport.h"

#include "whamm/Frontend/Diagnostics.h"
#include "whamm/Wasm/FunctionCursor.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace whamm;

/// The names of the opcode events that the application's code has.
static std::vector<StringRef> getPresentEvents(const wasm::Module &app) {
  BitVector seen(wasm::getOpcodes().size());
  for (uint32_t i = 0; i < app.bodies.size(); ++i) {
    wasm::FunctionCursor cursor(app, i);
    while (cursor.next())
      seen.set(static_cast<unsigned>(cursor.get().opcode));
    consumeError(cursor.takeError()); // matching has read it all
  }
  std::vector<StringRef> names;
  for (unsigned opcode : seen.set_bits())
    if (auto event = wasm::getEventOf(static_cast<wasm::Opcode>(opcode)))
      names.push_back(wasm::getEvents()[*event].name);
  return names;
}

/// The rule with its event replaced by the most similar one of the program.
static std::string suggestRule(StringRef rule, const wasm::Module &app) {
  SmallVector<StringRef, 4> parts;
  rule.split(parts, ':');
  std::vector<StringRef> present = getPresentEvents(app);
  if (parts.size() < 4 || present.empty())
    return "";
  StringRef pattern = parts[2];
  StringRef nearest = *std::min_element(
      present.begin(), present.end(), [&](StringRef a, StringRef b) {
        return pattern.edit_distance(a) < pattern.edit_distance(b);
      });
  parts[2] = nearest;
  return join(parts, ":");
}

static void warn(const frontend::CheckedProbe &probe,
                 const ProbeMatchCount &count, const wasm::Module &app,
                 frontend::Diagnostics &diags) {
  frontend::Diagnostic &diag =
      diags.warning(probe.range, "this probe matches nothing in the program");
  if (count.places > 0) {
    diag.note(probe.range,
              "its rule matches " + Twine(count.places) +
                  " places, but none satisfies its predicate, its type bounds "
                  "and the types of the operands that it uses");
    return;
  }
  std::string suggestion = suggestRule(count.rule, app);
  if (!suggestion.empty())
    diag.note(probe.range, "the nearest rule that would match is '" +
                               Twine(suggestion) + "'");
}

/// The counts of all classes of a source probe together; nothing for what has
/// no sites by nature (wasm:report), or was proven dead before.
static std::optional<ProbeMatchCount>
addCounts(ArrayRef<ProbeMatchCount> counts, int32_t script, unsigned source) {
  std::optional<ProbeMatchCount> total;
  for (const ProbeMatchCount &count : counts) {
    if (count.script != script || count.source != static_cast<int32_t>(source))
      continue;
    if (!total) {
      total.emplace(count);
      continue;
    }
    total->places += count.places;
    total->sites += count.sites;
  }
  return total;
}

void whamm::reportMatches(const NumberedScript &script,
                          ArrayRef<ProbeMatchCount> counts,
                          const wasm::Module &app, bool listAll,
                          StringRef label) {
  frontend::Diagnostics diags(script.sources);
  for (const frontend::CheckedProbe &probe : script.script.probes) {
    if (probe.classIndex != 0)
      continue;
    std::optional<ProbeMatchCount> total =
        addCounts(counts, script.index, probe.sourceIndex);
    if (!total)
      continue;
    if (listAll)
      errs() << label << "probe " << probe.sourceIndex << " (" << total->rule
             << "): " << total->sites << " sites of " << total->places
             << " places\n";
    if (total->sites == 0)
      warn(probe, *total, app, diags);
  }
  diags.print(errs());
}

std::string whamm::describeProbesAt(const wasm::Module &output, size_t offset,
                                    const wasm::Module &app,
                                    const rewrite::InjectionPlan &plan) {
  for (auto [i, body] : enumerate(output.bodies)) {
    if (offset < body.range.begin || offset > body.range.end)
      continue;
    if (i >= app.bodies.size())
      return "  in generated code";
    uint32_t func = app.numImportedFunctions + i;
    std::string text = "  in function " + std::to_string(func);
    for (const rewrite::SiteTable &table : plan.sites)
      if (is_contained(table.func, func))
        text += "\n  which has sites of " +
                plan.templates[table.templateIndex].name;
    return text;
  }
  return "  outside of function bodies";
}
