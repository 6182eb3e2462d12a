//===- CheckStmts.cpp - Statements of scripts -----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace whamm;
using namespace whamm::frontend;

static bool endsInReturn(const Stmt *stmt) {
  if (llvm::isa<ReturnStmt>(stmt))
    return true;
  auto *branch = llvm::dyn_cast<IfStmt>(stmt);
  return branch && frontend::endsInReturn(branch->thenBody) &&
         frontend::endsInReturn(branch->elseBody);
}

bool frontend::endsInReturn(llvm::ArrayRef<Stmt *> stmts) {
  // Nothing stands behind what ends in a return, see checkBody.
  return !stmts.empty() && ::endsInReturn(stmts.back());
}

/// Checks the body of a probe or function. A branch opens no scope: a map that
/// is declared in one and used outside has to exist in any case.
llvm::ArrayRef<Stmt *> Checker::checkWholeBody(llvm::ArrayRef<Stmt *> stmts) {
  blocks.clear();
  mapBlocks.clear();
  leakedMaps.clear();
  llvm::ArrayRef<Stmt *> body = checkBody(stmts);
  if (leakedMaps.empty())
    return body;
  StmtList out;
  for (Variable *map : leakedMaps) {
    auto *target = context.create<IdentExpr>(map->range, map->name);
    target->var = map;
    target->type = map->type;
    out.push_back(context.create<AssignStmt>(map->range, target, nullptr));
  }
  out.append(body.begin(), body.end());
  return context.copy(llvm::ArrayRef<Stmt *>(out));
}

/// Notes the use of a map outside of the block that declares it.
void Checker::noteMapUse(Variable *map) {
  auto block = mapBlocks.find(map);
  if (block != mapBlocks.end() && !llvm::is_contained(blocks, block->second))
    leakedMaps.insert(map);
}

llvm::ArrayRef<Stmt *> Checker::checkBody(llvm::ArrayRef<Stmt *> stmts) {
  StmtList out;
  blocks.push_back(stmts.data());
  auto leave = llvm::scope_exit([&] { blocks.pop_back(); });
  for (const Stmt *stmt : stmts) {
    if (frontend::endsInReturn(out)) {
      llvm::SMRange range = stmt->getRange();
      if (!warned.insert(range.Start.getPointer()).second)
        break;
      bool isReturn = llvm::isa<ReturnStmt>(out.back());
      diags.warning(range, "this statement is never reached")
          .note(out.back()->getRange(),
                isReturn ? "because of this 'return'"
                         : "because each branch of this 'if' returns");
      break;
    }
    checkStmt(stmt, out);
  }
  return context.copy(llvm::ArrayRef<Stmt *>(out));
}

void Checker::checkStmt(const Stmt *stmt, StmtList &out) {
  switch (stmt->getKind()) {
  case Stmt::Kind::Decl:
    return checkDecl(llvm::cast<DeclStmt>(stmt), out);
  case Stmt::Kind::Assign:
    return checkAssign(llvm::cast<AssignStmt>(stmt), out);
  case Stmt::Kind::IncDec:
    return checkIncDec(llvm::cast<IncDecStmt>(stmt), out);
  case Stmt::Kind::If:
    return checkIf(llvm::cast<IfStmt>(stmt), out);
  case Stmt::Kind::Return:
    return checkReturn(llvm::cast<ReturnStmt>(stmt), out);
  case Stmt::Kind::Expr:
    return checkCallStmt(llvm::cast<ExprStmt>(stmt), out);
  }
}

void Checker::checkIf(const IfStmt *stmt, StmtList &out) {
  Expr *cond = checkCondition(stmt->cond, "the condition");
  ++ifDepth;
  llvm::ArrayRef<Stmt *> thenBody = checkBody(stmt->thenBody);
  llvm::ArrayRef<Stmt *> elseBody = checkBody(stmt->elseBody);
  --ifDepth;
  if (cond)
    out.push_back(
        context.create<IfStmt>(stmt->getRange(), cond, thenBody, elseBody));
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

void Checker::checkCallStmt(const ExprStmt *stmt, StmtList &out) {
  auto *libCall = llvm::dyn_cast<LibCallExpr>(stmt->expr);
  if (libCall && libCall->isInit())
    return checkInitCall(libCall, out, stmt->getRange());
  llvm::SaveAndRestore<const Expr *> isStatement(statementCall, stmt->expr);
  Expr *call = check(stmt->expr);
  if (!call)
    return;
  if (llvm::isa<StrMethodExpr>(call))
    error(stmt->expr->getRange(), "the value of this call is not used");
  else
    out.push_back(context.create<ExprStmt>(stmt->getRange(), call));
}

/// `@init lib.f();` runs once per site; at global scope it is a call like any
/// other.
void Checker::checkInitCall(const LibCallExpr *call, StmtList &out,
                            llvm::SMRange range) {
  llvm::SaveAndRestore<const Expr *> isStatement(statementCall, call);
  if (function || (probe && !hasSites())) {
    error(call->annotationRange,
          "'@init' runs once per match site; " +
              (function ? std::string("a function") : describeProbe()) +
              " has none");
    return;
  }
  if (!probe) {
    if (Expr *checked = check(call))
      out.push_back(context.create<ExprStmt>(range, checked));
    return;
  }
  llvm::SaveAndRestore inInit(place, Place::SiteInit);
  if (Expr *checked = check(call))
    probe->siteInits.push_back({nullptr, llvm::cast<LibCallExpr>(checked)});
}

//===----------------------------------------------------------------------===//
// Return
//===----------------------------------------------------------------------===//

void Checker::checkReturn(const ReturnStmt *stmt, StmtList &out) {
  Expr *value = nullptr;
  if (function)
    value = checkFunctionResult(stmt);
  else if (stmt->value && probe->mode == wasm::Mode::Alt)
    value = checkAltResult(stmt);
  else if (stmt->value)
    error(stmt->value->getRange(),
          "only an 'alt' probe can return a value: elsewhere the instruction "
          "gives its own result");
  // Also after an error: what follows is not reached.
  out.push_back(context.create<ReturnStmt>(stmt->getRange(), value));
}

/// Null where the function has no result.
Expr *Checker::checkFunctionResult(const ReturnStmt *stmt) {
  bool hasResult = countValues(function->result) != 0;
  if (hasResult && stmt->value)
    return checkAs(stmt->value, function->result,
                   "the result of '" + function->name + "'");
  if (!hasResult && !stmt->value)
    return nullptr;
  if (hasResult) {
    error(stmt->getRange(), "'" + function->name +
                                "' has to return a value of type '" +
                                function->result.str() + "'")
        .note(function->nameRange, "'" + function->name + "' is declared here");
    return nullptr;
  }
  // `return ();` says the same as `return;`.
  Expr *value = check(stmt->value);
  if (value && value->type != function->result)
    error(stmt->value->getRange(), "'" + function->name +
                                       "' has no result, but this is '" +
                                       value->type.str() + "'")
        .note(function->nameRange, "'" + function->name + "' is declared here");
  return nullptr;
}

static bool containsString(Type type) {
  return type.isStr() || (type.getKind() == Type::Kind::Tuple &&
                          llvm::any_of(type.getElements(), containsString));
}

/// The value that takes the place of the instruction's result.
Expr *Checker::checkAltResult(const ReturnStmt *stmt) {
  llvm::SMRange range = stmt->value->getRange();
  wasm::EventId event = probe->matches.front().event;
  std::optional<Type> known = getResultType(event);
  std::string name = getMatchName(event, probe->mode);
  Expr *value = check(stmt->value, known.value_or(Type()));
  if (!value)
    return nullptr;
  Type type = value->type;
  if (containsString(type) || type.getKind() == Type::Kind::FuncRef) {
    error(range,
          "an 'alt' probe cannot return a value of type '" + type.str() + "'");
    return nullptr;
  }
  // `return ();` says the same as `return;`.
  if (!countValues(type))
    return nullptr;
  if (!known)
    return value;
  if (!countValues(*known)) {
    error(range, "'" + name + "' has no result that this value could replace");
    return nullptr;
  }
  if (haveSameRepresentation(type, *known))
    return value;
  error(range, "'" + name + "' has a result of type '" + known->str() +
                   "', but this is '" + type.str() + "'");
  return nullptr;
}
