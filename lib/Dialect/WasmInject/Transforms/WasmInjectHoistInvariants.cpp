//===- WasmInjectHoistInvariants.cpp - Once per site ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "InvariantOps.h"
#include "SiteRows.h"

#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"

#include <map>

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTHOISTINVARIANTS
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm::wasm_inject;

namespace {

/// Bit patterns of an operation's result: one for all sites of a table, one per
/// instance, or one per row.
using Column = SmallVector<int64_t>;

/// Computes operations with constant operands, each combination once.
class Evaluator {
public:
  Evaluator(Operation *op, unsigned maxValues) : op(op), maxValues(maxValues) {}

  /// The result for these bit patterns of the operands; nullopt where it is not
  /// known, or too many were asked for.
  std::optional<int64_t> evaluate(ArrayRef<int64_t> operands);

private:
  std::optional<int64_t> fold(ArrayRef<int64_t> operands) const;

  Operation *op;
  unsigned maxValues;
  std::map<SmallVector<int64_t, 3>, std::optional<int64_t>> known;
};

/// The invariant operations of one template and their values.
class TemplateInvariants {
public:
  TemplateInvariants(TemplateOp op, ArrayRef<SitesOp> tables,
                     unsigned maxValues)
      : op(op), tables(tables), maxValues(maxValues) {}

  /// Puts holes in the place of what can be computed; returns how many.
  unsigned hoist();

private:
  bool compute(Operation *inner);
  std::optional<Column> computeFor(SitesOp sites, unsigned table,
                                   Operation *inner, Evaluator &evaluator);
  ArrayRef<int64_t> getColumn(SitesOp sites, unsigned table, Value value);
  bool isNeeded(Operation *inner) const;
  void addHole(Operation *inner);

  TemplateOp op;
  ArrayRef<SitesOp> tables;
  unsigned maxValues;
  /// Those whose values are known, one column per table.
  llvm::MapVector<Operation *, SmallVector<Column>> values;
};

struct WasmInjectHoistInvariantsPass
    : whamm::wasm_inject::impl::WasmInjectHoistInvariantsBase<
          WasmInjectHoistInvariantsPass> {
  using WasmInjectHoistInvariantsBase::WasmInjectHoistInvariantsBase;
  void runOnOperation() override;
};

} // namespace

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// The bit pattern of a number; nullopt for anything else.
static std::optional<int64_t> getBits(Attribute attr) {
  if (auto integer = dyn_cast_or_null<IntegerAttr>(attr)) {
    bool isBool = integer.getType().isInteger(1);
    const APInt &value = integer.getValue();
    return isBool ? static_cast<int64_t>(value.getZExtValue())
                  : value.getSExtValue();
  }
  if (auto floating = dyn_cast_or_null<FloatAttr>(attr))
    return floating.getValue().bitcastToAPInt().getSExtValue();
  return std::nullopt;
}

std::optional<int64_t> Evaluator::fold(ArrayRef<int64_t> operands) const {
  SmallVector<Attribute> attrs;
  for (auto [operand, bits] : llvm::zip_equal(op->getOperands(), operands))
    attrs.push_back(getConstantOfBits(operand.getType(), bits));
  SmallVector<OpFoldResult> results;
  if (failed(op->fold(attrs, results)) || results.empty())
    return std::nullopt;
  if (auto attr = dyn_cast<Attribute>(results[0]))
    return getBits(attr);
  for (auto [operand, attr] : llvm::zip_equal(op->getOperands(), attrs))
    if (operand == cast<Value>(results[0]))
      return getBits(attr);
  return std::nullopt;
}

std::optional<int64_t> Evaluator::evaluate(ArrayRef<int64_t> operands) {
  auto [it, isNew] = known.try_emplace(
      SmallVector<int64_t, 3>(operands.begin(), operands.end()));
  if (isNew && known.size() <= maxValues)
    it->second = fold(operands);
  return it->second;
}

/// The entry of a column that counts for a row or, where all columns are that
/// short, an instance.
static int64_t getEntry(ArrayRef<int64_t> column, size_t index,
                        size_t numEntries, ArrayRef<int32_t> instance) {
  if (column.size() == 1)
    return column[0];
  return column.size() == numEntries ? column[index] : column[instance[index]];
}

ArrayRef<int64_t> TemplateInvariants::getColumn(SitesOp sites, unsigned table,
                                                Value value) {
  if (std::optional<unsigned> hole = getHole(value))
    return cast<DenseI64ArrayAttr>(sites.getHoles()[*hole]).asArrayRef();
  return values.find(value.getDefiningOp())->second[table];
}

std::optional<Column> TemplateInvariants::computeFor(SitesOp sites,
                                                     unsigned table,
                                                     Operation *inner,
                                                     Evaluator &evaluator) {
  if (sites.getNumSites() == 0)
    return Column();
  SmallVector<ArrayRef<int64_t>> operands;
  size_t numEntries = 1;
  for (Value operand : inner->getOperands()) {
    operands.push_back(getColumn(sites, table, operand));
    numEntries = std::max(numEntries, operands.back().size());
  }
  Column result;
  result.reserve(numEntries);
  SmallVector<int64_t> tuple(operands.size());
  for (size_t i = 0; i != numEntries; ++i) {
    for (auto [entry, column] : llvm::zip_equal(tuple, operands))
      entry = getEntry(column, i, numEntries, sites.getInstance());
    std::optional<int64_t> value = evaluator.evaluate(tuple);
    if (!value)
      return std::nullopt;
    result.push_back(*value);
  }
  return result;
}

/// Computes an operation for all tables; false where that is not possible.
bool TemplateInvariants::compute(Operation *inner) {
  if (!llvm::all_of(inner->getOperands(), [&](Value operand) {
        Operation *def = operand.getDefiningOp();
        return !def || values.contains(def);
      }))
    return false;
  SmallVector<Column> columns;
  Attribute constant;
  if (matchPattern(inner, m_Constant(&constant))) {
    std::optional<int64_t> bits = getBits(constant);
    if (!bits)
      return false;
    columns.assign(tables.size(), Column{*bits});
  } else {
    Evaluator evaluator(inner, maxValues);
    for (auto [table, sites] : llvm::enumerate(tables)) {
      std::optional<Column> column = computeFor(sites, table, inner, evaluator);
      if (!column)
        return false;
      columns.push_back(std::move(*column));
    }
  }
  values.insert({inner, std::move(columns)});
  return true;
}

//===----------------------------------------------------------------------===//
// Holes
//===----------------------------------------------------------------------===//

/// True where something reads the value that is not computed itself.
bool TemplateInvariants::isNeeded(Operation *inner) const {
  return !inner->hasTrait<OpTrait::ConstantLike>() &&
         llvm::any_of(inner->getUsers(),
                      [&](Operation *user) { return !values.contains(user); });
}

/// Adds a hole with the values of an operation, and lets its uses read that.
void TemplateInvariants::addHole(Operation *inner) {
  MLIRContext *context = op.getContext();
  auto append = [&](ArrayAttr list, Attribute last) {
    SmallVector<Attribute> entries(list.begin(), list.end());
    entries.push_back(last);
    return ArrayAttr::get(context, entries);
  };
  op.setParamsAttr(
      append(op.getParams(),
             ParamAttr::get(context, SourceKind::Hole, op.getNumHoles())));
  for (auto [table, column] : llvm::zip_equal(tables, values[inner])) {
    SitesOp sites = table;
    // One value for all sites: as many as there are instances, or rows.
    if (column.size() == 1)
      column.assign(std::min(sites.getInstances().size(), sites.getNumSites()),
                    int64_t(column.front()));
    sites.setHolesAttr(
        append(sites.getHoles(), DenseI64ArrayAttr::get(context, column)));
  }
  Value hole =
      op.getBody().addArgument(inner->getResult(0).getType(), inner->getLoc());
  inner->getResult(0).replaceAllUsesWith(hole);
}

unsigned TemplateInvariants::hoist() {
  for (Operation *inner : collectInvariantOps(op))
    compute(inner);
  SmallVector<Operation *> needed;
  for (auto &[inner, columns] : values)
    if (isNeeded(inner))
      needed.push_back(inner);
  for (Operation *inner : needed)
    addHole(inner);
  for (auto &[inner, columns] : llvm::reverse(values))
    if (inner->use_empty())
      inner->erase();
  if (!needed.empty())
    dropUnusedParams(op, tables);
  return needed.size();
}

void WasmInjectHoistInvariantsPass::runOnOperation() {
  SymbolTable symbols(getOperation());
  llvm::MapVector<TemplateOp, SmallVector<SitesOp>> tables;
  for (SitesOp sites : getOperation().getOps<SitesOp>())
    tables[symbols.lookup<TemplateOp>(sites.getTemplate_())].push_back(sites);
  for (auto &[op, ofTemplate] : tables)
    numHoisted += TemplateInvariants(op, ofTemplate, maxValues).hoist();
}
