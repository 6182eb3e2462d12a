//===- BuildBody.cpp - What runs at the sites of a rule ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The function that the engine calls: the bodies of all probes of the rule,
/// one behind the other, each under its flag where not all sites have it. Its
/// parameters are the record, the flags, operands, and what the engine passes
/// of the site.
///
//===----------------------------------------------------------------------===//

#include "MonitorConverter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace whamm;
using wasm_inject::EngineAttr;
using wasm_inject::SourceKind;
using wei::ParamKind;

/// Turns names of site state into memory of the record.
void MonitorConverter::lowerStates(Block &block, const RulePart &part,
                                   Value base, Operation *behind) {
  SmallVector<Operation *> list;
  auto collect = [&](Operation *op) {
    StringRef name;
    if (auto get = dyn_cast<wasm_inject::StateGetOp>(op))
      name = get.getState();
    else if (auto set = dyn_cast<wasm_inject::StateSetOp>(op))
      name = set.getState();
    if (part.states.count(name))
      list.push_back(op);
  };
  auto first = behind ? std::next(behind->getIterator()) : block.begin();
  for (Operation &op : llvm::make_range(first, block.end()))
    op.walk(collect);
  for (Operation *op : list) {
    OpBuilder builder(op);
    if (auto get = dyn_cast<wasm_inject::StateGetOp>(op)) {
      uint32_t offset = part.states.lookup(get.getState())[get.getComponent()];
      get.replaceAllUsesWith(wasm_inject::LoadOp::create(builder, op->getLoc(),
                                                         get.getType(), base,
                                                         offset)
                                 .getResult());
    } else {
      auto set = cast<wasm_inject::StateSetOp>(op);
      uint32_t offset = part.states.lookup(set.getState())[set.getComponent()];
      wasm_inject::StoreOp::create(builder, op->getLoc(), base, offset,
                                   set.getValue());
    }
    op->erase();
  }
}

/// The engine's parameters of a rule's body, made by need.
class BodyParams {
public:
  BodyParams(Block &block) : block(block) {}
  Value get(EngineAttr param, Type type) {
    auto [it, isNew] = values.try_emplace(param);
    if (isNew) {
      order.push_back(param);
      it->second = block.addArgument(type, UnknownLoc::get(param.getContext()));
    }
    return it->second;
  }
  ArrayRef<Attribute> getOrder() const { return order; }

private:
  Block &block;
  llvm::DenseMap<Attribute, Value> values;
  SmallVector<Attribute> order;
};

/// Gives the template's arguments their values, made at `at`.
static void bindArguments(RulePart &part, BodyParams &params, Value record,
                          ArrayRef<Value> constants, OpBuilder &at) {
  MLIRContext *mlir = at.getContext();
  Location loc = part.body.getLoc();
  SmallVector<Value> holes;
  for (const RulePart::Hole &hole : part.holes) {
    SmallVector<Type> types =
        wasm_inject::StateOp::getComponents(hole.value.getType());
    if (!hole.isUsed) {
      holes.append(types.size(), Value());
      continue;
    }
    if (hole.param) {
      holes.push_back(params.get(*hole.param, types.front()));
      continue;
    }
    if (hole.constant) {
      holes.push_back(constants[*hole.constant]);
      continue;
    }
    for (auto [type, offset] : llvm::zip_equal(types, hole.offsets))
      holes.push_back(
          wasm_inject::LoadOp::create(at, loc, type, record, offset));
  }
  for (auto [param, arg] :
       llvm::zip_equal(part.body.getParamList(),
                       part.body.getBody().front().getArguments())) {
    if (arg.use_empty())
      continue;
    Value value;
    if (param.getKind() == SourceKind::Hole) {
      value = holes[param.getIndex()];
    } else {
      ParamKind kind = param.getKind() == SourceKind::Local ? ParamKind::Local
                                                            : ParamKind::Arg;
      value = params.get(EngineAttr::get(mlir, kind, param.getIndex()),
                         arg.getType());
    }
    arg.replaceAllUsesWith(value);
  }
}

/// Opens an scf.if around a probe that not all sites have, or that a branch
/// decides about.
static void openGuards(const RulePart &part, Value flags, unsigned bit,
                       BodyParams &params, OpBuilder &at, Location loc) {
  auto getI32 = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(at, loc, at.getI32IntegerAttr(value));
  };
  auto open = [&](arith::CmpIPredicate predicate, Value value) {
    Value condition =
        arith::CmpIOp::create(at, loc, predicate, value, getI32(0));
    auto ifOp = scf::IfOp::create(at, loc, condition, /*withElseRegion=*/false);
    at.setInsertionPointToStart(ifOp.thenBlock());
  };
  if (flags && part.isConditional) {
    Value own =
        arith::AndIOp::create(at, loc, flags, getI32(int64_t(1) << bit));
    open(arith::CmpIPredicate::ne, own);
  }
  using Guard = Candidate::Guard;
  if (part.candidate->guard == Guard::None)
    return;
  Value operand = params.get(
      EngineAttr::get(at.getContext(), ParamKind::Arg, 0), at.getI32Type());
  open(part.candidate->guard == Guard::NonZero ? arith::CmpIPredicate::ne
                                               : arith::CmpIPredicate::eq,
       operand);
}

static bool mayLeave(wasm_inject::TemplateOp op) {
  return op.walk([](wasm_inject::ExitOp) { return WalkResult::interrupt(); })
      .wasInterrupted();
}

/// A body that may be left early is a function of its own where others follow.
void MonitorConverter::callPart(RulePart &part, StringRef name,
                                OpBuilder &caller) {
  Block &body = part.body.getBody().front();
  wasm_inject::FunctionOp function = makeFunction(name, {});
  Block &target = function.getBody().front();
  // Whatever the body uses of its surroundings is a parameter.
  SmallVector<Value> captured;
  llvm::DenseMap<Value, Value> inner;
  target.getOperations().splice(target.end(), body.getOperations());
  target.walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands()) {
      Value value = operand.get();
      if (function->isAncestor(value.getParentBlock()->getParentOp()))
        continue;
      auto [it, isNew] = inner.try_emplace(value);
      if (isNew) {
        captured.push_back(value);
        it->second = target.addArgument(value.getType(), value.getLoc());
      }
      operand.set(it->second);
    }
  });
  wasm_inject::CallOp::create(caller, part.body.getLoc(), TypeRange(),
                              FlatSymbolRefAttr::get(function), captured);
}

void MonitorConverter::buildBody(Rule &rule) {
  Location loc = root.getLoc();
  rule.body = makeFunction(rule.name, {});
  Block &block = rule.body.getBody().front();
  Type i32 = builder.getI32Type();
  // As addRule() lists them.
  Value record;
  SmallVector<Value> flags, constants(rule.numConstants);
  for (unsigned i = 0; i < rule.numFlagWords; ++i)
    flags.push_back(block.addArgument(i32, loc));
  for (unsigned i = rule.givesConstant() ? 1 : 0; i < rule.numConstants; ++i)
    constants[i] = block.addArgument(i32, loc);
  if (rule.needsRecord())
    record = block.addArgument(i32, loc);
  if (rule.givesConstant())
    constants[0] = block.addArgument(i32, loc);
  BodyParams params(block);
  for (auto [i, part] : llvm::enumerate(rule.parts)) {
    if (!part.hasBody())
      continue;
    OpBuilder inside = OpBuilder::atBlockEnd(&block);
    openGuards(part, flags.empty() ? Value() : flags[i / 32], i % 32, params,
               inside, loc);
    bindArguments(part, params, record, constants, inside);
    Value base = record;
    if (part.isShared && part.shared.getSize())
      base = wasm_inject::LoadOp::create(inside, loc, i32, record,
                                         part.sharedOffset);
    Block &body = part.body.getBody().front();
    lowerStates(body, part, base);
    if (mayLeave(part.body) && rule.parts.size() > 1)
      callPart(part, (rule.name + "." + Twine(i)).str(), inside);
    else
      inside.getInsertionBlock()->getOperations().splice(
          inside.getInsertionPoint(), body.getOperations());
    part.body.erase();
    part.body = nullptr;
  }
  rule.body->setAttr("engine_params", builder.getArrayAttr(params.getOrder()));
  for (RulePart &part : rule.parts)
    for (wasm_inject::StateOp state : part.stateOps)
      state.erase();
}
