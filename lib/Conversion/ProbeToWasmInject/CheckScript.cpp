//===- CheckScript.cpp - What nothing lowers --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Converter.h"

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Wasm/BoundNames.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm;

bool whamm::isProgramPackage(wasm::Package package) {
  return package == wasm::Package::Begin || package == wasm::Package::End ||
         package == wasm::Package::Report;
}

/// An operation that has a lowering: the language's own, and scf.if.
static LogicalResult checkOp(Operation *op) {
  bool isKnown =
      isa<probe::ProbeDialect, predicate::PredicateDialect>(op->getDialect()) ||
      isa<scf::IfOp, scf::YieldOp>(op);
  if (!isKnown)
    return op->emitError("has no place in a script: nothing lowers it");
  bool isRoot = isa<probe::ProbeOp>(op->getParentOp()) && op->hasOneUse() &&
                isa<predicate::YieldOp>(*op->user_begin());
  if (isa<predicate::StagedOp>(op) && !isRoot)
    return op->emitError("belongs to the root of a predicate");
  for (Value result : op->getResults()) {
    if (isa<probe::RefType>(result.getType()) && !isa<probe::VarOp>(op))
      return op->emitError("computes a variable: nothing lowers that");
  }
  if (!isa<probe::BoundOp>(op))
    return success();
  auto bound = cast<probe::BoundOp>(op);
  if (!bound.isStatic() && !wasm::getFamilyMember(bound.getSourceName()) &&
      !isa<probe::FuncRefType>(bound.getType()))
    return op->emitError("nothing lowers the dynamic name '")
           << bound.getName() << "'";
  auto probeOp = op->getParentOfType<probe::ProbeOp>();
  bool hasSites =
      probeOp && probeOp.getInstancesAttr() &&
      llvm::all_of(probeOp.getInstancesAttr().getAsRange<probe::InstanceAttr>(),
                   [](probe::InstanceAttr instance) {
                     return !isProgramPackage(
                         wasm::getEvents()[instance.getEvent()].package);
                   });
  if (probeOp && !probeOp.getInstancesAttr())
    return success(); // is not converted at all
  return hasSites || bound.getName() == "APP_MEMID"
             ? success()
             : op->emitError("nothing is bound here");
}

LogicalResult whamm::checkScript(probe::ScriptOp script) {
  WalkResult result = script.walk([&](Operation *op) {
    return failed(checkOp(op)) ? WalkResult::interrupt()
                               : WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

/// APP_MEMID means a memory that the application defines.
LogicalResult Converter::checkAppMemory(probe::ScriptOp scriptOp) {
  if (app.memories.size() > app.numImportedMemories)
    return success();
  WalkResult result = scriptOp.walk([&](probe::BoundOp bound) {
    auto probeOp = bound->getParentOfType<probe::ProbeOp>();
    bool isConverted = !probeOp || probeOp.getInstancesAttr();
    if (bound.getName() != "APP_MEMID" || !isConverted)
      return WalkResult::advance();
    bound.emitError("APP_MEMID: the application defines no memory");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

/// The memories that an operation works on.
static SmallVector<Value, 2> getMemoriesOf(Operation *op) {
  if (auto copy = dyn_cast<probe::MemCopyOp>(op))
    return {copy.getDstMemory(), copy.getSrcMemory()};
  return llvm::TypeSwitch<Operation *, SmallVector<Value, 2>>(op)
      .Case<probe::MemSizeOp, probe::ReadStrOp, probe::MemFillOp,
            probe::MemInitOp>([](auto access) -> SmallVector<Value, 2> {
        return {access.getMemory()};
      })
      .Default([](Operation *) { return SmallVector<Value, 2>(); });
}

/// A literal in place of a memory is the number of one: of the application's,
/// of a library's, or of the runtime's, which comes behind them.
LogicalResult Converter::checkMemoryNumbers() {
  uint64_t numOwn = app.memories.size();
  uint64_t numAll = numOwn + context.getMemories().size() + 1;
  WalkResult result = root.walk([&](Operation *op) {
    for (Value memory : getMemoriesOf(op)) {
      IntegerAttr number;
      if (!matchPattern(memory, m_Constant(&number)) ||
          number.getValue().ult(numAll))
        continue;
      emitError(memory.getLoc())
          << "there is no memory " << number.getValue().getZExtValue()
          << ": the application has " << numOwn;
      return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}
