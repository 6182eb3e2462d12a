//===- EveryOpcode.cpp - Probes on every instruction ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "EveryOpcode.h"

#include "whamm/Wasm/Encode.h"
#include "whamm/Wasm/FunctionCursor.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::test;

/// A module whose last function, without parameters and results, is the
/// template. What it uses is import 0.
static std::vector<uint8_t> makeTemplate(ProbeBody body) {
  using namespace whamm::wasm;
  llvm::SmallVector<uint8_t, 64> out;
  appendPreamble(out);
  const uint8_t type[] = {1, 0x60, 0, 0};
  appendSection(out, SectionId::Type, type);
  const uint8_t global[] = {1, 1, 'm', 1, 'n', 3, 0x7E, 1};
  const uint8_t callee[] = {1, 1, 'm', 1, 'n', 0, 0};
  if (body == ProbeBody::Counter)
    appendSection(out, SectionId::Import, global);
  if (body == ProbeBody::Call)
    appendSection(out, SectionId::Import, callee);
  const uint8_t function[] = {1, 0};
  appendSection(out, SectionId::Function, function);
  const uint8_t nothing[] = {1, 2, 0, 0x0B};
  const uint8_t increment[] = {1,    9,    0,   /* global.get 0 */ 0x23,
                               0,    0x42, 1,   /* i64.add */ 0x7C,
                               0x24, 0,    0x0B};
  const uint8_t call[] = {1, 4, 0, 0x10, 0, 0x0B};
  switch (body) {
  case ProbeBody::Empty:
    appendSection(out, SectionId::Code, nothing);
    break;
  case ProbeBody::Counter:
    appendSection(out, SectionId::Code, increment);
    break;
  case ProbeBody::Call:
    appendSection(out, SectionId::Code, call);
    break;
  }
  return std::vector<uint8_t>(out.begin(), out.end());
}

static SiteTable makeSites(const wasm::Module &app, Position position) {
  SiteTable table;
  table.position = position;
  for (uint32_t i = 0; i != app.bodies.size(); ++i) {
    wasm::FunctionCursor cursor(app, i);
    while (cursor.next()) {
      table.func.push_back(app.numImportedFunctions + i);
      table.opidx.push_back(cursor.get().opidx);
    }
    llvm::consumeError(cursor.takeError());
  }
  return table;
}

llvm::Expected<SpliceResult>
test::probeEveryOpcode(const wasm::Module &app,
                       llvm::ArrayRef<Position> positions, ProbeBody body) {
  InjectionPlan plan;
  plan.generated = makeTemplate(body);
  if (body == ProbeBody::Counter) {
    plan.globals.push_back({wasm::ValType::i64(), 0, true, "count"});
    plan.sharedGlobals.push_back({0, 0});
    plan.getters.push_back({"whamm test count", 0});
  }
  Template &code = plan.templates.emplace_back();
  code.name = "every opcode";
  code.function = body == ProbeBody::Call;
  for (Position position : positions)
    plan.sites.push_back(makeSites(app, position));
  return splice(app, plan);
}
