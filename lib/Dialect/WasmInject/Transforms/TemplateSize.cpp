//===- TemplateSize.cpp - How large code will be ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "TemplateSize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm::wasm_inject;

//===----------------------------------------------------------------------===//
// Where values are computed
//===----------------------------------------------------------------------===//

namespace {
/// What a simple access reads or writes. Null for other operations.
struct Place {
  const void *what = nullptr;
  unsigned component = 0;

  bool operator==(const Place &other) const = default;
};
} // namespace

static Place getPlace(Operation *op) {
  return llvm::TypeSwitch<Operation *, Place>(op)
      .Case<StateGetOp, StateSetOp>([](auto access) {
        return Place{access.getStateAttr().getAsOpaquePointer(),
                     access.getComponent()};
      })
      .Case<OperandGetOp, OperandSetOp>([](auto access) {
        return Place{access.getOperand().getAsOpaquePointer()};
      })
      .Case<LocalGetOp, LocalSetOp>([](auto access) {
        return Place{access.getLocal().getAsOpaquePointer()};
      })
      .Default(Place());
}

/// True where an operation cannot be exchanged with another.
static bool conflict(Operation *op, Operation *other) {
  auto onlyReads = [](Operation *each) {
    return isPure(each) || isa<DataAddressOp>(each) ||
           hasSingleEffect<MemoryEffects::Read>(each);
  };
  if (isPure(op) || isPure(other) || (onlyReads(op) && onlyReads(other)))
    return false;
  Place place = getPlace(op), otherPlace = getPlace(other);
  return !place.what || !otherPlace.what || place == otherPlace;
}

/// The first operation of the block of `op` that has its results as operands,
/// itself or within its regions.
static Operation *findFirstUser(Operation *op) {
  Operation *first = nullptr;
  for (Operation *user : op->getUsers()) {
    Operation *ancestor = op->getBlock()->findAncestorOpInBlock(*user);
    if (!first || ancestor->isBeforeInBlock(first))
      first = ancestor;
  }
  return first;
}

/// True where the value can be computed where it is used first.
static bool isComputedAtUse(Operation *op) {
  Operation *user = findFirstUser(op);
  if (!user || !llvm::is_contained(op->getUsers(), user))
    return false;
  for (Operation *next = op->getNextNode(); next != user;
       next = next->getNextNode())
    if (conflict(op, next))
      return false;
  return true;
}

//===----------------------------------------------------------------------===//
// Locals of scripts
//===----------------------------------------------------------------------===//

/// True where nobody sees what is assigned, as of the zero in front of the
/// initial value of a variable.
static bool isOverwritten(LocalSetOp set) {
  Value local = set.getLocal();
  if (llvm::none_of(local.getUsers(), llvm::IsaPred<LocalGetOp>))
    return true;
  for (Operation *next = set->getNextNode(); next; next = next->getNextNode()) {
    auto other = dyn_cast<LocalSetOp>(next);
    if (other && other.getLocal() == local)
      return true;
    if (llvm::any_of(local.getUsers(),
                     [&](Operation *user) { return next->isAncestor(user); }))
      return false;
  }
  return false;
}

/// True for an assignment that leaves no code: nobody sees it, or the local is
/// another name for a constant, parameter or hole.
static bool isFree(LocalSetOp set) {
  if (isOverwritten(set))
    return true;
  Value value = set.getValue();
  if (!isa<BlockArgument>(value) && !matchPattern(value, m_Constant()))
    return false;
  return llvm::all_of(set.getLocal().getUsers(), [&](Operation *user) {
    auto other = dyn_cast<LocalSetOp>(user);
    return !other || other == set || isOverwritten(other);
  });
}

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

/// True where a value only decides where control goes, so that any number but 0
/// will do for true.
static bool isOnlyCondition(Value value) {
  return llvm::all_of(value.getUses(), [](OpOperand &use) {
    return isa<scf::IfOp>(use.getOwner()) ||
           (isa<arith::SelectOp>(use.getOwner()) &&
            use.getOperandNumber() == 0);
  });
}

/// A comparison with 0 needs no 0, or nothing at all.
static int getCost(arith::CmpIOp op) {
  if (!matchPattern(op.getRhs(), m_Zero()))
    return 1;
  if (op.getPredicate() == arith::CmpIPredicate::eq)
    return 0;
  bool isTruth = op.getPredicate() == arith::CmpIPredicate::ne &&
                 op.getLhs().getType().getIntOrFloatBitWidth() <= 32 &&
                 isOnlyCondition(op);
  return isTruth ? -1 : 1;
}

/// The complement of a comparison is another one, without a constant.
static int getCost(arith::XOrIOp op) {
  if (!op.getType().isInteger(1) || !matchPattern(op.getRhs(), m_One()))
    return 1;
  bool isMerged =
      op.getLhs().hasOneUse() && op.getLhs().getDefiningOp<arith::CmpIOp>();
  return isMerged ? -1 : 0;
}

/// A bool is 0 or 1 in an i32, and wider numbers than i32 are i64.
static int getExtensionCost(Operation &op) {
  Type from = op.getOperand(0).getType(), to = op.getResult(0).getType();
  int cost = to.isInteger(64);
  if (isa<arith::ExtSIOp>(op) && from.isInteger(1))
    cost += 2; // subtracted from 0
  return cost;
}

static int getCost(arith::TruncIOp op) {
  int cost = op.getIn().getType().isInteger(64);
  if (op.getType().isInteger(1))
    cost += 2; // the lowest bit
  return cost;
}

/// The instructions of an operation itself, less those of constants that it
/// does not need.
static int getOwnCost(Operation &op) {
  return llvm::TypeSwitch<Operation *, int>(&op)
      .Case<LocalOp>([](auto) { return 0; })
      .Case<arith::CmpIOp, arith::XOrIOp, arith::TruncIOp>(
          [](auto each) { return getCost(each); })
      .Case<arith::ExtSIOp, arith::ExtUIOp>(
          [](auto each) { return getExtensionCost(*each); })
      // All but the first are assigned to locals.
      .Case<scf::YieldOp>([](auto yield) {
        return std::max<int>(yield.getNumOperands(), 1) - 1;
      })
      // All but the first come through globals.
      .Case<CallOp>(
          [](auto call) { return std::max<int>(call.getNumResults(), 1); })
      .Default(1);
}

/// The instructions that bring constants, parameters and holes.
static int getOperandCost(Operation &op) {
  return llvm::count_if(op.getOperands(), [](Value operand) {
    return isa<BlockArgument>(operand) || matchPattern(operand, m_Constant());
  });
}

/// The instructions that keep results for later.
static int getResultCost(Operation &op, bool atUse) {
  int cost = 0;
  for (OpResult result : op.getResults()) {
    int uses = std::distance(result.use_begin(), result.use_end());
    if (isa<LocalType>(result.getType()))
      continue;
    bool isAtUse = atUse && result.getResultNumber() == 0;
    cost += uses == 1 && isAtUse ? 0 : uses + !isAtUse;
  }
  return cost;
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

static int estimateBlock(Block &block);

/// The size of an operation; adds to the number of statements of its block.
static int estimateOperation(Operation &op, unsigned &numStatements) {
  auto set = dyn_cast<LocalSetOp>(op);
  if (isOpTriviallyDead(&op) || matchPattern(&op, m_Constant()) ||
      (set && isFree(set)))
    return 0;
  bool atUse = op.getNumResults() != 0 && isComputedAtUse(&op);
  bool isStatement = !atUse && !isa<LocalOp>(op) &&
                     !(isa<scf::YieldOp>(op) && op.getNumOperands() == 0);
  numStatements += isStatement;
  int size = getOwnCost(op) + getOperandCost(op) + getResultCost(op, atUse);
  for (Region &region : op.getRegions())
    for (Block &block : region)
      size += estimateBlock(block);
  return size;
}

static int estimateBlock(Block &block) {
  unsigned numStatements = 0;
  int size = 0;
  for (Operation &op : block)
    size += estimateOperation(op, numStatements);
  return size + (numStatements > 1); // the block itself
}

unsigned whamm::wasm_inject::estimateSize(TemplateOp op) {
  return std::max(estimateBlock(op.getBody().front()), 0);
}
