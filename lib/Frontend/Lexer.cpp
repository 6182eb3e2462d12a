//===- Lexer.cpp - Tokens of scripts --------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Lexer.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

#include <cmath>
#include <cstdlib>
#include <limits>

using namespace whamm;
using namespace whamm::frontend;

bool frontend::isWordStart(char c) { return llvm::isAlpha(c) || c == '_'; }
bool frontend::isWordChar(char c) { return llvm::isAlnum(c) || c == '_'; }
bool frontend::isPatternChar(char c) {
  return isWordChar(c) || llvm::StringRef(".*+\\?|![]").contains(c);
}

static llvm::SMRange makeRange(const char *start, const char *stop) {
  return {llvm::SMLoc::getFromPointer(start),
          llvm::SMLoc::getFromPointer(stop)};
}

/// The place of the first byte that is no part of UTF-8 text, or null.
static const char *findInvalidUTF8(llvm::StringRef text) {
  auto *place = reinterpret_cast<const llvm::UTF8 *>(text.begin());
  auto *end = reinterpret_cast<const llvm::UTF8 *>(text.end());
  while (place < end) {
    size_t length = *place < 0x80 ? 1 : llvm::getNumBytesForUTF8(*place);
    if (*place >= 0x80 && (length > size_t(end - place) ||
                           !llvm::isLegalUTF8Sequence(place, place + length)))
      return reinterpret_cast<const char *>(place);
    place += length;
  }
  return nullptr;
}

Lexer::Lexer(llvm::StringRef text, ASTContext &context, Diagnostics &diags)
    : cur(text.begin()), end(text.end()), context(context), diags(diags) {
  if (const char *bad = findInvalidUTF8(text))
    diags.error(makeRange(bad, bad + 1), "the script is not valid UTF-8");
}

Token Lexer::make(TokenKind kind, const char *start, const char *stop) {
  cur = stop;
  Token token;
  token.kind = kind;
  token.text = llvm::StringRef(start, stop - start);
  return token;
}

Token Lexer::fail(const char *start, const char *stop,
                  const llvm::Twine &message) {
  diags.error(makeRange(start, stop), message);
  return make(TokenKind::Invalid, start, stop);
}

const char *Lexer::skipBlockComment(const char *place, bool report) {
  const char *start = place;
  unsigned depth = 0;
  do {
    if (peek(place) == '/' && peek(place + 1) == '*') {
      ++depth;
      place += 2;
    } else if (peek(place) == '*' && peek(place + 1) == '/') {
      --depth;
      place += 2;
    } else {
      ++place;
    }
  } while (depth && place < end);
  if (depth && report)
    diags.error(makeRange(start, start + 2), "unterminated comment");
  return place;
}

const char *Lexer::skipTrivia(const char *place, bool report) {
  while (place < end) {
    if (*place == ' ' || *place == '\t' || *place == '\n') {
      ++place;
    } else if (*place == '\r' && peek(place + 1) == '\n') {
      place += 2;
    } else if (*place == '/' && peek(place + 1) == '/') {
      while (place < end && *place != '\n')
        ++place;
    } else if (*place == '/' && peek(place + 1) == '*') {
      place = skipBlockComment(place, report);
    } else {
      break;
    }
  }
  return place;
}

Token Lexer::next() {
  const char *start = cur = skipTrivia(cur, /*report=*/true);
  if (start >= end)
    return make(TokenKind::End, end, end);
  if (isWordStart(*start))
    return readWord(start);
  if (llvm::isDigit(*start))
    return readNumber(start);
  if (*start == '"')
    return readString(start);
  return readPunctuation(start);
}

Token Lexer::readWord(const char *start) {
  const char *stop = start;
  while (isWordChar(peek(stop)))
    ++stop;
  return make(TokenKind::Word, start, stop);
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

Token Lexer::readNumber(const char *start) {
  const char *digits = *start == '-' ? start + 1 : start;
  if (!llvm::isDigit(peek(digits)))
    return readSpecialFloat(start);
  char radix = llvm::toLower(peek(digits + 1));
  if (*digits != '0' || (radix != 'x' && radix != 'b'))
    return readDecimal(digits, start);
  if (*start == '-')
    return fail(start, digits + 2, "only a decimal literal can have a sign");
  return readRadix(digits + 2, start, radix == 'x' ? 16 : 2);
}

/// Adds a digit to a literal; false where the value leaves 128 bits.
static bool addDigit(__int128 &value, unsigned radix, unsigned digit) {
  constexpr __int128 max = ~(__int128(1) << 127);
  if (value > (max - digit) / radix)
    return false;
  value = value * radix + digit;
  return true;
}

Token Lexer::readRadix(const char *digits, const char *start, unsigned radix) {
  const char *stop = digits;
  __int128 value = 0;
  bool fits = true;
  for (; llvm::hexDigitValue(peek(stop)) < radix; ++stop)
    fits = fits && addDigit(value, radix, llvm::hexDigitValue(*stop));
  if (stop == digits || isWordChar(peek(stop))) {
    while (isWordChar(peek(stop)))
      ++stop;
    return fail(start, stop,
                radix == 16 ? "invalid hexadecimal literal"
                            : "invalid binary literal");
  }
  if (!fits)
    return fail(start, stop, "integer literal is too large");
  Token token = make(TokenKind::Int, start, stop);
  token.intValue = value;
  return token;
}

Token Lexer::readDecimal(const char *digits, const char *start) {
  auto skipDigits = [&](const char *place) {
    while (llvm::isDigit(peek(place)) || peek(place) == '_')
      ++place;
    return place;
  };
  const char *intEnd = skipDigits(digits);
  const char *stop = intEnd;
  if (peek(stop) == '.') {
    ++stop;
    while (llvm::isDigit(peek(stop)))
      ++stop;
  }
  if (llvm::toLower(peek(stop)) == 'e') {
    const char *exponent = stop + 1;
    if (peek(exponent) == '+' || peek(exponent) == '-')
      ++exponent;
    if (llvm::isDigit(peek(exponent))) {
      stop = exponent;
      while (llvm::isDigit(peek(stop)))
        ++stop;
    }
  }
  if (isWordChar(peek(stop))) {
    while (isWordChar(peek(stop)))
      ++stop;
    return fail(start, stop, "invalid number");
  }
  if (stop != intEnd)
    return readFloat(start, stop);

  if (*digits == '0' && stop - digits > 1)
    return fail(start, stop, "a decimal literal cannot begin with 0");
  if (*digits == '0' && digits != start)
    return fail(start, stop, "-0 is not an integer literal");
  __int128 value = 0;
  for (const char *c = digits; c != stop; ++c)
    if (*c != '_' && !addDigit(value, 10, *c - '0'))
      return fail(start, stop, "integer literal is too large");
  Token token = make(TokenKind::Int, start, stop);
  token.intValue = digits == start ? value : -value;
  return token;
}

Token Lexer::readFloat(const char *start, const char *stop) {
  Token token = make(TokenKind::Float, start, stop);
  std::string text;
  for (char c : token.text)
    if (c != '_')
      text += c;
  token.floatValue = std::strtod(text.c_str(), nullptr);
  return token;
}

/// `-inf` and `-nan`; without the sign they are names.
Token Lexer::readSpecialFloat(const char *start) {
  Token word = readWord(start + 1);
  Token token = make(TokenKind::Float, start, word.end());
  if (word.text.equals_insensitive("inf"))
    token.floatValue = -std::numeric_limits<double>::infinity();
  else if (word.text.equals_insensitive("nan"))
    token.floatValue =
        std::copysign(std::numeric_limits<double>::quiet_NaN(), -1.0);
  else
    token = make(TokenKind::Invalid, start, start + 1);
  return token;
}

//===----------------------------------------------------------------------===//
// Strings and punctuation
//===----------------------------------------------------------------------===//

static void appendUTF8(std::string &value, unsigned codePoint) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *stop = buffer;
  llvm::ConvertCodePointToUTF8(codePoint, stop);
  value.append(buffer, stop);
}

/// Reads the escape whose backslash is at `place`; returns the place behind
/// it. Reports a bad one and goes on.
const char *Lexer::readEscape(const char *place, std::string &value) {
  static constexpr llvm::StringLiteral names = "nrt\"'\\0";
  static constexpr char values[] = {'\n', '\r', '\t', '"', '\'', '\\', '\0'};
  char c = peek(place + 1);
  size_t known = names.find(c);
  if (place + 1 < end && known != llvm::StringRef::npos) {
    value += values[known];
    return place + 2;
  }
  const char *stop = place + 2;
  unsigned codePoint = 0;
  if (c == 'x') {
    while (stop < place + 4 && llvm::isHexDigit(peek(stop)))
      codePoint = codePoint * 16 + llvm::hexDigitValue(*stop++);
    if (stop == place + 4) {
      appendUTF8(value, codePoint);
      return stop;
    }
  } else if (c == 'u' && peek(stop) == '{') {
    for (++stop; llvm::isHexDigit(peek(stop)); ++stop)
      codePoint =
          std::min(0x110000u, codePoint * 16 + llvm::hexDigitValue(*stop));
    bool isScalar =
        codePoint < 0x110000 && (codePoint < 0xD800 || codePoint > 0xDFFF);
    if (peek(stop) == '}' && stop != place + 3 && isScalar) {
      appendUTF8(value, codePoint);
      return stop + 1;
    }
  }
  stop = std::min(stop, end);
  diags.error(makeRange(place, stop), "invalid escape sequence in a string");
  return stop;
}

Token Lexer::readString(const char *start) {
  std::string value;
  const char *place = start + 1;
  while (place < end && *place != '"') {
    if (*place == '\\')
      place = readEscape(place, value);
    else
      value += *place++;
  }
  if (place >= end)
    return fail(start, end, "unterminated string");
  Token token = make(TokenKind::String, start, place + 1);
  token.stringValue = context.copy(llvm::StringRef(value));
  return token;
}

namespace {
struct Spelling {
  llvm::StringLiteral text;
  TokenKind kind;
};
// Longer ones first.
constexpr Spelling spellings[] = {
    {"->", TokenKind::Arrow},
    {"&&", TokenKind::AmpAmp},
    {"||", TokenKind::PipePipe},
    {"==", TokenKind::EqualEqual},
    {"!=", TokenKind::NotEqual},
    {"<=", TokenKind::LessEqual},
    {">=", TokenKind::GreaterEqual},
    {"<<", TokenKind::Shl},
    {">>", TokenKind::Shr},
    {"(", TokenKind::LParen},
    {")", TokenKind::RParen},
    {"{", TokenKind::LBrace},
    {"}", TokenKind::RBrace},
    {"[", TokenKind::LBracket},
    {"]", TokenKind::RBracket},
    {",", TokenKind::Comma},
    {";", TokenKind::Semicolon},
    {":", TokenKind::Colon},
    {"?", TokenKind::Question},
    {".", TokenKind::Dot},
    {"@", TokenKind::At},
    {"=", TokenKind::Equal},
    {"!", TokenKind::Not},
    {"~", TokenKind::Tilde},
    {"|", TokenKind::Pipe},
    {"^", TokenKind::Caret},
    {"&", TokenKind::Amp},
    {"<", TokenKind::Less},
    {">", TokenKind::Greater},
    {"+", TokenKind::Plus},
    {"-", TokenKind::Minus},
    {"*", TokenKind::Star},
    {"/", TokenKind::Slash},
    {"%", TokenKind::Percent},
};
} // namespace

Token Lexer::readPunctuation(const char *start) {
  llvm::StringRef rest(start, end - start);
  for (const Spelling &spelling : spellings)
    if (rest.starts_with(spelling.text))
      return make(spelling.kind, start, start + spelling.text.size());
  // The whole character, however many bytes it has.
  const char *stop = start + 1;
  while (stop < end && (*stop & 0xC0) == 0x80)
    ++stop;
  if (*start == '\r')
    return fail(start, stop, "a carriage return without a line feed");
  return fail(start, stop, "unexpected character");
}
