//===- WasmInjectMonitor.cpp - Rules of monitors ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::wasm_inject;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

static Attribute parseRuleParam(AsmParser &parser);

/// `(param, param, ...)`
static FailureOr<SmallVector<Attribute>> parseRuleParams(AsmParser &parser) {
  SmallVector<Attribute> params;
  auto parseOne = [&]() -> ParseResult {
    params.push_back(parseRuleParam(parser));
    return success(params.back() != nullptr);
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, parseOne))
    return failure();
  return params;
}

/// `pc`, `arg 0`
static Attribute parseEngineParam(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef word;
  if (parser.parseKeyword(&word))
    return {};
  for (auto [i, info] : llvm::enumerate(wei::getParamInfos())) {
    if (info.name != word)
      continue;
    uint32_t index = 0;
    if (info.isIndexed && parser.parseInteger(index))
      return {};
    return EngineAttr::get(parser.getContext(), static_cast<wei::ParamKind>(i),
                           index);
  }
  parser.emitError(loc, "no parameter of rules is named '" + word + "'");
  return {};
}

/// `"name"(param, ...)`
static Attribute parseMatchCall(AsmParser &parser) {
  StringAttr callee;
  if (parser.parseAttribute(callee))
    return {};
  auto params = parseRuleParams(parser);
  if (failed(params))
    return {};
  return MatchCallAttr::get(parser.getContext(), callee, *params);
}

static Attribute parseRuleParam(AsmParser &parser) {
  StringAttr callee;
  OptionalParseResult isCall = parser.parseOptionalAttribute(callee);
  if (!isCall.has_value())
    return parseEngineParam(parser);
  if (failed(*isCall))
    return {};
  auto params = parseRuleParams(parser);
  if (failed(params))
    return {};
  return MatchCallAttr::get(parser.getContext(), callee, *params);
}

static void printRuleParam(AsmPrinter &printer, Attribute param);

static void printMatchCall(AsmPrinter &printer, MatchCallAttr call) {
  printer << call.getCallee() << "(";
  llvm::interleaveComma(call.getParams(), printer, [&](Attribute param) {
    printRuleParam(printer, param);
  });
  printer << ")";
}

static void printRuleParam(AsmPrinter &printer, Attribute param) {
  if (auto call = dyn_cast<MatchCallAttr>(param))
    return printMatchCall(printer, call);
  auto engine = cast<EngineAttr>(param);
  const wei::ParamInfo &info = wei::getParamInfo(engine.getKind());
  printer << info.name;
  if (info.isIndexed)
    printer << " " << engine.getIndex();
}

Attribute EngineAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  Attribute attr = parseEngineParam(parser);
  if (!attr || parser.parseGreater())
    return {};
  return attr;
}

void EngineAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printRuleParam(printer, *this);
  printer << ">";
}

Attribute MatchCallAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  Attribute attr = parseMatchCall(parser);
  if (!attr || parser.parseGreater())
    return {};
  return attr;
}

void MatchCallAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printMatchCall(printer, *this);
  printer << ">";
}

Attribute MatchCallAttr::fromParam(MLIRContext *context,
                                   const wei::RuleParam &param) {
  if (param.kind != wei::ParamKind::Call)
    return EngineAttr::get(context, param.kind, param.index);
  SmallVector<Attribute> params;
  for (const wei::RuleParam &nested : param.params)
    params.push_back(fromParam(context, nested));
  return get(context, StringAttr::get(context, param.callee), params);
}

wei::RuleParam MatchCallAttr::toParam(Attribute attr) {
  auto call = dyn_cast<MatchCallAttr>(attr);
  wei::RuleParam param;
  if (!call) {
    auto engine = cast<EngineAttr>(attr);
    param.kind = engine.getKind();
    param.index = engine.getIndex();
    return param;
  }
  std::vector<wei::RuleParam> params;
  for (Attribute nested : call.getParams())
    params.push_back(toParam(nested));
  return wei::RuleParam::call(call.getCallee().str(), std::move(params));
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

wei::MonitorRule RuleOp::getRule() {
  wei::MonitorRule rule;
  if (std::optional<wei::RuleEvent> event = wei::parseEvent(getEvent()))
    rule.event = std::move(*event);
  if (MatchCallAttr predicate = getPredicateAttr())
    rule.predicate = MatchCallAttr::toParam(predicate);
  for (Attribute param : getParams())
    rule.params.push_back(MatchCallAttr::toParam(param));
  if (std::optional<StringRef> trailing = getTrailing())
    rule.trailing = trailing->str();
  return rule;
}

std::string RuleOp::getExportName() {
  if (std::optional<StringRef> spelled = getSpelled())
    return spelled->str();
  return wei::printRule(getRule());
}

LogicalResult RuleOp::verify() {
  if (!wei::parseEvent(getEvent()))
    return emitOpError("expects an event of rules, found '")
           << getEvent() << "'";
  wei::MonitorRule rule = getRule();
  if (std::optional<StringRef> spelled = getSpelled()) {
    wei::ParsedName parsed = wei::parseExportName(*spelled);
    if (parsed.status != wei::ParsedName::Status::Rule || parsed.rule != rule)
      return emitOpError("is not what '") << *spelled << "' says";
    return success();
  }
  if (llvm::Error error = wei::checkRule(rule))
    return emitOpError() << llvm::toString(std::move(error));
  return success();
}

static LogicalResult verifyFunction(Operation *op, FlatSymbolRefAttr symbol,
                                    SymbolTableCollection &tables) {
  if (tables.lookupNearestSymbolFrom(op, symbol))
    return success();
  return op->emitOpError("no function named ") << symbol;
}

LogicalResult RuleOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyFunction(*this, getBodyAttr(), tables);
}

LogicalResult ExportOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyFunction(*this, getFunctionAttr(), tables);
}

LogicalResult ExportOp::verify() {
  if (wei::parseExportName(getName()).status == wei::ParsedName::Status::Rule)
    return emitOpError("'") << getName() << "' is a rule";
  return success();
}
