//===- Runtime.cpp - The run-time files of the compiler -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Runtime/Runtime.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

#include <cstdlib>

namespace path = llvm::sys::path;

static constexpr uint8_t numericsModule[] = {
#include "NumericsModule.inc"
};

static constexpr uint8_t siteModule[] = {
#include "SiteModule.inc"
};

std::string whamm::runtime::findRuntimeFile(llvm::StringRef toolDir,
                                            llvm::StringRef name) {
  llvm::SmallString<256> file;
  const char *overriding = std::getenv("WHAMM_DATA_DIR");
  if (overriding && *overriding)
    path::append(file, overriding, name);
  else
    path::append(file, path::parent_path(toolDir), "lib", "whamm", name);
  return std::string(file);
}

llvm::ArrayRef<uint8_t> whamm::runtime::getNumericsModule() {
  return numericsModule;
}

llvm::ArrayRef<uint8_t> whamm::runtime::getSiteModule() { return siteModule; }
