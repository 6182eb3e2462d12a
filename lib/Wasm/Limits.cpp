//===- Limits.cpp - Limits of engines ---------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Limits.h"

#include "whamm/Wasm/Encode.h"

#include "llvm/ADT/Twine.h"

using namespace llvm;
using namespace whamm::wasm;

std::string whamm::wasm::getLimitMessage(StringRef what, uint64_t count,
                                         Limit limit) {
  return ("implementation limit: " + Twine(count) + " " + what + ", at most " +
          Twine(static_cast<uint64_t>(limit)) + " are supported")
      .str();
}

namespace {
/// Remembers the first number that is too large.
class LimitChecker {
public:
  explicit LimitChecker(const Module &module) : module(module) {}

  void check(SectionId section, StringRef what, uint64_t count, Limit limit) {
    if (LLVM_LIKELY(count <= limit) || !message.empty())
      return;
    message = getLimitMessage(what, count, limit);
    const Section *at = module.findSection(static_cast<uint8_t>(section));
    offset = at ? at->content.begin : 0;
  }
  Error take() {
    return message.empty() ? Error::success()
                           : make_error<ReadError>(offset, message);
  }

private:
  const Module &module;
  std::string message;
  size_t offset = 0;
};
} // namespace

static void checkCounts(const Module &module, LimitChecker &checker) {
  checker.check(SectionId::Custom, "bytes in a module", module.bytes.size(),
                MaxModuleSize);
  checker.check(SectionId::Type, "types", module.types.size(), MaxTypes);
  checker.check(SectionId::Import, "imports", module.imports.size(),
                MaxImports);
  checker.check(SectionId::Function, "functions", module.bodies.size(),
                MaxFunctions);
  checker.check(SectionId::Table, "tables", module.tables.size(), MaxTables);
  checker.check(SectionId::Memory, "memories", module.memories.size(),
                MaxMemories);
  checker.check(SectionId::Global, "globals", module.globalInits.size(),
                MaxGlobals);
  checker.check(SectionId::Tag, "tags",
                module.tags.size() - module.numImportedTags, MaxTags);
  checker.check(SectionId::Export, "exports", module.exports.size(),
                MaxExports);
  checker.check(SectionId::Element, "element segments", module.numElements,
                MaxElementSegments);
  checker.check(SectionId::Data, "data segments", module.numData,
                MaxDataSegments);
}

static void checkItems(const Module &module, LimitChecker &checker) {
  for (const TypeDef &type : module.types) {
    checker.check(SectionId::Type, "parameters", type.func.params.size(),
                  MaxParams);
    checker.check(SectionId::Type, "results", type.func.results.size(),
                  MaxResults);
    checker.check(SectionId::Type, "fields", type.fields.size(), MaxFields);
  }
  for (const Import &import : module.imports)
    for (StringRef name : {import.module, import.name})
      checker.check(SectionId::Import, "bytes in a name", name.size(),
                    MaxNameSize);
  for (const Export &item : module.exports)
    checker.check(SectionId::Export, "bytes in a name", item.name.size(),
                  MaxNameSize);
  for (const ElementSegment &segment : module.elements)
    checker.check(SectionId::Element, "elements", segment.count, MaxElements);
  for (const FunctionBody &body : module.bodies)
    checker.check(SectionId::Code, "bytes in a function body",
                  body.range.size(), MaxBodySize);
}

Error whamm::wasm::checkLimits(const Module &module) {
  LimitChecker checker(module);
  checkCounts(module, checker);
  checkItems(module, checker);
  return checker.take();
}
