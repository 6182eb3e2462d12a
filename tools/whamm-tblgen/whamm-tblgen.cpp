//===- whamm-tblgen.cpp - Generator of the fact tables ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/TableGen/Main.h"
#include "llvm/TableGen/TableGenBackend.h"

using namespace llvm;
using namespace whamm::tblgen;

/// Every generator, by its option.
static TableGen::Emitter::Opt generators[] = {
    {"gen-wasm-opcodes", emitOpcodes, "Opcode enums and tables"},
    {"gen-wasm-events", emitEvents, "Event, mode and bound name tables"},
    {"gen-wasm-engine", emitEngine, "Names in rules of monitors"},
    {"gen-wasm-opcode-docs", emitOpcodeDocs, "Reference page of the opcodes"},
    {"gen-wasm-event-docs", emitEventDocs, "Reference page of the events"},
    {"gen-wasm-limits", emitLimits, "Limits of engines"},
    {"gen-wasm-limit-docs", emitLimitDocs, "Reference page of the limits"},
    {"gen-wasm-dictionary", emitWasmDictionary, "Opcodes for a fuzzer"},
    {"gen-script-dictionary", emitScriptDictionary,
     "Names of scripts for a fuzzer"},
    {"gen-site-table", emitSiteTable, "Opcode facts for the site module"},
    {"dump-json", EmitJSON, "All records as JSON"},
    {"gen-binaryen-expressions", emitBinaryenExpressions,
     "Children and labels of Binaryen's expressions"},
    {"gen-binaryen-faithful", emitBinaryenFaithful,
     "What Binaryen reads and writes faithfully"},
};

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::ParseCommandLineOptions(argc, argv);
  MultiFileTableGenMainFn applyGenerator = nullptr;
  return TableGenMain(argv[0], applyGenerator);
}
