//===- binaryen-test.cpp - Stage 2 of rewriting alone -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Optimises a module as if it came from the splicer; says what the linked
/// Binaryen can handle; checks the table of expressions.
///
//===----------------------------------------------------------------------===//

#include "Compat.h"
#include "Expressions.h"

#include "whamm/Target/Rewrite/Binaryen.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using whamm::wasm::Module;
using namespace whamm::rewrite;

static llvm::cl::opt<std::string> input(llvm::cl::Positional,
                                        llvm::cl::desc("<module>"));
static llvm::cl::opt<std::string> output("o", llvm::cl::init("-"),
                                         llvm::cl::desc("Output file"));
static llvm::cl::list<uint32_t>
    templates("templates", llvm::cl::CommaSeparated,
              llvm::cl::desc("Indices of template functions to be inlined"));
static llvm::cl::list<uint32_t>
    outlined("outlined", llvm::cl::CommaSeparated,
             llvm::cl::desc("Indices of template functions to be called"));
static llvm::cl::list<uint32_t>
    spilled("spilled", llvm::cl::CommaSeparated,
            llvm::cl::desc("Indices of functions with spilled operands"));
static llvm::cl::opt<bool>
    allTouched("all-touched",
               llvm::cl::desc("Optimise functions without calls, too"));
static llvm::cl::opt<bool>
    evenIfLarger("even-if-larger",
                 llvm::cl::desc("Use every body that Binaryen writes"));
static llvm::cl::opt<bool> noPasses("no-passes", llvm::cl::desc("Inline only"));
static llvm::cl::opt<bool>
    statistics("print-stats", llvm::cl::desc("Print statistics to stderr"));
static llvm::cl::opt<bool>
    why("why", llvm::cl::desc("Print why the module and its functions cannot "
                              "go through Binaryen"));
static llvm::cl::opt<bool>
    checkTable("check-table",
               llvm::cl::desc("Check the table of expressions against the "
                              "kinds of the linked version"));

static llvm::cl::opt<bool>
    roundTrip("round-trip", llvm::cl::desc("Only read, validate and write; the "
                                           "module must be faithful"));
static llvm::cl::opt<bool>
    versionNumber("version-number", llvm::cl::desc("Print Binaryen's version"));

/// Prints the kinds that the header declares and the table does not know.
static int checkExpressionTable() {
  int missing = 0;
#define DELEGATE(KIND)                                                         \
  if (llvm::none_of(binaryen::getExpressionKinds(), [](const auto &kind) {     \
        return kind.id() == Binaryen##KIND##Id();                              \
      })) {                                                                    \
    llvm::outs() << "missing: " #KIND "\n";                                    \
    ++missing;                                                                 \
  }
#include <wasm-delegations.def>
  llvm::outs() << binaryen::getExpressionKinds().size() << " kinds, " << missing
               << " missing\n";
  return missing != 0;
}

static int printReasons(const Module &module) {
  std::optional<std::string> reason = whyUnfaithful(module);
  llvm::outs() << "module: " << reason.value_or("fine") << "\n";
  if (reason)
    return 0;
  for (uint32_t i = 0, e = module.bodies.size(); i != e; ++i)
    if ((reason = whyUnfaithful(module, i)))
      llvm::outs() << "function " << i + module.numImportedFunctions << ": "
                   << *reason << "\n";
  return 0;
}

static void printStatistics(const BinaryenStats &stats) {
  llvm::errs() << "optimized " << stats.functionsOptimized << ", refused "
               << stats.functionsRefused << ", inlined " << stats.callsInlined
               << ", kept " << stats.callsKept << ", removed "
               << stats.templatesRemoved << "\n";
  if (stats.skipped)
    llvm::errs() << "skipped: " << *stats.skipped << "\n";
  if (!stats.firstRefusal.empty())
    llvm::errs() << "refused: " << stats.firstRefusal << "\n";
}

/// What the splicer would say of the module: every function but the templates
/// was touched.
static SpliceResult makeSpliceResult(const Module &module) {
  SpliceResult result;
  result.bytes.assign(module.bytes.begin(), module.bytes.end());
  for (uint32_t index : templates)
    result.calledTemplates.push_back({index, /*isInlined=*/true});
  for (uint32_t index : outlined)
    result.calledTemplates.push_back({index, /*isInlined=*/false});
  result.spilledFunctions.assign(spilled.begin(), spilled.end());
  for (uint32_t i = module.numImportedFunctions, e = module.functions.size();
       i != e; ++i)
    if (!llvm::is_contained(templates, i) && !llvm::is_contained(outlined, i))
      result.touchedFunctions.push_back(i);
  return result;
}

static llvm::Expected<std::vector<uint8_t>> readAndWrite(const Module &module) {
  std::vector<uint8_t> bytes(module.bytes.begin(), module.bytes.end());
  binaryen::GlobalOptions globalOptions;
  binaryen::OwnedModule read = binaryen::readModule(bytes);
  std::string message;
  if (!binaryen::validateModule(read.get(), message))
    return llvm::createStringError(message);
  return binaryen::writeModule(read.get());
}

static llvm::Expected<std::vector<uint8_t>> optimize(const Module &module) {
  BinaryenOptions options;
  options.allTouched = allTouched;
  options.evenIfLarger = evenIfLarger;
  options.runPasses = !noPasses;
  BinaryenStats stats;
  auto bytes = optimizeInPlace(makeSpliceResult(module), options, &stats);
  if (statistics)
    printStatistics(stats);
  return bytes;
}

static llvm::Error process(const Module &module) {
  llvm::Expected<std::vector<uint8_t>> bytes =
      roundTrip ? readAndWrite(module) : optimize(module);
  if (!bytes)
    return bytes.takeError();
  std::error_code code;
  llvm::ToolOutputFile file(output, code, llvm::sys::fs::OpenFlags::OF_None);
  if (code)
    return llvm::createStringError(code, "cannot write " + output);
  file.os().write(reinterpret_cast<const char *>(bytes->data()), bytes->size());
  file.keep();
  return llvm::Error::success();
}

static int fail(llvm::Error error) {
  llvm::errs() << "error: " << llvm::toString(std::move(error)) << "\n";
  return 1;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv, "stage 2 of rewriting\n");
  if (versionNumber)
    llvm::outs() << getBinaryenVersion() << "\n";
  if (versionNumber)
    return 0;
  if (checkTable)
    return checkExpressionTable();
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(input);
  if (!buffer)
    return fail(
        llvm::createStringError(buffer.getError(), "cannot read " + input));
  llvm::Expected<Module> module = Module::parse(
      {reinterpret_cast<const uint8_t *>((*buffer)->getBufferStart()),
       (*buffer)->getBufferSize()});
  if (!module)
    return fail(module.takeError());
  if (why)
    return printReasons(*module);
  if (llvm::Error error = process(*module))
    return fail(std::move(error));
  return 0;
}
