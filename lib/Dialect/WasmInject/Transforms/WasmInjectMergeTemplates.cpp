//===- WasmInjectMergeTemplates.cpp - One body per place --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SiteRows.h"
#include "TemplateSize.h"

#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/StringSet.h"

#include <map>
#include <numeric>

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTMERGETEMPLATES
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm::wasm_inject;

namespace {

/// A table and what matters about its template.
struct Table {
  SitesOp sites;
  TemplateOp source;
  Position position = Position::Before;
  bool isEligible = false;
  bool leaves = false;        // what comes behind it may not run
  bool usesSiteState = false; // so its rows have to stay its own
  unsigned size = 0;
  SmallVector<ParamAttr> operands;
};

/// A row, by its place.
struct Entry {
  int32_t func, opidx;
  uint32_t rank, table, row;

  bool isAtPlaceOf(const Entry &other) const {
    return func == other.func && opidx == other.opidx;
  }
  bool operator<(const Entry &other) const {
    return std::tie(func, opidx, rank, table) <
           std::tie(other.func, other.opidx, other.rank, other.table);
  }
};

/// Tables whose templates run one behind the other, and a column of rows of
/// each: row i of all of them is at one place.
using Run = SmallVector<uint32_t>;
using Rows = SmallVector<SmallVector<uint32_t>>;

/// Collects the parameters of a merged template.
class MergedParams {
public:
  MergedParams(TemplateOp target) : target(target) {}

  Value addOperand(ParamAttr param, Type type);
  Value addHole(DenseI64ArrayAttr column, Type type);
  /// Numbers the holes, and gives their columns.
  SmallVector<Attribute> finish();

private:
  TemplateOp target;
  SmallVector<ParamAttr> params;          // in the order of arguments
  SmallVector<DenseI64ArrayAttr> columns; // null for operands
};

struct WasmInjectMergeTemplatesPass
    : whamm::wasm_inject::impl::WasmInjectMergeTemplatesBase<
          WasmInjectMergeTemplatesPass> {
  using WasmInjectMergeTemplatesBase::WasmInjectMergeTemplatesBase;
  void runOnOperation() override;

private:
  bool collectTables();
  void findRuns();
  void addRun(ArrayRef<Entry> entries);
  bool continues(ArrayRef<Entry> run, const Entry &next) const;
  void merge(const Run &run, const Rows &rows);
  void appendBody(Table &table, ArrayRef<uint32_t> rows, TemplateOp target,
                  MergedParams &params);
  void removeRows(Table &table, const llvm::BitVector &merged,
                  const llvm::BitVector &kept);

  SymbolTable *symbols = nullptr;
  std::vector<Table> tables;
  llvm::MapVector<Run, Rows, std::map<Run, unsigned>> runs;
  /// By table: rows whose code went elsewhere, and those of them that went with
  /// their state.
  std::vector<llvm::BitVector> moved, movedState;
};

} // namespace

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

static Table describe(SitesOp sites, TemplateOp source) {
  Table table;
  table.sites = sites;
  table.source = source;
  table.position = sites.getPosition();
  for (ParamAttr param : source.getParamList())
    if (param.getKind() != SourceKind::Hole)
      table.operands.push_back(param);
  bool isStraight =
      table.position == Position::Before || table.position == Position::After;
  table.isEligible = isStraight && !table.operands.empty() &&
                     !source.getAssigned() && !source.getAltCalls() &&
                     !source.getImmediates() && !source.getMayFallThrough();
  table.size = estimateSize(source);
  source.getBody().walk([&](Operation *op) {
    StringRef state;
    if (auto get = dyn_cast<StateGetOp>(op))
      state = get.getState();
    else if (auto set = dyn_cast<StateSetOp>(op))
      state = set.getState();
    else
      table.leaves |= isa<ReturnOp>(op);
    table.usesSiteState |=
        llvm::any_of(source.getStates().getAsRange<FlatSymbolRefAttr>(),
                     [&](auto symbol) { return symbol.getValue() == state; });
  });
  return table;
}

/// False where there is nothing to merge.
bool WasmInjectMergeTemplatesPass::collectTables() {
  tables.clear();
  for (SitesOp sites : getOperation().getOps<SitesOp>())
    if (sites.getPosition() != Position::Init)
      tables.push_back(
          describe(sites, symbols->lookup<TemplateOp>(sites.getTemplate_())));
  return llvm::count_if(
             tables, [](const Table &table) { return table.isEligible; }) > 1;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

static bool shareOperand(const Table &a, const Table &b) {
  return llvm::any_of(a.operands, [&](ParamAttr operand) {
    return llvm::is_contained(b.operands, operand);
  });
}

/// True where templates of these sizes, put together, are not called where none
/// of them would be.
static bool staysInlined(ArrayRef<unsigned> sizes) {
  unsigned limit = WasmInjectChooseInliningOptions().limit;
  unsigned sum = std::accumulate(sizes.begin(), sizes.end(), 0u);
  return sum <= limit ||
         llvm::any_of(sizes, [&](unsigned size) { return size > limit; });
}

/// True where the code of the next entry can stand behind that of the run.
bool WasmInjectMergeTemplatesPass::continues(ArrayRef<Entry> run,
                                             const Entry &next) const {
  const Table &table = tables[next.table];
  const Table &first = tables[run.front().table];
  if (!next.isAtPlaceOf(run.front()) || !table.isEligible ||
      table.position != first.position)
    return false;
  bool isShared = false, hasState = false;
  SmallVector<unsigned> sizes{table.size};
  for (const Entry &entry : run) {
    const Table &member = tables[entry.table];
    if (member.leaves || entry.rank == next.rank)
      return false;
    isShared |= shareOperand(member, table);
    hasState |= member.usesSiteState;
    sizes.push_back(member.size);
  }
  return isShared && !(hasState && table.usesSiteState) && staysInlined(sizes);
}

void WasmInjectMergeTemplatesPass::addRun(ArrayRef<Entry> entries) {
  if (entries.size() < 2)
    return;
  Run run =
      llvm::map_to_vector<6>(entries, [](const Entry &e) { return e.table; });
  if (!runs.contains(run) && runs.size() >= maxTemplates)
    return;
  Rows &rows = runs[run];
  rows.resize(run.size());
  for (auto [column, entry] : llvm::zip_equal(rows, entries))
    column.push_back(entry.row);
}

void WasmInjectMergeTemplatesPass::findRuns() {
  std::vector<Entry> entries;
  for (auto [i, table] : llvm::enumerate(tables))
    for (auto [row, place] : llvm::enumerate(
             llvm::zip_equal(table.sites.getFunc(), table.sites.getOpidx())))
      entries.push_back({std::get<0>(place), std::get<1>(place),
                         static_cast<uint32_t>(table.sites.getRank()),
                         static_cast<uint32_t>(i), static_cast<uint32_t>(row)});
  llvm::sort(entries);
  runs.clear();
  ArrayRef<Entry> rest = entries;
  while (!rest.empty()) {
    size_t size = 1;
    if (tables[rest.front().table].isEligible)
      while (size < rest.size() && continues(rest.take_front(size), rest[size]))
        ++size;
    addRun(rest.take_front(size));
    rest = rest.drop_front(size);
  }
}

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

Value MergedParams::addOperand(ParamAttr param, Type type) {
  for (auto [i, known] : llvm::enumerate(params))
    if (known == param && !columns[i])
      return target.getBody().getArgument(i);
  params.push_back(param);
  columns.push_back({});
  return target.getBody().addArgument(type, target.getLoc());
}

Value MergedParams::addHole(DenseI64ArrayAttr column, Type type) {
  for (auto [i, known] : llvm::enumerate(columns))
    if (known == column && target.getBody().getArgument(i).getType() == type)
      return target.getBody().getArgument(i);
  params.push_back({});
  columns.push_back(column);
  return target.getBody().addArgument(type, target.getLoc());
}

SmallVector<Attribute> MergedParams::finish() {
  SmallVector<Attribute> holes, list;
  for (auto [param, column] : llvm::zip_equal(params, columns)) {
    if (column) {
      param =
          ParamAttr::get(target.getContext(), SourceKind::Hole, holes.size());
      holes.push_back(column);
    }
    list.push_back(param);
  }
  target.setParamsAttr(ArrayAttr::get(target.getContext(), list));
  return holes;
}

/// Copies the body of a table's template behind what the target has.
void WasmInjectMergeTemplatesPass::appendBody(Table &table,
                                              ArrayRef<uint32_t> rows,
                                              TemplateOp target,
                                              MergedParams &params) {
  IRMapping mapping;
  for (auto [param, arg] :
       llvm::zip_equal(table.source.getParamList(),
                       table.source.getBody().getArguments())) {
    if (param.getKind() != SourceKind::Hole) {
      mapping.map(arg, params.addOperand(param, arg.getType()));
      continue;
    }
    SmallVector<int64_t> values = table.sites.getHoleValues(param.getIndex());
    auto picked =
        llvm::map_to_vector(rows, [&](uint32_t row) { return values[row]; });
    mapping.map(arg,
                params.addHole(DenseI64ArrayAttr::get(&getContext(), picked),
                               arg.getType()));
  }
  OpBuilder builder = OpBuilder::atBlockEnd(&target.getBody().front());
  for (Operation &op : table.source.getBody().front())
    builder.clone(op, mapping);
}

/// Makes one template of several. The rows are those of the one that has state,
/// and run where the first one did.
void WasmInjectMergeTemplatesPass::merge(const Run &run, const Rows &rows) {
  auto *owner =
      llvm::find_if(run, [&](uint32_t i) { return tables[i].usesSiteState; });
  if (owner == run.end())
    owner = run.begin();
  Table &kept = tables[*owner];
  OpBuilder builder(kept.sites);
  auto target = cast<TemplateOp>(builder.cloneWithoutRegions(*kept.source));
  target.getBody().emplaceBlock();
  symbols->insert(target); // renames
  MergedParams params(target);
  for (auto [i, column] : llvm::zip_equal(run, rows)) {
    appendBody(tables[i], column, target, params);
    for (uint32_t row : column) {
      moved[i].set(row);
      if (i == *owner)
        movedState[i].set(row);
    }
  }
  SitesOp copy =
      cloneRows(kept.sites, target, rows[std::distance(run.begin(), owner)],
                ArrayRef<DenseI64ArrayAttr>());
  copy.setHolesAttr(ArrayAttr::get(&getContext(), params.finish()));
  copy.setRank(tables[run.front()].sites.getRank());
  numMerged += run.size();
  numSites += rows.front().size();
}

/// Leaves a table with the rows whose code stays, and with rows without code
/// for the state of others.
void WasmInjectMergeTemplatesPass::removeRows(
    Table &table, const llvm::BitVector &gone,
    const llvm::BitVector &withState) {
  SmallVector<uint32_t> stay, empty;
  for (uint32_t row = 0; row != gone.size(); ++row)
    if (!gone.test(row))
      stay.push_back(row);
    else if (!withState.test(row) && !table.source.getStates().empty())
      empty.push_back(row);
  if (!stay.empty())
    cloneRows(table.sites, table.source, stay);
  if (!empty.empty()) {
    OpBuilder builder(table.sites);
    auto target = cast<TemplateOp>(builder.cloneWithoutRegions(*table.source));
    target.getBody().emplaceBlock();
    target.setParamsAttr(builder.getArrayAttr({}));
    symbols->insert(target); // renames
    cloneRows(table.sites, target, empty, ArrayRef<DenseI64ArrayAttr>());
  }
  table.sites.erase();
}

static void eraseUnusedTemplates(ModuleOp module) {
  llvm::StringSet<> used;
  for (SitesOp sites : module.getOps<SitesOp>())
    used.insert(sites.getTemplate_());
  for (auto source : llvm::make_early_inc_range(module.getOps<TemplateOp>()))
    if (!used.contains(source.getSymName()))
      source.erase();
}

void WasmInjectMergeTemplatesPass::runOnOperation() {
  SymbolTable table(getOperation());
  symbols = &table;
  if (collectTables())
    findRuns();
  if (runs.empty())
    return markAllAnalysesPreserved();
  moved.clear();
  for (Table &each : tables)
    moved.emplace_back(each.sites.getNumSites());
  movedState = moved;
  for (auto &[run, rows] : runs)
    merge(run, rows);
  for (auto [i, each] : llvm::enumerate(tables))
    if (moved[i].any())
      removeRows(each, moved[i], movedState[i]);
  eraseUnusedTemplates(getOperation());
}
