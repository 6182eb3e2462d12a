//===- ExportName.cpp - Reading one export name -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads names as the engine does: the first error by position counts, columns
/// count tabs as up to eight, and what the engine cannot show it dies of.
///
//===----------------------------------------------------------------------===//

#include "ExportName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;

static bool isAlphaOrUnderscore(char c) { return isAlpha(c) || c == '_'; }
static bool isIdentifierChar(char c) {
  return isAlnum(c) || c == '_' || c == '$';
}
static bool isMnemonicChar(char c) {
  return isAlnum(c) || c == '_' || c == '.';
}

static size_t getNextTabStop(size_t column) { return 1 + (column + 7) / 8 * 8; }

namespace {

/// A position in a name, and the first error in it.
class NameReader {
public:
  explicit NameReader(StringRef data) : data(data) {}

  ParsedName read();

private:
  // Positions.
  char getChar() const { return pos < data.size() ? data[pos] : '\0'; }
  size_t findEnd(size_t from, function_ref<bool(char)> accepts) const;
  void eat(size_t count);
  void skipWhitespace();
  void advance(size_t count) {
    eat(count);
    skipWhitespace();
  }
  bool skipChar(char c);
  bool skipText(StringRef text);
  std::optional<size_t> getColumn(size_t at);

  // Errors.
  bool isOk() const { return errorPos == SIZE_MAX && crash.empty(); }
  void setError(size_t at, size_t errorColumn, const Twine &message);
  void fail(const Twine &message, size_t offset = 0);
  void fatal(const Twine &reason) {
    if (crash.empty())
      crash = reason.str();
  }
  std::string describeError();

  // Grammar.
  std::optional<RuleEvent> readEvent();
  std::optional<std::string> readMnemonic();
  std::optional<RuleParam> readPredicate();
  std::vector<RuleParam> readParams();
  std::optional<RuleParam> readParam();
  std::optional<RuleParam> readIndexed(ParamKind kind, size_t end);

  StringRef data;
  size_t pos = 0, column = 1;
  SmallVector<size_t, 2> lineEnds; // passed newlines
  size_t errorPos = SIZE_MAX, errorColumn = 0;
  std::string message, crash;
};

} // namespace

//===----------------------------------------------------------------------===//
// Positions
//===----------------------------------------------------------------------===//

size_t NameReader::findEnd(size_t from,
                           function_ref<bool(char)> accepts) const {
  while (from < data.size() && accepts(data[from]))
    ++from;
  return from;
}

void NameReader::eat(size_t count) {
  for (; count != 0 && pos < data.size(); --count, ++pos) {
    if (data[pos] == '\n') {
      lineEnds.push_back(pos);
      column = 1;
    } else {
      column = data[pos] == '\t' ? getNextTabStop(column) : column + 1;
    }
  }
}

void NameReader::skipWhitespace() {
  eat(findEnd(pos, [](char c) { return c == ' ' || c == '\t' || c == '\n'; }) -
      pos);
}

bool NameReader::skipChar(char c) {
  if (getChar() != c)
    return false;
  advance(1);
  return true;
}

bool NameReader::skipText(StringRef text) {
  if (!data.substr(pos).starts_with(text))
    return false;
  advance(text.size());
  return true;
}

/// The column of a position; nullopt where finding it kills the engine.
std::optional<size_t> NameReader::getColumn(size_t at) {
  if (at == pos)
    return column;
  size_t begin = 0, result = 1;
  for (size_t end : lineEnds)
    if (end <= at)
      begin = end + 1;
  for (size_t i = begin; i < at; ++i) {
    if (i >= data.size() || data[i] == '\n') {
      fatal("the engine looks for a place behind the name's end");
      return std::nullopt;
    }
    result = data[i] == '\t' ? getNextTabStop(result) : result + 1;
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

void NameReader::setError(size_t at, size_t where, const Twine &text) {
  if (at >= errorPos)
    return;
  errorPos = at;
  errorColumn = where;
  message = text.str();
}

void NameReader::fail(const Twine &text, size_t offset) {
  if (std::optional<size_t> where = getColumn(pos + offset))
    setError(pos + offset, *where, text);
}

/// The line of the error with a caret, where the engine puts one, and the
/// message. The engine takes the column for an offset into the name.
std::string NameReader::describeError() {
  size_t start = errorColumn - 1;
  if (start > 0 && start >= data.size()) {
    fatal("an error at its very end (" + message +
          "), which the engine fails to show");
    return "";
  }
  while (start > 0) {
    if (data[start] == '\n') {
      ++start;
      break;
    }
    --start;
  }
  size_t end = std::min(data.find('\n', start), data.size());
  std::string text = data.slice(start, end).str();
  if (start <= errorColumn && errorColumn < end) {
    size_t caret = 1;
    for (char c : data.slice(start, errorColumn))
      caret = c == '\t' ? getNextTabStop(caret) : caret + 1;
    text += "\n" + std::string(caret - 1, ' ') + "^";
  }
  return text + " " + message;
}

//===----------------------------------------------------------------------===//
// Grammar
//===----------------------------------------------------------------------===//

ParsedName NameReader::read() {
  ParsedName parsed;
  std::optional<RuleEvent> event = readEvent();
  if (!event)
    return parsed;
  parsed.rule.event = std::move(*event);
  if (getChar() == '/')
    parsed.rule.predicate = readPredicate();
  skipWhitespace();
  if (getChar() == '(')
    parsed.rule.params = readParams();
  parsed.rule.trailing = data.substr(pos).str();
  parsed.status = ParsedName::Status::Rule;
  if (isOk())
    return parsed;
  if (crash.empty()) {
    parsed.status = ParsedName::Status::Warned;
    parsed.message = describeError();
  }
  if (!crash.empty()) {
    parsed.status = ParsedName::Status::Crash;
    parsed.message = crash;
  }
  return parsed;
}

std::optional<RuleEvent> NameReader::readEvent() {
  if (!skipText("wasm:"))
    return std::nullopt;
  for (auto [i, info] : enumerate(wei::detail::getEventInfos())) {
    if (!skipText(info.text))
      continue;
    RuleEvent event{static_cast<EventKind>(i), ""};
    if (!info.hasMnemonic)
      return event;
    std::optional<std::string> mnemonic = readMnemonic();
    if (!mnemonic)
      return std::nullopt;
    event.mnemonic = std::move(*mnemonic);
    return event;
  }
  return std::nullopt;
}

/// The longest run of mnemonic characters has to be known; the nullable forms
/// of two mnemonics have another word.
std::optional<std::string> NameReader::readMnemonic() {
  StringRef rest = data.substr(pos);
  StringRef word = rest.take_while(isMnemonicChar);
  StringRef nullable = rest.take_front(word.size() + 5);
  if (nullable.ends_with(" null") && lookupEngineMnemonic(nullable))
    word = nullable;
  if (!lookupEngineMnemonic(word) &&
      !is_contained(getEngineOnlyMnemonics(), word))
    return std::nullopt;
  std::string mnemonic = word.str();
  advance(word.size());
  return mnemonic;
}

std::optional<RuleParam> NameReader::readPredicate() {
  advance(1); // the slash
  std::optional<RuleParam> param = readParam();
  if (!param || param->kind != ParamKind::Call) {
    fail("expected call in predicate");
    return std::nullopt;
  }
  skipWhitespace();
  if (!skipChar('/'))
    fail("\"/\" expected");
  return param;
}

std::vector<RuleParam> NameReader::readParams() {
  std::vector<RuleParam> params;
  advance(1); // the parenthesis
  while (isOk() && !skipChar(')')) {
    std::optional<RuleParam> param = readParam();
    if (!isOk())
      break;
    params.push_back(std::move(*param));
    if (skipChar(')'))
      break;
    if (!skipChar(','))
      fail("\",\" expected");
  }
  return params;
}

std::optional<RuleParam> NameReader::readParam() {
  size_t end = findEnd(pos, isAlphaOrUnderscore);
  for (auto [i, info] : enumerate(getParamInfos()))
    if (info.isIndexed && data.slice(pos, end) == info.name)
      return readIndexed(static_cast<ParamKind>(i), end);
  end = findEnd(end, isIdentifierChar);
  if (end == pos) {
    fail("expected identifier");
    return std::nullopt;
  }
  size_t begin = pos, beginColumn = column;
  StringRef word = data.slice(begin, end);
  advance(end - begin);
  if (getChar() == '(')
    return RuleParam::call(word.str(), readParams());
  for (auto [i, info] : enumerate(getParamInfos()))
    if (!info.isIndexed && word == info.name) {
      RuleParam param;
      param.kind = static_cast<ParamKind>(i);
      return param;
    }
  setError(begin, beginColumn, "unresolved identifier: \"" + word + "\"");
  return std::nullopt;
}

/// A number behind a name that ends at `end`. A leading zero is all of it.
std::optional<RuleParam> NameReader::readIndexed(ParamKind kind, size_t end) {
  StringRef digits = data.substr(end).take_while(isDigit);
  if (digits.starts_with("0"))
    digits = digits.take_front(1);
  uint32_t value;
  // The engine counts from the name's begin a second time.
  if (digits.empty() || digits.getAsInteger(10, value)) {
    fail("expected positive integer", end);
    return std::nullopt;
  }
  if (value > INT32_MAX) {
    fatal("the number " + digits + " is too large for the engine");
    return std::nullopt;
  }
  advance(end + digits.size() - pos);
  RuleParam param;
  param.kind = kind;
  param.index = value;
  return param;
}

ParsedName wei::parseExportName(StringRef name) {
  return NameReader(name).read();
}
