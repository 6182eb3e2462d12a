//===- CheckTargets.cpp - Assignments -------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

using namespace whamm;
using namespace whamm::frontend;

//===----------------------------------------------------------------------===//
// Bound variables
//===----------------------------------------------------------------------===//

/// Operands, results, locals and immediates can be assigned, in some modes.
bool Checker::checkBoundAssignable(const IdentExpr *name,
                                   const BoundName &bound) {
  using S = wasm::BoundSource;
  S source = bound.var->source;
  llvm::SMRange range = name->getRange();
  std::optional<FamilyMember> member = getFamilyMember(name->name);
  auto fail = [&](const llvm::Twine &message) {
    error(range, "'" + name->name + "' " + message);
    return false;
  };
  bool isPlace = source == S::Arg || source == S::Res || source == S::Local ||
                 source == S::Imm;
  if (isPlace && !member)
    return fail("is another name for '" +
                wasm::getMemberName(source, bound.var->index) +
                "' and cannot be assigned" +
                (source == S::Arg
                     ? llvm::Twine("; assign '") +
                           wasm::getMemberName(source, bound.var->index) +
                           "' instead"
                     : llvm::Twine("")));
  if (!isPlace && bound.var->lifetime == wasm::Lifetime::Static)
    return fail("is static and cannot be assigned");
  if (!isPlace)
    return fail("is computed from other values and cannot be assigned");
  if (bound.type.getKind() == Type::Kind::FuncRef)
    return fail("is a 'funcref' and cannot be assigned");
  if (source == S::Imm && probe->mode != wasm::Mode::Before)
    return fail("is part of the instruction and can be assigned in 'before' "
                "probes only");
  bool hasPassed =
      probe->mode != wasm::Mode::Before && probe->mode != wasm::Mode::Alt;
  if (source == S::Arg && hasPassed)
    warnOnce(range, "the instruction has taken its operands by now; this "
                    "assignment to '" +
                        name->name + "' changes nothing but its value here");
  return true;
}

Expr *Checker::checkBoundTarget(const IdentExpr *name, const BoundName &bound) {
  // What is wrong with any use of it comes first.
  if (!checkBoundUse(name, bound) || !checkBoundAssignable(name, bound))
    return nullptr;
  return makeBoundRef(name, bound);
}

/// An immediate is encoded in the instruction: it has to be known when the
/// program is instrumented, and is the same whatever happens at run time.
bool Checker::checkImmediateAssign(const AssignStmt *stmt, const Expr *target,
                                   const Expr *value) {
  auto *ident = llvm::dyn_cast<IdentExpr>(target);
  if (!ident || !ident->bound || ident->bound->source != wasm::BoundSource::Imm)
    return true;
  if (ifDepth) {
    error(stmt->getRange(),
          "'" + ident->name +
              "' is part of the instruction and cannot be assigned under an "
              "'if'; put the condition into the predicate");
    return false;
  }
  if (const Expr *dynamic = findDynamic(value)) {
    error(dynamic->getRange(),
          "'" + ident->name +
              "' is part of the instruction; its new value has to be known "
              "before the program runs");
    return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Assignments
//===----------------------------------------------------------------------===//

/// The target of an assignment; null if it cannot be assigned.
Expr *Checker::checkTarget(const Expr *target) {
  if (llvm::isa<TupleGetExpr>(target))
    return check(target);
  if (auto *element = llvm::dyn_cast<MapGetExpr>(target)) {
    auto *checked = llvm::cast_or_null<MapGetExpr>(check(element));
    if (!checked || checked->map->var)
      return checked;
    error(target->getRange(),
          "'" + element->map->name + "' is static and cannot be assigned");
    return nullptr;
  }
  auto *name = llvm::dyn_cast<IdentExpr>(target);
  if (!name) {
    error(target->getRange(), "only variables and their elements can be "
                              "assigned");
    return nullptr;
  }
  const BoundName *bound = findBound(name->name);
  if (bound && !findVariable(name->name))
    return checkBoundTarget(name, *bound);
  IdentExpr *checked = resolveName(name);
  if (!checked || checked->type.getKind() != Type::Kind::Map)
    return checked;
  error(name->getRange(), "a map cannot be assigned as a whole; assign its "
                          "elements, '" +
                              name->name + "[key]'");
  return nullptr;
}

/// `x`, `t.0`, `m[]`: the target in messages.
static std::string describeTarget(const Expr *target) {
  if (auto *name = llvm::dyn_cast<IdentExpr>(target))
    return ("'" + name->name + "'").str();
  if (auto *element = llvm::dyn_cast<MapGetExpr>(target))
    return ("an element of '" + element->map->name + "'").str();
  auto *element = llvm::cast<TupleGetExpr>(target);
  std::string text = ("'" + element->tuple->name).str();
  for (unsigned index : element->path)
    text += "." + std::to_string(index);
  return text + "'";
}

void Checker::checkAssign(const AssignStmt *stmt, StmtList &out) {
  Expr *target = checkTarget(stmt->target);
  if (!target) {
    check(stmt->value); // for its errors
    return;
  }
  Expr *value = checkAs(stmt->value, target->type,
                        "the value of " + describeTarget(stmt->target));
  if (value && checkImmediateAssign(stmt, target, value))
    out.push_back(context.create<AssignStmt>(stmt->getRange(), target, value));
}

/// `x++;` is `x = x + 1;`.
void Checker::checkIncDec(const IncDecStmt *stmt, StmtList &out) {
  llvm::StringRef spelling = stmt->isIncrement ? "'++'" : "'--'";
  if (llvm::isa<TupleGetExpr>(stmt->target)) {
    std::string name = describeTarget(stmt->target);
    error(stmt->opRange, spelling +
                             " does not apply to elements of tuples; "
                             "assign " +
                             name);
    return;
  }
  Expr *target = checkTarget(stmt->target);
  if (!target)
    return;
  if (!target->type.isNumeric()) {
    error(stmt->opRange, spelling + " needs a number, but " +
                             describeTarget(stmt->target) + " is '" +
                             target->type.str() + "'");
    return;
  }
  IntLitExpr one(stmt->opRange, 1);
  auto *sum = context.create<BinaryExpr>(
      stmt->getRange(), stmt->isIncrement ? BinaryOp::Add : BinaryOp::Sub,
      stmt->opRange, target, checkInt(&one, target->type));
  sum->type = target->type;
  out.push_back(context.create<AssignStmt>(stmt->getRange(), target, sum));
}
