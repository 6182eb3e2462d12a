//===- SpliceCode.h - Functions that the splicer writes itself --*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_SPLICECODE_H
#define WHAMM_LIB_TARGET_REWRITE_SPLICECODE_H

#include "SpliceInternal.h"

namespace whamm::rewrite::detail {

/// Appends instructions to a body.
class CodeWriter {
public:
  explicit CodeWriter(wasm::ByteSink &out) : out(out) {}

  CodeWriter &op(uint8_t opcode) {
    out.push_back(opcode);
    return *this;
  }
  CodeWriter &op(uint8_t opcode, uint32_t index) {
    appendIndexed(out, opcode, index);
    return *this;
  }
  CodeWriter &index(uint32_t value) {
    wasm::appendULEB(out, value);
    return *this;
  }
  CodeWriter &get(uint32_t local) { return op(OpLocalGet, local); }
  CodeWriter &set(uint32_t local) { return op(OpLocalSet, local); }
  CodeWriter &call(uint32_t function) { return op(OpCall, function); }
  CodeWriter &i32(int32_t value) {
    appendConst(out, wasm::ValType::i32(), static_cast<uint32_t>(value));
    return *this;
  }
  CodeWriter &i64(uint64_t value) {
    appendConst(out, wasm::ValType::i64(), value);
    return *this;
  }
  /// An `if`, `block` or `loop` without results.
  CodeWriter &open(uint8_t opcode) {
    out.append({opcode, EmptyBlockType});
    return *this;
  }
  CodeWriter &end() { return op(OpEnd); }
  /// A load or store without alignment or offset.
  CodeWriter &access(uint8_t opcode, uint32_t memory) {
    out.push_back(opcode);
    out.push_back(memory ? 0x40 : 0); // the memory's index follows
    if (memory)
      wasm::appendULEB(out, memory);
    out.push_back(0);
    return *this;
  }

private:
  wasm::ByteSink &out;
};

/// Straight-line code that is cut into functions of bounded size.
class ChunkedCode {
public:
  ChunkedCode(Layout &layout, std::string name)
      : layout(layout), name(std::move(name)) {
    pool.reset(0);
  }
  /// The sink for the next piece of code.
  Buffer &next() {
    if (code.size() > SplitBodySize)
      flush();
    return code;
  }
  LocalPool &getPool() { return pool; }
  /// Appends calls of all functions.
  void finish(wasm::ByteSink &caller);

private:
  void flush();

  Layout &layout;
  std::string name;
  Buffer code;
  LocalPool pool;
  llvm::SmallVector<uint32_t> functions;
};

/// A function type from lists.
inline wasm::FuncType makeFuncType(llvm::ArrayRef<wasm::ValType> params,
                                   llvm::ArrayRef<wasm::ValType> results = {}) {
  wasm::FuncType type;
  type.params.assign(params.begin(), params.end());
  type.results.assign(results.begin(), results.end());
  return type;
}

} // namespace whamm::rewrite::detail

#endif // WHAMM_LIB_TARGET_REWRITE_SPLICECODE_H
