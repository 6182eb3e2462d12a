//===- ProbeAttributes.cpp - The dialect's attributes -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeAttributes.h"

#include "whamm/Dialect/Probe/IR/ProbeDialect.h"
#include "whamm/Wasm/Events.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm::probe;
namespace wasm = whamm::wasm;

#include "whamm/Dialect/Probe/IR/ProbeEnums.cpp.inc"

/// `opcode:call:before`, `func:entry`, `report`: package, event and mode as
/// scripts write them, where they have one.
static std::string getInstanceText(wasm::EventId event, wasm::Mode mode) {
  const wasm::EventInfo &info = wasm::getEvents()[event];
  std::string text = wasm::getPackageName(info.package).str();
  if (!info.name.empty())
    text += (":" + info.name).str();
  if (mode != wasm::Mode::None)
    text += (":" + wasm::getModeName(mode)).str();
  return text;
}

void InstanceAttr::print(AsmPrinter &printer) const {
  printer << "<\""
          << getInstanceText(getEvent(), static_cast<wasm::Mode>(getMode()))
          << "\" number " << getNumber() << " order " << getOrder() << ">";
}

/// Finds the event and mode that `text` names.
static std::optional<wasm::RuleMatch> findInstance(StringRef text) {
  std::string rule = ("wasm:" + text).str();
  wasm::RuleParts parts;
  SmallVector<StringRef, 4> split;
  StringRef(rule).split(split, ':');
  parts.parts.append(split.begin(), split.end());
  if (split.size() > 4 || llvm::any_of(split, [](StringRef part) {
        return wasm::checkGlob(part).has_value();
      }))
    return std::nullopt;
  auto matches = wasm::matchRule(parts);
  for (wasm::RuleMatch match : matches)
    if (getInstanceText(match.event, match.mode) == text)
      return match;
  return std::nullopt;
}

Attribute InstanceAttr::parse(AsmParser &parser, Type) {
  std::string text;
  uint32_t number = 0, order = 0;
  SMLoc loc;
  if (parser.parseLess() || parser.getCurrentLocation(&loc) ||
      parser.parseString(&text) || parser.parseKeyword("number") ||
      parser.parseInteger(number) || parser.parseKeyword("order") ||
      parser.parseInteger(order) || parser.parseGreater())
    return {};
  auto match = findInstance(text);
  if (!match) {
    parser.emitError(loc, "no event and mode named '") << text << "'";
    return {};
  }
  return InstanceAttr::get(parser.getContext(), match->event,
                           static_cast<uint8_t>(match->mode), number, order);
}

#define GET_ATTRDEF_CLASSES
#include "whamm/Dialect/Probe/IR/ProbeAttributes.cpp.inc"

void ProbeDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "whamm/Dialect/Probe/IR/ProbeAttributes.cpp.inc"
      >();
}
