//===- BodyFacts.cpp - What bodies do, before they are imported -----------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

#include "whamm/Wasm/BoundNames.h"

using namespace whamm;
using namespace whamm::frontend;

namespace {
class FactCollector {
public:
  void visit(const Expr *expr);
  void visit(llvm::ArrayRef<Stmt *> stmts);

  BodyFacts facts;

private:
  void visit(const Stmt *stmt);
  void visitTarget(const Expr *target);
};
} // namespace

void FactCollector::visit(const Expr *expr) {
  if (auto *ident = llvm::dyn_cast<IdentExpr>(expr))
    if (ident->bound && ident->bound->source == wasm::BoundSource::ResolvedFid)
      facts.dependsOnOpcode = true;
  if (auto *call = llvm::dyn_cast<CallExpr>(expr))
    if (call->builtin == Builtin::DupAt ||
        call->builtin == Builtin::ResolveFuncref)
      facts.dependsOnOpcode = true;
  forEachChild(expr, [&](const Expr *child) { visit(child); });
}

void FactCollector::visitTarget(const Expr *target) {
  auto *ident = llvm::dyn_cast<IdentExpr>(target);
  if (!ident || !ident->bound)
    return visit(target);
  // Immediates are followed as they are assigned: they stay static.
  if (ident->bound->source != wasm::BoundSource::Imm)
    facts.assigned.insert(ident->name);
}

void FactCollector::visit(const Stmt *stmt) {
  if (auto *s = llvm::dyn_cast<AssignStmt>(stmt)) {
    visitTarget(s->target);
    if (s->value)
      visit(s->value);
  } else if (auto *s = llvm::dyn_cast<IfStmt>(stmt)) {
    visit(s->cond);
    visit(s->thenBody);
    visit(s->elseBody);
  } else if (auto *s = llvm::dyn_cast<ReturnStmt>(stmt)) {
    if (s->value)
      visit(s->value);
  } else if (auto *s = llvm::dyn_cast<ExprStmt>(stmt)) {
    visit(s->expr);
  }
}

void FactCollector::visit(llvm::ArrayRef<Stmt *> stmts) {
  for (const Stmt *stmt : stmts)
    visit(stmt);
}

BodyFacts frontend::collectFacts(const CheckedProbe &probe) {
  FactCollector collector;
  if (probe.predicate)
    collector.visit(probe.predicate);
  for (const SiteInit &init : probe.siteInits) {
    if (init.call)
      collector.visit(init.call);
    else if (init.var->init)
      collector.visit(init.var->init);
  }
  collector.visit(probe.body);
  return std::move(collector.facts);
}

/// True where the node itself, beside its operands, can trap or has effects.
static bool mustWaitItself(const Expr *expr) {
  if (auto *binary = llvm::dyn_cast<BinaryExpr>(expr))
    return (binary->op == BinaryOp::Div || binary->op == BinaryOp::Rem) &&
           binary->type.isInteger();
  if (auto *cast = llvm::dyn_cast<CastExpr>(expr))
    return cast->operand->type.isFloat() && cast->type.isInteger();
  auto *call = llvm::dyn_cast<CallExpr>(expr);
  if (!call)
    return llvm::isa<LibCallExpr>(expr);
  if (!call->builtin)
    return true;
  switch (*call->builtin) {
  case Builtin::MemId:
  case Builtin::ActiveDataStart:
  case Builtin::ActiveDataLen:
  case Builtin::PageSize:
  case Builtin::MemSize:
  case Builtin::ResolveFuncref:
    return false;
  default:
    return true;
  }
}

bool frontend::mustWait(const Expr *expr) {
  bool found = mustWaitItself(expr);
  forEachChild(expr,
               [&](const Expr *child) { found = found || mustWait(child); });
  return found;
}
