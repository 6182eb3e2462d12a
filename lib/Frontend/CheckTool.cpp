//===- CheckTool.cpp - The front end as a command -------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Frontend.h"

#include "llvm/Support/Format.h"

#include <chrono>

using namespace whamm;
using namespace whamm::frontend;

namespace {
class NoLibraries : public LibraryTable {
public:
  const Library *lookup(llvm::StringRef) const override { return nullptr; }
  std::vector<llvm::StringRef> getNames() const override { return {}; }
};
} // namespace

const LibraryTable &frontend::getNoLibraries() {
  static const NoLibraries none;
  return none;
}

Frontend::Frontend(std::unique_ptr<llvm::MemoryBuffer> text,
                   const LibraryTable &libraries)
    : libraries(libraries), diags(sources) {
  sources.AddNewSourceBuffer(std::move(text), llvm::SMLoc());
}

const CheckedScript *Frontend::run(bool parseOnly) {
  script = parse(sources, sources.getMainFileID(), context, diags);
  if (!parseOnly && !diags.getNumErrors())
    checked = check(script, context, diags, libraries);
  return checked.get();
}

namespace {
/// The command line, read by hand: the front end adds no global options to
/// the tools that it is linked into.
struct CheckOptions {
  llvm::StringRef file;
  bool dumpAST = false;
  bool dumpChecked = false;
  bool parseOnly = false;
  bool time = false;

  bool parse(llvm::ArrayRef<const char *> args);
};
} // namespace

bool CheckOptions::parse(llvm::ArrayRef<const char *> args) {
  for (llvm::StringRef arg : args) {
    if (arg == "--dump-ast") {
      dumpAST = true;
    } else if (arg == "--dump-checked") {
      dumpChecked = true;
    } else if (arg == "--parse-only") {
      parseOnly = true;
    } else if (arg == "--time") {
      time = true;
    } else if (file.empty() && (arg == "-" || !arg.starts_with("-"))) {
      file = arg;
    } else {
      llvm::errs() << "error: unexpected argument '" << arg << "'\n";
      return false;
    }
  }
  if (file.empty())
    llvm::errs()
        << "usage: whamm check [--dump-ast] [--dump-checked] [--parse-only] "
           "[--time] script.mm\n";
  return !file.empty();
}

/// Parses and checks as the options say, dumps what they ask for.
static void runFrontend(Frontend &frontend, const CheckOptions &options) {
  auto start = std::chrono::steady_clock::now();
  const CheckedScript *checked = frontend.run(options.parseOnly);
  std::chrono::duration<double, std::milli> taken =
      std::chrono::steady_clock::now() - start;
  if (options.dumpAST)
    dump(frontend.getScript(), llvm::outs());
  if (options.dumpChecked && checked)
    dump(*checked, llvm::outs());
  if (options.time)
    llvm::errs() << llvm::format("%.3f ms\n", taken.count());
}

int frontend::runCheckTool(int argc, char **argv,
                           const LibraryTable &libraries) {
  CheckOptions options;
  if (!options.parse(llvm::ArrayRef<const char *>(argv, argc).drop_front()))
    return 2; // a mistake in the command line
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(options.file,
                                                   /*IsText=*/false);
  if (!buffer) {
    llvm::errs() << options.file << ": error: cannot read the script: "
                 << buffer.getError().message() << '\n';
    return 1;
  }
  Frontend frontend(std::move(*buffer), libraries);
  runFrontend(frontend, options);
  frontend.getDiagnostics().print(llvm::errs());
  return frontend.getDiagnostics().getNumErrors() ? 1 : 0;
}
