//===- SectionOrder.cpp - Sections in the order of the format -------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/SectionOrder.h"

#include "llvm/ADT/STLExtras.h"

using namespace whamm;
using namespace whamm::wasm;

static constexpr SectionId canonicalOrder[] = {
    SectionId::Type,    SectionId::Import,    SectionId::Function,
    SectionId::Table,   SectionId::Memory,    SectionId::Tag,
    SectionId::Global,  SectionId::Export,    SectionId::Start,
    SectionId::Element, SectionId::DataCount, SectionId::Code,
    SectionId::Data,
};

/// Position in canonicalOrder.
static size_t getRank(SectionId id) {
  return llvm::find(canonicalOrder, id) - std::begin(canonicalOrder);
}

namespace {
class SectionWalk {
public:
  using Visitor =
      llvm::function_ref<llvm::Error(const Section *section, SectionId id)>;
  SectionWalk(const Module &module, Visitor visit)
      : module(module), visit(visit) {}

  llvm::Error run();

private:
  /// Visits the sections of lower rank that the module lacks.
  llvm::Error visitMissing(size_t rank);
  llvm::Error visitPresent(const Section &section);

  const Module &module;
  Visitor visit;
  size_t nextRank = 0;
};
} // namespace

llvm::Error SectionWalk::visitMissing(size_t rank) {
  for (; nextRank < rank; ++nextRank)
    if (llvm::Error error = visit(nullptr, canonicalOrder[nextRank]))
      return error;
  return llvm::Error::success();
}

llvm::Error SectionWalk::visitPresent(const Section &section) {
  auto id = static_cast<SectionId>(section.id);
  if (id == SectionId::Custom)
    return visit(&section, id);
  size_t rank = getRank(id);
  if (llvm::Error error = visitMissing(rank))
    return error;
  nextRank = rank + 1;
  return visit(&section, id);
}

llvm::Error SectionWalk::run() {
  // Custom sections behind the last other one may have to stay there.
  size_t numLeading = module.sections.size();
  while (numLeading != 0 && module.sections[numLeading - 1].id == 0)
    --numLeading;
  llvm::ArrayRef<Section> sections = module.sections;
  for (const Section &section : sections.take_front(numLeading))
    if (llvm::Error error = visitPresent(section))
      return error;
  if (llvm::Error error = visitMissing(std::size(canonicalOrder)))
    return error;
  for (const Section &section : sections.drop_front(numLeading))
    if (llvm::Error error = visitPresent(section))
      return error;
  return llvm::Error::success();
}

llvm::Error wasm::visitSections(const Module &module,
                                SectionWalk::Visitor visit) {
  return SectionWalk(module, visit).run();
}
