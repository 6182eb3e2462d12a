//===- whamm-opt.cpp - Pass pipelines ---------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Pipelines.h"
#include "whamm/Support/PassStatistics.h"

#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace whamm;

/// The command line's options, with pass managers that report to `report`.
static MlirOptMainConfig getConfig(PassStatisticsReport &report) {
  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  auto setUp = [&report, original = config](PassManager &pm) {
    report.attachTo(pm);
    return original.setupPassPipeline(pm);
  };
  return config.setPassPipelineSetupFn(setUp);
}

/// Does what MlirOptMain does for names of files, which takes no configuration.
static LogicalResult runPasses(StringRef inputName, StringRef outputName,
                               DialectRegistry &registry,
                               const MlirOptMainConfig &config) {
  std::string message;
  auto input = openInputFile(inputName, &message);
  auto output = input ? openOutputFile(outputName, &message) : nullptr;
  if (!output) {
    llvm::WithColor::error() << message << "\n";
    return failure();
  }
  LogicalResult result =
      MlirOptMain(output->os(), std::move(input), registry, config);
  if (succeeded(result))
    output->keep();
  return result;
}

int main(int argc, char **argv) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllPasses();
  auto [input, output] =
      registerAndParseCLIOptions(argc, argv, "whamm optimizer\n", registry);
  std::optional<PassDisplayMode> statistics = takePassStatisticsOption();
  if (!statistics)
    return asMainReturnCode(MlirOptMain(argc, argv, input, output, registry));
  llvm::InitLLVM initialize(argc, argv);
  PassStatisticsReport report(*statistics);
  LogicalResult result = runPasses(input, output, registry, getConfig(report));
  report.print(llvm::errs());
  return asMainReturnCode(result);
}
