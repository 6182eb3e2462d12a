//===- WasmInjectMergeArms.cpp - One arm instead of two ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"
#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cstdlib>

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTMERGEARMS
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm::wasm_inject;

namespace {

/// Finds out whether the arms of an scf.if differ in offsets only.
class ArmComparison {
public:
  /// True where the arms are the same operations on the same values, but for
  /// offsets of accesses that differ by one number per base address.
  bool compare(scf::IfOp op) {
    return op.elseBlock() && compare(op.getThenRegion(), op.getElseRegion());
  }

  /// For each base address of the `then` arm with accesses whose offsets
  /// differ, the offset in the `else` arm less the one in the `then` arm.
  const llvm::MapVector<Value, int64_t> &getDistances() const {
    return distances;
  }
  /// These accesses, in the `then` arm.
  ArrayRef<Operation *> getMovedAccesses() const { return moved; }

private:
  bool compare(Region &lhs, Region &rhs);
  bool compare(Block &lhs, Block &rhs);
  bool compare(Operation &lhs, Operation &rhs);
  bool compareOffsets(Operation &lhs, Operation &rhs);
  bool isCounterpart(Value lhs, Value rhs) const;
  template <typename Range> bool addCounterparts(Range lhs, Range rhs);

  /// From values of the `then` arm to those of the `else` arm.
  DenseMap<Value, Value> counterparts;
  llvm::MapVector<Value, int64_t> distances;
  SmallVector<Operation *> moved;
};

struct WasmInjectMergeArmsPass
    : whamm::wasm_inject::impl::WasmInjectMergeArmsBase<
          WasmInjectMergeArmsPass> {
  using WasmInjectMergeArmsBase::WasmInjectMergeArmsBase;
  void runOnOperation() override;
};

} // namespace

//===----------------------------------------------------------------------===//
// Accesses
//===----------------------------------------------------------------------===//

static bool isAccess(Operation &op) { return isa<LoadOp, StoreOp>(op); }

static int64_t getOffset(Operation &op) {
  if (auto load = dyn_cast<LoadOp>(op))
    return load.getOffset();
  return cast<StoreOp>(op).getOffset();
}

static OpOperand &getAddress(Operation &op) {
  if (auto load = dyn_cast<LoadOp>(op))
    return load.getAddressMutable();
  return cast<StoreOp>(op).getAddressMutable();
}

static void lowerOffset(Operation &op, int64_t distance) {
  auto offset = static_cast<uint32_t>(getOffset(op) - distance);
  if (auto load = dyn_cast<LoadOp>(op))
    load.setOffset(offset);
  else
    cast<StoreOp>(op).setOffset(offset);
}

/// All attributes, but for the offset of an access.
static DictionaryAttr getComparedAttributes(Operation &op) {
  NamedAttrList attributes(op.getAttrDictionary());
  if (auto load = dyn_cast<LoadOp>(op))
    attributes.erase(load.getOffsetAttrName());
  else if (auto store = dyn_cast<StoreOp>(op))
    attributes.erase(store.getOffsetAttrName());
  return attributes.getDictionary(op.getContext());
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

bool ArmComparison::isCounterpart(Value lhs, Value rhs) const {
  auto it = counterparts.find(lhs);
  return it != counterparts.end() ? it->second == rhs : lhs == rhs;
}

template <typename Range>
bool ArmComparison::addCounterparts(Range lhs, Range rhs) {
  if (lhs.size() != rhs.size())
    return false;
  for (auto [l, r] : llvm::zip_equal(lhs, rhs)) {
    if (l.getType() != r.getType())
      return false;
    counterparts[l] = r;
  }
  return true;
}

bool ArmComparison::compareOffsets(Operation &lhs, Operation &rhs) {
  int64_t distance = getOffset(rhs) - getOffset(lhs);
  if (distance == 0)
    return true;
  Value base = getAddress(lhs).get();
  auto [it, isNew] = distances.insert({base, distance});
  moved.push_back(&lhs);
  return it->second == distance;
}

bool ArmComparison::compare(Operation &lhs, Operation &rhs) {
  if (lhs.getName() != rhs.getName() ||
      getComparedAttributes(lhs) != getComparedAttributes(rhs) ||
      lhs.getNumOperands() != rhs.getNumOperands() ||
      lhs.getNumRegions() != rhs.getNumRegions() || lhs.getNumSuccessors() ||
      rhs.getNumSuccessors())
    return false;
  for (auto [l, r] : llvm::zip_equal(lhs.getOperands(), rhs.getOperands()))
    if (!isCounterpart(l, r))
      return false;
  if (isAccess(lhs) && !compareOffsets(lhs, rhs))
    return false;
  for (auto [l, r] : llvm::zip_equal(lhs.getRegions(), rhs.getRegions()))
    if (!compare(l, r))
      return false;
  return addCounterparts(lhs.getResults(), rhs.getResults());
}

bool ArmComparison::compare(Block &lhs, Block &rhs) {
  return addCounterparts(lhs.getArguments(), rhs.getArguments()) &&
         llvm::equal(lhs, rhs,
                     [&](Operation &l, Operation &r) { return compare(l, r); });
}

bool ArmComparison::compare(Region &lhs, Region &rhs) {
  return llvm::equal(lhs, rhs,
                     [&](Block &l, Block &r) { return compare(l, r); });
}

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

/// What is to be added to a base address: `distance` in the arm whose offsets
/// are larger, else 0.
static Value buildShift(OpBuilder &builder, scf::IfOp op, int64_t distance) {
  Location loc = op.getLoc();
  Value isFar = op.getCondition();
  if (distance > 0) {
    Value yes = arith::ConstantIntOp::create(builder, loc, 1, /*width=*/1);
    isFar = arith::XOrIOp::create(builder, loc, isFar, yes);
  }
  auto magnitude = static_cast<uint64_t>(std::abs(distance));
  auto getConstant = [&](uint64_t value) -> Value {
    return arith::ConstantIntOp::create(
        builder, loc, static_cast<int64_t>(value), /*width=*/32);
  };
  Value bit = arith::ExtUIOp::create(builder, loc, builder.getI32Type(), isFar);
  if (llvm::isPowerOf2_64(magnitude))
    return arith::ShLIOp::create(builder, loc, bit,
                                 getConstant(llvm::Log2_64(magnitude)));
  return arith::MulIOp::create(builder, loc, bit, getConstant(magnitude));
}

/// Makes the `then` arm right for both values of the condition.
static void moveAccesses(scf::IfOp op, const ArmComparison &comparison) {
  OpBuilder builder(op);
  DenseMap<Value, Value> bases;
  for (auto [base, distance] : comparison.getDistances()) {
    builder.setInsertionPoint(op);
    Value shift = buildShift(builder, op, distance);
    if (op.getThenRegion().isAncestor(base.getParentRegion()))
      builder.setInsertionPointAfterValue(base);
    bases[base] = arith::AddIOp::create(builder, op.getLoc(), base, shift);
  }
  for (Operation *access : comparison.getMovedAccesses()) {
    OpOperand &address = getAddress(*access);
    int64_t distance = comparison.getDistances().lookup(address.get());
    lowerOffset(*access, std::max<int64_t>(0, -distance));
    address.set(bases.at(address.get()));
  }
}

/// Puts the `then` arm in the place of the op.
static void inlineThenArm(scf::IfOp op) {
  Block &arm = *op.thenBlock();
  Operation *yield = arm.getTerminator();
  op->replaceAllUsesWith(yield->getOperands());
  op->getBlock()->getOperations().splice(op->getIterator(), arm.getOperations(),
                                         arm.begin(), yield->getIterator());
  op.erase();
}

void WasmInjectMergeArmsPass::runOnOperation() {
  // Inner ones first: they may be what keeps the outer ones' arms apart.
  getOperation().walk([&](scf::IfOp op) {
    ArmComparison comparison;
    if (!comparison.compare(op))
      return;
    moveAccesses(op, comparison);
    inlineThenArm(op);
    ++numArmsMerged;
  });
}
