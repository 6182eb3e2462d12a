//===- ParseStmt.cpp - Statements and probes of scripts -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Parser.h"

#include "whamm/Frontend/Frontend.h"

#include "llvm/ADT/StringExtras.h"

using namespace whamm;
using namespace whamm::frontend;

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

void Parser::advance() {
  prevEnd = tok.text.data() ? tok.end() : lexer.getPosition();
  tok = lexer.next();
}

bool Parser::consume(TokenKind kind) {
  if (!at(kind))
    return false;
  advance();
  return true;
}

bool Parser::expect(TokenKind kind, llvm::StringRef what) {
  if (consume(kind))
    return true;
  errorExpected(what);
  return false;
}

llvm::SMRange Parser::rangeFrom(const char *start) const {
  return {llvm::SMLoc::getFromPointer(start),
          llvm::SMLoc::getFromPointer(prevEnd)};
}

bool Parser::isOnNewLine() const {
  return llvm::StringRef(prevEnd, tok.begin() - prevEnd).contains('\n');
}

void Parser::errorHere(const llvm::Twine &message) {
  if (!stopped)
    diags.error(tok.getRange(), message);
}

void Parser::errorExpected(const llvm::Twine &what) {
  if (at(TokenKind::Invalid))
    return;
  if (at(TokenKind::End)) {
    // Behind the last token: the end may be many empty lines away.
    llvm::SMLoc place = llvm::SMLoc::getFromPointer(prevEnd);
    if (!stopped)
      diags.error({place, place},
                  "expected " + what + " before the end of the script");
    return;
  }
  if (at(TokenKind::String))
    errorHere("expected " + what + ", found a string");
  else
    errorHere("expected " + what + ", found '" + tok.text + "'");
}

void Parser::stopAtDepth() {
  errorHere("nesting is deeper than " + llvm::Twine(maxDepth) + " levels");
  stopped = true;
  lexer.setPosition(lexer.getEnd());
  advance();
}

/// A forgotten semicolon is reported where it belongs and nothing is skipped
/// if the next token begins something new.
void Parser::expectSemicolon(llvm::StringRef after) {
  if (consume(TokenKind::Semicolon) || stopped || at(TokenKind::Invalid)) {
    return;
  }
  if (at(TokenKind::RBrace) || at(TokenKind::End) || isOnNewLine()) {
    llvm::SMLoc place = llvm::SMLoc::getFromPointer(prevEnd);
    diags.error({place, place}, "expected ';' after " + after).replaceBy(";");
    return;
  }
  errorExpected("';' after " + after);
  skipToNextStatement();
}

/// Skips to behind the next semicolon, or to something that ends a block or
/// begins a statement or a probe.
void Parser::skipToNextStatement() {
  unsigned braces = 0;
  while (!at(TokenKind::End)) {
    if (at(TokenKind::LBrace))
      ++braces;
    if (at(TokenKind::RBrace)) {
      if (!braces)
        return;
      if (--braces == 0) {
        advance();
        return;
      }
    }
    if (at(TokenKind::Semicolon) && !braces) {
      advance();
      return;
    }
    advance();
    bool mayBegin = !braces && isOnNewLine() && at(TokenKind::Word);
    if (mayBegin && (startsDeclaration() || tok.isWord("if") ||
                     tok.isWord("return") || looksLikeRule()))
      return;
  }
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// The modifiers and `var` are no reserved words: `report = 1;` assigns.
bool Parser::startsDeclaration() {
  return (tok.isWord("var") || tok.isWord("report") ||
          tok.isWord("unshared")) &&
         isWordStart(peekNext());
}

/// Returns null after errors.
Stmt *Parser::parseStatement() {
  numOperators = 0;
  if (startsDeclaration())
    return parseDeclaration();
  if (tok.isWord("return"))
    return parseReturn();
  if (tok.isWord("if"))
    return parseIf();
  if (tok.isWord("else") || (tok.isWord("elif") && peekNext() == '(')) {
    errorHere("'" + tok.text + "' without 'if'");
    advance();
    return nullptr;
  }
  if (at(TokenKind::Word) || at(TokenKind::At))
    return parseAssignmentOrCall();
  errorExpected("a statement");
  return nullptr;
}

Stmt *Parser::parseDeclaration() {
  auto *decl = context.create<DeclStmt>(tok.getRange());
  const char *start = tok.begin();
  while (!tok.isWord("var")) {
    bool &flag = tok.isWord("report") ? decl->isReport : decl->isUnshared;
    if (!tok.isWord("report") && !tok.isWord("unshared")) {
      errorExpected("'var'");
      return nullptr;
    }
    if (flag)
      errorHere("'" + tok.text + "' is repeated");
    flag = true;
    advance();
  }
  advance();
  if (!parseDeclaredName(decl->name, decl->nameRange))
    return nullptr;
  if (decl->name.starts_with("arg") && decl->name.size() > 3 &&
      llvm::isDigit(decl->name[3]))
    diags.error(decl->nameRange, "'" + decl->name +
                                     "' cannot be declared: names that begin "
                                     "with 'arg' and a digit are operands");
  if (!expect(TokenKind::Colon, "':' and a type"))
    return nullptr;
  std::optional<Type> type = parseType(&decl->typeRange);
  if (!type)
    return nullptr;
  decl->declaredType = *type;
  if (consume(TokenKind::Equal) && !(decl->init = parseExpr()))
    return nullptr;
  decl->setRange(rangeFrom(start));
  expectSemicolon("the declaration");
  return decl;
}

Stmt *Parser::parseReturn() {
  const char *start = tok.begin();
  advance();
  Expr *value = nullptr;
  bool isBare =
      at(TokenKind::Semicolon) || at(TokenKind::RBrace) || at(TokenKind::End);
  if (!isBare && !(value = parseExpr()))
    return nullptr;
  auto *stmt = context.create<ReturnStmt>(rangeFrom(start), value);
  expectSemicolon("'return'");
  return stmt;
}

Stmt *Parser::parseIf() {
  Nesting nesting(*this);
  const char *start = tok.begin();
  return parseIfTail(start, 0);
}

/// The rest of `if` or `elif`, from that word on. `chain` counts the elifs:
/// they nest in the tree.
Stmt *Parser::parseIfTail(const char *start, unsigned chain) {
  static constexpr unsigned maxChain = 512;
  if (chain > maxChain) {
    errorHere("more than " + llvm::Twine(maxChain) + " branches in one 'if'");
    return nullptr;
  }
  advance();
  if (!expect(TokenKind::LParen, "'('"))
    return nullptr;
  numOperators = 0;
  Expr *cond = parseExpr();
  if (!cond || !expect(TokenKind::RParen, "')'"))
    return nullptr;
  llvm::ArrayRef<Stmt *> thenBody;
  if (!parseBlock(thenBody))
    return nullptr;
  llvm::ArrayRef<Stmt *> elseBody = parseElse(chain);
  return context.create<IfStmt>(rangeFrom(start), cond, thenBody, elseBody);
}

llvm::ArrayRef<Stmt *> Parser::parseElse(unsigned chain) {
  bool isElif = tok.isWord("elif") && peekNext() == '(';
  if (!isElif && !tok.isWord("else"))
    return {};
  const char *start = tok.begin();
  if (!isElif) {
    Token word = tok;
    advance();
    if (!tok.isWord("if")) {
      llvm::ArrayRef<Stmt *> body;
      parseBlock(body);
      return body;
    }
    diags
        .error({word.getRange().Start, tok.getRange().End},
               "'else if' is written 'elif'")
        .replaceBy("elif");
  }
  Stmt *stmt = parseIfTail(start, chain + 1);
  if (!stmt)
    return {};
  return context.copy(llvm::ArrayRef<Stmt *>(stmt));
}

Stmt *Parser::parseAssignmentOrCall() {
  const char *start = tok.begin();
  Expr *target = at(TokenKind::At) ? parseAnnotated() : parseNamed();
  if (!target)
    return nullptr;
  if (llvm::isa<CallExpr, LibCallExpr>(target)) {
    auto *stmt = context.create<ExprStmt>(rangeFrom(start), target);
    expectSemicolon("the call");
    return stmt;
  }
  return parseAssignmentTo(target);
}

/// `= e`, `++` or `--`, and the semicolon.
Stmt *Parser::parseAssignmentTo(Expr *target) {
  const char *start = target->getRange().Start.getPointer();
  char next = lexer.peek(tok.end());
  bool isSign = at(TokenKind::Plus) || at(TokenKind::Minus);
  if (isSign && next == *tok.begin()) {
    const char *op = tok.begin();
    bool isIncrement = at(TokenKind::Plus);
    advance();
    advance();
    llvm::SMRange opRange = rangeFrom(op);
    auto *stmt = context.create<IncDecStmt>(rangeFrom(start), target, opRange,
                                            isIncrement);
    expectSemicolon(isIncrement ? "'++'" : "'--'");
    return stmt;
  }
  if (tok.kind >= TokenKind::AmpAmp && next == '=' && tok.text.size() == 1) {
    errorHere("there is no '" + tok.text + "='; write 'x = x " + tok.text +
              " …'");
    return nullptr;
  }
  if (!expect(TokenKind::Equal, "'=', '++' or '--'"))
    return nullptr;
  Expr *value = parseExpr();
  if (!value)
    return nullptr;
  auto *stmt = context.create<AssignStmt>(rangeFrom(start), target, value);
  expectSemicolon("the assignment");
  return stmt;
}

/// Returns false if there is no block at all.
bool Parser::parseBlock(llvm::ArrayRef<Stmt *> &body) {
  Nesting nesting(*this);
  llvm::SMRange brace = tok.getRange();
  if (stopped || !expect(TokenKind::LBrace, "'{'"))
    return false;
  llvm::SmallVector<Stmt *> statementsOfBlock;
  while (!at(TokenKind::RBrace) && !at(TokenKind::End)) {
    // A rule in a block: the brace that ends the block is missing.
    if (isOnNewLine() && looksLikeRule())
      break;
    parseBlockStatement(statementsOfBlock);
  }
  body = context.copy(llvm::ArrayRef<Stmt *>(statementsOfBlock));
  if (consume(TokenKind::RBrace) || stopped)
    return true;
  bool isFirst = diags.getAll().empty() ||
                 diags.getAll().back().range.Start != tok.getRange().Start;
  if (isFirst)
    diags.error(tok.getRange(), "expected '}'")
        .note(brace, "to match this '{'");
  return true;
}

void Parser::parseBlockStatement(llvm::SmallVectorImpl<Stmt *> &body) {
  if (at(TokenKind::Semicolon)) {
    errorHere("there is no empty statement");
    advance();
    return;
  }
  if (at(TokenKind::LBrace)) {
    errorHere("a block cannot stand alone");
    llvm::ArrayRef<Stmt *> ignored;
    parseBlock(ignored);
    return;
  }
  const char *before = tok.begin();
  if (Stmt *stmt = parseStatement()) {
    body.push_back(stmt);
    return;
  }
  skipToNextStatement();
  // Progress, whatever happens.
  if (tok.begin() == before && !at(TokenKind::RBrace))
    advance();
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

/// True if a probe rule begins at the current token: a pattern, maybe type
/// bounds, and a colon. No statement begins so.
bool Parser::looksLikeRule() {
  const char *place = tok.begin();
  while (isPatternChar(lexer.peek(place)))
    ++place;
  place = lexer.skipTrivia(place);
  if (lexer.peek(place) == '(') {
    unsigned open = 0;
    do {
      char c = lexer.peek(place);
      if (c == 0 || c == ';' || c == '{' || c == '}')
        return false;
      open += c == '(';
      open -= c == ')';
      ++place;
    } while (open);
    place = lexer.skipTrivia(place);
  }
  return lexer.peek(place) == ':';
}

/// A pattern and its bounds. The current token is stale before and behind:
/// patterns are not made of tokens.
bool Parser::parseRulePart(RulePart &part) {
  const char *start = lexer.skipTrivia(lexer.getPosition(), true);
  const char *stop = start;
  while (isPatternChar(lexer.peek(stop)))
    ++stop;
  part.pattern = llvm::StringRef(start, stop - start);
  part.range = {llvm::SMLoc::getFromPointer(start),
                llvm::SMLoc::getFromPointer(stop)};
  const char *next = lexer.skipTrivia(stop);
  lexer.setPosition(stop);
  prevEnd = stop;
  if (lexer.peek(next) != '(')
    return true;
  tok = lexer.next();
  llvm::SmallVector<TypedName> bounds;
  if (!parseTypedNames(bounds))
    return false;
  part.bounds = context.copy(llvm::ArrayRef<TypedName>(bounds));
  lexer.setPosition(prevEnd);
  return true;
}

bool Parser::parseRule(llvm::SmallVectorImpl<RulePart> &parts) {
  lexer.setPosition(tok.begin());
  while (true) {
    if (!parseRulePart(parts.emplace_back()))
      return false;
    const char *next = lexer.skipTrivia(lexer.getPosition());
    if (lexer.peek(next) != ':')
      break;
    lexer.setPosition(next + 1);
  }
  tok = lexer.next();
  if (parts.size() <= 4)
    return true;
  diags.error(parts[4].range, "a rule has at most four parts: provider, "
                              "package, event and mode");
  return true;
}

void Parser::parseProbe() {
  ProbeDecl probe = {};
  const char *start = tok.begin();
  unsigned errorsBefore = diags.getNumErrors();
  llvm::SmallVector<RulePart, 4> parts;
  if (!parseRule(parts)) {
    skipToNextStatement();
    return;
  }
  probe.rule = context.copy(llvm::ArrayRef<RulePart>(parts));
  probe.range = rangeFrom(start);
  numOperators = 0;
  if (consume(TokenKind::Slash)) {
    probe.predicate = parseExpr();
    if (probe.predicate)
      expect(TokenKind::Slash, "'/' behind the predicate");
    // After an error go on with the body, where there is one.
    while (!at(TokenKind::LBrace) && !at(TokenKind::RBrace) &&
           !at(TokenKind::Semicolon) && !at(TokenKind::End))
      advance();
  }
  if (!at(TokenKind::LBrace)) {
    // After an error in the predicate a missing body is no news.
    if (diags.getNumErrors() == errorsBefore)
      errorExpected("'{' and the probe's body");
    skipToNextStatement();
    return;
  }
  parseBlock(probe.body);
  probes.push_back(probe);
}

//===----------------------------------------------------------------------===//
// Top level
//===----------------------------------------------------------------------===//

void Parser::parseUse() {
  const char *start = tok.begin();
  advance();
  llvm::StringRef name = tok.text;
  if (!at(TokenKind::Word)) {
    errorExpected("the name of a library");
    skipToNextStatement();
    return;
  }
  advance();
  uses.push_back({name, rangeFrom(start)});
  if (!probes.empty())
    diags.error(uses.back().range, "'use' has to stand before the first probe");
  expectSemicolon("'use'");
}

void Parser::parseFunction() {
  FnDecl fn = {};
  const char *start = tok.begin();
  advance();
  llvm::SmallVector<TypedName> params;
  bool good = parseDeclaredName(fn.name, fn.nameRange);
  bool hasParams = at(TokenKind::LParen) && peekNext() != ')';
  if (good && hasParams)
    good = parseTypedNames(params);
  else if (good)
    good = expect(TokenKind::LParen, "'('") && expect(TokenKind::RParen, "')'");
  fn.result = Type(Type::Kind::Tuple);
  if (good && consume(TokenKind::Arrow)) {
    std::optional<Type> result = parseType();
    good = result.has_value();
    fn.result = result.value_or(Type());
  }
  fn.params = context.copy(llvm::ArrayRef<TypedName>(params));
  fn.range = rangeFrom(start);
  if (!good || !parseBlock(fn.body)) {
    skipToNextStatement();
    return;
  }
  functions.push_back(fn);
}

void Parser::parseTopLevel() {
  if (looksLikeRule())
    return parseProbe();
  if (tok.isWord("use") && isWordStart(peekNext()))
    return parseUse();
  if (tok.isWord("fn") && isWordStart(peekNext()))
    return parseFunction();
  if (at(TokenKind::RBrace)) {
    errorHere("unexpected '}'");
    return advance();
  }
  llvm::SmallVector<Stmt *> parsed;
  parseBlockStatement(parsed);
  statements.append(parsed.begin(), parsed.end());
}

Script Parser::parseScript() {
  while (!at(TokenKind::End))
    parseTopLevel();
  if (probes.empty() && !diags.getNumErrors())
    errorHere("a script has to have at least one probe");
  Script script;
  script.uses = context.copy(llvm::ArrayRef<UseDecl>(uses));
  script.statements = context.copy(llvm::ArrayRef<Stmt *>(statements));
  script.functions = context.copy(llvm::ArrayRef<FnDecl>(functions));
  script.probes = context.copy(llvm::ArrayRef<ProbeDecl>(probes));
  return script;
}

Script frontend::parse(const llvm::SourceMgr &sources, unsigned bufferId,
                       ASTContext &context, Diagnostics &diags) {
  llvm::StringRef text = sources.getMemoryBuffer(bufferId)->getBuffer();
  return Parser(text, context, diags).parseScript();
}
