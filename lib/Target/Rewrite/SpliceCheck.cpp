//===- SpliceCheck.cpp - Checks of plans and of outputs -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceInternal.h"

#include "whamm/Wasm/TypeStack.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;

//===----------------------------------------------------------------------===//
// Checks of the application
//===----------------------------------------------------------------------===//

llvm::Error detail::checkLinked(const wasm::Module &app) {
  for (const wasm::Section &section : app.sections)
    if (section.id == 0 &&
        (section.name == "linking" || section.name.starts_with("reloc.")))
      return llvm::make_error<wasm::ReadError>(
          section.header.begin,
          ("custom section '" + section.name +
           "' is for a linker, and what it says of places in the code would be "
           "wrong in the output; link the program first, without "
           "--emit-relocs")
              .str());
  return llvm::Error::success();
}

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
  for (const AssignedOperand &assigned : t.assigned) {
    if (assigned.global >= generated.numImportedGlobals ||
        generated.globals[assigned.global].type != assigned.operand.type)
      return failPlan("the global of an operand that template '" + t.name +
                      "' assigns does not exist or has another type");
    if ((assigned.operand.kind == Operand::Kind::AltTaken ||
         assigned.operand.kind == Operand::Kind::AltCall) &&
        assigned.operand.type != wasm::ValType::i32())
      return failPlan("a choice of template '" + t.name + "' is no i32");
  }
  return llvm::Error::success();
}

/// True where an operand of this kind has a meaning at a position.
static bool hasOperand(Operand::Kind kind, Position position) {
  switch (kind) {
  case Operand::Kind::Arg:
    return position != Position::Init && position != Position::FuncEntry &&
           position != Position::FuncExit && position != Position::FuncStart;
  case Operand::Kind::Result:
    return position == Position::After;
  case Operand::Kind::Local:
    return position != Position::Init;
  case Operand::Kind::AltTaken:
  case Operand::Kind::AltResult:
  case Operand::Kind::AltCall:
    return position == Position::Alt;
  }
  return false;
}

static llvm::Error checkOperands(const Template &t, Position position) {
  for (const Operand &operand : t.operands)
    if (!hasOperand(operand.kind, position) ||
        operand.kind >= Operand::Kind::AltTaken)
      return failPlan("template '" + t.name +
                      "' reads operands where there are none");
  for (const AssignedOperand &assigned : t.assigned)
    if (!hasOperand(assigned.operand.kind, position))
      return failPlan("template '" + t.name +
                      "' assigns operands where there are none");
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
      table.immediates.size() != t.immediates.size() ||
      !llvm::all_of(table.holes, hasRows) ||
      !llvm::all_of(table.states, hasRows) ||
      !llvm::all_of(table.immediates, hasRows))
    return failPlan("a site table of template '" + t.name +
                    "' lacks columns or rows");
  if (llvm::Error error = checkOperands(t, table.position))
    return error;
  return checkStates(plan, generated, table);
}

static llvm::Error checkGlobals(const InjectionPlan &plan,
                                const wasm::Module &app,
                                const wasm::Module &generated) {
  if (app.globals.size() + plan.globals.size() + 2 > MaxGlobals)
    return llvm::createStringError(
        "the module would have " +
        llvm::Twine(app.globals.size() + plan.globals.size()) +
        " globals; engines accept " + llvm::Twine(uint64_t(MaxGlobals)));
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
  return llvm::Error::success();
}

static llvm::Error checkReportAndData(const InjectionPlan &plan,
                                      const wasm::Module &app) {
  auto isI32 = [&](uint32_t index) {
    return index < plan.globals.size() &&
           plan.globals[index].type == wasm::ValType::i32();
  };
  if (plan.report)
    for (const ReportValue &value : plan.report->values) {
      if (value.counted != ReportValue::notCounted) {
        if (value.counted >= plan.report->counted.size() || value.isString)
          return failPlan("a counted row of the report does not exist");
        continue;
      }
      if (value.isConstant) {
        if (value.global >= plan.report->constants.size() || value.isString)
          return failPlan("a constant of the report does not exist");
        continue;
      }
      if (value.global >= plan.globals.size())
        return failPlan("a value of the report has no global");
      if (value.isString && !(isI32(value.global) && isI32(value.global + 1)))
        return failPlan("a string of the report has no two globals");
    }
  if (!plan.data.empty() && !(plan.dataAddress && isI32(*plan.dataAddress) &&
                              plan.globals[*plan.dataAddress].isMutable))
    return failPlan("the address of the data has no global");
  for (const InjectionPlan::Shadow &shadow : plan.shadows)
    if (shadow.table >= app.tables.size())
      return failPlan("there is no table " + llvm::Twine(shadow.table));
  return llvm::Error::success();
}

llvm::Error detail::checkPlan(const InjectionPlan &plan,
                              const wasm::Module &app,
                              const wasm::Module &generated) {
  if (generated.globals.size() != generated.numImportedGlobals ||
      !generated.memories.empty() || !generated.tables.empty() ||
      generated.start)
    return failPlan("the generated module defines more than functions");
  if (llvm::Error error = checkGlobals(plan, app, generated))
    return error;
  if (llvm::Error error = checkReportAndData(plan, app))
    return error;
  if (llvm::Error error = checkCounters(plan))
    return error;
  if (llvm::Error error = checkHook(plan, generated, plan.init, "init"))
    return error;
  if (llvm::Error error = checkHook(plan, generated, plan.begin, "begin"))
    return error;
  if (llvm::Error error = checkHook(plan, generated, plan.end, "end"))
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
// Checks of the output
//===----------------------------------------------------------------------===//

/// The error of validation in one body: its message, and the offset from the
/// first instruction.
static std::optional<std::pair<std::string, size_t>>
findError(const wasm::Module &module, uint32_t defined) {
  wasm::FunctionCursor cursor(module, defined);
  wasm::TypeStack types(module, defined);
  while (cursor.next()) {
    const wasm::Instr &instr = cursor.get();
    if (llvm::Error error = types.step(instr)) {
      std::string message;
      llvm::handleAllErrors(
          std::move(error),
          [&](const wasm::ReadError &e) { message = e.getMessage().str(); },
          [&](const llvm::ErrorInfoBase &e) { message = e.message(); });
      return std::pair(message, instr.begin - module.bodies[defined].codeBegin);
    }
  }
  llvm::consumeError(cursor.takeError());
  return std::nullopt;
}

/// Blames the last place in front of an error, or the first.
static const CheckedPlace &findPlace(llvm::ArrayRef<CheckedPlace> places,
                                     size_t offset) {
  const CheckedPlace *found = &places.front();
  for (const CheckedPlace &place : places)
    if (place.offset <= offset && place.offset >= found->offset)
      found = &place;
  return *found;
}

llvm::Error detail::checkPlaces(const Context &ctx) {
  llvm::ArrayRef<CheckedPlace> rest = ctx.checks;
  if (rest.empty())
    return llvm::Error::success();
  llvm::Expected<wasm::Module> output = wasm::Module::parse(ctx.result.bytes);
  if (!output)
    return output.takeError();
  while (!rest.empty()) {
    uint32_t function = rest.front().function;
    auto places = rest.take_while(
        [&](const CheckedPlace &place) { return place.function == function; });
    rest = rest.drop_front(places.size());
    auto error = findError(*output, ctx.layout.shiftFunction(function) -
                                        output->numImportedFunctions);
    if (!error)
      continue;
    const CheckedPlace &place = findPlace(places, error->second);
    std::string name = wasm::getMnemonic(place.opcode).str();
    std::string text =
        place.isAlt
            ? "alt of `" + name +
                  "`: the code that follows it needs values that the "
                  "body does not leave (" +
                  error->first + ")"
            : "`" + name + "` cannot have these immediates: " + error->first;
    return makeSiteError(ctx.app, function, place.pc, *place.source, text);
  }
  return llvm::Error::success();
}
