//===- Contract.cpp - The export names of a monitor -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/Contract.h"

#include "ExportName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

static constexpr wei::detail::EventInfo eventTable[] = {
#define GET_ENGINE_EVENT_TABLE
#include "whamm/Wasm/Engine.inc"
};

static constexpr ParamInfo paramTable[] = {
#define GET_ENGINE_PARAM_TABLE
#include "whamm/Wasm/Engine.inc"
};

static constexpr StringLiteral mnemonicTable[] = {
#define GET_ENGINE_MNEMONICS
#include "whamm/Wasm/Engine.inc"
};

static constexpr StringLiteral engineOnlyTable[] = {
#define GET_ENGINE_ONLY_MNEMONICS
#include "whamm/Wasm/Engine.inc"
};

const ParamInfo &wei::getParamInfo(ParamKind kind) {
  assert(kind != ParamKind::Call && "a call has no name of its own");
  return paramTable[static_cast<size_t>(kind)];
}

ArrayRef<ParamInfo> wei::getParamInfos() { return paramTable; }

ArrayRef<wei::detail::EventInfo> wei::detail::getEventInfos() {
  return eventTable;
}

StringRef wei::getEngineMnemonic(wasm::Opcode opcode) {
  return mnemonicTable[static_cast<size_t>(opcode)];
}

ArrayRef<StringLiteral> wei::getEngineOnlyMnemonics() {
  return engineOnlyTable;
}

std::optional<wasm::Opcode> wei::lookupEngineMnemonic(StringRef mnemonic) {
  static const StringMap<wasm::Opcode> opcodes = [] {
    StringMap<wasm::Opcode> map;
    for (auto [i, name] : enumerate(mnemonicTable))
      if (!name.empty())
        map[name] = static_cast<wasm::Opcode>(i);
    return map;
  }();
  auto it = opcodes.find(mnemonic);
  if (it == opcodes.end())
    return std::nullopt;
  return it->second;
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

static std::string printParams(ArrayRef<RuleParam> params) {
  SmallVector<std::string, 4> texts;
  for (const RuleParam &param : params)
    texts.push_back(printParam(param));
  return "(" + join(texts, ", ") + ")";
}

std::string wei::printParam(const RuleParam &param) {
  if (param.kind == ParamKind::Call)
    return param.callee + printParams(param.params);
  const ParamInfo &info = getParamInfo(param.kind);
  return info.name.str() +
         (info.isIndexed ? std::to_string(param.index) : std::string());
}

std::string wei::printEvent(const RuleEvent &event) {
  return ("wasm:" + eventTable[static_cast<size_t>(event.kind)].text +
          event.mnemonic)
      .str();
}

std::string wei::printRule(const MonitorRule &rule) {
  std::string text = printEvent(rule.event);
  if (rule.predicate)
    text += " / " + printParam(*rule.predicate) + " /";
  if (!rule.params.empty())
    text += " " + printParams(rule.params);
  if (!rule.trailing.empty())
    text += " " + rule.trailing;
  return text;
}

std::optional<RuleEvent> wei::parseEvent(StringRef text) {
  ParsedName parsed = parseExportName(text);
  if (parsed.status != ParsedName::Status::Rule ||
      printEvent(parsed.rule.event) != text)
    return std::nullopt;
  return parsed.rule.event;
}

Error wei::checkRule(const MonitorRule &rule) {
  std::string name = printRule(rule);
  ParsedName parsed = parseExportName(name);
  switch (parsed.status) {
  case ParsedName::Status::Rule:
    if (parsed.rule == rule)
      return Error::success();
    return createStringError("'" + name + "' means something else");
  case ParsedName::Status::Ignored:
    return createStringError("'" + name + "' is no event");
  case ParsedName::Status::Warned:
  case ParsedName::Status::Crash:
    return createStringError("'" + name + "' cannot be read: " +
                             StringRef(parsed.message).rsplit('\n').second);
  }
  llvm_unreachable("unknown status");
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

Expected<MonitorContract> wei::readContract(const wasm::Module &monitor) {
  MonitorContract contract;
  for (auto [i, entry] : enumerate(monitor.exports)) {
    if (entry.kind != wasm::ExternKind::Func)
      continue;
    if (entry.name == exitExportName)
      contract.exit = entry.index;
    ParsedName parsed = parseExportName(entry.name);
    switch (parsed.status) {
    case ParsedName::Status::Rule:
      contract.rules.push_back(
          {std::move(parsed.rule), entry.name, entry.index});
      break;
    case ParsedName::Status::Ignored:
      break;
    case ParsedName::Status::Warned:
      contract.warnings.push_back("export[" + std::to_string(i) +
                                  "] function name is invalid event pattern\n" +
                                  parsed.message);
      break;
    case ParsedName::Status::Crash:
      return createStringError("export[" + Twine(i) + "] '" + entry.name +
                               "': " + parsed.message);
    }
  }
  return contract;
}
