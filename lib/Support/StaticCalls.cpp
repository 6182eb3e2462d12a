//===- StaticCalls.cpp - Library calls at compile time ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Support/StaticCalls.h"

#include "whamm/Support/Interpreter.h"
#include "whamm/Support/StaticWasi.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;
using namespace whamm;
namespace interp = wabt::interp;

//===----------------------------------------------------------------------===//
// The engine
//===----------------------------------------------------------------------===//

/// The instances of libraries.
class StaticCaller::Engine {
public:
  Engine(const LibrarySet &libraries, uint64_t limit)
      : libraries(libraries), interpreter(limit), store(interpreter.store) {}

  Expected<std::optional<uint64_t>> call(StringRef library, StringRef function,
                                         ArrayRef<uint64_t> args);

private:
  Expected<interp::Instance::Ptr> getInstance(StringRef library);
  Expected<interp::Instance::Ptr> instantiate(StringRef library);
  Expected<interp::Module::Ptr> readModule(StringRef library,
                                           std::optional<uint32_t> &start);
  Expected<interp::Ref> link(StringRef library,
                             const interp::ImportType &import);
  Expected<interp::Ref> findExport(StringRef library, StringRef name);
  Error start(interp::Instance &instance, std::optional<uint32_t> function);
  Expected<interp::Values> convertArguments(const interp::FuncType &type,
                                            ArrayRef<uint64_t> args);

  const LibrarySet &libraries;
  Interpreter interpreter;
  interp::Store &store;
  WasiState wasi;
  /// Empty while the library is being instantiated.
  StringMap<interp::Instance::Ptr> instances;
};

//===----------------------------------------------------------------------===//
// Linking
//===----------------------------------------------------------------------===//

Expected<interp::Module::Ptr>
StaticCaller::Engine::readModule(StringRef library,
                                 std::optional<uint32_t> &start) {
  Expected<interp::Module::Ptr> module =
      interpreter.read(libraries.getModule(library)->bytes, start);
  if (!module)
    return createStringError("the interpreter cannot read library '" + library +
                             "': " + toString(module.takeError()));
  return module;
}

Expected<interp::Ref> StaticCaller::Engine::findExport(StringRef library,
                                                       StringRef name) {
  Expected<interp::Instance::Ptr> instance = getInstance(library);
  if (!instance)
    return instance.takeError();
  interp::Module::Ptr module(store, (*instance)->module());
  for (auto [i, candidate] : enumerate(module->export_types()))
    if (candidate.name == name)
      return (*instance)->exports()[i];
  return createStringError("library '" + library + "' has no export '" + name +
                           "'");
}

Expected<interp::Ref>
StaticCaller::Engine::link(StringRef library,
                           const interp::ImportType &import) {
  if (import.module == wasiModule)
    if (auto function = makeWasiFunction(store, import.name, wasi))
      return function.ref();
  if (const frontend::Library *from = libraries.lookupImport(import.module))
    return findExport(from->name, import.name);
  return createStringError("library '" + library + "' imports '" +
                           import.module + "." + import.name +
                           "', which nobody provides at compile time");
}

Expected<interp::Instance::Ptr>
StaticCaller::Engine::instantiate(StringRef library) {
  std::optional<uint32_t> startFunction;
  Expected<interp::Module::Ptr> module = readModule(library, startFunction);
  if (!module)
    return module.takeError();
  interp::RefVec imports;
  for (const interp::ImportType &import : (*module)->import_types()) {
    Expected<interp::Ref> provided = link(library, import);
    if (!provided)
      return provided.takeError();
    imports.push_back(*provided);
  }
  interp::Trap::Ptr trap;
  interp::Instance::Ptr instance =
      interp::Instance::Instantiate(store, module->ref(), imports, &trap);
  if (!instance)
    return createStringError("library '" + library +
                             "' cannot be instantiated: " +
                             (trap ? trap->message() : "unknown reason"));
  if (Error error = start(*instance, startFunction))
    return createStringError("start of library '" + library +
                             "': " + toString(std::move(error)));
  return instance;
}

/// Runs the start function, then what reactors of WASI export to set
/// themselves up.
Error StaticCaller::Engine::start(interp::Instance &instance,
                                  std::optional<uint32_t> function) {
  interp::Values results;
  if (function)
    if (Error error =
            interpreter.call(instance.funcs()[*function], {}, results))
      return error;
  interp::Module::Ptr module(store, instance.module());
  for (auto [i, candidate] : enumerate(module->export_types()))
    if (candidate.name == "_initialize" &&
        candidate.type->kind == wabt::ExternalKind::Func)
      if (Error error = interpreter.call(instance.exports()[i], {}, results))
        return error;
  return Error::success();
}

Expected<interp::Instance::Ptr>
StaticCaller::Engine::getInstance(StringRef library) {
  auto [it, isNew] = instances.try_emplace(library);
  if (!isNew && !it->second)
    return createStringError("library '" + library +
                             "' imports itself, by way of other libraries");
  if (!isNew)
    return it->second;
  Expected<interp::Instance::Ptr> instance = instantiate(library);
  if (instance)
    instances[library] = *instance;
  else
    instances.erase(library);
  return instance;
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

Expected<interp::Values>
StaticCaller::Engine::convertArguments(const interp::FuncType &type,
                                       ArrayRef<uint64_t> args) {
  if (type.params.size() != args.size())
    return createStringError("takes " + Twine(type.params.size()) +
                             " arguments, found " + Twine(args.size()));
  interp::Values values;
  for (auto [param, bits] : zip_equal(type.params, args)) {
    if (param == wabt::Type::I32 || param == wabt::Type::F32)
      values.push_back(interp::Value::Make(static_cast<uint32_t>(bits)));
    else if (param == wabt::Type::I64 || param == wabt::Type::F64)
      values.push_back(interp::Value::Make(bits));
    else
      return createStringError("takes a value that is no number");
  }
  return values;
}

Expected<std::optional<uint64_t>>
StaticCaller::Engine::call(StringRef library, StringRef function,
                           ArrayRef<uint64_t> args) {
  if (!libraries.lookup(library))
    return createStringError("no library '" + library + "' is given");
  Expected<interp::Ref> found = findExport(library, function);
  if (!found)
    return found.takeError();
  if (!store.Is<interp::Func>(*found))
    return createStringError("is not a function");
  interp::FuncType type = store.UnsafeGet<interp::Func>(*found)->type();
  Expected<interp::Values> params = convertArguments(type, args);
  if (!params)
    return params.takeError();
  interp::Values results;
  if (Error error = interpreter.call(*found, *params, results))
    return error;
  if (results.empty())
    return std::nullopt;
  bool isNarrow =
      type.results[0] == wabt::Type::I32 || type.results[0] == wabt::Type::F32;
  return isNarrow ? results[0].Get<uint32_t>() : results[0].Get<uint64_t>();
}

//===----------------------------------------------------------------------===//
// The interface
//===----------------------------------------------------------------------===//

StaticCaller::StaticCaller(const LibrarySet &libraries, uint64_t limit)
    : engine(std::make_unique<Engine>(libraries, limit)) {}
StaticCaller::StaticCaller(StaticCaller &&) = default;
StaticCaller::~StaticCaller() = default;

Expected<std::optional<uint64_t>> StaticCaller::call(StringRef library,
                                                     StringRef function,
                                                     ArrayRef<uint64_t> args) {
  return engine->call(library, function, args);
}
