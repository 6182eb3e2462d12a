//===- AST.h - Syntax tree of scripts ---------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Expressions, statements and declarations of a script. The same node classes
/// serve the parsed and the checked tree: the parser builds the first, the
/// checker (Sema.h) builds the second afresh and never changes the first.
/// What a node means only before or only after the check is marked *parsed*
/// or *checked*.
///
/// Nodes live in an ASTContext, own nothing and are never destroyed.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_FRONTEND_AST_H
#define WHAMM_FRONTEND_AST_H

#include "whamm/Frontend/Type.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/SMLoc.h"

#include <optional>
#include <type_traits>
#include <utility>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace whamm::frontend {

/// Owns the memory of nodes, names and lists.
class ASTContext {
public:
  ASTContext() = default;
  ASTContext(const ASTContext &) = delete;
  ASTContext &operator=(const ASTContext &) = delete;

  template <typename T, typename... Args> T *create(Args &&...args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocator.Allocate<T>()) T(std::forward<Args>(args)...);
  }
  /// Copies a list into the context.
  template <typename T> llvm::ArrayRef<T> copy(llvm::ArrayRef<T> list) {
    static_assert(std::is_trivially_destructible_v<T>);
    return list.copy(allocator);
  }
  llvm::StringRef copy(llvm::StringRef text) { return text.copy(allocator); }

private:
  llvm::BumpPtrAllocator allocator;
};

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

class Expr;

/// *Checked*: a variable that the script declares. Identified by its address.
struct Variable {
  enum class Storage : uint8_t {
    Global, // one for the program
    Site,   // `report` or `unshared` in a probe: one per match site
    Local,  // plain `var` in a probe or function: one per execution of the body
    Param,  // parameter of a function
  };

  llvm::StringRef name;
  Type type;
  Storage storage;
  /// Printed in the report.
  bool isReport;
  /// Position in CheckedScript::globals, CheckedProbe::siteVars or ::locals,
  /// CheckedFunction::params or ::locals.
  unsigned index;
  /// The name in its declaration.
  llvm::SMRange range;
  /// The initialiser of a Site variable, or null: the default value. The
  /// initialisers of globals and locals are assignments in initStatements and
  /// in the body.
  Expr *init = nullptr;
};

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

/// Base of all expressions.
class Expr {
public:
  enum class Kind : uint8_t {
    BoolLit,
    IntLit,
    FloatLit,
    StringLit,
    Ident,
    Unary,
    Binary,
    Ternary,
    Cast,
    Call,
    LibCall,
    StrMethod,
    MapGet,
    TupleGet,
    Tuple,
  };

  Kind getKind() const { return kind; }
  llvm::SMRange getRange() const { return range; }
  llvm::SMLoc getLoc() const { return range.Start; }
  void setRange(llvm::SMRange newRange) { range = newRange; }

  /// *Checked*: the type of the value; never Error in a tree that passed.
  Type type;

protected:
  Expr(Kind kind, llvm::SMRange range, Type type = {})
      : type(type), range(range), kind(kind) {}

private:
  llvm::SMRange range;
  Kind kind;
};

/// Gives a node class its `classof`.
template <typename Base, typename Base::Kind K> class NodeOf : public Base {
public:
  static bool classof(const Base *node) { return node->getKind() == K; }

protected:
  template <typename... Args>
  explicit NodeOf(Args &&...args) : Base(K, std::forward<Args>(args)...) {}
};

/// `true` or `false`.
class BoolLitExpr : public NodeOf<Expr, Expr::Kind::BoolLit> {
public:
  BoolLitExpr(llvm::SMRange range, bool value)
      : NodeOf(range, Type::Kind::Bool), value(value) {}
  bool value;
};

/// An integer literal. *Checked*: its type is an integer type and the value
/// lies in that type's range (a literal in a float context is a FloatLitExpr).
class IntLitExpr : public NodeOf<Expr, Expr::Kind::IntLit> {
public:
  IntLitExpr(llvm::SMRange range, __int128 value, Type type = {})
      : NodeOf(range, type), value(value) {}
  /// The value's two's complement in 64 bits, extended as its type says.
  uint64_t getBits() const { return static_cast<uint64_t>(value); }
  __int128 value;
};

/// A floating-point literal. *Checked*: f32 or f64; an f32's value is a float.
class FloatLitExpr : public NodeOf<Expr, Expr::Kind::FloatLit> {
public:
  FloatLitExpr(llvm::SMRange range, double value, Type type = {})
      : NodeOf(range, type), value(value) {}
  double value;
};

/// A string literal; the value is unescaped.
class StringLitExpr : public NodeOf<Expr, Expr::Kind::StringLit> {
public:
  StringLitExpr(llvm::SMRange range, llvm::StringRef value)
      : NodeOf(range, Type::Kind::Str), value(value) {}
  llvm::StringRef value;
};

/// A name. *Checked*: it denotes a variable of the script, or a bound one.
class IdentExpr : public NodeOf<Expr, Expr::Kind::Ident> {
public:
  IdentExpr(llvm::SMRange range, llvm::StringRef name)
      : NodeOf(range), name(name) {}
  llvm::StringRef name;
  /// *Checked*: exactly one of the two is set. For a bound variable, `type` of
  /// this node is the declared or bounded type; `bound->type` is the event's
  /// and may differ or be Unknown. `bound` of a literal variable is that of
  /// one event of the probe's class: take the value from the event at hand.
  const Variable *var = nullptr;
  const wasm::BoundVar *bound = nullptr;
};

/// `!e` on bool, `~e` on integers.
class UnaryExpr : public NodeOf<Expr, Expr::Kind::Unary> {
public:
  enum class Op : uint8_t { Not, BitNot };
  UnaryExpr(llvm::SMRange range, Op op, Expr *operand)
      : NodeOf(range), op(op), operand(operand) {}
  Op op;
  Expr *operand;
};

enum class BinaryOp : uint8_t {
  LogicalAnd, // short-circuit
  LogicalOr,  // short-circuit
  BitOr,
  BitXor,
  BitAnd,
  Eq,
  Ne,
  Lt,
  Le,
  Gt,
  Ge,
  Shl,
  Shr,
  Add,
  Sub,
  Mul,
  Div,
  Rem,
};
/// The operator as scripts write it.
llvm::StringRef getSpelling(BinaryOp op);
inline bool isLogical(BinaryOp op) { return op <= BinaryOp::LogicalOr; }
inline bool isComparison(BinaryOp op) {
  return op >= BinaryOp::Eq && op <= BinaryOp::Ge;
}

/// `a op b`. *Checked*: both operands have the same type. Eq and Ne take
/// numbers, bools, strings and tuples of these.
class BinaryExpr : public NodeOf<Expr, Expr::Kind::Binary> {
public:
  BinaryExpr(llvm::SMRange range, BinaryOp op, llvm::SMRange opRange, Expr *lhs,
             Expr *rhs)
      : NodeOf(range), op(op), opRange(opRange), lhs(lhs), rhs(rhs) {}
  BinaryOp op;
  llvm::SMRange opRange;
  Expr *lhs;
  Expr *rhs;
};

/// `c ? a : b`. *Checked*: both branches have the node's type; only the chosen
/// one is evaluated.
class TernaryExpr : public NodeOf<Expr, Expr::Kind::Ternary> {
public:
  TernaryExpr(llvm::SMRange range, Expr *cond, Expr *thenExpr, Expr *elseExpr)
      : NodeOf(range), cond(cond), thenExpr(thenExpr), elseExpr(elseExpr) {}
  Expr *cond;
  Expr *thenExpr;
  Expr *elseExpr;
};

/// `e as T`. *Checked*: between numeric types and bool, never to the operand's
/// own type; also inserted for literal bound variables (`isImplicit`).
class CastExpr : public NodeOf<Expr, Expr::Kind::Cast> {
public:
  CastExpr(llvm::SMRange range, Expr *operand, Type target,
           bool isImplicit = false)
      : NodeOf(range, target), operand(operand), target(target),
        isImplicit(isImplicit) {}
  Expr *operand;
  Type target;
  bool isImplicit;
};

/// The functions that come with the language (language reference 5.3).
enum class Builtin : uint8_t {
  MemId, // CallExpr::library is set, no arguments
  StrCmp,
  StrContains,
  ReadStr,
  WriteStr,
  MemCpy,
  ActiveDataStart,
  ActiveDataLen,
  PageSize,
  MemSize,
  DropArgs,      // alt probes only
  AltCallById,   // alt probes only; the argument is an IntLitExpr
  AltCallByName, // alt probes only; the argument is a StringLitExpr
  DupAt,
  ResolveFuncref,
};

struct CheckedFunction;
struct Library;
struct LibraryFunction;

/// `f(args)`. *Checked*: exactly one of `function` and `builtin` is set; the
/// arguments have the types of the parameters.
class CallExpr : public NodeOf<Expr, Expr::Kind::Call> {
public:
  CallExpr(llvm::SMRange range, llvm::StringRef callee,
           llvm::SMRange calleeRange, llvm::ArrayRef<Expr *> args)
      : NodeOf(range), callee(callee), calleeRange(calleeRange), args(args) {}
  llvm::StringRef callee;
  llvm::SMRange calleeRange;
  llvm::ArrayRef<Expr *> args;
  const CheckedFunction *function = nullptr;
  std::optional<Builtin> builtin;
  const Library *library = nullptr; // of MemId
};

/// `receiver.f(args)`, a library call or (*parsed* only) a method of a string,
/// maybe annotated (`@static`, `@init`). *Checked*: `library` and `function`
/// are set; the arguments are those of `call`, whose own `function` and
/// `builtin` stay unset. Those of a `static` call are static. The node's type
/// is the empty tuple where the function has no result.
class LibCallExpr : public NodeOf<Expr, Expr::Kind::LibCall> {
public:
  LibCallExpr(llvm::SMRange range, llvm::StringRef annotation,
              llvm::SMRange annotationRange, llvm::StringRef receiver,
              llvm::SMRange receiverRange, CallExpr *call)
      : NodeOf(range), annotation(annotation), annotationRange(annotationRange),
        receiver(receiver), receiverRange(receiverRange), call(call) {}
  llvm::StringRef annotation; // without '@'; empty if there is none
  llvm::SMRange annotationRange;
  llvm::StringRef receiver;
  llvm::SMRange receiverRange;
  CallExpr *call;
  const Library *library = nullptr;
  const LibraryFunction *function = nullptr;
  bool isStatic() const { return annotation == "static"; }
  bool isInit() const { return annotation == "init"; }
};

enum class StrMethod : uint8_t { Len, StartsWith, EndsWith, Contains, Addr };

/// *Checked*: a method of a string. Len and Addr have no argument and give u32;
/// the others have one and give bool.
class StrMethodExpr : public NodeOf<Expr, Expr::Kind::StrMethod> {
public:
  StrMethodExpr(llvm::SMRange range, StrMethod method, Expr *receiver,
                Expr *argument, Type type)
      : NodeOf(range, type), method(method), receiver(receiver),
        argument(argument) {}
  StrMethod method;
  Expr *receiver;
  Expr *argument; // null for Len and Addr
};

/// `m[key]`. *Checked*: `map` denotes a variable of map type or the bound
/// variable `targets`; the key has the map's key type.
class MapGetExpr : public NodeOf<Expr, Expr::Kind::MapGet> {
public:
  MapGetExpr(llvm::SMRange range, IdentExpr *map, Expr *key)
      : NodeOf(range), map(map), key(key) {}
  IdentExpr *map;
  Expr *key;
};

/// `t.0.1`. *Checked*: `tuple` denotes a variable of tuple type; the path lies
/// within it.
class TupleGetExpr : public NodeOf<Expr, Expr::Kind::TupleGet> {
public:
  TupleGetExpr(llvm::SMRange range, IdentExpr *tuple,
               llvm::ArrayRef<unsigned> path)
      : NodeOf(range), tuple(tuple), path(path) {}
  IdentExpr *tuple;
  llvm::ArrayRef<unsigned> path;
};

/// `()` or `(a, b)`. *Checked*: the node's type is the tuple of the elements'
/// types.
class TupleExpr : public NodeOf<Expr, Expr::Kind::Tuple> {
public:
  TupleExpr(llvm::SMRange range, llvm::ArrayRef<Expr *> elements)
      : NodeOf(range), elements(elements) {}
  llvm::ArrayRef<Expr *> elements;
};

/// Calls `visit` for each expression directly below `expr`, in the order of
/// their evaluation. The argument of `memid`, which stands for no value, is
/// none in a checked tree.
void forEachChild(const Expr *expr,
                  llvm::function_ref<void(const Expr *)> visit);

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// Base of all statements.
class Stmt {
public:
  enum class Kind : uint8_t { Decl, Assign, IncDec, If, Return, Expr };

  Kind getKind() const { return kind; }
  llvm::SMRange getRange() const { return range; }
  llvm::SMLoc getLoc() const { return range.Start; }
  void setRange(llvm::SMRange newRange) { range = newRange; }

protected:
  Stmt(Kind kind, llvm::SMRange range) : range(range), kind(kind) {}

private:
  llvm::SMRange range;
  Kind kind;
};

/// *Parsed*: `[report] [unshared] var name: type [= init];`. A checked tree
/// has none: see Variable.
class DeclStmt : public NodeOf<Stmt, Stmt::Kind::Decl> {
public:
  DeclStmt(llvm::SMRange range) : NodeOf(range) {}
  bool isReport = false;
  bool isUnshared = false;
  llvm::StringRef name;
  llvm::SMRange nameRange;
  Type declaredType;
  llvm::SMRange typeRange;
  Expr *init = nullptr;
};

/// `target = value;`. *Checked*: the target is an IdentExpr that denotes a
/// Variable or a bound argN, resN, localN or immN, a TupleGetExpr, or a
/// MapGetExpr; declarations of globals and locals have become assignments of
/// their initialiser (locals: or of the default value: `value` is null where
/// the type is a string, tuple or map; a map's default is a fresh map).
class AssignStmt : public NodeOf<Stmt, Stmt::Kind::Assign> {
public:
  AssignStmt(llvm::SMRange range, Expr *target, Expr *value)
      : NodeOf(range), target(target), value(value) {}
  Expr *target;
  Expr *value;
};

/// *Parsed*: `target++;` or `target--;`. *Checked*: an AssignStmt.
class IncDecStmt : public NodeOf<Stmt, Stmt::Kind::IncDec> {
public:
  IncDecStmt(llvm::SMRange range, Expr *target, llvm::SMRange opRange,
             bool isIncrement)
      : NodeOf(range), target(target), opRange(opRange),
        isIncrement(isIncrement) {}
  Expr *target;
  llvm::SMRange opRange;
  bool isIncrement;
};

/// `if (cond) { … } else { … }`; `elif` is an IfStmt alone in the else branch.
class IfStmt : public NodeOf<Stmt, Stmt::Kind::If> {
public:
  IfStmt(llvm::SMRange range, Expr *cond, llvm::ArrayRef<Stmt *> thenBody,
         llvm::ArrayRef<Stmt *> elseBody)
      : NodeOf(range), cond(cond), thenBody(thenBody), elseBody(elseBody) {}
  Expr *cond;
  llvm::ArrayRef<Stmt *> thenBody;
  llvm::ArrayRef<Stmt *> elseBody;
};

/// `return;` leaves the body. `return e;` leaves a function with its result
/// (checked: of the result's type), or gives the value that an `alt` probe puts
/// in place of the instruction's result.
class ReturnStmt : public NodeOf<Stmt, Stmt::Kind::Return> {
public:
  ReturnStmt(llvm::SMRange range, Expr *value) : NodeOf(range), value(value) {}
  Expr *value;
};

/// A call as a statement; its result is dropped. *Checked*: a CallExpr or a
/// LibCallExpr.
class ExprStmt : public NodeOf<Stmt, Stmt::Kind::Expr> {
public:
  ExprStmt(llvm::SMRange range, Expr *expr) : NodeOf(range), expr(expr) {}
  Expr *expr;
};

//===----------------------------------------------------------------------===//
// Top level
//===----------------------------------------------------------------------===//

/// `name: type`: a type bound, or a parameter of a function.
struct TypedName {
  llvm::StringRef name;
  llvm::SMRange nameRange;
  Type type;
  llvm::SMRange typeRange;
};

/// One part of a probe rule with its type bounds.
struct RulePart {
  llvm::StringRef pattern; // empty stands for `*`
  llvm::SMRange range;     // of the pattern; a point where it is empty
  llvm::ArrayRef<TypedName> bounds;
};

/// `use library;`
struct UseDecl {
  llvm::StringRef name;
  llvm::SMRange range;
};

/// `fn name(params) -> result { … }`
struct FnDecl {
  llvm::SMRange range;
  llvm::StringRef name;
  llvm::SMRange nameRange;
  llvm::ArrayRef<TypedName> params;
  Type result; // the empty tuple if there is none
  llvm::ArrayRef<Stmt *> body;
};

/// `rule / predicate / { … }`
struct ProbeDecl {
  llvm::SMRange range; // of the rule
  llvm::ArrayRef<RulePart> rule;
  Expr *predicate; // or null
  llvm::ArrayRef<Stmt *> body;
};

/// A whole script, in source order per list.
struct Script {
  llvm::ArrayRef<UseDecl> uses;
  llvm::ArrayRef<Stmt *> statements;
  llvm::ArrayRef<FnDecl> functions;
  llvm::ArrayRef<ProbeDecl> probes;
};

/// Writes a tree as indented text, one node per line; types where known.
void dump(const Expr *expr, llvm::raw_ostream &os, unsigned indent = 0);
void dump(const Stmt *stmt, llvm::raw_ostream &os, unsigned indent = 0);
void dump(const Script &script, llvm::raw_ostream &os);

} // namespace whamm::frontend

#endif // WHAMM_FRONTEND_AST_H
