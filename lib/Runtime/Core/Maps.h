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

/// How a map's values are added to in place.
enum class Addition : uint8_t { Slow, I32, I64, F32, F64 };

/// A pair of types, which all maps that have them share.
struct MapType {
  Text keyText, valueText;
  Shape key, value;
  uint32_t keyWords = 0;
  uint32_t valueWords = 0;
  /// The key's words where they are compared as they come, else 0: strings are
  /// interned first, floats made equal where they compare equal.
  uint32_t plainKeyWords = 0;
  Addition addition = Addition::Slow;
  MapType *next = nullptr;
};

/// Words of a key and what stands for the value, in one number to compare.
constexpr uint32_t layoutOf(uint32_t keyWords, uint32_t valueWords) {
  return keyWords << 8 | valueWords;
}
constexpr uint32_t layoutOf(uint32_t keyWords, Addition addition) {
  return keyWords << 8 | static_cast<uint32_t>(addition);
}

struct Map {
  Table table;
  /// What functions for keys of a width compare with, close to the table. No
  /// key has no words: keys that are not plain never match.
  uint32_t plainKeyWords = 0;
  uint32_t valueLayout = 0;
  uint32_t additionLayout = 0;
  /// Null for a number that was jumped over, which is no map. Without words
  /// where a script has left the types open until the first entry.
  const MapType *type = nullptr;

  bool isTyped() const { return type->keyWords; }
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
