//===- WasmInjectCounting.cpp - Tallies and counters ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectCounters.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::wasm_inject;

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// The columns of a list have one value per row.
static LogicalResult verifyLengths(Operation *op, StringRef what, size_t rows,
                                   ArrayRef<size_t> lengths) {
  for (size_t length : lengths)
    if (length != rows)
      return op->emitOpError("expects columns of equal length for ")
             << what << ", found " << length << " and " << rows;
  return success();
}

/// Places ascend by function and instruction, and are no negative numbers.
static LogicalResult verifyPlaces(Operation *op, ArrayRef<int32_t> func,
                                  ArrayRef<int32_t> opidx) {
  for (size_t i = 0; i < func.size(); ++i) {
    if (func[i] < 0 || opidx[i] < 0)
      return op->emitOpError("expects places from 0 on; row ")
             << i << " is not";
    if (i > 0 &&
        std::pair(func[i - 1], opidx[i - 1]) > std::pair(func[i], opidx[i]))
      return op->emitOpError("expects rows that ascend by function and "
                             "instruction; row ")
             << i << " does not";
  }
  return success();
}

LogicalResult TallyOp::verify() {
  size_t rows = getFunc().size();
  if (failed(verifyLengths(*this, "places", rows,
                           {getOpidx().size(), getAmount().size()})))
    return failure();
  return verifyPlaces(*this, getFunc(), getOpidx());
}

/// The state of a tally or of what has been counted: a number of one component;
/// site state has a slot per row.
static LogicalResult verifyCounted(Operation *op, FlatSymbolRefAttr symbol,
                                   ArrayRef<int32_t> slots, size_t rows,
                                   SymbolTableCollection &tables) {
  auto state = tables.lookupNearestSymbolFrom<StateOp>(op, symbol);
  if (!state)
    return op->emitOpError("no state named ") << symbol;
  if (!isa<IntegerType>(state.getType()))
    return op->emitOpError("expects state that is an integer or a bool, ")
           << symbol << " is " << state.getType();
  bool isSite = state.getScope() == Scope::Site;
  if (slots.size() != (isSite ? rows : 0))
    return op->emitOpError("expects ")
           << (isSite ? "a slot per row" : "no slots") << ", found "
           << slots.size();
  for (int32_t slot : slots)
    if (slot < 0)
      return op->emitOpError("expects slots from 0 on, found ") << slot;
  return success();
}

LogicalResult TallyOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyCounted(*this, getStateAttr(), getSlot(), getFunc().size(),
                       tables);
}

LogicalResult FunctionOp::verify() {
  if (!getAccumulates())
    return success();
  SmallVector<Type> types(getBody().getArgumentTypes());
  if (!getSignatureResults().empty() || types.empty() ||
      !types.back().isInteger(64))
    return emitOpError("that accumulates expects an amount of type i64 as its "
                       "last parameter, and no results");
  return success();
}

/// Columns of the arguments of calls: one per argument but the amount, as long
/// as there are rows.
static LogicalResult verifyArguments(Operation *op, ArrayAttr args,
                                     ArrayRef<int32_t> inData, size_t rows) {
  if (inData.size() != args.size())
    return op->emitOpError("expects `in_data` for each column of arguments");
  for (auto column : args.getAsRange<DenseI64ArrayAttr>())
    if (static_cast<size_t>(column.size()) != rows)
      return op->emitOpError("expects columns of arguments of length ")
             << rows << ", found " << column.size();
  return success();
}

static LogicalResult verifyCallee(Operation *op, FlatSymbolRefAttr symbol,
                                  size_t numArgs, ArrayRef<int32_t> inData,
                                  SymbolTableCollection &tables) {
  auto callee = tables.lookupNearestSymbolFrom<FunctionOp>(op, symbol);
  if (!callee || !callee.getAccumulates())
    return op->emitOpError("no function that accumulates named ") << symbol;
  SmallVector<Type> types(callee.getBody().getArgumentTypes());
  if (types.size() != numArgs + 1)
    return op->emitOpError("expects ")
           << types.size() - 1 << " columns of arguments, found " << numArgs;
  for (auto [type, flag] : llvm::zip(types, inData))
    if (flag && !type.isInteger(32))
      return op->emitOpError("expects an i32 where an argument is in data");
  return success();
}

LogicalResult TallyCallOp::verify() {
  size_t rows = getFunc().size();
  if (failed(verifyLengths(*this, "places", rows,
                           {getOpidx().size(), getAmount().size()})) ||
      failed(verifyArguments(*this, getArgs(), getInData(), rows)))
    return failure();
  return verifyPlaces(*this, getFunc(), getOpidx());
}

LogicalResult TallyCallOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyCallee(*this, getCalleeAttr(), getArgs().size(), getInData(),
                      tables);
}

/// Values exist.
static LogicalResult verifyValueUse(Operation *op, ArrayRef<int32_t> values) {
  CountersOp counters = findCounters(op->getParentOfType<ModuleOp>());
  if (!counters)
    return op->emitOpError("expects `counters` beside it");
  for (int32_t value : values)
    if (value < 0 || static_cast<size_t>(value) >= counters.getTerms().size())
      return op->emitOpError("no value ") << value;
  return success();
}

LogicalResult CountedCallOp::verify() {
  return verifyArguments(*this, getArgs(), getInData(), getValue().size());
}

LogicalResult CountedCallOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(verifyValueUse(*this, getValue())))
    return failure();
  return verifyCallee(*this, getCalleeAttr(), getArgs().size(), getInData(),
                      tables);
}

LogicalResult CountedOp::verify() {
  if (getSet() && getSet()->size() != getValue().size())
    return emitOpError("expects a constant per value, found ")
           << getSet()->size() << " for " << getValue().size();
  if (getSlot().empty() && getValue().size() > 1)
    return emitOpError("expects one value of program state, found ")
           << getValue().size();
  return success();
}

LogicalResult CountedOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(verifyValueUse(*this, getValue())))
    return failure();
  return verifyCounted(*this, getStateAttr(), getSlot(), getValue().size(),
                       tables);
}

static LogicalResult verifyIncrements(CountersOp op) {
  for (int32_t counter : op.getCounter())
    if (counter < 0 || counter >= static_cast<int32_t>(op.getNumber()))
      return op.emitOpError("no counter ") << counter;
  for (int32_t at : op.getAt())
    if (!symbolizeCountAt(at))
      return op.emitOpError("no place of kind ") << at;
  return success();
}

/// Values are sums of counters, and of values in front of them.
static LogicalResult verifyValues(CountersOp op) {
  size_t next = 0;
  for (auto [value, count] : llvm::enumerate(op.getTerms())) {
    if (count < 0 || next + count > op.getTerm().size())
      return op.emitOpError("expects ") << count << " terms of value " << value;
    for (int32_t term : op.getTerm().slice(next, count))
      if (term < 0 || static_cast<size_t>(term) >= op.getNumber() + value)
        return op.emitOpError("value ")
               << value << " has term " << term
               << ", which is no counter and no value in front of it";
    next += count;
  }
  if (next != op.getTerm().size())
    return op.emitOpError("has terms of no value");
  return success();
}

LogicalResult CountersOp::verify() {
  if (failed(
          verifyLengths(*this, "increments", getFunc().size(),
                        {getOpidx().size(), getAt().size(), getCounter().size(),
                         getAmount().size(), getLocal().size()})) ||
      failed(verifyLengths(*this, "places of writing back",
                           getBackFunc().size(), {getBackOpidx().size()})) ||
      failed(verifyLengths(*this, "terms", getTerm().size(),
                           {getFactor().size()})) ||
      failed(verifyPlaces(*this, getFunc(), getOpidx())) ||
      failed(verifyPlaces(*this, getBackFunc(), getBackOpidx())) ||
      failed(verifyIncrements(*this)))
    return failure();
  return verifyValues(*this);
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

profile::CounterTable wasm_inject::readCounters(CountersOp op) {
  profile::CounterTable table;
  table.numCounters = op.getNumber();
  for (size_t i = 0, e = op.getFunc().size(); i != e; ++i)
    table.increments.push_back({static_cast<uint32_t>(op.getFunc()[i]),
                                static_cast<uint32_t>(op.getOpidx()[i]),
                                static_cast<profile::CountAt>(op.getAt()[i]),
                                static_cast<uint32_t>(op.getCounter()[i]),
                                op.getAmount()[i], op.getLocal()[i] != 0});
  for (auto [func, opidx] :
       llvm::zip_equal(op.getBackFunc(), op.getBackOpidx()))
    table.writeBacks.push_back(
        {static_cast<uint32_t>(func), static_cast<uint32_t>(opidx)});
  size_t next = 0;
  for (int32_t count : op.getTerms()) {
    table.addValue();
    for (size_t end = next + count; next != end; ++next)
      table.addTerm(op.getTerm()[next], op.getFactor()[next]);
  }
  return table;
}

CountersOp wasm_inject::createCounters(OpBuilder &builder, Location loc,
                                       const profile::CounterTable &table) {
  SmallVector<int32_t> func, opidx, at, counter, local, backFunc, backOpidx;
  SmallVector<int32_t> terms, term;
  SmallVector<int64_t> amount, factor;
  for (const profile::Increment &increment : table.increments) {
    func.push_back(increment.func);
    opidx.push_back(increment.opidx);
    at.push_back(static_cast<int32_t>(increment.at));
    counter.push_back(increment.counter);
    amount.push_back(increment.amount);
    local.push_back(increment.isLocal);
  }
  for (const profile::WriteBack &back : table.writeBacks) {
    backFunc.push_back(back.func);
    backOpidx.push_back(back.opidx);
  }
  for (uint32_t value = 0; value != table.getNumValues(); ++value) {
    terms.push_back(table.getTerms(value).size());
    for (const profile::Term &entry : table.getTerms(value)) {
      term.push_back(entry.index);
      factor.push_back(entry.factor);
    }
  }
  return CountersOp::create(builder, loc, table.numCounters, func, opidx, at,
                            counter, amount, local, backFunc, backOpidx, terms,
                            term, factor);
}

CountersOp wasm_inject::findCounters(ModuleOp module) {
  auto ops = module.getOps<CountersOp>();
  return ops.empty() ? CountersOp() : *ops.begin();
}
