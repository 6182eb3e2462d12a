//===- StaticWasi.cpp - WASI for static calls -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Support/StaticWasi.h"

#include "llvm/ADT/STLExtras.h"

#include <cstring>

using namespace llvm;
using namespace whamm;
using wabt::Succeeded;
using wabt::interp::Memory;
using wabt::interp::Thread;
using wabt::interp::Trap;
using wabt::interp::Value;
using wabt::interp::Values;

namespace {

/// WASI's error numbers.
enum Errno : uint32_t {
  success = 0,
  badFile = 8,
  fault = 21,
  notSupported = 52,
};

/// A call on its way: its parameters and the memory of who calls.
class WasiCall {
public:
  WasiCall(WasiState &state, Thread &thread, const Values &params);

  uint32_t word(unsigned index) const { return params[index].Get<uint32_t>(); }
  /// Stores to the caller's memory.
  template <typename T> Errno store(uint32_t address, T value) {
    return memory && Succeeded(memory->Store(address, 0, value)) ? success
                                                                 : fault;
  }
  bool load(uint32_t address, uint32_t &value) {
    return memory && Succeeded(memory->Load(address, 0, &value));
  }
  /// Bytes of the caller's memory; null where they are not all there.
  uint8_t *getBytes(uint32_t address, uint32_t size) {
    return memory && memory->IsValidAccess(address, 0, size)
               ? memory->UnsafeData() + address
               : nullptr;
  }

  WasiState &state;

private:
  const Values &params;
  Memory::Ptr memory;
};

struct WasiFunction {
  StringLiteral name;
  StringLiteral params; // i: i32, l: i64
  Errno (*run)(WasiCall &call);
};

} // namespace

WasiCall::WasiCall(WasiState &state, Thread &thread, const Values &params)
    : state(state), params(params) {
  wabt::interp::Instance *caller = thread.GetCallerInstance();
  if (caller && state.exportedMemory)
    memory = findExportedMemory(thread.store(), *caller);
  else if (caller && !caller->memories().empty())
    memory = Memory::Ptr(thread.store(), caller->memories()[0]);
}

Memory::Ptr whamm::findExportedMemory(wabt::interp::Store &store,
                                      wabt::interp::Instance &instance) {
  wabt::interp::Module::Ptr module(store, instance.module());
  for (auto [i, entry] : enumerate(module->export_types()))
    if (entry.type->kind == wabt::ExternalKind::Memory)
      return Memory::Ptr(store, instance.exports()[i]);
  return {};
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// (fd, iovs, count, written)
static Errno fdWrite(WasiCall &call) {
  if (call.word(0) != 1 && call.word(0) != 2)
    return badFile;
  raw_ostream *output = call.word(0) == 1 ? call.state.output : nullptr;
  uint32_t written = 0;
  for (uint32_t i = 0; i < call.word(2); ++i) {
    uint32_t address, size, entry = call.word(1) + 8 * i;
    if (!call.load(entry, address) || !call.load(entry + 4, size))
      return fault;
    const uint8_t *bytes = call.getBytes(address, size);
    if (!bytes)
      return fault;
    (output ? *output : errs())
        .write(reinterpret_cast<const char *>(bytes), size);
    written += size;
  }
  return call.store(call.word(3), written);
}

/// (count, size of all strings): there are none.
static Errno storeNothing(WasiCall &call) {
  if (Errno error = call.store<uint32_t>(call.word(0), 0))
    return error;
  return call.store<uint32_t>(call.word(1), 0);
}

/// (count, size of all strings)
static Errno environSizesGet(WasiCall &call) {
  uint32_t size = 0;
  for (const std::string &entry : call.state.environment)
    size += entry.size() + 1;
  auto count = static_cast<uint32_t>(call.state.environment.size());
  if (Errno error = call.store<uint32_t>(call.word(0), count))
    return error;
  return call.store<uint32_t>(call.word(1), size);
}

/// (addresses, strings)
static Errno environGet(WasiCall &call) {
  uint32_t addresses = call.word(0), at = call.word(1);
  for (const std::string &entry : call.state.environment) {
    uint8_t *bytes = call.getBytes(at, entry.size() + 1);
    if (!bytes)
      return fault;
    std::memcpy(bytes, entry.c_str(), entry.size() + 1);
    if (Errno error = call.store<uint32_t>(addresses, at))
      return error;
    addresses += 4;
    at += entry.size() + 1;
  }
  return success;
}

/// (clock, precision, time): each look takes a millisecond.
static Errno clockTimeGet(WasiCall &call) {
  call.state.time += 1'000'000;
  return call.store<uint64_t>(call.word(2), call.state.time);
}

static Errno clockResGet(WasiCall &call) {
  return call.store<uint64_t>(call.word(1), 1'000'000);
}

/// (buffer, size): Knuth's linear congruential generator.
static Errno randomGet(WasiCall &call) {
  uint8_t *bytes = call.getBytes(call.word(0), call.word(1));
  if (!bytes)
    return fault;
  for (uint32_t i = 0; i < call.word(1); ++i) {
    call.state.random =
        call.state.random * 6364136223846793005u + 1442695040888963407u;
    bytes[i] = static_cast<uint8_t>(call.state.random >> 56);
  }
  return success;
}

/// (fd, stat): standard streams are character devices with all rights.
static Errno fdFdstatGet(WasiCall &call) {
  if (call.word(0) > 2)
    return badFile;
  uint32_t stat = call.word(1);
  constexpr uint64_t characterDevice = 2, allRights = ~0ull;
  if (Errno error = call.store<uint64_t>(stat, characterDevice))
    return error;
  if (Errno error = call.store<uint64_t>(stat + 8, allRights))
    return error;
  return call.store<uint64_t>(stat + 16, allRights);
}

static Errno succeed(WasiCall &) { return success; }
static Errno refuseFile(WasiCall &) { return badFile; }
static Errno refuse(WasiCall &) { return notSupported; }

/// All of preview 1, so that a library links whatever of it it may not use.
static constexpr WasiFunction functions[] = {
    {"args_get", "ii", succeed},
    {"args_sizes_get", "ii", storeNothing},
    {"environ_get", "ii", environGet},
    {"environ_sizes_get", "ii", environSizesGet},
    {"clock_res_get", "ii", clockResGet},
    {"clock_time_get", "ili", clockTimeGet},
    {"fd_advise", "illi", refuseFile},
    {"fd_allocate", "ill", refuseFile},
    {"fd_close", "i", refuseFile},
    {"fd_datasync", "i", refuseFile},
    {"fd_fdstat_get", "ii", fdFdstatGet},
    {"fd_fdstat_set_flags", "ii", refuseFile},
    {"fd_fdstat_set_rights", "ill", refuseFile},
    {"fd_filestat_get", "ii", refuseFile},
    {"fd_filestat_set_size", "il", refuseFile},
    {"fd_filestat_set_times", "illi", refuseFile},
    {"fd_pread", "iiili", refuseFile},
    {"fd_prestat_get", "ii", refuseFile},
    {"fd_prestat_dir_name", "iii", refuseFile},
    {"fd_pwrite", "iiili", refuseFile},
    {"fd_read", "iiii", refuseFile},
    {"fd_readdir", "iiili", refuseFile},
    {"fd_renumber", "ii", refuseFile},
    {"fd_seek", "ilii", refuseFile},
    {"fd_sync", "i", refuseFile},
    {"fd_tell", "ii", refuseFile},
    {"fd_write", "iiii", fdWrite},
    {"path_create_directory", "iii", refuseFile},
    {"path_filestat_get", "iiiii", refuseFile},
    {"path_filestat_set_times", "iiiilli", refuseFile},
    {"path_link", "iiiiiii", refuseFile},
    {"path_open", "iiiiillii", refuseFile},
    {"path_readlink", "iiiiii", refuseFile},
    {"path_remove_directory", "iii", refuseFile},
    {"path_rename", "iiiiii", refuseFile},
    {"path_symlink", "iiiii", refuseFile},
    {"path_unlink_file", "iii", refuseFile},
    {"poll_oneoff", "iiii", refuse},
    {"proc_raise", "i", refuse},
    {"random_get", "ii", randomGet},
    {"sched_yield", "", succeed},
    {"sock_accept", "iii", refuse},
    {"sock_recv", "iiiiii", refuse},
    {"sock_send", "iiiii", refuse},
    {"sock_shutdown", "ii", refuse},
};

static wabt::interp::FuncType getType(StringRef params, bool hasResult) {
  wabt::interp::ValueTypes types, results;
  for (char param : params)
    types.push_back(param == 'l' ? wabt::Type::I64 : wabt::Type::I32);
  if (hasResult)
    results.push_back(wabt::Type::I32);
  return wabt::interp::FuncType(types, results);
}

/// Ends the call that the compiler made, not the compiler.
static wabt::interp::HostFunc::Ptr makeProcExit(wabt::interp::Store &store) {
  return wabt::interp::HostFunc::New(
      store, getType("i", false),
      [](Thread &thread, const Values &params, Values &, Trap::Ptr *trap) {
        std::string text = "the library exits with status " +
                           std::to_string(params[0].Get<uint32_t>());
        *trap = Trap::New(thread.store(), text);
        return wabt::Result(wabt::Result::Error);
      });
}

wabt::interp::HostFunc::Ptr whamm::makeWasiFunction(wabt::interp::Store &store,
                                                    StringRef name,
                                                    WasiState &state) {
  if (name == "proc_exit")
    return makeProcExit(store);
  for (const WasiFunction &function : functions) {
    if (function.name != name)
      continue;
    auto run = [&function, &state](Thread &thread, const Values &params,
                                   Values &results, Trap::Ptr *) {
      WasiCall call(state, thread, params);
      results[0] = Value::Make(static_cast<uint32_t>(function.run(call)));
      return wabt::Result(wabt::Result::Ok);
    };
    return wabt::interp::HostFunc::New(store, getType(function.params, true),
                                       run);
  }
  return {};
}
