//===- Importer.h - State of an import --------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_FRONTEND_IMPORT_IMPORTER_H
#define WHAMM_LIB_FRONTEND_IMPORT_IMPORTER_H

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Frontend/Import.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace whamm::frontend {

// The language's types are called as MLIR's are.
using ScriptType = whamm::frontend::Type;
using IRType = mlir::Type;
using mlir::Location;
using mlir::Value;

/// What a body does that depends on more than the meaning of its names.
struct BodyFacts {
  /// Operands, results and locals that are assigned, by name.
  llvm::StringSet<> assigned;
  /// `dup_at`, or what looks into a table: each event does it its own way.
  bool dependsOnOpcode = false;
};
BodyFacts collectFacts(const CheckedProbe &probe);

/// True where evaluating the expression must wait its turn: it can trap, or
/// has effects.
bool mustWait(const Expr *expr);

class Importer {
public:
  Importer(const CheckedScript &script, const llvm::SourceMgr &sources,
           mlir::MLIRContext &context)
      : script(script), sources(sources), builder(&context) {}

  void run(unsigned index, mlir::ModuleOp into);

private:
  // Import.cpp: probes, functions, the script.
  void importInit();
  void importFunction(const CheckedFunction &function);
  using Variants = llvm::SmallVectorImpl<probe::ProbeOp>;
  void importProbes();
  void importProbe(const CheckedProbe &checked, Variants &variants);
  void importVariant(const CheckedProbe &checked,
                     llvm::ArrayRef<ProbeMatch> matches, Variants &variants);
  void importSite(const CheckedProbe &checked);
  void importSiteVar(const Variable *var);
  void importSiteInit(const LibCallExpr *call);
  void declareLocal(const Variable *var);
  void addBound(llvm::StringRef name, IRType type);
  void importPredicate(probe::ProbeOp op, const CheckedProbe &checked);

  // ImportStmt.cpp
  void importBody(llvm::ArrayRef<Stmt *> body);
  void importStmt(const Stmt *stmt);
  void importAssign(const AssignStmt *stmt);
  void importAssignVar(Location loc, const IdentExpr *target, Value value);
  void importAssignBound(Location loc, const IdentExpr *target, Value value);
  void importReturn(const ReturnStmt *stmt);
  void importIf(const IfStmt *stmt);
  Value setElement(Location loc, Value tuple, llvm::ArrayRef<unsigned> path,
                   Value value);

  // ImportBoundNames.cpp
  Value importBound(const IdentExpr *expr);
  Value importAlias(Location loc, llvm::StringRef name,
                    const wasm::BoundVar &bound, IRType type);
  Value importEffectiveAddr(Location loc);
  Value importTarget(Location loc);
  Value importFailed(Location loc);
  Value importResolvedFid(Location loc);
  Value importTableEntry(const MapGetExpr *expr);
  /// The current value of argN, resN, localN or immN, in its own type.
  Value readMember(Location loc, llvm::StringRef name);
  Value importTable(Location loc);

  // ImportCalls.cpp
  /// Null where the callee has no result.
  Value importCall(const CallExpr *expr);
  Value importLibCall(const LibCallExpr *expr);
  Value importBuiltin(const CallExpr *expr);
  Value importStatement(const CallExpr *expr, llvm::ArrayRef<Value> args);
  void importDupAt(Location loc, llvm::ArrayRef<Value> args);
  Value importStrAt(Location loc, Value tuple);

  // ImportExpr.cpp
  Value importExpr(const Expr *expr);
  Value importIdent(const IdentExpr *expr);
  Value importInt(const IntLitExpr *expr);
  Value importUnary(const UnaryExpr *expr);
  Value importBinary(const BinaryExpr *expr);
  Value importArithmetic(const BinaryExpr *expr);
  Value importComparison(const BinaryExpr *expr);
  Value importLogical(const BinaryExpr *expr);
  Value importTernary(const TernaryExpr *expr);
  Value importStrMethod(const StrMethodExpr *expr);
  Value importMapGet(const MapGetExpr *expr);
  Value importTupleGet(const TupleGetExpr *expr);
  Value importTuple(const TupleExpr *expr);
  Value makeEqual(Location loc, Value lhs, Value rhs);
  Value makeConstant(Location loc, mlir::TypedAttr value);
  Value makeBound(Location loc, llvm::StringRef name, IRType type,
                  llvm::StringRef alias = "");
  Value makeCast(Location loc, Value value, IRType type);
  Value makeTuple(Location loc, llvm::ArrayRef<Value> elements);
  Value makeElement(Location loc, Value tuple, unsigned index);
  /// Null for types without values.
  Value makeDefault(Location loc, IRType type);

  Location getLoc(llvm::SMLoc loc);
  Location getLoc(const Expr *expr) { return getLoc(expr->getLoc()); }
  IRType getType(ScriptType type);
  IRType getInt(unsigned width, bool isSigned) {
    return mlir::IntegerType::get(builder.getContext(), width,
                                  isSigned ? mlir::IntegerType::Signed
                                           : mlir::IntegerType::Unsigned);
  }
  IRType getU32() { return getInt(32, false); }
  IRType getBool() { return builder.getI1Type(); }
  IRType getStr() { return probe::StrType::get(builder.getContext()); }

  const CheckedScript &script;
  const llvm::SourceMgr &sources;
  mlir::OpBuilder builder;
  /// The probe at hand with the event that stands for those of the variant.
  probe::ProbeOp current;
  wasm::EventId event = 0;
  BodyFacts facts;
  /// False while what is imported runs in front of the body.
  bool inBody = false;
  /// What the body has assigned to immediates so far.
  llvm::StringMap<Value> immediates;
  llvm::DenseMap<const Variable *, Value> refs;
};

} // namespace whamm::frontend

#endif // WHAMM_LIB_FRONTEND_IMPORT_IMPORTER_H
