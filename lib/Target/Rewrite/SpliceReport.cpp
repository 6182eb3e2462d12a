//===- SpliceReport.cpp - Report and entry hooks
//-----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The report, which comes once, and the wrappers of the entry and of proc_exit
/// that ask for it.
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

void ChunkedCode::finish(wasm::ByteSink &caller) {
  if (!code.empty())
    flush();
  for (uint32_t function : functions)
    appendIndexed(caller, OpCall, function);
}

void ChunkedCode::flush() {
  std::string text = name + "." + std::to_string(functions.size());
  functions.push_back(layout.addFunction(FuncType(), text));
  Buffer &body = layout.getNewFunction(functions.back()).body;
  wasm::appendULEB(body, pool.getNumGroups());
  pool.encodeGroups(body);
  wasm::appendBytes(body, code);
  body.push_back(OpEnd);
  code.clear();
  pool.reset(0);
}

//===----------------------------------------------------------------------===//
// Report
//===----------------------------------------------------------------------===//

/// The type of a value that is no string.
static ValType getValueType(const Context &ctx, const ReportValue &value) {
  if (value.constant != ReportValue::notConstant)
    return ctx.plan.report->constants[value.constant].type;
  return value.counted == ReportValue::notCounted
             ? ctx.plan.globals[value.global].type
             : ctx.plan.report->counted[value.counted].getType();
}

/// Slot of a numeric type in ReportImports::value.
static unsigned getValueSlot(ValType type) {
  return static_cast<unsigned>(type.getKind()) -
         static_cast<unsigned>(ValType::Kind::I32);
}

/// True where a number follows that is the same as the one before it.
static bool hasRepeats(llvm::ArrayRef<ReportValue> values) {
  return std::adjacent_find(values.begin(), values.end(),
                            [](const ReportValue &a, const ReportValue &b) {
                              return a == b && !a.isString;
                            }) != values.end();
}

ReportImports detail::addReportImports(Context &ctx) {
  ReportImports imports;
  auto add = [&](llvm::StringRef name, llvm::ArrayRef<ValType> params) {
    return ctx.layout.addImport(runtime::coreModule, name,
                                makeFuncType(params));
  };
  imports.begin = add("report_begin", {});
  ValType i64 = ValType::i64();
  imports.data = add("report_data", {i64, i64, i64, i64});
  bool used[4] = {};
  bool usesStrings = false;
  for (const ReportValue &value : ctx.plan.report->values)
    if (value.isString)
      usesStrings = true;
    else
      used[getValueSlot(getValueType(ctx, value))] = true;
  const std::pair<llvm::StringRef, ValType> kinds[] = {
      {"report_i32", ValType::i32()},
      {"report_i64", ValType::i64()},
      {"report_f32", ValType::f32()},
      {"report_f64", ValType::f64()}};
  for (auto [name, type] : kinds)
    if (used[getValueSlot(type)])
      imports.value[getValueSlot(type)] = add(name, {type});
  if (usesStrings)
    imports.string = add("report_str", {ValType::i32(), ValType::i32()});
  if (hasRepeats(ctx.plan.report->values))
    imports.repeat = add("report_repeat", {ValType::i32()});
  imports.end = add("report_end", {});
  return imports;
}

/// Passes the descriptor to the runtime, 32 bytes a call.
static void emitDescriptor(ChunkedCode &chunks, const ReportImports &imports,
                           llvm::ArrayRef<uint8_t> descriptor) {
  constexpr size_t step = 32;
  for (size_t at = 0; at < descriptor.size(); at += step) {
    uint8_t bytes[step] = {};
    llvm::copy(descriptor.slice(at, std::min(step, descriptor.size() - at)),
               bytes);
    Buffer &code = chunks.next();
    for (size_t i = 0; i != step; i += 8)
      appendConst(code, ValType::i64(),
                  llvm::support::endian::read64le(bytes + i));
    appendIndexed(code, OpCall, imports.data);
  }
}

/// Passes one value to the runtime.
static void emitValue(Buffer &code, Context &ctx, const ReportImports &imports,
                      const ReportValue &value) {
  if (value.constant != ReportValue::notConstant) {
    const ReportPlan::Constant &constant =
        ctx.plan.report->constants[value.constant];
    appendConst(code, constant.type, constant.bits);
  } else if (value.counted != ReportValue::notCounted)
    emitCounted(code, ctx, ctx.plan.report->counted[value.counted]);
  else
    appendIndexed(code, OpGlobalGet, ctx.firstGlobal + value.global);
  if (value.isString) {
    appendIndexed(code, OpGlobalGet, ctx.firstGlobal + value.global + 1);
    return appendIndexed(code, OpCall, imports.string);
  }
  appendIndexed(code, OpCall,
                imports.value[getValueSlot(getValueType(ctx, value))]);
}

/// Values that are equal by construction, as those of one basic block, are
/// passed once: the code of a report is compiled for its one run.
static void emitValues(ChunkedCode &chunks, Context &ctx,
                       const ReportImports &imports) {
  llvm::ArrayRef<ReportValue> values = ctx.plan.report->values;
  while (!values.empty()) {
    const ReportValue &value = values.front();
    auto same = values.take_while(
        [&](const ReportValue &other) { return other == value; });
    size_t repeats = value.isString ? 0 : same.size() - 1;
    Buffer &code = chunks.next();
    emitValue(code, ctx, imports, value);
    if (repeats) {
      appendConst(code, ValType::i32(), repeats);
      appendIndexed(code, OpCall, imports.repeat);
    }
    values = values.drop_front(1 + repeats);
  }
}

static void emitReport(Context &ctx, const ReportImports &imports,
                       wasm::ByteSink &caller) {
  ChunkedCode chunks(ctx.layout, "whamm.report");
  appendIndexed(chunks.next(), OpCall, imports.begin);
  emitDescriptor(chunks, imports, ctx.plan.report->descriptor);
  emitValues(chunks, ctx, imports);
  appendIndexed(chunks.next(), OpCall, imports.end);
  chunks.finish(caller);
}

/// The function that ends the program for the script, and reports, unless it
/// has done so.
static uint32_t addReportOnce(Context &ctx, const ReportImports &imports,
                              const Translator &translator,
                              std::optional<uint32_t> end,
                              std::optional<uint32_t> onReport) {
  StateGlobal done;
  done.type = ValType::i32();
  done.name = "whamm.reported";
  uint32_t global = ctx.layout.addGlobal(std::move(done));
  uint32_t function = ctx.layout.addFunction(FuncType(), "whamm.report_once");
  Buffer body = {0}; // no locals
  appendIndexed(body, OpGlobalGet, global);
  body.append({OpI32Eqz, OpIf, EmptyBlockType});
  appendConst(body, ValType::i32(), 1);
  appendIndexed(body, OpGlobalSet, global);
  if (ctx.updateCounts)
    appendIndexed(body, OpCall, *ctx.updateCounts);
  emitCountedCalls(body, ctx, translator);
  if (end)
    appendIndexed(body, OpCall, *end);
  if (onReport)
    appendIndexed(body, OpCall, *onReport);
  else if (ctx.plan.report)
    emitReport(ctx, imports, body);
  body.append({OpEnd, OpEnd});
  ctx.layout.getNewFunction(function).body = std::move(body);
  return function;
}

//===----------------------------------------------------------------------===//
// Hooks
//===----------------------------------------------------------------------===//

/// A function that passes its parameters on, with a report behind (or in front
/// of) the call.
static uint32_t addWrapper(Context &ctx, uint32_t target, const FuncType &type,
                           llvm::function_ref<void(CodeWriter &)> before,
                           llvm::function_ref<void(CodeWriter &)> behind,
                           std::string name) {
  uint32_t function = ctx.layout.addFunction(type, std::move(name));
  Buffer body = {0}; // no locals
  CodeWriter code(body);
  before(code);
  for (uint32_t i = 0, e = type.params.size(); i != e; ++i)
    code.get(i);
  code.call(target);
  behind(code);
  code.end();
  ctx.layout.getNewFunction(function).body = std::move(body);
  return function;
}

void detail::hookProcExit(Context &ctx, std::optional<uint32_t> report) {
  if (ctx.exceptions != ExceptionStyle::None && !ctx.procExits.empty()) {
    StateGlobal exiting;
    exiting.type = ValType::i32();
    exiting.name = "whamm.exiting";
    ctx.exiting = ctx.layout.addGlobal(std::move(exiting));
  }
  if (!report && !ctx.exiting)
    return;
  auto before = [&](CodeWriter &code) {
    if (ctx.exiting)
      code.i32(1).op(OpGlobalSet, *ctx.exiting);
    if (report)
      code.call(*report);
  };
  for (uint32_t import : ctx.procExits)
    ctx.layout.redirectImport(
        import, addWrapper(
                    ctx, import, ctx.app.getFunctionType(import), before,
                    [](CodeWriter &) {}, "whamm.proc_exit"));
}

/// Position of the exported function `name`, or nullopt.
static std::optional<uint32_t> findExportedFunction(const wasm::Module &app,
                                                    llvm::StringRef name) {
  for (auto [i, entry] : llvm::enumerate(app.exports))
    if (entry.kind == wasm::ExternKind::Func && entry.name == name)
      return i;
  return std::nullopt;
}

static void hookEntry(Context &ctx, uint32_t report, bool startPrecedesMain) {
  const wasm::Module &app = ctx.app;
  std::optional<uint32_t> entry = findExportedFunction(app, "_start");
  if (!entry && startPrecedesMain)
    entry = findExportedFunction(app, "main");
  if (!entry && app.start) {
    ctx.reportBehindStart = report;
    return;
  }
  if (!entry)
    entry = findExportedFunction(app, "main");
  if (!entry)
    return; // the host asks
  uint32_t function = app.exports[*entry].index;
  ctx.hookedEntry = function;
  ctx.layout.redirectedExports[*entry] = addWrapper(
      ctx, ctx.layout.mapFunction(function), app.getFunctionType(function),
      [](CodeWriter &) {}, [&](CodeWriter &code) { code.call(report); },
      "whamm.entry");
}

static std::string chooseExportName(const wasm::Module &app,
                                    llvm::StringRef base) {
  auto isTaken = [&](llvm::StringRef name) {
    return llvm::any_of(app.exports,
                        [&](const wasm::Export &e) { return e.name == name; });
  };
  std::string name = base.str();
  for (unsigned i = 2; isTaken(name); ++i)
    name = (base + llvm::Twine(i)).str();
  return name;
}

void detail::addReport(Context &ctx, const ReportImports &imports,
                       const Translator &translator,
                       std::optional<uint32_t> end,
                       std::optional<uint32_t> onReport,
                       bool startPrecedesMain) {
  uint32_t report = addReportOnce(ctx, imports, translator, end, onReport);
  hookProcExit(ctx, report);
  hookEntry(ctx, report, startPrecedesMain);
  ctx.layout.exports.push_back(
      {chooseExportName(ctx.app, reportExportName), report});
}
