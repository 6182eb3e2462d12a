//===- Matcher.cpp - Finding the sites of probes ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Matcher.h"

#include "whamm/Wasm/Blocks.h"
#include "whamm/Wasm/BoundNames.h"

#include "llvm/Support/ThreadPool.h"

using namespace mlir;
using namespace whamm;
using wasm_inject::Position;

std::optional<Position> whamm::getPosition(wasm::EventId event,
                                           wasm::Mode mode) {
  const wasm::EventInfo &info = wasm::getEvents()[event];
  switch (info.package) {
  case wasm::Package::Begin:
  case wasm::Package::End:
  case wasm::Package::Report:
    return std::nullopt;
  case wasm::Package::Func:
    return info.name == "entry" ? Position::FuncEntry : Position::FuncExit;
  case wasm::Package::Block:
    return info.name == "start" ? Position::BlockStart : Position::BlockEnd;
  case wasm::Package::Opcode:
    break;
  }
  switch (mode) {
  case wasm::Mode::Before:
    return Position::Before;
  case wasm::Mode::After:
    return Position::After;
  case wasm::Mode::Entry:
    return Position::Entry;
  case wasm::Mode::Exit:
    return Position::Exit;
  case wasm::Mode::AtTarget:
    return Position::AtTarget;
  case wasm::Mode::None:
  case wasm::Mode::Alt:
    return std::nullopt;
  }
  llvm_unreachable("unknown mode");
}

bool whamm::isCompatible(Type declared, wasm::ValType actual) {
  switch (actual.getKind()) {
  case wasm::ValType::Kind::I32:
    return isa<IntegerType>(declared) && declared.getIntOrFloatBitWidth() <= 32;
  case wasm::ValType::Kind::I64:
    return isa<IntegerType>(declared) && declared.getIntOrFloatBitWidth() == 64;
  case wasm::ValType::Kind::F32:
    return declared.isF32();
  case wasm::ValType::Kind::F64:
    return declared.isF64();
  default:
    return false;
  }
}

namespace {

/// An event and mode of a probe, ready to be matched.
struct Candidate {
  uint32_t probe;
  uint32_t instance;
  uint32_t order;
  Position position;

  bool operator<(const Candidate &o) const {
    return std::tie(order, probe, instance) <
           std::tie(o.order, o.probe, o.instance);
  }
};

class Walk {
public:
  Walk(const wasm::Module &module, MutableArrayRef<MatchProbe> probes);
  /// Walks the defined functions [begin, end).
  llvm::Error run(uint32_t begin, uint32_t end);
  const MatchStatistics &getStatistics() const { return statistics; }

private:
  llvm::Error walkFunction(uint32_t defined);
  llvm::Error walkPlain(wasm::FunctionCursor &cursor);
  void visit(const wasm::Instr &instr, bool isFunctionEnd);
  void visitCandidates(ArrayRef<Candidate> list, const wasm::Instr &instr);
  bool meetsRequirements(const MatchProbe &probe, const SiteFacts &site) const;
  bool meetsRequirement(const Requirement &requirement,
                        const SiteFacts &site) const;
  bool evaluatePredicate(MatchProbe &probe);
  void addRow(MatchProbe &probe, const Candidate &candidate);
  void evaluateHoles(std::vector<StaticProgram> &programs,
                     std::vector<std::vector<int64_t>> &columns,
                     std::vector<std::vector<StringRef>> &texts);

  const wasm::Module &module;
  MutableArrayRef<MatchProbe> probes;
  /// By opcode, by order; the package func and block apart.
  std::vector<SmallVector<Candidate, 0>> byOpcode;
  SmallVector<Candidate, 0> onFunction, onBlockStart, onBlockEnd;
  bool needsTypes = false;
  SiteFacts site;
  wasm::TypeStack types;
  SmallVector<Candidate> merged;
  MatchStatistics statistics;
};

} // namespace

/// True where the event binds everything that the probe's bounds name. An
/// instruction may have operands that its event does not offer (`return`).
static bool offers(wasm::EventId event, const MatchProbe &probe) {
  return llvm::all_of(probe.requirements, [&](const Requirement &needed) {
    std::string name = wasm::getMemberName(needed.source, needed.index);
    return wasm::lookupBoundVar(event, name).has_value();
  });
}

Walk::Walk(const wasm::Module &module, MutableArrayRef<MatchProbe> probes)
    : module(module), probes(probes), byOpcode(wasm::getOpcodes().size()),
      types(module) {
  for (auto [p, probe] : llvm::enumerate(probes)) {
    for (auto [i, instance] : llvm::enumerate(probe.instances)) {
      auto position = getPosition(instance.event, instance.mode);
      if (!position || !offers(instance.event, probe))
        continue;
      Candidate candidate{static_cast<uint32_t>(p), static_cast<uint32_t>(i),
                          instance.order, *position};
      if (*position == Position::BlockStart)
        onBlockStart.push_back(candidate);
      else if (*position == Position::BlockEnd)
        onBlockEnd.push_back(candidate);
      else if (auto opcode = wasm::getEvents()[instance.event].opcode)
        byOpcode[static_cast<size_t>(*opcode)].push_back(candidate);
      else
        onFunction.push_back(candidate);
    }
    for (const Requirement &requirement : probe.requirements)
      needsTypes |= requirement.source == wasm::BoundSource::Arg ||
                    requirement.source == wasm::BoundSource::Res ||
                    requirement.source == wasm::BoundSource::Local;
  }
  for (auto &list : byOpcode)
    llvm::sort(list);
  for (auto *list : {&onFunction, &onBlockStart, &onBlockEnd})
    llvm::sort(*list);
  site.module = &module;
}

bool Walk::meetsRequirement(const Requirement &requirement,
                            const SiteFacts &at) const {
  auto has = [&](ArrayRef<wasm::ValType> list) {
    return requirement.index < list.size() &&
           isCompatible(requirement.type, list[requirement.index]);
  };
  switch (requirement.source) {
  case wasm::BoundSource::Arg:
    return has(types.operands());
  case wasm::BoundSource::Res:
    return has(types.results());
  case wasm::BoundSource::Local:
    return has(types.locals());
  default:
    return getFact(
               {requirement.source, static_cast<int32_t>(requirement.index)},
               at)
        .has_value();
  }
}

bool Walk::meetsRequirements(const MatchProbe &probe,
                             const SiteFacts &at) const {
  return llvm::all_of(probe.requirements,
                      [&](const Requirement &requirement) {
                        return meetsRequirement(requirement, at);
                      }) &&
         llvm::all_of(probe.siteFacts, [&](const StaticFact &fact) {
           return getFact(fact, at).has_value();
         });
}

bool Walk::evaluatePredicate(MatchProbe &probe) {
  if (!probe.predicate)
    return true;
  if (!probe.predicate->isFunctionInvariant())
    return probe.predicate->evaluate(site).bits != 0;
  if (!probe.predicateKnown) {
    probe.predicateKnown = true;
    probe.predicateValue = probe.predicate->evaluate(site).bits != 0;
  }
  return probe.predicateValue;
}

void Walk::evaluateHoles(std::vector<StaticProgram> &programs,
                         std::vector<std::vector<int64_t>> &columns,
                         std::vector<std::vector<StringRef>> &texts) {
  for (auto [program, column, text] :
       llvm::zip_equal(programs, columns, texts)) {
    const StaticValue &value = program.evaluate(site);
    if (program.isString())
      text.push_back(value.text);
    else
      column.push_back(value.bits);
  }
}

void Walk::addRow(MatchProbe &probe, const Candidate &candidate) {
  auto &table = probe.tables[static_cast<unsigned>(candidate.position)];
  if (!table) {
    table = std::make_unique<MatchTable>();
    table->holes.resize(probe.holes.size());
    table->initHoles.resize(probe.initHoles.size());
    table->inits.resize(probe.inits.size());
    table->holeTexts.resize(probe.holes.size());
    table->initHoleTexts.resize(probe.initHoles.size());
  }
  table->func.push_back(site.func);
  table->opidx.push_back(site.instr->opidx);
  table->pc.push_back(site.pc);
  table->instance.push_back(candidate.instance);
  table->slot.push_back(probe.numStates ? static_cast<int32_t>(statistics.slots)
                                        : -1);
  statistics.slots += probe.numStates;
  evaluateHoles(probe.holes, table->holes, table->holeTexts);
  evaluateHoles(probe.initHoles, table->initHoles, table->initHoleTexts);
  for (auto [column, program] : llvm::zip_equal(table->inits, probe.inits))
    if (program)
      column.push_back(program->evaluate(site).bits);
  ++probe.numSites;
  ++statistics.sites;
}

void Walk::visitCandidates(ArrayRef<Candidate> list, const wasm::Instr &instr) {
  for (const Candidate &candidate : list) {
    MatchProbe &probe = probes[candidate.probe];
    // Behind the function's final `end` there is no place.
    if (site.isFunctionEnd && candidate.position == Position::After)
      continue;
    ++probe.numPlaces;
    site.event = probe.instances[candidate.instance].event;
    site.pc = candidate.position == Position::FuncEntry ? 0 : instr.pc;
    if (evaluatePredicate(probe) && meetsRequirements(probe, site))
      addRow(probe, candidate);
  }
}

void Walk::visit(const wasm::Instr &instr, bool isFunctionEnd) {
  site.instr = &instr;
  site.isFunctionEnd = isFunctionEnd;
  const auto &own = byOpcode[static_cast<size_t>(instr.opcode)];
  if (instr.opidx != 0 || onFunction.empty())
    return visitCandidates(own, instr);
  merged.assign(own.begin(), own.end());
  merged.append(onFunction.begin(), onFunction.end());
  llvm::sort(merged);
  visitCandidates(merged, instr);
}

/// The walk where neither types nor blocks are asked for: most instructions
/// are of no interest and cost their decoding only.
llvm::Error Walk::walkPlain(wasm::FunctionCursor &cursor) {
  while (cursor.next()) {
    const wasm::Instr &instr = cursor.get();
    if (!byOpcode[static_cast<size_t>(instr.opcode)].empty() ||
        instr.opidx == 0)
      visit(instr, cursor.isFunctionEnd());
  }
  statistics.instructions += cursor.get().opidx + 1;
  return cursor.takeError();
}

llvm::Error Walk::walkFunction(uint32_t defined) {
  site.func = module.numImportedFunctions + defined;
  for (MatchProbe &probe : probes)
    probe.predicateKnown = false;
  wasm::FunctionCursor cursor(module, defined);
  bool needsBlocks = !onBlockStart.empty() || !onBlockEnd.empty();
  if (!needsTypes && !needsBlocks)
    return walkPlain(cursor);

  wasm::BlockTracker blocks(module);
  blocks.enter();
  if (needsTypes)
    types.enter(defined);
  while (cursor.next()) {
    const wasm::Instr &instr = cursor.get();
    if (needsTypes)
      if (llvm::Error error = types.step(instr))
        return error;
    if (needsBlocks)
      blocks.step(instr);
    site.instrCount = blocks.getInstrCount();
    site.instr = &instr;
    site.isFunctionEnd = cursor.isFunctionEnd();
    if (needsBlocks && blocks.startsBlock())
      visitCandidates(onBlockStart, instr);
    visit(instr, cursor.isFunctionEnd());
    if (needsBlocks && blocks.endsBlock())
      visitCandidates(onBlockEnd, instr);
  }
  statistics.instructions += cursor.get().opidx + 1;
  return cursor.takeError();
}

llvm::Error Walk::run(uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i)
    if (llvm::Error error = walkFunction(i))
      return error;
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Several walks at once
//===----------------------------------------------------------------------===//

namespace {
/// A run of functions with results of its own; slots count from 0.
struct Run {
  uint32_t begin, end;
  std::vector<MatchProbe> probes;
  MatchStatistics statistics;
  std::optional<llvm::Error> error;
};
} // namespace

/// What matching changes starts anew; the rest is copied.
static MatchProbe copyProbe(const MatchProbe &probe) {
  MatchProbe copy;
  copy.instances = probe.instances;
  copy.requirements = probe.requirements;
  copy.predicate = probe.predicate;
  copy.holes = probe.holes;
  copy.initHoles = probe.initHoles;
  copy.inits = probe.inits;
  copy.numStates = probe.numStates;
  copy.siteFacts = probe.siteFacts;
  return copy;
}

template <typename T>
static void append(std::vector<T> &to, const std::vector<T> &from) {
  to.insert(to.end(), from.begin(), from.end());
}

static void appendTable(MatchTable &to, const MatchTable &from,
                        uint32_t firstSlot) {
  append(to.func, from.func);
  append(to.opidx, from.opidx);
  append(to.pc, from.pc);
  append(to.instance, from.instance);
  for (int32_t slot : from.slot)
    to.slot.push_back(slot < 0 ? slot : slot + static_cast<int32_t>(firstSlot));
  for (auto [target, source] : {std::pair(&to.holes, &from.holes),
                                std::pair(&to.initHoles, &from.initHoles),
                                std::pair(&to.inits, &from.inits)})
    for (auto [column, rows] : llvm::zip_equal(*target, *source))
      append(column, rows);
  for (auto [target, source] :
       {std::pair(&to.holeTexts, &from.holeTexts),
        std::pair(&to.initHoleTexts, &from.initHoleTexts)})
    for (auto [column, rows] : llvm::zip_equal(*target, *source))
      append(column, rows);
}

/// Puts the results of a run behind those of the runs before it.
static void appendRun(MutableArrayRef<MatchProbe> probes, Run &run,
                      MatchStatistics &statistics) {
  for (auto [probe, part] : llvm::zip_equal(probes, run.probes)) {
    probe.numSites += part.numSites;
    probe.numPlaces += part.numPlaces;
    for (unsigned i = 0; i < MatchProbe::numPositions; ++i) {
      if (!part.tables[i])
        continue;
      if (probe.tables[i]) {
        appendTable(*probe.tables[i], *part.tables[i], statistics.slots);
        continue;
      }
      for (int32_t &slot : part.tables[i]->slot)
        slot += slot < 0 ? 0 : static_cast<int32_t>(statistics.slots);
      probe.tables[i] = std::move(part.tables[i]);
    }
  }
  statistics.sites += run.statistics.sites;
  statistics.instructions += run.statistics.instructions;
  statistics.slots += run.statistics.slots;
}

/// Divides the functions into runs of about equal size in bytes.
static std::vector<Run> divide(const wasm::Module &module, unsigned count) {
  size_t total = 0;
  for (const wasm::FunctionBody &body : module.bodies)
    total += body.range.size();
  std::vector<Run> runs(1);
  auto end = static_cast<uint32_t>(module.bodies.size());
  runs.back() = {0, end, {}, {}, {}};
  size_t bytes = 0;
  for (uint32_t i = 0; i < end; ++i) {
    if (bytes > total / count) {
      runs.back().end = i;
      runs.push_back({i, end, {}, {}, {}});
      bytes = 0;
    }
    bytes += module.bodies[i].range.size();
  }
  return runs;
}

/// Functions do not depend on each other; only slots are numbered through, and
/// that is done behind the walks. So the result is that of one walk.
llvm::Expected<MatchStatistics>
whamm::matchSites(const wasm::Module &module,
                  MutableArrayRef<MatchProbe> probes) {
  constexpr size_t bytesPerThread = 128 * 1024;
  llvm::ThreadPoolStrategy strategy = llvm::hardware_concurrency();
  size_t threads = std::min<size_t>(strategy.compute_thread_count(),
                                    module.bytes.size() / bytesPerThread + 1);
  if (threads == 1) {
    Walk walk(module, probes);
    if (llvm::Error error = walk.run(0, module.bodies.size()))
      return error;
    return walk.getStatistics();
  }
  std::vector<Run> runs = divide(module, threads);
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
  for (Run &run : runs) {
    for (const MatchProbe &probe : probes)
      run.probes.push_back(copyProbe(probe));
    pool.async([&module, &run] {
      Walk walk(module, run.probes);
      run.error.emplace(walk.run(run.begin, run.end));
      run.statistics = walk.getStatistics();
    });
  }
  pool.wait();
  MatchStatistics statistics;
  llvm::Error first = llvm::Error::success();
  for (Run &run : runs) {
    if (first)
      llvm::consumeError(std::move(*run.error));
    else
      first = std::move(*run.error);
    appendRun(probes, run, statistics);
  }
  if (first)
    return first;
  return statistics;
}
