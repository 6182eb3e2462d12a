//===- ConvertProbeToMonitor.cpp - Scripts to monitors ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Conversion/ProbeToMonitor/ProbeToMonitor.h"

#include "MonitorConverter.h"

#include "whamm/Runtime/SiteFunctions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace whamm {
#define GEN_PASS_DEF_CONVERTPROBETOMONITOR
#include "whamm/Conversion/ConversionPasses.h.inc"
} // namespace whamm

using namespace mlir;
using namespace whamm;

/// Scripts are lowered without an application.
static const wasm::Module &getNoApplication() {
  static const wasm::Module none;
  return none;
}

MonitorConverter::MonitorConverter(ModuleOp root)
    : ScriptConverter(root, getNoApplication(), nullptr),
      patterns(getCanonicalization(root.getContext())), at(root.getContext()) {
  context.setStatics(&noFacts);
}

void MonitorConverter::convertScript(probe::ScriptOp scriptOp) {
  script = scriptOp.getIndex();
  states.clear();
  convertFunctions(scriptOp);
  for (auto init : scriptOp.getBody().getOps<probe::InitOp>())
    convertInit(init);
  SmallVector<probe::ProbeOp> probes(
      scriptOp.getBody().getOps<probe::ProbeOp>());
  for (probe::ProbeOp op : probes) {
    if (!op.getInstancesAttr())
      continue;
    auto first = cast<probe::InstanceAttr>(op.getInstancesAttr()[0]);
    if (wasm::getEvents()[first.getEvent()].package == wasm::Package::Begin)
      begins.push_back(op);
    else if (!convertProgramProbe(op))
      addCandidates(op);
  }
}

/// `wasm:begin` comes behind everything that happens once per site: at the last
/// place that the engine asks about, the end of the last function. The rule
/// for that holds nowhere.
void MonitorConverter::convertBegins() {
  if (begins.empty())
    return;
  Location loc = root.getLoc();
  Type i32 = builder.getI32Type();
  wasm_inject::FunctionOp op = makeFunction("begin.match", {i32});
  MatchFunction match(op, "$begin");
  at.setInsertionPointToEnd(&op.getBody().front());
  MatchFacts facts(match, context, at, loc);
  Value next = arith::AddIOp::create(at, loc, facts.getFid(), facts.getI32(1));
  Value isLast = arith::CmpIOp::create(at, loc, arith::CmpIPredicate::eq, next,
                                       facts.ask("site_num_functions", {}));
  Value isEnd = arith::CmpIOp::create(at, loc, arith::CmpIPredicate::ne,
                                      match.getParam(wei::ParamKind::AtFuncEnd),
                                      facts.getI32(0));
  Value isTime = arith::AndIOp::create(at, loc, isEnd, isLast);
  auto ifOp = scf::IfOp::create(at, loc, isTime, /*withElseRegion=*/false);
  OpBuilder calls = OpBuilder::atBlockBegin(ifOp.thenBlock());
  wasm_inject::ReturnOp::create(at, loc, facts.getI32(0));
  for (auto [i, begin] : llvm::enumerate(begins)) {
    script = begin->getParentOfType<probe::ScriptOp>().getIndex();
    wasm_inject::FunctionOp body =
        makeFunction("begin." + std::to_string(i), {});
    BodyLowering lowering(body.getBody().front(), BodyKind::Plain, context);
    states.clear();
    setScope(lowering);
    openGuard(lowering, begin);
    lowering.lowerBlock(begin.getBody().front());
    hasFailed |= lowering.hasFailed();
    wasm_inject::CallOp::create(calls, loc, TypeRange(),
                                FlatSymbolRefAttr::get(body), ValueRange());
  }
  exportFunction(op, "$begin");
  wasm_inject::RuleOp::create(
      builder, loc, builder.getStringAttr("wasm:func:exit"), match.getCall(),
      builder.getArrayAttr({}),
      FlatSymbolRefAttr::get(makeFunction("begin.never", {})), StringAttr(),
      StringAttr());
}

/// Adds what was counted apart to the maps, before anything of the end sees
/// them: `before` is where the first of that stands.
void MonitorConverter::flushCells(OpBuilder &before) {
  if (context.getCellTables().empty())
    return;
  Location loc = root.getLoc();
  auto op = wasm_inject::OnEndOp::create(before, loc);
  OpBuilder body = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
  Type i32 = body.getI32Type();
  auto getI32 = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(body, loc, body.getI32IntegerAttr(value));
  };
  auto callee = context.getImport(
      runtime::siteModuleName, "cells_flush",
      FunctionType::get(root.getContext(), {i32, i32, i32}, {}));
  for (auto [number, map] : llvm::enumerate(context.getCellTables())) {
    auto state =
        SymbolTable::lookupNearestSymbolFrom<wasm_inject::StateOp>(root, map);
    Type value = cast<probe::MapType>(state.getType()).getValueType();
    int64_t type = value.getIntOrFloatBitWidth() +
                   (value.isSignedInteger() ? runtime::signedCells : 0);
    Value handle = wasm_inject::StateGetOp::create(body, loc, i32, map);
    wasm_inject::CallOp::create(
        body, loc, TypeRange(), callee,
        ValueRange{getI32(static_cast<int64_t>(number)), handle, getI32(type)});
  }
}

LogicalResult MonitorConverter::run() {
  SmallVector<probe::ScriptOp> scripts(root.getOps<probe::ScriptOp>());
  bool isRefused = false;
  for (probe::ScriptOp scriptOp : scripts) {
    if (failed(checkScript(scriptOp)))
      return failure();
    isRefused |= failed(checkForMonitor(scriptOp));
    declareScript(scriptOp);
  }
  if (isRefused)
    return failure();
  makeProgramMaps();
  for (probe::ScriptOp scriptOp : scripts)
    convertScript(scriptOp);
  spread();
  if (!hasFailed)
    buildRules();
  convertBegins();
  if (hasFailed)
    return failure();
  OpBuilder first = OpBuilder::atBlockBegin(root.getBody());
  flushCells(first);
  context.finish(builder);
  for (probe::ScriptOp scriptOp : scripts)
    scriptOp.erase();
  return success();
}

namespace {
struct ConvertProbeToMonitorPass
    : whamm::impl::ConvertProbeToMonitorBase<ConvertProbeToMonitorPass> {
  void runOnOperation() override {
    MonitorConverter converter(getOperation());
    if (failed(converter.run()))
      return signalPassFailure();
    numRules += converter.numRules;
    numFunctions += converter.numFunctions;
  }
};
} // namespace
