//===- Interpreter.h - Running modules at compile time ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// wabt's interpreter, with an end to calls that have none of their own. Users
/// have wabt's headers on their include path.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_SUPPORT_INTERPRETER_H
#define WHAMM_SUPPORT_INTERPRETER_H

#include "whamm/Wasm/Module.h"

#include "wabt/interp/interp.h"

#include <memory>
#include <optional>

namespace whamm {

class Interpreter {
public:
  /// A call may execute `limit` instructions. Once one has not ended within
  /// them, no other is tried.
  explicit Interpreter(uint64_t limit);

  /// Decodes a module. Its start function is not left to instantiation, which
  /// would run it however long it takes, but given back.
  llvm::Expected<wabt::interp::Module::Ptr>
  read(wasm::Bytes bytes, std::optional<uint32_t> &start);

  /// Calls a function. Errors: a trap, an uncaught exception, exhausted stack,
  /// a call that does not end.
  llvm::Error call(wabt::interp::Ref function,
                   const wabt::interp::Values &params,
                   wabt::interp::Values &results);

  wabt::interp::Store store;

private:
  llvm::Error callDefined(const wabt::interp::DefinedFunc &function,
                          const wabt::interp::Values &params,
                          wabt::interp::Values &results);

  uint64_t limit;
  bool isEndless = false;
  /// A stack that no call uses; calls within calls make their own.
  std::unique_ptr<wabt::interp::Thread> idle;
};

} // namespace whamm

#endif // WHAMM_SUPPORT_INTERPRETER_H
