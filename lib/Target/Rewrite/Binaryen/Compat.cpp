//===- Compat.cpp - Differences between Binaryen's versions ---------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Compat.h"

#include "llvm/ADT/SmallVector.h"

#include <cstdlib>
#include <iostream>
#include <mutex>
#include <sstream>

namespace whamm::rewrite::binaryen {

static std::mutex &getLock() {
  static std::mutex lock;
  return lock;
}

GlobalOptions::GlobalOptions() {
  getLock().lock();
  debugInfo = BinaryenGetDebugInfo();
  optimizeLevel = BinaryenGetOptimizeLevel();
  shrinkLevel = BinaryenGetShrinkLevel();
  // The input has no names and needs none: functions are known by index.
  BinaryenSetDebugInfo(false);
  BinaryenSetOptimizeLevel(2);
  BinaryenSetShrinkLevel(0);
}

GlobalOptions::~GlobalOptions() {
  BinaryenSetDebugInfo(debugInfo);
  BinaryenSetOptimizeLevel(optimizeLevel);
  BinaryenSetShrinkLevel(shrinkLevel);
  getLock().unlock();
}

BinaryenFeatures getFeatures() {
  BinaryenFeatures features =
      BinaryenFeatureAtomics() | BinaryenFeatureBulkMemory() |
      BinaryenFeatureMutableGlobals() | BinaryenFeatureNontrappingFPToInt() |
      BinaryenFeatureSignExt() | BinaryenFeatureSIMD128() |
      BinaryenFeatureExceptionHandling() | BinaryenFeatureTailCall() |
      BinaryenFeatureReferenceTypes() | BinaryenFeatureMultivalue() |
      BinaryenFeatureMemory64() | BinaryenFeatureRelaxedSIMD() |
      BinaryenFeatureExtendedConst();
#if BINARYEN_VERSION >= 120
  features |= BinaryenFeatureMultiMemory();
#endif
  return features;
}

OwnedModule readModule(llvm::MutableArrayRef<uint8_t> bytes) {
  char *data = reinterpret_cast<char *>(bytes.data());
#if BINARYEN_VERSION >= 118
  return OwnedModule(
      BinaryenModuleReadWithFeatures(data, bytes.size(), getFeatures()));
#else
  OwnedModule module(BinaryenModuleRead(data, bytes.size()));
  BinaryenModuleSetFeatures(module.get(), getFeatures());
  return module;
#endif
}

bool validateModule(BinaryenModuleRef module, std::string &message) {
  std::ostringstream text;
  std::streambuf *out = std::cout.rdbuf(text.rdbuf());
  std::streambuf *err = std::cerr.rdbuf(text.rdbuf());
  bool valid = BinaryenModuleValidate(module);
  std::cerr.rdbuf(err);
  std::cout.rdbuf(out);
  if (!valid)
    message = text.str();
  return valid;
}

std::vector<uint8_t> writeModule(BinaryenModuleRef module) {
  BinaryenModuleAllocateAndWriteResult result =
      BinaryenModuleAllocateAndWrite(module, nullptr);
  const auto *data = static_cast<const uint8_t *>(result.binary);
  std::vector<uint8_t> bytes(data, data + result.binaryBytes);
  std::free(result.binary);
  std::free(result.sourceMap);
  return bytes;
}

void runPasses(BinaryenFunctionRef function, BinaryenModuleRef module,
               llvm::ArrayRef<const char *> passes) {
  // The parameter is not const-correct in every version.
  llvm::SmallVector<const char *, 8> names(passes);
  BinaryenFunctionRunPasses(function, module, names.data(), names.size());
}

BinaryenExpressionRef makeZero(BinaryenModuleRef module, BinaryenType type) {
  static const uint8_t zeros[16] = {};
  if (type == BinaryenTypeInt32())
    return BinaryenConst(module, BinaryenLiteralInt32(0));
  if (type == BinaryenTypeInt64())
    return BinaryenConst(module, BinaryenLiteralInt64(0));
  if (type == BinaryenTypeFloat32())
    return BinaryenConst(module, BinaryenLiteralFloat32(0));
  if (type == BinaryenTypeFloat64())
    return BinaryenConst(module, BinaryenLiteralFloat64(0));
  if (type == BinaryenTypeVec128())
    return BinaryenConst(module, BinaryenLiteralVec128(zeros));
  if (type == BinaryenTypeFuncref() || type == BinaryenTypeExternref())
    return BinaryenRefNull(module, type);
  return nullptr;
}

} // namespace whamm::rewrite::binaryen
