//===- Lexer.h - Tokens of scripts ------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The lexer works on demand and can be set back: what a character means
/// depends on where it stands (a probe rule, an operand, behind an operand),
/// and only the parser knows that.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_FRONTEND_LEXER_H
#define WHAMM_LIB_FRONTEND_LEXER_H

#include "whamm/Frontend/AST.h"
#include "whamm/Frontend/Diagnostics.h"

namespace whamm::frontend {

enum class TokenKind : uint8_t {
  End,
  Invalid, // already reported
  Word,
  Int,
  Float,
  String,
  // Punctuation. There is no `++`, `--` or negative number: see Parser.
  LParen,
  RParen,
  LBrace,
  RBrace,
  LBracket,
  RBracket,
  Comma,
  Semicolon,
  Colon,
  Question,
  Dot,
  At,
  Equal,
  Arrow,
  Not,
  Tilde,
  // Binary operators, in the order of BinaryOp.
  AmpAmp,
  PipePipe,
  Pipe,
  Caret,
  Amp,
  EqualEqual,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Shl,
  Shr,
  Plus,
  Minus,
  Star,
  Slash,
  Percent,
};

struct Token {
  TokenKind kind = TokenKind::End;
  llvm::StringRef text;
  /// Int: the value.
  __int128 intValue = 0;
  /// Float: the value.
  double floatValue = 0;
  /// String: the value without quotes and escapes.
  llvm::StringRef stringValue;

  const char *begin() const { return text.begin(); }
  const char *end() const { return text.end(); }
  llvm::SMRange getRange() const {
    return {llvm::SMLoc::getFromPointer(begin()),
            llvm::SMLoc::getFromPointer(end())};
  }
  bool isWord(llvm::StringRef word) const {
    return kind == TokenKind::Word && text == word;
  }
};

bool isWordStart(char c);
bool isWordChar(char c);
/// A character of a rule's pattern.
bool isPatternChar(char c);

class Lexer {
public:
  Lexer(llvm::StringRef text, ASTContext &context, Diagnostics &diags);

  /// Reads the token behind the last one.
  Token next();
  /// Reads a number at `place`, which may begin with a minus sign.
  Token readNumber(const char *place);

  const char *getPosition() const { return cur; }
  void setPosition(const char *place) { cur = place; }
  const char *getEnd() const { return end; }
  /// The character at a place; 0 at the end.
  char peek(const char *place) const { return place < end ? *place : 0; }

  /// The first place from `place` on that is neither space nor comment. Says
  /// nothing about an unclosed comment, unless `report`.
  const char *skipTrivia(const char *place, bool report = false);

private:
  const char *skipBlockComment(const char *place, bool report);
  Token make(TokenKind kind, const char *start, const char *stop);
  Token fail(const char *start, const char *stop, const llvm::Twine &message);
  Token readWord(const char *start);
  Token readString(const char *start);
  const char *readEscape(const char *place, std::string &value);
  Token readPunctuation(const char *start);
  Token readRadix(const char *digits, const char *start, unsigned radix);
  Token readDecimal(const char *digits, const char *start);
  Token readFloat(const char *start, const char *stop);
  Token readSpecialFloat(const char *start);

  const char *cur;
  const char *end;
  ASTContext &context;
  Diagnostics &diags;
};

} // namespace whamm::frontend

#endif // WHAMM_LIB_FRONTEND_LEXER_H
