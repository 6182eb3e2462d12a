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
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <memory>
#include <optional>

namespace whamm::frontend {

/// A name with its type, as declarations, parameters and bounds have it.
struct NewName {
  llvm::StringRef name;
  llvm::SMRange nameRange;
  Type type;
  llvm::SMRange typeRange;
};

/// A built-in function other than `memid` (language reference 5.3).
struct BuiltinInfo {
  struct Param {
    Type type;
    /// Has to be known before the program runs.
    bool isConst = false;
  };

  llvm::StringLiteral name;
  Builtin id;
  llvm::SmallVector<Param, 5> params;
  Type result;
  /// Stands for something that the instruction of a probe does.
  bool isOfEvent;
};

class Checker {
public:
  Checker(const Script &script, ASTContext &context, Diagnostics &diags,
          const LibraryTable &libraryTable)
      : script(script), context(context), diags(diags),
        libraryTable(libraryTable) {}

  std::unique_ptr<CheckedScript> run();

private:
  /// What is being checked; it decides which names are visible.
  enum class Place : uint8_t { Global, Predicate, Body, SiteInit, Function };

  /// A bound variable as the current class sees it. The type is Error if it
  /// needs a type bound.
  struct BoundName {
    const wasm::BoundVar *var;
    Type type;
  };

  Diagnostic &error(llvm::SMRange range, const llvm::Twine &message);
  /// Once per place, however many classes the probe has.
  void warnOnce(llvm::SMRange range, const llvm::Twine &message);
  void reportUnknownName(llvm::SMRange range, const llvm::Twine &message,
                         llvm::StringRef name,
                         llvm::ArrayRef<llvm::StringRef> candidates);

  // Scripts and probes.
  void checkUses();
  void checkGlobals();
  void declareFunctions();
  void declareParams(const FnDecl &decl, CheckedFunction &checked);
  bool checkFunctionName(const FnDecl &decl);
  void checkResultType(const FnDecl &decl);
  void checkFunction(const FnDecl &decl, CheckedFunction &checked);
  void checkProbe(const ProbeDecl &decl, unsigned sourceIndex);
  void checkClass(const ProbeDecl &decl, CheckedProbe &probe);
  void collectDeclarations(llvm::ArrayRef<Stmt *> stmts);
  /// False in `begin`, `end` and `report` probes.
  bool hasSites() const;
  std::string describeProbe() const;

  // Declarations.
  bool checkVariableType(const NewName &name, Variable::Storage storage);
  bool checkMapType(Type type, llvm::SMRange range);
  bool checkTupleType(Type type, llvm::SMRange range);
  bool checkNewName(const NewName &name);
  Variable *declare(const NewName &name, bool isReport,
                    Variable::Storage storage, std::vector<Variable *> &list);
  Variable *declare(const DeclStmt *decl, Variable::Storage storage,
                    std::vector<Variable *> &list);
  Expr *makeDefault(Type type, llvm::SMRange range);

  // Statements.
  using StmtList = llvm::SmallVector<Stmt *>;
  llvm::ArrayRef<Stmt *> checkWholeBody(llvm::ArrayRef<Stmt *> stmts);
  llvm::ArrayRef<Stmt *> checkBody(llvm::ArrayRef<Stmt *> stmts);
  void noteMapUse(Variable *map);
  void checkStmt(const Stmt *stmt, StmtList &out);
  void checkDecl(const DeclStmt *decl, StmtList &out);
  void checkLocal(const DeclStmt *decl, StmtList &out);
  void checkSiteVar(const DeclStmt *decl);
  void checkAssign(const AssignStmt *stmt, StmtList &out);
  void checkIncDec(const IncDecStmt *stmt, StmtList &out);
  void checkIf(const IfStmt *stmt, StmtList &out);
  void checkReturn(const ReturnStmt *stmt, StmtList &out);
  Expr *checkFunctionResult(const ReturnStmt *stmt);
  Expr *checkAltResult(const ReturnStmt *stmt);
  void checkCallStmt(const ExprStmt *stmt, StmtList &out);
  void checkInitCall(const LibCallExpr *call, StmtList &out,
                     llvm::SMRange range);
  void checkGlobalStmt(const Stmt *stmt, StmtList &out);
  Expr *checkInit(const DeclStmt *decl);
  void addInit(const DeclStmt *decl, Variable *var, Expr *value, StmtList &out);

  // Targets of assignments.
  Expr *checkTarget(const Expr *target);
  Expr *checkBoundTarget(const IdentExpr *name, const BoundName &bound);
  bool checkBoundAssignable(const IdentExpr *name, const BoundName &bound);
  bool checkImmediateAssign(const AssignStmt *stmt, const Expr *target,
                            const Expr *value);

  // Expressions.
  Expr *check(const Expr *expr, Type expected = {});
  Expr *checkInt(const IntLitExpr *expr, Type expected);
  Expr *checkFloat(const FloatLitExpr *expr, Type expected);
  Expr *checkUnary(const UnaryExpr *expr, Type expected);
  Expr *checkBinary(const BinaryExpr *expr, Type expected);
  Expr *checkLogical(const BinaryExpr *expr);
  Expr *checkComparison(const BinaryExpr *expr);
  bool checkCompared(const BinaryExpr *expr, Expr *&lhs, Expr *&rhs);
  Expr *checkArithmetic(const BinaryExpr *expr, Type expected);
  bool checkPair(const Expr *lhs, const Expr *rhs, Type expected, Expr *&left,
                 Expr *&right);
  void reportOperandTypes(const BinaryExpr *expr, Type lhs, Type rhs);
  bool checkDivisor(const BinaryExpr *expr, const Expr *divisor);
  Expr *finish(const BinaryExpr *expr, Expr *lhs, Expr *rhs, Type type);
  Expr *checkTernary(const TernaryExpr *expr, Type expected);
  Expr *checkCast(const CastExpr *expr);
  /// Checks, and demands a type. `what` is the subject of the message.
  Expr *checkAs(const Expr *expr, Type type, const llvm::Twine &what);
  void reportMismatch(const Expr *expr, Type found, Type type,
                      const llvm::Twine &what);
  /// As checkAs, but literals have to fit: arguments and keys.
  Expr *checkConverted(const Expr *expr, Type type, const llvm::Twine &what);
  Expr *checkCondition(const Expr *expr, llvm::StringRef what);

  // Maps and tuples.
  Expr *checkMapGet(const MapGetExpr *expr);
  Expr *checkTupleGet(const TupleGetExpr *expr);
  Expr *checkTuple(const TupleExpr *expr, Type expected);

  // Calls.
  Expr *checkCall(const CallExpr *expr);
  Expr *checkMemId(const CallExpr *expr);
  Expr *checkBuiltin(const CallExpr *expr, const BuiltinInfo &info);
  bool checkBuiltinPlace(const CallExpr *expr, const BuiltinInfo &info);
  bool checkEventFunction(const CallExpr *expr);
  bool checkLiteralArgument(const CallExpr *expr, Builtin id, const Expr *arg);
  Expr *checkFunctionCall(const CallExpr *expr, const CheckedFunction *callee);
  Expr *reportUnknownFunction(const CallExpr *expr);
  Expr *checkLibCall(const LibCallExpr *expr);
  Expr *checkLibraryCall(const LibCallExpr *expr, const Library *library);
  const LibraryFunction *findLibraryFunction(const LibCallExpr *expr,
                                             const Library *library);
  bool checkAnnotation(const LibCallExpr *expr,
                       llvm::ArrayRef<Expr *> arguments);
  void reportUnknownReceiver(const LibCallExpr *expr);
  Expr *checkStrMethod(const LibCallExpr *expr);
  Expr *makeStrMethod(const LibCallExpr *expr, Expr *receiver);
  const Library *findLibrary(llvm::StringRef name);
  bool isFailedLibrary(llvm::StringRef name);
  bool checkArgumentCount(const CallExpr *expr, const llvm::Twine &callee,
                          size_t count,
                          llvm::SMRange declaration = llvm::SMRange());
  /// False after an error.
  bool checkArguments(const CallExpr *expr, const llvm::Twine &callee,
                      llvm::ArrayRef<Type> types,
                      llvm::SmallVectorImpl<Expr *> &checked);

  // Literals.
  bool isLiteral(const Expr *expr);
  /// A literal, or a tuple with one in it.
  bool isConvertible(const Expr *expr);
  bool isAdaptable(const Expr *expr);
  Type getDefaultType(const Expr *expr);
  static Type getCommonType(Type a, Type b);
  /// Converts a literal without being asked: its value has to fit.
  Expr *checkLiteralAs(const Expr *expr, Type type);
  bool checkLiteralFits(const Expr *expr, Type type);
  bool checkBoundFits(const IdentExpr *expr, Type type);

  // Warnings.
  void warnTruncated(const IntLitExpr *literal, Type type);
  void warnLossyCast(const CastExpr *expr, const Expr *operand);
  void warnConstantComparison(const BinaryExpr *expr, const Expr *lhs,
                              const Expr *rhs);
  void warnNeverTrue(const CheckedProbe &probe);
  void warnImpossibleBounds(llvm::ArrayRef<CheckedBound> bounds,
                            llvm::ArrayRef<wasm::RuleMatch> matches);
  void warnUnused();

  // Names.
  Expr *checkIdent(const IdentExpr *expr, Type expected);
  /// As checkIdent, but gives maps too and converts nothing.
  IdentExpr *resolveName(const IdentExpr *expr);
  IdentExpr *makeVariableRef(const IdentExpr *expr, Variable *var);
  IdentExpr *makeBoundRef(const IdentExpr *expr, const BoundName &bound);
  bool checkBoundUse(const IdentExpr *expr, const BoundName &bound);
  void reportUnknown(const IdentExpr *expr);
  Variable *findVariable(llvm::StringRef name);
  const BoundName *findBound(llvm::StringRef name);
  std::optional<BoundName> resolveBound(llvm::StringRef name);
  std::optional<BoundName> resolveDeclaredBound(llvm::StringRef name);
  const BoundName *findLiteralBound(llvm::StringRef name);
  void addImpliedBound(llvm::StringRef name, const BoundName &bound,
                       llvm::SMRange range);
  void addImpliedBound(llvm::StringRef name, llvm::SMRange range);
  void addImpliedBoundsOf(const IdentExpr *expr, const BoundName &bound);
  std::string getUnknownNameHint(llvm::StringRef name);

  const Script &script;
  ASTContext &context;
  Diagnostics &diags;
  const LibraryTable &libraryTable;
  std::unique_ptr<CheckedScript> result;
  Place place = Place::Global;
  llvm::StringMap<Variable *> globals;
  llvm::StringMap<CheckedFunction *> functions;
  /// Those of `use`; null for those that are not offered.
  llvm::StringMap<const Library *> libraries;
  /// All variables, once per declaration, and the declarations of those that
  /// something uses.
  std::vector<const Variable *> declared;
  llvm::DenseSet<const char *> usedDeclarations, knownDeclarations;
  llvm::DenseSet<const char *> warned;
  /// The call that is being checked as a statement: it needs no result.
  const Expr *statementCall = nullptr;
  /// Nesting of `if`.
  unsigned ifDepth = 0;
  /// The blocks around the current place; local maps with the block that
  /// declares them; those that are used outside of it.
  llvm::SmallVector<const void *> blocks;
  llvm::DenseMap<const Variable *, const void *> mapBlocks;
  llvm::SetVector<Variable *> leakedMaps;

  /// The current function.
  CheckedFunction *function = nullptr;

  // Of the current class, or function.
  CheckedProbe *probe = nullptr;
  bool hasOtherClasses = false;
  llvm::StringMap<Variable *> variables;
  llvm::StringMap<std::optional<BoundName>> boundNames;
  llvm::DenseMap<const Expr *, bool> adaptable;
  llvm::ArrayRef<CheckedBound> declaredBounds;
  /// Names that the body declares somewhere.
  llvm::StringMap<llvm::SMRange> declarations;
};

/// The first part of a checked expression whose value is not known before the
/// program runs, or null.
const Expr *findDynamic(const Expr *expr);

/// The value of a checked integer or bool expression of nothing but literals.
/// nullopt for others and where it would trap.
std::optional<__int128> evaluateInt(const Expr *expr);
std::optional<bool> evaluateBool(const Expr *expr);

/// True where control never gets to behind the (checked) statements.
bool endsInReturn(llvm::ArrayRef<Stmt *> stmts);

/// The value's low bits, read as a value of an integer type.
__int128 truncateTo(__int128 value, Type type);

/// Number of WebAssembly values that make up a value of the type.
size_t countValues(Type type);

/// The functions of language reference 5.3 but `memid`; null for other names.
const BuiltinInfo *findBuiltin(llvm::StringRef name);
/// The names of all built-in functions.
llvm::ArrayRef<llvm::StringRef> getBuiltinNames();

} // namespace whamm::frontend

#endif // WHAMM_LIB_FRONTEND_CHECKER_H
