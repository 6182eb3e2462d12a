//===- SpecializeForEvent.cpp - Probes of one event -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What an event says of itself (opname, category and the like) is put in place
/// of its names, so that a chain of `if (category_name == ...)` leaves one arm.
///
//===----------------------------------------------------------------------===//

#include "MonitorConverter.h"

#include "whamm/Wasm/Opcodes.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace whamm;
using wasm::BoundSource;

/// The value of a name that is the same at all sites of an event; null for
/// others.
static TypedAttr getEventFact(probe::BoundOp op, wasm::EventId event) {
  std::optional<wasm::BoundVar> var =
      wasm::lookupBoundVar(event, op.getSourceName());
  if (!var)
    return nullptr;
  const wasm::EventInfo &info = wasm::getEvents()[event];
  Type type = op.getType();
  auto getNumber = [&](uint64_t value) -> TypedAttr {
    return IntegerAttr::get(type, APInt(type.getIntOrFloatBitWidth(), value,
                                        false, /*implicitTrunc=*/true));
  };
  switch (var->source) {
  case BoundSource::Opname:
    return StringAttr::get(info.opname, type);
  case BoundSource::CategoryName:
    return StringAttr::get(info.categoryName, type);
  case BoundSource::Bytecode:
    return getNumber(info.bytecode);
  case BoundSource::CategoryId:
    return getNumber(info.categoryId);
  case BoundSource::DataSize:
    return getNumber(wasm::getOpcodeInfo(*info.opcode).accessBytes);
  case BoundSource::IsWrite:
    return getNumber(wasm::getOpcodeInfo(*info.opcode).writesMemory);
  default:
    return nullptr;
  }
}

static bool readsEventFacts(probe::ProbeOp op, wasm::EventId event) {
  return op
      .walk([&](probe::BoundOp bound) {
        return getEventFact(bound, event) ? WalkResult::interrupt()
                                          : WalkResult::advance();
      })
      .wasInterrupted();
}

FrozenRewritePatternSet whamm::getCanonicalization(MLIRContext *context) {
  RewritePatternSet list(context);
  for (RegisteredOperationName name : context->getRegisteredOperations())
    name.getCanonicalizationPatterns(list, context);
  return FrozenRewritePatternSet(std::move(list));
}

static bool isFalse(Value value) {
  APInt bits;
  return value && matchPattern(value, m_ConstantInt(&bits)) && bits.isZero();
}

probe::ProbeOp
whamm::specializeForEvent(probe::ProbeOp op, wasm::EventId event,
                          const FrozenRewritePatternSet &patterns) {
  if (!readsEventFacts(op, event))
    return op;
  OpBuilder builder(op);
  builder.setInsertionPointAfter(op);
  auto copy = cast<probe::ProbeOp>(builder.clone(*op));
  copy.walk([&](probe::BoundOp bound) {
    TypedAttr value = getEventFact(bound, event);
    if (!value)
      return;
    OpBuilder at(bound);
    Value constant = probe::ConstantOp::create(at, bound.getLoc(), value);
    bound.replaceAllUsesWith(constant);
    bound.erase();
  });
  for (Region &region : copy->getRegions())
    (void)applyPatternsGreedily(region, patterns);
  predicate::YieldOp yield = copy.getPredicateYield();
  if (isFalse(getStaticPredicate(copy)) || (yield && isFalse(yield.getValue())))
    return nullptr;
  return copy;
}
