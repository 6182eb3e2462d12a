//===- Texts.cpp - Texts of the application, in the runtime ---------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Scripts work on strings in the memory of `whamm_core`. What they ask about
/// the application is copied there, once.
///
//===----------------------------------------------------------------------===//

#include "Core.h"
#include "Exports.h"

#include "whamm/Runtime/SiteFunctions.h"

using namespace whamm::site;

namespace {

/// A text that has been copied.
struct Copied {
  const char *data;
  uint32_t size;
  uint32_t address;
};

/// Copies that have been made, by the address of the original.
class Copies {
public:
  uint32_t get(const Text &text);

private:
  uint32_t lookup(const char *data) const {
    auto hash =
        static_cast<uint32_t>(reinterpret_cast<uintptr_t>(data)) * 2654435769u;
    uint32_t at = hash >> shift;
    while (table[at].data && table[at].data != data)
      at = (at + 1) & (table.size() - 1);
    return at;
  }
  void grow();

  Array<Copied> table;
  uint32_t shift = 32, count = 0;
};

constinit Copies copies;

/// Copies bytes, 32 at a time.
uint32_t copyToCore(const char *data, uint32_t size) {
  uint32_t address = coreDataNew(size);
  for (uint32_t done = 0; done < size; done += 32) {
    uint64_t words[4] = {};
    uint32_t left = size - done;
    for (uint32_t i = 0; i < (left < 32 ? left : 32); ++i)
      reinterpret_cast<char *>(words)[i] = data[done + i];
    coreDataWrite(address + done, words[0], words[1], words[2], words[3]);
  }
  return address;
}

void Copies::grow() {
  Array<Copied> old = table;
  uint32_t size = old.size() ? 2 * old.size() : 64;
  table = Array<Copied>();
  table.resize(size);
  for (uint32_t i = 0; i < size; ++i)
    table[i] = {};
  shift = 32 - static_cast<uint32_t>(__builtin_ctz(size));
  for (uint32_t i = 0; i < old.size(); ++i)
    if (old[i].data)
      table[lookup(old[i].data)] = old[i];
}

uint32_t Copies::get(const Text &text) {
  if (!text.size)
    return 0;
  if (2 * count >= table.size())
    grow();
  uint32_t at = lookup(text.data);
  if (!table[at].data) {
    table[at] = {text.data, text.size, copyToCore(text.data, text.size)};
    ++count;
  }
  return table[at].address;
}

const Text &getKindOfCallee(uint32_t fid) {
  static constexpr Text import = {"import", 6}, local = {"local", 5};
  return site_is_import(fid) ? import : local;
}

} // namespace

WHAMM_EXPORT("text_fname") uint32_t textFname(uint32_t fid) {
  return copies.get(*site_fname(fid));
}
WHAMM_EXPORT("text_fname_len") uint32_t textFnameLen(uint32_t fid) {
  return site_fname(fid)->size;
}
WHAMM_EXPORT("text_callee_name") uint32_t textCalleeName(uint32_t fid) {
  return copies.get(*site_callee_name(fid));
}
WHAMM_EXPORT("text_callee_name_len") uint32_t textCalleeNameLen(uint32_t fid) {
  return site_callee_name(fid)->size;
}
WHAMM_EXPORT("text_callee_module") uint32_t textCalleeModule(uint32_t fid) {
  return copies.get(*site_callee_module(fid));
}
WHAMM_EXPORT("text_callee_module_len")
uint32_t textCalleeModuleLen(uint32_t fid) {
  return site_callee_module(fid)->size;
}
WHAMM_EXPORT("text_callee_type") uint32_t textCalleeType(uint32_t fid) {
  return copies.get(getKindOfCallee(fid));
}
WHAMM_EXPORT("text_callee_type_len") uint32_t textCalleeTypeLen(uint32_t fid) {
  return getKindOfCallee(fid).size;
}

/// The label depths of a br_table, without the default's, as 32-bit words.
WHAMM_EXPORT("text_targets") uint32_t textTargets(uint32_t fid, uint32_t pc) {
  auto count = static_cast<uint32_t>(site_num_targets(fid, pc));
  auto *words = static_cast<uint32_t *>(allocate(4 * count));
  for (uint32_t i = 0; i < count; ++i)
    words[i] = static_cast<uint32_t>(site_target(fid, pc, i));
  return copyToCore(reinterpret_cast<const char *>(words), 4 * count);
}
WHAMM_EXPORT("text_targets_len")
uint32_t textTargetsLen(uint32_t fid, uint32_t pc) {
  return 4 * static_cast<uint32_t>(site_num_targets(fid, pc));
}

WHAMM_EXPORT("site_first") uint32_t siteFirst(uint32_t fid) {
  return static_cast<uint32_t>(site_pc_at(fid, 0));
}

/// Appends a text or number to a message.
static char *append(char *to, const char *text) {
  while (*text)
    *to++ = *text++;
  return to;
}
static char *append(char *to, uint32_t number) {
  char digits[10];
  uint32_t count = 0;
  do
    digits[count++] = static_cast<char>('0' + number % 10);
  while (number /= 10);
  while (count)
    *to++ = digits[--count];
  return to;
}

WHAMM_EXPORT("site_after") uint32_t siteAfter(uint32_t fid, uint32_t pc) {
  if (site_follows_only(fid, pc))
    return 1;
  char message[160];
  char *end = append(message, "whamm: a probe of mode 'after' in function ");
  end = append(end, fid);
  end = append(end, ", pc ");
  end = append(end, static_cast<uint32_t>(site_pc_before(fid, pc)));
  end = append(end, ": the instruction behind is reached from elsewhere, too; "
                    "instrument the application instead\n");
  auto size = static_cast<uint32_t>(end - message);
  corePuts(copyToCore(message, size), size);
  coreFlush();
  __builtin_trap();
}
