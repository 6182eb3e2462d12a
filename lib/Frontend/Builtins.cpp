//===- Builtins.cpp - Functions that come with the language ---------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"

using namespace whamm;
using namespace whamm::frontend;

static std::vector<BuiltinInfo> makeBuiltins() {
  static constexpr Type twoI32[] = {Type::Kind::I32, Type::Kind::I32};
  using P = BuiltinInfo::Param;
  const Type none = Type::Kind::Tuple, u32 = Type::Kind::U32,
             i32 = Type::Kind::I32, str = Type::Kind::Str,
             boolean = Type::Kind::Bool, funcref = Type::Kind::FuncRef,
             place = Type(Type::Kind::Tuple, twoI32);
  const P memory = {u32, /*isConst=*/true};
  using B = Builtin;
  return {
      {"strcmp", B::StrCmp, {{place}, {str}}, boolean, false},
      {"strcontains", B::StrContains, {{place}, {str}}, boolean, false},
      {"read_str", B::ReadStr, {memory, {i32}, {u32}}, str, false},
      {"write_str", B::WriteStr, {memory, {i32}, {str}}, none, false},
      {"memcpy", B::MemCpy, {memory, {u32}, memory, {u32}, {u32}}, none, false},
      {"active_data_start", B::ActiveDataStart, {memory}, u32, false},
      {"active_data_len", B::ActiveDataLen, {memory}, u32, false},
      {"page_size", B::PageSize, {memory}, u32, false},
      {"mem_size", B::MemSize, {memory}, u32, false},
      {"drop_args", B::DropArgs, {}, none, true},
      {"alt_call_by_id", B::AltCallById, {{i32, true}}, none, true},
      {"alt_call_by_name", B::AltCallByName, {{str, true}}, none, true},
      {"dup_at", B::DupAt, {memory, {u32}}, none, true},
      {"resolve_funcref", B::ResolveFuncref, {{funcref}, {i32}}, i32, true},
  };
}

static llvm::ArrayRef<BuiltinInfo> getBuiltins() {
  static const std::vector<BuiltinInfo> all = makeBuiltins();
  return all;
}

const BuiltinInfo *frontend::findBuiltin(llvm::StringRef name) {
  for (const BuiltinInfo &info : getBuiltins())
    if (info.name == name)
      return &info;
  return nullptr;
}

llvm::ArrayRef<llvm::StringRef> frontend::getBuiltinNames() {
  static const std::vector<llvm::StringRef> names = [] {
    std::vector<llvm::StringRef> all = {"memid"};
    for (const BuiltinInfo &info : getBuiltins())
      all.push_back(info.name);
    return all;
  }();
  return names;
}

//===----------------------------------------------------------------------===//
// What is known before the program runs
//===----------------------------------------------------------------------===//

static const Expr *findDynamicIn(llvm::ArrayRef<Expr *> exprs) {
  for (const Expr *expr : exprs)
    if (const Expr *dynamic = findDynamic(expr))
      return dynamic;
  return nullptr;
}

static const Expr *findDynamicInCall(const CallExpr *call) {
  if (!call->builtin)
    return call;
  switch (*call->builtin) {
  case Builtin::MemId:
  case Builtin::ActiveDataStart:
  case Builtin::ActiveDataLen:
  case Builtin::PageSize:
    return findDynamicIn(call->args);
  default:
    return call;
  }
}

static const Expr *findDynamicInMethod(const StrMethodExpr *expr) {
  if (expr->method == StrMethod::Addr)
    return expr;
  const Expr *dynamic = findDynamic(expr->receiver);
  return dynamic || !expr->argument ? dynamic : findDynamic(expr->argument);
}

const Expr *frontend::findDynamic(const Expr *expr) {
  switch (expr->getKind()) {
  case Expr::Kind::BoolLit:
  case Expr::Kind::IntLit:
  case Expr::Kind::FloatLit:
  case Expr::Kind::StringLit:
    return nullptr;
  case Expr::Kind::Ident: {
    const wasm::BoundVar *bound = llvm::cast<IdentExpr>(expr)->bound;
    bool isStatic = bound && bound->lifetime == wasm::Lifetime::Static;
    return isStatic ? nullptr : expr;
  }
  case Expr::Kind::Unary:
    return findDynamic(llvm::cast<UnaryExpr>(expr)->operand);
  case Expr::Kind::Binary: {
    auto *e = llvm::cast<BinaryExpr>(expr);
    return findDynamicIn({e->lhs, e->rhs});
  }
  case Expr::Kind::Ternary: {
    auto *e = llvm::cast<TernaryExpr>(expr);
    return findDynamicIn({e->cond, e->thenExpr, e->elseExpr});
  }
  case Expr::Kind::Cast:
    return findDynamic(llvm::cast<CastExpr>(expr)->operand);
  case Expr::Kind::Call:
    return findDynamicInCall(llvm::cast<CallExpr>(expr));
  case Expr::Kind::LibCall:
    return llvm::cast<LibCallExpr>(expr)->isStatic() ? nullptr : expr;
  case Expr::Kind::StrMethod:
    return findDynamicInMethod(llvm::cast<StrMethodExpr>(expr));
  case Expr::Kind::MapGet: {
    auto *e = llvm::cast<MapGetExpr>(expr);
    const Expr *dynamic = findDynamic(e->map);
    return dynamic ? dynamic : findDynamic(e->key);
  }
  case Expr::Kind::TupleGet:
    return expr;
  case Expr::Kind::Tuple:
    return findDynamicIn(llvm::cast<TupleExpr>(expr)->elements);
  }
  return expr;
}
