//===- Events.h - Whamm packages, events, modes, bound names ----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a script can name: the events of the `wasm` provider, their modes and
/// their bound variables and functions. All facts come from `td/Wasm`.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_EVENTS_H
#define WHAMM_WASM_EVENTS_H

#include "whamm/Wasm/Opcodes.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace whamm::wasm {

/// The packages of provider `wasm`, in provider-definition order.
enum class Package : uint8_t { Begin, End, Report, Func, Block, Opcode };

/// Modes in the order of the tables. `None` is the mode of packages without.
enum class Mode : uint8_t { None, Before, After, Alt, Entry, Exit, AtTarget };

/// The types a bound name can have in a script.
enum class BoundType : uint8_t {
  Unknown, // needs a type bound
  U8,
  I8,
  U16,
  I16,
  U32,
  I32,
  U64,
  I64,
  F32,
  F64,
  Bool,
  Str,
  FuncRef,
  MapU32U32,
};

/// Static names are known at match time; dynamic ones are run-time values.
enum class Lifetime : uint8_t { Static, Dynamic };

/// Where the value of a bound name comes from. One enumerator per distinct
/// source, so that matching and lowering can switch over it.
enum class BoundSource : uint8_t {
  // Module and function facts.
  AppMemId,
  Fid,
  Fname,
  // Instruction facts.
  Pc,
  Opidx,
  AtFuncEnd,
  ProbeId,
  Opname,
  Bytecode,
  CategoryId,
  CategoryName,
  // Operands, results, locals, immediates: `index` holds N.
  Arg,
  Res,
  Local,
  Imm,
  // Memory accesses.
  MemArgMemory,
  MemArgAlign,
  MemArgOffset,
  DataSize,
  IsWrite,
  EffectiveAddr,
  // br_table.
  Targets,
  NumTargets,
  DefaultTarget,
  Target,
  // Calls.
  TargetFnType,
  TargetImpModule,
  TargetFnName,
  TargetFuncref,
  ResolvedFid,
  // Others.
  Failed,
  InstrCount,
};

/// One bound variable of an event.
struct BoundVar {
  llvm::StringLiteral name;
  BoundType type;
  Lifetime lifetime;
  BoundSource source;
  /// N for Arg, Res, Local and Imm; the aliased N for aliases such as `addr`
  /// (source Arg) or `tid` (source Imm). -1 for a family (`argN`, any N).
  int32_t index;
  /// True for opname, bytecode, category_id, category_name, data_size and
  /// is_write: the name stands for a literal and takes part in literal typing.
  bool literal;
  llvm::StringLiteral description;
};

/// One bound function of an event or of the global scope.
struct BoundFn {
  llvm::StringLiteral name;
  llvm::StringLiteral signature;
  llvm::StringLiteral description;
};

/// One event: an opcode event, or one of func:entry, func:exit, block:start,
/// block:end, and the event-less packages begin, end and report.
struct EventInfo {
  Package package;
  /// Name as scripts write it; empty for event-less packages.
  llvm::StringLiteral name;
  /// The opcode whose instructions match; nullopt outside of wasm:opcode.
  std::optional<Opcode> opcode;
  uint16_t bytecode;  // the `bytecode` bound variable; 0 outside of opcode
  uint8_t categoryId; // 0 outside of opcode
  llvm::StringLiteral categoryName;
  /// The value of the `opname` bound variable.
  llvm::StringLiteral opname;
  llvm::ArrayRef<Mode> modes; // declaration order; {Mode::None} without modes
  llvm::ArrayRef<BoundVar> boundVars; // this event's own names
  llvm::ArrayRef<llvm::StringLiteral> boundFns;
  llvm::StringLiteral description;
};

/// All events in provider-definition order: begin, end, report, func, block,
/// then the opcode events by `event_index`. An event's id is its position.
llvm::ArrayRef<EventInfo> getEvents();
using EventId = uint16_t;

/// Bound variables visible in every probe of the package (provider level names
/// such as fid, fname, pc, and package level names).
llvm::ArrayRef<BoundVar> getPackageBoundVars(Package package);
/// Bound functions visible everywhere (section 5.3), and all event-level ones.
llvm::ArrayRef<BoundFn> getGlobalBoundFns();
llvm::ArrayRef<BoundFn> getEventBoundFns();

/// The event of an opcode, where it has one.
std::optional<EventId> getEventOf(Opcode opcode);

/// Resolves a bound name (`fid`, `arg3`, `imm0`, `res0`, `local2`, `addr`, ...)
/// for an event: the event's own names, then the package's. For a family
/// member the result has the index filled in; a declared `arg0` wins over the
/// family `argN`. nullopt where the event does not offer the name.
std::optional<BoundVar> lookupBoundVar(EventId event, llvm::StringRef name);

llvm::StringRef getPackageName(Package package);
llvm::StringRef getPackageDescription(Package package);
/// Name as scripts write it: `before`, `after`, `alt`, `entry`, `exit`,
/// `at_target`; `` for None.
llvm::StringRef getModeName(Mode mode);
llvm::StringRef getModeDescription(Mode mode);
/// Name as reports print it: `after` on block-like events and `at_target` are
/// `semantic_after`, `alt` on block-like events is `block_alt`; `<no-mode>`
/// for None.
llvm::StringRef getReportModeName(EventId event, Mode mode);
llvm::StringRef getBoundTypeName(BoundType type);

/// True where `pattern` (a rule part: alternatives split at `|`, `*`, `?`,
/// `[abc]`, `[!abc]`; case-insensitive) matches `name`. An empty pattern is
/// `*`. The pattern must be well-formed, see checkGlob.
bool matchGlob(llvm::StringRef pattern, llvm::StringRef name);
/// Says what is wrong with a malformed pattern and where (byte offset), or
/// nullopt.
struct GlobError {
  size_t offset;
  std::string message;
};
std::optional<GlobError> checkGlob(llvm::StringRef pattern);

/// One (event, mode) that a rule matches.
struct RuleMatch {
  EventId event;
  Mode mode;
};

/// The text of a probe rule in its parts, without type bounds. Missing parts
/// are represented by their absence, empty ones by an empty string.
struct RuleParts {
  llvm::SmallVector<llvm::StringRef, 4> parts; // 2, 3 or 4
};

/// All (event, mode) pairs that the rule matches, in provider-definition order
/// (event id, then mode as declared). On no match, `failedPart` is the index
/// of the most specific part that failed (0 provider ... 3 mode).
llvm::SmallVector<RuleMatch> matchRule(const RuleParts &rule,
                                       unsigned *failedPart = nullptr);

} // namespace whamm::wasm

#endif // WHAMM_WASM_EVENTS_H
