//===- ImportBoundNames.cpp - Names that events bind ----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

#include "whamm/Wasm/BoundNames.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::frontend;

Value Importer::makeBound(Location loc, StringRef name, IRType type,
                          StringRef alias) {
  return probe::BoundOp::create(builder, loc, type, builder.getStringAttr(name),
                                alias.empty() ? StringAttr()
                                              : builder.getStringAttr(alias));
}

/// The type bound for `name`, if the probe has one.
static IRType lookupBound(probe::ProbeOp probe, StringRef name) {
  if (auto bounds = probe.getBoundsAttr())
    for (auto bound : bounds.getAsRange<probe::TypeBoundAttr>())
      if (bound.getName() == name)
        return bound.getType();
  return nullptr;
}

/// Reading an operand implies a type bound, so that sites whose operand has
/// another type are passed by.
Value Importer::readMember(Location loc, StringRef name) {
  auto bound = wasm::lookupBoundVar(event, name);
  bool isImm = bound && bound->source == wasm::BoundSource::Imm;
  if (inBody && isImm)
    if (Value value = immediates.lookup(name))
      return value;
  IRType type = lookupBound(current, name);
  if (!type) {
    ScriptType known =
        bound ? getTypeOf(bound->type) : ScriptType(ScriptType::Kind::U32);
    type = known.isError() ? getU32() : getType(known);
    if (!isImm)
      addBound(name, type);
  }
  if (inBody && facts.assigned.contains(name))
    return probe::BoundGetOp::create(builder, loc, type, name);
  return makeBound(loc, name, type);
}

/// addr + offset, modulo 2^32.
Value Importer::importEffectiveAddr(Location loc) {
  auto addr = wasm::lookupBoundVar(event, "addr");
  Value base = importAlias(loc, "addr", *addr, getU32());
  Value offset = makeBound(loc, "offset", getInt(64, false));
  Value low = probe::CastOp::create(builder, loc, getU32(), offset);
  return probe::AddOp::create(builder, loc, base, low);
}

/// The index that br_table takes: the operand, or the default's.
Value Importer::importTarget(Location loc) {
  Value index = makeCast(loc, readMember(loc, "arg0"), getU32());
  Value count = makeBound(loc, "num_targets", getU32());
  Value inside = probe::CmpOp::create(builder, loc, getBool(),
                                      probe::CmpPredicate::lt, index, count);
  return probe::SelectOp::create(builder, loc, inside, index, count);
}

/// res0 == -1.
Value Importer::importFailed(Location loc) {
  IRType type = getInt(32, true);
  Value result = makeCast(loc, readMember(loc, "res0"), type);
  Value minusOne = makeConstant(loc, IntegerAttr::get(type, -1));
  return probe::CmpOp::create(builder, loc, getBool(), probe::CmpPredicate::eq,
                              result, minusOne);
}

/// The table that the instruction reads.
Value Importer::importTable(Location loc) {
  bool isGet = wasm::getEvents()[event].opcode == wasm::Opcode::TableGet;
  return readMember(loc, isGet ? "imm0" : "imm1");
}

Value Importer::importResolvedFid(Location loc) {
  IRType type = getInt(32, true);
  Value table = importTable(loc);
  Value slot = makeCast(loc, readMember(loc, "arg0"), type);
  return probe::ResolveFuncrefOp::create(builder, loc, type, table, slot);
}

/// A member of a family under its own name or under another.
Value Importer::importAlias(Location loc, StringRef name,
                            const wasm::BoundVar &bound, IRType type) {
  std::string member = wasm::getMemberName(bound.source, bound.index);
  if (inBody && bound.source == wasm::BoundSource::Imm)
    if (Value value = immediates.lookup(member))
      return makeCast(loc, value, type);
  if (inBody && facts.assigned.contains(member))
    return makeCast(loc,
                    name == member
                        ? probe::BoundGetOp::create(builder, loc, type, name)
                        : readMember(loc, member),
                    type);
  return makeBound(loc, name, type, name == member ? "" : member);
}

Value Importer::importBound(const IdentExpr *expr) {
  Location loc = getLoc(expr);
  IRType type = getType(expr->type);
  switch (expr->bound->source) {
  case wasm::BoundSource::EffectiveAddr:
    return importEffectiveAddr(loc);
  case wasm::BoundSource::Target:
    return importTarget(loc);
  case wasm::BoundSource::Failed:
    return importFailed(loc);
  case wasm::BoundSource::ResolvedFid:
    if (expr->bound->lifetime == wasm::Lifetime::Dynamic)
      return importResolvedFid(loc);
    return makeBound(loc, expr->name, type);
  case wasm::BoundSource::Arg:
  case wasm::BoundSource::Res:
  case wasm::BoundSource::Local:
  case wasm::BoundSource::Imm:
    return importAlias(loc, expr->name, *expr->bound, type);
  default:
    return makeBound(loc, expr->name, type);
  }
}

/// `targets[k]`.
Value Importer::importTableEntry(const MapGetExpr *expr) {
  Location loc = getLoc(expr);
  Value key = importExpr(expr->key);
  Value table = makeBound(getLoc(expr->map), expr->map->name, getStr());
  return probe::TableEntryOp::create(builder, loc, getU32(), table, key);
}
