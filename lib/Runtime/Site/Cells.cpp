//===- Cells.cpp - Counters of keys of maps -------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Where a script counts in a map under keys that are known at match time, each
/// key gets a counter of its own then. At the end they are added to the map.
///
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "whamm/Runtime/SiteFunctions.h"

using namespace whamm::site;
namespace runtime = whamm::runtime;

namespace {

/// A counter, and behind it the words of its key.
struct Cell {
  uint64_t count;
  uint32_t hash;
  uint32_t words[1];
};

/// The counters of one map.
struct CellTable {
  Array<Cell *> slots; // open addressing; a power of two
  Array<Cell *> cells; // in the order of their making
  uint32_t numWords = 0;
};

constinit Array<CellTable *> tables;
constinit Array<uint32_t> key;

CellTable &getTable(uint32_t number) {
  while (tables.size() <= number)
    tables.push(static_cast<CellTable *>(allocate(sizeof(CellTable))));
  return *tables[number];
}

uint32_t hashKey() {
  uint32_t hash = 0;
  for (uint32_t i = 0; i < key.size(); ++i) {
    hash = (hash ^ key[i]) * 2654435769u;
    hash ^= hash >> 15;
  }
  return hash;
}

bool isKey(const Cell &cell, uint32_t hash) {
  if (cell.hash != hash)
    return false;
  for (uint32_t i = 0; i < key.size(); ++i)
    if (cell.words[i] != key[i])
      return false;
  return true;
}

uint32_t findSlot(const CellTable &table, uint32_t hash) {
  uint32_t mask = table.slots.size() - 1;
  uint32_t at = hash & mask;
  while (table.slots[at] && !isKey(*table.slots[at], hash))
    at = (at + 1) & mask;
  return at;
}

void grow(CellTable &table) {
  uint32_t size = table.slots.size() ? 2 * table.slots.size() : 64;
  table.slots = Array<Cell *>();
  table.slots.resize(size);
  for (uint32_t i = 0; i < size; ++i)
    table.slots[i] = nullptr;
  for (uint32_t i = 0; i < table.cells.size(); ++i) {
    uint32_t at = table.cells[i]->hash & (size - 1);
    while (table.slots[at])
      at = (at + 1) & (size - 1);
    table.slots[at] = table.cells[i];
  }
}

/// Brings a value to the range of its type.
uint32_t normalize(uint32_t value, uint32_t type) {
  uint32_t shift = 32 - (type & 63);
  if (type & runtime::signedCells)
    return static_cast<uint32_t>(static_cast<int32_t>(value << shift) >> shift);
  return value << shift >> shift;
}

} // namespace

WHAMM_EXPORT("cell_key") void cellKey(uint32_t word) { key.push(word); }

WHAMM_EXPORT("cell_get") void *cellGet(uint32_t number) {
  CellTable &table = getTable(number);
  table.numWords = key.size();
  if (2 * table.cells.size() >= table.slots.size())
    grow(table);
  uint32_t hash = hashKey();
  Cell *&slot = table.slots[findSlot(table, hash)];
  if (!slot) {
    slot = static_cast<Cell *>(allocate(16 + 4 * key.size()));
    slot->hash = hash;
    for (uint32_t i = 0; i < key.size(); ++i)
      slot->words[i] = key[i];
    table.cells.push(slot);
  }
  key.clear();
  return slot;
}

WHAMM_EXPORT("cells_flush")
void cellsFlush(uint32_t number, uint32_t map, uint32_t type) {
  CellTable &table = getTable(number);
  for (uint32_t i = 0; i < table.cells.size(); ++i) {
    Cell &cell = *table.cells[i];
    if (!cell.count)
      continue;
    for (uint32_t k = 0; k < table.numWords; ++k)
      coreMapKey(k, cell.words[k]);
    uint32_t at = coreMapSlot(map);
    if ((type & 255) == 64)
      coreStore64(at, coreLoad64(at) + cell.count);
    else
      coreStore32(
          at,
          normalize(coreLoad32(at) + static_cast<uint32_t>(cell.count), type));
    cell.count = 0;
  }
}
