//===- Sema.cpp - Statements, declarations and probes ---------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Sema.h"

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace whamm;
using namespace whamm::frontend;

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

/// Says that the type is not supported, if so.
bool Checker::checkDeclaredType(const DeclStmt *decl) {
  llvm::StringRef what;
  switch (decl->declaredType.getKind()) {
  case Type::Kind::Map:
    what = "maps";
    break;
  case Type::Kind::Tuple:
    what = "tuples";
    break;
  case Type::Kind::Str:
    what = "variables of type 'str'";
    break;
  case Type::Kind::FuncRef:
    what = "variables of type 'funcref'";
    break;
  default:
    return true;
  }
  notSupported(decl->typeRange, what);
  return false;
}

/// Nothing may be shadowed.
bool Checker::checkNewName(const DeclStmt *decl) {
  if (const Variable *other = findVariable(decl->name)) {
    error(decl->nameRange, "'" + decl->name + "' is already declared")
        .note(other->range, "the first declaration is here");
    return false;
  }
  bool isBound = findBound(decl->name) || getFamilyMember(decl->name);
  if (!probe)
    isBound |= llvm::any_of(
        wasm::getPackageBoundVars(wasm::Package::Func),
        [&](const wasm::BoundVar &var) { return var.name == decl->name; });
  if (isBound) {
    error(decl->nameRange, "'" + decl->name +
                               "' is the name of a bound variable and cannot "
                               "be declared");
    return false;
  }
  return true;
}

/// The variable is declared also after an error, so that its uses are no
/// errors on top.
Variable *Checker::declare(const DeclStmt *decl, Variable::Storage storage,
                           std::vector<Variable *> &list) {
  bool isNew = checkNewName(decl);
  Type type = checkDeclaredType(decl) ? decl->declaredType : Type();
  auto *var = context.create<Variable>(
      Variable{decl->name, type, storage, decl->isReport,
               static_cast<unsigned>(list.size()), decl->nameRange});
  if (!isNew)
    return var;
  list.push_back(var);
  (probe ? variables : globals)[decl->name] = var;
  return var;
}

Expr *Checker::makeDefault(Type type, llvm::SMRange range) {
  if (type.isBool())
    return context.create<BoolLitExpr>(range, false);
  if (type.isFloat())
    return context.create<FloatLitExpr>(range, 0.0, type);
  return context.create<IntLitExpr>(range, 0, type);
}

/// The value of a declaration: its initialiser or the default.
Expr *Checker::checkInit(const DeclStmt *decl) {
  if (decl->init)
    return checkAs(decl->init, decl->declaredType,
                   "the initialiser of '" + decl->name + "'");
  return makeDefault(decl->declaredType, decl->nameRange);
}

/// Appends `var = value;` for a declaration.
void Checker::addInit(const DeclStmt *decl, Variable *var, Expr *value,
                      StmtList &out) {
  auto *target = context.create<IdentExpr>(decl->nameRange, decl->name);
  target->var = var;
  target->type = var->type;
  out.push_back(context.create<AssignStmt>(decl->getRange(), target, value));
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

llvm::ArrayRef<Stmt *> Checker::checkBody(llvm::ArrayRef<Stmt *> stmts) {
  StmtList out;
  for (const Stmt *stmt : stmts) {
    if (!out.empty() && llvm::isa<ReturnStmt>(out.back())) {
      if (probe->classIndex == 0)
        diags.warning(stmt->getRange(), "this statement is never reached")
            .note(out.back()->getRange(), "because of this 'return'");
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
    break;
  }
  const Expr *call = llvm::cast<ExprStmt>(stmt)->expr;
  if (check(call))
    error(call->getRange(), "the value of this call is not used");
}

void Checker::checkDecl(const DeclStmt *decl, StmtList &out) {
  if (!decl->isReport && !decl->isUnshared) {
    // The name is not visible in its own initialiser.
    Type type = decl->declaredType;
    bool isScalar = type.isNumeric() || type.isBool();
    Expr *value = isScalar ? checkInit(decl) : nullptr;
    Variable *var = declare(decl, Variable::Storage::Local, probe->locals);
    if (value)
      addInit(decl, var, value, out);
    return;
  }
  if (probe->package == wasm::Package::Report) {
    error(decl->getRange(), "a report probe cannot declare 'report' or "
                            "'unshared' variables: it belongs to no site");
    return;
  }
  Variable *var = declare(decl, Variable::Storage::Site, probe->siteVars);
  if (decl->init && !var->type.isError())
    checkSiteInit(decl, var);
}

void Checker::checkSiteInit(const DeclStmt *decl, Variable *var) {
  llvm::SaveAndRestore inInit(place, Place::SiteInit);
  var->init = checkInit(decl);
}

/// The target of an assignment; null if it cannot be assigned.
IdentExpr *Checker::checkTarget(const Expr *target) {
  auto *name = llvm::dyn_cast<IdentExpr>(target);
  if (!name) {
    check(target); // elements: not supported
    return nullptr;
  }
  const BoundName *bound = findBound(name->name);
  if (bound && !findVariable(name->name)) {
    bool isStatic = bound->var->lifetime == wasm::Lifetime::Static &&
                    bound->var->source != wasm::BoundSource::Imm;
    if (isStatic)
      error(name->getRange(),
            "'" + name->name + "' is static and cannot be assigned");
    else
      notSupported(name->getRange(), "assignment to '" + name->name + "'");
    return nullptr;
  }
  Expr *checked = checkIdent(name, {});
  return llvm::cast_or_null<IdentExpr>(checked);
}

void Checker::checkAssign(const AssignStmt *stmt, StmtList &out) {
  IdentExpr *target = checkTarget(stmt->target);
  if (!target) {
    check(stmt->value); // for its errors
    return;
  }
  Expr *value =
      checkAs(stmt->value, target->type, "the value of '" + target->name + "'");
  if (value)
    out.push_back(context.create<AssignStmt>(stmt->getRange(), target, value));
}

/// `x++;` is `x = x + 1;`.
void Checker::checkIncDec(const IncDecStmt *stmt, StmtList &out) {
  IdentExpr *target = checkTarget(stmt->target);
  if (!target)
    return;
  if (!target->type.isNumeric()) {
    error(stmt->opRange, llvm::Twine(stmt->isIncrement ? "'++'" : "'--'") +
                             " needs a number, but '" + target->name +
                             "' is '" + target->type.str() + "'");
    return;
  }
  IntLitExpr one(stmt->opRange, 1);
  auto *sum = context.create<BinaryExpr>(
      stmt->getRange(), stmt->isIncrement ? BinaryOp::Add : BinaryOp::Sub,
      stmt->opRange, target, checkInt(&one, target->type));
  sum->type = target->type;
  out.push_back(context.create<AssignStmt>(stmt->getRange(), target, sum));
}

void Checker::checkIf(const IfStmt *stmt, StmtList &out) {
  Expr *cond = checkCondition(stmt->cond, "the condition");
  llvm::ArrayRef<Stmt *> thenBody = checkBody(stmt->thenBody);
  llvm::ArrayRef<Stmt *> elseBody = checkBody(stmt->elseBody);
  if (cond)
    out.push_back(
        context.create<IfStmt>(stmt->getRange(), cond, thenBody, elseBody));
}

void Checker::checkReturn(const ReturnStmt *stmt, StmtList &out) {
  if (stmt->value)
    error(stmt->value->getRange(), "only an 'alt' probe can return a value");
  out.push_back(context.create<ReturnStmt>(stmt->getRange(), nullptr));
}

//===----------------------------------------------------------------------===//
// Global scope
//===----------------------------------------------------------------------===//

void Checker::checkUnsupportedDecls() {
  for (const UseDecl &use : script.uses)
    notSupported(use.range, "libraries");
  for (const FnDecl &fn : script.functions)
    notSupported(fn.range, "functions");
}

void Checker::checkGlobalStmt(const Stmt *stmt, StmtList &out) {
  if (auto *decl = llvm::dyn_cast<DeclStmt>(stmt)) {
    Variable *var = globals.lookup(decl->name);
    // Not those of unsupported types and not a second one of the same name.
    bool isValid = var && !var->type.isError() &&
                   var->range.Start == decl->nameRange.Start;
    if (!decl->init || !isValid)
      return;
    if (Expr *value = checkInit(decl))
      addInit(decl, var, value, out);
    return;
  }
  if (llvm::isa<IfStmt, ReturnStmt>(stmt)) {
    error(stmt->getRange(), "only declarations, assignments and calls are "
                            "allowed at global scope");
    return;
  }
  checkStmt(stmt, out);
}

/// Globals are visible everywhere, also in front of their declaration.
void Checker::checkGlobals() {
  for (const Stmt *stmt : script.statements)
    if (auto *decl = llvm::dyn_cast<DeclStmt>(stmt))
      declare(decl, Variable::Storage::Global, result->globals);
  StmtList out;
  for (const Stmt *stmt : script.statements)
    checkGlobalStmt(stmt, out);
  result->initStatements = context.copy(llvm::ArrayRef<Stmt *>(out));
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

void Checker::collectDeclarations(llvm::ArrayRef<Stmt *> stmts) {
  for (const Stmt *stmt : stmts) {
    if (auto *s = llvm::dyn_cast<DeclStmt>(stmt)) {
      declarations.try_emplace(s->name, s->nameRange);
    } else if (auto *s = llvm::dyn_cast<IfStmt>(stmt)) {
      collectDeclarations(s->thenBody);
      collectDeclarations(s->elseBody);
    }
  }
}

void Checker::checkClass(const ProbeDecl &decl, CheckedProbe &checked) {
  probe = &checked;
  variables.clear();
  boundNames.clear();
  adaptable.clear();
  if (decl.predicate) {
    place = Place::Predicate;
    checked.predicate = checkCondition(decl.predicate, "the predicate");
  }
  place = Place::Body;
  checked.body = checkBody(decl.body);
  place = Place::Global;
  probe = nullptr;
}

void Checker::checkProbe(const ProbeDecl &decl, unsigned sourceIndex) {
  auto rules = resolveRule(decl, diags);
  if (!rules)
    return;
  std::vector<ProbeMatch> matches;
  for (const wasm::RuleMatch &rule : *rules)
    matches.push_back({rule.event, rule.mode, result->numProbeNumbers++});
  auto bounds = resolveBounds(decl, *rules, diags);
  if (!bounds)
    return;
  declaredBounds = *bounds;
  auto reset = llvm::scope_exit([&] { declaredBounds = {}; });
  declarations.clear();
  collectDeclarations(decl.body);

  auto classes = splitIntoClasses(decl, matches);
  hasOtherClasses = classes.size() > 1;
  unsigned errorsBefore = diags.getNumErrors();
  for (auto &&[index, matchesOfClass] : llvm::enumerate(classes)) {
    CheckedProbe &checked = result->probes.emplace_back();
    checked.sourceIndex = sourceIndex;
    checked.classIndex = index;
    checked.mode = matchesOfClass.front().mode;
    checked.package = wasm::getEvents()[matchesOfClass.front().event].package;
    for (const RulePart &part : decl.rule)
      checked.rule.push_back(part.pattern);
    checked.range = decl.range;
    checked.bounds = *bounds;
    checked.matches = std::move(matchesOfClass);
    checkClass(decl, checked);
    // The other classes would mostly repeat it.
    if (diags.getNumErrors() != errorsBefore)
      break;
  }
}

std::unique_ptr<CheckedScript> Checker::run() {
  result = std::make_unique<CheckedScript>();
  checkUnsupportedDecls();
  checkGlobals();
  for (const auto &[index, decl] : llvm::enumerate(script.probes))
    checkProbe(decl, index);
  if (diags.getNumErrors())
    return nullptr;
  return std::move(result);
}

std::unique_ptr<CheckedScript> frontend::check(const Script &script,
                                               ASTContext &context,
                                               Diagnostics &diags,
                                               const LibraryTable &) {
  return Checker(script, context, diags).run();
}
