//===- Run.cpp - `whamm run` ------------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Driver.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <unistd.h>

using namespace llvm;
using namespace whamm;

static constexpr StringLiteral usage =
    R"(usage: whamm run [-u LIBS]... [--report-file FILE] PROGRAM.wasm [-- ARGS...]

Runs a program under Node.js with WASI: its output, then the report of its
instrumentation. The exit status is the program's; 134 after a trap or an
uncaught exception, which are followed by the report, too.

  -u LIBS             libraries that the instrumentation imports: NAME=LIB.wasm,
                      NAME(MODULE)=LIB.wasm, or several with `,` between them
  --report-file FILE  write the report to FILE
environment
  WHAMM_FORMAT=json   the report as JSON
  WHAMM_NODE          the Node.js to use, instead of `node` of the PATH
)";

/// The command line of the runner, or nothing after a mistake.
static std::optional<std::vector<std::string>> makeArguments(int argc,
                                                             char **argv) {
  std::vector<std::string> args{findRuntimeFile("run.mjs"), "--core",
                                findRuntimeFile("whamm_core.wasm")};
  bool hasProgram = false;
  for (int i = 1; i < argc; ++i) {
    StringRef arg = argv[i];
    if (arg == "--") {
      args.insert(args.end(), argv + i, argv + argc);
      break;
    }
    bool isLib = arg == "-u" || arg == "--user-libs";
    if (isLib || arg == "--report-file") {
      if (i + 1 == argc) {
        WithColor::error() << arg << " needs a value\n";
        return std::nullopt;
      }
      args.push_back(isLib ? "-u" : "--report-file");
      args.push_back(argv[++i]);
      continue;
    }
    if (arg.starts_with("-") || hasProgram) {
      WithColor::error() << "unexpected argument '" << arg
                         << "'; arguments of the program go behind `--`\n";
      return std::nullopt;
    }
    hasProgram = true;
    args.push_back(arg.str());
  }
  if (hasProgram)
    return args;
  WithColor::error() << "no program given\n" << usage;
  return std::nullopt;
}

int whamm::runRun(int argc, char **argv) {
  for (StringRef arg : ArrayRef(argv, argc).drop_front())
    if (arg == "--") {
      break;
    } else if (arg == "--help" || arg == "-h") {
      outs() << usage;
      return exitSuccess;
    }
  auto args = makeArguments(argc, argv);
  if (!args)
    return exitUsage;
  const char *chosen = std::getenv("WHAMM_NODE");
  ErrorOr<std::string> node =
      sys::findProgramByName(chosen && *chosen ? chosen : "node");
  if (!node) {
    WithColor::error() << "cannot find Node.js: " << node.getError().message()
                       << "\n";
    return exitFailure;
  }
  // The program takes this process over: signals and streams are its own, and
  // its environment does not say where Node.js is.
  unsetenv("WHAMM_NODE");
  args->insert(args->begin(), {*node, "--no-warnings"});
  SmallVector<char *> pointers;
  for (std::string &arg : *args)
    pointers.push_back(arg.data());
  pointers.push_back(nullptr);
  execv(node->c_str(), pointers.data());
  WithColor::error() << "cannot start " << *node << "\n";
  return exitFailure;
}
