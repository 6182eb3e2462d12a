//===- SiteRows.cpp - Parts of site tables ----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SiteRows.h"

#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace whamm::wasm_inject;

template <typename Attr, typename T>
static Attr pick(MLIRContext *context, ArrayRef<T> column,
                 ArrayRef<uint32_t> rows) {
  SmallVector<T> result;
  if (column.empty())
    return Attr::get(context, column);
  result.reserve(rows.size());
  for (uint32_t row : rows)
    result.push_back(column[row]);
  return Attr::get(context, result);
}

static ArrayAttr pickAll(ArrayAttr list, ArrayRef<uint32_t> rows) {
  SmallVector<Attribute> picked;
  for (auto column : list.getAsRange<DenseI64ArrayAttr>())
    picked.push_back(
        pick<DenseI64ArrayAttr>(list.getContext(), column.asArrayRef(), rows));
  return ArrayAttr::get(list.getContext(), picked);
}

/// The rows of hole columns, one value per row.
static ArrayAttr pickHoles(SitesOp sites, ArrayRef<DenseI64ArrayAttr> columns,
                           ArrayRef<uint32_t> rows) {
  SmallVector<Attribute> picked;
  for (DenseI64ArrayAttr column : columns)
    picked.push_back(pick<DenseI64ArrayAttr, int64_t>(
        sites.getContext(), sites.getValues(column), rows));
  return ArrayAttr::get(sites.getContext(), picked);
}

SitesOp whamm::wasm_inject::cloneRows(
    SitesOp sites, TemplateOp target, ArrayRef<uint32_t> rows,
    std::optional<ArrayRef<DenseI64ArrayAttr>> holes) {
  OpBuilder builder(sites);
  auto copy = cast<SitesOp>(builder.clone(*sites));
  copy.setTemplate_Attr(FlatSymbolRefAttr::get(target));
  SmallVector<DenseI64ArrayAttr> own(
      sites.getHoles().getAsRange<DenseI64ArrayAttr>());
  copy.setHolesAttr(pickHoles(sites, holes ? *holes : ArrayRef(own), rows));
  if (rows.size() == sites.getNumSites())
    return copy;
  auto columns = [&](ArrayRef<int32_t> column) {
    return pick<DenseI32ArrayAttr>(sites.getContext(), column, rows);
  };
  copy.setFuncAttr(columns(sites.getFunc()));
  copy.setOpidxAttr(columns(sites.getOpidx()));
  copy.setPcAttr(columns(sites.getPc()));
  copy.setInstanceAttr(columns(sites.getInstance()));
  copy.setSlotAttr(columns(sites.getSlot()));
  if (auto inits = sites.getInitsAttr())
    copy.setInitsAttr(pickAll(inits, rows));
  if (auto immediates = sites.getImmediatesAttr())
    copy.setImmediatesAttr(pickAll(immediates, rows));
  return copy;
}

FrozenRewritePatternSet
whamm::wasm_inject::getBodyPatterns(MLIRContext *context) {
  RewritePatternSet set(context);
  for (StringRef name : {"arith", "scf", "wasm_inject"})
    if (Dialect *dialect = context->getLoadedDialect(name))
      dialect->getCanonicalizationPatterns(set);
  for (RegisteredOperationName name : context->getRegisteredOperations())
    if (llvm::is_contained({"arith", "scf", "wasm_inject"},
                           name.getDialectNamespace()))
      name.getCanonicalizationPatterns(set, context);
  return FrozenRewritePatternSet(std::move(set));
}

void whamm::wasm_inject::dropUnusedParams(TemplateOp target,
                                          ArrayRef<SitesOp> tables) {
  MLIRContext *context = target.getContext();
  Block &body = target.getBody().front();
  llvm::BitVector dead(body.getNumArguments());
  SmallVector<Attribute> params;
  SmallVector<unsigned> kept;
  for (auto [i, param] : llvm::enumerate(target.getParamList())) {
    if (body.getArgument(i).use_empty()) {
      dead.set(i);
    } else if (param.getKind() != SourceKind::Hole) {
      params.push_back(param);
    } else {
      params.push_back(ParamAttr::get(context, SourceKind::Hole, kept.size()));
      kept.push_back(param.getIndex());
    }
  }
  body.eraseArguments(dead);
  target.setParamsAttr(ArrayAttr::get(context, params));
  for (SitesOp sites : tables)
    sites.setHolesAttr(ArrayAttr::get(
        context, llvm::map_to_vector(kept, [&](unsigned hole) -> Attribute {
          return sites.getHoles()[hole];
        })));
}

TypedAttr whamm::wasm_inject::getConstantOfBits(Type type, int64_t bits) {
  APInt value(type.getIntOrFloatBitWidth(), static_cast<uint64_t>(bits),
              /*isSigned=*/false, /*implicitTrunc=*/true);
  if (auto floating = dyn_cast<FloatType>(type))
    return FloatAttr::get(floating,
                          APFloat(floating.getFloatSemantics(), value));
  return IntegerAttr::get(type, value);
}
