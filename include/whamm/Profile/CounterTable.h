//===- CounterTable.h - Counters and what follows from them -----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Counters of an application: where they are incremented, and values that are
/// sums of them. Steps that make the increments fewer and cheaper, and leave
/// the values what they are.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_PROFILE_COUNTERTABLE_H
#define WHAMM_PROFILE_COUNTERTABLE_H

#include "whamm/Profile/FlowGraph.h"

namespace whamm::profile {

/// Adds `amount` to a counter whenever control passes a place.
struct Increment {
  uint32_t func; // index of a defined function, imports counted
  uint32_t opidx;
  CountAt at;
  uint32_t counter;
  int64_t amount = 1;
  /// Adds to a local of the function, which is written back.
  bool isLocal = false;
};

/// In front of this instruction a function's locals are added to the counters.
struct WriteBack {
  uint32_t func, opidx;
};

/// A counter, or the value `index - numCounters`, times a factor.
struct Term {
  uint32_t index;
  int64_t factor;
};

struct CounterTable {
  uint32_t numCounters = 0;
  std::vector<Increment> increments; // ascending by function and instruction
  std::vector<WriteBack> writeBacks; // the same
  /// Terms of value V: [termEnds[V - 1], termEnds[V]).
  std::vector<uint32_t> termEnds;
  std::vector<Term> terms;

  uint32_t getNumValues() const { return termEnds.size(); }
  llvm::ArrayRef<Term> getTerms(uint32_t value) const {
    uint32_t begin = value == 0 ? 0 : termEnds[value - 1];
    return llvm::ArrayRef(terms).slice(begin, termEnds[value] - begin);
  }
  /// The term that a value equals, where it is nothing but that; else null.
  const Term *getCopied(uint32_t value) const {
    llvm::ArrayRef<Term> list = getTerms(value);
    return list.size() == 1 && list[0].factor == 1 ? list.data() : nullptr;
  }
  /// Marks terms that are values while the number of counters is not known:
  /// `value | valueBit`. resolveValues() gives them their indices.
  static constexpr uint32_t valueBit = 1u << 31;
  void resolveValues() {
    for (Term &term : terms)
      if (term.index & valueBit)
        term.index = numCounters + (term.index & ~valueBit);
  }
  /// Starts a value; addTerm() adds to the last one.
  uint32_t addValue() {
    termEnds.push_back(terms.size());
    return termEnds.size() - 1;
  }
  void addTerm(uint32_t index, int64_t factor) {
    terms.push_back({index, factor});
    ++termEnds.back();
  }
};

/// Takes the entries of the first function off a list in which those of a
/// function stand together; it is not empty.
template <typename List> List takeFunction(List &list) {
  List first = list.take_while(
      [&](const auto &entry) { return entry.func == list.front().func; });
  list = list.drop_front(first.size());
  return first;
}

/// New number of each value that was asked for.
using ValueMap = llvm::DenseMap<uint32_t, uint32_t>;

struct PlacementStats {
  uint32_t before = 0, after = 0; // counters
  uint32_t derived = 0;           // edges that are sums of others
  uint32_t firstOldValue = 0;     // by which old values' numbers have grown
};

/// Counts the edges of each function's flow of control that are counted one by
/// one (a counter with one increment by 1) with fewer increments, at places
/// that are passed less often: edges off a spanning tree are counted, the
/// others are sums (Knuth and Stevenson, "Optimal measurement points for
/// program frequency counts", 1973; Ball and Larus, "Optimally profiling and
/// tracing programs", 1994).
llvm::Error placeCounters(CounterTable &table, const wasm::Module &module,
                          const CallEffects &effects, PlacementStats &stats);

/// Lets increments add to a value itself, where a counter matters to one of
/// `roots` only and to nothing else that is asked for (`others`). Values that
/// nobody asks for go; `renumbered` gets the new numbers of those that stay.
/// Returns how many counters became additions to values.
uint32_t accumulateValues(CounterTable &table, llvm::ArrayRef<uint32_t> roots,
                          llvm::ArrayRef<uint32_t> others,
                          ValueMap &renumbered);

/// Lets functions count in locals where that pays: where increments in loops
/// are passed more often than the places at which locals are written back.
/// Returns the number of locals.
llvm::Expected<uint32_t> promoteCounters(CounterTable &table,
                                         const wasm::Module &module,
                                         const CallEffects &effects);

} // namespace whamm::profile

#endif // WHAMM_PROFILE_COUNTERTABLE_H
