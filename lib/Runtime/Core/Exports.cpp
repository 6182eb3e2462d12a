//===- Exports.cpp - Functions that scripts call --------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Format.h"
#include "Output.h"
#include "Support.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

WHAMM_EXPORT("mem_alloc") void *whammMemAlloc(uint32_t size) {
  return allocate(size);
}

WHAMM_EXPORT("mem_free") void whammMemFree(void *pointer) { release(pointer); }

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

namespace {

void printUnsigned(uint64_t value) {
  char text[MaxNumberSize];
  print({text, formatUnsigned(text, value)});
}

void printSigned(int64_t value) {
  char text[MaxNumberSize];
  print({text, formatSigned(text, value)});
}

template <typename T> void printFloat(T value) {
  char text[MaxNumberSize];
  print({text, formatFloat(text, value, PlusSign::Write)});
}

} // namespace

WHAMM_EXPORT("putc") void whammPutc(int32_t c) {
  if (c < 0 || c > 127)
    fail("putc of a character that is not ASCII");
  char text = static_cast<char>(c);
  print({&text, 1});
}

WHAMM_EXPORT("puts") void whammPuts(const char *text, uint32_t size) {
  print(checkedText(text, size));
}

WHAMM_EXPORT("putbool") void whammPutbool(int32_t value) {
  print(value ? Text("true") : Text("false"));
}

// The narrow types look at their own bits only, whatever the caller's say.
WHAMM_EXPORT("putu8") void whammPutu8(int32_t v) { printUnsigned(uint8_t(v)); }
WHAMM_EXPORT("puti8") void whammPuti8(int32_t v) { printSigned(int8_t(v)); }
WHAMM_EXPORT("putu16") void whammPutu16(int32_t v) {
  printUnsigned(uint16_t(v));
}
WHAMM_EXPORT("puti16") void whammPuti16(int32_t v) { printSigned(int16_t(v)); }
WHAMM_EXPORT("putu32") void whammPutu32(int32_t v) {
  printUnsigned(uint32_t(v));
}
WHAMM_EXPORT("puti32") void whammPuti32(int32_t v) { printSigned(v); }
WHAMM_EXPORT("putu64") void whammPutu64(int64_t v) {
  printUnsigned(uint64_t(v));
}
WHAMM_EXPORT("puti64") void whammPuti64(int64_t v) { printSigned(v); }
WHAMM_EXPORT("putf32") void whammPutf32(float v) { printFloat(v); }
WHAMM_EXPORT("putf64") void whammPutf64(double v) { printFloat(v); }

WHAMM_EXPORT("flush") void whammFlush() { flush(); }
