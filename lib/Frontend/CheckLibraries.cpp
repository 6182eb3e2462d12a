//===- CheckLibraries.cpp - Library calls and string methods --------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace whamm;
using namespace whamm::frontend;

const Library *Checker::findLibrary(llvm::StringRef name) {
  return libraries.lookup(name);
}

/// True for a library whose `use` was reported.
bool Checker::isFailedLibrary(llvm::StringRef name) {
  auto it = libraries.find(name);
  return it != libraries.end() && !it->second;
}

/// `receiver.f(args)`. Libraries have a namespace of their own: a variable of
/// the same name hides its library only if it has methods.
Expr *Checker::checkLibCall(const LibCallExpr *expr) {
  const Library *library = findLibrary(expr->receiver);
  const Variable *var = findVariable(expr->receiver);
  if (library && var && var->type.isStr()) {
    error(expr->receiverRange,
          "'" + expr->receiver + "' is both a library and a string here")
        .note(var->range, "the string is declared here");
    return nullptr;
  }
  if (library)
    return checkLibraryCall(expr, library);
  if (isFailedLibrary(expr->receiver))
    return nullptr;
  return checkStrMethod(expr);
}

//===----------------------------------------------------------------------===//
// Libraries
//===----------------------------------------------------------------------===//

const LibraryFunction *Checker::findLibraryFunction(const LibCallExpr *expr,
                                                    const Library *library) {
  const CallExpr *call = expr->call;
  const LibraryFunction *callee = library->lookup(call->callee);
  if (!callee) {
    llvm::SmallVector<llvm::StringRef> names;
    for (const LibraryFunction &fn : library->functions)
      names.push_back(fn.name);
    reportUnknownName(call->calleeRange,
                      "library '" + expr->receiver + "' has no function '" +
                          call->callee + "'",
                      call->callee, names);
    return nullptr;
  }
  if (callee->problem.empty())
    return callee;
  error(call->calleeRange, "'" + expr->receiver + "." + call->callee +
                               "' cannot be called: it " + callee->problem);
  return nullptr;
}

/// Checks what the annotation demands.
bool Checker::checkAnnotation(const LibCallExpr *expr,
                              llvm::ArrayRef<Expr *> arguments) {
  if (expr->isInit() && expr != statementCall) {
    error(expr->annotationRange, "'@init' applies to a call that is a "
                                 "statement of its own");
    return false;
  }
  if (!expr->isStatic())
    return true;
  if (place == Place::Function) {
    error(expr->annotationRange, "a function cannot make static library calls: "
                                 "they are made per match site");
    return false;
  }
  for (const Expr *argument : arguments) {
    const Expr *dynamic = findDynamic(argument);
    if (!dynamic)
      continue;
    error(dynamic->getRange(), "dynamic data in a static library call: this is "
                               "not known before the program runs")
        .note(expr->annotationRange, "the call is static because of this");
    return false;
  }
  return true;
}

Expr *Checker::checkLibraryCall(const LibCallExpr *expr,
                                const Library *library) {
  const CallExpr *call = expr->call;
  const LibraryFunction *callee = findLibraryFunction(expr, library);
  std::string name = (expr->receiver + "." + call->callee).str();
  if (!callee || !checkArgumentCount(call, name, callee->params.size()))
    return nullptr;
  llvm::SmallVector<Expr *> args;
  {
    // What stands within the call is no statement.
    llvm::SaveAndRestore<const Expr *> inArguments(statementCall, nullptr);
    if (!checkArguments(call, name, callee->params, args))
      return nullptr;
  }
  if (!checkAnnotation(expr, args))
    return nullptr;
  if (expr != statementCall && !countValues(callee->result)) {
    error(expr->getRange(), "'" + name + "' has no result");
    return nullptr;
  }
  auto *inner = context.create<CallExpr>(
      call->getRange(), call->callee, call->calleeRange,
      context.copy(llvm::ArrayRef<Expr *>(args)));
  inner->type = callee->result;
  auto *node = context.create<LibCallExpr>(
      expr->getRange(), expr->annotation, expr->annotationRange, expr->receiver,
      expr->receiverRange, inner);
  node->library = library;
  node->function = callee;
  node->type = callee->result;
  return node;
}

//===----------------------------------------------------------------------===//
// Methods of strings
//===----------------------------------------------------------------------===//

void Checker::reportUnknownReceiver(const LibCallExpr *expr) {
  if (libraryTable.lookup(expr->receiver)) {
    error(expr->receiverRange,
          "library '" + expr->receiver + "' is not in use; write 'use " +
              expr->receiver + ";' in front of the first probe");
    return;
  }
  llvm::SmallVector<llvm::StringRef> names;
  for (const Library *library : result->libraries)
    names.push_back(library->name);
  reportUnknownName(expr->receiverRange,
                    "unknown library or variable '" + expr->receiver +
                        "'; libraries need a 'use'",
                    expr->receiver, names);
}

Expr *Checker::checkStrMethod(const LibCallExpr *expr) {
  bool isVariable = findVariable(expr->receiver) || findBound(expr->receiver) ||
                    declarations.count(expr->receiver);
  if (!isVariable) {
    reportUnknownReceiver(expr);
    return nullptr;
  }
  if (!expr->annotation.empty()) {
    error(expr->annotationRange,
          "'@" + expr->annotation + "' applies to library calls only");
    return nullptr;
  }
  IdentExpr name(expr->receiverRange, expr->receiver);
  Expr *receiver = resolveName(&name);
  if (!receiver)
    return nullptr;
  if (!receiver->type.isStr()) {
    error(expr->call->calleeRange, "'" + receiver->type.str() +
                                       "' has no methods; '" + expr->receiver +
                                       "' is not a string");
    return nullptr;
  }
  return makeStrMethod(expr, receiver);
}

Expr *Checker::makeStrMethod(const LibCallExpr *expr, Expr *receiver) {
  // In the order of StrMethod.
  static constexpr llvm::StringRef names[] = {"len", "starts_with", "ends_with",
                                              "contains", "addr"};
  const CallExpr *call = expr->call;
  const auto *found = llvm::find(names, call->callee);
  if (found == std::end(names)) {
    reportUnknownName(call->calleeRange,
                      "strings have no method '" + call->callee + "'",
                      call->callee, names);
    return nullptr;
  }
  auto method = static_cast<StrMethod>(found - names);
  bool hasArgument = method != StrMethod::Len && method != StrMethod::Addr;
  if (call->args.size() != hasArgument) {
    error(call->getRange(),
          "'" + call->callee + "' takes " +
              (hasArgument ? "one argument" : "no arguments") + ", not " +
              llvm::Twine(call->args.size()));
    return nullptr;
  }
  Expr *argument = nullptr;
  if (hasArgument &&
      !(argument = checkAs(call->args[0], Type::Kind::Str, "the argument")))
    return nullptr;
  Type type = hasArgument ? Type::Kind::Bool : Type::Kind::U32;
  return context.create<StrMethodExpr>(expr->getRange(), method, receiver,
                                       argument, type);
}
