//===- Codegen.cpp - Bodies to Binaryen's IR --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Codegen.h"

#include "../../Codegen/FunctionBuilder.h"
#include "../Binaryen/CopyFunctions.h"
#include "InlineLinked.h"

#include "whamm/Runtime/Runtime.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::codegen;
using namespace whamm::rewrite;

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

struct Codegen::Handle : NameResolver {
  BinaryenModuleRef module = nullptr;
  llvm::StringSet<> declared;
  std::vector<std::pair<std::string, Type>> resultGlobals;
  /// Functions of the numerics module by their export names.
  llvm::StringMap<std::string> numerics;
  /// By symbol, the functions that take the place of imports.
  llvm::StringMap<std::string> linked;

  /// Imports a global that stands for something, unless that has been done.
  /// True where it is new.
  bool declare(StringRef name, Type type, bool isMutable);

  std::string getFunction(StringRef symbol) override {
    auto it = linked.find(symbol);
    return it == linked.end() ? symbol.str() : it->second;
  }
  std::string getNumericsFunction(StringRef name) override {
    return numerics.lookup(name);
  }
  std::string getAssignedGlobal(wasm_inject::ParamAttr operand,
                                Type type) override {
    std::string name = getAssignedName(operand, type);
    declare(name, type, true);
    return name;
  }
  std::string getResultGlobal(unsigned index, Type type) override;
  std::string getDataAddressGlobal() override {
    if (declared.insert(dataAddressName).second)
      BinaryenAddGlobalImport(module, dataAddressName.data(),
                              placeholderModule.data(), dataAddressName.data(),
                              BinaryenTypeInt32(), true);
    return dataAddressName.str();
  }
};

bool Codegen::Handle::declare(StringRef name, Type type, bool isMutable) {
  if (!declared.insert(name).second)
    return false;
  std::string text = name.str();
  BinaryenAddGlobalImport(module, text.c_str(), placeholderModule.data(),
                          text.c_str(), getBinaryenType(type), isMutable);
  return true;
}

/// The type of a WebAssembly number as text; i1 is kept in an i32.
static std::string getTypeName(Type type) {
  if (type.isInteger(1))
    return "i32";
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

std::string Codegen::Handle::getResultGlobal(unsigned index, Type type) {
  std::string name =
      ("whamm.result." + getTypeName(type) + "." + Twine(index)).str();
  if (declare(name, type, true))
    resultGlobals.push_back({name, type});
  return name;
}

/// The functions of the numerics module: its reader calls them by number; their
/// exports say which is which.
static void takeNumerics(BinaryenModuleRef module,
                         llvm::StringMap<std::string> &numerics) {
  for (const char *name : {"fmod64", "fmod32"}) {
    BinaryenExportRef exported = BinaryenGetExport(module, name);
    numerics[name] = BinaryenExportGetValue(exported);
    BinaryenRemoveExport(module, name);
  }
}

Codegen::Codegen(bool usesFmod) : handle(std::make_unique<Handle>()) {
  BinaryenModuleRef &module = handle->module;
  if (usesFmod) {
    ArrayRef<uint8_t> bytes = runtime::getNumericsModule();
    std::vector<char> copy(bytes.begin(), bytes.end());
    module = BinaryenModuleRead(copy.data(), copy.size());
    takeNumerics(module, handle->numerics);
  } else {
    module = BinaryenModuleCreate();
  }
  BinaryenModuleSetFeatures(module, BinaryenFeatureMutableGlobals());
}

Codegen::~Codegen() { BinaryenModuleDispose(handle->module); }

std::string Codegen::getHoleName(unsigned index, Type type) {
  return ("hole." + getTypeName(type) + "." + Twine(index)).str();
}

std::string Codegen::getAssignedName(wasm_inject::ParamAttr operand,
                                     Type type) {
  return (wasm_inject::stringifySourceKind(operand.getKind()) + "." +
          Twine(operand.getIndex()) + "." + getTypeName(type))
      .str();
}

ArrayRef<std::pair<std::string, Type>> Codegen::getResultGlobals() const {
  return handle->resultGlobals;
}

void Codegen::declareState(wasm_inject::StateOp state) {
  for (auto [k, type] : llvm::enumerate(state.getComponents()))
    handle->declare(getStateGlobal(state.getSymName(), k), type, true);
}

void Codegen::addImport(wasm_inject::ImportOp op) {
  std::vector<BinaryenType> params;
  for (Type type : op.getType().getInputs())
    params.push_back(getBinaryenType(type));
  BinaryenType result = op.getType().getNumResults() == 0
                            ? BinaryenTypeNone()
                            : getBinaryenType(op.getType().getResult(0));
  BinaryenAddFunctionImport(
      handle->module, op.getSymName().str().c_str(),
      op.getModule().str().c_str(), op.getName().str().c_str(),
      BinaryenTypeCreate(params.data(), params.size()), result);
}

LogicalResult Codegen::addLinked(const LinkPlan &plan, Location loc) {
  BinaryenModuleRef module = handle->module;
  BinaryenFeatures features = BinaryenModuleGetFeatures(module);
  // No more than these functions use: passes may use what is on.
  if (plan.usesSignExtension)
    features |= BinaryenFeatureSignExt();
  if (plan.usesSaturation)
    features |= BinaryenFeatureNontrappingFPToInt();
  BinaryenModuleSetFeatures(module, features);
  for (const LinkedLibrary &library : plan.libraries) {
    if (llvm::Error error =
            binaryen::copyFunctions(*library.module, library.functions, module))
      return emitError(loc, "internal error: ")
             << llvm::toString(std::move(error));
    for (const auto &[index, name] : library.functions)
      linked.push_back(name);
  }
  handle->linked = plan.targets;
  return success();
}

LogicalResult Codegen::addTemplate(wasm_inject::TemplateOp op, StringRef name) {
  BinaryenModuleRef module = handle->module;
  Block &body = op.getBody().front();
  std::vector<BinaryenType> params;
  for (auto [param, arg] :
       llvm::zip_equal(op.getParamList(), body.getArguments()))
    if (param.getKind() != wasm_inject::SourceKind::Hole)
      params.push_back(getBinaryenType(arg.getType()));
  FunctionBuilder builder(module, params.size(), *handle);
  unsigned next = 0;
  for (auto [param, arg] :
       llvm::zip_equal(op.getParamList(), body.getArguments())) {
    if (param.getKind() != wasm_inject::SourceKind::Hole) {
      builder.mapParam(arg, next++);
      continue;
    }
    std::string hole = getHoleName(param.getIndex(), arg.getType());
    handle->declare(hole, arg.getType(), false);
    builder.mapHole(arg, hole);
  }
  auto code = builder.build(body);
  if (failed(code))
    return failure();
  std::vector<BinaryenType> vars(builder.getVarTypes());
  BinaryenAddFunction(module, name.str().c_str(),
                      BinaryenTypeCreate(params.data(), params.size()),
                      BinaryenTypeNone(), vars.data(), vars.size(), *code);
  functions.push_back(name.str());
  return success();
}

LogicalResult Codegen::addFunction(wasm_inject::FunctionOp op) {
  if (failed(codegen::addFunction(handle->module, op, *handle)))
    return failure();
  (op.getAccumulates() ? functions : helpers).push_back(op.getSymName().str());
  return success();
}

LogicalResult Codegen::addBody(Block &body, StringRef name) {
  if (failed(codegen::addBody(handle->module, body, name, *handle)))
    return failure();
  functions.push_back(name.str());
  return success();
}

void Codegen::addSequence(ArrayRef<std::string> callees, StringRef name) {
  BinaryenModuleRef module = handle->module;
  std::vector<BinaryenExpressionRef> calls;
  for (const std::string &callee : callees)
    calls.push_back(
        BinaryenCall(module, callee.c_str(), nullptr, 0, BinaryenTypeNone()));
  BinaryenExpressionRef body = BinaryenBlock(module, nullptr, calls.data(),
                                             calls.size(), BinaryenTypeNone());
  BinaryenAddFunction(module, name.str().c_str(), BinaryenTypeNone(),
                      BinaryenTypeNone(), nullptr, 0, body);
  functions.push_back(name.str());
}

void Codegen::optimize() {
  BinaryenModuleRef module = handle->module;
  LinkedInliner inliner(module, linked);
  std::vector<std::string> all(helpers);
  llvm::append_range(all, functions);
  for (const std::string &name : all) {
    inliner.inlineInto(name);
    BinaryenFunctionOptimize(BinaryenGetFunction(module, name.c_str()), module);
  }
  inliner.removeUncalled(all);
}

FailureOr<std::vector<uint8_t>> Codegen::finish(Location loc) {
  BinaryenModuleRef module = handle->module;
  for (const std::string &name : functions)
    BinaryenAddFunctionExport(module, name.c_str(), name.c_str());
  int level = BinaryenGetOptimizeLevel(), shrink = BinaryenGetShrinkLevel();
  BinaryenSetOptimizeLevel(2);
  BinaryenSetShrinkLevel(1);
  optimize();
  BinaryenSetOptimizeLevel(level);
  BinaryenSetShrinkLevel(shrink);
  if (!BinaryenModuleValidate(module))
    return emitError(loc, "internal error: the generated module is invalid");
  BinaryenModuleAllocateAndWriteResult out =
      BinaryenModuleAllocateAndWrite(module, nullptr);
  auto *begin = static_cast<uint8_t *>(out.binary);
  std::vector<uint8_t> bytes(begin, begin + out.binaryBytes);
  free(out.binary);
  free(out.sourceMap);
  return bytes;
}
