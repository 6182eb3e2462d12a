//===- Hosts.cpp - What monitors import from the engine ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Hosts.h"

#include "whamm/Support/StaticWasi.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;
namespace interp = wabt::interp;
using interp::Ref;
using interp::Thread;
using interp::Value;
using interp::Values;
using wasm::SectionId;

namespace {

/// A call on its way. What fails says why and traps.
class HostCall {
public:
  HostCall(HostContext &context, Thread &thread, const Values &params)
      : context(context), thread(thread), params(params) {}

  uint32_t word(unsigned index) const { return params[index].Get<uint32_t>(); }
  Ref reference(unsigned index) const { return params[index].Get<Ref>(); }
  /// Bytes of the caller's first exported memory; null where they are not all
  /// there.
  uint8_t *getBytes(uint32_t address, uint32_t size);
  /// A bad index, or what the caller's memory does not hold.
  uint64_t outOfBounds() { return fail("out of bounds"); }
  uint64_t fail(const Twine &reason) {
    failure = reason.str();
    return 0;
  }
  /// Copies what fits to (address, size); the result is the whole length.
  uint64_t copy(ArrayRef<uint8_t> bytes, unsigned firstParam);
  uint64_t copy(StringRef text, unsigned firstParam) {
    return copy(arrayRefFromStringRef(text), firstParam);
  }
  ArrayRef<uint8_t> slice(wasm::ByteRange range) const {
    return context.app.bytes.slice(range.begin, range.size());
  }

  HostContext &context;
  std::string failure; // empty without one

private:
  Thread &thread;
  const Values &params;
};

struct HostFunction {
  StringLiteral module, name;
  StringLiteral params; // i: i32, f: funcref
  StringLiteral result; // i, l: i64, or nothing
  uint64_t (*run)(HostCall &call);
};

} // namespace

uint8_t *HostCall::getBytes(uint32_t address, uint32_t size) {
  interp::Instance *caller = thread.GetCallerInstance();
  if (!caller)
    return nullptr;
  interp::Memory::Ptr memory = findExportedMemory(thread.store(), *caller);
  return memory && memory->IsValidAccess(address, 0, size)
             ? memory->UnsafeData() + address
             : nullptr;
}

uint64_t HostCall::copy(ArrayRef<uint8_t> bytes, unsigned firstParam) {
  uint32_t size = word(firstParam + 1);
  uint8_t *target = getBytes(word(firstParam), size);
  if (!target)
    return outOfBounds();
  llvm::copy(bytes.take_front(size), target);
  return bytes.size();
}

//===----------------------------------------------------------------------===//
// wizeng
//===----------------------------------------------------------------------===//

static uint64_t putCharacter(HostCall &call) {
  call.context.output << static_cast<char>(call.word(0));
  return 0;
}

static uint64_t putInteger(HostCall &call) {
  call.context.output << static_cast<int32_t>(call.word(0));
  return 0;
}

static uint64_t putString(HostCall &call) {
  const uint8_t *bytes = call.getBytes(call.word(0), call.word(1));
  if (!bytes)
    return call.outOfBounds();
  call.context.output.write(reinterpret_cast<const char *>(bytes),
                            call.word(1));
  return 0;
}

static uint64_t raiseError(HostCall &call) {
  const uint8_t *bytes = call.getBytes(call.word(0), call.word(1));
  if (!bytes)
    return call.outOfBounds();
  return call.fail(
      StringRef(reinterpret_cast<const char *>(bytes), call.word(1)));
}

/// A clock that is the same in each run: each look takes a step.
static uint64_t readClock(HostCall &call) { return call.context.time += 1000; }

static uint64_t doNothing(HostCall &) { return 0; }

static uint64_t invoke(HostCall &call) {
  interp::Store &store = call.context.interpreter.store;
  Ref function = call.reference(0);
  if (function == Ref::Null)
    return call.fail("null function");
  interp::FuncType type = store.UnsafeGet<interp::Func>(function)->type();
  if (!type.params.empty() || !type.results.empty())
    return call.fail("a function with parameters or results");
  Values results;
  if (Error error = call.context.interpreter.call(function, {}, results))
    return call.fail(toString(std::move(error)));
  return 0;
}

//===----------------------------------------------------------------------===//
// whamm:dyninstr
//===----------------------------------------------------------------------===//

static uint64_t insertProbe(HostCall &call) {
  call.context.insertsProbes = true;
  return call.fail("insert_new_probe works on an engine only");
}

static uint64_t removeProbe(HostCall &call) {
  call.context.removed.insert(call.word(0));
  return 0;
}

//===----------------------------------------------------------------------===//
// whamm:reflect
//===----------------------------------------------------------------------===//

static uint64_t getModuleSize(HostCall &call) {
  return call.context.app.bytes.size();
}

template <SectionId id> static uint64_t getNumber(HostCall &call) {
  return call.context.outline.getDefinitions(id).size();
}

static uint64_t getNumCustomSections(HostCall &call) {
  return call.context.outline.getCustomSections().size();
}

/// (section, index)
static uint64_t getImportIndex(HostCall &call) {
  auto id = static_cast<SectionId>(call.word(0));
  bool isImportable = id == SectionId::Function || id == SectionId::Table ||
                      id == SectionId::Memory || id == SectionId::Global ||
                      id == SectionId::Tag;
  if (!isImportable || call.word(0) > 13)
    return call.outOfBounds();
  auto definitions = call.context.outline.getDefinitions(id);
  if (call.word(1) >= definitions.size())
    return call.outOfBounds();
  return definitions[call.word(1)].import.value_or(UINT32_MAX);
}

template <SectionId id> static uint64_t readDefinition(HostCall &call) {
  auto definitions = call.context.outline.getDefinitions(id);
  if (call.word(0) >= definitions.size())
    return call.outOfBounds();
  return call.copy(call.slice(definitions[call.word(0)].range), 1);
}

static uint64_t readCustomSection(HostCall &call) {
  auto sections = call.context.outline.getCustomSections();
  if (call.word(0) >= sections.size())
    return call.outOfBounds();
  return call.copy(call.slice(sections[call.word(0)]), 1);
}

/// (section, address, size, nothing)
static uint64_t readSection(HostCall &call) {
  uint32_t id = call.word(0);
  bool isKnown = (id >= 1 && id <= 7) || id == 9 || id == 11 || id == 13;
  wasm::ByteRange range;
  if (isKnown)
    range = call.context.outline.getContent(static_cast<SectionId>(id));
  return call.copy(call.slice(range), 1);
}

static uint64_t readModulePath(HostCall &call) {
  return call.copy(StringRef(call.context.appPath), 0);
}

static uint64_t readModuleName(HostCall &call) {
  return call.copy(call.context.app.getModuleName(), 0);
}

static uint64_t readModule(HostCall &call) {
  return call.copy(call.context.app.bytes, 0);
}

static uint64_t readFunctionName(HostCall &call) {
  if (call.word(0) >= call.context.app.functions.size())
    return call.outOfBounds();
  return call.copy(call.context.app.getFunctionName(call.word(0)), 1);
}

static uint64_t readFunctionBody(HostCall &call) {
  const wasm::Module &app = call.context.app;
  if (call.word(0) >= app.functions.size())
    return call.outOfBounds();
  if (call.word(0) < app.numImportedFunctions)
    return call.copy(ArrayRef<uint8_t>(), 1);
  return call.copy(
      call.slice(app.bodies[call.word(0) - app.numImportedFunctions].range), 1);
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static constexpr StringLiteral wizeng = "wizeng";

static constexpr HostFunction functions[] = {
    {wizeng, "putc", "i", "", putCharacter},
    {wizeng, "puti", "i", "", putInteger},
    {wizeng, "puts", "ii", "", putString},
    {wizeng, "error", "ii", "", raiseError},
    {wizeng, "rdtsc", "", "l", readClock},
    {wizeng, "force_gc", "", "", doNothing},
    {wizeng, "invoke0", "f", "", invoke},
    {wizeng, "tail_invoke0", "f", "", invoke},
    {dynInstrModule, "insert_new_probe", "iif", "i", insertProbe},
    {dynInstrModule, "remove_probe", "i", "", removeProbe},
    {reflectModule, "get_module_size", "", "i", getModuleSize},
    {reflectModule, "get_num_types", "", "i", getNumber<SectionId::Type>},
    {reflectModule, "get_num_imports", "", "i", getNumber<SectionId::Import>},
    {reflectModule, "get_num_functions", "", "i",
     getNumber<SectionId::Function>},
    {reflectModule, "get_num_tables", "", "i", getNumber<SectionId::Table>},
    {reflectModule, "get_num_memories", "", "i", getNumber<SectionId::Memory>},
    {reflectModule, "get_num_globals", "", "i", getNumber<SectionId::Global>},
    {reflectModule, "get_num_tags", "", "i", getNumber<SectionId::Tag>},
    {reflectModule, "get_num_exports", "", "i", getNumber<SectionId::Export>},
    {reflectModule, "get_num_elements", "", "i", getNumber<SectionId::Element>},
    {reflectModule, "get_num_data", "", "i", getNumber<SectionId::Data>},
    {reflectModule, "get_num_custom_sections", "", "i", getNumCustomSections},
    {reflectModule, "get_import_index", "ii", "i", getImportIndex},
    {reflectModule, "read_module_path", "ii", "i", readModulePath},
    {reflectModule, "read_module_name", "ii", "i", readModuleName},
    {reflectModule, "read_module_def", "ii", "i", readModule},
    {reflectModule, "read_section", "iiii", "i", readSection},
    {reflectModule, "read_type_def", "iii", "i",
     readDefinition<SectionId::Type>},
    {reflectModule, "read_import_def", "iii", "i",
     readDefinition<SectionId::Import>},
    {reflectModule, "read_function_def", "iii", "i",
     readDefinition<SectionId::Function>},
    {reflectModule, "read_function_name", "iii", "i", readFunctionName},
    {reflectModule, "read_function_body", "iii", "i", readFunctionBody},
    {reflectModule, "read_table_def", "iii", "i",
     readDefinition<SectionId::Table>},
    {reflectModule, "read_memory_def", "iii", "i",
     readDefinition<SectionId::Memory>},
    {reflectModule, "read_global_def", "iii", "i",
     readDefinition<SectionId::Global>},
    {reflectModule, "read_tag_def", "iii", "i", readDefinition<SectionId::Tag>},
    {reflectModule, "read_export_def", "iii", "i",
     readDefinition<SectionId::Export>},
    {reflectModule, "read_element_def", "iii", "i",
     readDefinition<SectionId::Element>},
    {reflectModule, "read_data_def", "iii", "i",
     readDefinition<SectionId::Data>},
    {reflectModule, "read_custom_section", "iii", "i", readCustomSection},
};

static interp::ValueTypes getTypes(StringRef letters) {
  interp::ValueTypes types;
  for (char letter : letters)
    types.push_back(letter == 'f'   ? wabt::Type::FuncRef
                    : letter == 'l' ? wabt::Type::I64
                                    : wabt::Type::I32);
  return types;
}

static interp::HostFunc::Ptr makeFunction(const HostFunction &function,
                                          HostContext &context) {
  auto run = [&function, &context](Thread &thread, const Values &params,
                                   Values &results, interp::Trap::Ptr *trap) {
    HostCall call(context, thread, params);
    uint64_t result = function.run(call);
    if (!call.failure.empty()) {
      *trap = interp::Trap::New(thread.store(), call.failure);
      return wabt::Result(wabt::Result::Error);
    }
    if (function.result == "l")
      results[0] = Value::Make(result);
    else if (!function.result.empty())
      results[0] = Value::Make(static_cast<uint32_t>(result));
    return wabt::Result(wabt::Result::Ok);
  };
  return interp::HostFunc::New(
      context.interpreter.store,
      interp::FuncType(getTypes(function.params), getTypes(function.result)),
      run);
}

interp::HostFunc::Ptr wei::makeHostFunction(StringRef module, StringRef name,
                                            HostContext &context) {
  for (const HostFunction &function : functions)
    if (function.module == module && function.name == name)
      return makeFunction(function, context);
  return {};
}
