//===- Reader.h - Reading WebAssembly binary data ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A bounded reader of the primitive encodings. The first error sticks: reads
/// behind it give zeros, so that callers check once per item and not per byte.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_WASM_READER_H
#define WHAMM_LIB_WASM_READER_H

#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/Module.h"

namespace whamm::wasm {

/// Reads forward within a range of the module's bytes.
class Reader {
public:
  Reader(Bytes bytes, size_t begin, size_t end)
      : base(bytes.data()), pos(base + begin), limit(base + end) {}

  size_t getOffset() const { return pos - base; }
  size_t getRemaining() const { return limit - pos; }
  bool atEnd() const { return pos == limit; }

  bool failed() const { return message != nullptr; }
  const char *getMessage() const { return message; }
  size_t getErrorOffset() const { return errorOffset; }
  /// Records the first error and moves to the end.
  void fail(size_t offset, const char *text) {
    if (!message) {
      message = text;
      errorOffset = offset;
    }
    pos = limit;
  }
  void failHere(const char *text) { fail(getOffset(), text); }

  uint8_t peekByte() const { return pos != limit ? *pos : 0; }
  uint8_t readByte() {
    if (LLVM_LIKELY(pos != limit))
      return *pos++;
    failHere("unexpected end");
    return 0;
  }
  uint32_t readU32() {
    if (LLVM_LIKELY(pos != limit && *pos < 0x80))
      return *pos++;
    return readLongU32();
  }
  uint64_t readU64() { return readUnsigned(64); }
  int32_t readS32() { return static_cast<int32_t>(readSigned(32)); }
  int64_t readS33() { return readSigned(33); }
  int64_t readS64() { return readSigned(64); }
  uint64_t readFixed(unsigned bytes);
  /// A length and that many bytes.
  ByteRange readSized();
  /// A name, checked for UTF-8.
  llvm::StringRef readName();
  void skip(size_t bytes) {
    if (bytes > getRemaining())
      return failHere("unexpected end");
    pos += bytes;
  }

  /// A vector's length. Each item takes a byte at least, so that a wrong
  /// length cannot make the caller reserve much.
  uint32_t readCount();
  ValType readValType();
  /// A heap type with the given nullability.
  ValType readHeapType(bool nullable);
  BlockType readBlockType();

private:
  uint32_t readLongU32() { return static_cast<uint32_t>(readUnsigned(32)); }
  uint64_t readUnsigned(unsigned bits);
  int64_t readSigned(unsigned bits);

  const uint8_t *base, *pos, *limit;
  const char *message = nullptr;
  size_t errorOffset = 0;
};

/// Decodes one instruction: opcode and immediates. Does not set the identity
/// (opidx, pc). On failure the reader holds the error.
void decodeInstr(Reader &reader, Instr &instr, InstrStorage &storage);

/// Finds the end of a constant expression that starts at the reader's place,
/// and moves behind it.
ByteRange skipConstExpr(Reader &reader);

/// Fills in Module::canonicalTypes.
void canonicalizeTypes(Module &module);

} // namespace whamm::wasm

#endif // WHAMM_LIB_WASM_READER_H
