//===- SpliceStart.cpp - What runs before the application -----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The start function of the output: data and shadows, then what the script
/// initialises, then what the application's own start function does.
///
//===----------------------------------------------------------------------===//

#include "SpliceCode.h"

#include "whamm/Runtime/CoreFunctions.h"

#include "llvm/Support/Endian.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::FuncType;
using wasm::ValType;

StartImports detail::addStartImports(Context &ctx) {
  StartImports imports;
  ValType i32 = ValType::i32(), i64 = ValType::i64();
  auto add = [&](llvm::StringRef name, llvm::ArrayRef<ValType> params,
                 llvm::ArrayRef<ValType> results = {}) {
    return ctx.layout.addImport(runtime::coreModule, name,
                                makeFuncType(params, results));
  };
  if (!ctx.plan.data.empty()) {
    imports.dataNew = add("data_new", {i32}, {i32});
    imports.dataWrite = add("data_write", {i32, i64, i64, i64, i64});
  }
  if (ctx.plan.shadows.empty())
    return imports;
  imports.shadowNew = add("shadow_new", {i32, i32});
  imports.shadowSet = add("shadow_set", {i32, i32, i32});
  imports.shadowFill = add("shadow_fill", {i32, i32, i32, i32});
  imports.shadowCopy = add("shadow_copy", {i32, i32, i32, i32, i32});
  return imports;
}

/// Hands the plan's bytes to the runtime, 32 a call.
static void emitData(Context &ctx, const StartImports &imports,
                     wasm::ByteSink &caller) {
  llvm::ArrayRef<uint8_t> data = ctx.plan.data;
  if (data.empty())
    return;
  constexpr size_t step = 32;
  uint32_t address = ctx.firstGlobal + *ctx.plan.dataAddress;
  // Whole steps are written, so there must be room for them.
  CodeWriter(caller)
      .i32(llvm::alignTo(data.size(), step))
      .call(imports.dataNew)
      .op(OpGlobalSet, address);
  ChunkedCode chunks(ctx.layout, "whamm.data");
  for (size_t at = 0; at < data.size(); at += step) {
    uint8_t bytes[step] = {};
    llvm::copy(data.slice(at, std::min(step, data.size() - at)), bytes);
    if (llvm::all_of(bytes, [](uint8_t byte) { return byte == 0; }))
      continue; // as the runtime left it
    CodeWriter code(chunks.next());
    code.op(OpGlobalGet, address).i32(at).op(OpI32Add);
    for (size_t i = 0; i != step; i += 8)
      code.i64(llvm::support::endian::read64le(bytes + i));
    code.call(imports.dataWrite);
  }
  chunks.finish(caller);
}

/// Appends calls of functions that hold the code of all Init sites.
static void emitInitSites(Context &ctx, wasm::ByteSink &caller) {
  ChunkedCode chunks(ctx.layout, "whamm.init");
  for (const SiteTable &table : ctx.plan.sites) {
    if (table.position != Position::Init)
      continue;
    Binding binding;
    binding.table = &table;
    binding.firstGlobal = ctx.firstGlobal;
    for (uint32_t row = 0, e = table.size(); row != e; ++row) {
      binding.row = row;
      emitSite(chunks.next(), ctx.templates[table.templateIndex], {}, binding,
               chunks.getPool());
    }
  }
  chunks.finish(caller);
}

void detail::addStart(Context &ctx, const StartImports &imports,
                      std::optional<uint32_t> init,
                      std::optional<uint32_t> begin) {
  std::optional<uint32_t> own;
  if (ctx.app.start)
    own = ctx.layout.mapFunction(*ctx.app.start);
  bool hasInitSites = llvm::any_of(ctx.plan.sites, [](const SiteTable &t) {
    return t.position == Position::Init && t.size();
  });
  if (!init && !begin && !hasInitSites && !ctx.reportBehindStart &&
      ctx.plan.data.empty() && ctx.plan.shadows.empty()) {
    ctx.layout.start = own;
    return;
  }
  uint32_t function = ctx.layout.addFunction(FuncType(), "whamm.start");
  Buffer body = {0}; // no locals
  auto call = [&](std::optional<uint32_t> callee) {
    if (callee)
      appendIndexed(body, OpCall, *callee);
  };
  emitData(ctx, imports, body);
  emitShadows(ctx, imports, body);
  call(init);
  emitInitSites(ctx, body);
  call(begin);
  call(own);
  call(ctx.reportBehindStart);
  body.push_back(OpEnd);
  ctx.layout.getNewFunction(function).body = std::move(body);
  ctx.layout.start = function;
}
