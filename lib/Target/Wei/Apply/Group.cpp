//===- Group.cpp - A monitor and its libraries, running ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Group.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;
namespace interp = wabt::interp;

Group::Group(const ApplyInput &input)
    : interpreter(input.limit),
      hosts(input.app, input.appPath, interpreter, stream) {
  auto add = [&](const GroupModule &module, bool isInGroup) {
    Member &member = members.emplace_back();
    member.name = module.name;
    member.module = module.module;
    member.isInGroup = isInGroup;
    member.wasi.output = &stream;
    member.wasi.exportedMemory = true;
    // What the runtime prints now is printed again when the program starts.
    member.wasi.environment = {"TO_CONSOLE=true"};
  };
  for (const GroupModule &module : input.group)
    add(module, true);
  for (const GroupModule &module : input.libraries)
    add(module, false);
}

/// Modules of the group have their names first.
Group::Member *Group::find(StringRef name) {
  auto it = llvm::find_if(
      members, [&](const Member &member) { return member.name == name; });
  return it == members.end() ? nullptr : &*it;
}

//===----------------------------------------------------------------------===//
// Linking
//===----------------------------------------------------------------------===//

Expected<interp::Ref> Group::linkMember(Member &from, StringRef name) {
  if (Error error = instantiate(from))
    return std::move(error);
  interp::Module::Ptr module(interpreter.store, from.instance->module());
  for (auto [i, entry] : enumerate(module->export_types()))
    if (entry.name == name)
      return from.instance->exports()[i];
  return createStringError("'" + from.name + "' has no export '" + name + "'");
}

Expected<interp::Ref> Group::link(Member &member,
                                  const interp::ImportType &import) {
  Member *from = find(import.module);
  if (from && from->isInGroup)
    return linkMember(*from, import.name);
  if (import.module == wasiModule)
    if (auto function =
            makeWasiFunction(interpreter.store, import.name, member.wasi))
      return function.ref();
  if (auto function = makeHostFunction(import.module, import.name, hosts))
    return function.ref();
  if (from)
    return linkMember(*from, import.name);
  return createStringError("'" + member.name + "' imports \"" + import.name +
                           "\" from \"" + import.module +
                           "\", which nobody provides");
}

Error Group::instantiate(Member &member) {
  if (member.instance)
    return Error::success();
  if (member.isLinking)
    return createStringError("'" + member.name +
                             "' imports itself, by way of others");
  member.isLinking = true;
  Expected<interp::Module::Ptr> module =
      interpreter.read(member.module->bytes, member.start);
  if (!module)
    return createStringError("the interpreter cannot read '" + member.name +
                             "': " + toString(module.takeError()));
  interp::RefVec imports;
  for (const interp::ImportType &import : (*module)->import_types()) {
    Expected<interp::Ref> provided = link(member, import);
    if (!provided)
      return provided.takeError();
    imports.push_back(*provided);
  }
  interp::Trap::Ptr trap;
  member.instance = interp::Instance::Instantiate(
      interpreter.store, module->ref(), imports, &trap);
  if (!member.instance)
    return createStringError("'" + member.name + "' cannot be instantiated: " +
                             (trap ? trap->message() : "unknown reason"));
  return Error::success();
}

Error Group::start() {
  for (Member &member : members)
    if (member.isInGroup)
      if (Error error = instantiate(member))
        return error;
  Member &monitor = members.front();
  for (auto [i, ref] : enumerate(monitor.instance->funcs()))
    monitorFunctions.try_emplace(ref.index, i);
  if (!monitor.start)
    return Error::success();
  interp::Values results;
  if (Error error = interpreter.call(monitor.instance->funcs()[*monitor.start],
                                     {}, results))
    warnings.push_back("Whamm monitor trapped in the start function: " +
                       toString(std::move(error)));
  return Error::success();
}

std::optional<interp::Ref> Group::findExport(StringRef name,
                                             wabt::ExternalKind kind) {
  Member &monitor = members.front();
  interp::Module::Ptr module(interpreter.store, monitor.instance->module());
  for (auto [i, entry] : enumerate(module->export_types()))
    if (entry.name == name && entry.type->kind == kind)
      return monitor.instance->exports()[i];
  return std::nullopt;
}

std::optional<uint32_t> Group::findFunction(interp::Ref ref) const {
  auto it = monitorFunctions.find(ref.index);
  if (it == monitorFunctions.end())
    return std::nullopt;
  return it->second;
}

bool Group::imports(StringRef module, StringRef name) const {
  return any_of(members, [&](const Member &member) {
    return member.instance &&
           any_of(member.module->imports, [&](const wasm::Import &import) {
             return import.module == module && import.name == name;
           });
  });
}

//===----------------------------------------------------------------------===//
// State
//===----------------------------------------------------------------------===//

namespace {

/// Finds the functions of an instance by their references.
class FunctionIndex {
public:
  explicit FunctionIndex(interp::Instance &instance) {
    for (auto [i, ref] : enumerate(instance.funcs()))
      indices.try_emplace(ref.index, i);
  }
  std::optional<uint32_t> find(interp::Ref ref) const {
    auto it = indices.find(ref.index);
    if (it == indices.end())
      return std::nullopt;
    return it->second;
  }

private:
  DenseMap<size_t, uint32_t> indices;
};

} // namespace

static GlobalValue captureGlobal(const interp::Global &global,
                                 const FunctionIndex &functions) {
  GlobalValue result;
  interp::Value value = global.Get();
  wabt::Type type = global.type().type;
  if (type == wabt::Type::I32 || type == wabt::Type::F32) {
    result.low = value.Get<uint32_t>();
  } else if (type == wabt::Type::I64 || type == wabt::Type::F64) {
    result.low = value.Get<uint64_t>();
  } else if (type == wabt::Type::V128) {
    v128 bits = value.Get<v128>();
    result.low = bits.u64(0);
    result.high = bits.u64(1);
  } else {
    result.isRef = true;
    auto ref = value.Get<interp::Ref>();
    result.function = functions.find(ref);
    result.isOpaque = ref != interp::Ref::Null && !result.function;
  }
  return result;
}

static int64_t captureElement(interp::Ref ref, const FunctionIndex &functions) {
  if (ref == interp::Ref::Null)
    return nullElement;
  std::optional<uint32_t> function = functions.find(ref);
  return function ? static_cast<int64_t>(*function) : opaqueElement;
}

InstanceState Group::captureState(Member &member) {
  InstanceState state;
  interp::Store &store = interpreter.store;
  interp::Instance &instance = *member.instance;
  FunctionIndex functions(instance);
  for (interp::Ref ref :
       drop_begin(instance.memories(), member.module->numImportedMemories)) {
    interp::Memory::Ptr memory(store, ref);
    const uint8_t *bytes = memory->UnsafeData();
    state.memories.emplace_back(bytes, bytes + memory->ByteSize());
    state.memoryPages.push_back(memory->PageSize());
  }
  for (interp::Ref ref :
       drop_begin(instance.globals(), member.module->numImportedGlobals))
    state.globals.push_back(
        captureGlobal(*interp::Global::Ptr(store, ref), functions));
  for (interp::Ref ref :
       drop_begin(instance.tables(), member.module->numImportedTables)) {
    std::vector<int64_t> &elements = state.tables.emplace_back();
    for (interp::Ref element : interp::Table::Ptr(store, ref)->elements())
      elements.push_back(captureElement(element, functions));
  }
  for (const interp::DataSegment &segment : instance.datas())
    state.droppedData.push_back(segment.size() == 0);
  for (const interp::ElemSegment &segment : instance.elems())
    state.droppedElems.push_back(segment.size() == 0);
  return state;
}

std::vector<AppliedModule> Group::capture() {
  std::vector<AppliedModule> modules;
  for (Member &member : members)
    if (member.instance)
      modules.push_back({member.name, member.module, captureState(member), {}});
  return modules;
}
