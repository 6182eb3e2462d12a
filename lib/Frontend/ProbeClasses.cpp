//===- ProbeClasses.cpp - Classes and order of matches --------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Rules.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace whamm;
using namespace whamm::frontend;

bool frontend::isBoundName(llvm::StringRef name) {
  static const llvm::StringSet<> names = [] {
    llvm::StringSet<> all;
    for (const wasm::EventInfo &event : wasm::getEvents()) {
      for (const wasm::BoundVar &var : event.boundVars)
        all.insert(var.name);
      for (const wasm::BoundVar &var : wasm::getPackageBoundVars(event.package))
        all.insert(var.name);
    }
    return all;
  }();
  return names.contains(name) || getFamilyMember(name);
}

//===----------------------------------------------------------------------===//
// Names that a probe uses
//===----------------------------------------------------------------------===//

namespace {
/// Collects the bound names that occur in a probe, used or declared.
class NameCollector {
public:
  void visit(const Expr *expr);
  void visit(llvm::ArrayRef<Stmt *> stmts);

  llvm::SmallVector<llvm::StringRef> names;
  /// There is a `return e`.
  bool returnsValue = false;

private:
  void add(llvm::StringRef name);
  void addCall(const CallExpr *call);
  void visitStmt(const Stmt *stmt);

  llvm::StringSet<> seen;
};
} // namespace

void NameCollector::add(llvm::StringRef name) {
  if (!seen.insert(name).second || !isBoundName(name))
    return;
  names.push_back(name);
  // What these are computed from.
  if (name == "effective_addr")
    add("addr");
  if (name == "target" || name == "target_funcref" || name == "resolved_fid")
    add("arg0");
  if (name == "failed")
    add("res0");
}

void NameCollector::addCall(const CallExpr *call) {
  if (call->callee == "dup_at") {
    add("arg0");
    add("arg1");
  }
}

void NameCollector::visit(const Expr *expr) {
  if (!expr)
    return;
  if (auto *e = llvm::dyn_cast<IdentExpr>(expr))
    add(e->name);
  else if (auto *e = llvm::dyn_cast<CallExpr>(expr))
    addCall(e);
  else if (auto *e = llvm::dyn_cast<LibCallExpr>(expr))
    add(e->receiver); // a string, maybe
  forEachChild(expr, [&](const Expr *child) { visit(child); });
}

void NameCollector::visit(llvm::ArrayRef<Stmt *> stmts) {
  for (const Stmt *stmt : stmts)
    visitStmt(stmt);
}

void NameCollector::visitStmt(const Stmt *stmt) {
  if (auto *s = llvm::dyn_cast<DeclStmt>(stmt)) {
    add(s->name);
    visit(s->init);
  } else if (auto *s = llvm::dyn_cast<AssignStmt>(stmt)) {
    visit(s->target);
    visit(s->value);
  } else if (auto *s = llvm::dyn_cast<IncDecStmt>(stmt)) {
    visit(s->target);
  } else if (auto *s = llvm::dyn_cast<IfStmt>(stmt)) {
    visit(s->cond);
    visit(s->thenBody);
    visit(s->elseBody);
  } else if (auto *s = llvm::dyn_cast<ReturnStmt>(stmt)) {
    visit(s->value);
    returnsValue |= s->value != nullptr;
  } else if (auto *s = llvm::dyn_cast<ExprStmt>(stmt)) {
    visit(s->expr);
  }
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

/// What a name means in an event, as bytes. The bounds of a rule are the same
/// for all its events and need no place here.
static void appendMeaning(wasm::EventId event, llvm::StringRef name,
                          std::string &key) {
  std::optional<wasm::BoundVar> var = wasm::lookupBoundVar(event, name);
  if (!var) {
    key += '\xFF';
    return;
  }
  key += static_cast<char>(var->type);
  key += static_cast<char>(var->lifetime);
  key += static_cast<char>(var->source);
  key += var->literal ? '\1' : '\0';
  key.append(reinterpret_cast<const char *>(&var->index), sizeof(var->index));
}

/// The type of the result, as bytes: a returned literal takes it.
static void appendResult(const ProbeMatch &match, std::string &key) {
  std::optional<Type> type = getResultType(match.event);
  key += type ? static_cast<char>(type->getKind()) : '\xFF';
}

std::vector<std::vector<ProbeMatch>>
frontend::splitIntoClasses(const ProbeDecl &probe,
                           llvm::ArrayRef<ProbeMatch> matches) {
  NameCollector collector;
  collector.visit(probe.predicate);
  collector.visit(probe.body);

  std::vector<std::vector<ProbeMatch>> classes;
  llvm::StringMap<size_t> classOf;
  std::string meaning;
  wasm::EventId lastEvent = -1;
  for (const ProbeMatch &match : matches) {
    if (match.event != lastEvent) {
      meaning.clear();
      for (llvm::StringRef name : collector.names)
        appendMeaning(match.event, name, meaning);
      lastEvent = match.event;
    }
    std::string key = meaning;
    key += static_cast<char>(wasm::getEvents()[match.event].package);
    key += static_cast<char>(match.mode);
    if (collector.returnsValue && match.mode == wasm::Mode::Alt)
      appendResult(match, key);
    auto [it, isNew] = classOf.try_emplace(key, classes.size());
    if (isNew)
      classes.emplace_back();
    classes[it->second].push_back(match);
  }
  return classes;
}
