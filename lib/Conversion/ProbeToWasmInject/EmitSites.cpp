//===- EmitSites.cpp - Site tables ------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Converter.h"

using namespace mlir;
using namespace whamm;

static DenseI32ArrayAttr toAttr(MLIRContext *context,
                                ArrayRef<int32_t> column) {
  return DenseI32ArrayAttr::get(context, column);
}

/// A column with an entry per instance of the probe, as an entry per instance
/// that occurs, in the order of their first rows, or as one per row.
static SmallVector<int64_t> spreadColumn(ArrayRef<int64_t> column,
                                         const MatchTable &table,
                                         bool isPerSite) {
  size_t numKnown = llvm::count(table.isKnown, true);
  SmallVector<int64_t> result;
  std::vector<bool> seen(isPerSite || numKnown == table.instance.size()
                             ? 0
                             : table.isKnown.size());
  for (int32_t instance : table.instance) {
    if (!seen.empty() && seen[instance])
      continue;
    if (!seen.empty())
      seen[instance] = true;
    result.push_back(column[instance]);
  }
  return result;
}

/// The columns of holes: a string gives two, its place in the module's data
/// and its length.
static SmallVector<Attribute>
getHoleColumns(LoweringContext &context, MLIRContext *mlirContext,
               const std::vector<std::vector<int64_t>> &columns,
               const std::vector<std::vector<StringRef>> &texts,
               ArrayRef<StaticProgram> programs, const MatchTable &table,
               size_t numPerSite) {
  SmallVector<Attribute> list;
  for (auto [column, text, program] :
       llvm::zip_equal(columns, texts, programs)) {
    if (program.isEventInvariant()) {
      bool isPerSite =
          programs.size() - (&program - programs.data()) <= numPerSite;
      list.push_back(DenseI64ArrayAttr::get(
          mlirContext, spreadColumn(column, table, isPerSite)));
      continue;
    }
    if (!program.isString()) {
      list.push_back(DenseI64ArrayAttr::get(mlirContext, column));
      continue;
    }
    SmallVector<int64_t> offsets, lengths;
    for (StringRef value : text) {
      offsets.push_back(context.addData(value));
      lengths.push_back(static_cast<int64_t>(value.size()));
    }
    list.push_back(DenseI64ArrayAttr::get(mlirContext, offsets));
    list.push_back(DenseI64ArrayAttr::get(mlirContext, lengths));
  }
  return list;
}

static ArrayAttr toAttr(MLIRContext *context,
                        const std::vector<std::vector<int64_t>> &columns) {
  SmallVector<Attribute> list;
  for (const std::vector<int64_t> &column : columns)
    list.push_back(DenseI64ArrayAttr::get(context, column));
  return ArrayAttr::get(context, list);
}

std::string whamm::getInstanceText(wasm::EventId event, wasm::Mode mode,
                                   uint32_t number) {
  const wasm::EventInfo &info = wasm::getEvents()[event];
  std::string text;
  llvm::raw_string_ostream os(text);
  os << number << "_wasm:" << wasm::getPackageName(info.package) << ":"
     << info.name << ":" << wasm::getReportModeName(event, mode);
  return text;
}

void Converter::emitTable(wasm_inject::TemplateOp target, const Work &work,
                          const MatchProbe &match,
                          wasm_inject::Position position,
                          const MatchTable &table, bool isInit) {
  MLIRContext *mlir = builder.getContext();
  // Only the instances that occur are named.
  SmallVector<Attribute> instances;
  SmallVector<int32_t> renumber(match.instances.size(), -1), instance;
  uint32_t rank = ~0u;
  for (int32_t old : table.instance) {
    if (renumber[old] < 0) {
      renumber[old] = instances.size();
      const MatchInstance &found = match.instances[old];
      instances.push_back(builder.getStringAttr(
          getInstanceText(found.event, found.mode, found.number)));
      rank = std::min(rank, found.order);
    }
    instance.push_back(renumber[old]);
  }
  bool hasInits = !isInit && llvm::any_of(table.inits, [](const auto &column) {
    return !column.empty();
  });
  size_t numImmediates =
      target.getImmediates() ? target.getImmediates()->size() : 0;
  SmallVector<Attribute> holes =
      isInit ? getHoleColumns(context, mlir, table.initHoles,
                              table.initHoleTexts, match.initHoles, table, 0)
             : getHoleColumns(context, mlir, table.holes, table.holeTexts,
                              match.holes, table, numImmediates);
  ArrayAttr immediates;
  if (target.getImmediates()) {
    immediates = builder.getArrayAttr(ArrayRef(holes).take_back(numImmediates));
    holes.truncate(holes.size() - numImmediates);
  }
  wasm_inject::SitesOp::create(
      builder, work.op->getLoc(), FlatSymbolRefAttr::get(target),
      wasm_inject::PositionAttr::get(mlir, position),
      builder.getI32IntegerAttr(rank), builder.getArrayAttr(instances),
      toAttr(mlir, table.func), toAttr(mlir, table.opidx),
      toAttr(mlir, table.pc), toAttr(mlir, instance), toAttr(mlir, table.slot),
      builder.getArrayAttr(holes),
      hasInits ? toAttr(mlir, table.inits) : ArrayAttr(), immediates);
}

/// What nothing refers to: a probe without sites leaves no trace.
static void eraseUnmatched(const Work &work) {
  work.body->erase();
  if (work.init)
    work.init->erase();
  for (wasm_inject::StateOp state : work.states)
    state->erase();
}

void Converter::emitSites(const Work &work, const MatchProbe &match) {
  if (match.numSites == 0)
    return eraseUnmatched(work);
  for (unsigned i = 0; i < MatchProbe::numPositions; ++i) {
    if (!match.tables[i])
      continue;
    auto position = static_cast<wasm_inject::Position>(i);
    emitTable(work.body, work, match, position, *match.tables[i], false);
    if (work.init)
      emitTable(work.init, work, match, wasm_inject::Position::Init,
                *match.tables[i], true);
  }
}
