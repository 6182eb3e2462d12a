//===- InvariantOps.cpp - What depends on the site only ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "InvariantOps.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace whamm::wasm_inject;

std::optional<unsigned> whamm::wasm_inject::getHole(Value value) {
  auto arg = dyn_cast<BlockArgument>(value);
  auto op = arg ? dyn_cast<TemplateOp>(arg.getOwner()->getParentOp()) : nullptr;
  if (!op)
    return std::nullopt;
  auto param = cast<ParamAttr>(op.getParams()[arg.getArgNumber()]);
  if (param.getKind() != SourceKind::Hole)
    return std::nullopt;
  return param.getIndex();
}

bool whamm::wasm_inject::isInvariant(
    Value value, const llvm::SetVector<Operation *> &invariants) {
  if (Operation *op = value.getDefiningOp())
    return invariants.contains(op);
  return getHole(value).has_value();
}

/// True for what a hole can hold.
static bool isNumber(Type type) {
  return type.isF32() || type.isF64() || type.isInteger(1) ||
         type.isInteger(32) || type.isInteger(64);
}

llvm::SetVector<Operation *>
whamm::wasm_inject::collectInvariantOps(TemplateOp op) {
  llvm::SetVector<Operation *> invariants;
  op.getBody().walk<WalkOrder::PreOrder>([&](Operation *inner) {
    if (inner->getNumRegions() == 0 && inner->getNumResults() == 1 &&
        isNumber(inner->getResult(0).getType()) && isPure(inner) &&
        llvm::all_of(inner->getOperands(), [&](Value operand) {
          return isInvariant(operand, invariants);
        }))
      invariants.insert(inner);
  });
  return invariants;
}
