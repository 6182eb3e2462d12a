//===- CopyFunctions.cpp - From a module to Binaryen's --------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "CopyFunctions.h"

#include "Compat.h"
#include "Expressions.h"
#include "Subset.h"

#include "llvm/ADT/StringMap.h"

namespace whamm::rewrite::binaryen {

using NewNames = llvm::StringMap<const char *>;

/// Makes calls go to the copies. False where the tree holds what cannot be
/// walked, or another call.
static bool redirectCalls(BinaryenExpressionRef body, const NewNames &names) {
  bool known = true;
  bool walked = walkTree(body, [&](BinaryenExpressionRef expr, Slot) {
    if (BinaryenExpressionGetId(expr) != BinaryenCallId())
      return;
    const char *name = names.lookup(BinaryenCallGetTarget(expr));
    if (name)
      BinaryenCallSetTarget(expr, name);
    known &= name != nullptr;
  });
  return walked && known;
}

static bool copyFunction(BinaryenFunctionRef function, const char *name,
                         const NewNames &names, BinaryenModuleRef target) {
  BinaryenExpressionRef body =
      BinaryenExpressionCopy(BinaryenFunctionGetBody(function), target);
  if (!redirectCalls(body, names))
    return false;
  std::vector<BinaryenType> vars;
  for (BinaryenIndex i = 0, e = BinaryenFunctionGetNumVars(function); i != e;
       ++i)
    vars.push_back(BinaryenFunctionGetVar(function, i));
  BinaryenAddFunction(target, name, BinaryenFunctionGetParams(function),
                      BinaryenFunctionGetResults(function), vars.data(),
                      vars.size(), body);
  return true;
}

/// The module with the bodies of these functions.
static OwnedModule readFunctions(const wasm::Module &source,
                                 const std::map<uint32_t, std::string> &names) {
  std::vector<TakenFunction> taken;
  for (const auto &[index, name] : names)
    taken.push_back({index - source.numImportedFunctions, {}});
  llvm::SmallVector<uint8_t, 0> subset;
  encodeSubset(source, taken, subset);
  return readModule(subset);
}

llvm::Error copyFunctions(const wasm::Module &source,
                          const std::map<uint32_t, std::string> &names,
                          BinaryenModuleRef target) {
  GlobalOptions globalOptions;
  OwnedModule module = readFunctions(source, names);
  if (BinaryenGetNumFunctions(module.get()) != source.functions.size())
    return llvm::createStringError(
        "Binaryen changed the number of a library's functions");
  NewNames newNames;
  for (const auto &[index, name] : names)
    newNames[BinaryenFunctionGetName(
        BinaryenGetFunctionByIndex(module.get(), index))] = name.c_str();
  for (const auto &[index, name] : names)
    if (!copyFunction(BinaryenGetFunctionByIndex(module.get(), index),
                      name.c_str(), newNames, target))
      return llvm::createStringError("cannot copy function " +
                                     llvm::Twine(index) + " of a library");
  return llvm::Error::success();
}

} // namespace whamm::rewrite::binaryen
