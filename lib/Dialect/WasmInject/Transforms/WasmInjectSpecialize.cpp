//===- WasmInjectSpecialize.cpp - One template per tuple --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "InvariantOps.h"
#include "SiteRows.h"

#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <map>

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTSPECIALIZE
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm::wasm_inject;

namespace {

/// The rows of one `sites` op that agree on the holes that matter.
struct Group {
  SmallVector<int64_t> key;
  SmallVector<uint32_t> rows;
};

struct WasmInjectSpecializePass
    : whamm::wasm_inject::impl::WasmInjectSpecializeBase<
          WasmInjectSpecializePass> {
  using WasmInjectSpecializeBase::WasmInjectSpecializeBase;
  void runOnOperation() override;

private:
  void specialize(SitesOp sites, TemplateOp original);
  void makeVariant(SitesOp sites, TemplateOp original, const Group &group,
                   ArrayRef<unsigned> keyHoles);
  void foldHoles(TemplateOp variant, SmallVectorImpl<DenseI64ArrayAttr> &holes);

  SymbolTable *symbols = nullptr;
  FrozenRewritePatternSet patterns;
};

} // namespace

/// Adds the holes that an invariant value is computed from.
static void addHoles(Value value, llvm::SmallSetVector<unsigned, 4> &holes) {
  if (std::optional<unsigned> hole = getHole(value))
    holes.insert(*hole);
  else
    for (Value operand : value.getDefiningOp()->getOperands())
      addHoles(operand, holes);
}

/// The holes that decide which way control flow goes, in their order. Where
/// operands or state have a say in it, it is not for the site to decide.
static SmallVector<unsigned> getControlHoles(TemplateOp op) {
  llvm::SetVector<Operation *> invariants = collectInvariantOps(op);
  llvm::SmallSetVector<unsigned, 4> holes;
  op.getBody().walk([&](scf::IfOp branch) {
    if (isInvariant(branch.getCondition(), invariants))
      addHoles(branch.getCondition(), holes);
  });
  SmallVector<unsigned> result(holes.begin(), holes.end());
  llvm::sort(result);
  return result;
}

/// Puts rows of equal keys into groups, in the order of their first rows.
static SmallVector<Group>
groupRows(size_t numRows,
          function_ref<void(uint32_t, SmallVectorImpl<int64_t> &)> getKey) {
  std::map<SmallVector<int64_t>, unsigned> index;
  SmallVector<Group> groups;
  SmallVector<int64_t> key;
  for (uint32_t row = 0; row < numRows; ++row) {
    key.clear();
    getKey(row, key);
    auto [it, isNew] = index.try_emplace(key, groups.size());
    if (isNew)
      groups.push_back({key, {}});
    groups[it->second].rows.push_back(row);
  }
  return groups;
}

/// Groups the rows by holes that have a value per instance: the instances are
/// grouped first.
static SmallVector<Group> groupByInstance(SitesOp sites,
                                          ArrayRef<DenseI64ArrayAttr> columns) {
  SmallVector<Group> groups =
      groupRows(sites.getInstances().size(), [&](uint32_t instance, auto &key) {
        for (DenseI64ArrayAttr column : columns)
          key.push_back(column[instance]);
      });
  SmallVector<uint32_t> groupOf(sites.getInstances().size());
  for (auto [i, group] : llvm::enumerate(groups)) {
    for (uint32_t instance : group.rows)
      groupOf[instance] = i;
    group.rows.clear();
  }
  for (auto [row, instance] : llvm::enumerate(sites.getInstance()))
    groups[groupOf[instance]].rows.push_back(row);
  llvm::erase_if(groups, [](const Group &group) { return group.rows.empty(); });
  llvm::sort(groups, [](const Group &a, const Group &b) {
    return a.rows.front() < b.rows.front();
  });
  return groups;
}

static SmallVector<Group> groupRows(SitesOp sites, ArrayRef<unsigned> holes) {
  SmallVector<DenseI64ArrayAttr> columns;
  for (unsigned hole : holes)
    columns.push_back(cast<DenseI64ArrayAttr>(sites.getHoles()[hole]));
  if (!columns.empty() && llvm::all_of(columns, [&](DenseI64ArrayAttr column) {
        return static_cast<size_t>(column.size()) != sites.getNumSites();
      }))
    return groupByInstance(sites, columns);
  SmallVector<SmallVector<int64_t>> values;
  for (unsigned hole : holes)
    values.push_back(sites.getHoleValues(hole));
  return groupRows(sites.getNumSites(), [&](uint32_t row, auto &key) {
    for (const SmallVector<int64_t> &column : values)
      key.push_back(column[row]);
  });
}

/// Replaces holes on which all rows agree by constants and drops those that
/// nobody reads.
void WasmInjectSpecializePass::foldHoles(
    TemplateOp variant, SmallVectorImpl<DenseI64ArrayAttr> &holes) {
  Block &body = variant.getBody().front();
  OpBuilder builder = OpBuilder::atBlockBegin(&body);
  llvm::BitVector dead(body.getNumArguments());
  SmallVector<Attribute> params;
  SmallVector<DenseI64ArrayAttr> kept;
  for (auto [i, param] : llvm::enumerate(variant.getParamList())) {
    BlockArgument arg = body.getArgument(i);
    if (param.getKind() != SourceKind::Hole) {
      params.push_back(param);
      continue;
    }
    ArrayRef<int64_t> column = holes[param.getIndex()];
    if (llvm::all_equal(column)) {
      auto constant = arith::ConstantOp::create(
          builder, variant.getLoc(),
          getConstantOfBits(arg.getType(), column[0]));
      arg.replaceAllUsesWith(constant);
      ++numHolesFolded;
    }
    if (arg.use_empty()) {
      dead.set(i);
      continue;
    }
    params.push_back(
        ParamAttr::get(&getContext(), SourceKind::Hole, kept.size()));
    kept.push_back(holes[param.getIndex()]);
  }
  body.eraseArguments(dead);
  variant.setParamsAttr(ArrayAttr::get(&getContext(), params));
  holes = std::move(kept);
}

/// Makes code in front of an instruction of a body that turned out never to
/// take the instruction's place.
static void dropUnusedAlt(TemplateOp variant, SitesOp sites) {
  if (sites.getPosition() != Position::Alt || variant.mayTakePlace())
    return;
  sites.setPosition(Position::Before);
  variant.removeAltCallsAttr();
  variant.removeAssignedAttr();
  variant.removeAssignedTypesAttr();
  variant.setMayFallThrough(false);
}

void WasmInjectSpecializePass::makeVariant(SitesOp sites, TemplateOp original,
                                           const Group &group,
                                           ArrayRef<unsigned> keyHoles) {
  MLIRContext *context = &getContext();
  OpBuilder builder(sites);
  auto variant = cast<TemplateOp>(builder.clone(*original));
  symbols->insert(variant); // renames
  ++numVariants;

  // What the group agrees on is folded before columns are made of it.
  SmallVector<DenseI64ArrayAttr> holes(
      sites.getHoles().getAsRange<DenseI64ArrayAttr>());
  for (auto [hole, value] : llvm::zip_equal(keyHoles, group.key))
    holes[hole] = DenseI64ArrayAttr::get(context, value);
  foldHoles(variant, holes);

  SitesOp copy = cloneRows(sites, variant, group.rows, holes);
  holes = llvm::to_vector(copy.getHoles().getAsRange<DenseI64ArrayAttr>());
  foldHoles(variant, holes);
  copy.setHolesAttr(ArrayAttr::get(
      context, SmallVector<Attribute>(holes.begin(), holes.end())));
  (void)applyPatternsGreedily(variant.getBody(), patterns);
  dropUnusedParams(variant, copy); // what that left without a reader
  dropUnusedAlt(variant, copy);

  bool isEmpty = llvm::all_of(variant.getBody().front(), [](Operation &op) {
    return isOpTriviallyDead(&op);
  });
  bool changesInstruction = copy.getPosition() == Position::Alt ||
                            variant.getImmediates().has_value();
  if (isEmpty && variant.getStates().empty() && !changesInstruction) {
    numSitesDropped += group.rows.size();
    copy.erase();
    variant.erase();
  }
}

void WasmInjectSpecializePass::specialize(SitesOp sites, TemplateOp original) {
  SmallVector<unsigned> holes = getControlHoles(original);
  SmallVector<Group> groups = groupRows(sites, holes);
  if (groups.size() > maxVariants) {
    holes.clear();
    groups = groupRows(sites, holes);
  }
  for (const Group &group : groups)
    makeVariant(sites, original, group, holes);
  sites.erase();
}

void WasmInjectSpecializePass::runOnOperation() {
  patterns = getBodyPatterns(&getContext());
  SymbolTable table(getOperation());
  symbols = &table;
  llvm::SetVector<TemplateOp> originals;
  for (SitesOp sites :
       llvm::make_early_inc_range(getOperation().getOps<SitesOp>())) {
    auto original = table.lookup<TemplateOp>(sites.getTemplate_());
    originals.insert(original);
    if (sites.getNumSites() == 0)
      sites.erase();
    else
      specialize(sites, original);
  }
  for (TemplateOp original : originals)
    original.erase();
}
