//===- CallEffects.cpp - Calls that may not come back -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Profile/CallEffects.h"

#include "llvm/Support/LEB128.h"

using namespace whamm;
using namespace whamm::profile;
using wasm::ExternKind;
using wasm::Instr;
using wasm::Opcode;

/// What one walk over all bodies finds out.
struct CallEffects::Summary {
  /// (callee, caller), and (canonical type, caller) of calls through tables.
  std::vector<std::pair<uint32_t, uint32_t>> calls, indirectCalls;
};

/// Functions of WASI come back, but for those that end the process.
static bool importMayEnd(const wasm::Import &import) {
  bool isWasi = import.module == "wasi_snapshot_preview1" ||
                import.module == "wasi_unstable";
  return !isWasi || import.name == "proc_exit" || import.name == "proc_raise";
}

void CallEffects::addImports() {
  for (uint32_t i = 0; i != module.numImportedFunctions; ++i)
    if (importMayEnd(*module.getFunctionImport(i)))
      ends.set(i);
  auto isTable = [](const auto &entry) {
    return entry.kind == ExternKind::Table;
  };
  isOpen = llvm::any_of(module.imports, isTable) ||
           llvm::any_of(module.exports, isTable);
}

/// Marks the functions that a constant expression refers to, and returns where
/// it ends.
static size_t markReferences(const wasm::Module &module, wasm::ByteRange range,
                             llvm::BitVector &isTarget) {
  wasm::FunctionCursor cursor =
      wasm::FunctionCursor::forConstExpr(module, range);
  size_t end = range.end;
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    end = instr.end;
    if (instr.opcode == Opcode::RefFunc && instr.imms[0] < isTarget.size())
      isTarget.set(instr.imms[0]);
  }
  if (llvm::Error error = cursor.takeError()) {
    llvm::consumeError(std::move(error)); // validation reports it
    return range.end;
  }
  return end;
}

/// Marks what is in element segments and in initial values.
void CallEffects::addTargets() {
  for (const wasm::ElementSegment &segment : module.elements) {
    size_t pos = segment.items.begin;
    for (uint32_t i = 0; i != segment.count && pos < segment.items.end; ++i) {
      if (segment.hasExprs) {
        pos = markReferences(module, {pos, segment.items.end}, isTarget);
        continue;
      }
      unsigned size = 0;
      uint64_t index =
          llvm::decodeULEB128(module.bytes.data() + pos, &size,
                              module.bytes.data() + segment.items.end);
      pos += size;
      if (index < isTarget.size())
        isTarget.set(index);
    }
  }
  for (wasm::ByteRange range : module.globalInits)
    markReferences(module, range, isTarget);
  for (wasm::ByteRange range : module.tableInits)
    if (range.size())
      markReferences(module, range, isTarget);
}

void CallEffects::summarize(uint32_t function, Summary &summary) {
  wasm::FunctionCursor cursor(module, function - module.numImportedFunctions);
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    switch (instr.opcode) {
    case Opcode::Call:
    case Opcode::ReturnCall:
      summary.calls.push_back({instr.imms[0], function});
      break;
    case Opcode::CallIndirect:
    case Opcode::ReturnCallIndirect:
      // Immediates: type, table.
      summary.indirectCalls.push_back({instr.imms[0], function});
      break;
    case Opcode::CallRef:
    case Opcode::ReturnCallRef:
    case Opcode::Throw:
    case Opcode::ThrowRef:
    case Opcode::Rethrow:
    case Opcode::Delegate:
      ends.set(function);
      break;
    case Opcode::RefFunc:
      if (instr.imms[0] < isTarget.size())
        isTarget.set(instr.imms[0]);
      break;
    case Opcode::TableSet:
    case Opcode::TableGrow:
    case Opcode::TableFill:
      isOpen = true;
      break;
    default:
      break;
    }
  }
  if (llvm::Error error = cursor.takeError()) {
    llvm::consumeError(std::move(error)); // validation reports it
    ends.set(function);
  }
}

bool CallEffects::mayEndIndirectly(uint32_t typeIndex) const {
  return isOpen || typeIndex >= module.canonicalTypes.size() ||
         endingTypes.test(module.canonicalTypes[typeIndex]);
}

CallEffects::CallEffects(const wasm::Module &module, Traps traps)
    : module(module), traps(traps), ends(module.functions.size()),
      isTarget(module.functions.size()), endingTypes(module.types.size()) {
  if (traps == Traps::Count) {
    ends.set(); // also where the stack overflows
    isOpen = true;
    return;
  }
  addImports();
  addTargets();
  Summary summary;
  for (uint32_t i = module.numImportedFunctions, e = module.functions.size();
       i != e; ++i)
    summarize(i, summary);
  llvm::sort(summary.calls);

  llvm::SmallVector<uint32_t> queue(ends.set_bits());
  auto addEnding = [&](uint32_t function) {
    if (ends.test(function))
      return;
    ends.set(function);
    queue.push_back(function);
  };
  auto addEndingType = [&](uint32_t type) {
    uint32_t canonical = module.canonicalTypes[type];
    if (endingTypes.test(canonical))
      return;
    endingTypes.set(canonical);
    for (auto [callee, caller] : summary.indirectCalls)
      if (callee < module.canonicalTypes.size() &&
          module.canonicalTypes[callee] == canonical)
        addEnding(caller);
  };
  if (isOpen)
    for (auto [type, caller] : summary.indirectCalls)
      addEnding(caller);
  while (!queue.empty()) {
    uint32_t function = queue.pop_back_val();
    auto it = llvm::lower_bound(summary.calls, std::pair(function, 0u));
    for (; it != summary.calls.end() && it->first == function; ++it)
      addEnding(it->second);
    if (!isTarget.test(function))
      continue;
    // A call of a supertype reaches it, too.
    uint32_t type = module.functions[function];
    addEndingType(type);
    while (!module.types[type].supertypes.empty()) {
      type = module.types[type].supertypes.front();
      addEndingType(type);
    }
  }
}

bool CallEffects::mayEndAt(const Instr &instr) const {
  switch (instr.opcode) {
  case Opcode::Call:
    return instr.imms[0] >= ends.size() || ends.test(instr.imms[0]);
  case Opcode::CallIndirect:
    return mayEndIndirectly(instr.imms[0]);
  case Opcode::CallRef:
    return true;
  default:
    break;
  }
  const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(instr.opcode);
  return traps == Traps::Count && info.mayTrap && !info.isTerminator;
}
