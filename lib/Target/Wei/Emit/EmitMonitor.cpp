//===- EmitMonitor.cpp - From wasm_inject to a monitor ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/EmitMonitor.h"

#include "../../Codegen/FunctionBuilder.h"
#include "RowTables.h"
#include "StaticData.h"

#include "whamm/Runtime/CoreFunctions.h"
#include "whamm/Runtime/Runtime.h"
#include "whamm/Runtime/SiteFunctions.h"
#include "whamm/Target/Wei/Contract.h"

#include "llvm/Support/Endian.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::wei;
namespace inject = whamm::wasm_inject;
using codegen::getBinaryenType;

namespace {

/// The site module at work, and what it offers.
class MonitorEmitter : public codegen::NameResolver {
public:
  MonitorEmitter(ModuleOp source, const EmitOptions &options);
  ~MonitorEmitter() override { BinaryenModuleDispose(module); }

  FailureOr<std::vector<uint8_t>> run();

  BinaryenExpressionRef readState(BinaryenModuleRef, StringRef state,
                                  unsigned component, Type type) override;
  BinaryenExpressionRef writeState(BinaryenModuleRef, StringRef state,
                                   unsigned component,
                                   BinaryenExpressionRef value) override;
  std::string getFunction(StringRef symbol) override;
  uint32_t getRowKind(StringRef symbol) override {
    return rowTables.getKind(symbol);
  }
  std::string getAddRowFunction() override { return siteFunction("rows_add"); }
  std::string getNumericsFunction(StringRef name) override {
    return siteFunction(name);
  }
  std::string getAssignedGlobal(inject::ParamAttr, Type) override {
    llvm_unreachable("a monitor assigns no operands");
  }
  std::string getResultGlobal(unsigned index, Type type) override;
  std::string getDataAddressGlobal() override;

private:
  using Expr = BinaryenExpressionRef;

  void takeSiteModule();
  std::string siteFunction(StringRef name) const {
    return siteFunctions.lookup(name);
  }
  void layOutStates();
  void addImports();
  void addMemoryFunction(inject::ImportOp op);
  LogicalResult addFunctions();
  LogicalResult addBody(Block &body, StringRef name);
  LogicalResult addSequence(StringRef name, std::vector<Expr> calls);
  LogicalResult addStart();
  LogicalResult addExit();
  template <typename OpTy>
  LogicalResult addBodies(StringRef stem, std::vector<Expr> &calls);
  void addDataWrites(std::vector<Expr> &list);
  void addExports();
  void optimize();
  Expr callFunction(StringRef name, ArrayRef<Expr> operands,
                    BinaryenType result = BinaryenTypeNone());
  Expr getI32(uint32_t value) {
    return BinaryenConst(module,
                         BinaryenLiteralInt32(static_cast<int32_t>(value)));
  }
  std::string getCoreFunction(StringRef name, ArrayRef<BinaryenType> params,
                              BinaryenType result);
  std::vector<uint8_t> write();

  ModuleOp source;
  EmitOptions options;
  BinaryenModuleRef module = nullptr;
  llvm::StringMap<std::string> siteFunctions; // by export name
  /// Functions that symbols of imports stand for.
  llvm::StringMap<std::string> functions;
  llvm::StringMap<uint32_t> stateAddresses;
  llvm::StringMap<bool> globals, coreImports;
  std::optional<StaticData> data;
  RowTables rowTables;
  uint32_t heapWord = 0;
  std::vector<std::string> own; // functions to optimise
};

} // namespace

//===----------------------------------------------------------------------===//
// The site module
//===----------------------------------------------------------------------===//

MonitorEmitter::MonitorEmitter(ModuleOp source, const EmitOptions &options)
    : source(source), options(options) {
  ArrayRef<uint8_t> bytes = runtime::getSiteModule();
  std::vector<char> copy(bytes.begin(), bytes.end());
  module = BinaryenModuleRead(copy.data(), copy.size());
  BinaryenModuleSetFeatures(module, BinaryenFeatureMutableGlobals());
  takeSiteModule();
}

/// Remembers what the exports are and keeps the memory's only. Where data ends
/// is in constants.
void MonitorEmitter::takeSiteModule() {
  auto getConstant = [&](const char *global) {
    BinaryenGlobalRef ref = BinaryenGetGlobal(module, global);
    return static_cast<uint32_t>(
        BinaryenConstGetValueI32(BinaryenGlobalGetInitExpr(ref)));
  };
  uint32_t heapBase = 0;
  std::vector<std::string> names;
  for (BinaryenIndex i = 0, e = BinaryenGetNumExports(module); i < e; ++i) {
    BinaryenExportRef entry = BinaryenGetExportByIndex(module, i);
    StringRef name = BinaryenExportGetName(entry);
    const char *value = BinaryenExportGetValue(entry);
    if (name == "memory")
      continue;
    names.push_back(name.str());
    if (name == "__heap_base")
      heapBase = getConstant(value);
    else if (name == "site_heap_next")
      heapWord = getConstant(value);
    else
      siteFunctions[name] = value;
  }
  for (const std::string &name : names)
    BinaryenRemoveExport(module, name.c_str());
  data.emplace(llvm::alignTo(heapBase, 16));
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// States of the program lie at constant addresses, components one behind the
/// other.
void MonitorEmitter::layOutStates() {
  for (auto state : source.getOps<inject::StateOp>()) {
    auto init = dyn_cast_or_null<IntegerAttr>(state.getInitAttr());
    auto floating = dyn_cast_or_null<FloatAttr>(state.getInitAttr());
    uint64_t bits = init ? init.getValue().getZExtValue()
                    : floating
                        ? floating.getValue().bitcastToAPInt().getZExtValue()
                        : 0;
    uint32_t address =
        data->allocate(std::max(8u, getValueLayout(state.getType()).size));
    stateAddresses[state.getSymName()] = address;
    if (!init && !floating)
      continue;
    if (state.getStorageType().getIntOrFloatBitWidth() == 64)
      data->write64(address, bits);
    else
      data->write32(address, static_cast<uint32_t>(bits));
  }
}

static uint32_t getComponentOffset(ModuleOp source, StringRef name,
                                   unsigned component) {
  auto state = SymbolTable(source).lookup<inject::StateOp>(name);
  return getValueLayout(state.getType()).offsets[component];
}

BinaryenExpressionRef MonitorEmitter::readState(BinaryenModuleRef,
                                                StringRef state,
                                                unsigned component, Type type) {
  uint32_t address = stateAddresses.lookup(state);
  if (component)
    address += getComponentOffset(source, state, component);
  return codegen::buildLoad(module, getI32(0), address, type);
}

BinaryenExpressionRef MonitorEmitter::writeState(BinaryenModuleRef,
                                                 StringRef state,
                                                 unsigned component,
                                                 BinaryenExpressionRef value) {
  uint32_t address = stateAddresses.lookup(state);
  if (component)
    address += getComponentOffset(source, state, component);
  return codegen::buildStore(module, getI32(0), address, value);
}

std::string MonitorEmitter::getFunction(StringRef symbol) {
  auto it = functions.find(symbol);
  return it == functions.end() ? symbol.str() : it->second;
}

std::string MonitorEmitter::getResultGlobal(unsigned index, Type type) {
  std::string text;
  llvm::raw_string_ostream(text)
      << "result." << (type.isInteger(1) ? "i32" : "");
  if (!type.isInteger(1))
    llvm::raw_string_ostream(text) << type;
  text += "." + std::to_string(index);
  if (globals.try_emplace(text).second) {
    BinaryenType binaryenType = getBinaryenType(type);
    BinaryenLiteral zero = type.isF32()         ? BinaryenLiteralFloat32(0)
                           : type.isF64()       ? BinaryenLiteralFloat64(0)
                           : type.isInteger(64) ? BinaryenLiteralInt64(0)
                                                : BinaryenLiteralInt32(0);
    BinaryenAddGlobal(module, text.c_str(), binaryenType, true,
                      BinaryenConst(module, zero));
  }
  return text;
}

std::string MonitorEmitter::getDataAddressGlobal() {
  std::string name = "data_address";
  if (globals.try_emplace(name).second)
    BinaryenAddGlobal(module, name.c_str(), BinaryenTypeInt32(), true,
                      getI32(0));
  return name;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

BinaryenExpressionRef MonitorEmitter::callFunction(StringRef name,
                                                   ArrayRef<Expr> operands,
                                                   BinaryenType result) {
  std::vector<Expr> copy(operands.begin(), operands.end());
  return BinaryenCall(module, name.str().c_str(), copy.data(), copy.size(),
                      result);
}

/// An import of the runtime, by a name of its own: that of the site module's
/// import is not known.
std::string MonitorEmitter::getCoreFunction(StringRef name,
                                            ArrayRef<BinaryenType> params,
                                            BinaryenType result) {
  std::string symbol = (runtime::coreModule + Twine(".") + name).str();
  if (coreImports.try_emplace(symbol).second) {
    std::vector<BinaryenType> copy(params.begin(), params.end());
    BinaryenAddFunctionImport(
        module, symbol.c_str(), runtime::coreModule, name.str().c_str(),
        BinaryenTypeCreate(copy.data(), copy.size()), result);
  }
  return symbol;
}

/// Work on memories by number: those that a monitor can reach are one, the
/// runtime's, so that the numbers do not matter.
void MonitorEmitter::addMemoryFunction(inject::ImportOp op) {
  BinaryenType i32 = BinaryenTypeInt32();
  unsigned numParams = op.getType().getNumInputs();
  StringRef name = op.getName();
  bool hasResult = op.getType().getNumResults() != 0;
  BinaryenType result = hasResult ? i32 : BinaryenTypeNone();
  SmallVector<unsigned> passed; // parameters that are no numbers of memories
  if (name == "copy")
    passed = {1, 3, 4};
  else if (name == "fill")
    passed = {1, 2, 3};
  std::vector<Expr> operands;
  for (unsigned index : passed)
    operands.push_back(BinaryenLocalGet(module, index, i32));
  std::string callee = getCoreFunction(
      name, std::vector<BinaryenType>(passed.size(), i32), result);
  std::vector<BinaryenType> params(numParams, i32);
  std::string symbol = op.getSymName().str();
  BinaryenAddFunction(module, symbol.c_str(),
                      BinaryenTypeCreate(params.data(), params.size()), result,
                      nullptr, 0, callFunction(callee, operands, result));
  own.push_back(symbol);
}

void MonitorEmitter::addImports() {
  for (auto op : source.getOps<inject::ImportOp>()) {
    if (op.getModule() == runtime::siteModuleName) {
      functions[op.getSymName()] = siteFunction(op.getName());
      continue;
    }
    if (op.getModule() == runtime::memoryNumberModule) {
      addMemoryFunction(op);
      continue;
    }
    std::vector<BinaryenType> params;
    for (Type type : op.getType().getInputs())
      params.push_back(getBinaryenType(type));
    BinaryenType result = op.getType().getNumResults() == 0
                              ? BinaryenTypeNone()
                              : getBinaryenType(op.getType().getResult(0));
    std::string symbol = op.getSymName().str();
    if (!coreImports.try_emplace(symbol).second)
      continue;
    BinaryenAddFunctionImport(
        module, symbol.c_str(), op.getModule().str().c_str(),
        op.getName().str().c_str(),
        BinaryenTypeCreate(params.data(), params.size()), result);
  }
}

LogicalResult MonitorEmitter::addFunctions() {
  for (auto op : source.getOps<inject::FunctionOp>()) {
    std::string name = op.getSymName().str();
    if (failed(codegen::addFunction(module, op, *this)))
      return failure();
    own.push_back(name);
  }
  return success();
}

LogicalResult MonitorEmitter::addBody(Block &body, StringRef name) {
  if (failed(codegen::addBody(module, body, name, *this)))
    return failure();
  own.push_back(name.str());
  return success();
}

template <typename OpTy>
LogicalResult MonitorEmitter::addBodies(StringRef stem,
                                        std::vector<Expr> &calls) {
  unsigned count = 0;
  for (auto op : source.getOps<OpTy>()) {
    std::string name = (stem + Twine(count++)).str();
    if (failed(addBody(op.getBody().front(), name)))
      return failure();
    calls.push_back(callFunction(name, {}));
  }
  return success();
}

LogicalResult MonitorEmitter::addSequence(StringRef name,
                                          std::vector<Expr> calls) {
  Expr body = BinaryenBlock(module, nullptr, calls.data(), calls.size(),
                            BinaryenTypeNone());
  BinaryenAddFunction(module, name.str().c_str(), BinaryenTypeNone(),
                      BinaryenTypeNone(), nullptr, 0, body);
  own.push_back(name.str());
  return success();
}

//===----------------------------------------------------------------------===//
// Start and end
//===----------------------------------------------------------------------===//

/// Puts the module's data into the runtime's memory, 32 bytes at a time.
void MonitorEmitter::addDataWrites(std::vector<Expr> &list) {
  BinaryenType i32 = BinaryenTypeInt32(), i64 = BinaryenTypeInt64();
  for (auto op : source.getOps<inject::DataOp>()) {
    std::string bytes = op.getBytes().str();
    std::string address = getDataAddressGlobal();
    std::string create = getCoreFunction("data_new", {i32}, i32);
    std::string writeWords = getCoreFunction(
        "data_write", {i32, i64, i64, i64, i64}, BinaryenTypeNone());
    list.push_back(
        BinaryenGlobalSet(module, address.c_str(),
                          callFunction(create, {getI32(bytes.size())}, i32)));
    bytes.resize(llvm::alignTo(bytes.size(), 32));
    for (size_t at = 0; at < bytes.size(); at += 32) {
      std::vector<Expr> operands = {BinaryenBinary(
          module, BinaryenAddInt32(),
          BinaryenGlobalGet(module, address.c_str(), i32), getI32(at))};
      for (unsigned i = 0; i < 4; ++i)
        operands.push_back(BinaryenConst(
            module, BinaryenLiteralInt64(static_cast<int64_t>(
                        llvm::support::endian::read64le(&bytes[at + 8 * i])))));
      list.push_back(callFunction(writeWords, operands));
    }
  }
}

LogicalResult MonitorEmitter::addStart() {
  std::vector<Expr> list;
  if (!rowTables.isEmpty())
    list.push_back(callFunction(siteFunction("rows_setup"),
                                {getI32(rowTables.getKindsAddress()),
                                 getI32(rowTables.getGroupsAddress()),
                                 getI32(rowTables.getNumGroups())}));
  addDataWrites(list);
  if (failed(addBodies<inject::InitOp>("init", list)) ||
      failed(addBodies<inject::OnBeginOp>("begin", list)))
    return failure();
  if (list.empty())
    return success();
  if (failed(addSequence("start", list)))
    return failure();
  BinaryenSetStart(module, BinaryenGetFunction(module, "start"));
  return success();
}

LogicalResult MonitorEmitter::addExit() {
  std::vector<Expr> list;
  if (failed(addBodies<inject::OnEndOp>("end", list)))
    return failure();
  if (!options.noReport) {
    size_t before = list.size();
    if (failed(addBodies<inject::OnReportOp>("report", list)))
      return failure();
    if (before == list.size() && !rowTables.isEmpty())
      list.push_back(callFunction(siteFunction("rows_report"), {}));
  }
  if (list.empty())
    return success();
  if (failed(addSequence("exit", list)))
    return failure();
  BinaryenAddFunctionExport(module, "exit", exitExportName.data());
  return success();
}

void MonitorEmitter::addExports() {
  for (auto rule : source.getOps<inject::RuleOp>())
    BinaryenAddFunctionExport(module, rule.getBody().str().c_str(),
                              rule.getExportName().c_str());
  for (auto entry : source.getOps<inject::ExportOp>())
    BinaryenAddFunctionExport(module, entry.getFunction().str().c_str(),
                              entry.getName().str().c_str());
}

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

/// Rules of many events often have one body; the site module is mostly unused.
void MonitorEmitter::optimize() {
  int level = BinaryenGetOptimizeLevel(), shrink = BinaryenGetShrinkLevel();
  BinaryenSetOptimizeLevel(2);
  BinaryenSetShrinkLevel(1);
  for (const std::string &name : own)
    BinaryenFunctionOptimize(BinaryenGetFunction(module, name.c_str()), module);
  const char *passes[] = {"duplicate-function-elimination",
                          "remove-unused-module-elements"};
  BinaryenModuleRunPasses(module, passes, 2);
  BinaryenSetOptimizeLevel(level);
  BinaryenSetShrinkLevel(shrink);
}

std::vector<uint8_t> MonitorEmitter::write() {
  bool hadNames = BinaryenGetDebugInfo();
  BinaryenSetDebugInfo(true);
  BinaryenModuleAllocateAndWriteResult out =
      BinaryenModuleAllocateAndWrite(module, nullptr);
  BinaryenSetDebugInfo(hadNames);
  auto *begin = static_cast<uint8_t *>(out.binary);
  std::vector<uint8_t> bytes(begin, begin + out.binaryBytes);
  free(out.binary);
  free(out.sourceMap);
  return addData(bytes, *data, heapWord, data->getEnd());
}

FailureOr<std::vector<uint8_t>> MonitorEmitter::run() {
  layOutStates();
  rowTables.build(source, stateAddresses, *data);
  addImports();
  if (failed(addFunctions()) || failed(addStart()) || failed(addExit()))
    return failure();
  addExports();
  if (!BinaryenModuleValidate(module))
    return source.emitError("internal error: the monitor is invalid");
  optimize();
  std::vector<uint8_t> bytes = write();
  if (llvm::Error error = validate(bytes))
    return source.emitError("internal error: the monitor is not valid: ")
           << llvm::toString(std::move(error));
  return bytes;
}

FailureOr<std::vector<uint8_t>>
whamm::wei::emitMonitor(ModuleOp module, const EmitOptions &options) {
  return MonitorEmitter(module, options).run();
}
