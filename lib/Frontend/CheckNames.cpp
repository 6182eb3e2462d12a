//===- CheckNames.cpp - Names in scripts ----------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"

using namespace whamm;
using namespace whamm::frontend;

Diagnostic &Checker::error(llvm::SMRange range, const llvm::Twine &message) {
  Diagnostic &diag = diags.error(range, message);
  if (probe && hasOtherClasses) {
    const ProbeMatch &match = probe->matches.front();
    diag.note(probe->range, "for '" + getMatchName(match.event, match.mode) +
                                "', which this rule matches");
  }
  return diag;
}

void Checker::reportUnknownName(llvm::SMRange range, const llvm::Twine &message,
                                llvm::StringRef name,
                                llvm::ArrayRef<llvm::StringRef> candidates) {
  std::string text = message.str();
  llvm::StringRef similar = findSimilar(name, candidates);
  if (!similar.empty())
    text += ("; did you mean '" + similar + "'?").str();
  error(range, text);
}

//===----------------------------------------------------------------------===//
// Look-up
//===----------------------------------------------------------------------===//

Variable *Checker::findVariable(llvm::StringRef name) {
  if (Variable *var = variables.lookup(name))
    return var;
  return globals.lookup(name);
}

/// A name with a type bound has the type of the bound, whatever the event
/// says, and exists even if the event does not offer it: there, no site
/// matches.
std::optional<Checker::BoundName>
Checker::resolveDeclaredBound(llvm::StringRef name) {
  const CheckedBound *bound = llvm::find_if(
      declaredBounds, [&](const CheckedBound &b) { return b.name == name; });
  if (bound == declaredBounds.end())
    return std::nullopt;
  bool isStatic = bound->source == wasm::BoundSource::Imm;
  wasm::BoundVar var = {"",
                        wasm::BoundType::Unknown,
                        isStatic ? wasm::Lifetime::Static
                                 : wasm::Lifetime::Dynamic,
                        bound->source,
                        static_cast<int32_t>(bound->index),
                        /*literal=*/false,
                        ""};
  if (auto own = wasm::lookupBoundVar(probe->matches.front().event, name))
    var = *own;
  return BoundName{context.create<wasm::BoundVar>(var), bound->type};
}

std::optional<Checker::BoundName> Checker::resolveBound(llvm::StringRef name) {
  if (!probe) {
    if (name != "APP_MEMID")
      return std::nullopt;
    for (const wasm::BoundVar &var :
         wasm::getPackageBoundVars(wasm::Package::Opcode))
      if (var.source == wasm::BoundSource::AppMemId)
        return BoundName{&var, getTypeOf(var.type)};
    return std::nullopt;
  }
  if (std::optional<BoundName> bound = resolveDeclaredBound(name))
    return bound;
  auto var = wasm::lookupBoundVar(probe->matches.front().event, name);
  if (!var)
    return std::nullopt;
  return BoundName{context.create<wasm::BoundVar>(*var), getTypeOf(var->type)};
}

const Checker::BoundName *Checker::findBound(llvm::StringRef name) {
  auto [it, isNew] = boundNames.try_emplace(name);
  if (isNew)
    it->second = resolveBound(name);
  return it->second ? &*it->second : nullptr;
}

/// A bound name that stands for an integer literal.
const Checker::BoundName *Checker::findLiteralBound(llvm::StringRef name) {
  if (variables.count(name))
    return nullptr;
  const BoundName *bound = findBound(name);
  bool isLiteral = bound && bound->var->literal && bound->type.isInteger();
  return isLiteral ? bound : nullptr;
}

//===----------------------------------------------------------------------===//
// Implied bounds
//===----------------------------------------------------------------------===//

void Checker::addImpliedBound(llvm::StringRef name, const BoundName &bound,
                              llvm::SMRange range) {
  using S = wasm::BoundSource;
  const wasm::BoundVar &var = *bound.var;
  bool isPlace = var.source == S::Arg || var.source == S::Res ||
                 var.source == S::Local || var.source == S::Imm;
  if (!isPlace)
    return;
  unsigned index = var.index;
  bool isKnown = llvm::any_of(probe->bounds, [&](const CheckedBound &known) {
    return known.source == var.source && known.index == index &&
           known.type == bound.type;
  });
  if (!isKnown)
    probe->bounds.push_back({name, var.source, index, bound.type, range});
}

void Checker::addImpliedBound(llvm::StringRef name, llvm::SMRange range) {
  if (const BoundName *bound = findBound(name))
    if (!bound->type.isError())
      addImpliedBound(name, *bound, range);
}

/// The use of a value demands that it exists; that of a computed one demands
/// what it is computed from.
void Checker::addImpliedBoundsOf(const IdentExpr *expr,
                                 const BoundName &bound) {
  using S = wasm::BoundSource;
  addImpliedBound(expr->name, bound, expr->getRange());
  S source = bound.var->source;
  bool isDynamic = bound.var->lifetime == wasm::Lifetime::Dynamic;
  if (source == S::EffectiveAddr)
    addImpliedBound("addr", expr->getRange());
  else if (source == S::Target || source == S::TargetFuncref ||
           (source == S::ResolvedFid && isDynamic))
    addImpliedBound("arg0", expr->getRange());
  else if (source == S::Failed)
    addImpliedBound("res0", expr->getRange());
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

/// Checks whether the name may be used here.
bool Checker::checkBoundUse(const IdentExpr *expr, const BoundName &bound) {
  using S = wasm::BoundSource;
  const wasm::BoundVar &var = *bound.var;
  auto fail = [&](const llvm::Twine &message) {
    error(expr->getRange(), "'" + expr->name + "' " + message);
    return false;
  };
  if (var.source == S::ProbeId)
    return fail("is known to engines only, and programs are rewritten here");
  bool isResult = var.source == S::Res || var.source == S::Failed;
  if (isResult && probe->mode != wasm::Mode::After)
    return fail("is available in 'after' probes only");
  if (bound.type.isError())
    return fail("needs a type bound: write '(" + expr->name +
                ": T)' behind a part of the rule");
  if (place == Place::SiteInit && var.lifetime == wasm::Lifetime::Dynamic)
    return fail("is not known before the program runs; the initialiser of a "
                "'report' or 'unshared' variable cannot use it");
  return true;
}

IdentExpr *Checker::makeBoundRef(const IdentExpr *expr,
                                 const BoundName &bound) {
  if (probe)
    addImpliedBoundsOf(expr, bound);
  auto *ident = context.create<IdentExpr>(expr->getRange(), expr->name);
  ident->bound = bound.var;
  ident->type = bound.type;
  return ident;
}

IdentExpr *Checker::makeVariableRef(const IdentExpr *expr, Variable *var) {
  usedDeclarations.insert(var->range.Start.getPointer());
  noteMapUse(var);
  if (var->type.isError())
    return nullptr; // reported at its declaration
  auto *ident = context.create<IdentExpr>(expr->getRange(), expr->name);
  ident->var = var;
  ident->type = var->type;
  return ident;
}

IdentExpr *Checker::resolveName(const IdentExpr *expr) {
  if (Variable *var = variables.lookup(expr->name)) {
    bool isVisible =
        place != Place::SiteInit || var->storage == Variable::Storage::Site;
    if (isVisible || var->type.isError())
      return makeVariableRef(expr, var);
    error(expr->getRange(), "'" + expr->name +
                                "' is a variable of the probe's body; what "
                                "runs before the program cannot use it")
        .note(var->range, "'" + expr->name + "' is declared here");
    return nullptr;
  }
  Variable *global = globals.lookup(expr->name);
  const BoundName *bound = findBound(expr->name);
  if (global && bound) {
    error(expr->getRange(), "'" + expr->name +
                                "' is both a global variable and a bound "
                                "variable here")
        .note(global->range, "the global variable is declared here");
    return nullptr;
  }
  if (global)
    return makeVariableRef(expr, global);
  if (bound)
    return checkBoundUse(expr, *bound) ? makeBoundRef(expr, *bound) : nullptr;
  reportUnknown(expr);
  return nullptr;
}

Expr *Checker::checkIdent(const IdentExpr *expr, Type expected) {
  IdentExpr *ident = resolveName(expr);
  if (!ident)
    return nullptr;
  if (ident->type.getKind() == Type::Kind::Map) {
    error(expr->getRange(), "a map cannot be used as a value; use its "
                            "elements, '" +
                                expr->name + "[key]'");
    return nullptr;
  }
  if (ident->var || !findLiteralBound(expr->name))
    return ident;
  Type type = expected.isNumeric() ? expected : Type(Type::Kind::I32);
  if (type == ident->type)
    return ident;
  return context.create<CastExpr>(expr->getRange(), ident, type,
                                  /*isImplicit=*/true);
}

/// `; did you mean 'x'?`, or nothing.
std::string Checker::getUnknownNameHint(llvm::StringRef name) {
  llvm::SmallVector<llvm::StringRef> names;
  for (const auto &entry : variables)
    names.push_back(entry.getKey());
  for (const auto &entry : globals)
    names.push_back(entry.getKey());
  if (probe) {
    const wasm::EventInfo &event =
        wasm::getEvents()[probe->matches.front().event];
    // Families (`argN`) are no names.
    for (const wasm::BoundVar &var : event.boundVars)
      if (var.index >= 0)
        names.push_back(var.name);
    for (const wasm::BoundVar &var : wasm::getPackageBoundVars(event.package))
      if (var.index >= 0)
        names.push_back(var.name);
  }
  // The order of hash tables is no order.
  llvm::sort(names);
  llvm::StringRef similar = findSimilar(name, names);
  return similar.empty() ? "" : ("; did you mean '" + similar + "'?").str();
}

void Checker::reportUnknown(const IdentExpr *expr) {
  llvm::StringRef name = expr->name;
  auto fail = [&](const llvm::Twine &message) -> Diagnostic & {
    return error(expr->getRange(), message);
  };
  auto declared = declarations.find(name);
  if ((probe || function) && declared != declarations.end()) {
    llvm::StringRef message =
        place == Place::Predicate
            ? "' is a variable of the body; the predicate cannot use it"
            : "' is used before its declaration";
    fail("'" + name + message).note(declared->second, "it is declared here");
    return;
  }
  if (findLibrary(name)) {
    fail("'" + name + "' is a library, not a variable");
    return;
  }
  if (!isBoundName(name)) {
    fail("unknown variable '" + name + "'" + getUnknownNameHint(name));
    return;
  }
  if (!probe) {
    fail("'" + name + "' is not available outside of probes");
    return;
  }
  if (!hasSites()) {
    fail("'" + name + "' is not available in " + describeProbe() +
         ": it belongs to no site");
    return;
  }
  const ProbeMatch &match = probe->matches.front();
  fail("'" + getMatchName(match.event, match.mode) +
       "' has no bound variable '" + name + "'");
}
