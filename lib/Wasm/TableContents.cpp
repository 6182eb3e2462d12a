//===- TableContents.cpp - What tables hold at first ----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/TableContents.h"

#include "llvm/Support/LEB128.h"

using namespace whamm;
using namespace whamm::wasm;

namespace {
/// Reads integers of expressions that validation has already been over; stops
/// at the end of the range whatever the bytes are.
class ItemReader {
public:
  ItemReader(const Module &module, ByteRange range)
      : pos(module.bytes.data() + range.begin),
        end(module.bytes.data() + range.end) {}

  bool atEnd() const { return pos >= end; }
  uint8_t byte() { return atEnd() ? 0 : *pos++; }
  uint64_t readULEB() {
    unsigned size = 0;
    const char *error = nullptr;
    uint64_t value = llvm::decodeULEB128(pos, &size, end, &error);
    pos = error ? end : pos + size;
    return value;
  }
  int64_t readSLEB() {
    unsigned size = 0;
    const char *error = nullptr;
    int64_t value = llvm::decodeSLEB128(pos, &size, end, &error);
    pos = error ? end : pos + size;
    return value;
  }
  /// The function of a constant expression `ref.func x end`; -1 for others.
  int32_t readFunctionExpr();

private:
  const uint8_t *pos, *end;
};
} // namespace

enum : uint8_t {
  I32Const = 0x41,
  I64Const = 0x42,
  RefNull = 0xD0,
  RefFunc = 0xD2,
  GlobalGet = 0x23,
  End = 0x0B
};

int32_t ItemReader::readFunctionExpr() {
  int32_t function = -1;
  uint8_t op = byte();
  if (op == RefFunc)
    function = static_cast<int32_t>(readULEB());
  else if (op == RefNull || op == GlobalGet)
    readSLEB();
  else
    pos = end; // something else: the rest of the segment is not known either
  if (byte() != End) {
    pos = end;
    return -1;
  }
  return function;
}

/// The value of a constant offset.
static std::optional<uint64_t> getConstantOffset(const Module &module,
                                                 ByteRange range) {
  ItemReader reader(module, range);
  uint8_t op = reader.byte();
  if (op != I32Const && op != I64Const)
    return std::nullopt;
  int64_t value = reader.readSLEB();
  if (reader.byte() != End)
    return std::nullopt;
  return op == I32Const ? static_cast<uint32_t>(value)
                        : static_cast<uint64_t>(value);
}

bool wasm::holdsFunctions(const Module &module, uint32_t table) {
  return module.isSubtype(module.tables[table].element, ValType::funcref());
}

std::vector<int32_t> wasm::getInitialFunctions(const Module &module,
                                               uint32_t table) {
  constexpr uint64_t maxSlots = 10'000'000;
  uint64_t size = std::min(module.tables[table].limits.min, maxSlots);
  std::vector<int32_t> fids(size, -1);
  if (table < module.numImportedTables)
    return fids;
  for (const ElementSegment &segment : module.elements) {
    if (segment.mode != ElementSegment::Mode::Active || segment.table != table)
      continue;
    auto offset = getConstantOffset(module, segment.offset);
    if (!offset)
      continue;
    ItemReader reader(module, segment.items);
    for (uint32_t i = 0; i < segment.count && !reader.atEnd(); ++i) {
      int32_t function = segment.hasExprs
                             ? reader.readFunctionExpr()
                             : static_cast<int32_t>(reader.readULEB());
      if (*offset + i < size)
        fids[*offset + i] = function;
    }
  }
  return fids;
}
