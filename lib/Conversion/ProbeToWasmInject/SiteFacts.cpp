//===- SiteFacts.cpp - What is known at match time --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SiteFacts.h"

#include "whamm/Wasm/BoundNames.h"

using namespace mlir;
using namespace whamm;

/// Decodes the name of a static bound variable.
std::optional<StaticFact> whamm::getStaticFact(StringRef name) {
  if (name == "segment")
    return StaticFact{wasm::BoundSource::Imm, 0, /*isSegment=*/true};
  if (auto member = wasm::getFamilyMember(name))
    return StaticFact{member->source, static_cast<int32_t>(member->index)};
  for (wasm::EventId id = 0; id < wasm::getEvents().size(); ++id)
    if (auto var = wasm::lookupBoundVar(id, name))
      return StaticFact{var->source, var->index};
  return std::nullopt;
}

/// The callee of a call, for the names that describe it.
static StringRef getCalleeText(wasm::BoundSource source,
                               const SiteFacts &site) {
  uint32_t callee = site.instr->imms[0];
  const wasm::Import *import = site.module->getFunctionImport(callee);
  switch (source) {
  case wasm::BoundSource::TargetFnType:
    return import ? "import" : "local";
  case wasm::BoundSource::TargetImpModule:
    return import ? import->module : site.module->getModuleName();
  default:
    return import ? import->name : site.module->getFunctionName(callee);
  }
}

static std::optional<StaticValue> getImmediate(unsigned index,
                                               const SiteFacts &site) {
  const wasm::Instr &instr = *site.instr;
  StaticValue value;
  switch (instr.opcode) {
  case wasm::Opcode::BrTable:
    if (index >= instr.targets.size())
      return std::nullopt;
    value.bits = instr.targets[index];
    return value;
  case wasm::Opcode::I32Const:
  case wasm::Opcode::I64Const:
  case wasm::Opcode::F32Const:
  case wasm::Opcode::F64Const:
    if (index > 0)
      return std::nullopt;
    value.bits = instr.constBits;
    return value;
  default:
    if (index >= instr.numImms)
      return std::nullopt;
    value.bits = instr.imms[index];
    return value;
  }
}

/// The bytes of the segment that memory.init copies from.
static std::optional<StaticValue> getSegment(const SiteFacts &site) {
  uint32_t index = site.instr->imms[0];
  if (site.instr->opcode != wasm::Opcode::MemoryInit ||
      index >= site.module->data.size())
    return std::nullopt;
  wasm::ByteRange range = site.module->data[index].bytes;
  StaticValue value;
  value.text = StringRef(
      reinterpret_cast<const char *>(site.module->bytes.data()) + range.begin,
      range.size());
  return value;
}

std::optional<StaticValue> whamm::getFact(const StaticFact &fact,
                                          const SiteFacts &site) {
  using Source = wasm::BoundSource;
  const wasm::EventInfo &event = wasm::getEvents()[site.event];
  StaticValue value;
  if (!site.instr && fact.source != Source::AppMemId)
    return std::nullopt;
  if (fact.isSegment)
    return getSegment(site);
  switch (fact.source) {
  case Source::AppMemId:
    if (site.module->memories.size() == site.module->numImportedMemories)
      return std::nullopt;
    value.bits = site.module->numImportedMemories;
    return value;
  case Source::Fid:
    value.bits = site.func;
    return value;
  case Source::Fname:
    value.text = site.module->getFunctionName(site.func);
    return value;
  case Source::Pc:
    value.bits = site.pc;
    return value;
  case Source::Opidx:
    value.bits = site.instr->opidx;
    return value;
  case Source::AtFuncEnd:
    value.bits = site.isFunctionEnd;
    return value;
  case Source::Opname:
    value.text = event.opname;
    return value;
  case Source::Bytecode:
    value.bits = event.bytecode;
    return value;
  case Source::CategoryId:
    value.bits = event.categoryId;
    return value;
  case Source::CategoryName:
    value.text = event.categoryName;
    return value;
  case Source::Imm:
    return getImmediate(fact.index, site);
  case Source::MemArgMemory:
    value.bits = site.instr->mem.memory;
    return value;
  case Source::MemArgAlign:
    value.bits = site.instr->mem.align;
    return value;
  case Source::MemArgOffset:
    value.bits = site.instr->mem.offset;
    return value;
  case Source::DataSize:
    value.bits = wasm::getOpcodeInfo(site.instr->opcode).accessBytes;
    return value;
  case Source::IsWrite:
    value.bits = wasm::getOpcodeInfo(site.instr->opcode).writesMemory;
    return value;
  case Source::Targets:
    return site.instr->targets.empty() ? std::nullopt : std::optional(value);
  case Source::NumTargets:
    if (site.instr->targets.empty())
      return std::nullopt;
    value.bits = site.instr->targets.size() - 1;
    return value;
  case Source::DefaultTarget:
    if (site.instr->targets.empty())
      return std::nullopt;
    value.bits = site.instr->targets.back();
    return value;
  case Source::TargetFnType:
  case Source::TargetImpModule:
  case Source::TargetFnName:
    value.text = getCalleeText(fact.source, site);
    return value;
  case Source::ResolvedFid:
    value.bits =
        static_cast<int64_t>(site.instr->opcode == wasm::Opcode::RefFunc
                                 ? static_cast<int32_t>(site.instr->imms[0])
                                 : site.previousRefFunc);
    return value;
  case Source::InstrCount:
    value.bits = site.instrCount;
    return value;
  default:
    return std::nullopt;
  }
}
