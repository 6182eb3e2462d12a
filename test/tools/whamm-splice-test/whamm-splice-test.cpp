//===- whamm-splice-test.cpp - The splicer as a command -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Splices by a plan in JSON:
/// \code
///   { "globals": [["i32", 5, "name"], ...],
///     "shared": [[generated global, plan global], ...],
///     "templates": [{"function": "export" or index, "name": "...",
///                    "operands": [["arg", 0, "i32"], ...],
///                    "holes": [global, ...], "states": [global, ...],
///                    "assigned": [["arg", 0, "i32", global], ...],
///                    "altCalls": [func, ...], "mayFallThrough": false,
///                    "immediates": [number, ...]}, ...],
///     "sites": [{"template": 0, "position": "before", "rank": 0,
///                "rows": [[func, opidx, [hole, ...], [state, ...],
///                          [immediate, ...]], ...]}],
///     "init": f, "begin": f, "end": f, "onReport": f,
///     "data": "bytes", "dataAddress": plan global,
///     "memories": ["library", ...],
///     "shadows": [[table, [fid, ...]], ...],
///     "getters": [["name", plan global], ...],
///     "report": {"descriptor": "bytes", "values": [plan global, ...],
///                "strings": [position in values, ...]},
///     "inlineLimit": n }
/// \endcode
/// Kinds of operands: arg, result, local; alt_taken, alt_result, alt_call.
/// Instead of `rows`, `"every": "call"` (or `"*"`) makes a row of each such
/// instruction whose operands have the template's types, with holes func and
/// opidx and new zero i32 states.
///
//===----------------------------------------------------------------------===//

#include "whamm/Target/Rewrite/Splice.h"
#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/WithColor.h"

#include <chrono>

using namespace whamm;
using namespace whamm::rewrite;
namespace cl = llvm::cl;
namespace json = llvm::json;

static cl::opt<std::string> appFile(cl::Positional, cl::Required,
                                    cl::desc("<application>"));
static cl::opt<std::string> generatedFile("generated", cl::Required,
                                          cl::desc("Generated module"));
static cl::opt<std::string> planFile("plan", cl::Required,
                                     cl::desc("Plan in JSON"));
static cl::opt<std::string> outFile("o", cl::Required, cl::desc("Output"));
static cl::opt<unsigned> repeat("repeat", cl::init(0),
                                cl::desc("Splice so often and print the time"));
static cl::opt<bool> validate("validate", cl::desc("Validate the output"));
static cl::opt<bool> counts("counts", cl::desc("Print the result's counts"));

namespace {

/// Builds a plan from JSON. Input is trusted: it is written by tests.
class PlanReader {
public:
  PlanReader(const wasm::Module &app, const wasm::Module &generated,
             InjectionPlan &plan)
      : app(app), generated(generated), plan(plan) {}
  void read(const json::Object &root);

private:
  void readTemplate(const json::Object &object);
  void readSites(const json::Object &object);
  void readHooks(const json::Object &root);
  void readReport(const json::Object &report);
  void readRow(const json::Array &row, SiteTable &table);
  void addMatch(uint32_t function, uint32_t opidx, SiteTable &table);
  void matchEvery(llvm::StringRef name, SiteTable &table);
  uint32_t findFunction(const json::Value &value);

  const wasm::Module &app, &generated;
  InjectionPlan &plan;
};

} // namespace

static wasm::ValType parseType(llvm::StringRef name) {
  return llvm::StringSwitch<wasm::ValType>(name)
      .Case("i32", wasm::ValType::i32())
      .Case("i64", wasm::ValType::i64())
      .Case("f32", wasm::ValType::f32())
      .Case("f64", wasm::ValType::f64())
      .Case("funcref", wasm::ValType::funcref())
      .Default(wasm::ValType::v128());
}

static Position parsePosition(llvm::StringRef name) {
  return llvm::StringSwitch<Position>(name)
      .Case("init", Position::Init)
      .Case("after", Position::After)
      .Case("entry", Position::Entry)
      .Case("exit", Position::Exit)
      .Case("at_target", Position::AtTarget)
      .Case("func_entry", Position::FuncEntry)
      .Case("func_exit", Position::FuncExit)
      .Case("block_start", Position::BlockStart)
      .Case("block_end", Position::BlockEnd)
      .Case("alt", Position::Alt)
      .Case("func_start", Position::FuncStart)
      .Case("passing", Position::Passing)
      .Default(Position::Before);
}

static uint64_t getInt(const json::Value &value) {
  return value.getAsInteger().value_or(0);
}

template <typename Fn>
static void forEach(const json::Object &object, llvm::StringRef key, Fn fn) {
  if (const json::Array *array = object.getArray(key))
    for (const json::Value &value : *array)
      fn(value);
}

uint32_t PlanReader::findFunction(const json::Value &value) {
  if (auto name = value.getAsString())
    if (auto *entry = generated.findExport(*name, wasm::ExternKind::Func))
      return entry->index;
  return getInt(value);
}

/// `["arg", 0, "i32"]`.
static Operand parseOperand(const json::Array &operand) {
  auto kind = llvm::StringSwitch<Operand::Kind>(*operand[0].getAsString())
                  .Case("arg", Operand::Kind::Arg)
                  .Case("result", Operand::Kind::Result)
                  .Case("alt_taken", Operand::Kind::AltTaken)
                  .Case("alt_result", Operand::Kind::AltResult)
                  .Case("alt_call", Operand::Kind::AltCall)
                  .Default(Operand::Kind::Local);
  return {kind, static_cast<uint32_t>(getInt(operand[1])),
          parseType(*operand[2].getAsString())};
}

void PlanReader::readTemplate(const json::Object &object) {
  Template t;
  t.function = findFunction(*object.get("function"));
  t.name = object.getString("name").value_or("t").str();
  forEach(object, "operands", [&](const json::Value &value) {
    t.operands.push_back(parseOperand(*value.getAsArray()));
  });
  forEach(object, "assigned", [&](const json::Value &value) {
    const json::Array &operand = *value.getAsArray();
    t.assigned.push_back(
        {parseOperand(operand), static_cast<uint32_t>(getInt(operand[3]))});
  });
  auto readInts = [&](llvm::StringRef key, std::vector<uint32_t> &list) {
    forEach(object, key,
            [&](const json::Value &v) { list.push_back(getInt(v)); });
  };
  readInts("holes", t.holes);
  readInts("states", t.states);
  readInts("altCalls", t.altCalls);
  readInts("immediates", t.immediates);
  t.mayFallThrough = object.getBoolean("mayFallThrough").value_or(false);
  plan.templates.push_back(std::move(t));
}

void PlanReader::readRow(const json::Array &row, SiteTable &table) {
  table.func.push_back(getInt(row[0]));
  table.opidx.push_back(getInt(row[1]));
  if (row.size() > 2)
    for (auto [column, value] : llvm::zip(table.holes, *row[2].getAsArray()))
      column.push_back(getInt(value));
  if (row.size() > 3)
    for (auto [column, value] : llvm::zip(table.states, *row[3].getAsArray()))
      column.push_back(getInt(value));
  if (row.size() > 4)
    for (auto [column, value] :
         llvm::zip(table.immediates, *row[4].getAsArray()))
      column.push_back(getInt(value));
}

static bool closesArm(wasm::Opcode opcode) {
  return opcode == wasm::Opcode::End || opcode == wasm::Opcode::Else ||
         opcode == wasm::Opcode::Catch || opcode == wasm::Opcode::CatchAll ||
         opcode == wasm::Opcode::Delegate;
}

/// True where the instruction that was stepped last has the operands that a
/// template reads and assigns.
static bool hasOperands(const wasm::TypeStack &types, const wasm::Instr &instr,
                        const Template &t) {
  auto has = [&](const Operand &operand) {
    if (operand.kind >= Operand::Kind::AltTaken)
      return true;
    if (operand.kind == Operand::Kind::Arg && closesArm(instr.opcode))
      return false;
    llvm::ArrayRef<wasm::ValType> list =
        operand.kind == Operand::Kind::Arg      ? types.operands()
        : operand.kind == Operand::Kind::Result ? types.results()
                                                : types.locals();
    return operand.index < list.size() && list[operand.index] == operand.type;
  };
  return llvm::all_of(t.operands, has) &&
         llvm::all_of(t.assigned, [&](const AssignedOperand &assigned) {
           return has(assigned.operand);
         });
}

/// True where a template can take the instruction's place: it leaves the same,
/// and what follows stays valid.
static bool canReplace(const wasm::TypeStack &types, const wasm::Instr &instr,
                       const Template &t) {
  if (closesArm(instr.opcode))
    return false;
  llvm::SmallVector<wasm::ValType, 2> results;
  for (const AssignedOperand &assigned : t.assigned)
    if (assigned.operand.kind == Operand::Kind::AltResult)
      results.push_back(assigned.operand.type);
  if (instr.opcode == wasm::Opcode::LocalSet ||
      instr.opcode == wasm::Opcode::LocalTee)
    return types.locals()[instr.imms[0]].isDefaultable() &&
           types.results() == llvm::ArrayRef(results);
  return !wasm::isTerminator(instr.opcode) &&
         types.results() == llvm::ArrayRef(results);
}

void PlanReader::addMatch(uint32_t function, uint32_t opidx, SiteTable &table) {
  table.func.push_back(function);
  table.opidx.push_back(opidx);
  for (auto [h, column] : llvm::enumerate(table.holes))
    column.push_back(h ? opidx : function);
  for (auto &column : table.states) {
    column.push_back(plan.globals.size());
    plan.globals.push_back({wasm::ValType::i32(), 0, true, ""});
  }
}

void PlanReader::matchEvery(llvm::StringRef name, SiteTable &table) {
  bool onlyFirst = table.position == Position::FuncEntry ||
                   table.position == Position::FuncExit;
  const Template &t = plan.templates[table.templateIndex];
  for (uint32_t i = 0; i != app.bodies.size(); ++i) {
    wasm::FunctionCursor cursor(app, i);
    wasm::TypeStack types(app, i);
    while (cursor.next()) {
      const wasm::Instr &instr = cursor.get();
      llvm::consumeError(types.step(instr));
      if ((name == "*" || name == wasm::getOpcodeInfo(instr.opcode).mnemonic) &&
          hasOperands(types, instr, t) && !(onlyFirst && instr.opidx) &&
          (table.position != Position::Alt || canReplace(types, instr, t)))
        addMatch(app.numImportedFunctions + i, instr.opidx, table);
    }
    llvm::consumeError(cursor.takeError());
  }
}

void PlanReader::readSites(const json::Object &object) {
  SiteTable table;
  table.templateIndex = object.getInteger("template").value_or(0);
  table.position = parsePosition(object.getString("position").value_or(""));
  table.rank = object.getInteger("rank").value_or(0);
  if (table.templateIndex < plan.templates.size()) {
    const Template &t = plan.templates[table.templateIndex];
    table.holes.resize(t.holes.size());
    table.states.resize(t.states.size());
    table.immediates.resize(t.immediates.size());
  }
  forEach(object, "rows",
          [&](const json::Value &row) { readRow(*row.getAsArray(), table); });
  if (auto name = object.getString("every"))
    matchEvery(*name, table);
  plan.sites.push_back(std::move(table));
}

void PlanReader::read(const json::Object &root) {
  forEach(root, "globals", [&](const json::Value &value) {
    const json::Array &global = *value.getAsArray();
    plan.globals.push_back(
        {parseType(*global[0].getAsString()), getInt(global[1]), true,
         global.size() > 2 ? global[2].getAsString()->str() : ""});
  });
  forEach(root, "shared", [&](const json::Value &value) {
    const json::Array &pair = *value.getAsArray();
    plan.sharedGlobals.emplace_back(getInt(pair[0]), getInt(pair[1]));
  });
  forEach(root, "templates",
          [&](const json::Value &v) { readTemplate(*v.getAsObject()); });
  forEach(root, "sites",
          [&](const json::Value &v) { readSites(*v.getAsObject()); });
  readHooks(root);
  forEach(root, "getters", [&](const json::Value &value) {
    const json::Array &pair = *value.getAsArray();
    plan.getters.emplace_back(pair[0].getAsString()->str(), getInt(pair[1]));
  });
  if (const json::Object *report = root.getObject("report"))
    readReport(*report);
}

void PlanReader::readHooks(const json::Object &root) {
  auto readHook = [&](llvm::StringRef key, std::optional<uint32_t> &hook) {
    if (const json::Value *function = root.get(key))
      hook = findFunction(*function);
  };
  readHook("init", plan.init);
  readHook("begin", plan.begin);
  readHook("end", plan.end);
  readHook("onReport", plan.onReport);
  llvm::StringRef data = root.getString("data").value_or("");
  plan.data.assign(data.begin(), data.end());
  if (auto address = root.getInteger("dataAddress"))
    plan.dataAddress = *address;
  forEach(root, "memories", [&](const json::Value &v) {
    plan.memories.push_back(v.getAsString()->str());
  });
  forEach(root, "shadows", [&](const json::Value &value) {
    const json::Array &pair = *value.getAsArray();
    InjectionPlan::Shadow &shadow = plan.shadows.emplace_back();
    shadow.table = getInt(pair[0]);
    for (const json::Value &fid : *pair[1].getAsArray())
      shadow.fids.push_back(*fid.getAsInteger());
  });
}

void PlanReader::readReport(const json::Object &report) {
  plan.report.emplace();
  llvm::StringRef bytes = report.getString("descriptor").value_or("");
  plan.report->descriptor.assign(bytes.begin(), bytes.end());
  std::vector<ReportValue> &values = plan.report->values;
  forEach(report, "values", [&](const json::Value &v) {
    values.push_back({static_cast<uint32_t>(getInt(v))});
  });
  if (report.getBoolean("all").value_or(false))
    for (uint32_t i = 0; i != plan.globals.size(); ++i)
      values.push_back({i});
  forEach(report, "strings",
          [&](const json::Value &v) { values[getInt(v)].isString = true; });
}

static llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
readFile(llvm::StringRef path) {
  return llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(path));
}

static wasm::Bytes getBytes(const llvm::MemoryBuffer &buffer) {
  return {reinterpret_cast<const uint8_t *>(buffer.getBufferStart()),
          buffer.getBufferSize()};
}

/// Prints the least time of so many runs, parsing included.
static llvm::Error measure(wasm::Bytes bytes, const InjectionPlan &plan,
                           const SpliceOptions &options) {
  using Clock = std::chrono::steady_clock;
  double best = 1e9;
  for (unsigned i = 0; i != repeat; ++i) {
    auto begin = Clock::now();
    llvm::Expected<wasm::Module> app = wasm::Module::parse(bytes);
    if (!app)
      return app.takeError();
    llvm::Expected<SpliceResult> result = splice(*app, plan, options);
    if (!result)
      return result.takeError();
    std::chrono::duration<double, std::milli> time = Clock::now() - begin;
    best = std::min(best, time.count());
  }
  llvm::outs() << llvm::format("%.2f ms, %.0f MB/s\n", best,
                               bytes.size() / best / 1000);
  return llvm::Error::success();
}

static void printCounts(const SpliceResult &result) {
  llvm::outs() << "inlined " << result.sitesInlined << ", called "
               << result.sitesCalled << "\ntouched";
  for (uint32_t function : result.touchedFunctions)
    llvm::outs() << ' ' << function;
  llvm::outs() << "\ntemplates";
  for (const CalledTemplate &called : result.calledTemplates)
    llvm::outs() << ' ' << called.function;
  llvm::outs() << '\n';
}

static llvm::Error checkOutput(const SpliceResult &result) {
  llvm::Expected<wasm::Module> output = wasm::Module::parse(result.bytes);
  if (!output)
    return output.takeError();
  return wasm::validateModule(*output);
}

/// Splices once and writes the output.
static llvm::Error spliceTo(llvm::StringRef path, const wasm::Module &app,
                            const InjectionPlan &plan,
                            const SpliceOptions &options) {
  llvm::Expected<SpliceResult> result = splice(app, plan, options);
  if (!result)
    return result.takeError();
  std::error_code error;
  llvm::raw_fd_ostream os(path, error);
  if (error)
    return llvm::errorCodeToError(error);
  os.write(reinterpret_cast<const char *>(result->bytes.data()),
           result->bytes.size());
  if (counts)
    printCounts(*result);
  return validate ? checkOutput(*result) : llvm::Error::success();
}

static llvm::Error run() {
  auto appBuffer = readFile(appFile);
  auto generatedBuffer = readFile(generatedFile);
  auto planBuffer = readFile(planFile);
  for (auto *buffer : {&appBuffer, &generatedBuffer, &planBuffer})
    if (!*buffer)
      return buffer->takeError();
  llvm::Expected<json::Value> root = json::parse((*planBuffer)->getBuffer());
  if (!root)
    return root.takeError();
  llvm::Expected<wasm::Module> app = wasm::Module::parse(getBytes(**appBuffer));
  if (!app)
    return app.takeError();
  InjectionPlan plan;
  wasm::Bytes bytes = getBytes(**generatedBuffer);
  plan.generated.assign(bytes.begin(), bytes.end());
  llvm::Expected<wasm::Module> generated = wasm::Module::parse(bytes);
  if (!generated)
    return generated.takeError();
  PlanReader(*app, *generated, plan).read(*root->getAsObject());
  SpliceOptions options;
  if (auto limit = root->getAsObject()->getInteger("inlineLimit"))
    options.inlineLimit = *limit;
  if (llvm::Error error = spliceTo(outFile, *app, plan, options))
    return error;
  if (!repeat)
    return llvm::Error::success();
  return measure(getBytes(**appBuffer), plan, options);
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv, "splices by a plan in JSON\n");
  if (llvm::Error error = run()) {
    llvm::WithColor::error() << llvm::toString(std::move(error)) << '\n';
    return 1;
  }
  return 0;
}
