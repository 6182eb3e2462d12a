//===- WasmInjectCounters.cpp - From tallies to counters --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectCounters.h"
#include "whamm/Dialect/WasmInject/Transforms/ApplicationFlow.h"
#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"

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

namespace {

/// Makes one counter per edge of the flow of control that tallies ask for.
class Coalescing {
public:
  Coalescing(ModuleOp module, ApplicationFlow &flow)
      : module(module), app(flow.getModule()), graph(app, flow.getEffects()) {
    llvm::append_range(tallies, module.getOps<TallyOp>());
  }

  LogicalResult run();
  uint64_t numPlaces = 0, numDead = 0;
  uint32_t getNumCounters() const { return table.numCounters; }

private:
  /// A row of a tally, and its counter.
  struct Place {
    uint32_t func, opidx, tally, row;
  };
  /// What adds to one slot.
  struct Share {
    int32_t slot;
    uint32_t counter;
    int64_t amount;
  };
  static constexpr uint32_t dead = UINT32_MAX;

  void collectPlaces();
  LogicalResult countFunction(ArrayRef<Place> places);
  uint32_t getEdge(const Place &place);
  void makeCounted();
  void countSites(StateOp state, ArrayRef<uint32_t> list);
  void countProgram(StateOp state, ArrayRef<uint32_t> list);
  uint32_t getValue(ArrayRef<Share> shares);

  ModuleOp module;
  const wasm::Module &app;
  FlowGraph graph;
  SmallVector<TallyOp> tallies;
  std::vector<Place> places;
  /// Counter of each row of each tally.
  std::vector<std::vector<uint32_t>> counters;
  /// The value that is counter K, or `dead` where there is none yet.
  std::vector<uint32_t> valueOf;
  CounterTable table;
};

} // namespace

void Coalescing::collectPlaces() {
  for (auto [t, tally] : llvm::enumerate(tallies)) {
    counters.emplace_back(tally.getFunc().size(), dead);
    for (auto [row, func] : llvm::enumerate(tally.getFunc()))
      places.push_back({static_cast<uint32_t>(func),
                        static_cast<uint32_t>(tally.getOpidx()[row]),
                        static_cast<uint32_t>(t), static_cast<uint32_t>(row)});
  }
  auto less = [](const Place &a, const Place &b) {
    return std::tie(a.func, a.opidx, a.tally, a.row) <
           std::tie(b.func, b.opidx, b.tally, b.row);
  };
  if (!llvm::is_sorted(places, less))
    llvm::sort(places, less);
  numPlaces = places.size();
}

uint32_t Coalescing::getEdge(const Place &place) {
  switch (tallies[place.tally].getAt()) {
  case CountAt::Enter:
    return graph.getBlock(place.opidx);
  case CountAt::Taken:
    return graph.getBranch(place.opidx, true);
  case CountAt::NotTaken:
    return graph.getBranch(place.opidx, false);
  }
  llvm_unreachable("unknown place");
}

LogicalResult Coalescing::countFunction(ArrayRef<Place> list) {
  uint32_t func = list.front().func;
  if (func < app.numImportedFunctions || func >= app.functions.size())
    return module.emitError("a tally is in function ")
           << func << ", which the application does not define";
  if (llvm::Error error = graph.build(func - app.numImportedFunctions))
    return module.emitError() << llvm::toString(std::move(error));
  ArrayRef<profile::FlowEdge> edges = graph.getEdges();
  std::vector<uint32_t> counterOf(edges.size(), dead);
  size_t first = table.increments.size();
  for (const Place &place : list) {
    uint32_t edge = getEdge(place);
    if (edge == FlowGraph::noEdge) {
      ++numDead;
      continue;
    }
    uint32_t &counter = counterOf[edge];
    if (counter == dead) {
      counter = table.numCounters++;
      table.increments.push_back(
          {func, edges[edge].opidx, edges[edge].at, counter});
    }
    counters[place.tally][place.row] = counter;
  }
  llvm::sort(llvm::MutableArrayRef(table.increments).drop_front(first),
             [](const profile::Increment &a, const profile::Increment &b) {
               return std::tie(a.opidx, a.at) < std::tie(b.opidx, b.at);
             });
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
  bool isSet = tallies[list.front()].getSet();
  std::vector<Share> shares;
  for (uint32_t t : list)
    for (auto [row, slot] : llvm::enumerate(tallies[t].getSlot()))
      shares.push_back({slot, counters[t][row], tallies[t].getAmount()[row]});
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
  bool isSet = tallies[list.front()].getSet();
  std::vector<int64_t> factors(table.numCounters, 0);
  for (uint32_t t : list)
    for (auto [row, amount] : llvm::enumerate(tallies[t].getAmount()))
      if (counters[t][row] != dead)
        factors[counters[t][row]] += isSet ? 1 : amount;
  uint32_t value = table.addValue();
  for (auto [counter, factor] : llvm::enumerate(factors))
    if (factor != 0)
      table.addTerm(counter, factor);
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  CountedOp::create(
      builder, state.getLoc(), state.getSymName(),
      isSet ? builder.getDenseI64ArrayAttr(tallies[list.front()].getAmount()[0])
            : DenseI64ArrayAttr(),
      builder.getDenseI32ArrayAttr({}),
      builder.getDenseI32ArrayAttr({static_cast<int32_t>(value)}));
}

void Coalescing::makeCounted() {
  SymbolTable symbols(module);
  llvm::MapVector<StringRef, SmallVector<uint32_t>> byState;
  for (auto [t, tally] : llvm::enumerate(tallies))
    if (!tally.getFunc().empty())
      byState[tally.getState()].push_back(t);
  for (auto &[name, list] : byState) {
    auto state = symbols.lookup<StateOp>(name);
    if (state.getScope() == Scope::Site)
      countSites(state, list);
    else
      countProgram(state, list);
  }
}

LogicalResult Coalescing::run() {
  if (tallies.empty())
    return success();
  if (findCounters(module))
    return module.emitError("has `counters` already");
  collectPlaces();
  ArrayRef<Place> rest = places;
  while (!rest.empty()) {
    ArrayRef<Place> group = rest.take_while(
        [&](const Place &place) { return place.func == rest.front().func; });
    rest = rest.drop_front(group.size());
    if (failed(countFunction(group)))
      return failure();
  }
  makeCounted();
  // In front of what refers to it.
  OpBuilder builder(*module.getOps<CountedOp>().begin());
  createCounters(builder, module.getLoc(), table);
  for (TallyOp tally : tallies)
    tally.erase();
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
  for (auto counted : module.getOps<CountedOp>()) {
    SmallVector<int32_t> values(counted.getValue());
    for (int32_t &value : values)
      value += stats.firstOldValue;
    counted.setValue(values);
  }
  return success();
}

static uint32_t accumulateCounters(ModuleOp module) {
  CountersOp op = findCounters(module);
  if (!op)
    return 0;
  CounterTable table = readCounters(op);
  // What a state is set to is no sum.
  std::vector<uint32_t> roots, others;
  for (auto counted : module.getOps<CountedOp>()) {
    bool isRoot = counted.getSlot().empty() && !counted.getSet();
    (isRoot ? roots : others)
        .insert((isRoot ? roots : others).end(), counted.getValue().begin(),
                counted.getValue().end());
  }
  profile::ValueMap renumbered;
  uint32_t number = profile::accumulateValues(table, roots, others, renumbered);
  replaceCounters(op, table);
  for (auto counted : module.getOps<CountedOp>()) {
    SmallVector<int32_t> values(counted.getValue());
    for (int32_t &value : values)
      value = renumbered.lookup(value);
    counted.setValue(values);
  }
  return number;
}

//===----------------------------------------------------------------------===//
// The passes
//===----------------------------------------------------------------------===//

namespace {

/// A pass with an application, its own or one that passes share.
template <typename Base> struct FlowPass : Base {
  using Base::Base;
  explicit FlowPass(std::shared_ptr<ApplicationFlow> flow)
      : flow(std::move(flow)) {}

  void runOnOperation() override {
    if (!flow)
      flow = std::make_shared<ApplicationFlow>(this->app, this->preciseTraps);
    if (failed(flow->load(this->getOperation())) || failed(runWith(*flow)))
      this->signalPassFailure();
  }
  virtual LogicalResult runWith(ApplicationFlow &application) = 0;

  std::shared_ptr<ApplicationFlow> flow;
};

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
