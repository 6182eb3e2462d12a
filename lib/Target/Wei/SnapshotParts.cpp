//===- SnapshotParts.cpp - Pieces of a snapshot ---------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SnapshotParts.h"

#include "whamm/Wasm/Opcodes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"

using namespace whamm;
using namespace whamm::wei;
using namespace whamm::wei::detail;
using wasm::Opcode;
using wasm::ValType;

llvm::Error detail::prefixError(const llvm::Twine &what, llvm::Error error) {
  return llvm::createStringError(
      what + " cannot be kept: " + toString(std::move(error)));
}

void detail::appendLimits(wasm::ByteSink &out, const wasm::Limits &limits) {
  out.push_back((limits.max ? 1 : 0) | (limits.isShared ? 2 : 0) |
                (limits.is64 ? 4 : 0) | (limits.pageSizeLog2 ? 8 : 0));
  wasm::appendULEB(out, limits.min);
  if (limits.max)
    wasm::appendULEB(out, *limits.max);
  if (limits.pageSizeLog2)
    wasm::appendULEB(out, *limits.pageSizeLog2);
}

void detail::appendImport(wasm::ByteSink &out, const wasm::Import &import) {
  wasm::appendName(out, import.module);
  wasm::appendName(out, import.name);
  out.push_back(static_cast<uint8_t>(import.kind));
  switch (import.kind) {
  case wasm::ExternKind::Func:
    return wasm::appendULEB(out, import.typeIndex);
  case wasm::ExternKind::Table:
    import.table.element.encode(out);
    return appendLimits(out, import.table.limits);
  case wasm::ExternKind::Memory:
    return appendLimits(out, import.memory);
  case wasm::ExternKind::Global:
    import.global.type.encode(out);
    return out.push_back(import.global.isMutable);
  case wasm::ExternKind::Tag:
    out.push_back(0); // an exception
    return wasm::appendULEB(out, import.typeIndex);
  }
}

//===----------------------------------------------------------------------===//
// Constant expressions
//===----------------------------------------------------------------------===//

static void appendOpcode(wasm::ByteSink &out, Opcode opcode) {
  const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(opcode);
  if (info.prefix) {
    out.push_back(info.prefix);
    wasm::appendULEB(out, info.code);
  } else {
    out.push_back(static_cast<uint8_t>(info.code));
  }
}

static void appendNumber(wasm::ByteSink &out, ValType type,
                         const GlobalValue &value) {
  switch (type.getKind()) {
  case ValType::Kind::I32:
    appendOpcode(out, Opcode::I32Const);
    return wasm::appendSLEB(out, static_cast<int32_t>(value.low));
  case ValType::Kind::I64:
    appendOpcode(out, Opcode::I64Const);
    return wasm::appendSLEB(out, static_cast<int64_t>(value.low));
  case ValType::Kind::F32:
    appendOpcode(out, Opcode::F32Const);
    return wasm::appendFixed32(out, static_cast<uint32_t>(value.low));
  case ValType::Kind::F64:
    appendOpcode(out, Opcode::F64Const);
    return wasm::appendFixed64(out, value.low);
  case ValType::Kind::V128:
    appendOpcode(out, Opcode::V128Const);
    wasm::appendFixed64(out, value.low);
    return wasm::appendFixed64(out, value.high);
  case ValType::Kind::Bot:
  case ValType::Kind::Ref:
    llvm_unreachable("the callers have numbers only");
  }
}

static void appendFunctionRef(wasm::ByteSink &out, uint32_t function) {
  appendOpcode(out, Opcode::RefFunc);
  wasm::appendULEB(out, function);
  appendOpcode(out, Opcode::End);
}

static llvm::Error makeOpaqueError(ValType type) {
  return llvm::createStringError("a value of type " + type.str() +
                                 " is neither null nor a function of the "
                                 "module: no constant expression gives it");
}

static llvm::Error makeNullError(ValType type) {
  return llvm::createStringError("there is no null of type " + type.str());
}

static llvm::Error appendNull(wasm::ByteSink &out, ValType type) {
  if (!type.isNullable())
    return makeNullError(type);
  appendOpcode(out, Opcode::RefNull);
  if (type.isAbstractRef())
    out.push_back(static_cast<uint8_t>(type.getAbstractHeap()));
  else
    wasm::appendSLEB(out, type.getTypeIndex());
  appendOpcode(out, Opcode::End);
  return llvm::Error::success();
}

llvm::Error detail::appendValue(wasm::ByteSink &out, ValType type,
                                const GlobalValue &value) {
  if (value.isRef != type.isRef())
    return llvm::createStringError("the state is not of type " + type.str());
  if (value.isOpaque)
    return makeOpaqueError(type);
  if (!type.isRef()) {
    appendNumber(out, type, value);
    appendOpcode(out, Opcode::End);
    return llvm::Error::success();
  }
  if (!value.function)
    return appendNull(out, type);
  appendFunctionRef(out, *value.function);
  return llvm::Error::success();
}

static void appendOffset(wasm::ByteSink &out, bool is64, uint64_t offset) {
  GlobalValue value;
  value.low = offset;
  appendNumber(out, is64 ? ValType::i64() : ValType::i32(), value);
  appendOpcode(out, Opcode::End);
}

//===----------------------------------------------------------------------===//
// Memories
//===----------------------------------------------------------------------===//

/// The first byte at or behind `pos` that is not zero, or the size.
static size_t findNonZero(llvm::ArrayRef<uint8_t> bytes, size_t pos) {
  while (pos + 8 <= bytes.size() &&
         llvm::support::endian::read64le(bytes.data() + pos) == 0)
    pos += 8;
  while (pos != bytes.size() && bytes[pos] == 0)
    ++pos;
  return pos;
}

/// Where zeros begin that go on for `gap` bytes or up to the end.
static size_t findGap(llvm::ArrayRef<uint8_t> bytes, size_t pos, size_t gap) {
  for (size_t zeros = 0; pos != bytes.size(); ++pos) {
    zeros = bytes[pos] == 0 ? zeros + 1 : 0;
    if (zeros == gap)
      return pos + 1 - gap;
  }
  while (pos != 0 && bytes[pos - 1] == 0)
    --pos;
  return pos;
}

std::vector<wasm::ByteRange>
detail::findContents(llvm::ArrayRef<uint8_t> bytes) {
  // A segment costs about ten bytes; engines limit their number.
  constexpr size_t minGap = 16, maxSegments = 10'000;
  for (size_t gap = minGap;; gap *= 4) {
    std::vector<wasm::ByteRange> ranges;
    for (size_t pos = findNonZero(bytes, 0); pos != bytes.size();
         pos = findNonZero(bytes, pos)) {
      size_t end = findGap(bytes, pos, gap);
      ranges.push_back({pos, end});
      pos = end;
    }
    if (ranges.size() <= maxSegments)
      return ranges;
  }
}

void detail::appendActiveData(wasm::ByteSink &out, uint32_t memory, bool is64,
                              uint64_t offset, llvm::ArrayRef<uint8_t> bytes) {
  out.push_back(memory ? ActiveDataWithMemory : 0);
  if (memory)
    wasm::appendULEB(out, memory);
  appendOffset(out, is64, offset);
  wasm::appendSized(out, bytes);
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

static llvm::Error checkElements(ValType type,
                                 llvm::ArrayRef<int64_t> contents) {
  for (int64_t element : contents) {
    if (element == opaqueElement)
      return makeOpaqueError(type);
    if (element == nullElement && !type.isNullable())
      return makeNullError(type);
  }
  return llvm::Error::success();
}

/// One segment. Functions by index where the table takes any function, else
/// expressions of the table's type.
static void appendActiveElements(wasm::ByteSink &out, uint32_t table,
                                 const wasm::TableType &type, uint64_t offset,
                                 llvm::ArrayRef<int64_t> functions) {
  bool hasExprs = type.element != ValType::funcref();
  uint8_t flags = table || hasExprs ? ActiveElementsWithTable : 0;
  out.push_back(flags | (hasExprs ? ElementExpressions : 0));
  if (flags)
    wasm::appendULEB(out, table);
  appendOffset(out, type.limits.is64, offset);
  if (hasExprs)
    type.element.encode(out);
  else if (flags)
    out.push_back(FunctionElements);
  wasm::appendULEB(out, functions.size());
  for (int64_t function : functions)
    if (hasExprs)
      appendFunctionRef(out, function);
    else
      wasm::appendULEB(out, function);
}

llvm::Error detail::appendTableContents(wasm::VectorSection &elements,
                                        const wasm::Module &module,
                                        uint32_t table,
                                        llvm::ArrayRef<int64_t> contents) {
  const wasm::TableType &type = module.tables[table];
  if (llvm::Error error = checkElements(type.element, contents))
    return prefixError("table " + llvm::Twine(table), std::move(error));
  auto isFunction = [](int64_t element) { return element >= 0; };
  const auto *begin = contents.begin(), *end = contents.end();
  for (const auto *it = std::find_if(begin, end, isFunction); it != end;) {
    const auto *last = std::find_if_not(it, end, isFunction);
    appendActiveElements(elements.addItem(), table, type, it - begin,
                         {it, static_cast<size_t>(last - it)});
    it = std::find_if(last, end, isFunction);
  }
  return llvm::Error::success();
}
