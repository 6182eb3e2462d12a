//===- PlaceCounters.cpp - Fewer and cheaper counters -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Profile/CounterTable.h"

#include "llvm/ADT/BitVector.h"

using namespace whamm;
using namespace whamm::profile;

namespace {

/// Solves one function: which edges are counted, and what the others are.
class Solver {
public:
  Solver(const FlowGraph &graph, const llvm::BitVector &wanted)
      : graph(graph), wanted(wanted) {}

  /// Considers these edges; the others are contracted: whatever passes them is
  /// not known, and need not be.
  void run(const llvm::BitVector &considered);

  /// Cost of the edges to be counted.
  float getCost() const { return cost; }
  /// Calls `visit` for each edge to be counted.
  template <typename Visit> void forEachCounted(Visit visit) const {
    for (unsigned edge : counted.set_bits())
      visit(edge);
  }
  /// Calls `visit(edge, terms)` for each edge that is a sum, so that terms are
  /// counted or come before.
  template <typename Visit> void forEachSum(Visit visit) const;

private:
  struct Sum {
    uint32_t edge, vertex;
  };

  void contract(const llvm::BitVector &considered);
  void growTree(const llvm::BitVector &considered);
  void linkEdges(const llvm::BitVector &considered);
  void orderSums();
  void dropUnneeded();

  const FlowGraph &graph;
  const llvm::BitVector &wanted;
  llvm::IntEqClasses roots; // vertices that are one by contraction
  llvm::BitVector inTree, counted;
  /// Edges at each vertex but loops, as ranges of `incident`.
  llvm::SmallVector<uint32_t> firstIncident, incident;
  llvm::SmallVector<Sum> sums;
  llvm::BitVector isNeeded;
  float cost = 0;
};

} // namespace

/// What an increment costs, relative to one at the head of a block.
static float getPrice(const FlowEdge &edge) {
  constexpr float conditionPrice = 2.5F; // the condition becomes a number
  return edge.frequency * (edge.at == CountAt::Enter ? 1 : conditionPrice);
}

void Solver::contract(const llvm::BitVector &considered) {
  roots.grow(graph.getNumVertices());
  for (auto [i, edge] : llvm::enumerate(graph.getEdges()))
    if (!considered.test(i))
      roots.join(edge.from, edge.to);
  roots.compress();
}

/// A spanning forest of the edges that are passed most (Kruskal).
void Solver::growTree(const llvm::BitVector &considered) {
  llvm::ArrayRef<FlowEdge> edges = graph.getEdges();
  llvm::SmallVector<uint32_t> order(considered.set_bits());
  llvm::sort(order, [&](uint32_t a, uint32_t b) {
    float first = getPrice(edges[a]), second = getPrice(edges[b]);
    return first != second ? first > second : a < b;
  });
  inTree.clear();
  inTree.resize(edges.size());
  counted = considered;
  llvm::IntEqClasses trees(roots.getNumClasses());
  for (uint32_t i : order) {
    uint32_t from = roots[edges[i].from], to = roots[edges[i].to];
    if (trees.findLeader(from) == trees.findLeader(to))
      continue;
    trees.join(from, to);
    inTree.set(i);
    counted.reset(i);
  }
}

void Solver::linkEdges(const llvm::BitVector &considered) {
  llvm::ArrayRef<FlowEdge> edges = graph.getEdges();
  firstIncident.assign(roots.getNumClasses() + 1, 0);
  auto forEachEnd = [&](auto visit) {
    for (unsigned i : considered.set_bits()) {
      uint32_t from = roots[edges[i].from], to = roots[edges[i].to];
      if (from == to)
        continue;
      visit(from, i);
      visit(to, i);
    }
  };
  forEachEnd([&](uint32_t vertex, uint32_t) { ++firstIncident[vertex + 1]; });
  for (size_t v = 1; v != firstIncident.size(); ++v)
    firstIncident[v] += firstIncident[v - 1];
  llvm::SmallVector<uint32_t> next(firstIncident.begin(),
                                   firstIncident.end() - 1);
  incident.resize(firstIncident.back());
  forEachEnd(
      [&](uint32_t vertex, uint32_t edge) { incident[next[vertex]++] = edge; });
}

/// Takes leaves off the tree: the conservation of their counts gives the only
/// edge that is still unknown. The outside is never a leaf.
void Solver::orderSums() {
  llvm::ArrayRef<FlowEdge> edges = graph.getEdges();
  uint32_t outside = roots[FlowGraph::outside];
  llvm::SmallVector<uint32_t> degree(roots.getNumClasses(), 0);
  llvm::SmallVector<uint32_t> leaves;
  for (unsigned i : inTree.set_bits()) {
    ++degree[roots[edges[i].from]];
    ++degree[roots[edges[i].to]];
  }
  auto addLeaf = [&](uint32_t vertex) {
    if (degree[vertex] == 1 && vertex != outside)
      leaves.push_back(vertex);
  };
  for (uint32_t v = 0; v != degree.size(); ++v)
    addLeaf(v);
  llvm::BitVector isKnown(edges.size());
  sums.clear();
  while (!leaves.empty()) {
    uint32_t vertex = leaves.pop_back_val();
    for (uint32_t k = firstIncident[vertex]; k != firstIncident[vertex + 1];
         ++k) {
      uint32_t i = incident[k];
      if (!inTree.test(i) || isKnown.test(i))
        continue;
      isKnown.set(i);
      sums.push_back({i, vertex});
      uint32_t from = roots[edges[i].from];
      uint32_t other = from == vertex ? roots[edges[i].to] : from;
      --degree[other];
      addLeaf(other);
      break;
    }
  }
}

template <typename Visit> void Solver::forEachSum(Visit visit) const {
  llvm::ArrayRef<FlowEdge> edges = graph.getEdges();
  llvm::SmallVector<Term> terms;
  for (const Sum &sum : sums) {
    if (!isNeeded.test(sum.edge))
      continue;
    terms.clear();
    bool leaves = roots[edges[sum.edge].from] == sum.vertex;
    for (uint32_t k = firstIncident[sum.vertex];
         k != firstIncident[sum.vertex + 1]; ++k) {
      uint32_t i = incident[k];
      if (i != sum.edge)
        terms.push_back(
            {i, (roots[edges[i].from] == sum.vertex) == leaves ? -1 : 1});
    }
    visit(sum.edge, terms);
  }
}

/// What no wanted edge is a sum of need not be counted.
void Solver::dropUnneeded() {
  isNeeded = wanted;
  for (const Sum &sum : llvm::reverse(sums)) {
    if (!isNeeded.test(sum.edge))
      continue;
    for (uint32_t k = firstIncident[sum.vertex];
         k != firstIncident[sum.vertex + 1]; ++k)
      isNeeded.set(incident[k]);
  }
  counted &= isNeeded;
  cost = 0;
  for (unsigned i : counted.set_bits())
    cost += getPrice(graph.getEdges()[i]);
}

void Solver::run(const llvm::BitVector &considered) {
  contract(considered);
  growTree(considered);
  linkEdges(considered);
  orderSums();
  dropUnneeded();
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

namespace {

/// Takes the increments of a table over to a new one.
class Placement {
public:
  Placement(CounterTable &table, const wasm::Module &module,
            const CallEffects &effects, PlacementStats &stats)
      : table(table), module(module), graph(module, effects), stats(stats) {}

  llvm::Error run();

private:
  bool findEdges(llvm::ArrayRef<Increment> increments);
  void place(llvm::ArrayRef<Increment> increments);
  void keep(llvm::ArrayRef<Increment> increments);
  void takeOver(const Solver &solver, uint32_t func);
  static constexpr uint32_t valueBit = CounterTable::valueBit;
  void finish();

  CounterTable &table;
  const wasm::Module &module;
  FlowGraph graph;
  PlacementStats &stats;
  CounterTable result;
  /// What stands for each old counter.
  std::vector<uint32_t> newTerms;
  /// Of counters: they have one increment, by 1.
  llvm::BitVector isEdge;
  /// Of the function at work: counters of its increments, and their edges.
  std::vector<uint32_t> oldCounters, edgeOf;
};

} // namespace

/// Finds the edges that a function's increments count. False where they do not
/// count edges one by one.
bool Placement::findEdges(llvm::ArrayRef<Increment> increments) {
  edgeOf.clear();
  oldCounters.clear();
  llvm::BitVector seen(graph.getEdges().size());
  for (const Increment &increment : increments) {
    uint32_t edge = graph.getEdge(increment.at, increment.opidx);
    if (edge == FlowGraph::noEdge || seen.test(edge) || increment.isLocal ||
        !isEdge.test(increment.counter))
      return false;
    seen.set(edge);
    edgeOf.push_back(edge);
    oldCounters.push_back(increment.counter);
  }
  return true;
}

void Placement::keep(llvm::ArrayRef<Increment> increments) {
  for (Increment increment : increments) {
    uint32_t &term = newTerms[increment.counter];
    if (term == UINT32_MAX)
      term = result.numCounters++;
    increment.counter = term;
    result.increments.push_back(increment);
  }
}

/// Two ways: with what is wanted only, or with all blocks, which may spare the
/// dearer counters at branches.
void Placement::place(llvm::ArrayRef<Increment> increments) {
  size_t numEdges = graph.getEdges().size();
  llvm::BitVector wanted(numEdges), blocks(numEdges);
  bool hasBranches = false;
  for (uint32_t edge : edgeOf) {
    wanted.set(edge);
    hasBranches |= graph.getEdges()[edge].at != CountAt::Enter;
  }
  Solver direct(graph, wanted);
  direct.run(wanted);
  uint32_t func = increments.front().func;
  if (!hasBranches)
    return takeOver(direct, func);
  for (auto [i, edge] : llvm::enumerate(graph.getEdges()))
    if (edge.at == CountAt::Enter)
      blocks.set(i);
  blocks |= wanted;
  Solver wide(graph, wanted);
  wide.run(blocks);
  takeOver(wide.getCost() < direct.getCost() ? wide : direct, func);
}

void Placement::takeOver(const Solver &solver, uint32_t func) {
  std::vector<uint32_t> terms(graph.getEdges().size(), UINT32_MAX);
  size_t first = result.increments.size();
  solver.forEachCounted([&](uint32_t i) {
    const FlowEdge &edge = graph.getEdges()[i];
    terms[i] = result.numCounters++;
    result.increments.push_back({func, edge.opidx, edge.at, terms[i]});
    ++stats.after;
  });
  llvm::sort(llvm::MutableArrayRef(result.increments).drop_front(first),
             [](const Increment &a, const Increment &b) {
               return std::tie(a.opidx, a.at) < std::tie(b.opidx, b.at);
             });
  solver.forEachSum([&](uint32_t i, llvm::ArrayRef<Term> list) {
    terms[i] = result.addValue() | valueBit;
    for (const Term &term : list)
      result.addTerm(terms[term.index], term.factor);
    ++stats.derived;
  });
  for (auto [position, edge] : llvm::enumerate(edgeOf))
    newTerms[oldCounters[position]] = terms[edge];
}

/// Adds the old values behind the new ones, in terms of the new counters.
void Placement::finish() {
  uint32_t firstOld = result.getNumValues();
  stats.firstOldValue = firstOld;
  for (uint32_t v = 0; v != table.getNumValues(); ++v) {
    result.addValue();
    for (const Term &term : table.getTerms(v))
      result.addTerm(term.index < table.numCounters
                         ? newTerms[term.index]
                         : (firstOld + term.index - table.numCounters) |
                               valueBit,
                     term.factor);
  }
  result.resolveValues();
  table = std::move(result);
}

llvm::Error Placement::run() {
  newTerms.assign(table.numCounters, UINT32_MAX);
  isEdge.resize(table.numCounters);
  llvm::BitVector isOther(table.numCounters);
  for (const Increment &increment : table.increments) {
    if (increment.amount != 1 || isEdge.test(increment.counter))
      isOther.set(increment.counter);
    isEdge.set(increment.counter);
  }
  isEdge.reset(isOther);
  result.writeBacks = table.writeBacks;
  stats.before += table.increments.size();
  llvm::ArrayRef<Increment> rest = table.increments;
  while (!rest.empty()) {
    llvm::ArrayRef<Increment> group = takeFunction(rest);
    uint32_t func = group.front().func;
    if (llvm::Error error = graph.build(func - module.numImportedFunctions))
      return error;
    if (findEdges(group))
      place(group);
    else
      keep(group);
  }
  finish();
  return llvm::Error::success();
}

llvm::Error profile::placeCounters(CounterTable &table,
                                   const wasm::Module &module,
                                   const CallEffects &effects,
                                   PlacementStats &stats) {
  return Placement(table, module, effects, stats).run();
}
