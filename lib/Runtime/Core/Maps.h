//===- Maps.h - The maps of scripts -----------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Maps by their numbers, whoever made them: generated code, which gives the
/// types' texts, or a script that calls `create_i32_i32` and its like.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_MAPS_H
#define WHAMM_LIB_RUNTIME_CORE_MAPS_H

#include "Shape.h"
#include "Table.h"

namespace whamm::core {

struct Map {
  Table table;
  uint32_t keyWords = 0;
  uint32_t valueWords = 0;
  /// The key's words where they are compared as they come, else 0: strings are
  /// interned first, floats made equal where they compare equal.
  uint32_t plainKeyWords = 0;
  /// Numbers that were jumped over are no maps.
  bool exists = false;
  /// Types; empty where a script has left them open until the first entry.
  Shape key, value;

  bool isTyped() const { return key.size() && value.size(); }
};

/// The map of a number that generated code or a script gave; fails where there
/// is none.
Map &mapAt(uint32_t id);
bool hasMap(uint32_t id);
uint32_t mapCount();

/// A new map without types, which gets the next number or a number of its own;
/// fails where that is taken.
uint32_t newMap();
void newMapAt(uint32_t id);

/// Gives types to a map that has none.
void setTypes(Map &map, uint32_t id, Text key, Text value);

/// The words of the value under a key; nullptr where there is none.
uint32_t *findValue(const Map &map, const uint32_t *key);
/// The same, inserting zeros where there is none.
uint32_t *slotOfValue(Map &map, const uint32_t *key);

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_MAPS_H
