//===- Folder.h - The files of a monitor that was applied -------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Beside a program OUT.wasm to which a monitor was applied lies the folder
/// OUT.monitor: monitor.wasm, and NAME.wasm for each library that is left.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_WEI_FOLDER_H
#define WHAMM_TARGET_WEI_FOLDER_H

#include "whamm/Target/Wei/Apply.h"

namespace whamm::wei {

struct FolderFile {
  std::string name; // with the ending .wasm
  std::vector<uint8_t> bytes;
};

/// The modules as matching left them, the monitor first, without what only
/// match-time calls needed: functions, and libraries that nobody imports any
/// more. The runtime library, which hosts call too, is not changed but for its
/// state. Errors: of snapshotModule.
llvm::Expected<std::vector<FolderFile>>
makeMonitorFolder(llvm::ArrayRef<AppliedModule> modules,
                  llvm::StringRef matchOutput);

} // namespace whamm::wei

#endif // WHAMM_TARGET_WEI_FOLDER_H
