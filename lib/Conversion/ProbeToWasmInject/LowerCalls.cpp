//===- LowerCalls.cpp - Functions, libraries, memories ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "BodyLowering.h"

#include "whamm/Runtime/CoreFunctions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm;
using wasm_inject::StateOp;

wasm_inject::CallOp BodyLowering::call(Location loc, FlatSymbolRefAttr callee,
                                       ValueRange args, TypeRange results) {
  return wasm_inject::CallOp::create(builder, loc, results, callee, args);
}

/// Calls a function of the runtime; null without a result.
Value BodyLowering::callCore(Location loc, StringRef name, ValueRange args,
                             Type result) {
  SmallVector<Type> results;
  if (result)
    results.push_back(result);
  auto op =
      call(loc, context.getCore(name, args.getTypes(), results), args, results);
  return result ? op.getResult(0) : Value();
}

/// Copies a string's bytes to scratch memory of the runtime, which keeps one
/// copy of equal strings.
Components BodyLowering::lowerReadStr(probe::ReadStrOp op) {
  Location loc = op.getLoc();
  Type i32 = builder.getI32Type();
  Value length = get(op.getLen());
  Value memory = get(op.getMemory()), from = get(op.getPtr());
  Value scratch = callCore(loc, "str_begin", {length}, i32);
  Value core = getI32(loc, context.getMemory(runtime::coreModule));
  call(loc, context.getMemoryFunction("copy", 5, false),
       {core, scratch, memory, from, length}, {});
  return {callCore(loc, "str_end", {length}, i32), length};
}

/// `memory.init` from a copy of the segment: beyond its end it traps.
void BodyLowering::lowerMemInit(probe::MemInitOp op) {
  Location loc = op.getLoc();
  Type i64 = builder.getI64Type();
  Components segment = getComponents(op.getSegment());
  Value offset = get(op.getOffset()), size = get(op.getSize());
  auto widen = [&](Value value) -> Value {
    return arith::ExtUIOp::create(builder, loc, i64, value);
  };
  Value end = arith::AddIOp::create(builder, loc, widen(offset), widen(size));
  Value beyond = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ugt,
                                       end, widen(segment[1]));
  auto ifOp = scf::IfOp::create(builder, loc, beyond, /*withElseRegion=*/false);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(ifOp.thenBlock());
    wasm_inject::TrapOp::create(builder, loc);
  }
  Value from = arith::AddIOp::create(builder, loc, segment[0], offset);
  Value core = getI32(loc, context.getMemory(runtime::coreModule));
  call(loc, context.getMemoryFunction("copy", 5, false),
       {get(op.getMemory()), get(op.getPtr()), core, from, size}, {});
}

/// A call of a library: its parameters are WebAssembly's own.
static FunctionType getWasmSignature(probe::LibCallOp op) {
  SmallVector<Type> params, results;
  for (Type type : op.getArgs().getTypes())
    params.push_back(getWasmType(type));
  if (op.getResult())
    results.push_back(getWasmType(op.getResult().getType()));
  return FunctionType::get(op.getContext(), params, results);
}

bool BodyLowering::lowerCallLike(Operation &op) {
  Location loc = op.getLoc();
  Type i32 = builder.getI32Type();
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case<probe::LibCallOp>([&](probe::LibCallOp libCall) {
        // Reached where nothing reads the result of a static one.
        if (libCall.getIsStaticCall() &&
            (isAtSites() || context.isAtCompileTime())) {
          if (libCall.getResult())
            getStatic(libCall.getResult());
          else if (!isAtSites())
            evaluate(StaticProgram(libCall), loc);
          return true; // at sites, matching makes calls without results
        }
        FunctionType type = getWasmSignature(libCall);
        SmallVector<Value> args;
        for (Value arg : libCall.getArgs())
          args.push_back(get(arg));
        auto made = call(loc,
                         context.getLibraryFunction(
                             libCall.getLibrary(), libCall.getFunction(), type),
                         args, type.getResults());
        if (libCall.getResult())
          bind(libCall.getResult(), {made.getResult(0)});
        return true;
      })
      .Case<probe::CallOp>([&](probe::CallOp fnCall) {
        SmallVector<Value> args;
        for (Value arg : fnCall.getArgs())
          llvm::append_range(args, getComponents(arg));
        SmallVector<Type> results;
        if (fnCall.getResult())
          results = StateOp::getComponents(fnCall.getResult().getType());
        auto made =
            call(loc, functions.lookup(fnCall.getCallee()), args, results);
        if (fnCall.getResult())
          bind(fnCall.getResult(), Components(made.getResults()));
        return true;
      })
      .Case<probe::ReadStrOp>([&](probe::ReadStrOp read) {
        bind(read.getResult(), lowerReadStr(read));
        return true;
      })
      .Case<probe::MemCopyOp>([&](probe::MemCopyOp copy) {
        call(loc, context.getMemoryFunction("copy", 5, false),
             {get(copy.getDstMemory()), get(copy.getDst()),
              get(copy.getSrcMemory()), get(copy.getSrc()),
              get(copy.getSize())},
             {});
        return true;
      })
      .Case<probe::MemFillOp>([&](probe::MemFillOp fill) {
        call(loc, context.getMemoryFunction("fill", 4, false),
             {get(fill.getMemory()), get(fill.getPtr()), get(fill.getByte()),
              get(fill.getSize())},
             {});
        return true;
      })
      .Case<probe::MemInitOp>([&](probe::MemInitOp init) {
        lowerMemInit(init);
        return true;
      })
      .Case<probe::MemSizeOp>([&](probe::MemSizeOp size) {
        auto made = call(loc, context.getMemoryFunction("size", 1, true),
                         {get(size.getMemory())}, {i32});
        bind(size.getResult(), {made.getResult(0)});
        return true;
      })
      .Case<probe::ResolveFuncrefOp>([&](probe::ResolveFuncrefOp resolve) {
        context.needShadows();
        bind(
            resolve.getResult(),
            {callCore(loc, "shadow_get",
                      {get(resolve.getTable()), get(resolve.getSlot())}, i32)});
        return true;
      })
      .Default([](Operation *) { return false; });
}
