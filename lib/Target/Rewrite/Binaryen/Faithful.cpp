//===- Faithful.cpp - What the linked Binaryen can handle -----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Faithful.h"

#include "whamm/Target/Rewrite/Binaryen.h"
#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/Twine.h"

namespace whamm::rewrite {

using namespace wasm;

namespace {

struct FeatureInfo {
  unsigned since; // 0: never
  const char *description;
};

#include "whamm/Target/Rewrite/BinaryenFaithful.inc"

/// A reason, or nullopt where there is none.
using Reason = std::optional<std::string>;

constexpr bool isFaithful(unsigned since) {
  return since != 0 && since <= BINARYEN_VERSION;
}

Reason refuse(const llvm::Twine &what) {
  return ("Binaryen " + llvm::Twine(BINARYEN_VERSION) + " cannot handle " +
          what)
      .str();
}

Reason check(Feature feature) {
  const FeatureInfo &info = kFeatures[static_cast<unsigned>(feature)];
  if (isFaithful(info.since))
    return std::nullopt;
  return refuse(info.description);
}

Reason checkIf(bool uses, Feature feature) {
  return uses ? check(feature) : std::nullopt;
}

Reason checkType(ValType type) {
  if (!type.isRef())
    return std::nullopt;
  if (!type.isNullable() || !type.isAbstractRef())
    return check(Feature::TypedReferences);
  switch (type.getAbstractHeap()) {
  case AbstractHeap::Func:
  case AbstractHeap::Extern:
    return std::nullopt;
  case AbstractHeap::Exn:
  case AbstractHeap::NoExn:
    return check(Feature::ExceptionReferences);
  default:
    return check(Feature::TypedReferences);
  }
}

Reason checkTypes(llvm::ArrayRef<ValType> types) {
  for (ValType type : types)
    if (Reason reason = checkType(type))
      return reason;
  return std::nullopt;
}

Reason checkTypeDef(const TypeDef &def) {
  if (def.kind != TypeDef::Kind::Func || !def.isFinal ||
      !def.supertypes.empty() || def.recGroupSize != 1)
    return check(Feature::GcTypes);
  if (Reason reason = checkTypes(def.func.params))
    return reason;
  if (Reason reason = checkTypes(def.func.results))
    return reason;
  return checkIf(def.func.results.size() > 1, Feature::MultiValue);
}

Reason checkImport(const Import &import) {
  return checkIf(import.module.contains('\0') || import.name.contains('\0'),
                 Feature::ZeroInNames);
}

Reason checkMemory(const Limits &limits) {
  if (Reason reason = checkIf(limits.is64, Feature::Memory64))
    return reason;
  if (Reason reason = checkIf(limits.isShared, Feature::SharedMemory))
    return reason;
  return checkIf(limits.pageSizeLog2.has_value(), Feature::CustomPageSizes);
}

Reason checkTable(const TableType &table) {
  if (Reason reason = checkType(table.element))
    return reason;
  return checkIf(table.limits.is64, Feature::Table64);
}

/// The first reason among the elements of a list.
template <typename Range, typename Check>
Reason checkAll(const Range &range, Check check) {
  for (const auto &element : range)
    if (Reason reason = check(element))
      return reason;
  return std::nullopt;
}

bool accessesTable(Opcode opcode) {
  switch (opcode) {
  case Opcode::TableGet:
  case Opcode::TableSet:
  case Opcode::TableSize:
  case Opcode::TableGrow:
    return true;
  default:
    return false;
  }
}

/// Checks one instruction of a body.
Reason checkInstr(const Module &module, const Instr &instr) {
  if (module.numImportedTables != 0 && accessesTable(instr.opcode))
    if (Reason reason = check(Feature::ImportedTableAccess))
      return reason;
  if (!isFaithful(getFaithfulSince(instr.opcode)))
    return refuse("the instruction '" + getOpcodeInfo(instr.opcode).mnemonic +
                  "'");
  return checkIf(instr.mem.offset > UINT32_MAX, Feature::LargeOffsets);
}

/// Checks a block type: parameters, and types that only occur here.
Reason checkBlock(const Module &module, const BlockType &block) {
  switch (block.kind) {
  case BlockType::Kind::Empty:
    return std::nullopt;
  case BlockType::Kind::Value:
    return checkType(block.value);
  case BlockType::Kind::TypeIndex:
    // The bounds were checked when the body was validated.
    return checkIf(!module.types[block.typeIndex].func.params.empty(),
                   Feature::BlockParameters);
  }
  return std::nullopt;
}

/// Checks the types that an instruction mentions; `types` has stepped over it.
Reason checkTypesOf(const Module &module, const Instr &instr,
                    const TypeStack &types) {
  if (instr.opcode == Opcode::RefNull || instr.opcode == Opcode::TypedSelect)
    return checkTypes(types.results());
  return checkBlock(module, instr.block);
}

/// An error of validation as a reason.
Reason toReason(llvm::Error error) {
  return "the function is not valid: " + llvm::toString(std::move(error));
}

} // namespace

unsigned getBinaryenVersion() { return BINARYEN_VERSION; }

std::optional<std::string> whyUnfaithful(const Module &module) {
  if (Reason reason = checkAll(module.types, checkTypeDef))
    return reason;
  if (Reason reason = checkAll(module.imports, checkImport))
    return reason;
  if (Reason reason = checkAll(module.memories, checkMemory))
    return reason;
  if (Reason reason = checkAll(module.tables, checkTable))
    return reason;
  if (Reason reason = checkAll(module.globals, [](const GlobalType &global) {
        return checkType(global.type);
      }))
    return reason;
  if (Reason reason =
          checkIf(module.memories.size() > 1, Feature::SeveralMemories))
    return reason;
  return checkIf(module.tables.size() > 1, Feature::SeveralTables);
}

/// Deeper nesting of blocks is left alone: the reader recurses.
static constexpr uint32_t kMaxDepth = 2000;

std::optional<std::string>
whyUnfaithful(const Module &module, uint32_t defined,
              llvm::function_ref<void(const Instr &)> visit) {
  TypeStack types(module, defined);
  if (Reason reason = checkTypes(types.locals()))
    return reason;
  FunctionCursor cursor(module, defined);
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    if (Reason reason = checkInstr(module, instr))
      return (llvm::consumeError(cursor.takeError()), reason);
    if (llvm::Error error = types.step(instr))
      return (llvm::consumeError(cursor.takeError()),
              toReason(std::move(error)));
    if (Reason reason = checkTypesOf(module, instr, types))
      return (llvm::consumeError(cursor.takeError()), reason);
    if (cursor.getDepth() > kMaxDepth)
      return (llvm::consumeError(cursor.takeError()),
              check(Feature::DeepNesting));
    visit(instr);
  }
  if (llvm::Error error = cursor.takeError())
    return toReason(std::move(error));
  return std::nullopt;
}

std::optional<std::string> whyUnfaithful(const Module &module,
                                         uint32_t defined) {
  return whyUnfaithful(module, defined, [](const Instr &) {});
}

} // namespace whamm::rewrite
