//===- SpliceSections.h - Copying sections with relocation ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_SPLICESECTIONS_H
#define WHAMM_LIB_TARGET_REWRITE_SPLICESECTIONS_H

#include "SpliceInternal.h"

namespace whamm::rewrite::detail {

/// Reads a range of the application and copies it to `out`, except for what is
/// replaced or dropped. After malformed bytes, failed() is true and all reads
/// give 0.
class CopyingReader {
public:
  CopyingReader(wasm::Bytes bytes, wasm::ByteRange range, Buffer &out)
      : bytes(bytes), pos(range.begin), end(range.end), copied(range.begin),
        out(out) {}

  bool failed() const { return isBad; }
  bool atEnd() const { return pos == end; }
  size_t getPos() const { return pos; }
  size_t remaining() const { return end - pos; }

  uint8_t readByte();
  uint64_t readULEB();
  void skipSLEB();
  void skip(size_t count);
  llvm::StringRef readName();

  /// Appends everything read so far to the output.
  void flush() {
    if (!isBad)
      out.append(bytes.begin() + copied, bytes.begin() + pos);
    copied = pos;
  }
  /// Leaves out what has been read since the last flush() or drop().
  void drop() { copied = pos; }
  /// Reads an index and writes another in its place.
  void replaceULEB(llvm::function_ref<uint64_t(uint64_t)> map);
  Buffer &getOut() { return out; }

  // Structures of sections; references to functions are relocated.
  void copyConstExpr(const Layout &layout);
  void copyFunctionIndex(const Layout &layout);
  void skipValType();
  void skipLimits();

private:
  void copyGCInstr();

  wasm::Bytes bytes;
  size_t pos, end, copied;
  Buffer &out;
  bool isBad = false;
};

/// The content of the name section, relocated, with names for new functions
/// and globals. The original content where it is malformed.
void rewriteNames(const Context &ctx, const wasm::Section &section,
                  Buffer &out);
/// The content of a metadata.code section; false where it must go.
bool rewriteMetadata(const Context &ctx, const wasm::Section &section,
                     Buffer &out);

} // namespace whamm::rewrite::detail

#endif // WHAMM_LIB_TARGET_REWRITE_SPLICESECTIONS_H
