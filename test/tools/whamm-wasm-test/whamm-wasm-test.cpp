//===- whamm-wasm-test.cpp - Many modules at once ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Works on packs of modules, files in which each module follows its length
/// (four bytes, little-endian), and prints a line for each:
///   verdicts    validates: "ok" or "error: MESSAGE"
///   instrument  puts a probe on every instruction: "ok" or "error: MESSAGE";
///               -o gets the outputs, empty where there is none
///   mutate      writes modules made of those of the pack to -o; those that
///               are valid are made others of, too
///   opcodes     prints "COUNT MNEMONIC" for the instructions of valid modules
///
//===----------------------------------------------------------------------===//

#include "EveryOpcode.h"
#include "ModuleMutator.h"

#include "whamm/Wasm/TypeStack.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/WithColor.h"

using namespace whamm;
using namespace whamm::test;
namespace cl = llvm::cl;

static cl::opt<std::string> action(cl::Positional, cl::Required,
                                   cl::desc("<action>"));
static cl::opt<std::string> input(cl::Positional, cl::Required,
                                  cl::desc("<pack>"));
static cl::opt<std::string> output("o", cl::desc("Pack to write"));
static cl::opt<uint64_t> seed("seed", cl::init(1), cl::desc("mutate: seed"));
static cl::opt<unsigned> count("count", cl::init(1000),
                               cl::desc("mutate: number of modules"));
static cl::opt<unsigned> maxSize("max-size", cl::init(20000),
                                 cl::desc("mutate: bytes of a module"));
static cl::list<rewrite::Position>
    positions("at", cl::CommaSeparated, cl::desc("instrument: where"),
              cl::values(clEnumValN(rewrite::Position::Before, "before", ""),
                         clEnumValN(rewrite::Position::After, "after", "")));
static cl::opt<ProbeBody>
    body("probe", cl::init(ProbeBody::Empty), cl::desc("instrument: what"),
         cl::values(clEnumValN(ProbeBody::Empty, "empty", "Nothing"),
                    clEnumValN(ProbeBody::Counter, "counter", "Count"),
                    clEnumValN(ProbeBody::Call, "call", "Call an import")));

static std::vector<ModuleBytes> readPack(llvm::StringRef bytes) {
  std::vector<ModuleBytes> modules;
  while (bytes.size() >= 4) {
    size_t size = llvm::support::endian::read32le(bytes.data());
    llvm::StringRef module = bytes.substr(4, size);
    modules.emplace_back(module.bytes_begin(), module.bytes_end());
    bytes = bytes.substr(4 + size);
  }
  return modules;
}

static void writeModule(llvm::raw_ostream &os, wasm::Bytes bytes) {
  char size[4];
  llvm::support::endian::write32le(size, bytes.size());
  os.write(size, 4);
  os.write(reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

static llvm::Error validate(wasm::Bytes bytes) {
  llvm::Expected<wasm::Module> module = wasm::Module::parse(bytes);
  if (!module)
    return module.takeError();
  return wasm::validateModule(*module);
}

static bool isValid(wasm::Bytes bytes) {
  if (llvm::Error error = validate(bytes)) {
    llvm::consumeError(std::move(error));
    return false;
  }
  return true;
}

static void printResult(llvm::Error error) {
  if (error)
    llvm::outs() << "error: " << llvm::toString(std::move(error)) << '\n';
  else
    llvm::outs() << "ok\n";
}

static void instrument(wasm::Bytes bytes, llvm::raw_ostream &os) {
  llvm::Expected<wasm::Module> module = wasm::Module::parse(bytes);
  auto probe = [&]() -> llvm::Expected<rewrite::SpliceResult> {
    if (!module)
      return module.takeError();
    return probeEveryOpcode(*module, positions, body);
  };
  llvm::Expected<rewrite::SpliceResult> result = probe();
  if (!result) {
    writeModule(os, {});
    return printResult(result.takeError());
  }
  writeModule(os, result->bytes);
  printResult(validate(result->bytes));
}

static void mutate(std::vector<ModuleBytes> pool, llvm::raw_ostream &os) {
  ModuleMutator mutator(seed);
  llvm::erase_if(pool, [](const ModuleBytes &m) { return m.size() > maxSize; });
  size_t given = pool.size();
  for (unsigned i = 0; i != count && given; ++i) {
    Random &random = mutator.getRandom();
    const ModuleBytes &from = pool[random.below(pool.size())];
    ModuleBytes made = mutator.mutate(from, pool[random.below(pool.size())]);
    writeModule(os, made);
    if (made.size() > maxSize || !isValid(made))
      continue;
    // The pool stays of a size, and keeps what it was given.
    if (pool.size() < std::max<size_t>(4 * given, 2000))
      pool.push_back(std::move(made));
    else
      pool[given + random.below(pool.size() - given)] = std::move(made);
  }
}

static void countOpcodes(llvm::ArrayRef<ModuleBytes> modules) {
  std::vector<uint64_t> counts(wasm::getOpcodes().size());
  for (const ModuleBytes &bytes : modules) {
    if (!isValid(bytes))
      continue;
    llvm::Expected<wasm::Module> module = wasm::Module::parse(bytes);
    for (uint32_t i = 0; i != module->bodies.size(); ++i) {
      wasm::FunctionCursor cursor(*module, i);
      while (cursor.next())
        ++counts[static_cast<size_t>(cursor.get().opcode)];
      llvm::consumeError(cursor.takeError());
    }
  }
  for (auto [info, number] : llvm::zip(wasm::getOpcodes(), counts))
    llvm::outs() << number << ' ' << info.mnemonic << '\n';
}

static llvm::Error run() {
  auto buffer = llvm::MemoryBuffer::getFile(input, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createFileError(input, buffer.getError());
  std::vector<ModuleBytes> modules = readPack((*buffer)->getBuffer());
  std::error_code failed;
  llvm::raw_fd_ostream os(output.empty() ? "/dev/null" : output.getValue(),
                          failed);
  if (failed)
    return llvm::createFileError(output, failed);
  if (action == "verdicts")
    for (const ModuleBytes &module : modules)
      printResult(validate(module));
  else if (action == "instrument")
    for (const ModuleBytes &module : modules)
      instrument(module, os);
  else if (action == "mutate")
    mutate(std::move(modules), os);
  else if (action == "opcodes")
    countOpcodes(modules);
  else
    return llvm::createStringError("unknown action '" + action + "'");
  return llvm::Error::success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::ParseCommandLineOptions(argc, argv, "works on packs of modules\n");
  if (llvm::Error error = run()) {
    llvm::WithColor::error() << llvm::toString(std::move(error)) << '\n';
    return 1;
  }
  return 0;
}
