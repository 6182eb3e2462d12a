//===- ImportStmt.cpp - Statements ----------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::frontend;

void Importer::importAssignVar(Location loc, const IdentExpr *target,
                               Value value) {
  if (target->var->storage == Variable::Storage::Global)
    probe::GlobalSetOp::create(builder, loc, target->var->name, value);
  else
    probe::SetOp::create(builder, loc, refs.lookup(target->var), value);
}

void Importer::importAssignBound(Location loc, const IdentExpr *target,
                                 Value value) {
  probe::BoundSetOp::create(builder, loc, target->name, value);
  // An immediate is assigned in the body's own block, so what follows in the
  // body sees the new value, which is static as the old one was.
  if (target->bound->source == wasm::BoundSource::Imm)
    immediates[target->name] = value;
}

/// The tuple with the element at `path` exchanged.
Value Importer::setElement(Location loc, Value tuple, ArrayRef<unsigned> path,
                           Value value) {
  if (path.size() > 1)
    value = setElement(loc, makeElement(loc, tuple, path.front()),
                       path.drop_front(), value);
  return probe::TupleSetOp::create(builder, loc, tuple.getType(), tuple,
                                   path.front(), value);
}

/// The key of a map comes before the value; a tuple is read behind it, since
/// computing the value may change the tuple.
void Importer::importAssign(const AssignStmt *stmt) {
  Location loc = getLoc(stmt->getLoc());
  if (auto *element = dyn_cast<MapGetExpr>(stmt->target)) {
    Value map = importIdent(element->map);
    Value key = importExpr(element->key);
    Value value = importExpr(stmt->value);
    probe::MapSetOp::create(builder, loc, map, key, value);
    return;
  }
  if (auto *element = dyn_cast<TupleGetExpr>(stmt->target)) {
    Value value = importExpr(stmt->value);
    Value tuple = importIdent(element->tuple);
    return importAssignVar(loc, element->tuple,
                           setElement(loc, tuple, element->path, value));
  }
  auto *target = cast<IdentExpr>(stmt->target);
  Value value = stmt->value ? importExpr(stmt->value)
                            : makeDefault(loc, getType(target->type));
  if (!value)
    return;
  if (target->bound)
    return importAssignBound(loc, target, value);
  importAssignVar(loc, target, value);
}

void Importer::importIf(const IfStmt *stmt) {
  Location loc = getLoc(stmt->getLoc());
  Value condition = importExpr(stmt->cond);
  bool hasElse = !stmt->elseBody.empty();
  auto op = scf::IfOp::create(builder, loc, condition, hasElse);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(op.thenBlock());
  importBody(stmt->thenBody);
  if (!hasElse)
    return;
  builder.setInsertionPointToStart(op.elseBlock());
  importBody(stmt->elseBody);
}

/// `return ();` is as good as `return;`, but for what computing `()` does.
void Importer::importReturn(const ReturnStmt *stmt) {
  Location loc = getLoc(stmt->getLoc());
  Value value = stmt->value ? importExpr(stmt->value) : Value();
  auto tuple = value ? dyn_cast<TupleType>(value.getType()) : TupleType();
  if (!value || (tuple && tuple.size() == 0))
    probe::ExitOp::create(builder, loc);
  else
    probe::ReturnOp::create(builder, loc, value);
}

void Importer::importStmt(const Stmt *stmt) {
  switch (stmt->getKind()) {
  case Stmt::Kind::Assign:
    return importAssign(cast<AssignStmt>(stmt));
  case Stmt::Kind::If:
    return importIf(cast<IfStmt>(stmt));
  case Stmt::Kind::Return:
    return importReturn(cast<ReturnStmt>(stmt));
  case Stmt::Kind::Expr: {
    const Expr *expr = cast<ExprStmt>(stmt)->expr;
    if (auto *call = dyn_cast<LibCallExpr>(expr))
      importLibCall(call);
    else if (auto *call = dyn_cast<CallExpr>(expr))
      importCall(call);
    else
      importExpr(expr);
    return;
  }
  case Stmt::Kind::Decl:
  case Stmt::Kind::IncDec:
    break;
  }
  llvm_unreachable("the checker leaves no such statement");
}

/// Statements behind a `return` are never reached and leave no trace.
void Importer::importBody(ArrayRef<Stmt *> body) {
  for (const Stmt *stmt : body) {
    importStmt(stmt);
    if (isa<ReturnStmt>(stmt))
      return;
  }
}
