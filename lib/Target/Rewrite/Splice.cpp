//===- Splice.cpp - Putting generated code into a module ------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceInternal.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;

//===----------------------------------------------------------------------===//
// Checks of the plan
//===----------------------------------------------------------------------===//

static llvm::Error failPlan(const llvm::Twine &what) {
  return llvm::createStringError("injection plan: " + what);
}

static llvm::Error checkHook(const InjectionPlan &plan,
                             const wasm::Module &generated,
                             std::optional<uint32_t> function,
                             llvm::StringRef name) {
  if (!function)
    return llvm::Error::success();
  if (*function >= generated.functions.size() ||
      llvm::any_of(
          plan.templates,
          [&](const Template &t) { return t.function == *function; }) ||
      !generated.getFunctionType(*function).params.empty() ||
      !generated.getFunctionType(*function).results.empty())
    return failPlan("'" + name +
                    "' is no function without parameters and "
                    "results");
  return llvm::Error::success();
}

static llvm::Error checkTemplate(const wasm::Module &generated,
                                 const Template &t) {
  if (t.function < generated.numImportedFunctions ||
      t.function >= generated.functions.size())
    return failPlan("template '" + t.name + "' has no function");
  const wasm::FuncType &type = generated.getFunctionType(t.function);
  if (!type.results.empty() || type.params.size() != t.operands.size())
    return failPlan("the function of template '" + t.name +
                    "' does not take its operands, or has results");
  for (auto [param, operand] : llvm::zip(type.params, t.operands))
    if (param != operand.type)
      return failPlan("an operand of template '" + t.name + "' is " +
                      operand.type.str() + ", the parameter " + param.str());
  for (uint32_t global : t.holes)
    if (global >= generated.numImportedGlobals)
      return failPlan("a hole of template '" + t.name + "' does not exist");
  for (uint32_t global : t.states)
    if (global >= generated.numImportedGlobals)
      return failPlan("a state of template '" + t.name + "' does not exist");
  return llvm::Error::success();
}

static llvm::Error checkOperands(const Template &t, Position position) {
  for (const Operand &operand : t.operands) {
    bool isArg = operand.kind == Operand::Kind::Arg;
    bool isResult = operand.kind == Operand::Kind::Result;
    if ((isResult && position != Position::After) ||
        (position == Position::Init) ||
        (isArg &&
         (position == Position::FuncEntry || position == Position::FuncExit)))
      return failPlan("template '" + t.name +
                      "' reads operands where there are none");
  }
  return llvm::Error::success();
}

static llvm::Error checkStates(const InjectionPlan &plan,
                               const wasm::Module &generated,
                               const SiteTable &table) {
  const Template &t = plan.templates[table.templateIndex];
  for (auto [column, global] : llvm::zip(table.states, t.states)) {
    wasm::ValType type = generated.globals[global].type;
    for (uint32_t index : column)
      if (index >= plan.globals.size() || plan.globals[index].type != type)
        return failPlan("a state of template '" + t.name +
                        "' has no global of its type");
  }
  return llvm::Error::success();
}

static llvm::Error checkTable(const InjectionPlan &plan,
                              const wasm::Module &generated,
                              const SiteTable &table) {
  if (table.templateIndex >= plan.templates.size())
    return failPlan("a site table has no template");
  const Template &t = plan.templates[table.templateIndex];
  size_t rows = table.size();
  auto hasRows = [&](const auto &column) { return column.size() == rows; };
  if (table.opidx.size() != rows || table.holes.size() != t.holes.size() ||
      table.states.size() != t.states.size() ||
      !llvm::all_of(table.holes, hasRows) ||
      !llvm::all_of(table.states, hasRows))
    return failPlan("a site table of template '" + t.name +
                    "' lacks columns or rows");
  if (llvm::Error error = checkOperands(t, table.position))
    return error;
  return checkStates(plan, generated, table);
}

static llvm::Error checkGlobals(const InjectionPlan &plan,
                                const wasm::Module &app,
                                const wasm::Module &generated) {
  if (app.globals.size() + plan.globals.size() + 1 > MaxGlobals)
    return llvm::createStringError(
        "the module would have " +
        llvm::Twine(app.globals.size() + plan.globals.size()) +
        " globals; engines accept " + llvm::Twine(uint32_t(MaxGlobals)));
  for (const StateGlobal &global : plan.globals)
    if (!global.type.isNum())
      return failPlan("a global has type " + global.type.str());
  for (auto [from, to] : plan.sharedGlobals)
    if (from >= generated.numImportedGlobals || to >= plan.globals.size() ||
        generated.globals[from].type != plan.globals[to].type)
      return failPlan("a shared global does not exist or has another type");
  for (auto &[name, index] : plan.getters)
    if (index >= plan.globals.size())
      return failPlan("getter '" + name + "' has no global");
  if (plan.report)
    for (const ReportValue &value : plan.report->values)
      if (value.global >= plan.globals.size())
        return failPlan("a value of the report has no global");
  return llvm::Error::success();
}

static llvm::Error checkPlan(const InjectionPlan &plan, const wasm::Module &app,
                             const wasm::Module &generated) {
  if (generated.globals.size() != generated.numImportedGlobals ||
      !generated.memories.empty() || !generated.tables.empty() ||
      generated.start)
    return failPlan("the generated module defines more than functions");
  if (llvm::Error error = checkGlobals(plan, app, generated))
    return error;
  if (llvm::Error error = checkHook(plan, generated, plan.init, "init"))
    return error;
  if (llvm::Error error = checkHook(plan, generated, plan.onReport, "report"))
    return error;
  for (const Template &t : plan.templates)
    if (llvm::Error error = checkTemplate(generated, t))
      return error;
  for (const SiteTable &table : plan.sites)
    if (llvm::Error error = checkTable(plan, generated, table))
      return error;
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// True where two states of one site are the same global; they could not be
/// passed by value.
static bool hasAliasedStates(const SiteTable &table) {
  if (table.states.size() < 2)
    return false;
  for (size_t row = 0; row != table.size(); ++row)
    for (size_t i = 1; i != table.states.size(); ++i)
      for (size_t j = 0; j != i; ++j)
        if (table.states[i][row] == table.states[j][row])
          return true;
  return false;
}

/// Decides for each template whether sites hold its code or call it.
static void chooseCalledTemplates(Context &ctx) {
  constexpr unsigned maxStates = 16;
  const InjectionPlan &plan = ctx.plan;
  std::vector<size_t> numSites(plan.templates.size());
  for (const SiteTable &table : plan.sites) {
    // These have their code at several places.
    bool repeats = table.position == Position::FuncExit ||
                   table.position == Position::AtTarget;
    numSites[table.templateIndex] += table.size() * (repeats ? 2 : 1);
  }
  for (auto [i, code] : llvm::enumerate(ctx.templates)) {
    if (numSites[i] < 2 || code.size <= ctx.options.inlineLimit ||
        code.states.size() > maxStates)
      continue;
    if (llvm::any_of(plan.sites, [&, index = i](const SiteTable &table) {
          return table.templateIndex == index && hasAliasedStates(table);
        }))
      continue;
    makeTemplateFunction(ctx.layout, code, plan.templates[i].name);
    ctx.result.templateFunctions.push_back(*code.function);
  }
}

static void findProcExits(Context &ctx) {
  for (uint32_t i = 0; i != ctx.app.numImportedFunctions; ++i)
    if (ctx.app.isProcExit(i))
      ctx.procExits.push_back(i);
}

static llvm::Error addGetters(Context &ctx) {
  for (auto &[name, index] : ctx.plan.getters) {
    auto hasName = [&name = name](const auto &e) { return e.name == name; };
    if (llvm::any_of(ctx.app.exports, hasName) ||
        llvm::any_of(ctx.layout.exports, hasName))
      return llvm::createStringError(
          "the getter of a global needs the export name '" + name +
          "', which the module already has");
    wasm::FuncType type;
    type.results.push_back(ctx.plan.globals[index].type);
    uint32_t function = ctx.layout.addFunction(type, "whamm." + name);
    Buffer &body = ctx.layout.getNewFunction(function).body;
    body.push_back(0); // no locals
    appendIndexed(body, OpGlobalGet, ctx.firstGlobal + index);
    body.push_back(OpEnd);
    ctx.layout.exports.push_back({name, function});
  }
  return llvm::Error::success();
}

/// Translates the generated module. Imports first, since they shift functions.
static llvm::Error translate(Context &ctx, Translator &translator) {
  translator.addHelpers();
  if (llvm::Error error = translator.translateHelpers())
    return error;
  for (uint32_t i = 0, e = ctx.plan.templates.size(); i != e; ++i) {
    llvm::Expected<TemplateCode> code = translator.translateTemplate(i);
    if (!code)
      return code.takeError();
    ctx.templates.push_back(std::move(*code));
  }
  chooseCalledTemplates(ctx);
  return llvm::Error::success();
}

static llvm::Error checkNewFunctions(const Layout &layout) {
  for (const NewFunction &function : layout.functions)
    if (function.body.size() > MaxBodySize)
      return llvm::createStringError(
          "generated function '" + function.name + "' has " +
          llvm::Twine(function.body.size()) + " bytes; engines accept " +
          llvm::Twine(uint32_t(MaxBodySize)));
  return llvm::Error::success();
}

static llvm::Error run(Context &ctx, const wasm::Module &generated) {
  const InjectionPlan &plan = ctx.plan;
  ctx.layout.globals.reserve(plan.globals.size() + 1);
  ctx.layout.globals = plan.globals;
  ctx.firstGlobal = ctx.app.globals.size();
  findProcExits(ctx);
  Translator translator(generated, plan, ctx.layout);
  if (llvm::Error error = translator.addImports())
    return error;
  ReportImports imports;
  if (plan.report && !plan.onReport)
    imports = addReportImports(ctx);
  if (llvm::Error error = translate(ctx, translator))
    return error;
  auto map = [&](std::optional<uint32_t> function) {
    return function ? translator.mapFunction(*function) : std::nullopt;
  };
  if (plan.report || plan.onReport)
    addReport(ctx, imports, map(plan.onReport));
  addStart(ctx, map(plan.init));
  if (llvm::Error error = addGetters(ctx))
    return error;
  if (llvm::Error error = checkNewFunctions(ctx.layout))
    return error;

  readCodeOffsets(ctx);
  Buffer bodies;
  bodies.reserve(ctx.app.bytes.size() + ctx.app.bytes.size() / 2);
  if (llvm::Error error = rewriteBodies(ctx, bodies))
    return error;
  if (ctx.entryIsReferenced)
    ctx.layout.declared.push_back(*ctx.hookedEntry);
  return assemble(ctx, bodies);
}

llvm::Expected<SpliceResult> rewrite::splice(const wasm::Module &app,
                                             const InjectionPlan &plan,
                                             const SpliceOptions &options) {
  llvm::Expected<wasm::Module> generated = wasm::Module::parse(plan.generated);
  if (!generated)
    return generated.takeError();
  if (llvm::Error error = checkPlan(plan, app, *generated))
    return std::move(error);
  Context ctx(app, plan, options);
  if (llvm::Error error = run(ctx, *generated))
    return std::move(error);
  return std::move(ctx.result);
}
