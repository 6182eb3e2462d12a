//===- whamm-translate.cpp - Translations between formats -------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Dump.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace whamm;

static cl::opt<std::string> inputFile(cl::Positional, cl::init("-"),
                                      cl::desc("<input>"));
static cl::opt<std::string> outputFile("o", cl::init("-"),
                                       cl::desc("Output file"),
                                       cl::value_desc("file"));
static cl::opt<bool> toListing("wasm-to-listing",
                               cl::desc("List the instructions of a module"));
static cl::opt<bool> validate("wasm-validate", cl::desc("Validate a module"));

static Error translate(StringRef input, raw_ostream &os) {
  Expected<wasm::Module> module =
      wasm::Module::parse(arrayRefFromStringRef(input));
  if (!module)
    return module.takeError();
  if (validate)
    if (Error error = wasm::validateModule(*module))
      return error;
  return toListing ? wasm::dumpListing(*module, os) : Error::success();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::ParseCommandLineOptions(argc, argv, "whamm translations\n");
  auto fail = [&](StringRef text) {
    WithColor::error() << inputFile << ": " << text << "\n";
    return 1;
  };
  ErrorOr<std::unique_ptr<MemoryBuffer>> input =
      MemoryBuffer::getFileOrSTDIN(inputFile);
  if (!input)
    return fail(input.getError().message());
  std::error_code code;
  ToolOutputFile output(outputFile, code, sys::fs::OF_None);
  if (code)
    return fail(code.message());
  if (Error error = translate((*input)->getBuffer(), output.os()))
    return fail(toString(std::move(error)));
  output.keep();
  return 0;
}
