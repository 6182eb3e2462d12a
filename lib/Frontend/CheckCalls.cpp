//===- CheckCalls.cpp - Calls of functions and built-ins ------------------===//
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
// Arguments
//===----------------------------------------------------------------------===//

static std::string countArguments(size_t count) {
  if (count == 0)
    return "no arguments";
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

bool Checker::checkArgumentCount(const CallExpr *expr,
                                 const llvm::Twine &callee, size_t count,
                                 llvm::SMRange declaration) {
  if (expr->args.size() == count)
    return true;
  Diagnostic &diag = error(expr->getRange(),
                           "'" + callee + "' takes " + countArguments(count) +
                               ", not " + llvm::Twine(expr->args.size()));
  if (declaration.isValid())
    diag.note(declaration, "'" + callee + "' is declared here");
  return false;
}

bool Checker::checkArguments(const CallExpr *expr, const llvm::Twine &callee,
                             llvm::ArrayRef<Type> types,
                             llvm::SmallVectorImpl<Expr *> &checked) {
  bool good = true;
  for (const auto &[index, pair] :
       llvm::enumerate(llvm::zip_equal(expr->args, types))) {
    auto [arg, type] = pair;
    std::string what = "argument " + std::to_string(index + 1) + " of '";
    Expr *value = type.isError()
                      ? check(arg)
                      : checkConverted(arg, type, what + callee + "'");
    good &= value != nullptr;
    checked.push_back(value);
  }
  return good;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

Expr *Checker::checkCall(const CallExpr *expr) {
  // What stands within the call is no statement.
  bool isStatement = expr == statementCall;
  llvm::SaveAndRestore<const Expr *> inArguments(statementCall, nullptr);
  Expr *call = nullptr;
  if (const CheckedFunction *callee = functions.lookup(expr->callee))
    call = checkFunctionCall(expr, callee);
  else if (expr->callee == "memid")
    call = checkMemId(expr);
  else if (const BuiltinInfo *info = findBuiltin(expr->callee))
    call = checkBuiltin(expr, *info);
  else
    return reportUnknownFunction(expr);
  if (!call || isStatement || countValues(call->type))
    return call;
  error(expr->getRange(), "'" + expr->callee + "' has no result");
  return nullptr;
}

Expr *Checker::reportUnknownFunction(const CallExpr *expr) {
  if (const Variable *var = findVariable(expr->callee)) {
    error(expr->calleeRange,
          "'" + expr->callee + "' is a variable, not a function")
        .note(var->range, "'" + expr->callee + "' is declared here");
    return nullptr;
  }
  if (findBound(expr->callee) || findLibrary(expr->callee)) {
    error(expr->calleeRange,
          "'" + expr->callee + "' is a " +
              (findLibrary(expr->callee) ? "library" : "bound variable") +
              ", not a function");
    return nullptr;
  }
  llvm::SmallVector<llvm::StringRef> names(getBuiltinNames());
  for (const CheckedFunction *fn : result->functions)
    names.push_back(fn->name);
  reportUnknownName(expr->calleeRange,
                    "unknown function '" + expr->callee + "'", expr->callee,
                    names);
  for (const Expr *arg : expr->args)
    check(arg); // for its errors
  return nullptr;
}

Expr *Checker::checkFunctionCall(const CallExpr *expr,
                                 const CheckedFunction *callee) {
  if (place == Place::Global) {
    error(expr->getRange(), "functions of the script cannot be called at "
                            "global scope")
        .note(callee->nameRange, "'" + expr->callee + "' is declared here");
    return nullptr;
  }
  if (!checkArgumentCount(expr, expr->callee, callee->params.size(),
                          callee->nameRange))
    return nullptr;
  llvm::SmallVector<Type> types;
  for (const Variable *param : callee->params)
    types.push_back(param->type);
  llvm::SmallVector<Expr *> args;
  if (!checkArguments(expr, expr->callee, types, args))
    return nullptr;
  auto *node = context.create<CallExpr>(
      expr->getRange(), expr->callee, expr->calleeRange,
      context.copy(llvm::ArrayRef<Expr *>(args)));
  node->function = callee;
  node->type = callee->result;
  return node;
}

//===----------------------------------------------------------------------===//
// Built-in functions
//===----------------------------------------------------------------------===//

/// Functions that stand for something the instruction does need one that can.
bool Checker::checkEventFunction(const CallExpr *expr) {
  auto offers = [&](const wasm::EventInfo &event) {
    return llvm::is_contained(event.boundFns, expr->callee);
  };
  const auto *bad = llvm::find_if(
      llvm::ArrayRef<ProbeMatch>(probe->matches), [&](const ProbeMatch &match) {
        return !offers(wasm::getEvents()[match.event]);
      });
  if (bad == probe->matches.data() + probe->matches.size())
    return true;
  std::string names;
  for (const wasm::EventInfo &event : wasm::getEvents())
    if (offers(event))
      names += ((names.empty() ? "" : ", ") + event.name).str();
  bool isMany = expr->callee == "drop_args";
  error(expr->getRange(),
        "'" + expr->callee + "' is not available at '" +
            getMatchName(bad->event, bad->mode) + "'; " +
            (isMany ? "only at instructions" : "only at " + names));
  return false;
}

/// Checks whether the function may be called here.
bool Checker::checkBuiltinPlace(const CallExpr *expr, const BuiltinInfo &info) {
  auto fail = [&](const llvm::Twine &message) {
    error(expr->getRange(), "'" + expr->callee + "' " + message);
    return false;
  };
  bool isInit = place == Place::SiteInit;
  if (isInit && (info.isOfEvent || info.id == Builtin::ReadStr))
    return fail("cannot be called before the program runs, where 'report' and "
                "'unshared' variables are initialised");
  if (!info.isOfEvent)
    return true;
  if (!probe)
    return fail("is not available outside of probes");
  if (!hasSites())
    return fail("is not available in " + describeProbe() +
                ": it belongs to no site");
  if (!checkEventFunction(expr))
    return false;
  if (place == Place::Predicate && info.id != Builtin::ResolveFuncref)
    return fail("cannot be called in a predicate");
  bool isOfAlt = info.id == Builtin::DropArgs ||
                 info.id == Builtin::AltCallById ||
                 info.id == Builtin::AltCallByName;
  if (isOfAlt && probe->mode != wasm::Mode::Alt)
    return fail("is available in 'alt' probes only: elsewhere the instruction "
                "itself takes its operands");
  return true;
}

/// The target of `alt_call_by_id` and `alt_call_by_name` is a literal.
bool Checker::checkLiteralArgument(const CallExpr *expr, Builtin id,
                                   const Expr *arg) {
  auto fail = [&](const llvm::Twine &message) {
    error(arg->getRange(), "the argument of '" + expr->callee + "' " + message);
    return false;
  };
  if (id == Builtin::AltCallByName)
    return llvm::isa<StringLitExpr>(arg) ||
           fail("has to be a string literal, the name of a function");
  auto *literal = llvm::dyn_cast<IntLitExpr>(arg);
  if (!literal)
    return fail("has to be an integer literal, the index of a function");
  return literal->value >= 0 || fail("is a function index and not negative");
}

Expr *Checker::checkBuiltin(const CallExpr *expr, const BuiltinInfo &info) {
  if (!checkBuiltinPlace(expr, info) ||
      !checkArgumentCount(expr, expr->callee, info.params.size()))
    return nullptr;
  llvm::SmallVector<Type> types;
  for (const BuiltinInfo::Param &param : info.params)
    types.push_back(param.type);
  llvm::SmallVector<Expr *> args;
  if (!checkArguments(expr, expr->callee, types, args))
    return nullptr;
  bool isAltCall =
      info.id == Builtin::AltCallById || info.id == Builtin::AltCallByName;
  if (isAltCall && !checkLiteralArgument(expr, info.id, args[0]))
    return nullptr;
  for (const auto &[index, param] : llvm::enumerate(info.params)) {
    const Expr *dynamic = param.isConst ? findDynamic(args[index]) : nullptr;
    if (!dynamic)
      continue;
    error(dynamic->getRange(),
          "argument " + llvm::Twine(index + 1) + " of '" + expr->callee +
              "', a memory, has to be known before the program runs");
    return nullptr;
  }
  if (info.id == Builtin::DupAt) {
    addImpliedBound("arg0", expr->getRange());
    addImpliedBound("arg1", expr->getRange());
  }
  auto *node = context.create<CallExpr>(
      expr->getRange(), expr->callee, expr->calleeRange,
      context.copy(llvm::ArrayRef<Expr *>(args)));
  node->builtin = info.id;
  node->type = info.result;
  return node;
}

/// `memid(library)`: the argument is a bare name.
Expr *Checker::checkMemId(const CallExpr *expr) {
  if (!checkArgumentCount(expr, "memid", 1))
    return nullptr;
  auto *name = llvm::dyn_cast<IdentExpr>(expr->args[0]);
  if (!name) {
    error(expr->args[0]->getRange(),
          "the argument of 'memid' has to be the name of a library");
    return nullptr;
  }
  const Library *library = findLibrary(name->name);
  if (!library) {
    if (!isFailedLibrary(name->name))
      error(name->getRange(), "the argument of 'memid' has to be the name of a "
                              "library in use; '" +
                                  name->name + "' is none");
    return nullptr;
  }
  if (!library->hasMemory) {
    error(name->getRange(), "library '" + name->name + "' exports no memory");
    return nullptr;
  }
  auto *node =
      context.create<CallExpr>(expr->getRange(), expr->callee,
                               expr->calleeRange, llvm::ArrayRef<Expr *>());
  node->builtin = Builtin::MemId;
  node->library = library;
  node->type = Type::Kind::U32;
  return node;
}
