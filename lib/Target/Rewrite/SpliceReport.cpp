//===- SpliceReport.cpp - Report and entry hooks ----------------*- C++ -*-===//
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
#include "whamm/Runtime/ReportFormat.h"

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
  if (value.isConstant)
    return ctx.plan.report->constants[value.global].type;
  return value.counted == ReportValue::notCounted
             ? ctx.plan.globals[value.global].type
             : ctx.plan.report->counted[value.counted].getType();
}

/// Slot of a numeric type in ReportImports::value.
static unsigned getValueSlot(ValType type) {
  return static_cast<unsigned>(type.getKind()) -
         static_cast<unsigned>(ValType::Kind::I32);
}

namespace {

/// What one or two calls pass: a batch of numbers of one type, or one value and
/// how often it comes again.
struct ReportPiece {
  llvm::ArrayRef<ReportValue> values;
  uint32_t again = 0;

  bool isBatch() const { return values.size() > 1; }
};

} // namespace

/// A value that comes so often in a row is passed once.
static constexpr size_t fewestEqual = 3;

static bool areEqual(const Context &ctx, const ReportValue &a,
                     const ReportValue &b) {
  const ReportPlan &report = *ctx.plan.report;
  if (a.isString || b.isString)
    return false;
  if (a == b)
    return true;
  if (a.isConstant)
    return b.isConstant &&
           report.constants[a.global] == report.constants[b.global];
  return a.counted != ReportValue::notCounted &&
         b.counted != ReportValue::notCounted &&
         report.counted[a.counted] == report.counted[b.counted];
}

/// How many of the next values are the first one.
static size_t countEqual(const Context &ctx, llvm::ArrayRef<ReportValue> left) {
  return left
      .take_while([&](const ReportValue &value) {
        return &value == &left.front() || areEqual(ctx, value, left.front());
      })
      .size();
}

/// How many of the next values, up to ReportBatch, are numbers of one type that
/// differ.
static size_t countAlike(const Context &ctx, llvm::ArrayRef<ReportValue> left) {
  if (left.front().isString)
    return 1;
  ValType type = getValueType(ctx, left.front());
  size_t count = 1;
  for (; count < std::min<size_t>(left.size(), runtime::ReportBatch); ++count)
    if (left[count].isString || getValueType(ctx, left[count]) != type ||
        countEqual(ctx, left.slice(count).take_front(fewestEqual)) ==
            fewestEqual)
      break;
  return count;
}

/// Calls `action` for the values of the report, piece by piece.
static void forEachPiece(const Context &ctx,
                         llvm::function_ref<void(const ReportPiece &)> action) {
  llvm::ArrayRef<ReportValue> left = ctx.plan.report->values;
  while (!left.empty()) {
    size_t equal = countEqual(ctx, left);
    if (equal >= fewestEqual) {
      action({left.take_front(), static_cast<uint32_t>(equal - 1)});
      left = left.drop_front(equal);
      continue;
    }
    size_t alike = countAlike(ctx, left);
    if (alike == runtime::ReportBatch)
      action({left.take_front(alike)});
    else
      for (size_t i = 0; i < alike; ++i)
        action({left.slice(i, 1)});
    left = left.drop_front(alike);
  }
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
  bool usesValue[4] = {}, usesBatch[4] = {};
  bool usesStrings = false, usesAgain = false;
  forEachPiece(ctx, [&](const ReportPiece &piece) {
    const ReportValue &first = piece.values.front();
    usesAgain |= piece.again != 0;
    usesStrings |= first.isString;
    bool *uses = piece.isBatch() ? usesBatch : usesValue;
    if (!first.isString)
      uses[getValueSlot(getValueType(ctx, first))] = true;
  });
  const std::pair<std::string, ValType> kinds[] = {
      {"report_i32", ValType::i32()},
      {"report_i64", ValType::i64()},
      {"report_f32", ValType::f32()},
      {"report_f64", ValType::f64()}};
  for (const auto &[name, type] : kinds) {
    unsigned slot = getValueSlot(type);
    if (usesValue[slot])
      imports.value[slot] = add(name, {type});
    llvm::SmallVector<ValType> params(runtime::ReportBatch, type);
    if (usesBatch[slot])
      imports.batch[slot] =
          add(name + "x" + std::to_string(runtime::ReportBatch), params);
  }
  if (usesAgain)
    imports.again = add("report_again", {ValType::i32()});
  if (usesStrings)
    imports.string = add("report_str", {ValType::i32(), ValType::i32()});
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

/// Pushes a value, or the address and length of a string.
static void emitReported(Buffer &code, const Context &ctx,
                         const ReportValue &value) {
  const ReportPlan &report = *ctx.plan.report;
  if (value.isConstant) {
    const ReportPlan::Constant &constant = report.constants[value.global];
    return appendConst(code, constant.type, constant.bits);
  }
  if (value.counted != ReportValue::notCounted)
    return emitCounted(code, ctx, report.counted[value.counted]);
  appendIndexed(code, OpGlobalGet, ctx.firstGlobal + value.global);
  if (value.isString)
    appendIndexed(code, OpGlobalGet, ctx.firstGlobal + value.global + 1);
}

static void emitReport(Context &ctx, const ReportImports &imports,
                       wasm::ByteSink &caller) {
  ChunkedCode chunks(ctx.layout, "whamm.report");
  appendIndexed(chunks.next(), OpCall, imports.begin);
  emitDescriptor(chunks, imports, ctx.plan.report->descriptor);
  forEachPiece(ctx, [&](const ReportPiece &piece) {
    Buffer &code = chunks.next();
    for (const ReportValue &value : piece.values)
      emitReported(code, ctx, value);
    const ReportValue &first = piece.values.front();
    if (first.isString)
      return appendIndexed(code, OpCall, imports.string);
    unsigned slot = getValueSlot(getValueType(ctx, first));
    appendIndexed(code, OpCall,
                  piece.isBatch() ? imports.batch[slot] : imports.value[slot]);
    if (!piece.again)
      return;
    appendConst(code, ValType::i32(), piece.again);
    appendIndexed(code, OpCall, imports.again);
  });
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
