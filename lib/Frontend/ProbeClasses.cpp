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

private:
  void add(llvm::StringRef name);
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
  if (name == "target")
    add("arg0");
  if (name == "failed")
    add("res0");
}

void NameCollector::visit(const Expr *expr) {
  if (!expr)
    return;
  if (auto *e = llvm::dyn_cast<IdentExpr>(expr)) {
    add(e->name);
  } else if (auto *e = llvm::dyn_cast<UnaryExpr>(expr)) {
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
    for (const Expr *arg : e->args)
      visit(arg);
  } else if (auto *e = llvm::dyn_cast<LibCallExpr>(expr)) {
    add(e->receiver);
    visit(e->call);
  } else if (auto *e = llvm::dyn_cast<MapGetExpr>(expr)) {
    visit(e->map);
    visit(e->key);
  } else if (auto *e = llvm::dyn_cast<TupleGetExpr>(expr)) {
    visit(e->tuple);
  } else if (auto *e = llvm::dyn_cast<TupleExpr>(expr)) {
    for (const Expr *element : e->elements)
      visit(element);
  }
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
    auto [it, isNew] = classOf.try_emplace(key, classes.size());
    if (isNew)
      classes.emplace_back();
    classes[it->second].push_back(match);
  }
  return classes;
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

namespace {
/// First appearances in the script: the smaller, the earlier.
class Appearances {
public:
  explicit Appearances(CheckedScript &script);

  uint32_t getPackage(wasm::EventId event) const {
    return packages.lookup(
        static_cast<unsigned>(wasm::getEvents()[event].package));
  }
  uint32_t getPackageMode(wasm::EventId event, wasm::Mode mode) const {
    return packageModes.lookup(getPackageModeKey(event, mode));
  }
  uint32_t getEvent(wasm::EventId event) const {
    // Of basic blocks, the end of one comes before the start of the next.
    const wasm::EventInfo &info = wasm::getEvents()[event];
    if (info.package == wasm::Package::Block)
      return info.name == "end" ? 0 : 1;
    return events.lookup(event);
  }
  uint32_t getMode(wasm::EventId event, wasm::Mode mode) const {
    return modes.lookup(event * 16u + static_cast<unsigned>(mode));
  }

private:
  static unsigned getPackageModeKey(wasm::EventId event, wasm::Mode mode) {
    return static_cast<unsigned>(wasm::getEvents()[event].package) * 16u +
           static_cast<unsigned>(mode);
  }
  static void note(llvm::DenseMap<unsigned, uint32_t> &map, unsigned key) {
    map.try_emplace(key, map.size());
  }

  llvm::DenseMap<unsigned, uint32_t> packages, packageModes, events, modes;
};

/// A match with what decides its place in the order.
struct OrderKey {
  uint32_t package, event, mode, source, number;
  ProbeMatch *match;

  bool operator<(const OrderKey &o) const {
    return std::tie(package, event, mode, source, number) <
           std::tie(o.package, o.event, o.mode, o.source, o.number);
  }
};
} // namespace

/// All matches by probe number, which is the order of the script.
static std::vector<OrderKey> collectMatches(CheckedScript &script) {
  std::vector<OrderKey> keys;
  for (CheckedProbe &probe : script.probes)
    for (ProbeMatch &match : probe.matches)
      keys.push_back({0, 0, 0, probe.sourceIndex, match.probeNumber, &match});
  llvm::sort(keys, [](const OrderKey &a, const OrderKey &b) {
    return a.number < b.number;
  });
  return keys;
}

Appearances::Appearances(CheckedScript &script) {
  for (const OrderKey &key : collectMatches(script)) {
    auto [event, mode] = std::pair(key.match->event, key.match->mode);
    note(packages, static_cast<unsigned>(wasm::getEvents()[event].package));
    note(packageModes, getPackageModeKey(event, mode));
    note(events, event);
    note(modes, event * 16u + static_cast<unsigned>(mode));
  }
}

void frontend::assignOrder(CheckedScript &script) {
  Appearances appearances(script);
  std::vector<OrderKey> keys = collectMatches(script);
  for (OrderKey &key : keys) {
    key.package = appearances.getPackage(key.match->event);
    key.event = appearances.getEvent(key.match->event);
    key.mode = appearances.getMode(key.match->event, key.match->mode);
  }
  llvm::sort(keys);
  for (const auto &[order, key] : llvm::enumerate(keys))
    key.match->order = order;
  for (CheckedProbe &probe : script.probes) {
    const ProbeMatch &first = probe.matches.front();
    probe.rank = {appearances.getPackage(first.event),
                  appearances.getPackageMode(first.event, first.mode),
                  probe.sourceIndex};
  }
}
