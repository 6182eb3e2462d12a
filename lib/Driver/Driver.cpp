//===- Driver.cpp - The command `whamm` -------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Driver.h"

#include "whamm/Frontend/Frontend.h"
#include "whamm/Runtime/Runtime.h"
#include "whamm/Support/Libraries.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace whamm;

static constexpr StringLiteral usage =
    R"(whamm: instruments WebAssembly programs by scripts

usage: whamm COMMAND [OPTIONS]      (`whamm COMMAND --help` says more)

commands
  instr      put the instrumentation of a script into a program
  run        run a program, instrumented or not, and print its report
  check      check a script
  info       list the events, modes and names that a rule matches
  core-lib   print the path of the runtime library, whamm_core.wasm

options
  --help     this text
  --version  versions of whamm and of what it is built on

exit status: 0 success, 1 bad input, 2 bad command line, 3 internal error;
`whamm run` passes on the status of the program, 134 after a trap.
)";

static void printVersion() {
  outs() << "whamm " << WHAMM_VERSION << "\n  LLVM and MLIR "
         << LLVM_VERSION_STRING << "\n  Binaryen " << WHAMM_BINARYEN_VERSION
         << "\n";
}

std::string whamm::findRuntimeFile(StringRef name) {
  static int anchor;
  std::string path = sys::fs::getMainExecutable("whamm", &anchor);
  return runtime::findRuntimeFile(sys::path::parent_path(path), name);
}

/// True where a command's arguments ask for its help.
static bool wantsHelp(ArrayRef<char *> args) {
  return any_of(args,
                [](StringRef arg) { return arg == "--help" || arg == "-h"; });
}

int whamm::runCoreLib(int argc, char **argv) {
  if (argc > 1) {
    bool isHelp = wantsHelp(ArrayRef(argv, argc).drop_front());
    (isHelp ? outs() : errs())
        << "usage: whamm core-lib\n\nPrints the path of the runtime "
           "library, which instrumented programs import as whamm_core.\n";
    return isHelp ? exitSuccess : exitUsage;
  }
  outs() << findRuntimeFile("whamm_core.wasm") << "\n";
  return exitSuccess;
}

static int fail(const Twine &message, int status) {
  WithColor::error() << message << "\n";
  return status;
}

/// Takes `-u` from the command line; the front end knows no files but the
/// script's.
static int runCheckWithLibraries(int argc, char **argv) {
  SmallVector<char *> args{argv[0]};
  std::vector<std::string> options;
  for (int i = 1; i < argc; ++i) {
    StringRef arg = argv[i];
    if (arg != "-u" && arg != "--user-libs") {
      args.push_back(argv[i]);
      continue;
    }
    if (++i == argc)
      return fail(arg + " needs a value", exitUsage);
    options.push_back(argv[i]);
  }
  if (auto parsed = parseLibraryOptions(options); !parsed)
    return fail("-u: " + toString(parsed.takeError()), exitUsage);
  Expected<LibrarySet> libraries =
      LibrarySet::load(findRuntimeFile("whamm_core.wasm"), options);
  if (!libraries)
    return fail(toString(libraries.takeError()), exitFailure);
  return frontend::runCheckTool(args.size(), args.data(), *libraries);
}

/// `check` under its full name, with its help.
static int runCheck(int argc, char **argv) {
  if (!wantsHelp(ArrayRef(argv, argc).drop_front()))
    return runCheckWithLibraries(argc, argv);
  outs() << "usage: whamm check [-u LIBRARIES]... [--dump-ast] "
            "[--dump-checked] [--parse-only] [--time] SCRIPT\n\nSays what is "
            "wrong with a script.\n\n  -u, --user-libs LIBRARIES   what the "
            "script may use: NAME=LIB.wasm or\n                              "
            "NAME(IMPORT)=LIB.wasm, separated by commas\n";
  return exitSuccess;
}

int whamm::runDriver(int argc, char **argv) {
  StringRef command = argc > 1 ? argv[1] : "--help";
  if (command == "--help" || command == "-h" || command == "help") {
    (argc > 1 ? outs() : errs()) << usage;
    return argc > 1 ? exitSuccess : exitUsage;
  }
  if (command == "--version") {
    printVersion();
    return exitSuccess;
  }
  struct Command {
    StringLiteral name;
    int (*run)(int, char **);
  };
  static constexpr Command commands[] = {{"instr", runInstr},
                                         {"run", runRun},
                                         {"check", runCheck},
                                         {"info", runInfo},
                                         {"core-lib", runCoreLib}};
  for (const Command &candidate : commands)
    if (candidate.name == command)
      return candidate.run(argc - 1, argv + 1);
  SmallVector<StringRef> names;
  for (const Command &candidate : commands)
    names.push_back(candidate.name);
  StringRef similar = frontend::findSimilar(command, names);
  WithColor::error() << "no command '" << command << "'";
  if (!similar.empty())
    errs() << "; did you mean '" << similar << "'?";
  errs() << "\n";
  return exitUsage;
}
