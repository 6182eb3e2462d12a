//===- Matcher.cpp - Finding the sites of probes ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Matcher.h"

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
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
  case wasm::Mode::Alt:
    return Position::Alt;
  case wasm::Mode::None:
    return std::nullopt;
  }
  llvm_unreachable("unknown mode");
}

bool whamm::isCompatible(Type declared, wasm::ValType actual,
                         const wasm::Module *module) {
  switch (actual.getKind()) {
  case wasm::ValType::Kind::I32:
    return isa<IntegerType>(declared) && declared.getIntOrFloatBitWidth() <= 32;
  case wasm::ValType::Kind::I64:
    return isa<IntegerType>(declared) && declared.getIntOrFloatBitWidth() == 64;
  case wasm::ValType::Kind::F32:
    return declared.isF32();
  case wasm::ValType::Kind::F64:
    return declared.isF64();
  case wasm::ValType::Kind::Ref:
    return isa<probe::FuncRefType>(declared) &&
           (actual == wasm::ValType::funcref() ||
            (module && module->isSubtype(actual, wasm::ValType::funcref())));
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
  Walk(const wasm::Module &module, MutableArrayRef<MatchProbe> probes,
       const StaticContext &context);
  /// Walks the defined functions [begin, end).
  llvm::Error run(uint32_t begin, uint32_t end);
  const MatchStatistics &getStatistics() const { return statistics; }

private:
  llvm::Error walkFunction(uint32_t defined);
  llvm::Error walkPlain(wasm::FunctionCursor &cursor);
  void addCandidates(uint32_t index, const MatchProbe &probe);
  llvm::Error visit(const wasm::Instr &instr, bool isFunctionEnd);
  llvm::Error visitCandidates(ArrayRef<Candidate> list,
                              const wasm::Instr &instr);
  llvm::Error visitSite(MatchProbe &probe, const Candidate &candidate);
  bool meetsRequirements(const MatchProbe &probe, const SiteFacts &site) const;
  bool meetsRequirement(const Requirement &requirement,
                        const SiteFacts &site) const;
  bool evaluatePredicate(MatchProbe &probe);
  llvm::Error makeCalls(MatchProbe &probe);
  void addRow(MatchProbe &probe, const Candidate &candidate);
  void evaluateHoles(std::vector<StaticProgram> &programs,
                     std::vector<std::vector<int64_t>> &columns,
                     std::vector<std::vector<StringRef>> &texts,
                     std::list<std::string> &ownTexts);
  void evaluateForInstance(std::vector<StaticProgram> &programs,
                           std::vector<std::vector<int64_t>> &columns,
                           uint32_t instance);
  void note(StaticProgram &program);

  const wasm::Module &module;
  MutableArrayRef<MatchProbe> probes;
  /// By opcode, by order; the package func and block apart.
  std::vector<SmallVector<Candidate, 0>> byOpcode;
  SmallVector<Candidate, 0> onFunction, onBlockStart, onBlockEnd;
  bool needsTypes = false, needsPrevious = false;
  SiteFacts site;
  StaticCallResults calls;
  /// The first failure of a static program at the site.
  std::optional<llvm::Error> failure;
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

/// Calls `visit` for each static program of the probe.
template <typename Visit>
static void forEachProgram(MatchProbe &probe, Visit visit) {
  if (probe.predicate)
    visit(*probe.predicate);
  for (StaticProgram &program : probe.holes)
    visit(program);
  for (StaticProgram &program : probe.initHoles)
    visit(program);
  for (StaticProgram &program : probe.effects)
    visit(program);
  for (std::optional<StaticProgram> &program : probe.inits)
    if (program)
      visit(*program);
}

/// True where matching makes calls: they are to be made in order.
static bool makesCalls(MatchProbe &probe) {
  bool result = false;
  forEachProgram(probe, [&](StaticProgram &program) {
    result |= !program.getCalls().empty();
  });
  return result;
}

/// Collects what makes calls, the predicate apart, in the order in which the
/// script has the calls.
static void sortCallers(MatchProbe &probe) {
  probe.callers.clear();
  Operation *owner = nullptr;
  forEachProgram(probe, [&](StaticProgram &program) {
    if (program.getCalls().empty() ||
        (probe.predicate && &program == &*probe.predicate))
      return;
    probe.callers.push_back(&program);
    owner = program.getCalls().front()->getParentOfType<probe::ProbeOp>();
  });
  if (!owner || probe.callers.size() < 2)
    return;
  llvm::DenseMap<Operation *, unsigned> position;
  owner->walk<WalkOrder::PreOrder>(
      [&](Operation *op) { position.try_emplace(op, position.size()); });
  llvm::sort(probe.callers, [&](StaticProgram *a, StaticProgram *b) {
    return position.lookup(a->getCalls().front()) <
           position.lookup(b->getCalls().front());
  });
}

Walk::Walk(const wasm::Module &module, MutableArrayRef<MatchProbe> probes,
           const StaticContext &context)
    : module(module), probes(probes), byOpcode(wasm::getOpcodes().size()),
      types(module) {
  for (auto [p, probe] : llvm::enumerate(probes)) {
    addCandidates(p, probe);
    sortCallers(probe);
    for (const Requirement &requirement : probe.requirements)
      needsTypes |= requirement.source == wasm::BoundSource::Arg ||
                    requirement.source == wasm::BoundSource::Res ||
                    requirement.source == wasm::BoundSource::Local;
    forEachProgram(probe, [&](StaticProgram &program) {
      for (const StaticFact &fact : program.getFacts())
        needsPrevious |= fact.source == wasm::BoundSource::ResolvedFid;
    });
  }
  for (auto &list : byOpcode)
    llvm::sort(list);
  for (auto *list : {&onFunction, &onBlockStart, &onBlockEnd})
    llvm::sort(*list);
  site.module = &module;
  site.context = &context;
  site.calls = &calls;
}

/// Enters the probe where its instances can match.
void Walk::addCandidates(uint32_t index, const MatchProbe &probe) {
  for (auto [i, instance] : llvm::enumerate(probe.instances)) {
    auto position = getPosition(instance.event, instance.mode);
    if (!position || !offers(instance.event, probe))
      continue;
    Candidate candidate{index, static_cast<uint32_t>(i), instance.order,
                        *position};
    if (*position == Position::BlockStart)
      onBlockStart.push_back(candidate);
    else if (*position == Position::BlockEnd)
      onBlockEnd.push_back(candidate);
    else if (auto opcode = wasm::getEvents()[instance.event].opcode)
      byOpcode[static_cast<size_t>(*opcode)].push_back(candidate);
    else
      onFunction.push_back(candidate);
  }
}

bool Walk::meetsRequirement(const Requirement &requirement,
                            const SiteFacts &at) const {
  auto has = [&](ArrayRef<wasm::ValType> list) {
    return requirement.index < list.size() &&
           isCompatible(requirement.type, list[requirement.index], &module);
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

/// Keeps the failure of a program that has just been evaluated.
void Walk::note(StaticProgram &program) {
  if (!program.mayFail())
    return;
  llvm::Error error = program.takeError();
  if (failure)
    llvm::consumeError(std::move(error));
  else if (error)
    failure.emplace(std::move(error));
}

bool Walk::evaluatePredicate(MatchProbe &probe) {
  if (!probe.predicate)
    return true;
  StaticProgram &program = *probe.predicate;
  if (program.isFunctionInvariant() && probe.predicateKnown)
    return probe.predicateValue;
  probe.predicateKnown = true;
  probe.predicateValue = program.evaluate(site).bits != 0;
  note(program);
  return probe.predicateValue;
}

/// Makes the calls of initialisers and body: what reads their results later
/// finds them in `calls`.
llvm::Error Walk::makeCalls(MatchProbe &probe) {
  for (StaticProgram *program : probe.callers) {
    program->evaluate(site);
    if (llvm::Error error = program->takeError())
      return error;
  }
  return llvm::Error::success();
}

void Walk::evaluateHoles(std::vector<StaticProgram> &programs,
                         std::vector<std::vector<int64_t>> &columns,
                         std::vector<std::vector<StringRef>> &texts,
                         std::list<std::string> &ownTexts) {
  for (auto [program, column, text] :
       llvm::zip_equal(programs, columns, texts)) {
    if (program.isEventInvariant())
      continue;
    const StaticValue &value = program.evaluate(site);
    note(program);
    if (!program.isString()) {
      column.push_back(value.bits);
    } else if (program.hasOwnText()) {
      ownTexts.push_back(value.text.str());
      text.push_back(ownTexts.back());
    } else {
      text.push_back(value.text);
    }
  }
}

void Walk::evaluateForInstance(std::vector<StaticProgram> &programs,
                               std::vector<std::vector<int64_t>> &columns,
                               uint32_t instance) {
  for (auto [program, column] : llvm::zip_equal(programs, columns))
    if (program.isEventInvariant())
      column[instance] = program.evaluate(site).bits;
}

/// An empty table with room for what is known of instances.
static std::unique_ptr<MatchTable> makeTable(const MatchProbe &probe) {
  auto table = std::make_unique<MatchTable>();
  table->holes.resize(probe.holes.size());
  table->initHoles.resize(probe.initHoles.size());
  table->inits.resize(probe.inits.size());
  table->holeTexts.resize(probe.holes.size());
  table->initHoleTexts.resize(probe.initHoles.size());
  table->isKnown.resize(probe.instances.size());
  for (auto [programs, columns] :
       {std::pair(&probe.holes, &table->holes),
        std::pair(&probe.initHoles, &table->initHoles)})
    for (auto [program, column] : llvm::zip_equal(*programs, *columns))
      if (program.isEventInvariant())
        column.resize(probe.instances.size());
  return table;
}

void Walk::addRow(MatchProbe &probe, const Candidate &candidate) {
  auto &table = probe.tables[static_cast<unsigned>(candidate.position)];
  if (!table)
    table = makeTable(probe);
  if (!table->isKnown[candidate.instance]) {
    table->isKnown[candidate.instance] = true;
    evaluateForInstance(probe.holes, table->holes, candidate.instance);
    evaluateForInstance(probe.initHoles, table->initHoles, candidate.instance);
  }
  table->func.push_back(site.func);
  table->opidx.push_back(site.instr->opidx);
  table->pc.push_back(site.pc);
  table->instance.push_back(candidate.instance);
  table->slot.push_back(probe.numStates ? static_cast<int32_t>(statistics.slots)
                                        : -1);
  statistics.slots += probe.numStates;
  evaluateHoles(probe.holes, table->holes, table->holeTexts, table->ownTexts);
  evaluateHoles(probe.initHoles, table->initHoles, table->initHoleTexts,
                table->ownTexts);
  for (auto [column, program] : llvm::zip_equal(table->inits, probe.inits))
    if (program) {
      column.push_back(program->evaluate(site).bits);
      note(*program);
    }
  ++probe.numSites;
  ++statistics.sites;
}

/// Evaluates a probe at a place of its rule. What may fail or has effects is
/// evaluated where the place has what the probe needs only.
llvm::Error Walk::visitSite(MatchProbe &probe, const Candidate &candidate) {
  bool isGuarded = probe.predicate && probe.predicate->mayFail();
  if (!probe.callers.empty() || isGuarded)
    calls.clear();
  if (isGuarded && !meetsRequirements(probe, site))
    return llvm::Error::success();
  bool isSite =
      evaluatePredicate(probe) && (isGuarded || meetsRequirements(probe, site));
  if (isSite && !failure) {
    if (llvm::Error error = makeCalls(probe))
      return error;
    addRow(probe, candidate);
  }
  return failure ? std::move(*failure) : llvm::Error::success();
}

llvm::Error Walk::visitCandidates(ArrayRef<Candidate> list,
                                  const wasm::Instr &instr) {
  for (const Candidate &candidate : list) {
    MatchProbe &probe = probes[candidate.probe];
    // Behind the function's final `end` there is no place, nor can something
    // else take its place.
    if (site.isFunctionEnd && (candidate.position == Position::After ||
                               candidate.position == Position::Alt))
      continue;
    ++probe.numPlaces;
    site.event = probe.instances[candidate.instance].event;
    site.pc = candidate.position == Position::FuncEntry ? 0 : instr.pc;
    if (llvm::Error error = visitSite(probe, candidate))
      return error;
  }
  return llvm::Error::success();
}

llvm::Error Walk::visit(const wasm::Instr &instr, bool isFunctionEnd) {
  site.instr = &instr;
  site.isFunctionEnd = isFunctionEnd;
  const auto &own = byOpcode[static_cast<size_t>(instr.opcode)];
  if (instr.opidx != 0 || onFunction.empty())
    return visitCandidates(own, instr);
  merged.assign(own.begin(), own.end());
  merged.append(onFunction.begin(), onFunction.end());
  llvm::sort(merged);
  return visitCandidates(merged, instr);
}

/// The function of a ref.func, for the instruction behind it.
static int32_t getRefFunc(const wasm::Instr &instr) {
  return instr.opcode == wasm::Opcode::RefFunc
             ? static_cast<int32_t>(instr.imms[0])
             : -1;
}

/// The walk where neither types nor blocks are asked for: most instructions
/// are of no interest and cost their decoding only.
llvm::Error Walk::walkPlain(wasm::FunctionCursor &cursor) {
  while (cursor.next()) {
    const wasm::Instr &instr = cursor.get();
    if (!byOpcode[static_cast<size_t>(instr.opcode)].empty() ||
        instr.opidx == 0)
      if (llvm::Error error = visit(instr, cursor.isFunctionEnd()))
        return error;
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
  if (!needsTypes && !needsBlocks && !needsPrevious)
    return walkPlain(cursor);
  site.previousRefFunc = -1;

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
      if (llvm::Error error = visitCandidates(onBlockStart, instr))
        return error;
    if (llvm::Error error = visit(instr, cursor.isFunctionEnd()))
      return error;
    if (needsBlocks && blocks.endsBlock())
      if (llvm::Error error = visitCandidates(onBlockEnd, instr))
        return error;
    site.previousRefFunc = getRefFunc(instr);
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
  copy.effects = probe.effects;
  copy.numStates = probe.numStates;
  copy.siteFacts = probe.siteFacts;
  return copy;
}

template <typename T>
static void append(std::vector<T> &to, const std::vector<T> &from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Adds the columns of holes; those with a value per instance get the values of
/// instances that `to` does not know.
static void appendHoles(const std::vector<StaticProgram> &programs,
                        std::vector<std::vector<int64_t>> &to,
                        const std::vector<std::vector<int64_t>> &from,
                        const MatchTable &target, const MatchTable &source) {
  for (auto [program, column, rows] : llvm::zip_equal(programs, to, from)) {
    if (!program.isEventInvariant()) {
      append(column, rows);
      continue;
    }
    for (size_t i = 0; i < rows.size(); ++i)
      if (source.isKnown[i] && !target.isKnown[i])
        column[i] = rows[i];
  }
}

static void appendTable(const MatchProbe &probe, MatchTable &to,
                        MatchTable &from, uint32_t firstSlot) {
  append(to.func, from.func);
  append(to.opidx, from.opidx);
  append(to.pc, from.pc);
  append(to.instance, from.instance);
  for (int32_t slot : from.slot)
    to.slot.push_back(slot < 0 ? slot : slot + static_cast<int32_t>(firstSlot));
  appendHoles(probe.holes, to.holes, from.holes, to, from);
  appendHoles(probe.initHoles, to.initHoles, from.initHoles, to, from);
  for (size_t i = 0; i < from.isKnown.size(); ++i)
    to.isKnown[i] = to.isKnown[i] || from.isKnown[i];
  for (auto [column, rows] : llvm::zip_equal(to.inits, from.inits))
    append(column, rows);
  for (auto [target, source] :
       {std::pair(&to.holeTexts, &from.holeTexts),
        std::pair(&to.initHoleTexts, &from.initHoleTexts)})
    for (auto [column, rows] : llvm::zip_equal(*target, *source))
      append(column, rows);
  to.ownTexts.splice(to.ownTexts.end(), from.ownTexts);
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
        appendTable(probe, *probe.tables[i], *part.tables[i], statistics.slots);
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
                  MutableArrayRef<MatchProbe> probes,
                  const StaticContext &context) {
  constexpr size_t bytesPerThread = 128 * 1024;
  llvm::ThreadPoolStrategy strategy = llvm::hardware_concurrency();
  size_t threads = std::min<size_t>(strategy.compute_thread_count(),
                                    module.bytes.size() / bytesPerThread + 1);
  if (threads == 1 || llvm::any_of(probes, makesCalls)) {
    Walk walk(module, probes, context);
    if (llvm::Error error = walk.run(0, module.bodies.size()))
      return error;
    return walk.getStatistics();
  }
  std::vector<Run> runs = divide(module, threads);
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
  for (Run &run : runs) {
    for (const MatchProbe &probe : probes)
      run.probes.push_back(copyProbe(probe));
    pool.async([&module, &context, &run] {
      Walk walk(module, run.probes, context);
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
