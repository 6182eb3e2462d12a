//===- StaticCompiler.cpp - Expressions to flat programs --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "StaticEvaluator.h"

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm;

NumberKind whamm::getNumberKind(Type type) {
  if (isa<probe::StrType>(type))
    return NumberKind::Str;
  if (type.isF32())
    return NumberKind::F32;
  if (type.isF64() || !type.isIntOrFloat())
    return NumberKind::F64;
  bool isUnsigned = type.isUnsignedInteger();
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
    return NumberKind::Bool;
  case 8:
    return isUnsigned ? NumberKind::U8 : NumberKind::I8;
  case 16:
    return isUnsigned ? NumberKind::U16 : NumberKind::I16;
  case 32:
    return isUnsigned ? NumberKind::U32 : NumberKind::I32;
  default:
    return isUnsigned ? NumberKind::U64 : NumberKind::I64;
  }
}

namespace whamm {

/// Compiles one expression. A tuple is the list of its numbers and strings.
class StaticCompiler {
public:
  explicit StaticCompiler(StaticProgram &program) : program(program) {}
  void compileRoot(Value value);
  /// A `@static` call whose result, if it has one, nobody reads.
  void compileRoot(probe::LibCallOp call);

private:
  using Code = StaticProgram::Code;
  using Step = StaticProgram::Step;
  using Slots = SmallVector<uint32_t, 1>;

  Slots compile(Value value);
  Slots compileOp(Value value);
  uint32_t compileScalar(Value value) { return compile(value).front(); }
  Slots compileTupleGet(probe::TupleGetOp op);
  Slots compileTupleSet(probe::TupleSetOp op);
  Slots compileRegion(Region &region);
  Slots compileShortCircuit(Operation *op, bool isAnd);
  Slots compileIf(scf::IfOp op);
  Slots select(uint32_t condition, ArrayRef<uint32_t> onTrue,
               ArrayRef<uint32_t> onFalse);
  uint32_t compileBound(probe::BoundOp op);
  uint32_t compileCall(probe::LibCallOp op);
  uint32_t compileScalarOp(Operation *op);
  void compileCallsOf(Block &block, ArrayRef<Value> roots);
  void finish(uint32_t result);
  uint32_t add(Step step);
  Step makeStep(Code code, Operation *op) const;

  StaticProgram &program;
  llvm::DenseMap<Value, Slots> known;
};

} // namespace whamm

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

uint32_t StaticCompiler::add(Step step) {
  program.steps.push_back(step);
  return program.steps.size() - 1;
}

/// A step for the only result of an operation.
StaticProgram::Step StaticCompiler::makeStep(Code code, Operation *op) const {
  Step step;
  step.code = code;
  step.kind = op->getNumResults() ? getNumberKind(op->getResult(0).getType())
                                  : NumberKind::Bool;
  step.source = op->getNumOperands()
                    ? getNumberKind(op->getOperand(0).getType())
                    : step.kind;
  step.op = op;
  return step;
}

static StaticValue getConstant(Attribute attr) {
  StaticValue value;
  if (auto text = dyn_cast<StringAttr>(attr))
    value.text = text.getValue();
  else if (auto floating = dyn_cast<FloatAttr>(attr))
    value.bits = floating.getValue().bitcastToAPInt().getZExtValue();
  else if (auto integer = dyn_cast<IntegerAttr>(attr))
    value.bits = normalize(integer.getValue().getRawData()[0],
                           getNumberKind(integer.getType()));
  return value;
}

static bool isFunctionFact(wasm::BoundSource source) {
  return source == wasm::BoundSource::Fid ||
         source == wasm::BoundSource::Fname ||
         source == wasm::BoundSource::AppMemId;
}

static bool isEventFact(wasm::BoundSource source) {
  return source == wasm::BoundSource::Opname ||
         source == wasm::BoundSource::Bytecode ||
         source == wasm::BoundSource::CategoryId ||
         source == wasm::BoundSource::CategoryName;
}

uint32_t StaticCompiler::compileBound(probe::BoundOp op) {
  std::optional<StaticFact> fact = getStaticFact(op.getSourceName());
  if (!fact) {
    program.fallible = true;
    return add(makeStep(Code::Unsupported, op));
  }
  Step step = makeStep(Code::Fact, op);
  step.a = program.facts.size();
  program.facts.push_back(*fact);
  program.functionInvariant &= isFunctionFact(fact->source);
  program.eventInvariant &= isEventFact(fact->source);
  return add(step);
}

uint32_t StaticCompiler::compileCall(probe::LibCallOp op) {
  SmallVector<uint32_t> args;
  for (Value arg : op.getArgs())
    args.push_back(compileScalar(arg));
  Step step = makeStep(Code::LibCall, op);
  step.a = program.callArgs.size();
  step.b = args.size();
  llvm::append_range(program.callArgs, args);
  program.calls.push_back(op);
  program.functionInvariant = false;
  program.fallible = true;
  return add(step);
}

/// The largest group: one step for the operation's operands.
uint32_t StaticCompiler::compileScalarOp(Operation *op) {
  Code code =
      llvm::TypeSwitch<Operation *, Code>(op)
          .Case<probe::AddOp>([](auto) { return Code::Add; })
          .Case<probe::SubOp>([](auto) { return Code::Sub; })
          .Case<probe::MulOp>([](auto) { return Code::Mul; })
          .Case<probe::DivOp>([](auto) { return Code::Div; })
          .Case<probe::RemOp>([](auto) { return Code::Rem; })
          .Case<probe::ShlOp>([](auto) { return Code::Shl; })
          .Case<probe::ShrOp>([](auto) { return Code::Shr; })
          .Case<probe::AndOp, predicate::AndOp>([](auto) { return Code::And; })
          .Case<probe::OrOp, predicate::OrOp>([](auto) { return Code::Or; })
          .Case<probe::XorOp>([](auto) { return Code::Xor; })
          .Case<probe::NotOp>([](auto) { return Code::Not; })
          .Case<predicate::NotOp>([](auto) { return Code::LogicalNot; })
          .Case<probe::CmpOp>([](probe::CmpOp cmp) {
            return static_cast<Code>(static_cast<uint32_t>(Code::Eq) +
                                     static_cast<uint32_t>(cmp.getPredicate()));
          })
          .Case<probe::CastOp>([](auto) { return Code::Cast; })
          .Case<probe::StrEqOp>([](auto) { return Code::StrEq; })
          .Case<probe::StrStartsWithOp>(
              [](auto) { return Code::StrStartsWith; })
          .Case<probe::StrEndsWithOp>([](auto) { return Code::StrEndsWith; })
          .Case<probe::StrContainsOp>([](auto) { return Code::StrContains; })
          .Case<probe::StrLenOp>([](auto) { return Code::StrLen; })
          .Case<probe::TableEntryOp>([](auto) { return Code::TableEntry; })
          .Case<probe::MemIdOp>([](auto) { return Code::MemId; })
          .Case<probe::PageSizeOp>([](auto) { return Code::PageSize; })
          .Case<probe::ActiveDataStartOp>(
              [](auto) { return Code::ActiveDataStart; })
          .Case<probe::ActiveDataLenOp>(
              [](auto) { return Code::ActiveDataLen; })
          .Default([](auto) { return Code::Unsupported; });
  Step step = makeStep(code, op);
  bool isDivision = code == Code::Div || code == Code::Rem;
  bool isHarmless = isDivision && matchPattern(op->getOperand(1), m_Constant());
  program.fallible |= (isDivision && !isHarmless) ||
                      code == Code::Unsupported || code == Code::MemId ||
                      code == Code::PageSize || code == Code::ActiveDataStart ||
                      code == Code::ActiveDataLen;
  uint32_t *slots[] = {&step.a, &step.b};
  if (code != Code::Unsupported)
    for (auto [slot, operand] : llvm::zip_first(op->getOperands(), slots))
      *operand = compileScalar(slot);
  return add(step);
}

//===----------------------------------------------------------------------===//
// Tuples
//===----------------------------------------------------------------------===//

static unsigned countNumbers(Type type) {
  auto tuple = dyn_cast<TupleType>(type);
  if (!tuple)
    return 1;
  unsigned count = 0;
  for (Type element : tuple.getTypes())
    count += countNumbers(element);
  return count;
}

/// Where element `index` begins among the numbers of a tuple.
static unsigned getFirstNumber(TupleType type, unsigned index) {
  unsigned first = 0;
  for (Type element : type.getTypes().take_front(index))
    first += countNumbers(element);
  return first;
}

StaticCompiler::Slots StaticCompiler::compileTupleGet(probe::TupleGetOp op) {
  Slots all = compile(op.getTuple());
  auto type = cast<TupleType>(op.getTuple().getType());
  return Slots(ArrayRef(all).slice(getFirstNumber(type, op.getIndex()),
                                   countNumbers(op.getType())));
}

StaticCompiler::Slots StaticCompiler::compileTupleSet(probe::TupleSetOp op) {
  Slots all = compile(op.getTuple()), value = compile(op.getValue());
  auto type = cast<TupleType>(op.getTuple().getType());
  llvm::copy(value, all.begin() + getFirstNumber(type, op.getIndex()));
  return all;
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

StaticCompiler::Slots StaticCompiler::select(uint32_t condition,
                                             ArrayRef<uint32_t> onTrue,
                                             ArrayRef<uint32_t> onFalse) {
  Slots slots;
  for (auto [a, b] : llvm::zip_equal(onTrue, onFalse)) {
    Step step;
    step.code = Code::Select;
    step.kind = step.source = program.steps[a].kind;
    step.a = condition;
    step.b = a;
    step.c = b;
    slots.push_back(add(step));
  }
  return slots;
}

/// What the region yields. Steps within may be skipped, so nothing behind may
/// rely on them.
StaticCompiler::Slots StaticCompiler::compileRegion(Region &region) {
  auto before = known;
  Operation *terminator = region.front().getTerminator();
  SmallVector<Value> yielded(terminator->getOperands());
  compileCallsOf(region.front(), yielded);
  Slots slots;
  for (Value value : yielded)
    llvm::append_range(slots, compile(value));
  known = std::move(before);
  return slots;
}

StaticCompiler::Slots StaticCompiler::compileShortCircuit(Operation *op,
                                                          bool isAnd) {
  uint32_t lhs = compileScalar(op->getOperand(0));
  Step step = makeStep(isAnd ? Code::SkipUnless : Code::SkipIf, op);
  step.a = lhs;
  uint32_t skip = add(step);
  Slots rhs = compileRegion(op->getRegion(0));
  program.steps[skip].b = program.steps.size() - 1;
  return isAnd ? select(lhs, rhs, {lhs}) : select(lhs, {lhs}, rhs);
}

StaticCompiler::Slots StaticCompiler::compileIf(scf::IfOp op) {
  uint32_t condition = compileScalar(op.getCondition());
  Slots branches[2];
  Region *regions[] = {&op.getThenRegion(), &op.getElseRegion()};
  for (unsigned i = 0; i < 2; ++i) {
    Step step = makeStep(i == 0 ? Code::SkipUnless : Code::SkipIf, op);
    step.a = condition;
    uint32_t skip = add(step);
    branches[i] = compileRegion(*regions[i]);
    program.steps[skip].b = program.steps.size() - 1;
  }
  Slots all = select(condition, branches[0], branches[1]);
  unsigned first = 0;
  for (Value result : op.getResults()) {
    unsigned count = countNumbers(result.getType());
    known[result] = Slots(ArrayRef(all).slice(first, count));
    first += count;
  }
  return all;
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

StaticCompiler::Slots StaticCompiler::compileOp(Value value) {
  Operation *op = value.getDefiningOp();
  return llvm::TypeSwitch<Operation *, Slots>(op)
      .Case<probe::BoundOp>(
          [&](probe::BoundOp bound) { return Slots{compileBound(bound)}; })
      .Case<probe::ConstantOp>([&](probe::ConstantOp constant) {
        Step step = makeStep(Code::Constant, op);
        step.constant = getConstant(constant.getValue());
        return Slots{add(step)};
      })
      .Case<probe::LibCallOp>(
          [&](probe::LibCallOp call) { return Slots{compileCall(call)}; })
      .Case<probe::TupleMakeOp>([&](probe::TupleMakeOp make) {
        Slots slots;
        for (Value element : make.getElements())
          llvm::append_range(slots, compile(element));
        return slots;
      })
      .Case<probe::TupleGetOp>(
          [&](probe::TupleGetOp get) { return compileTupleGet(get); })
      .Case<probe::TupleSetOp>(
          [&](probe::TupleSetOp set) { return compileTupleSet(set); })
      .Case<probe::SelectOp>([&](probe::SelectOp choice) {
        uint32_t condition = compileScalar(choice.getCondition());
        Slots onTrue = compile(choice.getOnTrue());
        return select(condition, onTrue, compile(choice.getOnFalse()));
      })
      .Case<predicate::AndThenOp>(
          [&](Operation *both) { return compileShortCircuit(both, true); })
      .Case<predicate::OrElseOp>(
          [&](Operation *either) { return compileShortCircuit(either, false); })
      .Case<scf::IfOp>([&](scf::IfOp branch) {
        compileIf(branch);
        return known[value];
      })
      .Default([&](Operation *other) { return Slots{compileScalarOp(other)}; });
}

StaticCompiler::Slots StaticCompiler::compile(Value value) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  Slots slots;
  if (value.getDefiningOp()) {
    slots = compileOp(value);
  } else {
    // An argument of a function made by hand.
    Step step;
    step.code = Code::Unsupported;
    step.kind = step.source = getNumberKind(value.getType());
    step.op = value.getParentBlock()->getParentOp();
    program.fallible = true;
    slots.assign(countNumbers(value.getType()), add(step));
  }
  known[value] = slots;
  return slots;
}

/// Calls are made in the order of the block, whatever the order in which
/// others read their results.
void StaticCompiler::compileCallsOf(Block &block, ArrayRef<Value> roots) {
  llvm::DenseSet<Operation *> slice;
  SmallVector<Value> open(roots);
  bool hasCalls = false;
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op || !slice.insert(op).second)
      continue;
    op->walk([&](Operation *inner) {
      llvm::append_range(open, inner->getOperands());
      hasCalls |= isa<probe::LibCallOp>(inner);
    });
  }
  if (!hasCalls)
    return;
  for (Operation &op : block) {
    if (!slice.contains(&op) || !op.getNumResults())
      continue;
    bool makesCalls = op.walk([](probe::LibCallOp) {
                          return WalkResult::interrupt();
                        }).wasInterrupted();
    if (makesCalls)
      compile(op.getResult(0));
  }
}

void StaticCompiler::compileRoot(Value value) {
  SmallVector<Block *> blocks;
  for (Block *block = value.getParentBlock(); block;) {
    blocks.push_back(block);
    Operation *parent = block->getParentOp();
    block =
        parent && !isa<probe::ProbeOp>(parent) ? parent->getBlock() : nullptr;
  }
  for (Block *block : llvm::reverse(blocks))
    compileCallsOf(*block, value);
  finish(compileScalar(value));
}

void StaticCompiler::compileRoot(probe::LibCallOp call) {
  finish(compileCall(call));
}

void StaticCompiler::finish(uint32_t result) {
  program.result = result;
  program.kind = program.steps[program.result].kind;
  for (const StaticFact &fact : program.facts)
    program.ownText |= program.kind == NumberKind::Str &&
                       fact.source == wasm::BoundSource::Targets;
  program.values.resize(program.steps.size());
}

StaticProgram::StaticProgram(Value value) {
  StaticCompiler(*this).compileRoot(value);
}

StaticProgram::StaticProgram(probe::LibCallOp call) {
  StaticCompiler(*this).compileRoot(call);
}
