//===- SpliceCounters.cpp - Counters and what follows from them -----------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The code that increments counters, and the function that computes from them
/// what scripts have counted. That function may run any number of times.
///
//===----------------------------------------------------------------------===//

#include "SpliceBody.h"
#include "SpliceCode.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using profile::CountAt;
using profile::Increment;
using wasm::ValType;

//===----------------------------------------------------------------------===//
// In functions of the application
//===----------------------------------------------------------------------===//

namespace {

/// A counter in a function: the counter's global, or the function's local.
struct CounterHome {
  bool isLocal;
  uint32_t index;

  void get(CodeWriter &code) const {
    code.op(isLocal ? OpLocalGet : OpGlobalGet, index);
  }
  void set(CodeWriter &code) const {
    code.op(isLocal ? OpLocalSet : OpGlobalSet, index);
  }
};

} // namespace

static uint32_t getCounterGlobal(const Context &ctx, uint32_t counter) {
  return ctx.firstGlobal + ctx.plan.counters->firstGlobal + counter;
}

static CounterHome getHome(const Context &ctx, const Placement &placement,
                           const Increment &increment) {
  if (!increment.isLocal)
    return {false, getCounterGlobal(ctx, increment.counter)};
  for (auto [counter, local] : placement.counterLocals)
    if (counter == increment.counter)
      return {true, local};
  llvm_unreachable("a local of each counter that has one");
}

void detail::emitIncrement(wasm::ByteSink &out, const Context &ctx,
                           Placement &placement, const Increment &increment) {
  CodeWriter code(out);
  CounterHome home = getHome(ctx, placement, increment);
  if (increment.at == CountAt::Enter) {
    home.get(code);
    code.i64(increment.amount).op(OpI64Add);
    return home.set(code);
  }
  // The condition is on top of the stack and stays there.
  uint32_t condition = placement.pool.take(ValType::i32());
  code.op(OpLocalTee, condition).get(condition);
  if (increment.at == CountAt::Taken)
    code.i32(0).op(OpI32Ne);
  else
    code.op(OpI32Eqz);
  code.op(OpI64ExtendI32U);
  if (increment.amount != 1)
    code.i64(increment.amount).op(OpI64Mul);
  home.get(code);
  code.op(OpI64Add);
  home.set(code);
  placement.pool.release(condition);
}

void detail::emitWriteBack(wasm::ByteSink &out, const Context &ctx,
                           const Placement &placement, bool goesOn) {
  CodeWriter code(out);
  for (auto [counter, local] : placement.counterLocals) {
    uint32_t global = getCounterGlobal(ctx, counter);
    code.op(OpGlobalGet, global).get(local).op(OpI64Add);
    code.op(OpGlobalSet, global);
    if (goesOn)
      code.i64(0).set(local);
  }
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// Brings the i32 on the stack to the width of a variable.
static void emitWrap(CodeWriter &code, const CountedValue &counted) {
  if (counted.bits >= 32)
    return;
  if (!counted.isSigned) {
    code.i32((1u << counted.bits) - 1).op(OpI32And);
    return;
  }
  uint32_t unused = 32 - counted.bits;
  code.i32(unused).op(OpI32Shl).i32(unused).op(OpI32ShrS);
}

static uint32_t getValueGlobal(const Context &ctx, uint32_t value) {
  return ctx.firstGlobal + ctx.plan.counters->valueGlobals[value];
}

/// Replaces what is on the stack by a constant unless the value is 0.
static void emitSet(wasm::ByteSink &out, const CountedValue &counted,
                    uint32_t value) {
  CodeWriter code(out);
  appendConst(out, counted.getType(), *counted.set);
  code.op(OpGlobalGet, value).i64(0).op(OpI64Eq).op(OpSelect);
}

void detail::emitCounted(wasm::ByteSink &out, const Context &ctx,
                         const CountedValue &counted) {
  uint32_t value = getValueGlobal(ctx, counted.value);
  CodeWriter code(out);
  bool isWide = counted.bits == 64;
  if (counted.set) {
    appendConst(out, counted.getType(), counted.base);
    return emitSet(out, counted, value);
  }
  code.op(OpGlobalGet, value);
  if (!isWide)
    code.op(OpI32WrapI64);
  if (counted.base != 0) {
    appendConst(out, counted.getType(), counted.base);
    code.op(isWide ? OpI64Add : OpI32Add);
  }
  emitWrap(code, counted);
}

/// Computes the value into its global.
static void emitValue(wasm::ByteSink &out, const Context &ctx, uint32_t value) {
  const CounterPlan &counters = *ctx.plan.counters;
  const profile::CounterTable &table = counters.table;
  CodeWriter code(out);
  llvm::ArrayRef<profile::Term> terms = table.getTerms(value);
  if (terms.empty())
    code.i64(0);
  for (auto [i, term] : llvm::enumerate(terms)) {
    uint32_t global = term.index < table.numCounters
                          ? getCounterGlobal(ctx, term.index)
                          : getValueGlobal(ctx, term.index - table.numCounters);
    code.op(OpGlobalGet, global);
    bool isSubtracted = i != 0 && term.factor == -1;
    if (term.factor != 1 && !isSubtracted)
      code.i64(term.factor).op(OpI64Mul);
    if (i != 0)
      code.op(isSubtracted ? OpI64Sub : OpI64Add);
  }
  code.op(OpGlobalSet, getValueGlobal(ctx, value));
}

/// Adds to program state what has been counted since the last time.
static void emitUpdate(Context &ctx, wasm::ByteSink &out,
                       const CountedGlobal &entry) {
  CodeWriter code(out);
  uint32_t value = getValueGlobal(ctx, entry.counted.value);
  uint32_t global = ctx.firstGlobal + entry.global;
  bool isWide = entry.counted.bits == 64;
  code.op(OpGlobalGet, global);
  if (entry.counted.set) {
    emitSet(out, entry.counted, value);
    code.op(OpGlobalSet, global);
    return;
  }
  StateGlobal last;
  last.type = ValType::i64();
  last.name = "whamm.counted";
  uint32_t known = ctx.layout.addGlobal(std::move(last));
  code.op(OpGlobalGet, value).op(OpGlobalGet, known).op(OpI64Sub);
  if (!isWide)
    code.op(OpI32WrapI64);
  code.op(isWide ? OpI64Add : OpI32Add);
  emitWrap(code, entry.counted);
  code.op(OpGlobalSet, global);
  code.op(OpGlobalGet, value).op(OpGlobalSet, known);
}

/// True where the value has a global of its own, not that of another one.
static bool isComputed(const CounterPlan &counters, uint32_t value) {
  return counters.valueGlobals[value] != UINT32_MAX &&
         !counters.table.getCopied(value);
}

void detail::addCounts(Context &ctx) {
  if (!ctx.plan.counters)
    return;
  const CounterPlan &counters = *ctx.plan.counters;
  Buffer body = {0}; // no locals
  ChunkedCode chunks(ctx.layout, "whamm.values");
  for (uint32_t v = 0; v != counters.table.getNumValues(); ++v)
    if (isComputed(counters, v))
      emitValue(chunks.next(), ctx, v);
  for (const CountedGlobal &entry : counters.globals)
    emitUpdate(ctx, chunks.next(), entry);
  chunks.finish(body);
  body.push_back(OpEnd);
  ctx.updateCounts = ctx.layout.addFunction(wasm::FuncType(), "whamm.counts");
  ctx.layout.getNewFunction(*ctx.updateCounts).body = std::move(body);
}

void detail::emitCountedCalls(wasm::ByteSink &out, Context &ctx,
                              const Translator &translator) {
  if (!ctx.plan.counters)
    return;
  ChunkedCode chunks(ctx.layout, "whamm.calls");
  for (const CountedCalls &calls : ctx.plan.counters->calls)
    for (size_t row = 0; row != calls.values.size(); ++row) {
      Buffer &code = chunks.next();
      for (const CountedCalls::Argument &argument : calls.args) {
        appendConst(code, argument.type, argument.bits[row]);
        if (argument.inData)
          CodeWriter(code)
              .op(OpGlobalGet, ctx.firstGlobal + *ctx.plan.dataAddress)
              .op(OpI32Add);
      }
      CodeWriter(code)
          .op(OpGlobalGet, getValueGlobal(ctx, calls.values[row]))
          .call(*translator.mapFunction(calls.function));
    }
  chunks.finish(out);
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

llvm::Error detail::checkCounters(const InjectionPlan &plan) {
  auto fail = [](const llvm::Twine &what) {
    return llvm::createStringError("injection plan: " + what);
  };
  if (!plan.counters)
    return llvm::Error::success();
  const CounterPlan &counters = *plan.counters;
  const profile::CounterTable &table = counters.table;
  if (counters.firstGlobal + uint64_t(table.numCounters) >
          plan.globals.size() ||
      counters.valueGlobals.size() != table.getNumValues())
    return fail("a counter or value has no global");
  for (const Increment &increment : table.increments)
    if (increment.counter >= table.numCounters)
      return fail("a counter that is incremented does not exist");
  auto isKnown = [&](const CountedValue &counted) {
    return counted.value < counters.valueGlobals.size() &&
           counters.valueGlobals[counted.value] < plan.globals.size();
  };
  for (const CountedGlobal &entry : counters.globals)
    if (entry.global >= plan.globals.size() || !isKnown(entry.counted))
      return fail("a counted global or its value does not exist");
  for (const CountedCalls &calls : counters.calls) {
    for (uint32_t value : calls.values)
      if (!isKnown({value}))
        return fail("a counted call has no value");
    for (const CountedCalls::Argument &argument : calls.args)
      if (argument.bits.size() != calls.values.size() ||
          (argument.inData && !plan.dataAddress))
        return fail("a counted call lacks arguments");
  }
  if (plan.report && !llvm::all_of(plan.report->counted, isKnown))
    return fail("a counted row has no value");
  return llvm::Error::success();
}
