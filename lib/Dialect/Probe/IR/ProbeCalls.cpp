//===- ProbeCalls.cpp - Functions, libraries, manipulation ----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "whamm/Wasm/BoundNames.h"

using namespace mlir;
using namespace whamm::probe;
namespace predicate = whamm::predicate;
namespace wasm = whamm::wasm;

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// True for what can be passed to functions, and returned by them.
static bool isPassable(Type type) { return !isa<MapType, RefType>(type); }

LogicalResult FnOp::verify() {
  for (Type type : getBody().getArgumentTypes())
    if (!isPassable(type))
      return emitOpError("expects no parameter of type ") << type;
  if (auto type = getResultType(); type && !isPassable(*type))
    return emitOpError("expects no result of type ") << *type;
  if (!getAccumulates())
    return success();
  SmallVector<Type> types(getBody().getArgumentTypes());
  if (getResultType() || types.empty() || !types.back().isUnsignedInteger(64))
    return emitOpError("that accumulates expects an amount of type ui64 as its "
                       "last parameter, and no result");
  return success();
}

/// True where every path through the block ends in a probe.return.
static bool alwaysReturns(Block &block) {
  return llvm::any_of(block, [](Operation &op) {
    if (isa<ReturnOp>(op))
      return true;
    return op.getNumRegions() == 2 &&
           llvm::all_of(op.getRegions(), [](Region &region) {
             return region.hasOneBlock() && alwaysReturns(region.front());
           });
  });
}

LogicalResult FnOp::verifyRegions() {
  if (getResultType() && !alwaysReturns(getBody().front()))
    return emitOpError("expects every path to end in probe.return");
  return success();
}

LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto fn = tables.lookupNearestSymbolFrom<FnOp>(*this, getCalleeAttr());
  if (!fn)
    return emitOpError("no function named ") << getCalleeAttr();
  if (fn.getBody().front().getArgumentTypes() != getArgs().getTypes())
    return emitOpError("expects the arguments of ") << getCalleeAttr();
  Type result = fn.getResultType().value_or(Type());
  if (result != (getResult() ? getResult().getType() : Type()))
    return emitOpError("expects the result of ") << getCalleeAttr();
  return success();
}

LogicalResult ReturnOp::verify() {
  Type type = getValue().getType();
  if (auto fn = (*this)->getParentOfType<FnOp>()) {
    if (!fn.getResultType())
      return emitOpError("expects no value: the function has no result");
    if (*fn.getResultType() != type)
      return emitOpError("expects a value of type ")
             << *fn.getResultType() << ", found " << type;
    return success();
  }
  auto probe = (*this)->getParentOfType<ProbeOp>();
  if (!probe || !probe.getBody().isAncestor((*this)->getParentRegion()))
    return emitOpError("expects to be in the body of a function or probe");
  return success();
}

//===----------------------------------------------------------------------===//
// Libraries
//===----------------------------------------------------------------------===//

/// A library must be declared by the script. The runtime library is there
/// without being asked for.
static LogicalResult verifyLibrary(Operation *op, StringRef name) {
  auto script = op->getParentOfType<ScriptOp>();
  if (!script || name == "whamm_core")
    return success();
  for (auto library : script.getBody().getOps<LibraryOp>())
    if (library.getName() == name)
      return success();
  return op->emitOpError("the script uses no library named '") << name << "'";
}

LogicalResult LibCallOp::verify() {
  if (getIsStaticCall() && !llvm::all_of(getArgs(), isKnownAtMatchTime))
    return emitOpError("expects static arguments of a static call");
  return verifyLibrary(*this, getLibrary());
}
LogicalResult MemIdOp::verify() { return verifyLibrary(*this, getLibrary()); }

LogicalResult SiteInitOp::verify() {
  auto probe = cast<ProbeOp>((*this)->getParentOp());
  if ((*this)->getParentRegion() != &probe.getBody())
    return emitOpError("expects to be in the body of the probe");
  return success();
}

//===----------------------------------------------------------------------===//
// Manipulation
//===----------------------------------------------------------------------===//

/// Operands change while the body runs, in its own block or below.
static LogicalResult verifyInBody(Operation *op) {
  auto probe = op->getParentOfType<ProbeOp>();
  if (!probe || !probe.getBody().isAncestor(op->getParentRegion()))
    return op->emitOpError("expects to be in the body of a probe");
  return success();
}

LogicalResult BoundGetOp::verify() {
  auto member = wasm::getFamilyMember(getName());
  if (!member || member->source == wasm::BoundSource::Imm)
    return emitOpError("expects an operand, result or local, found '")
           << getName() << "'";
  return verifyInBody(*this);
}

LogicalResult BoundSetOp::verify() {
  auto member = wasm::getFamilyMember(getName());
  if (!member)
    return emitOpError("expects an operand, result, local or immediate, found "
                       "'")
           << getName() << "'";
  if (failed(verifyInBody(*this)))
    return failure();
  if (member->source != wasm::BoundSource::Imm)
    return success();
  if (!isKnownAtMatchTime(getValue()))
    return emitOpError("expects a static value for an immediate");
  if (!isa<ProbeOp>((*this)->getParentOp()))
    return emitOpError("expects to exchange an immediate in the body's own "
                       "block");
  return success();
}

LogicalResult AltCallOp::verify() {
  if (getIndex().has_value() == getName().has_value())
    return emitOpError("expects an index or a name");
  return verifyInBody(*this);
}

//===----------------------------------------------------------------------===//
// What is known at match time
//===----------------------------------------------------------------------===//

/// True where what the regions give is known.
static bool areRegionsKnown(Operation *op) {
  return op->hasTrait<OpTrait::HasRecursiveMemoryEffects>() &&
         llvm::all_of(op->getRegions(), [](Region &region) {
           return region.hasOneBlock() &&
                  region.front().mightHaveTerminator() &&
                  llvm::all_of(region.front().back().getOperands(),
                               isKnownAtMatchTime);
         });
}

bool whamm::probe::isKnownAtMatchTime(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return false;
  if (auto leaf = dyn_cast<predicate::StagedLeafOpInterface>(op))
    return leaf.isStatic();
  if (!llvm::all_of(op->getOperands(), isKnownAtMatchTime))
    return false;
  if (op->getNumRegions() != 0)
    return areRegionsKnown(op);
  return isPure(op) || isa<DivOp, RemOp, CastOp>(op);
}
