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
#include "llvm/Support/Parallel.h"
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

/// Function passes, in this order: what operands need that went through locals,
/// and no more.
constexpr const char *kPasses[] = {"simplify-locals-nostructure",
                                   "coalesce-locals", "vacuum",
                                   "reorder-locals"};

/// Passes take quadratic time in the worst case, and coalescing takes memory
/// for every pair of locals: larger functions get none.
constexpr uint64_t kMaxPassBytes = 64 << 10;
constexpr BinaryenIndex kMaxPassLocals = 2000;

/// This much code gets its passes in any case, and so much at most: in large
/// modules they would take longer per byte than in small ones, as expressions
/// do not stay in the caches.
constexpr uint64_t kMinPassBytes = 128 << 10;
constexpr uint64_t kMaxPassTotal = 1 << 20;

/// A function that is called at sites.
struct TemplateFunction {
  uint32_t defined = 0;
  uint32_t numParams = 0;
  bool readable = false;     // is to be inlined and Binaryen can read it
  bool writesParams = false; // so that they need locals wherever it is inlined
  uint64_t remaining = 0;    // in the output
  std::vector<ValType> locals; // parameters first
  InlineTemplate body;
  bool inlinable = false;
};

/// The calls of one template in one function.
struct TemplateCalls {
  uint64_t count = 0;
  /// Some call has an operand that is neither a constant nor a local.
  bool complex = false;
  /// Where its locals begin in the host.
  uint32_t firstLocal = 0;
};

using CallCounts = llvm::MapVector<uint32_t, TemplateCalls>;

/// A function that got code.
struct Host {
  uint32_t defined = 0;
  bool spilled = false;
  bool passes = false; // gets passes
  bool taken = false;
  CallCounts calls;                  // by template
  std::optional<std::string> reason; // why it is not taken although it should
  uint32_t numLocals = 0;            // parameters and locals of its own
  std::vector<ValType> extraLocals;
  InlineResult inlined;
};

class Optimizer {
public:
  Optimizer(const Module &module, const SpliceResult &spliced,
            const BinaryenOptions &options, BinaryenStats &stats)
      : module(module), spliced(spliced), options(options), stats(stats),
        bodies(module) {}

  /// Chooses functions; false where there is nothing to do.
  bool select();
  /// Counts the calls that there are in the output.
  void countKeptCalls() {
    for (const TemplateFunction &function : templates)
      stats.callsKept += function.remaining;
  }
  /// Does it.
  llvm::Expected<std::vector<uint8_t>> run();

private:
  uint32_t toIndex(uint32_t defined) const {
    return defined + module.numImportedFunctions;
  }
  CallCounts countCalls(uint32_t defined) const;
  void addRemaining(const CallCounts &counts) {
    for (const auto &[index, calls] : counts)
      templates[index].remaining += calls.count;
  }
  std::optional<std::string>
  whyUnreadable(uint32_t defined,
                llvm::function_ref<void(const Instr &)> visit) const;
  void refuse(uint32_t defined, const std::string &reason);
  void selectTemplates();
  void selectHosts();
  void choosePasses();
  void examine(Host &host) const;
  void countOtherCalls();
  void reserveLocals(Host &host);
  BinaryenFunctionRef getFunction(BinaryenModuleRef binaryen,
                                  uint32_t defined) const {
    return BinaryenGetFunctionByIndex(binaryen, toIndex(defined));
  }
  void inlineCalls(BinaryenModuleRef binaryen);
  void inlineInto(Host &host, BinaryenModuleRef binaryen, Inliner &inliner);
  void runFunctionPasses(BinaryenModuleRef binaryen);
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
  uint64_t passBudget = 0; // bytes of code that may still get passes
};

} // namespace

//===----------------------------------------------------------------------===//
// Selection
//===----------------------------------------------------------------------===//

/// True for operands that need no local of their own to be inlined.
static bool isPlainOperand(Opcode opcode) {
  switch (opcode) {
  case Opcode::I32Const:
  case Opcode::I64Const:
  case Opcode::F32Const:
  case Opcode::F64Const:
  case Opcode::LocalGet:
    return true;
  default:
    return false;
  }
}

CallCounts Optimizer::countCalls(uint32_t defined) const {
  CallCounts counts;
  uint32_t numPlain = 0; // instructions in a row that are plain operands
  FunctionCursor cursor(module, defined);
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    if (instr.opcode == Opcode::Call || instr.opcode == Opcode::ReturnCall) {
      auto it = templateOf.find(instr.imms[0]);
      if (it != templateOf.end()) {
        TemplateCalls &calls = counts[it->second];
        ++calls.count;
        calls.complex |= numPlain < templates[it->second].numParams;
      }
    }
    numPlain = isPlainOperand(instr.opcode) ? numPlain + 1 : 0;
  }
  // What cannot be read is found when the function is looked at closely.
  llvm::consumeError(cursor.takeError());
  return counts;
}

/// Why the body of a function cannot go through Binaryen, or nullopt.
std::optional<std::string>
Optimizer::whyUnreadable(uint32_t defined,
                         llvm::function_ref<void(const Instr &)> visit) const {
  uint32_t numInstructions = 0;
  std::optional<std::string> reason =
      whyUnfaithful(module, defined, [&](const Instr &instr) {
        ++numInstructions;
        visit(instr);
      });
  if (!reason && numInstructions > kMaxInstructions)
    reason = "the function is too large";
  return reason;
}

void Optimizer::refuse(uint32_t defined, const std::string &reason) {
  if (stats.functionsRefused++ == 0)
    stats.firstRefusal =
        "function " + std::to_string(toIndex(defined)) + ": " + reason;
}

void Optimizer::selectTemplates() {
  for (auto [index, isInlined] : spliced.calledTemplates) {
    if (index < module.numImportedFunctions || index >= module.functions.size())
      continue;
    templateOf[index] = templates.size();
    TemplateFunction &function = templates.emplace_back();
    function.defined = index - module.numImportedFunctions;
    function.numParams = module.getFunctionType(index).params.size();
    if (!isInlined)
      continue;
    std::optional<std::string> reason =
        whyUnreadable(function.defined, [&](const Instr &instr) {
          bool writes = instr.opcode == Opcode::LocalSet ||
                        instr.opcode == Opcode::LocalTee;
          if (writes && instr.imms[0] < function.numParams)
            function.writesParams = true;
        });
    function.readable = !reason;
    if (reason) {
      refuse(function.defined, *reason);
      continue;
    }
    TypeStack types(module, function.defined);
    function.locals.assign(types.locals().begin(), types.locals().end());
  }
}

/// Decides whether a function is taken up. Runs for many functions at a time.
void Optimizer::examine(Host &host) const {
  if (!templates.empty())
    host.calls = countCalls(host.defined);
  bool gains = host.passes || options.allTouched ||
               llvm::any_of(host.calls, [&](const auto &entry) {
                 return templates[entry.first].readable;
               });
  if (!gains)
    return;
  host.reason = whyUnreadable(host.defined, [](const Instr &) {});
  if (host.reason)
    return;
  host.taken = true;
  host.numLocals = TypeStack(module, host.defined).locals().size();
}

/// Decides which of the functions with spilled operands get passes. The budget
/// goes to as many as possible.
void Optimizer::choosePasses() {
  if (!options.runPasses)
    return;
  uint64_t total = 0;
  std::vector<std::pair<uint64_t, Host *>> bySize;
  for (Host &host : hosts) {
    uint64_t size = module.bodies[host.defined].range.size();
    total += size;
    if ((host.spilled || options.allTouched) && size <= kMaxPassBytes)
      bySize.push_back({size, &host});
  }
  passBudget =
      std::clamp(total * options.passShare / 100, kMinPassBytes, kMaxPassTotal);
  if (options.allTouched)
    passBudget = UINT64_MAX;
  llvm::sort(bySize); // hosts of one size: in the order of the vector
  for (auto [size, host] : bySize) {
    if (size > passBudget)
      return;
    passBudget -= size;
    host->passes = true;
  }
}

void Optimizer::selectHosts() {
  for (uint32_t index : spliced.touchedFunctions) {
    if (index < module.numImportedFunctions || templateOf.contains(index) ||
        index >= module.functions.size())
      continue;
    Host &host = hosts.emplace_back();
    host.defined = index - module.numImportedFunctions;
    host.spilled = llvm::binary_search(spliced.spilledFunctions, index);
  }
  choosePasses();
  llvm::parallelFor(0, hosts.size(), [&](size_t i) { examine(hosts[i]); });
  for (Host &host : hosts) {
    if (host.reason)
      refuse(host.defined, *host.reason);
    if (host.taken)
      reserveLocals(host);
    else
      addRemaining(host.calls);
  }
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
    addRemaining(countCalls(i));
  }
}

/// True where the parameters of a template need locals in a host.
static bool needsParamLocals(const TemplateFunction &function,
                             const TemplateCalls &calls) {
  return calls.complex || function.writesParams;
}

/// Sets locals aside for what may be inlined.
void Optimizer::reserveLocals(Host &host) {
  for (auto &[index, calls] : host.calls) {
    const TemplateFunction &function = templates[index];
    if (!function.readable)
      continue;
    calls.firstLocal = host.numLocals + host.extraLocals.size();
    llvm::ArrayRef<ValType> locals = function.locals;
    if (!needsParamLocals(function, calls))
      locals = locals.drop_front(function.numParams);
    llvm::append_range(host.extraLocals, locals);
  }
}

bool Optimizer::select() {
  if (spliced.calledTemplates.empty() && spliced.spilledFunctions.empty() &&
      !options.allTouched)
    return false;
  selectTemplates();
  selectHosts();
  countOtherCalls();
  return llvm::any_of(hosts, [](const Host &host) { return host.taken; });
}

//===----------------------------------------------------------------------===//
// Optimisation
//===----------------------------------------------------------------------===//

void Optimizer::inlineInto(Host &host, BinaryenModuleRef binaryen,
                           Inliner &inliner) {
  llvm::DenseMap<const char *, InlineCandidate> candidates;
  for (const auto &[index, calls] : host.calls) {
    const TemplateFunction &function = templates[index];
    if (!function.inlinable)
      continue;
    const char *name =
        BinaryenFunctionGetName(getFunction(binaryen, function.defined));
    candidates[name] = {&function.body, needsParamLocals(function, calls),
                        calls.firstLocal};
  }
  if (candidates.empty())
    return;
  host.inlined = inliner.run(getFunction(binaryen, host.defined), candidates,
                             options.growthLimit);
  stats.callsInlined += host.inlined.numInlined;
}

void Optimizer::inlineCalls(BinaryenModuleRef binaryen) {
  for (TemplateFunction &function : templates)
    function.inlinable =
        function.readable &&
        analyzeTemplate(binaryen, getFunction(binaryen, function.defined),
                        function.locals.size() - function.numParams,
                        function.body);
  Inliner inliner(binaryen);
  for (Host &host : hosts)
    if (host.taken)
      inlineInto(host, binaryen, inliner);
}

/// Runs passes on the chosen functions and, as far as the budget goes, on those
/// in which operands had to go through locals to be inlined: those with most to
/// win for their size first.
void Optimizer::runFunctionPasses(BinaryenModuleRef binaryen) {
  std::vector<std::tuple<double, uint32_t, Host *>> byGain;
  for (Host &host : hosts) {
    uint64_t size = module.bodies[host.defined].range.size();
    if (host.inlined.numAssigned != 0 && !host.passes && size <= kMaxPassBytes)
      byGain.push_back(
          {-double(host.inlined.numAssigned) / size, host.defined, &host});
  }
  llvm::sort(byGain);
  for (auto [gain, defined, host] : byGain) {
    uint64_t size = module.bodies[defined].range.size();
    if (size > passBudget)
      break;
    passBudget -= size;
    host->passes = true;
  }
  for (const Host &host : hosts) {
    if (!host.taken || !host.passes)
      continue;
    BinaryenFunctionRef function = getFunction(binaryen, host.defined);
    if (BinaryenFunctionGetNumLocals(function) <= kMaxPassLocals)
      runPasses(function, binaryen, kPasses);
  }
}

llvm::Error Optimizer::takeHost(const Module &written, Host &host) {
  uint32_t defined = host.defined;
  // Passes may trade some bytes for speed: fewer detours through locals.
  // Reading and writing alone is worth a new body only where it is smaller.
  uint64_t oldSize = module.bodies[defined].range.size();
  uint64_t newSize = written.bodies[defined].range.size();
  bool better =
      host.passes ? newSize <= oldSize + oldSize / 4 : newSize < oldSize;
  if (host.inlined.numInlined == 0 && !better && !options.evenIfLarger) {
    addRemaining(host.calls);
    return llvm::Error::success();
  }
  if (llvm::Error error = bodies.take(defined, [&](const Instr &instr) {
        if (instr.opcode != Opcode::Call && instr.opcode != Opcode::ReturnCall)
          return;
        auto it = templateOf.find(instr.imms[0]);
        if (it != templateOf.end())
          ++templates[it->second].remaining;
      }))
    return error;
  ++stats.functionsOptimized;
  return llvm::Error::success();
}

llvm::Error Optimizer::takeBodies(const Module &written) {
  if (llvm::Error error = bodies.setSource(written))
    return error;
  for (Host &host : hosts)
    if (host.taken)
      if (llvm::Error error = takeHost(written, host))
        return error;
  countKeptCalls();
  for (const TemplateFunction &function : templates) {
    if (function.remaining != 0)
      continue;
    bodies.setStub(function.defined);
    ++stats.templatesRemoved;
  }
  return llvm::Error::success();
}

llvm::Expected<std::vector<uint8_t>> Optimizer::run() {
  std::vector<TakenFunction> taken;
  for (const Host &host : hosts)
    if (host.taken)
      taken.push_back({host.defined, host.extraLocals});
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
    runFunctionPasses(binaryen.get());
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
  if (!optimizer.select()) {
    optimizer.countKeptCalls();
    return spliced.bytes;
  }
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
