//===- LoweringContext.cpp - What bodies share ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "LoweringContext.h"

#include "whamm/Runtime/CoreFunctions.h"
#include "whamm/Wasm/TableContents.h"

using namespace mlir;
using namespace whamm;

llvm::Expected<StaticValue> LoweringContext::evaluate(StaticProgram program) {
  StaticContext context{caller, names};
  SiteFacts facts;
  facts.module = &app;
  facts.context = &context;
  facts.calls = &callResults;
  StaticValue result = program.evaluate(facts);
  if (llvm::Error error = program.takeError())
    return error;
  if (program.hasOwnText())
    result.text = texts.insert(result.text).first->getKey();
  return result;
}

void LoweringContext::addLibrary(StringRef name, StringRef importName) {
  if (llvm::is_contained(names, name))
    return;
  names.push_back(name.str());
  importNames.push_back(importName.str());
}

uint32_t LoweringContext::getMemory(StringRef library) {
  usesMemories = true;
  addLibrary(library, library); // the runtime, where no script uses it
  auto it = llvm::find(names, library);
  return app.memories.size() + (it - names.begin());
}

FlatSymbolRefAttr LoweringContext::getImport(StringRef from, StringRef name,
                                             FunctionType type) {
  std::string symbol = (from + "." + name).str();
  FlatSymbolRefAttr &known = imports[symbol];
  if (!known) {
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    auto op = wasm_inject::ImportOp::create(builder, module.getLoc(), symbol,
                                            from, name, type);
    known = FlatSymbolRefAttr::get(op);
  }
  return known;
}

FlatSymbolRefAttr LoweringContext::getLibraryFunction(StringRef library,
                                                      StringRef name,
                                                      FunctionType type) {
  auto it = llvm::find(names, library);
  StringRef from =
      it == names.end() ? library : StringRef(importNames[it - names.begin()]);
  return getImport(from, name, type);
}

FlatSymbolRefAttr LoweringContext::getCore(StringRef name, TypeRange params,
                                           TypeRange results) {
  return getImport(runtime::coreModule, name,
                   FunctionType::get(module.getContext(), params, results));
}

FlatSymbolRefAttr LoweringContext::getMemoryFunction(StringRef name,
                                                     unsigned numParams,
                                                     bool hasResult) {
  usesMemories = true;
  Type i32 = IntegerType::get(module.getContext(), 32);
  SmallVector<Type> params(numParams, i32), results(hasResult ? 1 : 0, i32);
  return getImport("whamm:memory", name,
                   FunctionType::get(module.getContext(), params, results));
}

uint32_t LoweringContext::addData(StringRef bytes) {
  auto [it, isNew] = dataOffsets.try_emplace(bytes, data.size());
  if (isNew)
    data += bytes;
  return it->second;
}

void LoweringContext::finish(OpBuilder &builder) {
  Location loc = module.getLoc();
  if (!data.empty())
    wasm_inject::DataOp::create(builder, loc, data);
  if (usesMemories) {
    SmallVector<StringRef> list(importNames.begin(), importNames.end());
    wasm_inject::MemoriesOp::create(builder, loc,
                                    builder.getStrArrayAttr(list));
  }
  if (!usesShadows)
    return;
  for (uint32_t table = 0; table < app.tables.size(); ++table)
    if (wasm::holdsFunctions(app, table))
      wasm_inject::ShadowOp::create(
          builder, loc, table,
          builder.getDenseI32ArrayAttr(wasm::getInitialFunctions(app, table)));
}
