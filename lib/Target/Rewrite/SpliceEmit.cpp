//===- SpliceEmit.cpp - Merging edits with a body -------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceBody.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
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
  void emitRestore(const Capture &capture);
  void emitSite(PlacedSite &site, const Capture *results,
                llvm::ArrayRef<uint32_t> fresh);
  void emitCapturedSite(const Edit &edit);
  void emitAlt(const Edit &edit);
  void emitAltResults(const AltPlace &place, llvm::ArrayRef<uint32_t> fresh);
  void emitAltCalls(const AltPlace &place, llvm::ArrayRef<uint32_t> fresh);
  void emitFlag(uint32_t local, int value);
  void openWrapper();
  void closeWrapper();
  void emitExceptionExits();
  void get(uint32_t local, ValType type) {
    appendIndexed(code, OpLocalGet, local);
    if (!type.isDefaultable())
      code.push_back(OpRefAsNonNull);
  }
  void copyUpTo(size_t offset) {
    if (offset <= pos)
      return;
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
  case Edit::Kind::Restore:
    return emitRestore(placement.captures[edit.index]);
  case Edit::Kind::Release:
    for (uint32_t local : placement.captures[edit.index].locals)
      if (local != UINT32_MAX)
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
    code.push_back(OpEnd);
    return;
  case Edit::Kind::CloseWrapper:
    return closeWrapper();
  case Edit::Kind::Handler:
    code.append({OpReturn, OpEnd}); // the exception is on the stack
    emitExceptionExits();
    code.push_back(OpThrowRef);
    return;
  case Edit::Kind::CloseAlt:
    code.push_back(OpEnd);
    if (edit.index) // neither way comes here
      code.push_back(OpUnreachable);
    return;
  case Edit::Kind::OpenWrapper:
    return openWrapper();
  case Edit::Kind::Count:
    return emitIncrement(code, ctx, placement,
                         ctx.plan.counters->table.increments[edit.index]);
  case Edit::Kind::WriteBack:
    return emitWriteBack(code, ctx, placement, edit.index != 0);
  case Edit::Kind::OpenAlt:
    return emitAlt(edit);
  case Edit::Kind::Function:
    wasm::appendULEB(code, edit.index);
    pos = edit.end;
    return;
  case Edit::Kind::Recode:
    if (edit.results >= 0)
      placement.checks[edit.results].offset = code.size();
    wasm::appendBytes(code, placement.recoded[edit.index]);
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

/// A block with the results of the function, whose label takes the place of the
/// function's.
void Emitter::openWrapper() {
  const auto &results = ctx.app.getFunctionType(function).results;
  switch (placement.handler) {
  case ExceptionStyle::None:
    code.push_back(OpBlock);
    return appendBlockType(code, ctx.layout, results);
  case ExceptionStyle::Legacy:
    code.push_back(OpTry);
    return appendBlockType(code, ctx.layout, results);
  case ExceptionStyle::Final:
    code.append({OpBlock, ExnRefType, OpTryTable});
    appendBlockType(code, ctx.layout, results);
    code.append({1, CatchAllRefClause, 0});
    return;
  }
}

void Emitter::closeWrapper() {
  if (placement.handler == ExceptionStyle::Legacy) {
    code.push_back(OpCatchAll);
    emitExceptionExits();
    code.append({OpRethrow, 0});
  }
  code.push_back(OpEnd);
}

/// Code of the function's exits, where an exception leaves it.
void Emitter::emitExceptionExits() {
  if (ctx.exiting) {
    appendIndexed(code, OpGlobalGet, *ctx.exiting);
    code.append({OpI32Eqz, OpIf, EmptyBlockType});
  }
  for (uint32_t exit : placement.funcExits)
    emitSite(placement.sites[exit], nullptr, {});
  if (ctx.exiting)
    code.push_back(OpEnd);
}

/// Copies the values on top of the stack to locals, and leaves them there
/// unless they are spilled.
void Emitter::emitCapture(Capture &capture) {
  placement.hasSpills = true;
  unsigned size = capture.types.size();
  if (capture.locals.empty())
    takeLocals(capture, placement.pool);
  if (capture.isSpilled) {
    for (unsigned i = 0; i != size; ++i)
      if (capture.needed.test(i))
        appendIndexed(code, OpLocalSet, capture.locals[i]);
      else
        code.push_back(OpDrop);
    return;
  }
  for (unsigned i = 0; i + 1 < size; ++i)
    appendIndexed(code, OpLocalSet, capture.locals[i]);
  appendIndexed(code, OpLocalTee, capture.locals[size - 1]);
  if (!capture.types[size - 1].isDefaultable())
    code.push_back(OpRefAsNonNull);
  for (unsigned i = size - 1; i-- != 0;)
    get(capture.locals[i], capture.types[i]);
}

void Emitter::emitRestore(const Capture &capture) {
  for (unsigned i = capture.types.size(); i-- != 0;)
    get(capture.locals[i], capture.types[i]);
}

/// Appends the code of a site. `fresh` holds locals for what it assigns and is
/// no operand: AltTaken and the like, by position in the template's list.
void Emitter::emitSite(PlacedSite &site, const Capture *results,
                       llvm::ArrayRef<uint32_t> fresh) {
  auto getLocal = [&](const Operand &operand) {
    if (operand.kind == Operand::Kind::Local)
      return operand.index;
    if (operand.kind == Operand::Kind::Arg)
      return placement.captures[site.operands].locals[operand.index];
    return results->locals[operand.index];
  };
  llvm::SmallVector<uint32_t, 8> operands, assigned;
  for (const Operand &operand : site.source->operands)
    operands.push_back(getLocal(operand));
  for (auto [i, entry] : llvm::enumerate(site.source->assigned))
    assigned.push_back(entry.operand.kind >= Operand::Kind::AltTaken
                           ? fresh[i]
                           : getLocal(entry.operand));
  Binding binding;
  binding.assigned = assigned;
  binding.table = site.table;
  binding.row = site.ref->row;
  binding.firstGlobal = ctx.firstGlobal;
  detail::emitSite(code, ctx.templates[site.table->templateIndex], operands,
                   binding, placement.pool);
  site.isEmitted = true;
}

void Emitter::emitCapturedSite(const Edit &edit) {
  Capture *results =
      edit.results < 0 ? nullptr : &placement.captures[edit.results];
  if (results)
    emitCapture(*results);
  emitSite(placement.sites[edit.index], results, {});
  if (!results)
    return;
  if (results->isSpilled)
    emitRestore(*results);
  for (uint32_t local : results->locals)
    placement.pool.release(local);
}

//===----------------------------------------------------------------------===//
// Replaced instructions
//===----------------------------------------------------------------------===//

/// The local of what a template assigns; nullopt if it does not.
static std::optional<uint32_t> findFresh(const Template &source,
                                         llvm::ArrayRef<uint32_t> fresh,
                                         Operand::Kind kind, uint32_t index) {
  for (auto [i, entry] : llvm::enumerate(source.assigned))
    if (entry.operand.kind == kind && entry.operand.index == index)
      return fresh[i];
  return std::nullopt;
}

void Emitter::emitAlt(const Edit &edit) {
  const AltPlace &place = placement.alts[edit.index];
  PlacedSite &site = placement.sites[place.site];
  const Template &source = *site.source;
  if (place.check >= 0)
    placement.checks[place.check].offset = code.size();
  llvm::SmallVector<uint32_t, 4> fresh;
  for (const AssignedOperand &entry : source.assigned) {
    fresh.push_back(UINT32_MAX);
    if (entry.operand.kind < Operand::Kind::AltTaken)
      continue;
    ValType type = getStorageType(entry.operand.type);
    fresh.back() = placement.pool.take(type);
    appendConst(code, type, 0);
    appendIndexed(code, OpLocalSet, fresh.back());
  }
  emitSite(site, nullptr, fresh);
  if (place.isDynamic) {
    appendIndexed(code, OpLocalGet,
                  *findFresh(source, fresh, Operand::Kind::AltTaken, 0));
    code.push_back(OpIf);
    appendBlockType(code, ctx.layout,
                    place.isTailCall ? llvm::ArrayRef<ValType>()
                                     : llvm::ArrayRef<ValType>(place.results));
  }
  emitAltCalls(place, fresh);
  if (place.isDynamic)
    code.push_back(OpElse);
  else
    pos = place.end;
  for (uint32_t local : fresh)
    if (local != UINT32_MAX)
      placement.pool.release(local);
}

/// Leaves the results on the stack, or the function with them.
void Emitter::emitAltResults(const AltPlace &place,
                             llvm::ArrayRef<uint32_t> fresh) {
  const Template &source = *placement.sites[place.site].source;
  if (place.keepsOperands)
    return emitRestore(placement.captures[place.operands]);
  if (!place.returnsValues) {
    // No path comes here without a call.
    if (!source.altCalls.empty() && !place.results.empty())
      code.push_back(OpUnreachable);
    return;
  }
  for (unsigned n = place.results.size(), i = 0; i != n; ++i)
    get(*findFresh(source, fresh, Operand::Kind::AltResult, n - 1 - i),
        place.results[i]);
  if (!place.isTailCall)
    return;
  for (uint32_t exit : placement.funcExits)
    emitSite(placement.sites[exit], nullptr, {});
  code.push_back(OpReturn);
}

/// The calls that the body may have chosen, one inside the other's `else`.
void Emitter::emitAltCalls(const AltPlace &place,
                           llvm::ArrayRef<uint32_t> fresh) {
  const Template &source = *placement.sites[place.site].source;
  unsigned numOpen = 0;
  for (auto [k, target] : llvm::enumerate(source.altCalls)) {
    std::optional<uint32_t> flag =
        findFresh(source, fresh, Operand::Kind::AltCall, k);
    if (!flag)
      continue;
    appendIndexed(code, OpLocalGet, *flag);
    code.push_back(OpIf);
    appendBlockType(code, ctx.layout,
                    place.isTailCall ? llvm::ArrayRef<ValType>()
                                     : llvm::ArrayRef<ValType>(place.results));
    if (place.isTailCall || ctx.isProcExit(target))
      for (uint32_t exit : placement.funcExits)
        emitSite(placement.sites[exit], nullptr, {});
    if (place.operands >= 0)
      emitRestore(placement.captures[place.operands]);
    appendIndexed(code, place.isTailCall ? OpReturnCall : OpCall,
                  ctx.layout.mapFunction(target));
    code.push_back(OpElse);
    ++numOpen;
  }
  emitAltResults(place, fresh);
  code.append(numOpen, OpEnd);
  if (place.isTailCall && numOpen && !source.mayFallThrough)
    code.push_back(OpUnreachable);
}

void detail::emitBody(Context &ctx, Placement &placement, uint32_t function,
                      Buffer &code) {
  Emitter(ctx, placement, function, code)
      .run(ctx.app.bodies[function - ctx.app.numImportedFunctions]);
}
