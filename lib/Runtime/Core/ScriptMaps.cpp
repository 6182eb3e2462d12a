//===- ScriptMaps.cpp - Maps that scripts handle themselves ---------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions of language reference 5.4 by which scripts make maps and reach
/// into them, their own or those of variables.
///
//===----------------------------------------------------------------------===//

#include "Format.h"
#include "Maps.h"
#include "Strings.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// Making maps
//===----------------------------------------------------------------------===//

namespace {

/// Tuples and maps have types that their first entry tells.
void setTypesUnlessOpen(uint32_t id, Text key, Text value) {
  if (key.size && value.size)
    setTypes(mapAt(id), id, key, value);
}

uint32_t create(Text key, Text value) {
  uint32_t id = newMap();
  setTypesUnlessOpen(id, key, value);
  return id;
}

void createAt(uint32_t id, Text key, Text value) {
  newMapAt(id);
  setTypesUnlessOpen(id, key, value);
}

constexpr Text Open;

} // namespace

#define WHAMM_CREATE(K, V, key, value)                                         \
  WHAMM_EXPORT("create_" #K "_" #V) uint32_t whammCreate_##K##_##V() {         \
    return create(key, value);                                                 \
  }                                                                            \
  WHAMM_EXPORT("create_" #K "_" #V "_with_id")                                 \
  void whammCreateAt_##K##_##V(uint32_t id) { createAt(id, key, value); }

#define WHAMM_CREATE_FOR(K, key)                                               \
  WHAMM_CREATE(K, bool, key, "bool")                                           \
  WHAMM_CREATE(K, i32, key, "i32")                                             \
  WHAMM_CREATE(K, string, key, "str")                                          \
  WHAMM_CREATE(K, tuple, key, Open)                                            \
  WHAMM_CREATE(K, map, key, Open)

WHAMM_CREATE_FOR(bool, "bool")
WHAMM_CREATE_FOR(i32, "i32")
WHAMM_CREATE_FOR(string, "str")
WHAMM_CREATE_FOR(tuple, Open)

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

namespace {

/// What a function calls a part of an entry; numbers up to 32 bits fit all
/// types that are as wide.
enum class Item : uint8_t { Number, Bool, String };

Item itemOf(ValueKind kind) {
  return kind == ValueKind::Str    ? Item::String
         : kind == ValueKind::Bool ? Item::Bool
                                   : Item::Number;
}

/// Whether a type consists of these parts. Its kinds are never wider numbers
/// where the words are as many.
template <uint32_t N> bool fits(const Shape &shape, const Item (&items)[N]) {
  uint32_t done = 0;
  for (uint32_t i = 0; i < shape.size(); ++i) {
    if (Shape::isPunctuation(shape[i]))
      continue;
    auto kind = static_cast<ValueKind>(shape[i]);
    if (done == N || itemOf(kind) != items[done++] || kind == ValueKind::F32 ||
        (kind != ValueKind::Str && wordsOf(kind) != 1))
      return false;
  }
  return done == N;
}

/// The type of an entry of a script's own function.
template <uint32_t N> struct EntryType {
  Text keyText;
  Item key[N];
  Text valueText;
  Item value;
};

constexpr EntryType<1> i32ToI32{"i32", {Item::Number}, "i32", Item::Number};
constexpr EntryType<1> i32ToString{"i32", {Item::Number}, "str", Item::String};
constexpr EntryType<1> stringToI32{"str", {Item::String}, "i32", Item::Number};
constexpr EntryType<2> pairToI32{
    "(i32,i32)", {Item::Number, Item::Number}, "i32", Item::Number};
constexpr EntryType<2> flaggedToI32{
    "(i32,bool)", {Item::Number, Item::Bool}, "i32", Item::Number};
constexpr EntryType<3> tripleToI32{"(i32,i32,i32)",
                                   {Item::Number, Item::Number, Item::Number},
                                   "i32",
                                   Item::Number};

/// The map, which gets the type where it has none and has entries to come.
template <uint32_t N>
Map &typedMap(uint32_t id, const EntryType<N> &type, bool forInsertion) {
  Map &map = mapAt(id);
  if (!map.isTyped() && forInsertion)
    setTypes(map, id, type.keyText, type.valueText);
  const Item value[] = {type.value};
  if (map.isTyped() &&
      !(fits(map.type->key, type.key) && fits(map.type->value, value))) {
    char number[MaxNumberSize];
    fail("an entry of another type than that of map ",
         {number, formatUnsigned(number, id)});
  }
  return map;
}

template <uint32_t N, uint32_t M>
void insert(uint32_t id, const EntryType<N> &type, const uint32_t (&key)[M],
            uint32_t value) {
  *slotOfValue(typedMap(id, type, true), key) = value;
}

template <uint32_t N, uint32_t M>
uint32_t get(uint32_t id, const EntryType<N> &type, const uint32_t (&key)[M]) {
  const uint32_t *value = findValue(typedMap(id, type, false), key);
  return value ? *value : 0;
}

uint32_t addressOf(Text text) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(text.data));
}

} // namespace

WHAMM_EXPORT("insert_i32_i32")
void whammInsertI32I32(uint32_t id, uint32_t key, uint32_t value) {
  insert(id, i32ToI32, {key}, value);
}
WHAMM_EXPORT("get_i32_i32")
uint32_t whammGetI32I32(uint32_t id, uint32_t key) {
  return get(id, i32ToI32, {key});
}

// Strings of scripts lie in memory that may change: the map has copies.
WHAMM_EXPORT("insert_i32_string")
void whammInsertI32String(uint32_t id, uint32_t key, const char *value,
                          uint32_t size) {
  Text copy = intern(checkedText(value, size));
  uint32_t *words = slotOfValue(typedMap(id, i32ToString, true), &key);
  words[0] = addressOf(copy);
  words[1] = copy.size;
}
// A function has one result: the length precedes the string.
WHAMM_EXPORT("get_i32_string")
const char *whammGetI32String(uint32_t id, uint32_t key) {
  const uint32_t *words = findValue(typedMap(id, i32ToString, false), &key);
  if (!words)
    return nullptr;
  const char *data =
      reinterpret_cast<const char *>(static_cast<uintptr_t>(words[0]));
  return intern(checkedText(data, words[1])).data;
}

WHAMM_EXPORT("insert_string_i32")
void whammInsertStringI32(uint32_t id, const char *key, uint32_t size,
                          uint32_t value) {
  Text copy = intern(checkedText(key, size));
  insert(id, stringToI32, {addressOf(copy), copy.size}, value);
}
WHAMM_EXPORT("get_string_i32")
uint32_t whammGetStringI32(uint32_t id, const char *key, uint32_t size) {
  Text known = checkedText(key, size);
  if (!findInterned(known))
    known = {};
  uint32_t value = get(id, stringToI32, {addressOf(known), known.size});
  return known.size == size ? value : 0;
}

WHAMM_EXPORT("insert_i32i32tuple_i32")
void whammInsertPairI32(uint32_t id, uint32_t a, uint32_t b, uint32_t value) {
  insert(id, pairToI32, {a, b}, value);
}
WHAMM_EXPORT("get_i32i32tuple_i32")
uint32_t whammGetPairI32(uint32_t id, uint32_t a, uint32_t b) {
  return get(id, pairToI32, {a, b});
}

WHAMM_EXPORT("insert_i32booltuple_i32")
void whammInsertFlaggedI32(uint32_t id, uint32_t a, uint32_t b,
                           uint32_t value) {
  insert(id, flaggedToI32, {a, b != 0}, value);
}
WHAMM_EXPORT("get_i32booltuple_i32")
uint32_t whammGetFlaggedI32(uint32_t id, uint32_t a, uint32_t b) {
  return get(id, flaggedToI32, {a, b != 0});
}

WHAMM_EXPORT("insert_i32i32i32tuple_i32")
void whammInsertTripleI32(uint32_t id, uint32_t a, uint32_t b, uint32_t c,
                          uint32_t value) {
  insert(id, tripleToI32, {a, b, c}, value);
}
WHAMM_EXPORT("get_i32i32i32tuple_i32")
uint32_t whammGetTripleI32(uint32_t id, uint32_t a, uint32_t b, uint32_t c) {
  return get(id, tripleToI32, {a, b, c});
}
