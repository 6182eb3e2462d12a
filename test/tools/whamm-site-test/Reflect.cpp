//===- Reflect.cpp - An engine's view of a module ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// The imports of the site module over the compiler's own reader.
//
//===----------------------------------------------------------------------===//

#include "Reflect.h"

// The declarations that this file defines.
#include "../../../lib/Runtime/Site/Reflect.h"

#include "whamm/Wasm/Encode.h"

#include <cstdlib>
#include <cstring>

using namespace whamm::wasm;

static const Module *app;

void setReflectedModule(const Module &module) { app = &module; }

void *whamm::site::allocate(uint32_t size) {
  // Lives as long as the process, as it does in a monitor.
  static std::vector<std::unique_ptr<uint64_t[]>> blocks;
  blocks.push_back(std::make_unique<uint64_t[]>(size / 8 + 1));
  return blocks.back().get();
}

static uint32_t copy(const void *data, size_t full, void *to, uint32_t size) {
  if (size_t count = std::min<size_t>(full, size))
    std::memcpy(to, data, count);
  return full;
}

static uint32_t copy(ByteRange range, void *to, uint32_t size) {
  return copy(app->bytes.data() + range.begin, range.size(), to, size);
}

uint32_t reflectSection(uint32_t id, void *to, uint32_t size, uint32_t) {
  const Section *section = app->findSection(id);
  return section ? copy(section->content, to, size) : 0;
}

uint32_t reflectFunctionBody(uint32_t function, void *to, uint32_t size) {
  if (function >= app->functions.size())
    std::abort();
  if (function < app->numImportedFunctions)
    return 0;
  return copy(app->bodies[function - app->numImportedFunctions].range, to,
              size);
}

uint32_t reflectFunctionName(uint32_t function, void *to, uint32_t size) {
  if (function >= app->functions.size())
    std::abort();
  llvm::StringRef name = app->getFunctionName(function);
  return copy(name.data(), name.size(), to, size);
}

uint32_t reflectModuleName(void *to, uint32_t size) {
  llvm::StringRef name = app->getModuleName();
  return copy(name.data(), name.size(), to, size);
}

uint32_t reflectNumData() { return app->data.size(); }

uint32_t reflectDataDef(uint32_t segment, void *to, uint32_t size) {
  if (segment >= app->data.size())
    std::abort();
  // A segment begins where the one before it ends, the first behind the count.
  size_t begin = 0;
  if (segment) {
    begin = app->data[segment - 1].bytes.end;
  } else {
    const Section *section =
        app->findSection(static_cast<uint8_t>(SectionId::Data));
    for (begin = section->content.begin; app->bytes[begin] >= 0x80;)
      ++begin;
    ++begin;
  }
  return copy({begin, app->data[segment].bytes.end}, to, size);
}
