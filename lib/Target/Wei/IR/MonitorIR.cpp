//===- MonitorIR.cpp - Contracts of monitors as MLIR ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/MonitorIR.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace whamm;

static Type convertValueType(wasm::ValType type, MLIRContext *context) {
  switch (type.getKind()) {
  case wasm::ValType::Kind::I32:
    return IntegerType::get(context, 32);
  case wasm::ValType::Kind::I64:
    return IntegerType::get(context, 64);
  case wasm::ValType::Kind::F32:
    return Float32Type::get(context);
  case wasm::ValType::Kind::F64:
    return Float64Type::get(context);
  case wasm::ValType::Kind::V128:
    return VectorType::get({16}, IntegerType::get(context, 8));
  case wasm::ValType::Kind::Ref:
  case wasm::ValType::Kind::Bot:
    return wasm_inject::ReferenceType::get(context, type.str());
  }
  llvm_unreachable("unknown kind of type");
}

FunctionType wei::convertType(const wasm::FuncType &type,
                              MLIRContext *context) {
  auto convert = [&](ArrayRef<wasm::ValType> types) {
    return llvm::map_to_vector(
        types, [&](wasm::ValType t) { return convertValueType(t, context); });
  };
  return FunctionType::get(context, convert(type.params),
                           convert(type.results));
}

static std::string getSymbol(uint32_t function) {
  return "f" + std::to_string(function);
}

/// A declaration for each function that is exported, once.
static void addFunctions(const wasm::Module &monitor, OpBuilder &builder) {
  llvm::SetVector<uint32_t> functions;
  for (const wasm::Export &entry : monitor.exports)
    if (entry.kind == wasm::ExternKind::Func)
      functions.insert(entry.index);
  for (uint32_t function : functions)
    wasm_inject::MonitorFunctionOp::create(
        builder, builder.getUnknownLoc(), getSymbol(function), function,
        wei::convertType(monitor.getFunctionType(function),
                         builder.getContext()));
}

static void addRule(const wasm::Export &entry, const wei::MonitorRule &rule,
                    OpBuilder &builder) {
  MLIRContext *context = builder.getContext();
  wasm_inject::MatchCallAttr predicate;
  if (rule.predicate)
    predicate = cast<wasm_inject::MatchCallAttr>(
        wasm_inject::MatchCallAttr::fromParam(context, *rule.predicate));
  SmallVector<Attribute> params;
  for (const wei::RuleParam &param : rule.params)
    params.push_back(wasm_inject::MatchCallAttr::fromParam(context, param));
  auto getText = [&](StringRef text) {
    return text.empty() ? StringAttr() : builder.getStringAttr(text);
  };
  bool isUsual = wei::printRule(rule) == entry.name;
  wasm_inject::RuleOp::create(
      builder, builder.getUnknownLoc(),
      builder.getStringAttr(wei::printEvent(rule.event)), predicate,
      builder.getArrayAttr(params),
      FlatSymbolRefAttr::get(context, getSymbol(entry.index)),
      getText(rule.trailing), getText(isUsual ? StringRef() : entry.name));
}

/// True for a name that the engine drops: it has no operation.
static bool isDropped(StringRef name) {
  return wei::parseExportName(name).status == wei::ParsedName::Status::Warned;
}

llvm::Expected<OwningOpRef<ModuleOp>>
wei::importContract(const wasm::Module &monitor, MLIRContext *context) {
  llvm::Expected<MonitorContract> contract = readContract(monitor);
  if (!contract)
    return contract.takeError();
  context->loadDialect<wasm_inject::WasmInjectDialect>();
  OpBuilder builder(context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
  builder.setInsertionPointToStart(module->getBody());
  for (const std::string &warning : contract->warnings)
    emitWarning(builder.getUnknownLoc()) << warning;
  addFunctions(monitor, builder);
  const ExportedRule *rule = contract->rules.data();
  for (const wasm::Export &entry : monitor.exports) {
    if (entry.kind != wasm::ExternKind::Func)
      continue;
    if (rule != contract->rules.data() + contract->rules.size() &&
        rule->name == entry.name)
      addRule(entry, (rule++)->rule, builder);
    else if (!isDropped(entry.name))
      wasm_inject::ExportOp::create(
          builder, builder.getUnknownLoc(), builder.getStringAttr(entry.name),
          FlatSymbolRefAttr::get(context, getSymbol(entry.index)));
  }
  return module;
}

void wei::printContract(ModuleOp module, raw_ostream &os) {
  for (Operation &op : *module.getBody())
    if (auto rule = dyn_cast<wasm_inject::RuleOp>(op))
      os << rule.getExportName() << "\n";
    else if (auto entry = dyn_cast<wasm_inject::ExportOp>(op))
      os << entry.getName() << "\n";
}
