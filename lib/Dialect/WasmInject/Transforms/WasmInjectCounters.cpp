//===- WasmInjectCounters.cpp - From tallies to counters --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "FlowPass.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectCounters.h"
#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/Parallel.h"

#include <map>
#include <numeric>

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTACCUMULATECOUNTERS
#define GEN_PASS_DEF_WASMINJECTCOALESCECOUNTERS
#define GEN_PASS_DEF_WASMINJECTPLACECOUNTERS
#define GEN_PASS_DEF_WASMINJECTPROMOTECOUNTERS
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm;
using namespace whamm::wasm_inject;
using profile::CounterTable;
using profile::FlowGraph;

//===----------------------------------------------------------------------===//
// Coalescing
//===----------------------------------------------------------------------===//

/// Calls `visit` with each operation that lists values.
template <typename Visit>
static void forEachValues(ModuleOp module, Visit visit) {
  for (auto op : module.getOps<CountedOp>())
    visit(op);
  for (auto op : module.getOps<CountedCallOp>())
    visit(op);
}

namespace {

/// Makes one counter per edge of the flow of control that tallies ask for.
class Coalescing {
public:
  Coalescing(ModuleOp module, ApplicationFlow &flow)
      : module(module), app(flow.getModule()), effects(flow.getEffects()) {
    for (auto op : module.getOps<TallyOp>())
      addTally(op);
    for (auto op : module.getOps<TallyCallOp>())
      addTally(op);
  }

  LogicalResult run();
  uint64_t numPlaces = 0, numDead = 0;
  uint32_t getNumCounters() const { return table.numCounters; }

private:
  /// A `tally` or `tally_call`.
  struct Tally {
    Operation *op;
    CountAt at;
    ArrayRef<int32_t> func, opidx;
    ArrayRef<int64_t> amount;
  };
  /// A row of a tally, and its counter.
  struct Place {
    uint32_t opidx, tally, row;
  };
  /// What adds to one slot.
  struct Share {
    int32_t slot;
    uint32_t counter;
    int64_t amount;
  };
  static constexpr uint32_t dead = UINT32_MAX;

  template <typename Op> void addTally(Op op) {
    tallies.push_back(
        {op, op.getAt(), op.getFunc(), op.getOpidx(), op.getAmount()});
  }
  /// Functions that are looked at one behind the other, and what comes of it.
  /// Counters have numbers of the run's own.
  struct Run {
    uint32_t begin, end; // functions
    std::vector<profile::Increment> increments;
    uint32_t numCounters = 0;
    uint64_t numDead = 0;
    std::string failure;
  };

  LogicalResult collectPlaces();
  SmallVector<Run> divide() const;
  void countRun(Run &run);
  void countFunction(uint32_t func, FlowGraph &graph, ArrayRef<Place> list,
                     Run &run);
  ArrayRef<Place> getPlaces(uint32_t begin, uint32_t end) const {
    return ArrayRef(places).slice(firstPlace[begin],
                                  firstPlace[end] - firstPlace[begin]);
  }
  LogicalResult joinRuns(ArrayRef<Run> runs);
  void makeCounted();
  void countSites(StateOp state, ArrayRef<uint32_t> list);
  void countProgram(StateOp state, ArrayRef<uint32_t> list);
  void countCalls(StringRef callee, ArrayRef<uint32_t> list);
  uint32_t getValue(ArrayRef<Share> shares);

  ModuleOp module;
  const wasm::Module &app;
  const profile::CallEffects &effects;
  SmallVector<Tally> tallies;
  /// By function; where those of a function begin.
  std::vector<Place> places;
  std::vector<uint32_t> firstPlace;
  /// Counter of each row of each tally.
  std::vector<std::vector<uint32_t>> counters;
  /// The value that is counter K, or `dead` where there is none yet.
  std::vector<uint32_t> valueOf;
  CounterTable table;
};

} // namespace

/// Sorts the rows of all tallies by function.
LogicalResult Coalescing::collectPlaces() {
  firstPlace.assign(app.functions.size() + 1, 0);
  for (const Tally &tally : tallies) {
    for (int32_t func : tally.func) {
      if (static_cast<uint32_t>(func) < app.numImportedFunctions ||
          static_cast<uint32_t>(func) >= app.functions.size())
        return module.emitError("a tally is in function ")
               << func << ", which the application does not define";
      ++firstPlace[func + 1];
    }
    numPlaces += tally.func.size();
  }
  std::partial_sum(firstPlace.begin(), firstPlace.end(), firstPlace.begin());
  places.resize(numPlaces);
  std::vector<uint32_t> next(firstPlace.begin(), firstPlace.end() - 1);
  for (auto [t, tally] : llvm::enumerate(tallies)) {
    counters.emplace_back(tally.func.size(), dead);
    for (auto [row, func] : llvm::enumerate(tally.func))
      places[next[func]++] = {static_cast<uint32_t>(tally.opidx[row]),
                              static_cast<uint32_t>(t),
                              static_cast<uint32_t>(row)};
  }
  return success();
}

/// Runs of about as many places each: enough of them for all threads, and few
/// enough for the memory that each allocates.
SmallVector<Coalescing::Run> Coalescing::divide() const {
  constexpr size_t mostRuns = 32, leastPlaces = 4096;
  size_t size = std::max(leastPlaces, places.size() / mostRuns);
  SmallVector<Run> runs;
  uint32_t begin = app.numImportedFunctions;
  for (uint32_t i = begin, e = app.functions.size(); i != e; ++i)
    if (firstPlace[i + 1] - firstPlace[begin] >= size || i + 1 == e) {
      runs.push_back({begin, i + 1, {}, 0, 0, {}});
      begin = i + 1;
    }
  return runs;
}

void Coalescing::countRun(Run &run) {
  FlowGraph graph(app, effects);
  for (uint32_t func = run.begin; func != run.end; ++func) {
    ArrayRef<Place> list = getPlaces(func, func + 1);
    if (list.empty())
      continue;
    if (llvm::Error error = graph.build(func - app.numImportedFunctions)) {
      run.failure = llvm::toString(std::move(error));
      return;
    }
    countFunction(func, graph, list, run);
  }
}

/// Numbers the edges that places of a function are on, in the order of the
/// code.
void Coalescing::countFunction(uint32_t func, FlowGraph &graph,
                               ArrayRef<Place> list, Run &run) {
  ArrayRef<profile::FlowEdge> edges = graph.getEdges();
  std::vector<uint32_t> counterOf(edges.size(), dead);
  SmallVector<uint32_t> used;
  for (const Place &place : list) {
    uint32_t edge = graph.getEdge(
        static_cast<profile::CountAt>(tallies[place.tally].at), place.opidx);
    counters[place.tally][place.row] = edge;
    if (edge == FlowGraph::noEdge)
      ++run.numDead;
    else if (std::exchange(counterOf[edge], 0) == dead)
      used.push_back(edge);
  }
  llvm::sort(used, [&](uint32_t a, uint32_t b) {
    return std::tie(edges[a].opidx, edges[a].at) <
           std::tie(edges[b].opidx, edges[b].at);
  });
  for (uint32_t edge : used) {
    counterOf[edge] = run.numCounters++;
    run.increments.push_back(
        {func, edges[edge].opidx, edges[edge].at, counterOf[edge]});
  }
  for (const Place &place : list) {
    uint32_t &entry = counters[place.tally][place.row];
    entry = entry == FlowGraph::noEdge ? dead : counterOf[entry];
  }
}

/// Numbers the counters of all runs through.
LogicalResult Coalescing::joinRuns(ArrayRef<Run> runs) {
  for (const Run &run : runs) {
    if (!run.failure.empty())
      return module.emitError() << run.failure;
    for (profile::Increment increment : run.increments) {
      increment.counter += table.numCounters;
      table.increments.push_back(increment);
    }
    for (const Place &place : getPlaces(run.begin, run.end))
      if (uint32_t &counter = counters[place.tally][place.row]; counter != dead)
        counter += table.numCounters;
    table.numCounters += run.numCounters;
    numDead += run.numDead;
  }
  return success();
}

/// The value that is the sum of shares.
uint32_t Coalescing::getValue(ArrayRef<Share> shares) {
  valueOf.resize(table.numCounters, dead);
  bool isCounter = shares.size() == 1 && shares.front().amount == 1 &&
                   shares.front().counter != dead;
  if (isCounter && valueOf[shares.front().counter] != dead)
    return valueOf[shares.front().counter];
  uint32_t value = table.addValue();
  for (const Share &share : shares)
    if (share.counter != dead)
      table.addTerm(share.counter, share.amount);
  if (isCounter)
    valueOf[shares.front().counter] = value;
  return value;
}

void Coalescing::countSites(StateOp state, ArrayRef<uint32_t> list) {
  bool isSet = cast<TallyOp>(tallies[list.front()].op).getSet();
  std::vector<Share> shares;
  for (uint32_t t : list)
    for (auto [row, slot] :
         llvm::enumerate(cast<TallyOp>(tallies[t].op).getSlot()))
      shares.push_back({slot, counters[t][row], tallies[t].amount[row]});
  auto less = [](const Share &a, const Share &b) { return a.slot < b.slot; };
  if (!llvm::is_sorted(shares, less))
    llvm::sort(shares, less);
  SmallVector<int32_t> slots, values;
  SmallVector<int64_t> constants;
  llvm::MutableArrayRef<Share> rest(shares);
  while (!rest.empty()) {
    auto group = rest.take_while(
        [&](const Share &share) { return share.slot == rest.front().slot; });
    rest = rest.drop_front(group.size());
    slots.push_back(group.front().slot);
    constants.push_back(group.front().amount);
    if (isSet) // what counts is whether one of them is not 0
      for (Share &share : group)
        share.amount = 1;
    values.push_back(getValue(group));
  }
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  CountedOp::create(builder, state.getLoc(), state.getSymName(),
                    isSet ? builder.getDenseI64ArrayAttr(constants)
                          : DenseI64ArrayAttr(),
                    builder.getDenseI32ArrayAttr(slots),
                    builder.getDenseI32ArrayAttr(values));
}

void Coalescing::countProgram(StateOp state, ArrayRef<uint32_t> list) {
  const Tally &first = tallies[list.front()];
  bool isSet = cast<TallyOp>(first.op).getSet();
  std::vector<int64_t> factors(table.numCounters, 0);
  for (uint32_t t : list)
    for (auto [row, amount] : llvm::enumerate(tallies[t].amount))
      if (counters[t][row] != dead)
        factors[counters[t][row]] += isSet ? 1 : amount;
  uint32_t value = table.addValue();
  for (auto [counter, factor] : llvm::enumerate(factors))
    if (factor != 0)
      table.addTerm(counter, factor);
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  CountedOp::create(
      builder, state.getLoc(), state.getSymName(),
      isSet ? builder.getDenseI64ArrayAttr(first.amount[0])
            : DenseI64ArrayAttr(),
      builder.getDenseI32ArrayAttr({}),
      builder.getDenseI32ArrayAttr({static_cast<int32_t>(value)}));
}

/// One call per tuple of arguments.
void Coalescing::countCalls(StringRef callee, ArrayRef<uint32_t> list) {
  std::map<SmallVector<int64_t>, SmallVector<Share>> byArguments;
  ArrayRef<int32_t> inData;
  size_t numArgs = 0;
  for (uint32_t t : list) {
    auto op = cast<TallyCallOp>(tallies[t].op);
    SmallVector<ArrayRef<int64_t>> columns;
    for (auto column : op.getArgs().getAsRange<DenseI64ArrayAttr>())
      columns.push_back(column.asArrayRef());
    inData = op.getInData();
    numArgs = columns.size();
    SmallVector<int64_t> key;
    for (auto [row, counter] : llvm::enumerate(counters[t])) {
      if (counter == dead)
        continue;
      key.clear();
      for (ArrayRef<int64_t> column : columns)
        key.push_back(column[row]);
      byArguments[key].push_back({0, counter, tallies[t].amount[row]});
    }
  }
  std::vector<SmallVector<int64_t>> columns(numArgs);
  SmallVector<int32_t> values;
  for (auto &[key, shares] : byArguments) {
    for (auto [column, bits] : llvm::zip_equal(columns, key))
      column.push_back(bits);
    values.push_back(getValue(shares));
  }
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  SmallVector<Attribute> args;
  for (const auto &column : columns)
    args.push_back(builder.getDenseI64ArrayAttr(column));
  CountedCallOp::create(builder, tallies[list.front()].op->getLoc(), callee,
                        builder.getArrayAttr(args), inData, values);
}

void Coalescing::makeCounted() {
  SymbolTable symbols(module);
  llvm::MapVector<StringRef, SmallVector<uint32_t>> byState, byCallee;
  for (auto [t, tally] : llvm::enumerate(tallies)) {
    if (tally.func.empty())
      continue;
    if (auto op = dyn_cast<TallyOp>(tally.op))
      byState[op.getState()].push_back(t);
    else
      byCallee[cast<TallyCallOp>(tally.op).getCallee()].push_back(t);
  }
  for (auto &[name, list] : byState) {
    auto state = symbols.lookup<StateOp>(name);
    if (state.getScope() == Scope::Site)
      countSites(state, list);
    else
      countProgram(state, list);
  }
  for (auto &[name, list] : byCallee)
    countCalls(name, list);
}

LogicalResult Coalescing::run() {
  if (tallies.empty())
    return success();
  if (findCounters(module))
    return module.emitError("has `counters` already");
  if (failed(collectPlaces()))
    return failure();
  SmallVector<Run> runs = divide();
  llvm::parallelFor(0, runs.size(), [&](size_t i) { countRun(runs[i]); });
  if (failed(joinRuns(runs)))
    return failure();
  makeCounted();
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  createCounters(builder, module.getLoc(), table);
  for (Tally &tally : tallies)
    tally.op->erase();
  return success();
}

//===----------------------------------------------------------------------===//
// Steps on counters
//===----------------------------------------------------------------------===//

static void replaceCounters(CountersOp op, const CounterTable &table) {
  OpBuilder builder(op);
  createCounters(builder, op.getLoc(), table);
  op.erase();
}

static LogicalResult placeCounters(ModuleOp module, ApplicationFlow &flow,
                                   profile::PlacementStats &stats) {
  CountersOp op = findCounters(module);
  if (!op)
    return success();
  CounterTable table = readCounters(op);
  if (llvm::Error error = profile::placeCounters(table, flow.getModule(),
                                                 flow.getEffects(), stats))
    return module.emitError() << llvm::toString(std::move(error));
  replaceCounters(op, table);
  forEachValues(module, [&](auto counted) {
    SmallVector<int32_t> values(counted.getValue());
    for (int32_t &value : values)
      value += stats.firstOldValue;
    counted.setValue(values);
  });
  return success();
}

/// A sum costs a look at all counters.
static constexpr size_t maxSums = 64;

/// What a state is set to is no sum.
static bool isProgramSum(CountedOp op) {
  return op.getSlot().empty() && !op.getSet();
}
static bool isProgramSum(CountedCallOp) { return false; }

static uint32_t accumulateCounters(ModuleOp module) {
  CountersOp op = findCounters(module);
  if (!op)
    return 0;
  CounterTable table = readCounters(op);
  std::vector<uint32_t> roots, others;
  forEachValues(module, [&](auto counted) {
    std::vector<uint32_t> &list =
        isProgramSum(counted) && roots.size() < maxSums ? roots : others;
    list.insert(list.end(), counted.getValue().begin(),
                counted.getValue().end());
  });
  profile::ValueMap renumbered;
  uint32_t number = profile::accumulateValues(table, roots, others, renumbered);
  replaceCounters(op, table);
  forEachValues(module, [&](auto counted) {
    SmallVector<int32_t> values(counted.getValue());
    for (int32_t &value : values)
      value = renumbered.lookup(value);
    counted.setValue(values);
  });
  return number;
}

//===----------------------------------------------------------------------===//
// The passes
//===----------------------------------------------------------------------===//

namespace {

struct WasmInjectCoalesceCountersPass
    : FlowPass<wasm_inject::impl::WasmInjectCoalesceCountersBase<
          WasmInjectCoalesceCountersPass>> {
  using FlowPass::FlowPass;
  LogicalResult runWith(ApplicationFlow &application) override {
    Coalescing coalescing(getOperation(), application);
    if (failed(coalescing.run()))
      return failure();
    numCounters += coalescing.getNumCounters();
    numPlaces += coalescing.numPlaces;
    numDead += coalescing.numDead;
    return success();
  }
};

struct WasmInjectPlaceCountersPass
    : FlowPass<wasm_inject::impl::WasmInjectPlaceCountersBase<
          WasmInjectPlaceCountersPass>> {
  using FlowPass::FlowPass;
  LogicalResult runWith(ApplicationFlow &application) override {
    profile::PlacementStats stats;
    if (failed(placeCounters(getOperation(), application, stats)))
      return failure();
    numBefore += stats.before;
    numAfter += stats.after;
    numDerived += stats.derived;
    return success();
  }
};

struct WasmInjectAccumulateCountersPass
    : wasm_inject::impl::WasmInjectAccumulateCountersBase<
          WasmInjectAccumulateCountersPass> {
  void runOnOperation() override {
    numAccumulated += accumulateCounters(getOperation());
  }
};

struct WasmInjectPromoteCountersPass
    : FlowPass<wasm_inject::impl::WasmInjectPromoteCountersBase<
          WasmInjectPromoteCountersPass>> {
  using FlowPass::FlowPass;
  LogicalResult runWith(ApplicationFlow &application) override {
    CountersOp op = findCounters(getOperation());
    if (!op)
      return success();
    CounterTable table = readCounters(op);
    llvm::Expected<uint32_t> locals = profile::promoteCounters(
        table, application.getModule(), application.getEffects());
    if (!locals)
      return getOperation().emitError() << llvm::toString(locals.takeError());
    numLocals += *locals;
    replaceCounters(op, table);
    return success();
  }
};

} // namespace

std::unique_ptr<Pass>
wasm_inject::createCoalesceCountersPass(std::shared_ptr<ApplicationFlow> flow) {
  return std::make_unique<WasmInjectCoalesceCountersPass>(std::move(flow));
}

std::unique_ptr<Pass>
wasm_inject::createPlaceCountersPass(std::shared_ptr<ApplicationFlow> flow) {
  return std::make_unique<WasmInjectPlaceCountersPass>(std::move(flow));
}

std::unique_ptr<Pass>
wasm_inject::createPromoteCountersPass(std::shared_ptr<ApplicationFlow> flow) {
  return std::make_unique<WasmInjectPromoteCountersPass>(std::move(flow));
}
