//===- SpliceBody.cpp - Rewriting the code section ------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceBody.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::FunctionCursor;
using wasm::Instr;
using wasm::Opcode;
using wasm::ValType;

//===----------------------------------------------------------------------===//
// The code section
//===----------------------------------------------------------------------===//

namespace {

/// Rewrites all bodies, one after the other.
class CodeRewriter {
public:
  CodeRewriter(Context &ctx, Buffer &out) : ctx(ctx), out(out) {}
  llvm::Error run();

private:
  llvm::Error groupSites();
  llvm::Error rewriteWithSites(uint32_t defined, llvm::ArrayRef<SiteRef> sites,
                               CounterPlaces places);
  llvm::Error relocate(uint32_t defined);
  llvm::Error finish(uint32_t function, const LocalDecls &decls);
  void countSites(uint32_t function);
  llvm::ArrayRef<SiteRef> getSites(uint32_t defined) const {
    return llvm::ArrayRef(sites).slice(
        firstSite[defined], firstSite[defined + 1] - firstSite[defined]);
  }

  Context &ctx;
  Buffer &out;
  CounterPlaces takeCounters(uint32_t defined);

  CounterPlaces counters; // of the functions to come
  /// All sites, grouped by function; firstSite has one more entry.
  std::vector<SiteRef> sites;
  std::vector<uint32_t> firstSite;
  Placement placement;
  Buffer code, header;
};

} // namespace

/// Sorts the rows of all tables by function, then by instruction, then by the
/// order in which code at one place runs.
llvm::Error CodeRewriter::groupSites() {
  const wasm::Module &app = ctx.app;
  firstSite.assign(app.bodies.size() + 1, 0);
  for (uint32_t t = 0, e = ctx.getNumTables(); t != e; ++t) {
    const SiteTable &table = ctx.getTable(t);
    if (table.position == Position::Init)
      continue;
    for (uint32_t function : table.func) {
      if (function < app.numImportedFunctions ||
          function >= app.functions.size())
        return llvm::createStringError("a site is in " +
                                       describeFunction(app, function) +
                                       ", which the module does not define");
      ++firstSite[function - app.numImportedFunctions + 1];
    }
  }
  for (size_t i = 1; i != firstSite.size(); ++i)
    firstSite[i] += firstSite[i - 1];
  sites.resize(firstSite.back());
  std::vector<uint32_t> next(firstSite.begin(), firstSite.end() - 1);
  for (uint32_t t = 0, e = ctx.getNumTables(); t != e; ++t) {
    const SiteTable &table = ctx.getTable(t);
    if (table.position == Position::Init)
      continue;
    for (uint32_t row = 0, end = table.size(); row != end; ++row)
      sites[next[table.func[row] - app.numImportedFunctions]++] = {
          table.opidx[row], t, row};
  }
  return llvm::Error::success();
}

static void sortSites(const Context &ctx,
                      llvm::MutableArrayRef<SiteRef> sites) {
  auto getKey = [&](const SiteRef &site) {
    const SiteTable &table = ctx.getTable(site.table);
    return std::tuple(site.opidx, table.position == Position::AtTarget,
                      table.rank, table.position == Position::BlockEnd,
                      site.table, site.row);
  };
  auto less = [&](const SiteRef &a, const SiteRef &b) {
    return a.opidx != b.opidx ? a.opidx < b.opidx : getKey(a) < getKey(b);
  };
  if (!llvm::is_sorted(sites, less))
    llvm::sort(sites, less);
}

/// The counters of the next function.
CounterPlaces CodeRewriter::takeCounters(uint32_t defined) {
  uint32_t func = ctx.app.numImportedFunctions + defined;
  auto isHere = [&](const auto &place) { return place.func == func; };
  CounterPlaces here{counters.increments.take_while(isHere),
                     counters.writeBacks.take_while(isHere)};
  counters.increments = counters.increments.drop_front(here.increments.size());
  counters.writeBacks = counters.writeBacks.drop_front(here.writeBacks.size());
  return here;
}

llvm::Error CodeRewriter::run() {
  if (llvm::Error error = groupSites())
    return error;
  if (ctx.plan.counters)
    counters = {ctx.plan.counters->table.increments,
                ctx.plan.counters->table.writeBacks};
  // Bodies are walked also to see whether one refers to the entry.
  bool relocates = ctx.layout.relocates() || ctx.hookedEntry;
  for (uint32_t i = 0, e = ctx.app.bodies.size(); i != e; ++i) {
    llvm::Error error = llvm::Error::success();
    const wasm::ByteRange &range = ctx.app.bodies[i].range;
    CounterPlaces places = takeCounters(i);
    if (firstSite[i] != firstSite[i + 1] || !places.increments.empty()) {
      auto group = llvm::MutableArrayRef(sites).slice(
          firstSite[i], firstSite[i + 1] - firstSite[i]);
      sortSites(ctx, group);
      error = rewriteWithSites(i, group, places);
    } else if (relocates &&
               ctx.codeOffsets.count(i + ctx.app.numImportedFunctions)) {
      error = rewriteWithSites(i, {}, {});
    } else if (relocates) {
      error = relocate(i);
    } else {
      wasm::appendSized(out, ctx.app.bytes.slice(range.begin, range.size()));
    }
    if (error)
      return error;
  }
  return llvm::Error::success();
}

llvm::Error CodeRewriter::rewriteWithSites(uint32_t defined,
                                           llvm::ArrayRef<SiteRef> refs,
                                           CounterPlaces places) {
  uint32_t function = ctx.app.numImportedFunctions + defined;
  if (auto it = ctx.codeOffsets.find(function); it != ctx.codeOffsets.end())
    for (CodeOffset &offset : it->second)
      offset.after = UINT32_MAX;
  if (llvm::Error error = placeSites(ctx, defined, refs, places, placement))
    return error;
  code.clear();
  emitBody(ctx, placement, function, code);
  ctx.checks.insert(ctx.checks.end(), placement.checks.begin(),
                    placement.checks.end());
  countSites(function);
  return finish(function, placement.decls);
}

void CodeRewriter::countSites(uint32_t function) {
  bool touched = false;
  for (const PlacedSite &site : placement.sites) {
    if (!site.isEmitted)
      continue;
    touched = true;
    if (ctx.templates[site.table->templateIndex].function)
      ++ctx.result.sitesCalled;
    else
      ++ctx.result.sitesInlined;
  }
  if (touched)
    ctx.result.touchedFunctions.push_back(ctx.layout.shiftFunction(function));
  if (placement.hasSpills)
    ctx.result.spilledFunctions.push_back(ctx.layout.shiftFunction(function));
}

/// Appends local declarations and `code` as one body.
llvm::Error CodeRewriter::finish(uint32_t function, const LocalDecls &decls) {
  const LocalPool &pool = placement.pool;
  header.clear();
  wasm::appendULEB(header, decls.numGroups + pool.getNumGroups());
  wasm::appendBytes(
      header, ctx.app.bytes.slice(decls.groups.begin, decls.groups.size()));
  pool.encodeGroups(header);
  if (auto it = ctx.codeOffsets.find(function); it != ctx.codeOffsets.end())
    for (CodeOffset &offset : it->second)
      if (offset.after != UINT32_MAX)
        offset.after += header.size();
  size_t size = header.size() + code.size();
  if (size > MaxBodySize)
    return llvm::createStringError(describeFunction(ctx.app, function) +
                                   " would have " + llvm::Twine(size) +
                                   " bytes; engines accept " +
                                   llvm::Twine(uint64_t(MaxBodySize)));
  uint64_t locals = placement.numParams + decls.numLocals + pool.size();
  if (pool.size() && locals > MaxLocals)
    return llvm::createStringError(describeFunction(ctx.app, function) +
                                   " would have " + llvm::Twine(locals) +
                                   " locals; engines accept " +
                                   llvm::Twine(uint64_t(MaxLocals)));
  wasm::appendULEB(out, size);
  wasm::appendBytes(out, header);
  wasm::appendBytes(out, code);
  return llvm::Error::success();
}

/// Copies a body without sites; only references to functions change.
llvm::Error CodeRewriter::relocate(uint32_t defined) {
  const wasm::FunctionBody &body = ctx.app.bodies[defined];
  const uint8_t *bytes = ctx.app.bytes.data();
  FunctionCursor cursor(ctx.app, defined);
  code.clear();
  size_t pos = body.range.begin;
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    if (instr.opcode != Opcode::Call && instr.opcode != Opcode::ReturnCall &&
        instr.opcode != Opcode::RefFunc)
      continue;
    if (instr.opcode == Opcode::RefFunc)
      ctx.noteReference(instr.imms[0]);
    code.append(bytes + pos, bytes + instr.begin + 1);
    wasm::appendULEB(code, ctx.layout.mapFunction(instr.imms[0]));
    pos = instr.end;
  }
  if (llvm::Error error = cursor.takeError())
    return error;
  code.append(bytes + pos, bytes + body.range.end);
  wasm::appendSized(out, code);
  return llvm::Error::success();
}

llvm::Error detail::rewriteBodies(Context &ctx, Buffer &out) {
  return CodeRewriter(ctx, out).run();
}
