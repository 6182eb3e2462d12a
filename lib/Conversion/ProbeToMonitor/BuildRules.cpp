//===- BuildRules.cpp - From candidates to rules ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "MonitorConverter.h"

#include "whamm/Runtime/SiteFunctions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace whamm;
using wasm_inject::EngineAttr;
using wasm_inject::FunctionOp;
using wasm_inject::SourceKind;

//===----------------------------------------------------------------------===//
// Memory of sites
//===----------------------------------------------------------------------===//

SmallVector<uint32_t, 2> RecordLayout::add(ArrayRef<Type> types) {
  SmallVector<uint32_t, 2> offsets;
  for (Type type : types) {
    uint32_t bytes = type.getIntOrFloatBitWidth() == 64 ? 8 : 4;
    size = llvm::alignTo(size, bytes);
    offsets.push_back(size);
    size += bytes;
  }
  return offsets;
}

void MonitorConverter::layOutState(RulePart &part, Rule &rule) {
  part.isShared = part.candidate->anchor == Anchor::Exit;
  RecordLayout &layout = part.isShared ? part.shared : rule.layout;
  for (wasm_inject::StateOp state : part.stateOps)
    part.states[state.getSymName()] = layout.add(state.getComponents());
  if (part.isShared && part.shared.getSize())
    part.sharedOffset = rule.layout.add({builder.getI32Type()}).front();
}

/// A hole that is a name of its own may be passed by the engine.
static std::optional<EngineAttr> getHoleParam(Value value,
                                              const Candidate &candidate) {
  if (auto bound = value.getDefiningOp<probe::BoundOp>())
    return getEngineParam(bound, candidate.event, candidate.anchor);
  return std::nullopt;
}

void MonitorConverter::layOutHoles(RulePart &part, Rule &rule) {
  for (RulePart::Hole &hole : part.holes) {
    hole.param = getHoleParam(hole.value, *part.candidate);
    if (hole.param || !hole.isUsed)
      continue;
    // An engine takes ten parameters before a body is too large for it.
    constexpr unsigned mostConstants = 4;
    SmallVector<Type> types =
        wasm_inject::StateOp::getComponents(hole.value.getType());
    if (types.size() == 1 && types[0].isInteger(32) &&
        rule.numConstants < mostConstants)
      hole.constant = rule.numConstants++;
    else
      hole.offsets = rule.layout.add(types);
  }
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

/// Lowers what runs at the sites as a template, whose holes are yet to be
/// filled.
void MonitorConverter::makeTemplate(RulePart &part, StringRef name) {
  probe::ProbeOp op = part.candidate->op;
  SmallVector<Attribute> list;
  for (auto &[var, state] : part.vars)
    list.push_back(state);
  part.body = wasm_inject::TemplateOp::create(
      builder, op.getLoc(), name, builder.getArrayAttr({}),
      builder.getArrayAttr(list), ArrayAttr(), ArrayAttr(), DenseI32ArrayAttr(),
      DenseI32ArrayAttr(), false);
  BodyLowering lowering(part.body.getBody().emplaceBlock(), BodyKind::Template,
                        context);
  states.assign(part.vars.begin(), part.vars.end());
  setScope(lowering);
  openGuard(lowering, op);
  lowering.lowerBlock(op.getBody().front());
  hasFailed |= lowering.hasFailed();
  SmallVector<Attribute> params(lowering.getParams().begin(),
                                lowering.getParams().end());
  part.body.setParamsAttr(builder.getArrayAttr(params));
  // A static value may have been read for one that is static, too.
  Block &block = part.body.getBody().front();
  for (Operation &inner : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isOpTriviallyDead(&inner))
      inner.erase();
  SmallVector<BlockArgument> args;
  for (auto [param, arg] :
       llvm::zip_equal(lowering.getParams(), block.getArguments()))
    if (param.getKind() == SourceKind::Hole)
      args.push_back(arg);
  for (Value hole : lowering.getHoles()) {
    RulePart::Hole entry;
    entry.value = hole;
    size_t count = wasm_inject::StateOp::getComponents(hole.getType()).size();
    entry.isUsed =
        llvm::any_of(ArrayRef(args).take_front(count),
                     [](BlockArgument arg) { return !arg.use_empty(); });
    args.erase(args.begin(), args.begin() + count);
    part.holes.push_back(std::move(entry));
  }
  op.walk([&](probe::LibCallOp call) {
    if (call.getIsStaticCall())
      part.effects.push_back(call);
  });
}

/// A template that does nothing.
static bool isEmpty(wasm_inject::TemplateOp op) {
  return llvm::all_of(op.getBody().front(),
                      [](Operation &inner) { return isPure(&inner); });
}

static bool decidesAtMatchTime(const Candidate &candidate) {
  bool isPlain =
      candidate.anchor == Anchor::Self || candidate.anchor == Anchor::Function;
  return !isPlain || candidate.isRest || !candidate.immediates.empty() ||
         getStaticPredicate(candidate.op) ||
         (candidate.event == *wasm::getEventOf(wasm::Opcode::End) &&
          candidate.mode == wasm::Mode::After);
}

RulePart MonitorConverter::makePart(const Candidate &candidate, Rule &rule,
                                    unsigned index) {
  RulePart part;
  part.candidate = &candidate;
  auto owner = candidate.op->getParentOfType<probe::ScriptOp>();
  script = owner.getIndex();
  prefix = ("s" + Twine(script) + "." + rule.name + "." + Twine(index)).str();
  declareStates(candidate.op);
  part.vars.assign(states.begin(), states.end());
  part.stateOps.assign(stateOps.begin(), stateOps.end());
  layOutState(part, rule);
  makeTemplate(part, prefix);
  if (candidate.isDead || isEmpty(part.body)) {
    part.body.erase();
    part.body = nullptr;
    part.holes.clear();
  }
  layOutHoles(part, rule);
  part.isConditional = decidesAtMatchTime(candidate);
  return part;
}

//===----------------------------------------------------------------------===//
// Functions, cells, rows
//===----------------------------------------------------------------------===//

FunctionOp MonitorConverter::makeFunction(StringRef name,
                                          ArrayRef<Type> results) {
  auto op = FunctionOp::create(builder, root.getLoc(), name,
                               builder.getTypeArrayAttr(results));
  op.getBody().emplaceBlock();
  ++numFunctions;
  return op;
}

void MonitorConverter::exportFunction(FunctionOp function,
                                      StringRef exportName) {
  wasm_inject::ExportOp::create(builder, root.getLoc(),
                                builder.getStringAttr(exportName),
                                FlatSymbolRefAttr::get(function));
}

/// A 32-bit word of the monitor's memory, zero at first.
FlatSymbolRefAttr MonitorConverter::getCell(const Twine &name) {
  std::string text = name.str();
  FlatSymbolRefAttr &cell = cells[text];
  if (!cell) {
    auto state = wasm_inject::StateOp::create(
        builder, root.getLoc(), text,
        IntegerType::get(builder.getContext(), 32, IntegerType::Unsigned),
        wasm_inject::Scope::Program, false, text, -1, TypedAttr());
    cell = FlatSymbolRefAttr::get(state);
  }
  return cell;
}

/// The exported function that gives what a cell holds.
FlatSymbolRefAttr MonitorConverter::getGetter(FlatSymbolRefAttr cell) {
  FlatSymbolRefAttr &getter = getters[cell.getValue()];
  if (getter)
    return getter;
  Type i32 = builder.getI32Type();
  FunctionOp op = makeFunction(("get." + cell.getValue()).str(), {i32});
  OpBuilder body = OpBuilder::atBlockEnd(&op.getBody().front());
  Value value = wasm_inject::StateGetOp::create(body, root.getLoc(), i32, cell);
  wasm_inject::ReturnOp::create(body, root.getLoc(), value);
  exportFunction(op, ("$" + cell.getValue()).str());
  return getter = FlatSymbolRefAttr::get(op);
}

FlatSymbolRefAttr MonitorConverter::getRow(wasm_inject::StateOp state,
                                           const Candidate &candidate,
                                           const Twine &suffix) {
  auto op = wasm_inject::RowOp::create(
      builder, state.getLoc(), (state.getSymName() + ".row" + suffix).str(),
      state.getType(), state.getName(), state.getScript(),
      getInstanceText(candidate.event, candidate.mode, candidate.number));
  return FlatSymbolRefAttr::get(op);
}

//===----------------------------------------------------------------------===//
// Variants
//===----------------------------------------------------------------------===//

/// True where a site can have both.
static bool areConsistent(const OperandNeeds &a, const OperandNeeds &b) {
  for (const OperandNeed &x : a)
    for (const OperandNeed &y : b)
      if (x.kind == y.kind && x.index == y.index && x.type != y.type)
        return false;
  return true;
}

static bool covers(ArrayRef<OperandNeeds> sets, const OperandNeeds &needs) {
  return llvm::all_of(needs, [&](const OperandNeed &need) {
    return llvm::any_of(sets, [&](const OperandNeeds &set) {
      return llvm::is_contained(set, need);
    });
  });
}

static unsigned getPhase(const Candidate &candidate) {
  switch (candidate.anchor) {
  case Anchor::Previous:
    return 0;
  case Anchor::First:
    return 2;
  case Anchor::Opener:
  case Anchor::Else:
    return 3;
  case Anchor::Exit:
    return 4;
  default:
    return candidate.mode == wasm::Mode::Entry ||
                   candidate.mode == wasm::Mode::After
               ? 3
               : 1;
  }
}

/// A parameter that binds an operand exists at the sites that have it only, and
/// has one type: what needs different operands needs different rules, whose
/// predicates exclude each other.
void MonitorConverter::buildRule(const RuleKey &key,
                                 ArrayRef<Candidate> candidates) {
  std::vector<OperandNeeds> sets;
  SmallVector<const Candidate *> sorted;
  for (const Candidate &candidate : candidates) {
    sorted.push_back(&candidate);
    if (!candidate.operands.empty() &&
        !llvm::is_contained(sets, candidate.operands))
      sets.push_back(candidate.operands);
  }
  llvm::sort(sorted, [](const Candidate *a, const Candidate *b) {
    return std::tuple(getPhase(*a), a->order, a->number) <
           std::tuple(getPhase(*b), b->order, b->number);
  });
  constexpr size_t most = 8;
  if (sets.size() > most) {
    probe::ProbeOp(sorted.front()->op).emitError("more than ")
        << most << " different sets of operands are read at the same event";
    hasFailed = true;
    return;
  }
  for (uint32_t chosen = 0; chosen < 1u << sets.size(); ++chosen) {
    std::vector<OperandNeeds> present, absent;
    for (auto [i, set] : llvm::enumerate(sets))
      (chosen >> i & 1 ? present : absent).push_back(set);
    bool isPossible = llvm::all_of(present, [&](const OperandNeeds &a) {
      return llvm::all_of(
          present, [&](const OperandNeeds &b) { return areConsistent(a, b); });
    });
    bool isClosed = llvm::none_of(
        absent, [&](const OperandNeeds &set) { return covers(present, set); });
    if (!isPossible || !isClosed)
      continue;
    SmallVector<const Candidate *> list;
    for (const Candidate *candidate : sorted)
      if (covers(present, candidate->operands))
        list.push_back(candidate);
    if (!list.empty())
      buildVariant(key, list, std::move(present), std::move(absent));
  }
}

void MonitorConverter::buildVariant(const RuleKey &key,
                                    ArrayRef<const Candidate *> list,
                                    std::vector<OperandNeeds> present,
                                    std::vector<OperandNeeds> absent) {
  Rule rule;
  rule.key = key;
  rule.name = "r" + std::to_string(numRules++);
  rule.present = std::move(present);
  // A set that cannot be there beside those that are needs no test.
  for (OperandNeeds &set : absent)
    if (llvm::all_of(rule.present, [&](const OperandNeeds &other) {
          return areConsistent(set, other);
        }))
      rule.absent.push_back(std::move(set));
  for (auto [i, candidate] : llvm::enumerate(list))
    rule.parts.push_back(makePart(*candidate, rule, i));
  bool isSome = llvm::any_of(
      rule.parts, [](const RulePart &part) { return part.isConditional; });
  bool needsFlags = list.size() > 1 && isSome;
  rule.numFlagWords = needsFlags ? llvm::divideCeil(list.size(), 32) : 0;
  bool isTypedSelect =
      key.kind == RuleKey::Kind::Opcode &&
      wasm::getEvents()[key.event].opcode == wasm::Opcode::TypedSelect;
  rule.decides = isSome || !rule.present.empty() || !rule.absent.empty() ||
                 key.kind == RuleKey::Kind::OtherOpcodes || isTypedSelect;
  buildMatch(rule);
  buildBody(rule);
  addRule(rule);
}

/// The text of an event: opcodes without a name of their own are found among
/// all.
static std::string getEventText(const RuleKey &key) {
  if (key.kind == RuleKey::Kind::FuncEntry)
    return "wasm:func:entry";
  if (key.kind == RuleKey::Kind::Opcode) {
    auto event = wei::RuleEvent::opcode(*wasm::getEvents()[key.event].opcode);
    if (!event.mnemonic.empty())
      return wei::printEvent(event);
  }
  return "wasm:opcode:*";
}

void MonitorConverter::addRule(Rule &rule) {
  MLIRContext *mlir = builder.getContext();
  wasm_inject::MatchCallAttr predicate;
  SmallVector<Attribute> params;
  auto callGetter = [&](const Twine &name) {
    FlatSymbolRefAttr cell = getCell(name);
    getGetter(cell);
    params.push_back(wasm_inject::MatchCallAttr::get(
        mlir, builder.getStringAttr("$" + cell.getValue()), {}));
  };
  if (rule.decides)
    predicate = rule.match->getCall();
  for (unsigned i = 0; i < rule.numFlagWords; ++i)
    callGetter("flags" + Twine(i));
  for (unsigned i = rule.givesConstant() ? 1 : 0; i < rule.numConstants; ++i)
    callGetter("constant" + Twine(i));
  if (rule.decides && rule.needsRecord())
    callGetter("site");
  // Engines make the calls from right to left.
  if (!rule.decides && rule.match)
    params.push_back(rule.match->getCall());
  auto own = rule.body->getAttrOfType<ArrayAttr>("engine_params");
  params.append(own.begin(), own.end());
  rule.body->removeAttr("engine_params");
  std::string event = getEventText(rule.key);
  unsigned count = numRulesOf[event]++;
  wasm_inject::RuleOp::create(
      builder, root.getLoc(), builder.getStringAttr(event), predicate,
      builder.getArrayAttr(params), FlatSymbolRefAttr::get(rule.body),
      count ? builder.getStringAttr("#" + Twine(count)) : StringAttr(),
      StringAttr());
}

void MonitorConverter::buildRules() {
  bool hasAllOpcodes = buildUniformRule();
  for (auto &[key, candidates] : rules)
    if (!hasAllOpcodes || key.kind != RuleKey::Kind::Opcode)
      buildRule(key, candidates);
}
