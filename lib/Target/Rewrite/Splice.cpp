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
    ctx.result.calledTemplates.push_back(
        {*code.function, plan.templates[i].isInlined});
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
    if (ctx.updateCounts)
      appendIndexed(body, OpCall, *ctx.updateCounts);
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
          llvm::Twine(uint64_t(MaxBodySize)));
  return llvm::Error::success();
}

static llvm::Error run(Context &ctx, const wasm::Module &generated) {
  const InjectionPlan &plan = ctx.plan;
  ctx.layout.globals.reserve(plan.globals.size() + 2);
  ctx.layout.globals = plan.globals;
  ctx.firstGlobal = ctx.app.globals.size();
  findProcExits(ctx);
  if (llvm::Error error = findExceptionStyle(ctx))
    return error;
  Translator translator(generated, plan, ctx.layout);
  if (llvm::Error error = translator.addImports())
    return error;
  ReportImports imports;
  if (plan.report && !plan.onReport)
    imports = addReportImports(ctx);
  StartImports startImports = addStartImports(ctx);
  if (llvm::Error error = translate(ctx, translator))
    return error;
  auto map = [&](std::optional<uint32_t> function) {
    return function ? translator.mapFunction(*function) : std::nullopt;
  };
  addCounts(ctx);
  if (plan.report || plan.onReport || plan.end)
    addReport(ctx, imports, translator, map(plan.end), map(plan.onReport),
              plan.startPrecedesMain);
  else
    hookProcExit(ctx, std::nullopt);
  addStart(ctx, startImports, map(plan.init), map(plan.begin));
  if (llvm::Error error = addUpkeep(ctx, startImports))
    return error;
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
  if (llvm::Error error = assemble(ctx, bodies))
    return error;
  return checkPlaces(ctx);
}

llvm::Expected<SpliceResult> rewrite::splice(const wasm::Module &app,
                                             const InjectionPlan &plan,
                                             const SpliceOptions &options) {
  llvm::Expected<wasm::Module> generated = wasm::Module::parse(plan.generated);
  if (!generated)
    return generated.takeError();
  if (llvm::Error error = checkLinked(app))
    return std::move(error);
  if (llvm::Error error = checkPlan(plan, app, *generated))
    return std::move(error);
  Context ctx(app, plan, options);
  if (llvm::Error error = run(ctx, *generated))
    return std::move(error);
  return std::move(ctx.result);
}
