//===- CounterTable.cpp - Counters and what follows from them ---*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Profile/CounterTable.h"

#include "llvm/ADT/BitVector.h"

using namespace whamm;
using namespace whamm::profile;

//===----------------------------------------------------------------------===//
// Accumulation
//===----------------------------------------------------------------------===//

namespace {

/// Rewrites a table for some values that are asked for. Nodes are counters,
/// then values, as terms number them.
class Accumulation {
public:
  Accumulation(CounterTable &table, llvm::ArrayRef<uint32_t> roots,
               llvm::ArrayRef<uint32_t> others)
      : table(table), roots(roots), others(others) {}

  uint32_t run(ValueMap &renumbered);

private:
  void markOthers();
  void expand(uint32_t root, std::vector<int64_t> &factors) const;
  void chooseCounters();
  void moveIncrements();
  uint32_t takeOverNode(uint32_t node);
  void takeOverRoot(uint32_t position);

  CounterTable &table;
  CounterTable result;
  llvm::ArrayRef<uint32_t> roots, others;
  llvm::BitVector isAsked;                     // by node
  std::vector<std::vector<int64_t>> expansion; // of each root, by counter
  /// Of each counter: the only root that it matters to.
  std::vector<uint32_t> onlyRoot;
  /// New counters of the roots, and new terms of nodes.
  std::vector<uint32_t> sumOf, newTerms;
  static constexpr uint32_t none = UINT32_MAX, several = UINT32_MAX - 1;
  static constexpr uint32_t valueBit = CounterTable::valueBit;
  uint32_t numMoved = 0;
};

} // namespace

/// Marks what is asked for one by one, and all that it is made of.
void Accumulation::markOthers() {
  isAsked.resize(table.numCounters + table.getNumValues());
  for (uint32_t value : others)
    isAsked.set(table.numCounters + value);
  for (uint32_t v = table.getNumValues(); v-- != 0;)
    if (isAsked.test(table.numCounters + v))
      for (const Term &term : table.getTerms(v))
        isAsked.set(term.index);
}

/// Writes a value as a sum of counters.
void Accumulation::expand(uint32_t root, std::vector<int64_t> &factors) const {
  factors.assign(table.numCounters + table.getNumValues(), 0);
  factors[table.numCounters + root] = 1;
  for (uint32_t v = root + 1; v-- != 0;) {
    int64_t factor = factors[table.numCounters + v];
    if (factor == 0)
      continue;
    for (const Term &term : table.getTerms(v))
      factors[term.index] += factor * term.factor;
  }
  factors.resize(table.numCounters);
}

/// Finds the counters that matter to one root and nothing else.
void Accumulation::chooseCounters() {
  onlyRoot.assign(table.numCounters, none);
  expansion.resize(roots.size());
  for (auto [position, root] : llvm::enumerate(roots)) {
    expand(root, expansion[position]);
    for (uint32_t c = 0; c != table.numCounters; ++c)
      if (expansion[position][c] != 0)
        onlyRoot[c] = onlyRoot[c] == none ? position : several;
  }
  for (uint32_t c = 0; c != table.numCounters; ++c)
    if (isAsked.test(c))
      onlyRoot[c] = several;
}

/// Counters that stay keep their increments; those of one root add to its sum;
/// those of none go.
void Accumulation::moveIncrements() {
  sumOf.assign(roots.size(), none);
  llvm::BitVector isMoved(table.numCounters);
  for (Increment increment : table.increments) {
    uint32_t old = increment.counter, root = onlyRoot[old];
    if (root == none)
      continue;
    uint32_t &counter = root == several ? newTerms[old] : sumOf[root];
    if (counter == none)
      counter = result.numCounters++;
    increment.counter = counter;
    if (root != several) {
      increment.amount *= expansion[root][old];
      isMoved.set(old);
    }
    result.increments.push_back(increment);
  }
  numMoved = isMoved.count();
}

/// The new term of a node that is asked for. A value that is the same as
/// another one is left out.
uint32_t Accumulation::takeOverNode(uint32_t node) {
  if (newTerms[node] != none || node < table.numCounters)
    return newTerms[node];
  uint32_t value = node - table.numCounters;
  if (const Term *copied = table.getCopied(value))
    return newTerms[node] = takeOverNode(copied->index);
  newTerms[node] = result.addValue() | valueBit;
  for (const Term &term : table.getTerms(value))
    if (uint32_t index = takeOverNode(term.index); index != none)
      result.addTerm(index, term.factor);
  return newTerms[node];
}

/// A root is its own sum and what counters that stay add to it.
void Accumulation::takeOverRoot(uint32_t position) {
  uint32_t node = table.numCounters + roots[position];
  newTerms[node] = result.addValue() | valueBit;
  if (sumOf[position] != none)
    result.addTerm(sumOf[position], 1);
  for (uint32_t c = 0; c != table.numCounters; ++c)
    if (onlyRoot[c] == several && expansion[position][c] != 0 &&
        newTerms[c] != none)
      result.addTerm(newTerms[c], expansion[position][c]);
}

uint32_t Accumulation::run(ValueMap &renumbered) {
  markOthers();
  chooseCounters();
  newTerms.assign(table.numCounters + table.getNumValues(), none);
  moveIncrements();
  // In order, so that what a value is made of comes before it.
  for (uint32_t v = 0; v != table.getNumValues(); ++v)
    if (isAsked.test(table.numCounters + v))
      takeOverNode(table.numCounters + v);
  auto note = [&](uint32_t value) {
    uint32_t term = newTerms[table.numCounters + value];
    if (term == none || !(term & valueBit)) { // a counter, or nothing
      uint32_t alias = result.addValue();
      if (term != none)
        result.addTerm(term, 1);
      term = newTerms[table.numCounters + value] = alias | valueBit;
    }
    renumbered[value] = term & ~valueBit;
  };
  for (uint32_t i = 0; i != roots.size(); ++i)
    if (!isAsked.test(table.numCounters + roots[i]))
      takeOverRoot(i);
  for (uint32_t value : others)
    note(value);
  for (uint32_t value : roots)
    note(value);
  result.resolveValues();
  result.writeBacks = table.writeBacks;
  table = std::move(result);
  return numMoved;
}

uint32_t profile::accumulateValues(CounterTable &table,
                                   llvm::ArrayRef<uint32_t> roots,
                                   llvm::ArrayRef<uint32_t> others,
                                   ValueMap &renumbered) {
  return Accumulation(table, roots, others).run(renumbered);
}
