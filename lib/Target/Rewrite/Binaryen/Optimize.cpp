//===- Optimize.cpp - Optimising an instrumented module -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Compat.h"
#include "Faithful.h"
#include "Inline.h"
#include "Reassemble.h"
#include "Subset.h"

#include "whamm/Target/Rewrite/Binaryen.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/thread.h"

namespace whamm::rewrite {

using namespace wasm;
using namespace binaryen;

namespace {

/// Larger functions are left alone: Binaryen's writer recurses into operands,
/// so its depth is bounded by the number of instructions only, and its passes
/// are not linear.
constexpr uint32_t kMaxInstructions = 200000;

/// Room for that recursion.
constexpr unsigned kStackSize = 256u << 20;

/// Function passes, in this order: what inlined bodies and spilled operands
/// need, and no more, as each costs as much as reading the module.
constexpr const char *kPasses[] = {"simplify-locals-notee-nostructure",
                                   "vacuum", "reorder-locals"};

/// A function that is called at sites.
struct TemplateFunction {
  uint32_t defined = 0;
  bool readable = false;           // has a body in Binaryen's module
  uint64_t calls = 0;              // in the spliced module
  uint64_t remaining = 0;          // in the output
  std::vector<ValType> poolLocals; // its parameters, then its locals
  InlineTemplate body;
  bool inlinable = false;
};

/// A function in which something can be gained.
struct Host {
  TakenFunction taken;
  uint32_t numLocals = 0; // parameters and locals of its own
  /// Templates that it calls: index, number of calls.
  llvm::MapVector<uint32_t, uint64_t> calls;
  /// Where the locals for a template begin.
  llvm::DenseMap<uint32_t, uint32_t> pools;
  uint64_t inlined = 0;
};

class Optimizer {
public:
  Optimizer(const Module &module, const SpliceResult &spliced,
            const BinaryenOptions &options, BinaryenStats &stats)
      : module(module), spliced(spliced), options(options), stats(stats),
        bodies(module) {}

  /// Chooses functions; false where there is nothing to do.
  bool select();
  /// Does it.
  llvm::Expected<std::vector<uint8_t>> run();

private:
  using CallCounts = llvm::MapVector<uint32_t, uint64_t>;

  uint32_t toIndex(uint32_t defined) const {
    return defined + module.numImportedFunctions;
  }
  /// Counts `instr` where it calls a template.
  void countCall(const Instr &instr, CallCounts &counts) const {
    if (instr.opcode != Opcode::Call && instr.opcode != Opcode::ReturnCall)
      return;
    auto it = templateOf.find(instr.imms[0]);
    if (it != templateOf.end())
      ++counts[it->second];
  }
  CallCounts countCalls(uint32_t defined) const;
  void addRemaining(const CallCounts &counts) {
    for (auto [index, count] : counts)
      templates[index].remaining += count;
  }
  bool isReadable(uint32_t defined);
  void selectTemplates();
  void selectHost(uint32_t defined, bool spilled);
  void countOtherCalls();
  void reserveLocals();
  void inlineCalls(BinaryenModuleRef binaryen);
  llvm::Error takeBodies(const Module &written);
  llvm::Error takeHost(const Module &written, Host &host);

  const Module &module;
  const SpliceResult &spliced;
  const BinaryenOptions &options;
  BinaryenStats &stats;
  NewBodies bodies;
  std::vector<TemplateFunction> templates;
  llvm::DenseMap<uint32_t, uint32_t> templateOf; // by function index
  std::vector<Host> hosts;
};

} // namespace

//===----------------------------------------------------------------------===//
// Selection
//===----------------------------------------------------------------------===//

Optimizer::CallCounts Optimizer::countCalls(uint32_t defined) const {
  CallCounts counts;
  FunctionCursor cursor(module, defined);
  while (cursor.next())
    countCall(cursor.get(), counts);
  // What cannot be read is found when the function is looked at closely.
  llvm::consumeError(cursor.takeError());
  return counts;
}

/// True where the body of a function can go through Binaryen.
bool Optimizer::isReadable(uint32_t defined) {
  uint32_t numInstructions = 0;
  std::optional<std::string> reason =
      whyUnfaithful(module, defined, [&](const Instr &) { ++numInstructions; });
  if (!reason && numInstructions > kMaxInstructions)
    reason = "the function is too large";
  if (!reason)
    return true;
  if (stats.functionsRefused++ == 0)
    stats.firstRefusal =
        "function " + std::to_string(toIndex(defined)) + ": " + *reason;
  return false;
}

void Optimizer::selectTemplates() {
  for (uint32_t index : spliced.templateFunctions) {
    if (index < module.numImportedFunctions || index >= module.functions.size())
      continue;
    templateOf[index] = templates.size();
    TemplateFunction &function = templates.emplace_back();
    function.defined = index - module.numImportedFunctions;
    function.readable = isReadable(function.defined);
    if (!function.readable)
      continue;
    TypeStack types(module, function.defined);
    function.poolLocals.assign(types.locals().begin(), types.locals().end());
  }
}

void Optimizer::selectHost(uint32_t defined, bool spilled) {
  CallCounts counts = countCalls(defined);
  bool gains = spilled || options.allTouched ||
               llvm::any_of(counts, [&](const auto &entry) {
                 return templates[entry.first].readable;
               });
  for (auto [index, count] : counts)
    templates[index].calls += count;
  if (!gains || !isReadable(defined)) {
    addRemaining(counts);
    return;
  }
  Host &host = hosts.emplace_back();
  host.taken.defined = defined;
  host.numLocals = TypeStack(module, defined).locals().size();
  host.calls = std::move(counts);
}

/// Calls from functions that the splicer generated, such as the start sequence.
void Optimizer::countOtherCalls() {
  if (templates.empty())
    return;
  uint32_t first = templates.front().defined;
  for (const TemplateFunction &function : templates)
    first = std::min(first, function.defined);
  for (uint32_t i = first, e = module.bodies.size(); i != e; ++i) {
    if (llvm::binary_search(spliced.touchedFunctions, toIndex(i)))
      continue;
    CallCounts counts = countCalls(i);
    for (auto [index, count] : counts)
      templates[index].calls += count;
    addRemaining(counts);
  }
}

/// Sets locals aside for what may be inlined.
void Optimizer::reserveLocals() {
  for (Host &host : hosts) {
    for (auto [index, count] : host.calls) {
      const TemplateFunction &function = templates[index];
      if (!function.readable)
        continue;
      std::vector<ValType> &extra = host.taken.extraLocals;
      host.pools[index] = host.numLocals + extra.size();
      llvm::append_range(extra, function.poolLocals);
    }
  }
}

bool Optimizer::select() {
  if (spliced.templateFunctions.empty() && spliced.spilledFunctions.empty() &&
      !options.allTouched)
    return false;
  selectTemplates();
  for (uint32_t index : spliced.touchedFunctions) {
    if (index < module.numImportedFunctions || templateOf.contains(index) ||
        index >= module.functions.size())
      continue;
    selectHost(index - module.numImportedFunctions,
               llvm::binary_search(spliced.spilledFunctions, index));
  }
  countOtherCalls();
  reserveLocals();
  return !hosts.empty();
}

//===----------------------------------------------------------------------===//
// Optimisation
//===----------------------------------------------------------------------===//

void Optimizer::inlineCalls(BinaryenModuleRef binaryen) {
  for (TemplateFunction &function : templates) {
    if (!function.readable)
      continue;
    BinaryenFunctionRef ref =
        BinaryenGetFunctionByIndex(binaryen, toIndex(function.defined));
    uint32_t numParams =
        module.getFunctionType(toIndex(function.defined)).params.size();
    function.inlinable =
        analyzeTemplate(binaryen, ref, function.poolLocals.size() - numParams,
                        function.body) &&
        (function.calls == 1 || function.body.size <= options.inlineLimit);
  }
  Inliner inliner(binaryen);
  for (Host &host : hosts) {
    llvm::DenseMap<const char *, InlineCandidate> candidates;
    for (auto [index, firstLocal] : host.pools) {
      const TemplateFunction &function = templates[index];
      if (!function.inlinable)
        continue;
      const char *name = BinaryenFunctionGetName(
          BinaryenGetFunctionByIndex(binaryen, toIndex(function.defined)));
      candidates[name] = {&function.body, firstLocal};
    }
    if (candidates.empty())
      continue;
    host.inlined = inliner.run(
        BinaryenGetFunctionByIndex(binaryen, toIndex(host.taken.defined)),
        candidates, options.growthLimit);
    stats.callsInlined += host.inlined;
  }
}

llvm::Error Optimizer::takeHost(const Module &written, Host &host) {
  uint32_t defined = host.taken.defined;
  bool smaller = written.bodies[defined].range.size() <
                 module.bodies[defined].range.size();
  if (host.inlined == 0 && !smaller && !options.evenIfLarger) {
    addRemaining(host.calls);
    return llvm::Error::success();
  }
  CallCounts counts;
  if (llvm::Error error = bodies.take(
          defined, [&](const Instr &instr) { countCall(instr, counts); }))
    return error;
  addRemaining(counts);
  ++stats.functionsOptimized;
  return llvm::Error::success();
}

llvm::Error Optimizer::takeBodies(const Module &written) {
  if (llvm::Error error = bodies.setSource(written))
    return error;
  for (Host &host : hosts)
    if (llvm::Error error = takeHost(written, host))
      return error;
  for (TemplateFunction &function : templates) {
    stats.callsKept += function.remaining;
    if (function.remaining != 0)
      continue;
    bodies.setStub(function.defined);
    ++stats.templatesRemoved;
  }
  return llvm::Error::success();
}

llvm::Expected<std::vector<uint8_t>> Optimizer::run() {
  std::vector<TakenFunction> taken;
  for (Host &host : hosts)
    taken.push_back(host.taken);
  for (const TemplateFunction &function : templates)
    if (function.readable)
      taken.push_back({function.defined, {}});
  llvm::sort(taken, [](const TakenFunction &a, const TakenFunction &b) {
    return a.defined < b.defined;
  });

  llvm::SmallVector<uint8_t, 0> subset;
  encodeSubset(module, taken, subset);
  GlobalOptions globalOptions;
  OwnedModule binaryen = readModule(subset);
  if (BinaryenGetNumFunctions(binaryen.get()) != module.functions.size())
    return llvm::createStringError(
        "internal error: Binaryen changed the number of functions");
  inlineCalls(binaryen.get());
  if (options.runPasses)
    runPasses(binaryen.get(), kPasses);
  std::string message;
  if (!validateModule(binaryen.get(), message))
    return llvm::createStringError(
        "internal error: the optimised module is not valid: " + message);
  std::vector<uint8_t> output = writeModule(binaryen.get());
  binaryen.reset();

  llvm::Expected<Module> written = Module::parse(output);
  if (!written)
    return written.takeError();
  if (llvm::Error error = takeBodies(*written))
    return error;
  return bodies.assemble();
}

static llvm::Expected<std::vector<uint8_t>>
optimizeHere(const SpliceResult &spliced, const BinaryenOptions &options,
             BinaryenStats &stats) {
  llvm::Expected<Module> module = Module::parse(spliced.bytes);
  if (!module)
    return module.takeError();
  if (std::optional<std::string> reason = whyUnfaithful(*module)) {
    stats.skipped = std::move(reason);
    return spliced.bytes;
  }
  Optimizer optimizer(*module, spliced, options, stats);
  if (!optimizer.select())
    return spliced.bytes;
  return optimizer.run();
}

llvm::Expected<std::vector<uint8_t>>
optimizeInPlace(const SpliceResult &spliced, const BinaryenOptions &options,
                BinaryenStats *stats) {
  BinaryenStats ignored;
  std::optional<llvm::Expected<std::vector<uint8_t>>> result;
  llvm::thread worker(std::optional<unsigned>(kStackSize), [&] {
    result.emplace(optimizeHere(spliced, options, stats ? *stats : ignored));
  });
  worker.join();
  return std::move(*result);
}

} // namespace whamm::rewrite
