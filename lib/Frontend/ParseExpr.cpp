//===- ParseExpr.cpp - Expressions and types of scripts -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Parser.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace whamm;
using namespace whamm::frontend;

//===----------------------------------------------------------------------===//
// Types and names
//===----------------------------------------------------------------------===//

static std::optional<Type> getPrimitiveType(llvm::StringRef word) {
  Type type = llvm::StringSwitch<Type>(word)
                  .Case("u8", Type::Kind::U8)
                  .Case("i8", Type::Kind::I8)
                  .Case("u16", Type::Kind::U16)
                  .Case("i16", Type::Kind::I16)
                  .Case("u32", Type::Kind::U32)
                  .Case("i32", Type::Kind::I32)
                  .Case("u64", Type::Kind::U64)
                  .Case("i64", Type::Kind::I64)
                  .Case("f32", Type::Kind::F32)
                  .Case("f64", Type::Kind::F64)
                  .Case("bool", Type::Kind::Bool)
                  .Case("str", Type::Kind::Str)
                  .Case("funcref", Type::Kind::FuncRef)
                  .Default(Type());
  if (type.isError())
    return std::nullopt;
  return type;
}

std::optional<Type> Parser::parseType(llvm::SMRange *range) {
  const char *start = tok.begin();
  std::optional<Type> type = parseTypeImpl();
  if (type && range)
    *range = rangeFrom(start);
  return type;
}

std::optional<Type> Parser::parseTypeImpl() {
  Nesting nesting(*this);
  if (stopped)
    return std::nullopt;
  if (at(TokenKind::LParen))
    return parseTupleType();
  if (tok.isWord("map") && lexer.peek(tok.end()) == '<')
    return parseMapType();
  if (!at(TokenKind::Word)) {
    errorExpected("a type");
    return std::nullopt;
  }
  std::optional<Type> type = getPrimitiveType(tok.text);
  if (!type) {
    static constexpr llvm::StringRef names[] = {
        "u8",  "i8",  "u16", "i16",  "u32", "i32",    "u64",
        "i64", "f32", "f64", "bool", "str", "funcref"};
    llvm::StringRef similar = findSimilar(tok.text, names);
    std::string message = ("unknown type '" + tok.text + "'").str();
    if (!similar.empty())
      message += ("; did you mean '" + similar + "'?").str();
    diags.error(tok.getRange(), message).replaceBy(similar);
    return std::nullopt;
  }
  advance();
  return type;
}

std::optional<Type> Parser::parseTupleType() {
  advance();
  llvm::SmallVector<Type> elements;
  if (!at(TokenKind::RParen)) {
    do {
      std::optional<Type> element = parseType();
      if (!element)
        return std::nullopt;
      elements.push_back(*element);
    } while (consume(TokenKind::Comma));
  }
  if (!expect(TokenKind::RParen, "')'"))
    return std::nullopt;
  return Type(Type::Kind::Tuple, context.copy(llvm::ArrayRef<Type>(elements)));
}

std::optional<Type> Parser::parseMapType() {
  advance();
  advance();
  std::optional<Type> key = parseType();
  if (!key || !expect(TokenKind::Comma, "','"))
    return std::nullopt;
  std::optional<Type> value = parseType();
  if (!value)
    return std::nullopt;
  // `>>` closes two maps; `>=` closes one in front of an initialiser.
  if (at(TokenKind::Shr) || at(TokenKind::GreaterEqual)) {
    lexer.setPosition(tok.begin() + 1);
    prevEnd = tok.begin() + 1;
    tok = lexer.next();
  } else if (!expect(TokenKind::Greater, "'>'")) {
    return std::nullopt;
  }
  Type elements[] = {*key, *value};
  return Type(Type::Kind::Map, context.copy(llvm::ArrayRef<Type>(elements)));
}

static bool isReserved(llvm::StringRef word) {
  return llvm::StringSwitch<bool>(word)
      .Cases({"return", "if", "while", "else", "map"}, true)
      .Cases({"true", "false"}, true)
      .Default(false);
}

bool Parser::parseDeclaredName(llvm::StringRef &name, llvm::SMRange &range) {
  if (!at(TokenKind::Word)) {
    errorExpected("a name");
    return false;
  }
  if (isReserved(tok.text)) {
    errorHere("'" + tok.text + "' is a reserved word");
    return false;
  }
  name = tok.text;
  range = tok.getRange();
  advance();
  return true;
}

/// `(name: type, …)`, from the opening parenthesis on.
bool Parser::parseTypedNames(llvm::SmallVectorImpl<TypedName> &names) {
  if (!expect(TokenKind::LParen, "'('"))
    return false;
  do {
    TypedName &item = names.emplace_back();
    if (!parseDeclaredName(item.name, item.nameRange) ||
        !expect(TokenKind::Colon, "':' and a type"))
      return false;
    std::optional<Type> type = parseType(&item.typeRange);
    if (!type)
      return false;
    item.type = *type;
  } while (consume(TokenKind::Comma));
  return expect(TokenKind::RParen, "')'");
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

Expr *Parser::parseExpr() {
  Nesting nesting(*this);
  if (stopped)
    return nullptr;
  return parseTernary();
}

Expr *Parser::parseTernary() {
  const char *start = tok.begin();
  Expr *cond = parseBinary(1);
  if (!cond || !consume(TokenKind::Question))
    return cond;
  Expr *thenExpr = parseExpr();
  if (!thenExpr || !expect(TokenKind::Colon, "':' of the conditional"))
    return nullptr;
  Expr *elseExpr = parseExpr();
  if (!elseExpr)
    return nullptr;
  return context.create<TernaryExpr>(rangeFrom(start), cond, thenExpr,
                                     elseExpr);
}

/// How tightly a binary operator binds; 0 for what is none.
static unsigned getLevel(TokenKind kind) {
  switch (kind) {
  case TokenKind::AmpAmp:
  case TokenKind::PipePipe:
    return 1; // one level for both
  case TokenKind::Pipe:
    return 2;
  case TokenKind::Caret:
    return 3;
  case TokenKind::Amp:
    return 4;
  case TokenKind::EqualEqual:
  case TokenKind::NotEqual:
  case TokenKind::Less:
  case TokenKind::LessEqual:
  case TokenKind::Greater:
  case TokenKind::GreaterEqual:
    return 5;
  case TokenKind::Shl:
  case TokenKind::Shr:
    return 6;
  case TokenKind::Plus:
  case TokenKind::Minus:
    return 7;
  case TokenKind::Star:
  case TokenKind::Slash:
  case TokenKind::Percent:
    return 8;
  default:
    return 0;
  }
}

static BinaryOp getBinaryOp(TokenKind kind) {
  unsigned offset =
      static_cast<unsigned>(kind) - static_cast<unsigned>(TokenKind::AmpAmp);
  return static_cast<BinaryOp>(offset);
}
static_assert(static_cast<unsigned>(TokenKind::Percent) -
                      static_cast<unsigned>(TokenKind::AmpAmp) ==
                  static_cast<unsigned>(BinaryOp::Rem),
              "tokens and operators have the same order");

/// The slash that ends a predicate stands in front of the body.
bool Parser::isAtPredicateEnd() {
  return at(TokenKind::Slash) && peekNext() == '{';
}

Expr *Parser::parseBinary(unsigned minLevel) {
  const char *start = tok.begin();
  Expr *lhs = parseOperand();
  while (lhs) {
    unsigned level = getLevel(tok.kind);
    if (!level || level < minLevel || isAtPredicateEnd())
      break;
    if (++numOperators > maxOperators) {
      errorHere("the expression has more than " + llvm::Twine(maxOperators) +
                " operators");
      return nullptr;
    }
    Token op = tok;
    advance();
    Expr *rhs = parseBinary(level + 1);
    if (!rhs)
      return nullptr;
    lhs = context.create<BinaryExpr>(rangeFrom(start), getBinaryOp(op.kind),
                                     op.getRange(), lhs, rhs);
  }
  return lhs;
}

Expr *Parser::parseOperand() {
  if (!at(TokenKind::Not) && !at(TokenKind::Tilde))
    return parseCast();
  Token op = tok;
  advance();
  if (at(TokenKind::Not) || at(TokenKind::Tilde)) {
    errorHere("an operand can have one prefix operator only; use parentheses");
    return nullptr;
  }
  Expr *operand = parseCast();
  if (!operand)
    return nullptr;
  return context.create<UnaryExpr>(
      rangeFrom(op.begin()),
      op.kind == TokenKind::Not ? UnaryExpr::Op::Not : UnaryExpr::Op::BitNot,
      operand);
}

Expr *Parser::parseCast() {
  const char *start = tok.begin();
  Expr *operand = parsePrimary();
  if (!operand || !tok.isWord("as"))
    return operand;
  advance();
  std::optional<Type> target = parseType();
  if (!target)
    return nullptr;
  if (tok.isWord("as")) {
    errorHere("an operand can have one cast only; use parentheses");
    return nullptr;
  }
  return context.create<CastExpr>(rangeFrom(start), operand, *target);
}

Expr *Parser::parsePrimary() {
  switch (tok.kind) {
  case TokenKind::Word:
    return parseNamed();
  case TokenKind::At:
    return parseAnnotated();
  case TokenKind::LParen:
    return parseParenthesised();
  case TokenKind::Int:
  case TokenKind::Float:
  case TokenKind::Minus:
    return parseNumber();
  case TokenKind::String: {
    Token literal = tok;
    advance();
    return context.create<StringLitExpr>(literal.getRange(),
                                         literal.stringValue);
  }
  default:
    errorExpected("an expression");
    return nullptr;
  }
}

Expr *Parser::parseNumber() {
  if (at(TokenKind::Minus)) {
    char next = lexer.peek(tok.end());
    Token literal;
    if (llvm::isDigit(next) || isWordStart(next))
      literal = lexer.readNumber(tok.begin());
    if (literal.kind == TokenKind::End ||
        (literal.kind == TokenKind::Invalid && !llvm::isDigit(next))) {
      errorHere("there is no unary minus; write '0 - x'");
      return nullptr;
    }
    tok = literal;
    if (at(TokenKind::Invalid))
      return nullptr;
  }
  Token literal = tok;
  advance();
  if (literal.kind == TokenKind::Int)
    return context.create<IntLitExpr>(literal.getRange(), literal.intValue);
  return context.create<FloatLitExpr>(literal.getRange(), literal.floatValue);
}

/// Parentheses around an expression, or a tuple.
Expr *Parser::parseParenthesised() {
  const char *start = tok.begin();
  advance();
  llvm::SmallVector<Expr *> elements;
  if (!at(TokenKind::RParen)) {
    do {
      Expr *element = parseExpr();
      if (!element)
        return nullptr;
      elements.push_back(element);
    } while (consume(TokenKind::Comma));
  }
  if (!expect(TokenKind::RParen, "')'"))
    return nullptr;
  if (elements.size() != 1)
    return context.create<TupleExpr>(
        rangeFrom(start), context.copy(llvm::ArrayRef<Expr *>(elements)));
  Expr *inner = elements.front();
  if (llvm::isa<BinaryExpr, UnaryExpr, TernaryExpr, CastExpr>(inner))
    inner->setRange(rangeFrom(start));
  return inner;
}

/// What begins with a name: a variable, an element, a call.
Expr *Parser::parseNamed() {
  if (tok.text == "true" || tok.text == "false") {
    Token literal = tok;
    advance();
    return context.create<BoolLitExpr>(literal.getRange(),
                                       literal.text == "true");
  }
  if (isReserved(tok.text)) {
    errorExpected("an expression");
    return nullptr;
  }
  const char *next = getNextPlace();
  if (lexer.peek(next) == '(')
    return parseCall();
  if (lexer.peek(next) == '.') {
    char behind = lexer.peek(lexer.skipTrivia(next + 1));
    if (!llvm::isDigit(behind))
      return parseLibCall("", {});
  }
  auto *name = context.create<IdentExpr>(tok.getRange(), tok.text);
  if (lexer.peek(next) == '.')
    return parseTupleGet(name);
  advance();
  if (at(TokenKind::LBracket))
    return parseMapGet(name);
  return name;
}

/// `tuple.0.1`. The digits are read by hand: to the lexer `0.1` is a number.
Expr *Parser::parseTupleGet(IdentExpr *tuple) {
  llvm::SmallVector<unsigned> path;
  const char *place = tok.end();
  const char *start = tok.begin();
  const char *stop = place;
  while (lexer.peek(lexer.skipTrivia(place)) == '.') {
    place = lexer.skipTrivia(lexer.skipTrivia(place) + 1);
    if (!llvm::isDigit(lexer.peek(place)))
      break;
    unsigned index = 0;
    for (; llvm::isDigit(lexer.peek(place)); ++place)
      index = std::min(1000000u, index * 10 + (*place - '0'));
    path.push_back(index);
    stop = place;
  }
  lexer.setPosition(stop);
  prevEnd = stop;
  tok = lexer.next();
  return context.create<TupleGetExpr>(
      llvm::SMRange(llvm::SMLoc::getFromPointer(start),
                    llvm::SMLoc::getFromPointer(stop)),
      tuple, context.copy(llvm::ArrayRef<unsigned>(path)));
}

Expr *Parser::parseMapGet(IdentExpr *map) {
  advance();
  Expr *key = parseExpr();
  if (!key || !expect(TokenKind::RBracket, "']'"))
    return nullptr;
  return context.create<MapGetExpr>(
      rangeFrom(map->getRange().Start.getPointer()), map, key);
}

CallExpr *Parser::parseCall() {
  Token callee = tok;
  advance();
  if (!expect(TokenKind::LParen, "'('"))
    return nullptr;
  llvm::SmallVector<Expr *> args;
  if (!at(TokenKind::RParen)) {
    do {
      Expr *arg = parseExpr();
      if (!arg)
        return nullptr;
      args.push_back(arg);
    } while (consume(TokenKind::Comma));
  }
  if (!expect(TokenKind::RParen, "')' or ','"))
    return nullptr;
  return context.create<CallExpr>(rangeFrom(callee.begin()), callee.text,
                                  callee.getRange(),
                                  context.copy(llvm::ArrayRef<Expr *>(args)));
}

Expr *Parser::parseLibCall(llvm::StringRef annotation,
                           llvm::SMRange annotationRange) {
  const char *start =
      annotation.empty() ? tok.begin() : annotationRange.Start.getPointer();
  Token receiver = tok;
  advance();
  if (!expect(TokenKind::Dot, "'.'"))
    return nullptr;
  if (!at(TokenKind::Word)) {
    errorExpected("the name of a function");
    return nullptr;
  }
  CallExpr *call = parseCall();
  if (!call)
    return nullptr;
  return context.create<LibCallExpr>(rangeFrom(start), annotation,
                                     annotationRange, receiver.text,
                                     receiver.getRange(), call);
}

/// `@static lib.f()` or `@init lib.f()`.
Expr *Parser::parseAnnotated() {
  const char *start = tok.begin();
  advance();
  llvm::StringRef word = tok.text;
  if (!tok.isWord("static") && !tok.isWord("init")) {
    errorExpected("'static' or 'init'");
    return nullptr;
  }
  advance();
  llvm::SMRange range = rangeFrom(start);
  if (!at(TokenKind::Word) || peekNext() != '.') {
    errorExpected("a library call");
    return nullptr;
  }
  return parseLibCall(word, range);
}
