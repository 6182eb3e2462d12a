//===- Parser.h - Recursive-descent parser of scripts -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One method per rule of the grammar. A method that fails has reported why
/// and returns null (or false); its caller passes that on up to the statement,
/// which skips to where the next one may begin.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_FRONTEND_PARSER_H
#define WHAMM_LIB_FRONTEND_PARSER_H

#include "Lexer.h"

#include "whamm/Frontend/AST.h"
#include "whamm/Frontend/Diagnostics.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace whamm::frontend {

class Parser {
public:
  Parser(llvm::StringRef text, ASTContext &context, Diagnostics &diags)
      : lexer(text, context, diags), context(context), diags(diags) {
    advance();
  }

  Script parseScript();

private:
  /// Nesting of blocks, parentheses and the like. Every later stage recurses
  /// over the tree, so its depth has to have a limit.
  static constexpr unsigned maxDepth = 256;
  static constexpr unsigned maxOperators = 4096;
  class Nesting;

  // Tokens.
  void advance();
  bool at(TokenKind kind) const { return tok.kind == kind; }
  bool consume(TokenKind kind);
  bool expect(TokenKind kind, llvm::StringRef what);
  void expectSemicolon(llvm::StringRef after);
  /// The first character behind the current token and what may be skipped.
  const char *getNextPlace() { return lexer.skipTrivia(tok.end()); }
  char peekNext() { return lexer.peek(getNextPlace()); }
  bool isOnNewLine() const;
  llvm::SMRange rangeFrom(const char *start) const;
  void errorHere(const llvm::Twine &message);
  /// Reports what was expected in place of the current token.
  void errorExpected(const llvm::Twine &what);
  void stopAtDepth();
  void skipToNextStatement();

  // Types and names.
  std::optional<Type> parseType(llvm::SMRange *range = nullptr);
  std::optional<Type> parseTypeImpl();
  std::optional<Type> parseTupleType();
  std::optional<Type> parseMapType();
  bool parseDeclaredName(llvm::StringRef &name, llvm::SMRange &range);
  bool parseTypedNames(llvm::SmallVectorImpl<TypedName> &names);

  // Expressions.
  Expr *parseExpr();
  Expr *parseTernary();
  Expr *parseBinary(unsigned minLevel);
  Expr *parseOperand();
  Expr *parseCast();
  Expr *parsePrimary();
  Expr *parseNumber();
  Expr *parseParenthesised();
  Expr *parseNamed();
  Expr *parseLibCall(llvm::StringRef annotation, llvm::SMRange annotationRange);
  Expr *parseAnnotated();
  CallExpr *parseCall();
  Expr *parseTupleGet(IdentExpr *tuple);
  Expr *parseMapGet(IdentExpr *map);
  bool isAtPredicateEnd();

  // Statements.
  bool startsDeclaration();
  Stmt *parseStatement();
  Stmt *parseDeclaration();
  Stmt *parseReturn();
  Stmt *parseIf();
  llvm::ArrayRef<Stmt *> parseElse(unsigned chain);
  Stmt *parseIfTail(const char *start, unsigned chain);
  Stmt *parseAssignmentOrCall();
  Stmt *parseAssignmentTo(Expr *target);
  bool parseBlock(llvm::ArrayRef<Stmt *> &body);
  void parseBlockStatement(llvm::SmallVectorImpl<Stmt *> &body);

  // Top level.
  bool looksLikeRule();
  bool parseRule(llvm::SmallVectorImpl<RulePart> &parts);
  bool parseRulePart(RulePart &part);
  void parseTopLevel();
  void parseUse();
  void parseFunction();
  void parseProbe();

  Lexer lexer;
  ASTContext &context;
  Diagnostics &diags;
  Token tok;
  const char *prevEnd = nullptr;
  unsigned depth = 0;
  unsigned numOperators = 0;
  bool stopped = false;

  llvm::SmallVector<UseDecl> uses;
  llvm::SmallVector<Stmt *> statements;
  llvm::SmallVector<FnDecl> functions;
  llvm::SmallVector<ProbeDecl> probes;
};

/// One level of nesting for as long as it lives.
class Parser::Nesting {
public:
  explicit Nesting(Parser &parser) : parser(parser) {
    if (++parser.depth > maxDepth)
      parser.stopAtDepth();
  }
  ~Nesting() { --parser.depth; }
  Nesting(const Nesting &) = delete;
  Nesting &operator=(const Nesting &) = delete;

private:
  Parser &parser;
};

} // namespace whamm::frontend

#endif // WHAMM_LIB_FRONTEND_PARSER_H
