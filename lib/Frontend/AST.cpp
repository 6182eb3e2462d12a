//===- AST.cpp - Syntax tree of scripts -----------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/AST.h"

#include "llvm/ADT/STLExtras.h"

using namespace whamm;
using namespace whamm::frontend;

void frontend::forEachChild(const Expr *expr,
                            llvm::function_ref<void(const Expr *)> visit) {
  if (auto *e = llvm::dyn_cast<UnaryExpr>(expr)) {
    visit(e->operand);
  } else if (auto *e = llvm::dyn_cast<BinaryExpr>(expr)) {
    visit(e->lhs);
    visit(e->rhs);
  } else if (auto *e = llvm::dyn_cast<TernaryExpr>(expr)) {
    visit(e->cond);
    visit(e->thenExpr);
    visit(e->elseExpr);
  } else if (auto *e = llvm::dyn_cast<CastExpr>(expr)) {
    visit(e->operand);
  } else if (auto *e = llvm::dyn_cast<CallExpr>(expr)) {
    // The argument of memid is a name that stands for no value.
    if (e->builtin != Builtin::MemId)
      llvm::for_each(e->args, visit);
  } else if (auto *e = llvm::dyn_cast<LibCallExpr>(expr)) {
    llvm::for_each(e->call->args, visit);
  } else if (auto *e = llvm::dyn_cast<StrMethodExpr>(expr)) {
    visit(e->receiver);
    if (e->argument)
      visit(e->argument);
  } else if (auto *e = llvm::dyn_cast<MapGetExpr>(expr)) {
    visit(e->map);
    visit(e->key);
  } else if (auto *e = llvm::dyn_cast<TupleGetExpr>(expr)) {
    visit(e->tuple);
  } else if (auto *e = llvm::dyn_cast<TupleExpr>(expr)) {
    llvm::for_each(e->elements, visit);
  }
}
