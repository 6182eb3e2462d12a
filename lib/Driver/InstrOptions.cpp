//===- InstrOptions.cpp - Options of `whamm instr` --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "InstrOptions.h"

#include "whamm/Driver/Driver.h"
#include "whamm/Support/Libraries.h"
#include "whamm/Support/PassStatistics.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace whamm;

namespace {
/// The options as LLVM's command line library declares them; they exist while
/// the command line is parsed.
struct CommandLine {
  cl::OptionCategory category{"whamm instr options"};
  cl::list<std::string> scripts{"s",
                                cl::desc("A script (`-` for standard input)"),
                                cl::value_desc("FILE.mm"), cl::cat(category)};
  cl::alias scriptLong{"script", cl::aliasopt(scripts), cl::desc("Same as -s"),
                       cl::cat(category)};
  cl::opt<std::string> app{
      "a", cl::desc("The application, binary or text (`-`: standard input)"),
      cl::value_desc("FILE.wasm"), cl::cat(category)};
  cl::alias appLong{"app", cl::aliasopt(app), cl::desc("Same as -a"),
                    cl::cat(category)};
  cl::opt<std::string> output{
      "o", cl::desc("The output (`-`: standard output; default: output.wasm)"),
      cl::value_desc("FILE.wasm"), cl::init("output.wasm"), cl::cat(category)};
  cl::alias outputLong{"output-path", cl::aliasopt(output),
                       cl::desc("Same as -o"), cl::cat(category)};
  cl::list<std::string> libraries{
      "u", cl::desc("Libraries: NAME=LIB.wasm or NAME(IMPORT)=LIB.wasm,..."),
      cl::value_desc("LIBRARIES"), cl::cat(category)};
  cl::alias librariesLong{"user-libs", cl::aliasopt(libraries),
                          cl::desc("Same as -u"), cl::cat(category)};
  cl::opt<bool> wei{"w", cl::desc("Make a monitor for an engine"),
                    cl::cat(category)};
  cl::alias weiLong{"wei", cl::aliasopt(wei), cl::desc("Same as -w"),
                    cl::cat(category)};
  cl::opt<std::string> monitor{
      "m", cl::desc("Apply a monitor, with its libraries, instead of scripts"),
      cl::value_desc("MON.wasm+..."), cl::cat(category)};
  cl::opt<bool> testing{"t", cl::desc("Export get_NAME() for each global"),
                        cl::cat(category)};
  cl::alias testingLong{"testing", cl::aliasopt(testing),
                        cl::desc("Same as -t"), cl::cat(category)};
  cl::opt<OptLevel> level{
      cl::desc("How much to do for cheap instrumentation (default: -O2)"),
      cl::values(
          clEnumValN(OptLevel::None, "O0", "What the script says"),
          clEnumValN(OptLevel::Basic, "O1", "Specialise; count per block"),
          clEnumValN(OptLevel::Full, "O2",
                     "Count where control passes rarely, in locals")),
      cl::init(OptLevel::Full), cl::cat(category)};
  cl::opt<bool> preciseTraps{
      "precise-traps",
      cl::desc("Keep counts exact also where the program traps"),
      cl::cat(category)};
  cl::opt<bool> noBinaryen{"no-binaryen",
                           cl::desc("Stop after splicing; do not optimise"),
                           cl::cat(category)};
  cl::opt<bool> noReport{"no-report", cl::desc("Count, but print no report"),
                         cl::cat(category)};
  cl::opt<bool> sites{"sites",
                      cl::desc("Say how many sites each probe matched"),
                      cl::cat(category)};
  cl::opt<bool> verbose{"v", cl::desc("Print remarks"), cl::cat(category)};
};
} // namespace

static int usageError(const Twine &message) {
  WithColor::error(errs(), "whamm instr") << message << "\n";
  return exitUsage;
}

/// What does not go together.
static const char *findConflict(const CommandLine &line) {
  if (line.wei && !line.app.empty())
    return "a monitor (-w) is made without an application (-a)";
  if (line.wei && (line.testing || line.sites || !line.monitor.empty()))
    return "-t, --sites and -m are for applications, not for monitors (-w)";
  if (line.monitor.empty())
    return nullptr;
  if (!line.scripts.empty())
    return "a monitor (-m) takes the place of scripts (-s)";
  if (line.monitor == "-" && line.app == "-")
    return "monitor and application cannot both be standard input";
  if (line.output == "-")
    return "the monitor (-m) is written beside the output, which needs a name";
  if (line.testing || line.noReport || line.sites)
    return "-t, --no-report and --sites are for scripts, not for monitors (-m)";
  return nullptr;
}

/// Keeps options of the libraries out of --help, but for those of MLIR that
/// are of use here.
static void showOptions(cl::OptionCategory &category) {
  static constexpr StringLiteral useful[] = {"mlir-timing",
                                             "mlir-timing-display",
                                             "mlir-print-ir-after-all",
                                             "mlir-print-ir-before-all",
                                             "mlir-pass-statistics",
                                             "mlir-pass-statistics-display"};
  for (auto [name, option] : cl::getRegisteredOptions())
    if (is_contained(useful, name))
      option->addCategory(category);
  cl::HideUnrelatedOptions(category);
}

int whamm::parseInstrOptions(int argc, char **argv, InstrOptions &options) {
  CommandLine line;
  showOptions(line.category);
  std::string errors;
  raw_string_ostream os(errors);
  SmallVector<const char *> args{"whamm instr"};
  args.append(argv + 1, argv + argc);
  if (!cl::ParseCommandLineOptions(
          args.size(), args.data(),
          "Puts the instrumentation of scripts into a program.\n", &os)) {
    errs() << errors;
    return exitUsage;
  }
  if (line.scripts.empty() && line.monitor.empty())
    return usageError("no script given (-s)");
  if (const char *message = findConflict(line))
    return usageError(message);
  if (!line.wei && line.app.empty())
    return usageError("no application given (-a)");
  size_t fromInput = llvm::count(line.scripts, "-");
  if (fromInput && line.app == "-")
    return usageError("script and application cannot both be standard input");
  if (fromInput > 1)
    return usageError("two scripts cannot both be standard input");
  options.libraries.assign(line.libraries.begin(), line.libraries.end());
  if (auto parsed = parseLibraryOptions(options.libraries); !parsed)
    return usageError("-u: " + toString(parsed.takeError()));
  options.scripts.assign(line.scripts.begin(), line.scripts.end());
  options.app = line.app;
  options.monitor = line.monitor;
  options.output = line.output;
  options.optimization = {line.level, line.preciseTraps,
                          /*keepProgram=*/line.testing};
  options.noBinaryen = line.noBinaryen || line.level == OptLevel::None;
  options.noReport = line.noReport;
  options.exportGetters = line.testing;
  options.listSites = line.sites;
  options.verbose = line.verbose;
  options.wei = line.wei;
  options.passStatistics = takePassStatisticsOption();
  return exitSuccess;
}
