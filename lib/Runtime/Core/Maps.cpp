//===- Maps.cpp - The maps of scripts -------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Maps.h"

#include "Format.h"
#include "Strings.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

namespace {

Map *maps;
uint32_t count;
uint32_t capacity;

/// What maps have that are still to get their types.
const MapType openType;

/// As many zeros as the widest value has words: what missing keys yield.
uint32_t *zeros;
uint32_t zeroCount;

/// Makes room for maps up to a number.
void reserveMaps(uint64_t wanted) {
  if (wanted <= capacity)
    return;
  uint64_t larger = capacity ? capacity * 2ull : 16;
  if (larger < wanted)
    larger = wanted;
  // Of zeros, which is how a map begins.
  auto *moved =
      static_cast<Map *>(allocateZeroed(larger * sizeof(Map), "maps"));
  memcpy(static_cast<void *>(moved), maps, count * sizeof(Map));
  release(maps);
  maps = moved;
  capacity = static_cast<uint32_t>(larger);
}

[[noreturn]] void failWithNumber(Text message, uint32_t id) {
  char text[MaxNumberSize];
  fail(message, {text, formatUnsigned(text, id)});
}

void reserveZeros(uint32_t words) {
  if (words <= zeroCount)
    return;
  zeros = Table::zeroWords(words);
  zeroCount = words;
}

} // namespace

bool whamm::core::hasMap(uint32_t id) { return id < count && maps[id].type; }

uint32_t whamm::core::mapCount() { return count; }

Map &whamm::core::mapAt(uint32_t id) {
  if (!hasMap(id))
    failWithNumber("there is no map ", id);
  return maps[id];
}

void whamm::core::newMapAt(uint32_t id) {
  if (hasMap(id))
    failWithNumber("there is already a map ", id);
  reserveMaps(id + 1ull);
  if (count <= id)
    count = id + 1;
  maps[id].type = &openType;
  // Until it has types nothing is found in it.
  maps[id].table.setUp(0, 0, id);
  reserveZeros(2);
}

uint32_t whamm::core::newMap() {
  uint32_t id = count;
  newMapAt(id);
  return id;
}

namespace {

MapType *types;

/// Narrow numbers wrap around, which the slow way sees to.
Addition additionTo(const Shape &value) {
  switch (static_cast<ValueKind>(value[0])) {
  case ValueKind::U32:
  case ValueKind::I32:
    return Addition::I32;
  case ValueKind::U64:
  case ValueKind::I64:
    return Addition::I64;
  case ValueKind::F32:
    return Addition::F32;
  case ValueKind::F64:
    return Addition::F64;
  default:
    return Addition::Slow;
  }
}

MapType *makeType(Text key, Text value) {
  auto *type = static_cast<MapType *>(allocateForever(sizeof(MapType)));
  type->keyText = intern(key);
  type->valueText = intern(value);
  type->key.read(key, "a map's key: ");
  type->value.read(value, "a map's value: ");
  type->keyWords = type->plainKeyWords = wordsOf(type->key);
  type->valueWords = wordsOf(type->value);
  for (uint32_t i = 0; i < type->key.size(); ++i) {
    auto kind = static_cast<ValueKind>(type->key[i]);
    if (kind == ValueKind::Str || kind == ValueKind::F32 ||
        kind == ValueKind::F64)
      type->plainKeyWords = 0;
  }
  type->addition = additionTo(type->value);
  type->next = types;
  types = type;
  reserveZeros(type->valueWords);
  return type;
}

const MapType &typeOf(Text key, Text value) {
  for (const MapType *type = types; type; type = type->next)
    if (type->keyText == key && type->valueText == value)
      return *type;
  return *makeType(key, value);
}

} // namespace

void whamm::core::setTypes(Map &map, uint32_t id, Text key, Text value) {
  const MapType &type = typeOf(key, value);
  map.type = &type;
  map.plainKeyWords = type.plainKeyWords;
  map.valueLayout = layoutOf(type.plainKeyWords, type.valueWords);
  map.additionLayout = layoutOf(type.plainKeyWords, type.addition);
  map.table.setUp(type.keyWords, type.valueWords, id);
}

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

namespace {

/// Strings that a script's literals give again and again, by their places: they
/// never change, so that looking at their bytes once is enough.
struct KnownString {
  const char *from;
  uint32_t size;
  const char *interned;
};
constexpr uint32_t KnownStringShift = 24;
KnownString knownStrings[1 << (32 - KnownStringShift)];

enum class Missing { Insert, Leave };

bool internWords(uint32_t *words, Missing missing) {
  Text text(reinterpret_cast<const char *>(static_cast<uintptr_t>(words[0])),
            words[1]);
  KnownString &known =
      knownStrings[(words[0] + words[1]) * 0x9e3779b1 >> KnownStringShift];
  if (!text.size || known.from != text.data || known.size != text.size) {
    text = checkedText(text.data, text.size);
    Text given = text;
    if (missing == Missing::Insert)
      text = intern(text);
    else if (!findInterned(text))
      return false;
    known = {given.data, given.size, text.data};
  }
  words[0] = reinterpret_cast<uintptr_t>(known.interned);
  return true;
}

void unifyF32(uint32_t *word) {
  if (*word << 1 == 0)
    *word = 0;
  if (*word << 1 > 0xff000000u)
    *word = 0x7fc00000;
}

void unifyF64(uint32_t *words) {
  uint64_t bits = words[0] | static_cast<uint64_t>(words[1]) << 32;
  if (bits << 1 == 0)
    bits = 0;
  if (bits << 1 > 0xffe0000000000000)
    bits = 0x7ff8000000000000;
  words[0] = static_cast<uint32_t>(bits);
  words[1] = static_cast<uint32_t>(bits >> 32);
}

uint32_t *keyBuffer;
uint32_t keyBufferWords;

/// Room for a key's words, which keep their values while it grows.
uint32_t *reserveKey(uint32_t words) {
  if (words <= keyBufferWords)
    return keyBuffer;
  auto *moved =
      static_cast<uint32_t *>(allocateZeroed(2ull * words * sizeof(uint32_t)));
  memcpy(moved, keyBuffer, keyBufferWords * sizeof(uint32_t));
  release(keyBuffer);
  keyBuffer = moved;
  keyBufferWords = 2 * words;
  return keyBuffer;
}

/// Makes equal keys have equal words; false where a string of it is in no map,
/// so that the key is not, either.
bool unifyKey(const Map &map, uint32_t *words, Missing missing) {
  for (uint32_t i = 0; i < map.type->key.size(); ++i) {
    if (Shape::isPunctuation(map.type->key[i]))
      continue;
    auto kind = static_cast<ValueKind>(map.type->key[i]);
    if (kind == ValueKind::F32)
      unifyF32(words);
    else if (kind == ValueKind::F64)
      unifyF64(words);
    else if (kind == ValueKind::Str && !internWords(words, missing))
      return false;
    words += wordsOf(kind);
  }
  return true;
}

/// A copy of the key that may be changed.
uint32_t *copyKey(const Map &map, const uint32_t *key) {
  uint32_t *copy = reserveKey(map.type->keyWords);
  if (copy != key)
    memcpy(copy, key, map.type->keyWords * sizeof(uint32_t));
  return copy;
}

} // namespace

uint32_t *whamm::core::findValue(const Map &map, const uint32_t *key) {
  if (!map.isTyped())
    return nullptr;
  if (map.plainKeyWords)
    return map.table.find(key, map.type->keyWords);
  uint32_t *copy = copyKey(map, key);
  if (!unifyKey(map, copy, Missing::Leave))
    return nullptr;
  return map.table.find(copy, map.type->keyWords);
}

uint32_t *whamm::core::slotOfValue(Map &map, const uint32_t *key) {
  if (map.plainKeyWords)
    return map.table.slot(key);
  uint32_t *copy = copyKey(map, key);
  unifyKey(map, copy, Missing::Insert);
  return map.table.slot(copy);
}

//===----------------------------------------------------------------------===//
// Exports
//===----------------------------------------------------------------------===//

namespace {

Map &checkedMap(uint32_t id, uint32_t words) {
  Map &map = mapAt(id);
  if (map.type->keyWords != words)
    failWithNumber("a key of another type than that of map ", id);
  return map;
}

[[noreturn]] WHAMM_NOINLINE void refuseValue(uint32_t id) {
  failWithNumber("a value of another type than that of map ", id);
}

/// Words of a key are passed one by one: in an array they would have to lie in
/// memory.
template <typename... Words>
WHAMM_NOINLINE uint32_t *findSlowly(uint32_t id, Words... words) {
  const uint32_t key[] = {words...};
  uint32_t *value = findValue(checkedMap(id, sizeof...(words)), key);
  return value ? value : zeros;
}

template <typename... Words>
WHAMM_NOINLINE uint32_t *slotSlowly(uint32_t id, Words... words) {
  const uint32_t key[] = {words...};
  return slotOfValue(checkedMap(id, sizeof...(words)), key);
}

template <typename... Words>
WHAMM_INLINE uint32_t *find(uint32_t id, Words... words) {
  constexpr Constant<sizeof...(words)> size;
  if (id >= count || maps[id].plainKeyWords != size)
    return findSlowly(id, words...);
  const uint32_t key[] = {words...};
  uint32_t *value = maps[id].table.find(key, size);
  return value ? value : zeros;
}

template <typename... Words>
WHAMM_INLINE uint32_t *slot(uint32_t id, Words... words) {
  constexpr Constant<sizeof...(words)> size;
  if (id < count && maps[id].plainKeyWords == size) {
    const uint32_t key[] = {words...};
    if (uint32_t *value = maps[id].table.find(key, size))
      return value;
  }
  return slotSlowly(id, words...);
}

//===----------------------------------------------------------------------===//
// Values of one number
//===----------------------------------------------------------------------===//

template <typename T> constexpr uint32_t WordsOf = sizeof(T) / sizeof(uint32_t);

template <typename T, typename... Words>
WHAMM_NOINLINE T getSlowly(uint32_t id, Words... words) {
  uint32_t *value = findSlowly(id, words...);
  if (maps[id].type->valueWords != WordsOf<T>)
    refuseValue(id);
  return load<T>(value);
}

template <typename T, typename... Words>
WHAMM_INLINE T get(uint32_t id, Words... words) {
  constexpr uint32_t size = sizeof...(words);
  if (id >= count || maps[id].valueLayout != layoutOf(size, WordsOf<T>))
    return getSlowly<T>(id, words...);
  const uint32_t key[] = {words...};
  const uint32_t *value =
      maps[id].table.find(key, Constant<size>(), Constant<size + WordsOf<T>>());
  return value ? load<T>(value) : 0;
}

template <typename T, typename... Words>
WHAMM_NOINLINE void setSlowly(uint32_t id, T value, Words... words) {
  if (checkedMap(id, sizeof...(words)).type->valueWords != WordsOf<T>)
    refuseValue(id);
  store(slotSlowly(id, words...), value);
}

template <typename T, typename... Words>
WHAMM_INLINE void set(uint32_t id, T value, Words... words) {
  constexpr uint32_t size = sizeof...(words);
  if (id < count && maps[id].valueLayout == layoutOf(size, WordsOf<T>)) {
    const uint32_t key[] = {words...};
    if (uint32_t *target = maps[id].table.find(key, Constant<size>(),
                                               Constant<size + WordsOf<T>>()))
      return store(target, value);
  }
  setSlowly(id, value, words...);
}

//===----------------------------------------------------------------------===//
// Addition
//===----------------------------------------------------------------------===//

template <typename T> constexpr Addition AdditionOf = Addition::Slow;
template <> constexpr Addition AdditionOf<uint32_t> = Addition::I32;
template <> constexpr Addition AdditionOf<uint64_t> = Addition::I64;
template <> constexpr Addition AdditionOf<float> = Addition::F32;
template <> constexpr Addition AdditionOf<double> = Addition::F64;

/// A sum as a value of the kind is represented, extended to 32 bits.
template <typename T> T wrap(ValueKind, T sum) { return sum; }
uint32_t wrap(ValueKind kind, uint32_t sum) {
  switch (kind) {
  case ValueKind::U8:
    return static_cast<uint8_t>(sum);
  case ValueKind::I8:
    return static_cast<int8_t>(sum);
  case ValueKind::U16:
    return static_cast<uint16_t>(sum);
  case ValueKind::I16:
    return static_cast<int16_t>(sum);
  default:
    return sum;
  }
}

bool isNarrow(ValueKind kind) {
  return kind == ValueKind::U8 || kind == ValueKind::I8 ||
         kind == ValueKind::U16 || kind == ValueKind::I16;
}

template <typename T, typename... Words>
WHAMM_NOINLINE void addSlowly(uint32_t id, T amount, Words... words) {
  const MapType &type = *checkedMap(id, sizeof...(words)).type;
  auto kind = static_cast<ValueKind>(type.value[0]);
  if (type.addition != AdditionOf<T> &&
      !(AdditionOf<T> == Addition::I32 && isNarrow(kind)))
    refuseValue(id);
  uint32_t *value = slotSlowly(id, words...);
  store(value, wrap(kind, load<T>(value) + amount));
}

template <typename T, typename... Words>
WHAMM_INLINE void add(uint32_t id, T amount, Words... words) {
  constexpr uint32_t size = sizeof...(words);
  if (id < count && maps[id].additionLayout == layoutOf(size, AdditionOf<T>)) {
    const uint32_t key[] = {words...};
    if (uint32_t *value = maps[id].table.find(key, Constant<size>(),
                                              Constant<size + WordsOf<T>>()))
      return store(value, load<T>(value) + amount);
  }
  addSlowly(id, amount, words...);
}

} // namespace

WHAMM_EXPORT("map_new")
uint32_t whammMapNew(const char *key, uint32_t keySize, const char *value,
                     uint32_t valueSize) {
  uint32_t id = newMap();
  setTypes(maps[id], id, checkedText(key, keySize),
           checkedText(value, valueSize));
  return id;
}

// The words of a key of each width that functions take as parameters.
#define WHAMM_KEY1 uint32_t a
#define WHAMM_KEY2 WHAMM_KEY1, uint32_t b
#define WHAMM_KEY3 WHAMM_KEY2, uint32_t c
#define WHAMM_KEY4 WHAMM_KEY3, uint32_t d
#define WHAMM_WORDS1 a
#define WHAMM_WORDS2 WHAMM_WORDS1, b
#define WHAMM_WORDS3 WHAMM_WORDS2, c
#define WHAMM_WORDS4 WHAMM_WORDS3, d

#define WHAMM_MAP_ADDITION(K, suffix, T)                                       \
  WHAMM_EXPORT("map_add" #K suffix)                                            \
  void whammMapAdd##K##_##T(uint32_t id, WHAMM_KEY##K, T amount) {             \
    add(id, amount, WHAMM_WORDS##K);                                           \
  }

#define WHAMM_MAP_FUNCTIONS(K)                                                 \
  WHAMM_EXPORT("map_find" #K)                                                  \
  uint32_t *whammMapFind##K(uint32_t id, WHAMM_KEY##K) {                       \
    return find(id, WHAMM_WORDS##K);                                           \
  }                                                                            \
  WHAMM_EXPORT("map_slot" #K)                                                  \
  uint32_t *whammMapSlot##K(uint32_t id, WHAMM_KEY##K) {                       \
    return slot(id, WHAMM_WORDS##K);                                           \
  }                                                                            \
  WHAMM_EXPORT("map_get" #K)                                                   \
  uint32_t whammMapGet##K(uint32_t id, WHAMM_KEY##K) {                         \
    return get<uint32_t>(id, WHAMM_WORDS##K);                                  \
  }                                                                            \
  WHAMM_EXPORT("map_get" #K "_i64")                                            \
  uint64_t whammMapGet##K##_i64(uint32_t id, WHAMM_KEY##K) {                   \
    return get<uint64_t>(id, WHAMM_WORDS##K);                                  \
  }                                                                            \
  WHAMM_EXPORT("map_set" #K)                                                   \
  void whammMapSet##K(uint32_t id, WHAMM_KEY##K, uint32_t value) {             \
    set(id, value, WHAMM_WORDS##K);                                            \
  }                                                                            \
  WHAMM_EXPORT("map_set" #K "_i64")                                            \
  void whammMapSet##K##_i64(uint32_t id, WHAMM_KEY##K, uint64_t value) {       \
    set(id, value, WHAMM_WORDS##K);                                            \
  }                                                                            \
  WHAMM_MAP_ADDITION(K, "", uint32_t)                                          \
  WHAMM_MAP_ADDITION(K, "_i64", uint64_t)                                      \
  WHAMM_MAP_ADDITION(K, "_f32", float)                                         \
  WHAMM_MAP_ADDITION(K, "_f64", double)

WHAMM_MAP_FUNCTIONS(1)
WHAMM_MAP_FUNCTIONS(2)
WHAMM_MAP_FUNCTIONS(3)
WHAMM_MAP_FUNCTIONS(4)

WHAMM_EXPORT("map_key") void whammMapKey(uint32_t index, uint32_t word) {
  if (index >= (1u << 20))
    fail("a key has too many words");
  reserveKey(index + 1)[index] = word;
}

WHAMM_EXPORT("map_find") uint32_t *whammMapFind(uint32_t id) {
  const Map &map = mapAt(id);
  uint32_t *value = findValue(map, reserveKey(map.type->keyWords));
  return value ? value : zeros;
}

WHAMM_EXPORT("map_slot") uint32_t *whammMapSlot(uint32_t id) {
  Map &map = mapAt(id);
  if (!map.isTyped())
    failWithNumber("a key of another type than that of map ", id);
  return slotOfValue(map, reserveKey(map.type->keyWords));
}
