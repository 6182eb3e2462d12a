//===- ConvertProbe.cpp - Probes to templates -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Converter.h"

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Wasm/BoundNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace whamm;

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

/// Immediates that the body exchanges: their values are the last holes, which
/// no code reads.
static void addImmediates(wasm_inject::TemplateOp op,
                          const BodyLowering &lowering,
                          std::vector<StaticProgram> &holes) {
  SmallVector<int32_t> indices;
  for (auto [index, value] : lowering.getImmediates()) {
    indices.push_back(static_cast<int32_t>(index));
    holes.emplace_back(value);
  }
  if (!indices.empty())
    op.setImmediatesAttr(DenseI32ArrayAttr::get(op.getContext(), indices));
}

wasm_inject::TemplateOp
Converter::makeTemplate(probe::ProbeOp op, StringRef suffix, BodyKind kind,
                        function_ref<void(BodyLowering &)> fill,
                        std::vector<StaticProgram> &holes) {
  SmallVector<Attribute> list;
  for (auto [var, state] : states)
    list.push_back(state);
  auto result = wasm_inject::TemplateOp::create(
      builder, op.getLoc(), (prefix + suffix).str(), builder.getArrayAttr({}),
      builder.getArrayAttr(list), ArrayAttr(), ArrayAttr(), DenseI32ArrayAttr(),
      DenseI32ArrayAttr(), false);
  BodyLowering lowering(result.getBody().emplaceBlock(), kind, context);
  setScope(lowering);
  op.getBody().walk(
      [&](probe::BoundSetOp set) { lowering.setAssigned(set.getName()); });
  fill(lowering);
  hasFailed |= lowering.hasFailed();
  SmallVector<Attribute> params(lowering.getParams().begin(),
                                lowering.getParams().end());
  result.setParamsAttr(builder.getArrayAttr(params));
  SmallVector<Attribute> assigned, types;
  for (auto &[key, type] : lowering.getAssigned()) {
    assigned.push_back(wasm_inject::ParamAttr::get(
        builder.getContext(), static_cast<wasm_inject::SourceKind>(key.first),
        key.second));
    types.push_back(TypeAttr::get(type));
  }
  if (!assigned.empty()) {
    result.setAssignedAttr(builder.getArrayAttr(assigned));
    result.setAssignedTypesAttr(builder.getArrayAttr(types));
  }
  for (Value hole : lowering.getHoles())
    holes.emplace_back(hole);
  addImmediates(result, lowering, holes);
  if (kind == BodyKind::AltTemplate)
    finishAlt(result, op, lowering.getAltCalls());
  ++numTemplates;
  return result;
}

/// What the type bounds and the static values ask of a place.
void Converter::prepareMatch(probe::ProbeOp op, MatchProbe &match) {
  for (auto instance : op.getInstancesAttr().getAsRange<probe::InstanceAttr>())
    match.instances.push_back({instance.getEvent(),
                               static_cast<wasm::Mode>(instance.getMode()),
                               instance.getNumber(), instance.getOrder()});
  for (wasm_inject::StateOp state : stateOps)
    match.numStates += state.getComponents().size();
  if (Value condition = getStaticPredicate(op))
    match.predicate.emplace(condition);
  auto addRequirement = [&](StringRef name, Type type) {
    if (auto member = wasm::getFamilyMember(name))
      match.requirements.push_back({member->source, member->index, type});
  };
  if (auto bounds = op.getBoundsAttr())
    for (auto bound : bounds.getAsRange<probe::TypeBoundAttr>())
      addRequirement(bound.getName(), bound.getType());
  op.walk([&](Operation *inner) {
    if (auto bound = dyn_cast<probe::BoundOp>(inner))
      addRequirement(bound.getSourceName(), bound.getType());
    else if (auto get = dyn_cast<probe::BoundGetOp>(inner))
      addRequirement(get.getName(), get.getType());
    else if (auto set = dyn_cast<probe::BoundSetOp>(inner))
      addRequirement(set.getName(), set.getValue().getType());
    else if (auto call = dyn_cast<probe::LibCallOp>(inner))
      if (call.getIsStaticCall() && !call.getResult())
        match.effects.emplace_back(call);
  });
}

/// True where every path through the statements gives a result in place of
/// the instruction's: returns a value or calls another function.
static bool alwaysGives(Block &block) {
  for (Operation &op : block) {
    if (isa<probe::ReturnOp, probe::AltCallOp>(op))
      return true;
    if (isa<probe::ExitOp>(op))
      return false;
    auto ifOp = dyn_cast<scf::IfOp>(op);
    if (!ifOp)
      continue;
    if (ifOp.elseBlock() && alwaysGives(*ifOp.thenBlock()) &&
        alwaysGives(*ifOp.elseBlock()))
      return true;
    WalkResult leaves =
        ifOp.walk([](probe::ExitOp) { return WalkResult::interrupt(); });
    if (leaves.wasInterrupted())
      return false;
  }
  return false;
}

/// The function of the application that an alt_call names.
std::optional<int32_t> Converter::findAltCallee(probe::AltCallOp op) {
  if (auto index = op.getIndex()) {
    if (*index < app.functions.size())
      return static_cast<int32_t>(*index);
    op.emitError("the application has no function ")
        << *index << "; it has " << app.functions.size();
    return std::nullopt;
  }
  for (uint32_t i = app.numImportedFunctions; i < app.functions.size(); ++i)
    if (app.getFunctionName(i) == *op.getName())
      return static_cast<int32_t>(i);
  op.emitError("the application defines no function named '")
      << *op.getName() << "'";
  return std::nullopt;
}

/// What the splicer has to know of an `alt` body beyond its code.
void Converter::finishAlt(wasm_inject::TemplateOp body, probe::ProbeOp op,
                          ArrayRef<probe::AltCallOp> altCalls) {
  SmallVector<int32_t> callees;
  for (probe::AltCallOp altCall : altCalls) {
    std::optional<int32_t> callee = findAltCallee(altCall);
    if (!callee) {
      hasFailed = true;
      return;
    }
    callees.push_back(*callee);
  }
  if (!callees.empty())
    body.setAltCallsAttr(builder.getDenseI32ArrayAttr(callees));
  body.setMayFallThrough(!alwaysGives(op.getBody().front()));
}

void Converter::convertProbe(probe::ProbeOp op) {
  if (!op.getInstancesAttr())
    return;
  if (convertProgramProbe(op))
    return;
  auto first = cast<probe::InstanceAttr>(op.getInstancesAttr()[0]);
  prefix = ("s" + Twine(script) + ".p" + Twine(works.size())).str();
  declareStates(op);
  MatchProbe match;
  prepareMatch(op, match);
  Work work;
  work.op = op;
  bool isAlt = static_cast<wasm::Mode>(first.getMode()) == wasm::Mode::Alt;
  convertSiteInits(work, match);
  work.body = makeTemplate(
      op, "", isAlt ? BodyKind::AltTemplate : BodyKind::Template,
      [&](BodyLowering &lowering) {
        if (openGuard(lowering, op) && isAlt)
          lowering.setOperand(op.getLoc(), wasm_inject::SourceKind::AltTaken, 0,
                              arith::ConstantOp::create(
                                  lowering.getBuilder(), op.getLoc(),
                                  lowering.getBuilder().getI32IntegerAttr(1)));
        lowering.lowerBlock(op.getBody().front());
      },
      match.holes);
  for (const auto *list : {&match.holes, &match.initHoles})
    for (const StaticProgram &program : *list)
      for (const StaticFact &fact : program.getFacts())
        if (fact.source == wasm::BoundSource::Imm)
          match.siteFacts.push_back(fact);
  work.states = stateOps;
  works.push_back(work);
  matches.push_back(std::move(match));
}

/// Static initial values become data, the others code at program start.
void Converter::convertSiteInits(Work &work, MatchProbe &match) {
  probe::ProbeOp op = work.op;
  bool needsInit = !op.getBody().getOps<probe::SiteInitOp>().empty();
  for (auto [var, state] : states) {
    match.inits.emplace_back();
    needsInit |= isa<probe::MapType>(var.getType().getValueType());
    if (var.getInit().empty())
      continue;
    if (isDataInit(var))
      match.inits.back().emplace(
          cast<probe::YieldOp>(var.getInit().front().back()).getValue());
    else
      needsInit = true;
  }
  if (needsInit)
    work.init = makeTemplate(
        op, ".init", BodyKind::Template,
        [&](BodyLowering &lowering) { lowerSiteInits(lowering, op); },
        match.initHoles);
}

void Converter::convertScript(probe::ScriptOp scriptOp) {
  script = scriptOp.getIndex();
  states.clear();
  convertFunctions(scriptOp);
  for (auto init : scriptOp.getBody().getOps<probe::InitOp>())
    convertInit(init);
  for (auto op : scriptOp.getBody().getOps<probe::ProbeOp>())
    convertProbe(op);
}
