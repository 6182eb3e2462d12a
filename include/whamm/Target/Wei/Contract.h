//===- Contract.h - The export names of a monitor ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A monitor is a module whose export names say where its functions are to be
/// called:
/// \code
///   wasm:opcode:call / $want(imm0) / ($slot(fid, pc), arg0) anything
/// \endcode
/// Names are read exactly as the engine reads them, with its leniency and its
/// limits, and can be printed again.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_WEI_CONTRACT_H
#define WHAMM_TARGET_WEI_CONTRACT_H

#include "whamm/Wasm/Module.h"
#include "whamm/Wasm/Opcodes.h"

namespace whamm::wei {

/// The events of rules: td/Wasm/Engine.td.
enum class EventKind : uint8_t {
#define GET_ENGINE_EVENT_ENUM
#include "whamm/Wasm/Engine.inc"
};

/// What a rule can ask for: td/Wasm/Engine.td, and calls.
enum class ParamKind : uint8_t {
#define GET_ENGINE_PARAM_ENUM
#include "whamm/Wasm/Engine.inc"
  Call,
};

struct ParamInfo {
  llvm::StringLiteral name;
  bool isIndexed; // a number follows the name
  bool isDynamic; // known when the probe fires, so not in match-time calls
};
/// Not for ParamKind::Call.
const ParamInfo &getParamInfo(ParamKind kind);
/// All kinds but ParamKind::Call, in the order of the enum.
llvm::ArrayRef<ParamInfo> getParamInfos();

/// The name that rules have for an opcode; empty where they have none.
llvm::StringRef getEngineMnemonic(wasm::Opcode opcode);
/// The opcode that a mnemonic of rules stands for.
std::optional<wasm::Opcode> lookupEngineMnemonic(llvm::StringRef mnemonic);
/// Mnemonics that engines know, of instructions that programs here cannot have.
llvm::ArrayRef<llvm::StringLiteral> getEngineOnlyMnemonics();

/// One parameter of a rule or of a match-time call.
struct RuleParam {
  ParamKind kind = ParamKind::Pc;
  uint32_t index = 0;            // Arg, Imm, Local
  std::string callee;            // Call: the export's name
  std::vector<RuleParam> params; // Call

  static RuleParam call(std::string callee, std::vector<RuleParam> params) {
    return {ParamKind::Call, 0, std::move(callee), std::move(params)};
  }
  bool operator==(const RuleParam &) const = default;
};

struct RuleEvent {
  EventKind kind = EventKind::AllOpcodes;
  std::string mnemonic; // Opcode: as the engine writes it

  static RuleEvent opcode(wasm::Opcode opcode) {
    return {EventKind::Opcode, getEngineMnemonic(opcode).str()};
  }
  bool operator==(const RuleEvent &) const = default;
};

struct MonitorRule {
  RuleEvent event;
  /// A call at match time that decides whether the rule holds at a site.
  std::optional<RuleParam> predicate;
  /// What the function receives. Without any, the engine does not check that
  /// the function takes nothing.
  std::vector<RuleParam> params;
  /// Text without a meaning that makes names of equal rules differ.
  std::string trailing;

  bool operator==(const MonitorRule &) const = default;
};

/// `arg0`, `$slot(fid, pc)`.
std::string printParam(const RuleParam &param);
/// The text of an event: `wasm:opcode:call`.
std::string printEvent(const RuleEvent &event);
/// The export name of a rule, in the usual spacing.
std::string printRule(const MonitorRule &rule);

/// What the engine makes of an export name.
struct ParsedName {
  enum class Status : uint8_t {
    Rule,
    Ignored, // is no event: nothing happens
    Warned,  // the engine prints `message` and drops the export
    Crash,   // the engine does not survive it; `message` says why
  } status = Status::Ignored;
  MonitorRule rule;
  std::string message;
};
ParsedName parseExportName(llvm::StringRef name);

/// Reads the text of an event: `wasm:opcode:call`, nothing before or behind.
std::optional<RuleEvent> parseEvent(llvm::StringRef text);

/// Makes sure that a rule means the same when its name is read again; the error
/// says what is wrong with it.
llvm::Error checkRule(const MonitorRule &rule);

/// A rule of a module.
struct ExportedRule {
  MonitorRule rule;
  llvm::StringRef name;
  uint32_t function;
};

/// All that a monitor's exports tell the engine.
struct MonitorContract {
  std::vector<ExportedRule> rules; // in the order of exports
  std::optional<uint32_t> exit;    // the function `wasm:exit`
  /// What the engine prints of names that it drops.
  std::vector<std::string> warnings;
};

/// Reads the exports of a monitor. An error where the engine crashes.
llvm::Expected<MonitorContract> readContract(const wasm::Module &monitor);

/// The export that runs when the program has ended.
inline constexpr llvm::StringLiteral exitExportName = "wasm:exit";

} // namespace whamm::wei

#endif // WHAMM_TARGET_WEI_CONTRACT_H
