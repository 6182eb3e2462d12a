//===- ImportExpr.cpp - Expressions ---------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::frontend;

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

Value Importer::makeConstant(Location loc, TypedAttr value) {
  return probe::ConstantOp::create(builder, loc, value.getType(), value);
}

Value Importer::makeCast(Location loc, Value value, IRType type) {
  if (value.getType() == type)
    return value;
  return probe::CastOp::create(builder, loc, type, value);
}

Value Importer::makeTuple(Location loc, ArrayRef<Value> elements) {
  auto type = TupleType::get(builder.getContext(), TypeRange(elements));
  return probe::TupleMakeOp::create(builder, loc, type, elements);
}

Value Importer::makeElement(Location loc, Value tuple, unsigned index) {
  IRType type = cast<TupleType>(tuple.getType()).getType(index);
  return probe::TupleGetOp::create(builder, loc, type, tuple, index);
}

Value Importer::makeDefault(Location loc, IRType type) {
  if (auto tuple = dyn_cast<TupleType>(type)) {
    SmallVector<Value> elements;
    for (IRType element : tuple.getTypes())
      elements.push_back(makeDefault(loc, element));
    return makeTuple(loc, elements);
  }
  if (isa<probe::StrType>(type))
    return makeConstant(loc, StringAttr::get("", type));
  if (isa<probe::MapType>(type))
    return probe::MapNewOp::create(builder, loc, type);
  if (isa<probe::FuncRefType>(type))
    return nullptr;
  return makeConstant(loc, builder.getZeroAttr(type));
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

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

Value Importer::importInt(const IntLitExpr *expr) {
  IRType type = getType(expr->type);
  APInt bits(type.getIntOrFloatBitWidth(), expr->getBits(), false,
             /*implicitTrunc=*/true);
  return makeConstant(getLoc(expr), IntegerAttr::get(type, bits));
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

/// Tuples are equal where their elements are; none has effects, so all are
/// compared.
Value Importer::makeEqual(Location loc, Value lhs, Value rhs) {
  IRType type = lhs.getType();
  if (isa<probe::StrType>(type))
    return probe::StrEqOp::create(builder, loc, getBool(), lhs, rhs);
  auto tuple = dyn_cast<TupleType>(type);
  if (!tuple)
    return probe::CmpOp::create(builder, loc, getBool(),
                                probe::CmpPredicate::eq, lhs, rhs);
  Value result;
  for (unsigned i = 0; i < tuple.size(); ++i) {
    Value left = makeElement(loc, lhs, i), right = makeElement(loc, rhs, i);
    Value equal = makeEqual(loc, left, right);
    result =
        result
            ? predicate::AndOp::create(builder, loc, result, equal).getResult()
            : equal;
  }
  return result ? result : makeConstant(loc, builder.getBoolAttr(true));
}

Value Importer::importComparison(const BinaryExpr *expr) {
  Location loc = getLoc(expr->opRange.Start);
  Value lhs = importExpr(expr->lhs), rhs = importExpr(expr->rhs);
  if (isa<probe::StrType, TupleType>(lhs.getType())) {
    Value equal = makeEqual(loc, lhs, rhs);
    if (expr->op == BinaryOp::Eq)
      return equal;
    return predicate::NotOp::create(builder, loc, equal);
  }
  auto predicate = static_cast<probe::CmpPredicate>(
      static_cast<unsigned>(expr->op) - static_cast<unsigned>(BinaryOp::Eq));
  return probe::CmpOp::create(builder, loc, getBool(), predicate, lhs, rhs);
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

Value Importer::importTernary(const TernaryExpr *expr) {
  Location loc = getLoc(expr);
  Value condition = importExpr(expr->cond);
  if (!mustWait(expr->thenExpr) && !mustWait(expr->elseExpr)) {
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
  Value argument = expr->argument ? importExpr(expr->argument) : Value();
  switch (expr->method) {
  case StrMethod::Len:
    return probe::StrLenOp::create(builder, loc, getU32(), receiver);
  case StrMethod::Addr:
    return probe::StrAddrOp::create(builder, loc, getU32(), receiver);
  case StrMethod::StartsWith:
    return probe::StrStartsWithOp::create(builder, loc, getBool(), receiver,
                                          argument);
  case StrMethod::EndsWith:
    return probe::StrEndsWithOp::create(builder, loc, getBool(), receiver,
                                        argument);
  case StrMethod::Contains:
    return probe::StrContainsOp::create(builder, loc, getBool(), receiver,
                                        argument);
  }
  llvm_unreachable("unknown method");
}

Value Importer::importMapGet(const MapGetExpr *expr) {
  if (expr->map->bound)
    return importTableEntry(expr);
  Value map = importIdent(expr->map);
  Value key = importExpr(expr->key);
  return probe::MapGetOp::create(builder, getLoc(expr), getType(expr->type),
                                 map, key);
}

Value Importer::importTupleGet(const TupleGetExpr *expr) {
  Value value = importIdent(expr->tuple);
  for (unsigned index : expr->path)
    value = makeElement(getLoc(expr), value, index);
  return value;
}

Value Importer::importTuple(const TupleExpr *expr) {
  SmallVector<Value> elements;
  for (const Expr *element : expr->elements)
    elements.push_back(importExpr(element));
  return makeTuple(getLoc(expr), elements);
}

Value Importer::importExpr(const Expr *expr) {
  Location loc = getLoc(expr);
  switch (expr->getKind()) {
  case Expr::Kind::BoolLit:
    return makeConstant(loc,
                        builder.getBoolAttr(cast<BoolLitExpr>(expr)->value));
  case Expr::Kind::IntLit:
    return importInt(cast<IntLitExpr>(expr));
  case Expr::Kind::FloatLit:
    return makeConstant(loc, FloatAttr::get(getType(expr->type),
                                            cast<FloatLitExpr>(expr)->value));
  case Expr::Kind::StringLit:
    return makeConstant(
        loc, StringAttr::get(cast<StringLitExpr>(expr)->value, getStr()));
  case Expr::Kind::Ident:
    return importIdent(cast<IdentExpr>(expr));
  case Expr::Kind::Unary:
    return importUnary(cast<UnaryExpr>(expr));
  case Expr::Kind::Binary:
    return importBinary(cast<BinaryExpr>(expr));
  case Expr::Kind::Ternary:
    return importTernary(cast<TernaryExpr>(expr));
  case Expr::Kind::Cast:
    return makeCast(loc, importExpr(cast<CastExpr>(expr)->operand),
                    getType(expr->type));
  case Expr::Kind::StrMethod:
    return importStrMethod(cast<StrMethodExpr>(expr));
  case Expr::Kind::MapGet:
    return importMapGet(cast<MapGetExpr>(expr));
  case Expr::Kind::TupleGet:
    return importTupleGet(cast<TupleGetExpr>(expr));
  case Expr::Kind::Tuple:
    return importTuple(cast<TupleExpr>(expr));
  case Expr::Kind::Call:
  case Expr::Kind::LibCall: {
    auto *call = dyn_cast<CallExpr>(expr);
    Value value =
        call ? importCall(call) : importLibCall(cast<LibCallExpr>(expr));
    return value ? value : makeTuple(loc, {});
  }
  }
  llvm_unreachable("unknown expression");
}
