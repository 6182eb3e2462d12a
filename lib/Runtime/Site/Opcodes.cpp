//===- Opcodes.cpp - Opcode facts of the site module ----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Opcodes.h"

using namespace whamm::site;

namespace {
struct Range {
  uint8_t prefix;
  uint16_t base, size;
};
} // namespace

static constexpr Range ranges[] = {
#define GET_SITE_RANGES
#include "SiteTable.inc"
};

static constexpr Shape shapes[] = {
#define GET_SITE_SHAPES
#include "SiteTable.inc"
};

static constexpr uint8_t shapeNumbers[] = {
#define GET_SITE_SHAPE_NUMBERS
#include "SiteTable.inc"
};

static constexpr int16_t events[] = {
#define GET_SITE_EVENTS
#include "SiteTable.inc"
};

static constexpr FormInfo forms[] = {
#define GET_IMM_FORM_TABLE
#include "whamm/Wasm/Opcodes.inc"
};

Opcode whamm::site::readOpcode(Bytes &bytes) {
  uint8_t byte = bytes.readByte();
  for (const Range &range : ranges)
    if (byte == range.prefix && byte != 0)
      return static_cast<Opcode>(range.base + bytes.readU32());
  return static_cast<Opcode>(byte);
}

const Shape &whamm::site::getShape(Opcode opcode) {
  return shapes[shapeNumbers[static_cast<uint16_t>(opcode)]];
}

const FormInfo &whamm::site::getForm(ImmForm form) {
  return forms[static_cast<uint8_t>(form)];
}

int32_t whamm::site::getEvent(Opcode opcode) {
  return events[static_cast<uint16_t>(opcode)];
}
