//===- ProbeAggregates.cpp - Tuples and tables ----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace whamm::probe;

LogicalResult TupleMakeOp::verify() {
  if (llvm::equal(getType().getTypes(), getElements().getTypes()))
    return success();
  return emitOpError("expects a tuple of its elements' types, found ")
         << getType();
}

void TupleMakeOp::print(OpAsmPrinter &printer) {
  if (!getElements().empty())
    printer << ' ' << getElements();
  printer << " : " << getType();
  printer.printOptionalAttrDict((*this)->getAttrs());
}

ParseResult TupleMakeOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::UnresolvedOperand> elements;
  TupleType type;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOperandList(elements) || parser.parseColonType(type) ||
      parser.parseOptionalAttrDict(result.attributes) ||
      parser.resolveOperands(elements, type.getTypes(), loc, result.operands))
    return failure();
  result.addTypes(type);
  return success();
}

/// An element of a tuple: it exists and has the type.
static LogicalResult verifyElement(Operation *op, Type type, uint32_t index,
                                   Type element) {
  auto tuple = cast<TupleType>(type);
  if (index >= tuple.size())
    return op->emitOpError("no element ") << index << " in " << tuple;
  if (tuple.getType(index) != element)
    return op->emitOpError("element ")
           << index << " is of type " << tuple.getType(index) << ", found "
           << element;
  return success();
}
LogicalResult TupleGetOp::verify() {
  return verifyElement(*this, getTuple().getType(), getIndex(), getType());
}
LogicalResult TupleSetOp::verify() {
  return verifyElement(*this, getTuple().getType(), getIndex(),
                       getValue().getType());
}

/// The element of a tuple whose making is in sight.
OpFoldResult TupleGetOp::fold(FoldAdaptor) {
  if (auto make = getTuple().getDefiningOp<TupleMakeOp>())
    return make.getElements()[getIndex()];
  auto set = getTuple().getDefiningOp<TupleSetOp>();
  if (set && set.getIndex() == getIndex())
    return set.getValue();
  return {};
}

/// An element that has not been exchanged is that of the tuple as it was.
LogicalResult TupleGetOp::canonicalize(TupleGetOp op,
                                       PatternRewriter &rewriter) {
  auto set = op.getTuple().getDefiningOp<TupleSetOp>();
  if (!set || set.getIndex() == op.getIndex())
    return failure();
  rewriter.modifyOpInPlace(op,
                           [&] { op.getTupleMutable().set(set.getTuple()); });
  return success();
}

/// A tuple whose making is in sight is made as it is meant to be.
LogicalResult TupleSetOp::canonicalize(TupleSetOp op,
                                       PatternRewriter &rewriter) {
  auto make = op.getTuple().getDefiningOp<TupleMakeOp>();
  if (!make)
    return failure();
  SmallVector<Value> elements(make.getElements());
  elements[op.getIndex()] = op.getValue();
  rewriter.replaceOpWithNewOp<TupleMakeOp>(op, op.getType(), elements);
  return success();
}

LogicalResult TableEntryOp::verify() {
  auto bound = getTable().getDefiningOp<BoundOp>();
  if (!bound || bound.getSourceName() != "targets")
    return emitOpError("expects the bound name 'targets' as its table");
  return success();
}
