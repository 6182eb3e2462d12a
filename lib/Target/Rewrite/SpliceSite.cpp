//===- SpliceSite.cpp - Putting templates at places -----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceInternal.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::ValType;

void detail::appendLocals(wasm::ByteSink &out, llvm::ArrayRef<ValType> types) {
  LocalPool pool;
  for (ValType type : types)
    pool.take(type);
  wasm::appendULEB(out, pool.getNumGroups());
  pool.encodeGroups(out);
}

static void emitPiece(wasm::ByteSink &out, const TemplateCode &code,
                      const Piece &piece, const Binding &binding) {
  const SiteTable *table = binding.table;
  switch (piece.kind) {
  case Piece::Kind::Raw: {
    const uint8_t *begin = code.bytes.data() + piece.begin;
    out.append(begin, begin + piece.size);
    return;
  }
  case Piece::Kind::Local:
    return appendIndexed(out, piece.opcode, binding.locals[piece.index]);
  case Piece::Kind::Hole:
    if (!table)
      return appendIndexed(out, OpLocalGet, binding.firstHole + piece.index);
    return appendConst(out, code.holes[piece.index],
                       table->holes[piece.index][binding.row]);
  case Piece::Kind::StateGet:
  case Piece::Kind::StateSet: {
    bool isGet = piece.kind == Piece::Kind::StateGet;
    if (!table)
      return appendIndexed(out, isGet ? OpLocalGet : OpLocalSet,
                           binding.firstState + piece.index);
    return appendIndexed(out, isGet ? OpGlobalGet : OpGlobalSet,
                         binding.firstGlobal +
                             table->states[piece.index][binding.row]);
  }
  case Piece::Kind::AssignedGet:
    return appendIndexed(out, OpLocalGet, binding.assigned[piece.index]);
  case Piece::Kind::AssignedSet:
    return appendIndexed(out, OpLocalSet, binding.assigned[piece.index]);
  }
}

void detail::emitCode(wasm::ByteSink &out, const TemplateCode &code,
                      const Binding &binding) {
  if (code.wrap)
    out.append({OpBlock, EmptyBlockType});
  for (const Piece &piece : code.pieces)
    emitPiece(out, code, piece, binding);
  if (code.wrap)
    out.push_back(OpEnd);
}

/// The signature of the function that sites call.
static wasm::FuncType getTemplateType(const TemplateCode &code) {
  wasm::FuncType type;
  for (llvm::ArrayRef<ValType> list : {llvm::ArrayRef<ValType>(code.params),
                                       llvm::ArrayRef<ValType>(code.holes),
                                       llvm::ArrayRef<ValType>(code.states),
                                       llvm::ArrayRef<ValType>(code.assigned)})
    type.params.append(list.begin(), list.end());
  for (unsigned state : code.writesState.set_bits())
    type.results.push_back(code.states[state]);
  for (unsigned operand : code.writesAssigned.set_bits())
    type.results.push_back(code.assigned[operand]);
  return type;
}

void detail::makeTemplateFunction(Layout &layout, TemplateCode &code,
                                  llvm::StringRef name) {
  wasm::FuncType type = getTemplateType(code);
  code.function = layout.addFunction(type, "whamm.template." + name.str());

  uint32_t numParams = code.params.size(), numInputs = type.params.size();
  llvm::SmallVector<uint32_t> locals, assigned;
  for (uint32_t i = 0, e = numParams + code.locals.size(); i != e; ++i)
    locals.push_back(i < numParams ? i : i - numParams + numInputs);
  for (uint32_t i = numInputs - code.assigned.size(); i != numInputs; ++i)
    assigned.push_back(i);
  Binding binding;
  binding.locals = locals;
  binding.assigned = assigned;
  binding.firstHole = numParams;
  binding.firstState = numParams + code.holes.size();
  Buffer &body = layout.getNewFunction(*code.function).body;
  appendLocals(body, code.locals);
  emitCode(body, code, binding);
  for (unsigned state : code.writesState.set_bits())
    appendIndexed(body, OpLocalGet, binding.firstState + state);
  for (unsigned operand : code.writesAssigned.set_bits())
    appendIndexed(body, OpLocalGet, assigned[operand]);
  body.push_back(OpEnd);
}

static void emitCall(wasm::ByteSink &out, const TemplateCode &code,
                     llvm::ArrayRef<uint32_t> operands,
                     const Binding &binding) {
  const SiteTable &table = *binding.table;
  for (uint32_t local : operands)
    appendIndexed(out, OpLocalGet, local);
  for (auto [i, type] : llvm::enumerate(code.holes))
    appendConst(out, type, table.holes[i][binding.row]);
  auto getGlobal = [&](unsigned state) {
    return binding.firstGlobal + table.states[state][binding.row];
  };
  for (unsigned i = 0; i != code.states.size(); ++i)
    appendIndexed(out, OpGlobalGet, getGlobal(i));
  for (uint32_t local : binding.assigned)
    appendIndexed(out, OpLocalGet, local);
  appendIndexed(out, OpCall, *code.function);
  for (int i = code.writesAssigned.find_last(); i >= 0;
       i = code.writesAssigned.find_prev(i))
    appendIndexed(out, OpLocalSet, binding.assigned[i]);
  for (int i = code.writesState.find_last(); i >= 0;
       i = code.writesState.find_prev(i))
    appendIndexed(out, OpGlobalSet, getGlobal(i));
}

/// True where a parameter, which keeps its value, lies in a local that the
/// code assigns.
static bool isOverwritten(const TemplateCode &code, const Binding &binding,
                          uint32_t local) {
  for (unsigned i : code.writesAssigned.set_bits())
    if (binding.assigned[i] == local)
      return true;
  return false;
}

/// Host locals for a template's locals, parameters first. What the code may
/// write is its own; `owned` gets what must be released.
static void bindLocals(wasm::ByteSink &out, const TemplateCode &code,
                       llvm::ArrayRef<uint32_t> operands,
                       const Binding &binding, LocalPool &pool,
                       llvm::SmallVectorImpl<uint32_t> &locals,
                       llvm::SmallVectorImpl<uint32_t> &owned) {
  for (auto [i, operand] : llvm::enumerate(operands)) {
    uint32_t local = operand;
    if (code.writesParam.test(i) || isOverwritten(code, binding, operand)) {
      local = pool.take(code.params[i]);
      owned.push_back(local);
      appendIndexed(out, OpLocalGet, operand);
      appendIndexed(out, OpLocalSet, local);
    }
    locals.push_back(local);
  }
  for (ValType type : code.locals) {
    uint32_t local = pool.take(type);
    owned.push_back(local);
    if (code.needsZero.test(locals.size())) {
      appendConst(out, type, 0);
      appendIndexed(out, OpLocalSet, local);
    }
    locals.push_back(local);
  }
}

void detail::emitSite(wasm::ByteSink &out, const TemplateCode &code,
                      llvm::ArrayRef<uint32_t> operands, Binding binding,
                      LocalPool &pool) {
  if (code.function)
    return emitCall(out, code, operands, binding);
  llvm::SmallVector<uint32_t, 8> locals, owned;
  bindLocals(out, code, operands, binding, pool, locals, owned);
  binding.locals = locals;
  emitCode(out, code, binding);
  for (uint32_t local : llvm::reverse(owned))
    pool.release(local);
}
