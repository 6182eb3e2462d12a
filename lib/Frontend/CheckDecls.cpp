//===- CheckDecls.cpp - Declarations of variables -------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace whamm;
using namespace whamm::frontend;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

size_t frontend::countValues(Type type) {
  if (type.isStr())
    return 2; // address and length
  if (type.getKind() != Type::Kind::Tuple)
    return 1;
  size_t count = 0;
  for (const Type &element : type.getElements())
    count += countValues(element);
  return count;
}

/// What tuples cannot hold: maps and function references.
bool Checker::checkTupleType(Type type, llvm::SMRange range) {
  for (const Type &element : type.getElements()) {
    bool isMap = element.getKind() == Type::Kind::Map;
    if (isMap || element.getKind() == Type::Kind::FuncRef) {
      error(range, isMap ? "a map cannot be part of a tuple"
                         : "a 'funcref' cannot be part of a tuple: it cannot "
                           "be stored");
      return false;
    }
    bool isTuple = element.getKind() == Type::Kind::Tuple;
    if (isTuple && !checkTupleType(element, range))
      return false;
  }
  if (countValues(type) <= 1000)
    return true;
  error(range, "a tuple cannot be made up of more than 1000 values");
  return false;
}

bool Checker::checkMapType(Type type, llvm::SMRange range) {
  for (const auto &[index, part] : llvm::enumerate(type.getElements())) {
    llvm::StringRef what = index ? "value" : "key";
    auto fail = [&](const llvm::Twine &message) {
      error(range, message);
      return false;
    };
    if (part.getKind() == Type::Kind::Map)
      return fail("a map cannot be the " + what + " of a map");
    if (part.getKind() == Type::Kind::FuncRef)
      return fail("a 'funcref' cannot be the " + what +
                  " of a map: it cannot be stored");
    if (part.getKind() != Type::Kind::Tuple)
      continue;
    if (!checkTupleType(part, range))
      return false;
    if (!countValues(part))
      return fail("the " + what + " of a map cannot be '" + part.str() +
                  "', which has no value");
  }
  return true;
}

bool Checker::checkVariableType(const NewName &name,
                                Variable::Storage storage) {
  using S = Variable::Storage;
  Type type = name.type;
  auto fail = [&](const llvm::Twine &message) {
    error(name.typeRange, message);
    return false;
  };
  switch (type.getKind()) {
  case Type::Kind::Map:
    if (storage == S::Param)
      return fail("a map cannot be a parameter");
    return checkMapType(type, name.typeRange);
  case Type::Kind::Tuple:
    if (!checkTupleType(type, name.typeRange))
      return false;
    if (!countValues(type))
      return fail("a variable cannot be of type '" + type.str() +
                  "', which has no value");
    return true;
  case Type::Kind::FuncRef:
    if (storage == S::Global || storage == S::Site)
      return fail("a 'funcref' cannot be stored; only parameters and plain "
                  "variables of a body can be of this type");
    return true;
  default:
    return true;
  }
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Nothing may be shadowed.
bool Checker::checkNewName(const NewName &name) {
  auto report = [&](llvm::SMRange other) {
    error(name.nameRange, "'" + name.name + "' is already declared")
        .note(other, "the first declaration is here");
    return false;
  };
  if (const Variable *other = findVariable(name.name))
    return report(other->range);
  if (const CheckedFunction *other = functions.lookup(name.name))
    return report(other->nameRange);
  bool isBound = findBound(name.name) || getFamilyMember(name.name);
  // A global is visible in every probe.
  if (!probe && !function)
    isBound |= llvm::any_of(
        wasm::getPackageBoundVars(wasm::Package::Func),
        [&](const wasm::BoundVar &var) { return var.name == name.name; });
  if (!isBound)
    return true;
  error(name.nameRange, "'" + name.name +
                            "' is the name of a bound variable and cannot "
                            "be declared");
  return false;
}

/// The variable is declared also after an error, so that its uses are no
/// errors on top.
Variable *Checker::declare(const NewName &name, bool isReport,
                           Variable::Storage storage,
                           std::vector<Variable *> &list) {
  bool isNew = checkNewName(name);
  Type type = checkVariableType(name, storage) ? name.type : Type();
  auto *var = context.create<Variable>(
      Variable{name.name, type, storage, isReport,
               static_cast<unsigned>(list.size()), name.nameRange});
  if (!isNew)
    return var;
  list.push_back(var);
  bool isGlobal = storage == Variable::Storage::Global;
  (isGlobal ? globals : variables)[name.name] = var;
  if (knownDeclarations.insert(name.nameRange.Start.getPointer()).second)
    declared.push_back(var);
  return var;
}

Variable *Checker::declare(const DeclStmt *decl, Variable::Storage storage,
                           std::vector<Variable *> &list) {
  return declare(
      {decl->name, decl->nameRange, decl->declaredType, decl->typeRange},
      decl->isReport, storage, list);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// The default of a number or bool. Null for others: to make it is up to those
/// who know what they are.
Expr *Checker::makeDefault(Type type, llvm::SMRange range) {
  if (type.isBool())
    return context.create<BoolLitExpr>(range, false);
  if (type.isFloat())
    return context.create<FloatLitExpr>(range, 0.0, type);
  if (type.isInteger())
    return context.create<IntLitExpr>(range, 0, type);
  return nullptr;
}

/// The initialiser of a declaration that has one; null after an error.
Expr *Checker::checkInit(const DeclStmt *decl) {
  if (decl->declaredType.getKind() != Type::Kind::Map)
    return checkAs(decl->init, decl->declaredType,
                   "the initialiser of '" + decl->name + "'");
  error(decl->init->getRange(), "a map cannot have an initialiser; it starts "
                                "empty, and elements are stored one by one");
  return nullptr;
}

/// Appends `var = value;` for a declaration.
void Checker::addInit(const DeclStmt *decl, Variable *var, Expr *value,
                      StmtList &out) {
  auto *target = context.create<IdentExpr>(decl->nameRange, decl->name);
  target->var = var;
  target->type = var->type;
  out.push_back(context.create<AssignStmt>(decl->getRange(), target, value));
}

void Checker::checkDecl(const DeclStmt *decl, StmtList &out) {
  if (!decl->isReport && !decl->isUnshared)
    return checkLocal(decl, out);
  if (function) {
    error(decl->getRange(), "a function cannot declare 'report' or 'unshared' "
                            "variables: they belong to probes");
    return;
  }
  if (!hasSites()) {
    error(decl->getRange(), describeProbe() +
                                " cannot declare 'report' or 'unshared' "
                                "variables: they belong to probes with match "
                                "sites; declare a global");
    return;
  }
  checkSiteVar(decl);
}

void Checker::checkLocal(const DeclStmt *decl, StmtList &out) {
  // The name is not visible in its own initialiser.
  unsigned errorsBefore = diags.getNumErrors();
  Expr *value = decl->init ? checkInit(decl) : nullptr;
  bool isGood = diags.getNumErrors() == errorsBefore;
  auto &list = probe ? probe->locals : function->locals;
  Variable *var = declare(decl, Variable::Storage::Local, list);
  if (!isGood || var->type.isError())
    return;
  if (!decl->init) {
    if (var->type.getKind() == Type::Kind::FuncRef) {
      error(decl->nameRange, "'" + decl->name +
                                 "' needs an initialiser: a 'funcref' has no "
                                 "default value");
      return;
    }
    value = makeDefault(var->type, decl->nameRange);
  }
  if (var->type.getKind() == Type::Kind::Map)
    mapBlocks[var] = blocks.back();
  addInit(decl, var, value, out);
}

void Checker::checkSiteVar(const DeclStmt *decl) {
  Expr *init = nullptr;
  if (decl->init) {
    // The name is not visible in its own initialiser.
    llvm::SaveAndRestore inInit(place, Place::SiteInit);
    init = checkInit(decl);
  }
  Variable *var = declare(decl, Variable::Storage::Site, probe->siteVars);
  var->init = init;
  probe->siteInits.push_back({var, nullptr});
}
