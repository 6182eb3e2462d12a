//===- ExportName.h - Reading one export name -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the files that read and print export names share.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_EXPORTNAME_H
#define WHAMM_LIB_TARGET_WEI_EXPORTNAME_H

#include "whamm/Target/Wei/Contract.h"

namespace whamm::wei::detail {

struct EventInfo {
  llvm::StringLiteral text; // behind `wasm:`
  bool hasMnemonic;
};
/// In the order of EventKind, which is that in which they are tried.
llvm::ArrayRef<EventInfo> getEventInfos();

} // namespace whamm::wei::detail

#endif // WHAMM_LIB_TARGET_WEI_EXPORTNAME_H
