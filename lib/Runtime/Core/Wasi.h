//===- Wasi.h - The WASI functions that whamm_core imports ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The part of WASI preview 1 that the library uses, by the names and layouts
/// of its specification. Nothing else is imported.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_WASI_H
#define WHAMM_LIB_RUNTIME_CORE_WASI_H

#include <stddef.h>
#include <stdint.h>

#define WHAMM_WASI(name)                                                       \
  __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))

namespace whamm::core::wasi {

struct Ciovec {
  const char *data;
  size_t size;
};

/// A `prestat`; only directories exist. The host writes the tag's byte alone.
struct Prestat {
  uint8_t tag;
  uint32_t nameSize;
};

enum Errno : int32_t {
  Success = 0,
  Again = 6,
  Interrupted = 27,
  NotSupported = 52,
};

enum : uint16_t { CreateFile = 1, AppendToFile = 1 };
enum : uint64_t { RightToWrite = 1u << 6 };

extern "C" {
WHAMM_WASI("fd_write")
int32_t fdWrite(int32_t fd, const Ciovec *vectors, size_t count,
                uint32_t *written);
WHAMM_WASI("environ_sizes_get")
int32_t environSizesGet(uint32_t *count, uint32_t *bytes);
WHAMM_WASI("environ_get")
int32_t environGet(char **entries, char *bytes);
WHAMM_WASI("path_open")
int32_t pathOpen(int32_t directory, int32_t lookupFlags, const char *path,
                 size_t pathSize, int32_t openFlags, uint64_t rights,
                 uint64_t inheritedRights, int32_t fdFlags, int32_t *fd);
WHAMM_WASI("path_create_directory")
int32_t pathCreateDirectory(int32_t directory, const char *path,
                            size_t pathSize);
WHAMM_WASI("fd_prestat_get")
int32_t fdPrestatGet(int32_t fd, Prestat *prestat);
WHAMM_WASI("fd_prestat_dir_name")
int32_t fdPrestatDirName(int32_t fd, char *name, size_t nameSize);
}

} // namespace whamm::core::wasi

#endif // WHAMM_LIB_RUNTIME_CORE_WASI_H
