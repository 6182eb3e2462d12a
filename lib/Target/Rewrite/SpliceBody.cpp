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

namespace {

/// Merges the edits of a function with its bytes.
class Emitter {
public:
  Emitter(Context &ctx, Placement &placement, uint32_t function, Buffer &code)
      : ctx(ctx), placement(placement), function(function), code(code) {}

  /// Writes the instructions of the body to `code`.
  void run(const wasm::FunctionBody &body);

private:
  void apply(const Edit &edit);
  void emitCapture(Capture &capture);
  void emitCapturedSite(const Edit &edit);
  void emitFlag(uint32_t local, int value);
  void openWrapper();
  void copyUpTo(size_t offset) {
    const uint8_t *bytes = ctx.app.bytes.data();
    code.append(bytes + pos, bytes + offset);
    pos = offset;
  }

  Context &ctx;
  Placement &placement;
  uint32_t function;
  Buffer &code;
  size_t pos = 0;
};

} // namespace

void Emitter::run(const wasm::FunctionBody &body) {
  pos = body.codeBegin;
  for (const Edit &edit : placement.edits) {
    copyUpTo(edit.offset);
    apply(edit);
  }
  copyUpTo(body.range.end);
}

void Emitter::apply(const Edit &edit) {
  switch (edit.kind) {
  case Edit::Kind::Site:
    return emitCapturedSite(edit);
  case Edit::Kind::Capture:
    return emitCapture(placement.captures[edit.index]);
  case Edit::Kind::Release:
    for (uint32_t local : placement.captures[edit.index].locals)
      placement.pool.release(local);
    return;
  case Edit::Kind::SetFlag:
    return emitFlag(edit.index, 1);
  case Edit::Kind::ClearFlag:
    return emitFlag(edit.index, 0);
  case Edit::Kind::GuardOpen:
    appendIndexed(code, OpLocalGet, edit.index);
    code.append({OpIf, EmptyBlockType});
    return emitFlag(edit.index, 0);
  case Edit::Kind::GuardClose:
  case Edit::Kind::CloseWrapper:
    code.push_back(OpEnd);
    return;
  case Edit::Kind::OpenWrapper:
    return openWrapper();
  case Edit::Kind::Function:
    wasm::appendULEB(code, edit.index);
    pos = edit.end;
    return;
  case Edit::Kind::Offset:
    ctx.codeOffsets[function][edit.index].after = code.size();
    return;
  }
}

void Emitter::emitFlag(uint32_t local, int value) {
  appendConst(code, ValType::i32(), value);
  appendIndexed(code, OpLocalSet, local);
}

/// A block with the results of the function.
void Emitter::openWrapper() {
  const auto &results = ctx.app.getFunctionType(function).results;
  code.push_back(OpBlock);
  if (results.empty()) {
    code.push_back(EmptyBlockType);
  } else if (results.size() == 1) {
    results[0].encode(code);
  } else {
    wasm::FuncType type;
    type.results = results;
    wasm::appendSLEB(code, ctx.layout.internType(type));
  }
}

/// Copies the values on top of the stack to locals and leaves them there.
void Emitter::emitCapture(Capture &capture) {
  placement.hasSpills = true;
  unsigned size = capture.types.size();
  if (capture.locals.empty())
    for (ValType type : capture.types)
      capture.locals.push_back(placement.pool.take(getStorageType(type)));
  auto restoreType = [&](unsigned i) {
    if (!capture.types[i].isDefaultable())
      code.push_back(OpRefAsNonNull);
  };
  for (unsigned i = 0; i + 1 < size; ++i)
    appendIndexed(code, OpLocalSet, capture.locals[i]);
  appendIndexed(code, OpLocalTee, capture.locals[size - 1]);
  restoreType(size - 1);
  for (unsigned i = size - 1; i-- != 0;) {
    appendIndexed(code, OpLocalGet, capture.locals[i]);
    restoreType(i);
  }
}

void Emitter::emitCapturedSite(const Edit &edit) {
  PlacedSite &site = placement.sites[edit.index];
  Capture *results =
      edit.results < 0 ? nullptr : &placement.captures[edit.results];
  if (results)
    emitCapture(*results);
  llvm::SmallVector<uint32_t, 8> operands;
  for (const Operand &operand : site.source->operands) {
    if (operand.kind == Operand::Kind::Local)
      operands.push_back(operand.index);
    else if (operand.kind == Operand::Kind::Arg)
      operands.push_back(
          placement.captures[site.operands].locals[operand.index]);
    else
      operands.push_back(results->locals[operand.index]);
  }
  Binding binding;
  binding.table = site.table;
  binding.row = site.ref->row;
  binding.firstGlobal = ctx.firstGlobal;
  emitSite(code, ctx.templates[site.table->templateIndex], operands, binding,
           placement.pool);
  site.isEmitted = true;
  if (results)
    for (uint32_t local : results->locals)
      placement.pool.release(local);
}

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
  llvm::Error rewriteWithSites(uint32_t defined, llvm::ArrayRef<SiteRef> sites);
  llvm::Error relocate(uint32_t defined);
  llvm::Error finish(uint32_t function, const LocalDecls &decls);
  void countSites(uint32_t function);
  llvm::ArrayRef<SiteRef> getSites(uint32_t defined) const {
    return llvm::ArrayRef(sites).slice(
        firstSite[defined], firstSite[defined + 1] - firstSite[defined]);
  }

  Context &ctx;
  Buffer &out;
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
  for (const SiteTable &table : ctx.plan.sites) {
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
  for (uint32_t t = 0, e = ctx.plan.sites.size(); t != e; ++t) {
    const SiteTable &table = ctx.plan.sites[t];
    if (table.position == Position::Init)
      continue;
    for (uint32_t row = 0, end = table.size(); row != end; ++row)
      sites[next[table.func[row] - app.numImportedFunctions]++] = {
          table.opidx[row], t, row};
  }
  return llvm::Error::success();
}

static void sortSites(const InjectionPlan &plan,
                      llvm::MutableArrayRef<SiteRef> sites) {
  auto getKey = [&](const SiteRef &site) {
    const SiteTable &table = plan.sites[site.table];
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

llvm::Error CodeRewriter::run() {
  if (llvm::Error error = groupSites())
    return error;
  // Bodies are walked also to see whether one refers to the entry.
  bool relocates = ctx.layout.relocates() || ctx.hookedEntry;
  for (uint32_t i = 0, e = ctx.app.bodies.size(); i != e; ++i) {
    llvm::Error error = llvm::Error::success();
    const wasm::ByteRange &range = ctx.app.bodies[i].range;
    if (firstSite[i] != firstSite[i + 1]) {
      llvm::MutableArrayRef<SiteRef> group(&sites[firstSite[i]],
                                           firstSite[i + 1] - firstSite[i]);
      sortSites(ctx.plan, group);
      error = rewriteWithSites(i, group);
    } else if (relocates &&
               ctx.codeOffsets.count(i + ctx.app.numImportedFunctions)) {
      error = rewriteWithSites(i, {});
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
                                           llvm::ArrayRef<SiteRef> refs) {
  uint32_t function = ctx.app.numImportedFunctions + defined;
  if (auto it = ctx.codeOffsets.find(function); it != ctx.codeOffsets.end())
    for (CodeOffset &offset : it->second)
      offset.after = UINT32_MAX;
  if (llvm::Error error = placeSites(ctx, defined, refs, placement))
    return error;
  code.clear();
  Emitter(ctx, placement, function, code).run(ctx.app.bodies[defined]);
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
                                   llvm::Twine(MaxBodySize));
  uint64_t locals = placement.numParams + decls.numLocals + pool.size();
  if (pool.size() && locals > MaxLocals)
    return llvm::createStringError(describeFunction(ctx.app, function) +
                                   " would have " + llvm::Twine(locals) +
                                   " locals; engines accept " +
                                   llvm::Twine(MaxLocals));
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
