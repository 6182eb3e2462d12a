//===- Checker.h - The checker behind Sema.h --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Builds the checked tree from the parsed one. Methods that check a node
/// return its checked counterpart, or null (false) after reporting an error.
///
/// Literals: an expression made of nothing but numeric literals is *adaptable*:
/// it takes the type that its surroundings expect. So it is checked last, when
/// the type of what it meets is known.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_FRONTEND_CHECKER_H
#define WHAMM_LIB_FRONTEND_CHECKER_H

#include "Rules.h"

#include "whamm/Frontend/AST.h"
#include "whamm/Frontend/Diagnostics.h"
#include "whamm/Frontend/Sema.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <memory>
#include <optional>

namespace whamm::frontend {

class Checker {
public:
  Checker(const Script &script, ASTContext &context, Diagnostics &diags)
      : script(script), context(context), diags(diags) {}

  std::unique_ptr<CheckedScript> run();

private:
  /// What is being checked; it decides which names are visible.
  enum class Place : uint8_t { Global, Predicate, Body, SiteInit };

  /// A bound variable as the current class sees it. The type is Error if it
  /// needs a type bound.
  struct BoundName {
    const wasm::BoundVar *var;
    Type type;
  };

  Diagnostic &error(llvm::SMRange range, const llvm::Twine &message);
  void notSupported(llvm::SMRange range, const llvm::Twine &what);

  // Scripts and probes.
  void checkUnsupportedDecls();
  void checkGlobals();
  void checkProbe(const ProbeDecl &decl, unsigned sourceIndex);
  void checkClass(const ProbeDecl &decl, CheckedProbe &probe);
  void collectDeclarations(llvm::ArrayRef<Stmt *> stmts);

  // Declarations.
  bool checkDeclaredType(const DeclStmt *decl);
  bool checkNewName(const DeclStmt *decl);
  Variable *declare(const DeclStmt *decl, Variable::Storage storage,
                    std::vector<Variable *> &list);
  Expr *makeDefault(Type type, llvm::SMRange range);

  // Statements.
  using StmtList = llvm::SmallVector<Stmt *>;
  llvm::ArrayRef<Stmt *> checkBody(llvm::ArrayRef<Stmt *> stmts);
  void checkStmt(const Stmt *stmt, StmtList &out);
  void checkDecl(const DeclStmt *decl, StmtList &out);
  void checkSiteInit(const DeclStmt *decl, Variable *var);
  void checkAssign(const AssignStmt *stmt, StmtList &out);
  void checkIncDec(const IncDecStmt *stmt, StmtList &out);
  void checkIf(const IfStmt *stmt, StmtList &out);
  void checkReturn(const ReturnStmt *stmt, StmtList &out);
  void checkGlobalStmt(const Stmt *stmt, StmtList &out);
  IdentExpr *checkTarget(const Expr *target);
  Expr *checkInit(const DeclStmt *decl);
  void addInit(const DeclStmt *decl, Variable *var, Expr *value, StmtList &out);

  // Expressions.
  Expr *check(const Expr *expr, Type expected = {});
  Expr *checkInt(const IntLitExpr *expr, Type expected);
  Expr *checkFloat(const FloatLitExpr *expr, Type expected);
  Expr *checkUnary(const UnaryExpr *expr, Type expected);
  Expr *checkBinary(const BinaryExpr *expr, Type expected);
  Expr *checkLogical(const BinaryExpr *expr);
  Expr *checkComparison(const BinaryExpr *expr);
  Expr *checkArithmetic(const BinaryExpr *expr, Type expected);
  bool checkPair(const Expr *lhs, const Expr *rhs, Type expected, Expr *&left,
                 Expr *&right);
  void reportOperandTypes(const BinaryExpr *expr, Type lhs, Type rhs);
  bool checkDivisor(const BinaryExpr *expr, const Expr *divisor);
  Expr *finish(const BinaryExpr *expr, Expr *lhs, Expr *rhs, Type type);
  Expr *checkTernary(const TernaryExpr *expr, Type expected);
  Expr *checkCast(const CastExpr *expr);
  Expr *checkCall(const CallExpr *expr);
  Expr *checkLibCall(const LibCallExpr *expr);
  Expr *checkStrMethod(const LibCallExpr *expr, Expr *receiver);
  Expr *checkMapGet(const MapGetExpr *expr);
  Expr *checkTupleGet(const TupleGetExpr *expr);
  /// Checks, and demands a type. `what` is the subject of the message.
  Expr *checkAs(const Expr *expr, Type type, const llvm::Twine &what);
  Expr *checkCondition(const Expr *expr, llvm::StringRef what);

  // Literals.
  bool isLiteral(const Expr *expr);
  bool isAdaptable(const Expr *expr);
  Type getDefaultType(const Expr *expr);
  static Type getCommonType(Type a, Type b);
  /// Converts a literal without being asked: its value has to fit.
  Expr *checkLiteralAs(const Expr *expr, Type type);
  bool checkLiteralFits(const Expr *expr, Type type);
  bool checkBoundFits(const IdentExpr *expr, Type type);

  // Names.
  Expr *checkIdent(const IdentExpr *expr, Type expected);
  Expr *makeVariableRef(const IdentExpr *expr, const Variable *var);
  Expr *checkBoundIdent(const IdentExpr *expr, const BoundName &bound);
  bool checkBoundUse(const IdentExpr *expr, const BoundName &bound);
  Expr *reportUnknown(const IdentExpr *expr);
  Variable *findVariable(llvm::StringRef name);
  const BoundName *findBound(llvm::StringRef name);
  std::optional<BoundName> resolveBound(llvm::StringRef name);
  std::optional<BoundName> resolveDeclaredBound(llvm::StringRef name);
  const BoundName *findLiteralBound(llvm::StringRef name);
  void addImpliedBound(llvm::StringRef name, const BoundName &bound,
                       llvm::SMRange range);
  void addImpliedBoundsOf(const IdentExpr *expr, const BoundName &bound);
  std::string getUnknownNameHint(llvm::StringRef name);

  const Script &script;
  ASTContext &context;
  Diagnostics &diags;
  std::unique_ptr<CheckedScript> result;
  Place place = Place::Global;
  llvm::StringMap<Variable *> globals;

  // Of the current class.
  CheckedProbe *probe = nullptr;
  bool hasOtherClasses = false;
  llvm::StringMap<Variable *> variables;
  llvm::StringMap<std::optional<BoundName>> boundNames;
  llvm::DenseMap<const Expr *, bool> adaptable;
  llvm::ArrayRef<CheckedBound> declaredBounds;
  /// Names that the body declares somewhere.
  llvm::StringMap<llvm::SMRange> declarations;
};

} // namespace whamm::frontend

#endif // WHAMM_LIB_FRONTEND_CHECKER_H
