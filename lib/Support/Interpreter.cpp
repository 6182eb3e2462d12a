//===- Interpreter.cpp - Running modules at compile time --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Support/Interpreter.h"

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
// Interpreter
//===----------------------------------------------------------------------===//

/// Frames of nested calls: as many as engines give by default, roughly.
static constexpr size_t maxFrames = 20'000;

static wabt::Features getFeatures() {
  wabt::Features features;
  features.EnableAll();
  return features;
}

Interpreter::Interpreter(uint64_t limit) : store(getFeatures()), limit(limit) {}

/// Decodes and validates; says what is wrong where that fails.
static std::optional<std::string> decode(wasm::Bytes bytes,
                                         const wabt::Features &features,
                                         interp::ModuleDesc &desc) {
  wabt::ReadBinaryOptions options(features, /*log_stream=*/nullptr,
                                  /*read_debug_names=*/false,
                                  /*stop_on_first_error=*/true,
                                  /*fail_on_custom_section_error=*/false);
  wabt::Errors errors;
  if (Failed(interp::ReadBinaryInterp("module", bytes.data(), bytes.size(),
                                      options, &errors, &desc)))
    return errors.empty() ? "malformed" : errors.front().message;
  return std::nullopt;
}

Expected<interp::Module::Ptr>
Interpreter::read(wasm::Bytes bytes, std::optional<uint32_t> &start) {
  // With typed function references, wabt takes what `ref.func` gives for no
  // funcref. So they are there only for modules that need them.
  wabt::Features plain = getFeatures();
  plain.disable_function_references();
  interp::ModuleDesc desc;
  if (decode(bytes, plain, desc)) {
    desc = interp::ModuleDesc();
    if (auto message = decode(bytes, getFeatures(), desc))
      return createStringError(*message);
  }
  if (!desc.starts.empty())
    start = desc.starts.front().func_index;
  desc.starts.clear();
  return interp::Module::New(store, std::move(desc));
}

Error Interpreter::callDefined(const interp::DefinedFunc &function,
                               const interp::Values &params,
                               interp::Values &results) {
  auto failEndless = [&] {
    isEndless = true;
    return createStringError("does not return within " + Twine(limit) +
                             " instructions");
  };
  if (isEndless)
    return failEndless();
  std::unique_ptr<Thread> thread = std::move(idle);
  if (!thread) {
    thread = std::make_unique<Thread>(store);
    getFrames(*thread).reserve(maxFrames);
  }
  interp::Trap::Ptr trap;
  pushValues(*thread, function.type().params, params);
  interp::RunResult state = pushCall(*thread, function, &trap);
  constexpr int slice = 1'000'000;
  for (uint64_t done = 0; state == interp::RunResult::Ok; done += slice) {
    if (done >= limit)
      return failEndless();
    state = thread->Run(slice, &trap);
  }
  if (state == interp::RunResult::Exception)
    return createStringError("trap: uncaught exception");
  if (state == interp::RunResult::Trap)
    return createStringError("trap: " +
                             (trap ? trap->message() : "unknown reason"));
  popValues(*thread, function.type().results, &results);
  // What a trap leaves on a stack is not cleared, so that stack goes.
  idle = std::move(thread);
  return Error::success();
}

Error Interpreter::call(interp::Ref function, const interp::Values &params,
                        interp::Values &results) {
  if (store.Is<interp::DefinedFunc>(function))
    return callDefined(*store.UnsafeGet<interp::DefinedFunc>(function), params,
                       results);
  // An import that is exported again.
  auto host = store.UnsafeGet<interp::Func>(function);
  interp::Trap::Ptr trap;
  if (Failed(host->Call(store, params, results, &trap)))
    return createStringError("trap: " +
                             (trap ? trap->message() : "unknown reason"));
  return Error::success();
}
