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
  StaticContext context{caller, memories};
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
  importNames.try_emplace(name, importName.str());
}

uint32_t LoweringContext::numberMemory(StringRef library) {
  auto it = llvm::find(memories, library);
  uint32_t number = app.memories.size() + (it - memories.begin());
  if (it == memories.end())
    memories.push_back(library.str());
  return number;
}

uint32_t LoweringContext::getMemory(StringRef library) {
  usesMemories = true;
  return numberMemory(library);
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
  auto it = importNames.find(library);
  StringRef from = it == importNames.end() ? library : StringRef(it->second);
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
  return getImport(runtime::memoryNumberModule, name,
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
    SmallVector<StringRef> list;
    for (StringRef name : memories) {
      auto it = importNames.find(name); // the runtime may have none
      list.push_back(it == importNames.end() ? name : StringRef(it->second));
    }
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
