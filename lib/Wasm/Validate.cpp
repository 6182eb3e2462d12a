//===- Validate.cpp - Validation of a module --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Limits.h"
#include "whamm/Wasm/TypeStack.h"

#include "Reader.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ThreadPool.h"

#include <atomic>

using namespace llvm;
using namespace whamm::wasm;

namespace {
/// Checks one module.
class Validator {
public:
  explicit Validator(const Module &module)
      : module(module), types(module), declared(module.functions.size()) {}

  Error checkModule();
  Error run();

private:
  Error fail(uint8_t section, const Twine &text);
  Error checkType(uint32_t index);
  Error checkDeclaredSubtype(uint32_t index);
  bool isKnown(ValType type, uint32_t limit) const;
  bool isFieldSubtype(const FieldType &sub, const FieldType &super) const;
  bool isStructuralSubtype(const TypeDef &sub, const TypeDef &super) const;

  Error checkMemoryLimits(const Limits &limits);
  Error checkTableLimits(const Limits &limits);
  Error checkRange(const Limits &limits, uint8_t section);
  Error checkIndexSpaces();
  Error checkExports();
  Error checkStart();
  Error checkConstExpr(const Twine &owner, ByteRange range, ValType type,
                       uint32_t globalLimit);
  Error checkGlobals();
  Error checkTables();
  Error checkElements();
  Error checkElementItems(uint32_t index);
  Error checkData();
  Error checkBodies();
  /// Checks the bodies [begin, end) with a type stack of the caller's.
  Error checkBodies(TypeStack &stack, uint32_t begin, uint32_t end) const;
  Error checkBody(TypeStack &stack, uint32_t defined) const;
  std::string getOwner(uint32_t defined) const;
  Error declare(uint32_t function, size_t offset);

  const Module &module;
  TypeStack types;
  std::vector<uint32_t> subtypeDepths; // of the types checked so far
  /// Functions that ref.func may name in bodies: C.refs.
  BitVector declared;
};
} // namespace

/// An error about an item of a section, at the section's start.
Error Validator::fail(uint8_t section, const Twine &text) {
  const Section *at = module.findSection(section);
  return make_error<ReadError>(at ? at->content.begin : 0, text.str());
}

/// Checks everything but the bodies.
Error Validator::checkModule() {
  if (Error error = checkLimits(module))
    return error;
  for (uint32_t i = 0; i != module.types.size(); ++i)
    if (Error error = checkType(i))
      return error;
  for (auto check : {&Validator::checkIndexSpaces, &Validator::checkExports,
                     &Validator::checkStart, &Validator::checkTables,
                     &Validator::checkGlobals, &Validator::checkElements,
                     &Validator::checkData})
    if (Error error = (this->*check)())
      return error;
  return Error::success();
}

Error Validator::run() {
  if (Error error = checkModule())
    return error;
  return checkBodies();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

bool Validator::isKnown(ValType type, uint32_t limit) const {
  return !type.isConcreteRef() || type.getTypeIndex() < limit;
}

Error Validator::checkType(uint32_t index) {
  const TypeDef &type = module.types[index];
  uint32_t limit = type.recGroup + type.recGroupSize;
  auto known = [&](ValType t) { return isKnown(t, limit); };
  if (!all_of(type.func.params, known) || !all_of(type.func.results, known) ||
      !all_of(type.fields, [&](const FieldType &f) { return known(f.type); }))
    return fail(1, "unknown type in type " + Twine(index));
  return checkDeclaredSubtype(index);
}

Error Validator::checkDeclaredSubtype(uint32_t index) {
  const TypeDef &type = module.types[index];
  subtypeDepths.push_back(0);
  if (type.supertypes.size() > 1)
    return fail(1, "type " + Twine(index) + " has " +
                       Twine(type.supertypes.size()) +
                       " supertypes, expected at most 1");
  for (uint32_t super : type.supertypes) {
    if (super >= index)
      return fail(1, "unknown supertype " + Twine(super) + " of type " +
                         Twine(index));
    if (module.types[super].isFinal ||
        !isStructuralSubtype(type, module.types[super]))
      return fail(1,
                  "sub type " + Twine(index) + " does not match super type " +
                      Twine(super) +
                      (module.types[super].isFinal ? ", which is final" : ""));
    subtypeDepths.back() = subtypeDepths[super] + 1;
    if (subtypeDepths.back() > MaxSubtypeDepth)
      return fail(
          1, getLimitMessage("supertypes above type " + std::to_string(index),
                             subtypeDepths.back(), MaxSubtypeDepth));
  }
  return Error::success();
}

bool Validator::isFieldSubtype(const FieldType &sub,
                               const FieldType &super) const {
  if (sub.isMutable != super.isMutable || sub.packed != super.packed)
    return false;
  return sub.isMutable ? module.isSameType(sub.type, super.type)
                       : module.isSubtype(sub.type, super.type);
}

bool Validator::isStructuralSubtype(const TypeDef &sub,
                                    const TypeDef &super) const {
  if (sub.kind != super.kind || sub.fields.size() < super.fields.size() ||
      sub.func.params.size() != super.func.params.size() ||
      sub.func.results.size() != super.func.results.size())
    return false;
  for (auto [a, b] : zip(sub.func.params, super.func.params))
    if (!module.isSubtype(b, a))
      return false;
  for (auto [a, b] : zip(sub.func.results, super.func.results))
    if (!module.isSubtype(a, b))
      return false;
  for (auto [a, b] : zip(sub.fields, super.fields))
    if (!isFieldSubtype(a, b))
      return false;
  return true;
}

//===----------------------------------------------------------------------===//
// Index spaces, exports, start
//===----------------------------------------------------------------------===//

Error Validator::checkMemoryLimits(const Limits &limits) {
  unsigned pageLog2 = limits.pageSizeLog2.value_or(16);
  if (pageLog2 != 0 && pageLog2 != 16)
    return fail(5, "invalid custom page size: expected 1 or 65536, found 2^" +
                       Twine(pageLog2));
  // All that an address can reach, in pages.
  unsigned bits = (limits.is64 ? 64 : 32) - pageLog2;
  uint64_t bound = bits == 64 ? UINT64_MAX : uint64_t(1) << bits;
  uint64_t largest = std::max(limits.min, limits.max.value_or(0));
  if (largest > bound)
    return fail(5, "memory size must be at most " + Twine(bound) +
                       " pages, found " + Twine(largest));
  if (limits.isShared && !limits.max)
    return fail(5, "shared memory must have maximum");
  return checkRange(limits, 5);
}

Error Validator::checkTableLimits(const Limits &limits) {
  uint64_t largest = std::max(limits.min, limits.max.value_or(0));
  if (!limits.is64 && largest > UINT32_MAX)
    return fail(4,
                "table size must be at most 2^32-1, found " + Twine(largest));
  return checkRange(limits, 4);
}

Error Validator::checkRange(const Limits &limits, uint8_t section) {
  if (!limits.max || *limits.max >= limits.min)
    return Error::success();
  return fail(section, "size minimum must not be greater than maximum, found " +
                           Twine(limits.min) + " and " + Twine(*limits.max));
}

Error Validator::checkIndexSpaces() {
  for (const Limits &memory : module.memories)
    if (Error error = checkMemoryLimits(memory))
      return error;
  uint32_t limit = module.types.size();
  for (const TableType &table : module.tables) {
    if (Error error = checkTableLimits(table.limits))
      return error;
    if (!isKnown(table.element, limit))
      return fail(4, "unknown type of a table");
  }
  for (const GlobalType &global : module.globals)
    if (!isKnown(global.type, limit))
      return fail(6, "unknown type of a global");
  for (uint32_t tag : module.tags)
    if (!module.types[tag].func.results.empty())
      return fail(13, "non-empty tag result type");
  return Error::success();
}

Error Validator::checkExports() {
  DenseSet<StringRef> names;
  auto getSize = [&](ExternKind kind) -> size_t {
    switch (kind) {
    case ExternKind::Func:
      return module.functions.size();
    case ExternKind::Table:
      return module.tables.size();
    case ExternKind::Memory:
      return module.memories.size();
    case ExternKind::Global:
      return module.globals.size();
    case ExternKind::Tag:
      return module.tags.size();
    }
    return 0;
  };
  for (const Export &item : module.exports) {
    if (item.index >= getSize(item.kind))
      return fail(7, "export of an unknown item " + Twine(item.index));
    if (!names.insert(item.name).second)
      return fail(7, "duplicate export name \"" + item.name + "\"");
    if (item.kind == ExternKind::Func)
      declared.set(item.index);
  }
  return Error::success();
}

Error Validator::checkStart() {
  if (!module.start)
    return Error::success();
  const FuncType &type = module.getFunctionType(*module.start);
  if (!type.params.empty() || !type.results.empty())
    return fail(8, "start function has parameters or results");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Constant expressions
//===----------------------------------------------------------------------===//

/// Says in which item, and where one is at fault, in which instruction an error
/// is.
static Error addPlace(Error error, const Twine &owner, const Instr *instr,
                      bool isReachable = true) {
  std::string place = owner.str();
  if (instr)
    place += ", instruction " + std::to_string(instr->opidx) + " (`" +
             getMnemonic(instr->opcode).str() +
             (isReachable ? "`)" : "`, in unreachable code)");
  return handleErrors(std::move(error), [&](const ReadError &e) {
    return make_error<ReadError>(e.getOffset(),
                                 place + ": " + e.getMessage().str());
  });
}

Error Validator::checkConstExpr(const Twine &owner, ByteRange range,
                                ValType type, uint32_t globalLimit) {
  types.enterConstExpr(type, globalLimit);
  FunctionCursor cursor = FunctionCursor::forConstExpr(module, range);
  while (cursor.next()) {
    if (Error error = types.step(cursor.get()))
      return addPlace(std::move(error), owner, &cursor.get());
    if (cursor.get().opcode == Opcode::RefFunc)
      declared.set(cursor.get().imms[0]);
  }
  return cursor.takeError();
}

Error Validator::checkGlobals() {
  for (auto [i, init] : enumerate(module.globalInits)) {
    uint32_t index = module.numImportedGlobals + i;
    if (Error error = checkConstExpr("global " + Twine(index), init,
                                     module.globals[index].type, index))
      return error;
  }
  return Error::success();
}

Error Validator::checkTables() {
  for (auto [i, init] : enumerate(module.tableInits)) {
    uint32_t index = module.numImportedTables + i;
    ValType type = module.tables[index].element;
    if (init.size() == 0) {
      if (!type.isDefaultable())
        return fail(4, "type mismatch: table " + Twine(index) + " of " +
                           type.str() + " needs an initial value");
      continue;
    }
    if (Error error = checkConstExpr("table " + Twine(index), init, type,
                                     module.numImportedGlobals))
      return error;
  }
  return Error::success();
}

Error Validator::declare(uint32_t function, size_t offset) {
  if (function >= module.functions.size())
    return make_error<ReadError>(offset,
                                 ("unknown function " + Twine(function)).str());
  declared.set(function);
  return Error::success();
}

Error Validator::checkElements() {
  for (auto [i, segment] : enumerate(module.elements)) {
    if (!isKnown(segment.type, module.types.size()))
      return fail(9, "unknown type of element segment " + Twine(i));
    if (segment.mode == ElementSegment::Mode::Active) {
      if (segment.table >= module.tables.size())
        return fail(9, "unknown table " + Twine(segment.table));
      const TableType &table = module.tables[segment.table];
      if (!module.isSubtype(segment.type, table.element))
        return fail(9, "type mismatch: expected element segment " + Twine(i) +
                           " to be of " + table.element.str() + ", found " +
                           segment.type.str());
      if (Error error = checkConstExpr(
              "element segment " + Twine(i), segment.offset,
              table.limits.is64 ? ValType::i64() : ValType::i32(),
              module.globals.size()))
        return error;
    }
    if (Error error = checkElementItems(i))
      return error;
  }
  return Error::success();
}

Error Validator::checkElementItems(uint32_t index) {
  const ElementSegment &segment = module.elements[index];
  Reader reader(module.bytes, segment.items.begin, segment.items.end);
  for (uint32_t i = 0; i != segment.count; ++i) {
    size_t offset = reader.getOffset();
    Error error = segment.hasExprs
                      ? checkConstExpr("element segment " + Twine(index),
                                       skipConstExpr(reader), segment.type,
                                       module.globals.size())
                      : declare(reader.readU32(), offset);
    if (error)
      return error;
  }
  return Error::success();
}

Error Validator::checkData() {
  for (auto [i, segment] : enumerate(module.data)) {
    if (!segment.isActive)
      continue;
    if (segment.memory >= module.memories.size())
      return fail(11, "unknown memory " + Twine(segment.memory));
    bool is64 = module.memories[segment.memory].is64;
    if (Error error = checkConstExpr("data segment " + Twine(i), segment.offset,
                                     is64 ? ValType::i64() : ValType::i32(),
                                     module.globals.size()))
      return error;
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

/// `function 3 ('name')`.
std::string Validator::getOwner(uint32_t defined) const {
  uint32_t index = module.numImportedFunctions + defined;
  StringRef name = module.getFunctionName(index);
  return ("function " + Twine(index) +
          (name.empty() ? Twine() : " ('" + name + "')"))
      .str();
}

Error Validator::checkBody(TypeStack &stack, uint32_t defined) const {
  stack.enter(defined);
  FunctionCursor cursor(module, defined);
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    if (Error error = stack.step(instr))
      return addPlace(std::move(error), getOwner(defined), &instr,
                      stack.wasReachable());
    if (instr.opcode == Opcode::RefFunc && !declared.test(instr.imms[0]))
      return addPlace(
          make_error<ReadError>(
              instr.begin,
              ("undeclared function reference " + Twine(instr.imms[0])).str()),
          getOwner(defined), &instr, stack.wasReachable());
  }
  Error error = cursor.takeError();
  if (LLVM_LIKELY(!error))
    return error;
  return addPlace(std::move(error), getOwner(defined), nullptr);
}

Error Validator::checkBodies(TypeStack &stack, uint32_t begin,
                             uint32_t end) const {
  for (uint32_t i = begin; i != end; ++i)
    if (Error error = checkBody(stack, i))
      return error;
  return Error::success();
}

/// Bodies do not depend on each other: threads take runs of them of about
/// equal size. The error reported is that of the first body at fault, however
/// many threads there are.
Error Validator::checkBodies() {
  constexpr size_t bytesPerRun = 64 * 1024;
  auto count = static_cast<uint32_t>(module.bodies.size());
  std::vector<uint32_t> starts;
  size_t bytes = bytesPerRun;
  for (uint32_t i = 0; i != count; ++i) {
    if (bytes >= bytesPerRun) {
      starts.push_back(i);
      bytes = 0;
    }
    bytes += module.bodies[i].range.size();
  }
  if (starts.size() < 4)
    return checkBodies(types, 0, count);

  std::vector<std::optional<Error>> errors(starts.size());
  std::atomic<uint32_t> next = 0;
  DefaultThreadPool pool(
      hardware_concurrency(static_cast<unsigned>(starts.size())));
  for (unsigned t = 0; t != pool.getMaxConcurrency(); ++t)
    pool.async([&] {
      TypeStack stack(module);
      for (uint32_t run; (run = next++) < starts.size();) {
        uint32_t end = run + 1 < starts.size() ? starts[run + 1] : count;
        errors[run].emplace(checkBodies(stack, starts[run], end));
      }
    });
  pool.wait();
  Error first = Error::success();
  for (std::optional<Error> &error : errors) {
    if (first)
      consumeError(std::move(*error));
    else
      first = std::move(*error);
  }
  return first;
}

Error whamm::wasm::validateModule(const Module &module) {
  return Validator(module).run();
}

Error whamm::wasm::validateModuleLevel(const Module &module) {
  return Validator(module).checkModule();
}
