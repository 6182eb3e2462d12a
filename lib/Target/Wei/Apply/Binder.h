//===- Binder.h - Parameters of rules at a site -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Binds parameters as the engine does, with its checks in its order and the
/// words of its errors.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_APPLY_BINDER_H
#define WHAMM_LIB_TARGET_WEI_APPLY_BINDER_H

#include "Group.h"

#include "whamm/Target/Wei/Contract.h"
#include "whamm/Wasm/TypeStack.h"

namespace whamm::wei {

/// What a parameter is bound to.
struct BoundParam {
  enum class Kind : uint8_t { Constant, Null, Function, Operand, Local } kind;
  wasm::ValType type;
  uint32_t index = 0;         // Function (of the monitor), Operand, Local
  uint64_t low = 0, high = 0; // Constant
};

/// A place at which rules are matched.
struct MatchSite {
  uint32_t function = 0, pc = 0;
  /// Null for events of functions and blocks: they have no opcode.
  const wasm::Instr *instr = nullptr;
  bool atFunctionEnd = false;
  std::optional<uint32_t> instrCount; // of the block that ends
};

/// Says what the engine finds wrong at a site.
using ReportError = llvm::function_ref<void(const llvm::Twine &)>;

class Binder {
public:
  /// `types` stands in front of the instruction of a site.
  Binder(const wasm::Module &app, Group &group, const wasm::TypeStack &types)
      : app(app), group(group), types(types) {}

  /// Comes to another instruction, or to the step in front of the first one:
  /// forgets the content of the buffer and the number of the site.
  void enterPlace();
  /// What the next parameters are of. `newReport` outlives the binding.
  void enterSite(const MatchSite &newSite, ReportError newReport);

  /// True where the predicate accepts the site.
  bool accepts(const RuleParam &predicate);
  /// Binds parameters of a rule to those of its function. False where they do
  /// not match, or behind an error.
  bool bind(llvm::ArrayRef<RuleParam> params,
            llvm::ArrayRef<wasm::ValType> expected,
            llvm::SmallVectorImpl<BoundParam> &bound) {
    return bindAll(params, expected, /*isNested=*/false, bound);
  }

  /// The number that rules of this site have asked for.
  std::optional<uint32_t> getProbeId() const { return probeId; }
  /// Set where the engine does not survive the site: why.
  llvm::StringRef getCrash() const { return crash; }

private:
  using Bound = llvm::SmallVectorImpl<BoundParam>;
  struct Callee {
    std::optional<wabt::interp::Ref> ref;
    const wasm::FuncType *type = nullptr;
  };
  /// A place for bytes that the monitor exports.
  struct Buffer {
    wabt::interp::Memory::Ptr memory;
    uint32_t start = 0, size = 0;
    uint32_t next = 0; // where the next bytes go
  };

  bool fail(const llvm::Twine &what) {
    report(what);
    return false;
  }
  bool failType(const llvm::Twine &name, llvm::StringRef expected,
                llvm::StringRef found) {
    return fail("type mismatch on '" + name + "', expected " + expected +
                ", got: " + found);
  }
  bool die(const llvm::Twine &why) {
    crash = why.str();
    return false;
  }

  bool bindAll(llvm::ArrayRef<RuleParam> params,
               llvm::ArrayRef<wasm::ValType> expected, bool isNested,
               Bound &bound);
  bool bindOne(const RuleParam &param, wasm::ValType expected, Bound &bound);
  bool bindWord(const RuleParam &param, wasm::ValType expected, uint32_t value,
                Bound &bound);
  bool bindProbeId(const RuleParam &param, wasm::ValType expected,
                   Bound &bound);
  bool bindNumTargets(const RuleParam &param, wasm::ValType expected,
                      Bound &bound);
  bool bindOffset(wasm::ValType expected, Bound &bound);
  bool bindInstrCount(wasm::ValType expected, Bound &bound);
  bool bindImm(uint32_t index, wasm::ValType expected, Bound &bound);
  bool bindArg(uint32_t index, wasm::ValType expected, Bound &bound);
  bool bindLocal(uint32_t index, wasm::ValType expected, Bound &bound);
  bool bindText(const RuleParam &param, llvm::ArrayRef<wasm::ValType> expected,
                Bound &bound);
  bool collectImmediates(llvm::SmallVectorImpl<BoundParam> &values);
  uint32_t countOperands() const;

  // Calls.
  const Callee &findCallee(llvm::StringRef name);
  std::optional<BoundParam> call(const RuleParam &call);
  std::optional<BoundParam> convertResult(wasm::ValType type,
                                          const wabt::interp::Value &value);
  bool bindCall(const RuleParam &param, wasm::ValType expected,
                BoundParam &bound);

  // The buffer.
  bool findBuffer();
  bool readBufferGlobal(llvm::StringRef name, uint32_t &value);

  const wasm::Module &app;
  Group &group;
  const wasm::TypeStack &types;
  llvm::StringMap<Callee> callees;
  std::optional<Buffer> buffer;
  uint32_t nextProbeId = 0;
  std::optional<uint32_t> probeId;
  MatchSite site;
  ReportError report = nullptr;
  std::string crash;
};

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_APPLY_BINDER_H
