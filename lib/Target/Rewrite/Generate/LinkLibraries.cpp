//===- LinkLibraries.cpp - Which library functions to copy ----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "LinkLibraries.h"

#include "whamm/Target/Rewrite/Binaryen.h"
#include "whamm/Wasm/FunctionCursor.h"

#include "llvm/ADT/STLExtras.h"

using namespace whamm;
using namespace whamm::rewrite;
using wasm::Category;
using wasm::Opcode;
using wasm::Proposal;

/// A reason why something stays an import, or nullopt.
using Reason = std::optional<std::string>;

/// Instructions that are copied in all. Where a function does much, its call
/// costs little, and the output should not grow for it.
static constexpr uint32_t kMaxInstructions = 2000;
static const char *const tooLarge = "it is too large";

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

/// True for instructions that work on operands, locals and labels alone, and
/// for direct calls.
static bool isSelfContained(const wasm::OpcodeInfo &info) {
  switch (info.proposal) {
  case Proposal::Mvp:
  case Proposal::SignExtension:
  case Proposal::SaturatingConversion:
    break;
  default:
    return false;
  }
  switch (info.category) {
  case Category::Arith:
  case Category::Compare:
  case Category::Const:
  case Category::Control:
  case Category::Convert:
  case Category::LocalAccess:
  case Category::Misc:
    return true;
  default:
    return false;
  }
}

static bool isLinkable(const wasm::Instr &instr) {
  // The one instruction of control that needs a table.
  if (instr.opcode == Opcode::CallIndirect)
    return false;
  return isSelfContained(wasm::getOpcodeInfo(instr.opcode));
}

/// Parameters and results that scripts know.
static bool hasPlainType(const wasm::FuncType &type) {
  auto isNumber = [](wasm::ValType value) { return value.isNum(); };
  return type.results.size() <= 1 && llvm::all_of(type.params, isNumber) &&
         llvm::all_of(type.results, isNumber);
}

/// Blocks with at most one result, a number.
static bool hasPlainBlock(const wasm::Instr &instr) {
  const wasm::BlockType &block = instr.block;
  return block.kind == wasm::BlockType::Kind::Empty ||
         (block.kind == wasm::BlockType::Kind::Value && block.value.isNum());
}

namespace {

/// What is known of one function of a library.
struct Body {
  Reason reason; // why it cannot be copied
  llvm::SmallVector<uint32_t, 4> callees;
  uint32_t numInstructions = 0;
  bool usesSignExtension = false, usesSaturation = false;
};

/// The functions of a library, looked at when they are asked for.
class LibraryScanner {
public:
  explicit LibraryScanner(const LinkableLibrary &library)
      : library(library), libraryReason(findLibraryReason()) {}

  /// Finds the functions that have to be copied for `request`, ascending, or
  /// the reason why one of them cannot be.
  Reason findFunctions(const LinkRequest &request,
                       std::vector<uint32_t> &functions);
  /// The function that an export gives.
  uint32_t getFunction(llvm::StringRef name) const {
    return library.module->findExport(name, wasm::ExternKind::Func)->index;
  }
  const Body &getBody(uint32_t function);
  const LinkableLibrary &getLibrary() const { return library; }

private:
  Reason findLibraryReason() const;
  Reason checkExport(const LinkRequest &request) const;
  Body scan(uint32_t function) const;
  void add(const wasm::Instr &instr, Body &body) const;
  std::string describe(uint32_t function) const;

  LinkableLibrary library;
  Reason libraryReason; // why none of its functions can be copied
  std::map<uint32_t, Body> bodies;
};

} // namespace

/// A library from which nothing is imported any more is not instantiated, which
/// must not be noticed.
static bool writesToOthers(const wasm::Module &module) {
  using Mode = wasm::ElementSegment::Mode;
  return llvm::any_of(module.data,
                      [&](const wasm::DataSegment &segment) {
                        return segment.isActive &&
                               segment.memory < module.numImportedMemories;
                      }) ||
         llvm::any_of(module.elements,
                      [&](const wasm::ElementSegment &segment) {
                        return segment.mode == Mode::Active &&
                               segment.table < module.numImportedTables;
                      });
}

Reason LibraryScanner::findLibraryReason() const {
  const wasm::Module &module = *library.module;
  if (module.start)
    return "the library has a start function";
  // Hosts call it when they have instantiated the library.
  if (module.findExport("_initialize", wasm::ExternKind::Func))
    return "the library exports '_initialize'";
  if (writesToOthers(module))
    return "the library writes to what it imports when it is instantiated";
  return whyUnfaithful(module);
}

std::string LibraryScanner::describe(uint32_t function) const {
  std::string text = "function " + std::to_string(function);
  llvm::StringRef name = library.module->getFunctionName(function);
  return name.empty() ? text : text + " ('" + name.str() + "')";
}

void LibraryScanner::add(const wasm::Instr &instr, Body &body) const {
  ++body.numInstructions;
  Proposal proposal = wasm::getOpcodeInfo(instr.opcode).proposal;
  body.usesSignExtension |= proposal == Proposal::SignExtension;
  body.usesSaturation |= proposal == Proposal::SaturatingConversion;
  if (instr.opcode == Opcode::Call)
    body.callees.push_back(instr.imms[0]);
  if (body.reason)
    return;
  if (!isLinkable(instr))
    body.reason = "uses '" + wasm::getMnemonic(instr.opcode).str() + "'";
  else if (!hasPlainBlock(instr))
    body.reason = "has a block that passes more than a number";
}

Body LibraryScanner::scan(uint32_t function) const {
  const wasm::Module &module = *library.module;
  Body body;
  if (function < module.numImportedFunctions) {
    body.reason = "is an import of the library";
    return body;
  }
  if (!hasPlainType(module.getFunctionType(function))) {
    body.reason = "takes or returns more than numbers";
    return body;
  }
  uint32_t defined = function - module.numImportedFunctions;
  wasm::FunctionCursor cursor(module, defined);
  while (cursor.next() && body.numInstructions <= kMaxInstructions)
    add(cursor.get(), body);
  llvm::consumeError(cursor.takeError());
  if (!body.reason && body.numInstructions <= kMaxInstructions)
    body.reason = whyUnfaithful(module, defined);
  return body;
}

const Body &LibraryScanner::getBody(uint32_t function) {
  auto [it, isNew] = bodies.try_emplace(function);
  if (isNew)
    it->second = scan(function);
  return it->second;
}

Reason LibraryScanner::checkExport(const LinkRequest &request) const {
  const wasm::Module &module = *library.module;
  if (libraryReason)
    return libraryReason;
  if (!module.findExport(request.name, wasm::ExternKind::Func))
    return "the library has no such function";
  const wasm::FuncType &type =
      module.getFunctionType(getFunction(request.name));
  if (type.params != request.type.params ||
      type.results != request.type.results)
    return "the function has another type";
  return std::nullopt;
}

Reason LibraryScanner::findFunctions(const LinkRequest &request,
                                     std::vector<uint32_t> &functions) {
  if (Reason reason = checkExport(request))
    return reason;
  functions = {getFunction(request.name)};
  uint64_t numInstructions = 0;
  // What is appended is visited, too.
  for (size_t i = 0; i != functions.size(); ++i) {
    const Body &body = getBody(functions[i]);
    if (body.reason)
      return describe(functions[i]) + " " + *body.reason;
    numInstructions += body.numInstructions;
    if (numInstructions > kMaxInstructions)
      return tooLarge;
    for (uint32_t callee : body.callees)
      if (!llvm::is_contained(functions, callee))
        functions.push_back(callee);
  }
  llvm::sort(functions);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Choice
//===----------------------------------------------------------------------===//

namespace {

/// A request that can be met.
struct Candidate {
  const LinkRequest *request;
  LibraryScanner *scanner;
  uint32_t function;
  std::vector<uint32_t> functions; // it and what it calls, ascending
  uint64_t numInstructions;
};

class LinkPlanner {
public:
  LinkPlanner(llvm::ArrayRef<LinkableLibrary> libraries, LinkStats &stats)
      : stats(stats) {
    for (const LinkableLibrary &library : libraries)
      scanners.emplace_back(library);
  }
  LinkPlan run(llvm::ArrayRef<LinkRequest> requests);

private:
  void addCandidate(const LinkRequest &request);
  LinkedLibrary &getLinked(const LinkableLibrary &library);
  void link(const Candidate &candidate);

  LinkStats &stats;
  llvm::SmallVector<LibraryScanner, 0> scanners;
  std::vector<Candidate> candidates;
  uint64_t numInstructions = 0; // that are copied
  LinkPlan plan;
};

} // namespace

/// Imports of what is no user library stay what they are.
void LinkPlanner::addCandidate(const LinkRequest &request) {
  auto *scanner = llvm::find_if(scanners, [&](const LibraryScanner &other) {
    return other.getLibrary().importName == request.module;
  });
  if (scanner == scanners.end())
    return;
  Candidate candidate{&request, scanner, 0, {}, 0};
  if (Reason reason = scanner->findFunctions(request, candidate.functions)) {
    stats.kept.push_back({request.symbol, *reason});
    return;
  }
  candidate.function = scanner->getFunction(request.name);
  for (uint32_t function : candidate.functions)
    candidate.numInstructions += scanner->getBody(function).numInstructions;
  candidates.push_back(std::move(candidate));
}

LinkedLibrary &LinkPlanner::getLinked(const LinkableLibrary &library) {
  for (LinkedLibrary &linked : plan.libraries)
    if (linked.module == library.module)
      return linked;
  return plan.libraries.emplace_back(LinkedLibrary{library.module, {}});
}

/// Takes a candidate over, unless that exceeds the limit.
void LinkPlanner::link(const Candidate &candidate) {
  LibraryScanner &scanner = *candidate.scanner;
  LinkedLibrary &linked = getLinked(scanner.getLibrary());
  uint64_t numNew = 0;
  for (uint32_t function : candidate.functions)
    if (!linked.functions.count(function))
      numNew += scanner.getBody(function).numInstructions;
  if (numInstructions + numNew > kMaxInstructions) {
    stats.kept.push_back({candidate.request->symbol, tooLarge});
    return;
  }
  numInstructions += numNew;
  for (uint32_t function : candidate.functions) {
    const Body &body = scanner.getBody(function);
    plan.usesSignExtension |= body.usesSignExtension;
    plan.usesSaturation |= body.usesSaturation;
    linked.functions[function] =
        scanner.getLibrary().importName + "#" + std::to_string(function);
  }
  plan.targets[candidate.request->symbol] =
      linked.functions[candidate.function];
  stats.linked.push_back({candidate.request->symbol,
                          static_cast<unsigned>(candidate.functions.size()),
                          candidate.numInstructions});
}

LinkPlan LinkPlanner::run(llvm::ArrayRef<LinkRequest> requests) {
  for (const LinkRequest &request : requests)
    addCandidate(request);
  llvm::sort(candidates, [](const Candidate &a, const Candidate &b) {
    return std::pair(a.numInstructions, llvm::StringRef(a.request->symbol)) <
           std::pair(b.numInstructions, llvm::StringRef(b.request->symbol));
  });
  for (const Candidate &candidate : candidates)
    link(candidate);
  llvm::erase_if(plan.libraries, [](const LinkedLibrary &linked) {
    return linked.functions.empty();
  });
  return std::move(plan);
}

LinkPlan whamm::rewrite::planLinking(llvm::ArrayRef<LinkRequest> requests,
                                     llvm::ArrayRef<LinkableLibrary> libraries,
                                     LinkStats &stats) {
  return LinkPlanner(libraries, stats).run(requests);
}
