//===- PromoteCounters.cpp - Counters in locals -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Profile/CounterTable.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

using namespace whamm;
using namespace whamm::profile;

/// Code that writes one local back is about as dear as two increments.
static constexpr float writeBackPrice = 2;
/// Largest number of pieces of such code in one function.
static constexpr size_t maxWriteBacks = 256;

/// Estimated executions of each counter's increments in a function.
static llvm::MapVector<uint32_t, float>
getFrequencies(llvm::ArrayRef<Increment> increments, const FlowGraph &graph) {
  llvm::MapVector<uint32_t, float> result;
  for (const Increment &increment : increments) {
    uint32_t edge = graph.getEdge(increment.at, increment.opidx);
    if (edge != FlowGraph::noEdge)
      result[increment.counter] += graph.getEdges()[edge].frequency;
  }
  return result;
}

/// The counters of a function that gain from a local, those that gain most.
static llvm::DenseSet<uint32_t> choose(llvm::ArrayRef<Increment> increments,
                                       const FlowGraph &graph) {
  float exitFrequency = 0;
  for (const FlowGraph::Exit &exit : graph.getExits())
    exitFrequency += exit.frequency;
  auto frequencies = getFrequencies(increments, graph).takeVector();
  llvm::erase_if(frequencies, [&](const auto &entry) {
    return entry.second <= writeBackPrice * exitFrequency;
  });
  llvm::sort(frequencies, [](const auto &a, const auto &b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  size_t numExits = std::max<size_t>(graph.getExits().size(), 1);
  if (frequencies.size() > maxWriteBacks / numExits)
    frequencies.resize(maxWriteBacks / numExits);
  llvm::DenseSet<uint32_t> result;
  for (auto &[counter, frequency] : frequencies)
    result.insert(counter);
  return result;
}

llvm::Expected<uint32_t> profile::promoteCounters(CounterTable &table,
                                                  const wasm::Module &module,
                                                  const CallEffects &effects) {
  FlowGraph graph(module, effects);
  uint32_t numLocals = 0;
  llvm::MutableArrayRef<Increment> rest = table.increments;
  while (!rest.empty()) {
    llvm::MutableArrayRef<Increment> group = takeFunction(rest);
    uint32_t func = group.front().func;
    if (llvm::Error error = graph.build(func - module.numImportedFunctions))
      return std::move(error);
    llvm::DenseSet<uint32_t> chosen = choose(group, graph);
    if (chosen.empty())
      continue;
    numLocals += chosen.size();
    for (Increment &increment : group)
      increment.isLocal = chosen.contains(increment.counter);
    for (const FlowGraph::Exit &exit : graph.getExits())
      table.writeBacks.push_back({func, exit.opidx});
  }
  return numLocals;
}
