//===- whamm-site-test.cpp - Facts that monitors ask for --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Asks the site module, compiled for the host, for every fact at every
/// instruction of a valid module, and compares with the compiler's analyses.
/// With --print, prints the facts instead, one line per instruction.
///
//===----------------------------------------------------------------------===//

#include "Expectations.h"
#include "Reflect.h"

#include "../../../lib/Runtime/Site/Exports.h"

#include "whamm/Wasm/ActiveData.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"

using whamm::wasm::Module;

static llvm::cl::opt<std::string> input(llvm::cl::Positional,
                                        llvm::cl::desc("<module>"));
static llvm::cl::opt<bool> printFacts("print", llvm::cl::desc("Print facts"));

namespace {
/// Counts and reports differences.
class Checker {
public:
  explicit Checker(const Module &module) : module(module) {}

  llvm::Error run();
  unsigned getFailures() const { return failures; }
  unsigned getSites() const { return sites; }

private:
  void check(const llvm::Twine &what, int64_t actual, int64_t expected);
  void checkText(const llvm::Twine &what, const whamm::site::Text *actual,
                 llvm::StringRef expected);
  void checkFunction(const FunctionExpectation &expected);
  void checkSite(const SiteExpectation &site, uint32_t opidx);
  void checkFlow(const SiteExpectation &site);
  void checkImmediates(const SiteExpectation &site);
  void checkNoSite(uint32_t pc);
  void checkNames();
  void checkMemories();

  const Module &module;
  uint32_t fid = 0;
  uint32_t pc = 0;
  unsigned failures = 0;
  unsigned sites = 0;
};
} // namespace

void Checker::check(const llvm::Twine &what, int64_t actual, int64_t expected) {
  if (actual == expected)
    return;
  ++failures;
  llvm::outs() << "function " << fid << ", pc " << pc << ": " << what << " is "
               << actual << ", expected " << expected << "\n";
}

void Checker::checkText(const llvm::Twine &what,
                        const whamm::site::Text *actual,
                        llvm::StringRef expected) {
  llvm::StringRef text(actual->data, actual->size);
  if (text == expected)
    return;
  ++failures;
  llvm::outs() << "function " << fid << ": " << what << " is '" << text
               << "', expected '" << expected << "'\n";
}

void Checker::checkFlow(const SiteExpectation &site) {
  check("opener", site_opener(fid, pc), site.opener);
  check("end_of", site_end_of(fid, pc), site.endOf);
  check("else_of", site_else_of(fid, pc), site.elseOf);
  check("is_func_end", site_is_func_end(fid, pc), site.isFunctionEnd);
  check("follows_only", site_follows_only(fid, pc), site.followsOnly);
  check("is_reachable", site_is_reachable(fid, pc), site.isReachable);
  check("block_start", site_block_start(fid, pc), site.blockStart);
  check("block_end", site_block_end(fid, pc), site.blockEnd);
  check("block_count", site_block_count(fid, pc), site.blockCount);
}

void Checker::checkImmediates(const SiteExpectation &site) {
  size_t count = site.imms.size();
  for (size_t n = 0; n != count; ++n) {
    check("has_imm" + llvm::Twine(n), site_has_imm(fid, pc, n), 1);
    check("imm" + llvm::Twine(n), site_imm(fid, pc, n), site.imms[n]);
    check("target " + llvm::Twine(n), site_target(fid, pc, n),
          site.isTable ? site.imms[n] : -1);
  }
  check("has_imm behind the last", site_has_imm(fid, pc, count), 0);
  check("imm behind the last", site_imm(fid, pc, count), 0);
  check("target behind the last", site_target(fid, pc, count), -1);
  check("num_targets", site_num_targets(fid, pc),
        site.isTable ? static_cast<int64_t>(count) - 1 : -1);
  check("default_target", site_default_target(fid, pc),
        site.isTable ? site.imms.back() : -1);
  check("mem_memory", site_mem_memory(fid, pc), site.memory);
  check("mem_align", site_mem_align(fid, pc), site.align);
  check("mem_offset", site_mem_offset(fid, pc), site.offset);
  check("resolved_fid", site_resolved_fid(fid, pc), site.resolvedFid);
  check("is_proc_exit", site_is_proc_exit(fid, pc), site.isProcExit);
}

void Checker::checkSite(const SiteExpectation &site, uint32_t opidx) {
  pc = site.pc;
  check("event", site_event(fid, pc), site.event);
  check("opidx", site_opidx(fid, pc), opidx);
  check("pc_before", site_pc_before(fid, pc), site.pcBefore);
  check("pc_after", site_pc_after(fid, pc), site.pcAfter);
  check("pc_at", site_pc_at(fid, opidx), pc);
  checkFlow(site);
  checkImmediates(site);
  for (size_t n = 0; n != site.args.size(); ++n)
    check("arg" + llvm::Twine(n), site_arg(fid, pc, n), site.args[n]);
  check("arg behind the last", site_arg(fid, pc, site.args.size()), 0);
}

/// Offsets that are no instruction's have no facts.
void Checker::checkNoSite(uint32_t offset) {
  pc = offset;
  for (auto *fact : {site_event, site_opidx, site_pc_before, site_pc_after,
                     site_opener, site_end_of, site_else_of, site_num_targets,
                     site_default_target, site_resolved_fid})
    check("fact of no instruction", fact(fid, pc), -1);
  for (auto *fact :
       {site_is_func_end, site_follows_only, site_mem_memory, site_mem_align,
        site_is_proc_exit, site_block_start, site_block_end, site_block_count})
    check("truth of no instruction", fact(fid, pc), 0);
  check("arg of no instruction", site_arg(fid, pc, 0), 0);
  check("imm of no instruction", site_has_imm(fid, pc, 0), 0);
  check("target of no instruction", site_target(fid, pc, 0), -1);
  check("reachability of no instruction", site_is_reachable(fid, pc), 1);
}

void Checker::checkFunction(const FunctionExpectation &expected) {
  for (auto [opidx, site] : llvm::enumerate(expected.sites))
    checkSite(site, opidx);
  sites += expected.sites.size();
  // In another order, too.
  for (size_t i = expected.sites.size(); i-- != 0;) {
    pc = expected.sites[i].pc;
    check("opidx backwards", site_opidx(fid, pc), i);
  }
  checkNoSite(0);
  checkNoSite(expected.sites.back().pc + 1);
  check("pc_at behind the last", site_pc_at(fid, expected.sites.size()), -1);
  for (auto [n, type] : llvm::enumerate(expected.locals))
    check("local" + llvm::Twine(n), site_local(fid, n), type);
  check("local behind the last", site_local(fid, expected.locals.size()), 0);
}

void Checker::checkNames() {
  check("num_functions", site_num_functions(), module.functions.size());
  for (fid = 0; fid != module.functions.size(); ++fid) {
    const whamm::wasm::Import *import = module.getFunctionImport(fid);
    llvm::StringRef name = module.getFunctionName(fid);
    check("func_type", site_func_type(fid), module.functions[fid]);
    check("is_import", site_is_import(fid), import != nullptr);
    checkText("fname", site_fname(fid), name);
    checkText("callee_name", site_callee_name(fid),
              import ? import->name : name);
    checkText("callee_module", site_callee_module(fid),
              import ? import->module : module.getModuleName());
    if (import)
      checkNoSite(0);
  }
  // Behind the last function.
  checkNoSite(1);
  check("local of no function", site_local(fid, 0), 0);
  check("type of no function", site_func_type(fid), -1);
  check("import of no function", site_is_import(fid), 0);
  checkText("fname of no function", site_fname(fid), "");
}

void Checker::checkMemories() {
  size_t count = module.memories.size();
  check("num_memories", site_num_memories(), count);
  check("app_memid", site_app_memid(),
        count == module.numImportedMemories
            ? -1
            : static_cast<int64_t>(module.numImportedMemories));
  for (size_t i = 0; i != count; ++i) {
    whamm::wasm::DataSpan span = whamm::wasm::getActiveData(module, i);
    check("page_size", site_page_size(i),
          1u << module.memories[i].pageSizeLog2.value_or(16));
    check("data_start", site_data_start(i), static_cast<uint32_t>(span.begin));
    check("data_len", site_data_len(i),
          static_cast<uint32_t>(span.end - span.begin));
  }
}

llvm::Error Checker::run() {
  for (uint32_t i = 0; i != module.bodies.size(); ++i) {
    fid = module.numImportedFunctions + i;
    llvm::Expected<FunctionExpectation> expected = getExpectation(module, i);
    if (!expected)
      return expected.takeError();
    checkFunction(*expected);
  }
  checkNames();
  checkMemories();
  return llvm::Error::success();
}

/// The types of a site's operands, top first.
static std::string getArgs(uint32_t fid, uint32_t pc) {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (uint32_t n = 0; uint32_t type = site_arg(fid, pc, n); ++n)
    os << (n ? " " : "") << llvm::format("%02x", type);
  return text;
}

static llvm::StringRef getText(const whamm::site::Text *text) {
  return {text->data, text->size};
}

static void printFunction(uint32_t fid) {
  llvm::outs() << "function " << fid << " type " << site_func_type(fid)
               << " import " << site_is_import(fid) << " name '"
               << getText(site_fname(fid)) << "' callee '"
               << getText(site_callee_module(fid)) << "' '"
               << getText(site_callee_name(fid)) << "'\n";
  int32_t pc = site_pc_at(fid, 0);
  for (; pc >= 0; pc = site_pc_after(fid, pc))
    llvm::outs() << fid << ":" << pc << " event " << site_event(fid, pc)
                 << " opener " << site_opener(fid, pc) << " end "
                 << site_end_of(fid, pc) << " else " << site_else_of(fid, pc)
                 << " follows " << site_follows_only(fid, pc) << " live "
                 << site_is_reachable(fid, pc) << " block "
                 << site_block_start(fid, pc) << site_block_end(fid, pc) << " "
                 << site_block_count(fid, pc) << " imm0 "
                 << site_imm(fid, pc, 0) << " args [" << getArgs(fid, pc)
                 << "]\n";
}

static void printApplication() {
  llvm::outs() << "functions " << site_num_functions() << " memories "
               << site_num_memories() << " own " << site_app_memid() << "\n";
  for (uint32_t i = 0; i != site_num_memories(); ++i)
    llvm::outs() << "memory " << i << " page " << site_page_size(i) << " data "
                 << site_data_start(i) << " " << site_data_len(i) << "\n";
  for (uint32_t fid = 0; fid != site_num_functions(); ++fid)
    printFunction(fid);
}

static int fail(const llvm::Twine &message) {
  llvm::errs() << "error: " << message << "\n";
  return 1;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv, "facts that monitors ask for");
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(input);
  if (!buffer)
    return fail("cannot read " + input);
  llvm::Expected<Module> module = Module::parse(
      {reinterpret_cast<const uint8_t *>((*buffer)->getBufferStart()),
       (*buffer)->getBufferSize()});
  if (!module)
    return fail(llvm::toString(module.takeError()));
  setReflectedModule(*module);
  if (printFacts) {
    printApplication();
    return 0;
  }
  Checker checker(*module);
  if (llvm::Error error = checker.run())
    return fail(llvm::toString(std::move(error)));
  llvm::outs() << checker.getSites() << " instructions, "
               << checker.getFailures() << " differences\n";
  return checker.getFailures() != 0;
}
