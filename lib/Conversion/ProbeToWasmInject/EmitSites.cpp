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

/// Entries of a column that has one per instance of the probe.
static DenseI64ArrayAttr pickInstances(MLIRContext *context,
                                       ArrayRef<int64_t> column,
                                       ArrayRef<int32_t> instances) {
  return DenseI64ArrayAttr::get(
      context, llvm::map_to_vector(instances, [&](int32_t instance) {
        return column[instance];
      }));
}

/// The columns of holes: a string gives two, its place in the module's data
/// and its length. What depends on the instance only has an entry for each of
/// `occurring`, those that sites have; but the last `numPerSite` holes, and all
/// where there are as many sites, have one per site.
static SmallVector<Attribute>
getHoleColumns(LoweringContext &context, MLIRContext *mlirContext,
               const std::vector<std::vector<int64_t>> &columns,
               const std::vector<std::vector<StringRef>> &texts,
               ArrayRef<StaticProgram> programs, ArrayRef<int32_t> occurring,
               ArrayRef<int32_t> instanceOfSite, size_t numPerSite) {
  SmallVector<Attribute> list;
  size_t firstPerSite = occurring.size() == instanceOfSite.size()
                            ? 0
                            : programs.size() - numPerSite;
  for (auto [i, column, text, program] :
       llvm::enumerate(columns, texts, programs)) {
    if (program.isEventInvariant()) {
      list.push_back(pickInstances(
          mlirContext, column, i < firstPerSite ? occurring : instanceOfSite));
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
  SmallVector<int32_t> renumber(match.instances.size(), -1), occurring,
      instance;
  uint32_t rank = ~0u;
  for (int32_t old : table.instance) {
    if (renumber[old] < 0) {
      renumber[old] = instances.size();
      occurring.push_back(old);
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
      isInit
          ? getHoleColumns(context, mlir, table.initHoles, table.initHoleTexts,
                           match.initHoles, occurring, table.instance, 0)
          : getHoleColumns(context, mlir, table.holes, table.holeTexts,
                           match.holes, occurring, table.instance,
                           numImmediates);
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
