//===- WasmInjectTallies.cpp - Code that only counts ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Two passes that turn code that counts into tallies: where it runs whenever
/// control comes by, and where it runs on one way of a branch.
///
//===----------------------------------------------------------------------===//

#include "FlowPass.h"
#include "SiteRows.h"

#include "whamm/Dialect/WasmInject/Transforms/Passes.h"
#include "whamm/Profile/FlowGraph.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/LEB128.h"

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTEXTRACTTALLIES
#define GEN_PASS_DEF_WASMINJECTSINKTOBRANCHES
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm;
using namespace whamm::wasm_inject;

//===----------------------------------------------------------------------===//
// Code that counts
//===----------------------------------------------------------------------===//

namespace {

/// When the code of a template runs that counts.
enum class When : uint8_t { Always, Taken, NotTaken, Unknown };

/// `state = state + amount`, `state = amount`, or a call that accumulates.
struct Count {
  StateSetOp set; // null for a call
  StateGetOp get; // null where the state is set
  Value amount;   // null: 1
  When when = When::Always;
  CallOp call = {};

  Operation *getOperation() {
    return set ? set.getOperation() : call.getOperation();
  }
};

} // namespace

/// Strips what brings a result to the width of the state's type: a mask, or
/// two shifts.
static Value stripWrap(Value value, Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer || integer.getWidth() >= 32 || integer.getWidth() == 1)
    return value;
  APInt amount;
  if (auto mask = value.getDefiningOp<arith::AndIOp>()) {
    bool fits = integer.isUnsigned() &&
                matchPattern(mask.getRhs(), m_ConstantInt(&amount)) &&
                amount == (1u << integer.getWidth()) - 1;
    return fits && mask->hasOneUse() ? mask.getLhs() : value;
  }
  auto right = value.getDefiningOp<arith::ShRSIOp>();
  auto left = right ? right.getLhs().getDefiningOp<arith::ShLIOp>() : nullptr;
  APInt back;
  bool fits = left && integer.isSigned() && left->hasOneUse() &&
              right->hasOneUse() &&
              matchPattern(left.getRhs(), m_ConstantInt(&amount)) &&
              matchPattern(right.getRhs(), m_ConstantInt(&back)) &&
              amount == 32 - integer.getWidth() && amount == back;
  return fits ? left.getLhs() : value;
}

/// True where an operation in between, or in it, accesses the state.
static bool isAccessedBetween(StateGetOp get, StateSetOp set) {
  for (Operation *op = get->getNextNode(); op && op != set;
       op = op->getNextNode()) {
    WalkResult found = op->walk([&](Operation *inner) {
      auto otherGet = dyn_cast<StateGetOp>(inner);
      auto otherSet = dyn_cast<StateSetOp>(inner);
      bool accesses = (otherGet && otherGet.getState() == get.getState()) ||
                      (otherSet && otherSet.getState() == get.getState());
      return accesses ? WalkResult::interrupt() : WalkResult::advance();
    });
    if (found.wasInterrupted())
      return true;
  }
  return false;
}

/// The addition to a state that ends in `set`. Its amount may be anything.
static std::optional<Count> matchAddition(StateSetOp set, Type type) {
  auto add = stripWrap(set.getValue(), type).getDefiningOp<arith::AddIOp>();
  if (!add || !add->hasOneUse())
    return std::nullopt;
  for (bool isLeft : {true, false}) {
    Value from = isLeft ? add.getLhs() : add.getRhs();
    auto get = from.getDefiningOp<StateGetOp>();
    if (!get || get.getState() != set.getState() || !get->hasOneUse() ||
        get->getBlock() != set->getBlock() || isAccessedBetween(get, set))
      continue;
    return Count{set, get, isLeft ? add.getRhs() : add.getLhs()};
  }
  return std::nullopt;
}

/// A constant, or a hole of the template.
static bool isKnownAtSites(TemplateOp body, Value value) {
  if (auto arg = dyn_cast<BlockArgument>(value))
    return arg.getOwner() == &body.getBody().front() &&
           body.getParamList()[arg.getArgNumber()].getKind() ==
               SourceKind::Hole;
  return matchPattern(value, m_Constant());
}

/// `data_address + offset`: the offset. Null for anything else.
static Value getDataOffset(Value value) {
  auto add = value.getDefiningOp<arith::AddIOp>();
  if (!add)
    return nullptr;
  if (add.getLhs().getDefiningOp<DataAddressOp>())
    return add.getRhs();
  return add.getRhs().getDefiningOp<DataAddressOp>() ? add.getLhs() : nullptr;
}

/// The way of a branch that is taken where `value` is not 0; `value` is the
/// operand, or compares it with 0.
static When getWay(TemplateOp body, Value value) {
  auto isOperand = [&](Value v) {
    auto arg = dyn_cast<BlockArgument>(v);
    if (!arg || arg.getOwner() != &body.getBody().front())
      return false;
    ParamAttr param = body.getParamList()[arg.getArgNumber()];
    return param.getKind() == SourceKind::Arg && param.getIndex() == 0;
  };
  auto compare = value.getDefiningOp<arith::CmpIOp>();
  if (!compare || !isOperand(compare.getLhs()) ||
      !matchPattern(compare.getRhs(), m_Zero()))
    return When::Unknown;
  switch (compare.getPredicate()) {
  case arith::CmpIPredicate::ne:
  case arith::CmpIPredicate::ugt:
    return When::Taken;
  case arith::CmpIPredicate::eq:
    return When::NotTaken;
  default:
    return When::Unknown;
  }
}

/// When an operation of a template runs.
static When getWhen(TemplateOp body, Operation *op) {
  Operation *parent = op->getParentOp();
  if (parent == body)
    return When::Always;
  auto ifOp = dyn_cast<scf::IfOp>(parent);
  if (!ifOp || ifOp->getParentOp() != body)
    return When::Unknown;
  When way = getWay(body, ifOp.getCondition());
  if (way == When::Unknown || op->getBlock() == ifOp.thenBlock())
    return way;
  return way == When::Taken ? When::NotTaken : When::Taken;
}

/// Adding a condition is adding 1 where it holds.
static void matchCondition(TemplateOp body, Count &count) {
  auto extend = count.amount.getDefiningOp<arith::ExtUIOp>();
  if (!extend || count.when != When::Always)
    return;
  When way = getWay(body, extend.getIn());
  if (way == When::Unknown)
    return;
  count.when = way;
  count.amount = Value();
}

//===----------------------------------------------------------------------===//
// States
//===----------------------------------------------------------------------===//

namespace {

/// What is known of all accesses to a state.
struct StateUse {
  SmallVector<Count> counts;
  bool isAdded = false, isSet = false;
  bool isSeen = false;               // read, or stored in another way
  std::optional<Attribute> constant; // what it is set to
};

/// All counting of a module.
class CountFinder {
public:
  explicit CountFinder(ModuleOp module) : module(module), symbols(module) {}

  void run();
  /// The counts of a template that may become tallies.
  SmallVector<Count> getCounts(TemplateOp body);
  StateOp getState(StringRef name) { return symbols.lookup<StateOp>(name); }

private:
  void addCalls(TemplateOp body, SmallVectorImpl<Count> &list);
  void visitTemplate(TemplateOp body);
  /// `count`: the addition that `set` ends, if it does.
  void visitSet(TemplateOp body, StateSetOp set, std::optional<Count> count);
  void visitElsewhere(Operation *op);
  StateUse &getUse(TemplateOp body, StateOp state) {
    return state.getScope() == Scope::Program ? programUses[state]
                                              : siteUses[{body, state}];
  }
  void addCount(StateUse &use, const Count &count);

  ModuleOp module;
  SymbolTable symbols;
  DenseMap<Operation *, StateUse> programUses;
  /// By template, as the sites of templates have slots of their own.
  DenseMap<std::pair<Operation *, Operation *>, StateUse> siteUses;
};

} // namespace

void CountFinder::addCount(StateUse &use, const Count &count) {
  use.counts.push_back(count);
  (count.get ? use.isAdded : use.isSet) = true;
  if (count.get)
    return;
  Attribute constant; // null for holes, of which each site has its own
  matchPattern(count.amount, m_Constant(&constant));
  if (use.constant && (*use.constant != constant || !constant))
    use.isSeen = true; // which one came last?
  use.constant = constant;
}

void CountFinder::visitSet(TemplateOp body, StateSetOp set,
                           std::optional<Count> count) {
  StateOp state = getState(set.getState());
  StateUse &use = getUse(body, state);
  bool isSite = state.getScope() == Scope::Site;
  if (count) {
    count->when = getWhen(body, set);
    matchCondition(body, *count);
    if ((count->amount && !isKnownAtSites(body, count->amount)) ||
        count->when == When::Unknown) {
      use.isAdded = true; // by code that stays
      use.isSeen |= isSite;
    } else {
      addCount(use, *count);
    }
    return;
  }
  Count store{set, {}, set.getValue(), getWhen(body, set)};
  bool isConstant = isKnownAtSites(body, store.amount) &&
                    (isSite || matchPattern(store.amount, m_Constant()));
  if (isConstant && store.when != When::Unknown)
    addCount(use, store);
  else
    use.isSeen = true;
}

static bool mayLeaveEarly(TemplateOp body) {
  return body.walk([](ExitOp) { return WalkResult::interrupt(); })
      .wasInterrupted();
}

void CountFinder::visitTemplate(TemplateOp body) {
  bool leavesEarly = mayLeaveEarly(body);
  llvm::SmallPtrSet<Operation *, 8> reads;
  body.walk([&](StateGetOp get) { reads.insert(get); });
  body.walk([&](StateSetOp set) {
    StateOp state = getState(set.getState());
    if (leavesEarly || !isa<IntegerType>(state.getType())) {
      getUse(body, state).isSeen = true;
      return;
    }
    std::optional<Count> addition = matchAddition(set, state.getType());
    visitSet(body, set, addition);
    if (addition)
      reads.erase(addition->get);
  });
  for (Operation *get : reads)
    getUse(body, getState(cast<StateGetOp>(get).getState())).isSeen = true;
}

/// What runs when the program begins or has ended may do everything.
void CountFinder::visitElsewhere(Operation *op) {
  if (isa<InitOp, OnBeginOp, OnEndOp, OnReportOp>(op))
    return;
  op->walk([&](Operation *inner) {
    StringRef name;
    if (auto get = dyn_cast<StateGetOp>(inner))
      name = get.getState();
    else if (auto set = dyn_cast<StateSetOp>(inner))
      name = set.getState();
    else
      return;
    programUses[getState(name)].isSeen = true;
  });
}

void CountFinder::run() {
  for (Operation &op : module.getOps())
    if (auto body = dyn_cast<TemplateOp>(op))
      visitTemplate(body);
    else
      visitElsewhere(&op);
  // Code at program start that belongs to sites computes initial values.
  for (auto sites : module.getOps<SitesOp>()) {
    if (sites.getPosition() != Position::Init)
      continue;
    auto init = symbols.lookup<TemplateOp>(sites.getTemplate_());
    for (auto body : module.getOps<TemplateOp>())
      for (auto symbol : init.getStates().getAsRange<FlatSymbolRefAttr>())
        siteUses[{body, getState(symbol.getValue())}].isSeen = true;
  }
}

/// Calls that only add up, with arguments that are known at sites.
void CountFinder::addCalls(TemplateOp body, SmallVectorImpl<Count> &list) {
  if (mayLeaveEarly(body))
    return;
  body.walk([&](CallOp call) {
    auto callee = symbols.lookup<FunctionOp>(call.getCallee());
    if (!callee || !callee.getAccumulates())
      return;
    bool isKnown = llvm::all_of(call.getArgs(), [&](Value arg) {
      Value offset = getDataOffset(arg);
      return isKnownAtSites(body, offset ? offset : arg);
    });
    When when = getWhen(body, call);
    if (isKnown && when != When::Unknown)
      list.push_back({{}, {}, call.getArgs().back(), when, call});
  });
}

SmallVector<Count> CountFinder::getCounts(TemplateOp body) {
  SmallVector<Count> result;
  addCalls(body, result);
  llvm::SetVector<Operation *> states;
  body.walk([&](StateSetOp set) { states.insert(getState(set.getState())); });
  for (Operation *op : states) {
    auto state = cast<StateOp>(op);
    StateUse &use = getUse(body, state);
    if (use.isSeen || (use.isAdded && use.isSet))
      continue;
    for (const Count &count : use.counts)
      if (count.set->getParentOfType<TemplateOp>() == body)
        result.push_back(count);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

namespace {

/// Turns counting code into tallies, at the places where that can be done.
class Extraction {
public:
  Extraction(ModuleOp module, ApplicationFlow &flow, bool atBranches)
      : module(module), flow(flow), app(flow.getModule()), counts(module),
        symbols(module), patterns(getBodyPatterns(module.getContext())),
        atBranches(atBranches) {}

  void run();
  uint64_t numTallies = 0, numPlaces = 0;

private:
  struct Table {
    SitesOp sites;
    SmallVector<Count> counts;
  };
  void findUntouchable();
  void extract(Table &table);
  std::optional<uint32_t> getPlace(SitesOp sites, uint32_t row);
  std::optional<wasm::Opcode> getOpcode(SitesOp sites, uint32_t row) const;
  bool leavesAsEntered(uint32_t func);
  SitesOp isolate(SitesOp sites, ArrayRef<uint32_t> rows,
                  SmallVectorImpl<Count> &list);
  void addTally(SitesOp sites, Count count, ArrayRef<int32_t> opidx);
  void addTallyCall(OpBuilder &builder, SitesOp sites, Count count,
                    ArrayRef<int32_t> opidx);
  SmallVector<int64_t> getColumn(SitesOp sites, Value value);

  ModuleOp module;
  ApplicationFlow &flow;
  const wasm::Module &app;
  CountFinder counts;
  SymbolTable symbols;
  FrozenRewritePatternSet patterns;
  bool atBranches;
  llvm::DenseSet<uint32_t> untouchable;
  DenseMap<uint32_t, bool> knownLeaving; // leavesAsEntered(), by function
};

} // namespace

/// Functions in which control may not go as the application has it.
void Extraction::findUntouchable() {
  for (auto sites : module.getOps<SitesOp>()) {
    auto body = symbols.lookup<TemplateOp>(sites.getTemplate_());
    if (sites.getPosition() == Position::Alt || body.getAssigned() ||
        body.getImmediates())
      untouchable.insert(sites.getFunc().begin(), sites.getFunc().end());
  }
}

std::optional<wasm::Opcode> Extraction::getOpcode(SitesOp sites,
                                                  uint32_t row) const {
  uint32_t defined = sites.getFunc()[row] - app.numImportedFunctions;
  if (defined >= app.bodies.size())
    return std::nullopt;
  const wasm::ByteRange &range = app.bodies[defined].range;
  size_t at = range.begin + sites.getPc()[row];
  if (at >= range.end)
    return std::nullopt;
  uint8_t byte = app.bytes[at];
  if (!wasm::isOpcodePrefix(byte))
    return wasm::decodeOpcode(0, byte);
  unsigned size = 0;
  uint64_t code = llvm::decodeULEB128(app.bytes.data() + at + 1, &size,
                                      app.bytes.data() + range.end);
  return wasm::decodeOpcode(byte, code);
}

/// True where a function is left as often as it is called.
bool Extraction::leavesAsEntered(uint32_t func) {
  auto [it, isNew] = knownLeaving.try_emplace(func, false);
  if (!isNew)
    return it->second;
  profile::FlowGraph graph(app, flow.getEffects());
  if (llvm::Error error = graph.build(func - app.numImportedFunctions))
    llvm::consumeError(std::move(error)); // validation reports it
  else
    it->second = !graph.mayEndInside();
  return it->second;
}

/// The instruction in front of which control passes as often as code at the
/// site would run; for counting at branches the branch.
std::optional<uint32_t> Extraction::getPlace(SitesOp sites, uint32_t row) {
  using wasm::Opcode;
  uint32_t func = sites.getFunc()[row], opidx = sites.getOpidx()[row];
  if (untouchable.contains(func))
    return std::nullopt;
  std::optional<Opcode> opcode = getOpcode(sites, row);
  if (!opcode)
    return std::nullopt;
  Position position = sites.getPosition();
  if (atBranches)
    return position == Position::Before &&
                   (*opcode == Opcode::BrIf || *opcode == Opcode::If)
               ? std::optional(opidx)
               : std::nullopt;
  bool isArm = *opcode == Opcode::Else || *opcode == Opcode::End ||
               *opcode == Opcode::Catch || *opcode == Opcode::CatchAll ||
               *opcode == Opcode::Delegate;
  switch (position) {
  case Position::Before:
  case Position::BlockStart:
  case Position::BlockEnd:
  case Position::FuncEntry:
    return opidx;
  case Position::FuncExit:
    // Sites of functions stand at the first instruction.
    return leavesAsEntered(func) ? std::optional(opidx) : std::nullopt;
  case Position::Entry:
    return *opcode == Opcode::End ? std::nullopt : std::optional(opidx + 1);
  case Position::After:
    return isArm || wasm::isBlockLike(*opcode) || *opcode == Opcode::Br ||
                   *opcode == Opcode::BrIf || *opcode == Opcode::BrTable ||
                   wasm::isTerminator(*opcode)
               ? std::nullopt
               : std::optional(opidx + 1);
  default:
    return std::nullopt;
  }
}

/// Gives the rows a table and a template of their own; counts are those of the
/// new template.
SitesOp Extraction::isolate(SitesOp sites, ArrayRef<uint32_t> rows,
                            SmallVectorImpl<Count> &list) {
  auto original = symbols.lookup<TemplateOp>(sites.getTemplate_());
  bool isShared = llvm::count_if(module.getOps<SitesOp>(), [&](SitesOp other) {
                    return other.getTemplate_() == sites.getTemplate_();
                  }) > 1;
  if (rows.size() == sites.getNumSites() && !isShared)
    return sites;
  OpBuilder builder(sites);
  IRMapping mapping;
  auto copy = cast<TemplateOp>(builder.clone(*original, mapping));
  symbols.insert(copy); // renames
  for (Count &count : list) {
    if (count.set)
      count.set = cast<StateSetOp>(mapping.lookup(count.set.getOperation()));
    if (count.call)
      count.call = cast<CallOp>(mapping.lookup(count.call.getOperation()));
    if (count.get)
      count.get = cast<StateGetOp>(mapping.lookup(count.get.getOperation()));
    if (count.amount)
      count.amount = mapping.lookupOrDefault(count.amount);
  }
  SitesOp result = cloneRows(sites, copy, rows);
  SmallVector<uint32_t> others;
  for (uint32_t row = 0, next = 0; row != sites.getNumSites(); ++row)
    if (next != rows.size() && rows[next] == row)
      ++next;
    else
      others.push_back(row);
  if (!others.empty())
    cloneRows(sites, original, others);
  sites.erase();
  return result;
}

/// The value of each row, as a bit pattern; integers are signed, which makes
/// no difference where they are added.
SmallVector<int64_t> Extraction::getColumn(SitesOp sites, Value value) {
  size_t rows = sites.getNumSites();
  if (auto arg = dyn_cast<BlockArgument>(value)) {
    auto body = symbols.lookup<TemplateOp>(sites.getTemplate_());
    uint32_t hole = body.getParamList()[arg.getArgNumber()].getIndex();
    return sites.getHoleValues(hole);
  }
  Attribute constant;
  matchPattern(value, m_Constant(&constant));
  if (auto number = dyn_cast<FloatAttr>(constant))
    return SmallVector<int64_t>(
        rows, number.getValue().bitcastToAPInt().getZExtValue());
  APInt number = cast<IntegerAttr>(constant).getValue();
  return SmallVector<int64_t>(rows, number.getBitWidth() == 1
                                        ? number.getZExtValue()
                                        : number.getSExtValue());
}

static CountAt getCountAt(When when) {
  return when == When::Always  ? CountAt::Enter
         : when == When::Taken ? CountAt::Taken
                               : CountAt::NotTaken;
}

void Extraction::addTally(SitesOp sites, Count count, ArrayRef<int32_t> opidx) {
  OpBuilder builder(sites->getContext());
  builder.setInsertionPointAfter(sites);
  ++numTallies;
  numPlaces += sites.getNumSites();
  if (count.call)
    return addTallyCall(builder, sites, count, opidx);
  StateOp state = counts.getState(count.set.getState());
  bool isSite = state.getScope() == Scope::Site;
  if (isSite && !state.getReport())
    return; // nothing sees it
  SmallVector<int32_t> slots;
  if (isSite) {
    uint32_t offset = 0;
    auto body = symbols.lookup<TemplateOp>(sites.getTemplate_());
    for (auto symbol : body.getStates().getAsRange<FlatSymbolRefAttr>()) {
      StateOp listed = counts.getState(symbol.getValue());
      if (listed == state)
        break;
      offset += listed.getComponents().size();
    }
    for (int32_t slot : sites.getSlot())
      slots.push_back(slot + offset);
  }
  SmallVector<int64_t> amounts = count.amount
                                     ? getColumn(sites, count.amount)
                                     : SmallVector<int64_t>(opidx.size(), 1);
  TallyOp::create(builder, count.set.getLoc(), state.getSymName(), !count.get,
                  getCountAt(count.when), sites.getFunc(), opidx, slots,
                  amounts);
}

void Extraction::addTallyCall(OpBuilder &builder, SitesOp sites, Count count,
                              ArrayRef<int32_t> opidx) {
  SmallVector<Attribute> args;
  SmallVector<int32_t> inData;
  for (Value arg : count.call.getArgs().drop_back()) {
    Value offset = getDataOffset(arg);
    args.push_back(
        builder.getDenseI64ArrayAttr(getColumn(sites, offset ? offset : arg)));
    inData.push_back(offset != nullptr);
  }
  TallyCallOp::create(builder, count.call.getLoc(), count.call.getCallee(),
                      getCountAt(count.when), sites.getFunc(), opidx,
                      builder.getArrayAttr(args), inData,
                      getColumn(sites, count.amount));
}

void Extraction::extract(Table &table) {
  SmallVector<uint32_t> rows;
  SmallVector<int32_t> opidx;
  for (uint32_t row = 0; row != table.sites.getNumSites(); ++row)
    if (std::optional<uint32_t> place = getPlace(table.sites, row)) {
      rows.push_back(row);
      opidx.push_back(*place);
    }
  if (rows.empty())
    return;
  SitesOp sites = isolate(table.sites, rows, table.counts);
  for (const Count &count : table.counts)
    addTally(sites, count, opidx);
  for (Count &count : table.counts)
    count.getOperation()->erase();
  auto body = symbols.lookup<TemplateOp>(sites.getTemplate_());
  (void)applyPatternsGreedily(body.getBody(), patterns);
  dropUnusedParams(body, sites);
  if (body.getBody().front().empty() && body.getStates().empty()) {
    sites.erase();
    symbols.erase(body);
  }
}

void Extraction::run() {
  counts.run();
  findUntouchable();
  SmallVector<Table> tables;
  for (auto sites : module.getOps<SitesOp>()) {
    if (sites.getPosition() == Position::Init || sites.getNumSites() == 0)
      continue;
    auto body = symbols.lookup<TemplateOp>(sites.getTemplate_());
    SmallVector<Count> list = counts.getCounts(body);
    llvm::erase_if(list, [&](const Count &count) {
      return (count.when != When::Always) != atBranches;
    });
    if (!list.empty())
      tables.push_back({sites, std::move(list)});
  }
  for (Table &table : tables)
    extract(table);
}

//===----------------------------------------------------------------------===//
// The passes
//===----------------------------------------------------------------------===//

namespace {

/// The two passes; they differ in where counting is looked for.
template <typename Base, bool atBranches> struct TallyPass : FlowPass<Base> {
  using FlowPass<Base>::FlowPass;
  LogicalResult runWith(ApplicationFlow &application) override {
    Extraction extraction(this->getOperation(), application, atBranches);
    extraction.run();
    this->numTallies += extraction.numTallies;
    this->numPlaces += extraction.numPlaces;
    return success();
  }
};

struct WasmInjectExtractTalliesPass
    : TallyPass<wasm_inject::impl::WasmInjectExtractTalliesBase<
                    WasmInjectExtractTalliesPass>,
                /*atBranches=*/false> {
  using TallyPass::TallyPass;
};

struct WasmInjectSinkToBranchesPass
    : TallyPass<wasm_inject::impl::WasmInjectSinkToBranchesBase<
                    WasmInjectSinkToBranchesPass>,
                /*atBranches=*/true> {
  using TallyPass::TallyPass;
};

} // namespace

std::unique_ptr<Pass>
wasm_inject::createExtractTalliesPass(std::shared_ptr<ApplicationFlow> flow) {
  return std::make_unique<WasmInjectExtractTalliesPass>(std::move(flow));
}

std::unique_ptr<Pass>
wasm_inject::createSinkToBranchesPass(std::shared_ptr<ApplicationFlow> flow) {
  return std::make_unique<WasmInjectSinkToBranchesPass>(std::move(flow));
}
