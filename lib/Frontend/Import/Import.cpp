//===- Import.cpp - From the checked tree to the probe dialect --*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Import.h"

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Wasm/BoundNames.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::frontend;

// The language's types are called as MLIR's are.
using ScriptType = whamm::frontend::Type;
using IRType = mlir::Type;

namespace {

class Importer {
public:
  Importer(const CheckedScript &script, const llvm::SourceMgr &sources,
           MLIRContext &context)
      : script(script), sources(sources), builder(&context) {}

  void run(unsigned index, ModuleOp into);

private:
  void importProbe(const CheckedProbe &checked);
  void importSiteVars(const CheckedProbe &checked);
  ArrayAttr importBounds(const CheckedProbe &checked);
  void importPredicate(probe::ProbeOp op, const CheckedProbe &checked);

  void importBody(ArrayRef<Stmt *> body);
  void importStmt(const Stmt *stmt);
  void importAssign(const AssignStmt *stmt);
  void importIf(const IfStmt *stmt);

  Value importExpr(const Expr *expr);
  Value importIdent(const IdentExpr *expr);
  Value importBound(const IdentExpr *expr);
  Value importEffectiveAddr(Location loc);
  Value importTarget(Location loc);
  Value importFailed(Location loc);
  Value importUnary(const UnaryExpr *expr);
  Value importBinary(const BinaryExpr *expr);
  Value importArithmetic(const BinaryExpr *expr);
  Value importComparison(const BinaryExpr *expr);
  Value importLogical(const BinaryExpr *expr);
  Value importTernary(const TernaryExpr *expr);
  Value importStrMethod(const StrMethodExpr *expr);
  Value makeConstant(Location loc, TypedAttr value);
  Value makeBound(Location loc, StringRef name, IRType type,
                  StringRef alias = "");

  Location getLoc(SMLoc loc);
  Location getLoc(const Expr *expr) { return getLoc(expr->getLoc()); }
  IRType getType(ScriptType type);
  IRType getInt(unsigned width, bool isSigned) {
    return IntegerType::get(builder.getContext(), width,
                            isSigned ? IntegerType::Signed
                                     : IntegerType::Unsigned);
  }
  IRType getU32() { return getInt(32, false); }

  const CheckedScript &script;
  const llvm::SourceMgr &sources;
  OpBuilder builder;
  const CheckedProbe *current = nullptr;
  DenseMap<const Variable *, Value> refs;
};

} // namespace

Location Importer::getLoc(SMLoc loc) {
  MLIRContext *context = builder.getContext();
  unsigned buffer = loc.isValid() ? sources.FindBufferContainingLoc(loc) : 0;
  if (!buffer)
    return UnknownLoc::get(context);
  auto [line, column] = sources.getLineAndColumn(loc, buffer);
  return FileLineColLoc::get(
      context, sources.getMemoryBuffer(buffer)->getBufferIdentifier(), line,
      column);
}

IRType Importer::getType(ScriptType type) {
  if (type.isBool())
    return builder.getI1Type();
  if (type.isStr())
    return probe::StrType::get(builder.getContext());
  if (type.isFloat())
    return type.getBitWidth() == 32 ? IRType(builder.getF32Type())
                                    : IRType(builder.getF64Type());
  return getInt(type.getBitWidth(), type.isSignedInteger());
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

Value Importer::makeConstant(Location loc, TypedAttr value) {
  return probe::ConstantOp::create(builder, loc, value.getType(), value);
}

Value Importer::makeBound(Location loc, StringRef name, IRType type,
                          StringRef alias) {
  return probe::BoundOp::create(builder, loc, type, builder.getStringAttr(name),
                                alias.empty() ? StringAttr()
                                              : builder.getStringAttr(alias));
}

/// addr + offset, modulo 2^32.
Value Importer::importEffectiveAddr(Location loc) {
  auto addr = wasm::lookupBoundVar(current->matches.front().event, "addr");
  std::string alias = wasm::getMemberName(addr->source, addr->index);
  Value base = makeBound(loc, "addr", getU32(), alias);
  Value offset = makeBound(loc, "offset", getInt(64, false));
  Value low = probe::CastOp::create(builder, loc, getU32(), offset);
  return probe::AddOp::create(builder, loc, base, low);
}

/// The index that br_table takes: the operand, or the default's.
Value Importer::importTarget(Location loc) {
  Value index = makeBound(loc, "arg0", getU32());
  Value count = makeBound(loc, "num_targets", getU32());
  Value inside = probe::CmpOp::create(builder, loc, builder.getI1Type(),
                                      probe::CmpPredicate::lt, index, count);
  return probe::SelectOp::create(builder, loc, inside, index, count);
}

/// res0 == -1.
Value Importer::importFailed(Location loc) {
  IRType type = getInt(32, true);
  Value result = makeBound(loc, "res0", type);
  Value minusOne = makeConstant(loc, IntegerAttr::get(type, -1));
  return probe::CmpOp::create(builder, loc, builder.getI1Type(),
                              probe::CmpPredicate::eq, result, minusOne);
}

Value Importer::importBound(const IdentExpr *expr) {
  Location loc = getLoc(expr);
  const wasm::BoundVar &bound = *expr->bound;
  std::string alias;
  switch (bound.source) {
  case wasm::BoundSource::EffectiveAddr:
    return importEffectiveAddr(loc);
  case wasm::BoundSource::Target:
    return importTarget(loc);
  case wasm::BoundSource::Failed:
    return importFailed(loc);
  case wasm::BoundSource::Arg:
  case wasm::BoundSource::Imm:
    alias = wasm::getMemberName(bound.source, bound.index);
    break;
  default:
    break;
  }
  if (alias == expr->name)
    alias.clear();
  return makeBound(loc, expr->name, getType(expr->type), alias);
}

Value Importer::importIdent(const IdentExpr *expr) {
  if (expr->bound)
    return importBound(expr);
  Location loc = getLoc(expr);
  if (expr->var->storage == Variable::Storage::Global)
    return probe::GlobalGetOp::create(builder, loc, getType(expr->type),
                                      expr->var->name);
  Value ref = refs.lookup(expr->var);
  return probe::GetOp::create(builder, loc, getType(expr->type), ref);
}

Value Importer::importUnary(const UnaryExpr *expr) {
  Value operand = importExpr(expr->operand);
  Location loc = getLoc(expr);
  if (expr->op == UnaryExpr::Op::Not)
    return predicate::NotOp::create(builder, loc, operand);
  return probe::NotOp::create(builder, loc, operand);
}

Value Importer::importLogical(const BinaryExpr *expr) {
  Location loc = getLoc(expr->opRange.Start);
  Value lhs = importExpr(expr->lhs);
  Region *region;
  Value result;
  if (expr->op == BinaryOp::LogicalAnd) {
    auto op =
        predicate::AndThenOp::create(builder, loc, builder.getI1Type(), lhs);
    region = &op.getRhs();
    result = op.getResult();
  } else {
    auto op =
        predicate::OrElseOp::create(builder, loc, builder.getI1Type(), lhs);
    region = &op.getRhs();
    result = op.getResult();
  }
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&region->emplaceBlock());
  predicate::YieldOp::create(builder, loc, importExpr(expr->rhs));
  return result;
}

Value Importer::importComparison(const BinaryExpr *expr) {
  Location loc = getLoc(expr->opRange.Start);
  Value lhs = importExpr(expr->lhs), rhs = importExpr(expr->rhs);
  if (expr->lhs->type.isStr()) {
    Value equal =
        probe::StrEqOp::create(builder, loc, builder.getI1Type(), lhs, rhs);
    if (expr->op == BinaryOp::Eq)
      return equal;
    return predicate::NotOp::create(builder, loc, equal);
  }
  auto predicate = static_cast<probe::CmpPredicate>(
      static_cast<unsigned>(expr->op) - static_cast<unsigned>(BinaryOp::Eq));
  return probe::CmpOp::create(builder, loc, builder.getI1Type(), predicate, lhs,
                              rhs);
}

Value Importer::importArithmetic(const BinaryExpr *expr) {
  Location loc = getLoc(expr->opRange.Start);
  Value lhs = importExpr(expr->lhs), rhs = importExpr(expr->rhs);
  switch (expr->op) {
  case BinaryOp::Add:
    return probe::AddOp::create(builder, loc, lhs, rhs);
  case BinaryOp::Sub:
    return probe::SubOp::create(builder, loc, lhs, rhs);
  case BinaryOp::Mul:
    return probe::MulOp::create(builder, loc, lhs, rhs);
  case BinaryOp::Div:
    return probe::DivOp::create(builder, loc, lhs, rhs);
  case BinaryOp::Rem:
    return probe::RemOp::create(builder, loc, lhs, rhs);
  case BinaryOp::Shl:
    return probe::ShlOp::create(builder, loc, lhs, rhs);
  case BinaryOp::Shr:
    return probe::ShrOp::create(builder, loc, lhs, rhs);
  case BinaryOp::BitAnd:
    return probe::AndOp::create(builder, loc, lhs, rhs);
  case BinaryOp::BitOr:
    return probe::OrOp::create(builder, loc, lhs, rhs);
  default:
    return probe::XorOp::create(builder, loc, lhs, rhs);
  }
}

Value Importer::importBinary(const BinaryExpr *expr) {
  if (isLogical(expr->op))
    return importLogical(expr);
  return isComparison(expr->op) ? importComparison(expr)
                                : importArithmetic(expr);
}

/// True where evaluating the expression can trap: it must wait its turn.
static bool mayTrap(const Expr *expr) {
  if (auto *unary = dyn_cast<UnaryExpr>(expr))
    return mayTrap(unary->operand);
  if (auto *cast = dyn_cast<CastExpr>(expr))
    return mayTrap(cast->operand) ||
           (cast->operand->type.isFloat() && cast->type.isInteger());
  if (auto *ternary = dyn_cast<TernaryExpr>(expr))
    return mayTrap(ternary->cond) || mayTrap(ternary->thenExpr) ||
           mayTrap(ternary->elseExpr);
  auto *binary = dyn_cast<BinaryExpr>(expr);
  if (!binary)
    return false;
  bool isDivision =
      (binary->op == BinaryOp::Div || binary->op == BinaryOp::Rem) &&
      binary->type.isInteger();
  return isDivision || mayTrap(binary->lhs) || mayTrap(binary->rhs);
}

Value Importer::importTernary(const TernaryExpr *expr) {
  Location loc = getLoc(expr);
  Value condition = importExpr(expr->cond);
  if (!mayTrap(expr->thenExpr) && !mayTrap(expr->elseExpr)) {
    Value onTrue = importExpr(expr->thenExpr);
    Value onFalse = importExpr(expr->elseExpr);
    return probe::SelectOp::create(builder, loc, condition, onTrue, onFalse);
  }
  auto ifOp = scf::IfOp::create(builder, loc, TypeRange{getType(expr->type)},
                                condition, /*withElseRegion=*/true);
  for (auto [block, branch] : {std::pair(ifOp.thenBlock(), expr->thenExpr),
                               std::pair(ifOp.elseBlock(), expr->elseExpr)}) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(block);
    scf::YieldOp::create(builder, loc, importExpr(branch));
  }
  return ifOp.getResult(0);
}

Value Importer::importStrMethod(const StrMethodExpr *expr) {
  Location loc = getLoc(expr);
  Value receiver = importExpr(expr->receiver);
  if (expr->method == StrMethod::Len)
    return probe::StrLenOp::create(builder, loc, getU32(), receiver);
  Value argument = importExpr(expr->argument);
  IRType type = builder.getI1Type();
  if (expr->method == StrMethod::StartsWith)
    return probe::StrStartsWithOp::create(builder, loc, type, receiver,
                                          argument);
  if (expr->method == StrMethod::EndsWith)
    return probe::StrEndsWithOp::create(builder, loc, type, receiver, argument);
  return probe::StrContainsOp::create(builder, loc, type, receiver, argument);
}

Value Importer::importExpr(const Expr *expr) {
  Location loc = getLoc(expr);
  switch (expr->getKind()) {
  case Expr::Kind::BoolLit:
    return makeConstant(loc,
                        builder.getBoolAttr(cast<BoolLitExpr>(expr)->value));
  case Expr::Kind::IntLit: {
    IRType type = getType(expr->type);
    APInt bits(type.getIntOrFloatBitWidth(), cast<IntLitExpr>(expr)->getBits(),
               false, /*implicitTrunc=*/true);
    return makeConstant(loc, IntegerAttr::get(type, bits));
  }
  case Expr::Kind::FloatLit:
    return makeConstant(loc, FloatAttr::get(getType(expr->type),
                                            cast<FloatLitExpr>(expr)->value));
  case Expr::Kind::StringLit:
    return makeConstant(loc, StringAttr::get(cast<StringLitExpr>(expr)->value,
                                             getType(expr->type)));
  case Expr::Kind::Ident:
    return importIdent(cast<IdentExpr>(expr));
  case Expr::Kind::Unary:
    return importUnary(cast<UnaryExpr>(expr));
  case Expr::Kind::Binary:
    return importBinary(cast<BinaryExpr>(expr));
  case Expr::Kind::Ternary:
    return importTernary(cast<TernaryExpr>(expr));
  case Expr::Kind::Cast: {
    Value operand = importExpr(cast<CastExpr>(expr)->operand);
    return probe::CastOp::create(builder, loc, getType(expr->type), operand);
  }
  case Expr::Kind::StrMethod:
    return importStrMethod(cast<StrMethodExpr>(expr));
  default:
    llvm_unreachable("the checker leaves no such expression");
  }
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void Importer::importAssign(const AssignStmt *stmt) {
  Value value = importExpr(stmt->value);
  const Variable *var = cast<IdentExpr>(stmt->target)->var;
  Location loc = getLoc(stmt->getLoc());
  if (var->storage == Variable::Storage::Global)
    probe::GlobalSetOp::create(builder, loc, var->name, value);
  else
    probe::SetOp::create(builder, loc, refs.lookup(var), value);
}

void Importer::importIf(const IfStmt *stmt) {
  Location loc = getLoc(stmt->getLoc());
  Value condition = importExpr(stmt->cond);
  bool hasElse = !stmt->elseBody.empty();
  auto op = scf::IfOp::create(builder, loc, condition, hasElse);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(op.thenBlock());
  importBody(stmt->thenBody);
  if (!hasElse)
    return;
  builder.setInsertionPointToStart(op.elseBlock());
  importBody(stmt->elseBody);
}

void Importer::importStmt(const Stmt *stmt) {
  if (auto *assign = dyn_cast<AssignStmt>(stmt))
    return importAssign(assign);
  if (auto *ifStmt = dyn_cast<IfStmt>(stmt))
    return importIf(ifStmt);
  probe::ExitOp::create(builder, getLoc(cast<ReturnStmt>(stmt)->getLoc()));
}

/// Statements behind a `return` are never reached and leave no trace.
void Importer::importBody(ArrayRef<Stmt *> body) {
  for (const Stmt *stmt : body) {
    importStmt(stmt);
    if (isa<ReturnStmt>(stmt))
      return;
  }
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

ArrayAttr Importer::importBounds(const CheckedProbe &checked) {
  SmallVector<Attribute> bounds;
  for (const CheckedBound &bound : checked.bounds)
    bounds.push_back(probe::TypeBoundAttr::get(builder.getContext(), bound.name,
                                               getType(bound.type)));
  return bounds.empty() ? ArrayAttr() : builder.getArrayAttr(bounds);
}

void Importer::importSiteVars(const CheckedProbe &checked) {
  auto declare = [&](const Variable *var, probe::Storage storage) {
    auto op = probe::VarOp::create(builder, getLoc(var->range.Start),
                                   probe::RefType::get(getType(var->type)),
                                   var->name, storage);
    refs[var] = op.getResult();
    if (!var->init)
      return;
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&op.getInit().emplaceBlock());
    probe::YieldOp::create(builder, getLoc(var->init), importExpr(var->init));
  };
  for (const Variable *var : checked.siteVars)
    declare(var,
            var->isReport ? probe::Storage::Report : probe::Storage::Unshared);
  for (const Variable *var : checked.locals)
    declare(var, probe::Storage::Local);
}

void Importer::importPredicate(probe::ProbeOp op, const CheckedProbe &checked) {
  if (!checked.predicate)
    return;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getPredicate().emplaceBlock());
  Value value = importExpr(checked.predicate);
  predicate::YieldOp::create(builder, getLoc(checked.predicate), value);
}

void Importer::importProbe(const CheckedProbe &checked) {
  current = &checked;
  refs.clear();
  auto op = probe::ProbeOp::create(
      builder, getLoc(checked.range.Start), llvm::join(checked.rule, ":"),
      checked.sourceIndex, importBounds(checked), ArrayAttr());
  importPredicate(op, checked);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  importSiteVars(checked);
  importBody(checked.body);
}

void Importer::run(unsigned index, ModuleOp into) {
  builder.setInsertionPointToEnd(into.getBody());
  auto op = probe::ScriptOp::create(builder, builder.getUnknownLoc(),
                                    ("script" + Twine(index)).str(), index);
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  for (const Variable *var : script.globals)
    probe::GlobalOp::create(builder, getLoc(var->range.Start), var->name,
                            getType(var->type), var->isReport);
  if (!script.initStatements.empty()) {
    auto init = probe::InitOp::create(builder, builder.getUnknownLoc());
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&init.getBody().emplaceBlock());
    importBody(script.initStatements);
  }
  for (const CheckedProbe &checked : script.probes)
    importProbe(checked);
}

void frontend::loadImportDialects(MLIRContext &context) {
  context.loadDialect<probe::ProbeDialect, predicate::PredicateDialect,
                      scf::SCFDialect>();
}

OwningOpRef<ModuleOp> frontend::importScript(const CheckedScript &script,
                                             const llvm::SourceMgr &sources,
                                             MLIRContext &context,
                                             unsigned index) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  importScript(script, sources, index, *module);
  return module;
}

void frontend::importScript(const CheckedScript &script,
                            const llvm::SourceMgr &sources, unsigned index,
                            ModuleOp into) {
  Importer(script, sources, *into.getContext()).run(index, into);
}
