//===- StaticData.cpp - Memory of a monitor at its start --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "StaticData.h"

#include "whamm/Wasm/Encode.h"
#include "whamm/Wasm/Module.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;

uint32_t StaticData::allocate(uint32_t size) {
  uint32_t align = size >= 8 ? 8 : size >= 4 ? 4 : 1;
  uint32_t address = alignTo(getEnd(), align);
  bytes.resize(address - base + size);
  return address;
}

void StaticData::write32(uint32_t address, uint32_t value) {
  support::endian::write32le(&bytes[address - base], value);
}

void StaticData::write64(uint32_t address, uint64_t value) {
  support::endian::write64le(&bytes[address - base], value);
}

uint32_t StaticData::addText(StringRef text) {
  auto [it, isNew] = texts.try_emplace(text);
  if (isNew) {
    it->second = getEnd();
    bytes.insert(bytes.end(), text.bytes_begin(), text.bytes_end());
  }
  return it->second;
}

uint32_t StaticData::addWords(ArrayRef<uint32_t> words) {
  uint32_t address = allocate(4 * words.size());
  for (auto [i, word] : enumerate(words))
    write32(address + 4 * i, word);
  return address;
}

/// One active segment of memory 0.
static void appendSegment(wasm::ByteSink &out, uint32_t address,
                          ArrayRef<uint8_t> bytes) {
  out.push_back(0);
  out.push_back(0x41); // i32.const
  wasm::appendSLEB(out, static_cast<int32_t>(address));
  out.push_back(0x0b); // end
  wasm::appendSized(out, bytes);
}

std::vector<uint8_t> whamm::wei::addData(ArrayRef<uint8_t> bytes,
                                         const StaticData &data,
                                         uint32_t wordAddress, uint32_t word) {
  constexpr uint64_t pageSize = 65536;
  wasm::Module module = cantFail(wasm::Module::parse(bytes));
  wasm::VectorSection segments;
  SmallVector<uint8_t, 0> out, memory;
  wasm::appendByte(memory, 1);
  wasm::appendByte(memory, 0); // no maximum
  wasm::appendULEB(memory,
                   std::max(module.memories[0].min,
                            divideCeil(uint64_t(data.getEnd()), pageSize)));
  // Behind the site module's own segments.
  uint8_t wordBytes[4];
  support::endian::write32le(wordBytes, word);
  wasm::appendPreamble(out);
  bool hasData = false;
  auto addSegments = [&](wasm::ByteRange old, uint32_t count) {
    wasm::appendBytes(segments.addItems(count),
                      bytes.slice(old.begin, old.size()));
    if (!data.getBytes().empty())
      appendSegment(segments.addItem(), data.getBase(), data.getBytes());
    appendSegment(segments.addItem(), wordAddress, wordBytes);
    segments.finish(out, wasm::SectionId::Data);
    hasData = true;
  };
  for (const wasm::Section &section : module.sections) {
    auto id = static_cast<wasm::SectionId>(section.id);
    if (id == wasm::SectionId::Data) {
      uint32_t countSize = wasm::getULEBSize(module.data.size());
      addSegments({section.content.begin + countSize, section.content.end},
                  module.data.size());
      continue;
    }
    if (id == wasm::SectionId::Custom && !hasData)
      addSegments({0, 0}, 0);
    if (id == wasm::SectionId::Memory)
      wasm::appendSection(out, id, memory);
    else
      wasm::appendBytes(
          out, bytes.slice(section.header.begin,
                           section.content.end - section.header.begin));
  }
  if (!hasData)
    addSegments({0, 0}, 0);
  return std::vector<uint8_t>(out.begin(), out.end());
}

Error whamm::wei::validate(ArrayRef<uint8_t> bytes) {
  Expected<wasm::Module> module = wasm::Module::parse(bytes);
  return module ? wasm::validateModule(*module) : module.takeError();
}
