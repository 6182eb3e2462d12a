//===- StaticCalls.cpp - Library calls at compile time ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Support/StaticCalls.h"

#include "StaticWasi.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include "wabt/binary-reader.h"
#include "wabt/error-formatter.h"
#include "wabt/interp/binary-reader-interp.h"

using namespace llvm;
using namespace whamm;
namespace interp = wabt::interp;
using interp::Thread;
using wabt::Failed;

//===----------------------------------------------------------------------===//
// Calls with an end
//===----------------------------------------------------------------------===//

// The interpreter's own way to call a function runs it to its end, which may
// never come, and on a small stack. The parts of it that allow for more are
// private; an explicit instantiation may name them all the same.

namespace {

interp::RunResult pushCall(Thread &thread, const interp::DefinedFunc &func,
                           interp::Trap::Ptr *trap);
void pushValues(Thread &thread, const interp::ValueTypes &types,
                const interp::Values &values);
void popValues(Thread &thread, const interp::ValueTypes &types,
               interp::Values *values);
std::vector<interp::Frame> &getFrames(Thread &thread);

using CallMember = interp::RunResult (Thread::*)(const interp::DefinedFunc &,
                                                 interp::Trap::Ptr *);
using PushMember = void (Thread::*)(const interp::ValueTypes &,
                                    const interp::Values &);
using PopMember = void (Thread::*)(const interp::ValueTypes &,
                                   interp::Values *);
using FramesMember = std::vector<interp::Frame> Thread::*;

template <CallMember call, PushMember push, PopMember pop, FramesMember frames>
struct ThreadParts {
  friend interp::RunResult pushCall(Thread &thread,
                                    const interp::DefinedFunc &func,
                                    interp::Trap::Ptr *trap) {
    return (thread.*call)(func, trap);
  }
  friend void pushValues(Thread &thread, const interp::ValueTypes &types,
                         const interp::Values &values) {
    (thread.*push)(types, values);
  }
  friend void popValues(Thread &thread, const interp::ValueTypes &types,
                        interp::Values *values) {
    (thread.*pop)(types, values);
  }
  friend std::vector<interp::Frame> &getFrames(Thread &thread) {
    return thread.*frames;
  }
};
template struct ThreadParts<&Thread::PushCall, &Thread::PushValues,
                            &Thread::PopValues, &Thread::frames_>;

} // namespace

//===----------------------------------------------------------------------===//
// The engine
//===----------------------------------------------------------------------===//

/// Frames of nested calls: as many as engines give by default, roughly.
static constexpr size_t maxFrames = 20'000;

/// The instances of libraries.
class StaticCaller::Engine {
public:
  Engine(const LibrarySet &libraries, uint64_t limit)
      : libraries(libraries), limit(limit), store(getFeatures()) {}

  Expected<std::optional<uint64_t>> call(StringRef library, StringRef function,
                                         ArrayRef<uint64_t> args);

private:
  static wabt::Features getFeatures() {
    wabt::Features features;
    features.EnableAll();
    return features;
  }
  Expected<interp::Instance::Ptr> getInstance(StringRef library);
  Expected<interp::Instance::Ptr> instantiate(StringRef library);
  Expected<interp::Module::Ptr> readModule(StringRef library,
                                           std::optional<uint32_t> &start);
  Expected<interp::Ref> link(StringRef library,
                             const interp::ImportType &import);
  Expected<interp::Ref> findExport(StringRef library, StringRef name);
  Error start(interp::Instance &instance, std::optional<uint32_t> function);
  Error run(interp::Ref function, const interp::Values &params,
            interp::Values &results);
  Error runDefined(const interp::DefinedFunc &function,
                   const interp::Values &params, interp::Values &results);
  Expected<interp::Values> convertArguments(const interp::FuncType &type,
                                            ArrayRef<uint64_t> args);

  const LibrarySet &libraries;
  uint64_t limit;
  interp::Store store;
  WasiState wasi;
  /// Empty while the library is being instantiated.
  StringMap<interp::Instance::Ptr> instances;
};

//===----------------------------------------------------------------------===//
// Linking
//===----------------------------------------------------------------------===//

/// Decodes a library. Its start function is not left to instantiation, which
/// would run it however long it takes.
Expected<interp::Module::Ptr>
StaticCaller::Engine::readModule(StringRef library,
                                 std::optional<uint32_t> &start) {
  wasm::Bytes bytes = libraries.getModule(library)->bytes;
  wabt::ReadBinaryOptions options(getFeatures(), /*log_stream=*/nullptr,
                                  /*read_debug_names=*/false,
                                  /*stop_on_first_error=*/true,
                                  /*fail_on_custom_section_error=*/false);
  wabt::Errors errors;
  interp::ModuleDesc desc;
  if (Failed(interp::ReadBinaryInterp(library.str(), bytes.data(), bytes.size(),
                                      options, &errors, &desc)))
    return createStringError(
        "the interpreter cannot read library '" + library + "': " +
        (errors.empty() ? "malformed" : StringRef(errors.front().message)));
  if (!desc.starts.empty())
    start = desc.starts.front().func_index;
  desc.starts.clear();
  return interp::Module::New(store, std::move(desc));
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
    if (Error error = run(instance.funcs()[*function], {}, results))
      return error;
  interp::Module::Ptr module(store, instance.module());
  for (auto [i, candidate] : enumerate(module->export_types()))
    if (candidate.name == "_initialize" &&
        candidate.type->kind == wabt::ExternalKind::Func)
      if (Error error = run(instance.exports()[i], {}, results))
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

Error StaticCaller::Engine::runDefined(const interp::DefinedFunc &function,
                                       const interp::Values &params,
                                       interp::Values &results) {
  Thread thread(store);
  getFrames(thread).reserve(maxFrames);
  interp::Trap::Ptr trap;
  pushValues(thread, function.type().params, params);
  interp::RunResult state = pushCall(thread, function, &trap);
  constexpr int slice = 1'000'000;
  for (uint64_t done = 0; state == interp::RunResult::Ok; done += slice) {
    if (done >= limit)
      return createStringError("does not return within " + Twine(limit) +
                               " instructions");
    state = thread.Run(slice, &trap);
  }
  if (state == interp::RunResult::Exception)
    return createStringError("trap: uncaught exception");
  if (state == interp::RunResult::Trap)
    return createStringError("trap: " +
                             (trap ? trap->message() : "unknown reason"));
  popValues(thread, function.type().results, &results);
  return Error::success();
}

Error StaticCaller::Engine::run(interp::Ref function,
                                const interp::Values &params,
                                interp::Values &results) {
  if (store.Is<interp::DefinedFunc>(function))
    return runDefined(*store.UnsafeGet<interp::DefinedFunc>(function), params,
                      results);
  // An import that is exported again.
  auto host = store.UnsafeGet<interp::Func>(function);
  interp::Trap::Ptr trap;
  if (Failed(host->Call(store, params, results, &trap)))
    return createStringError("trap: " +
                             (trap ? trap->message() : "unknown reason"));
  return Error::success();
}

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
  if (Error error = run(*found, *params, results))
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
