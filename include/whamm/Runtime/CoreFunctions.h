//===- CoreFunctions.h - What generated code calls --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions of module `whamm_core` that generated code calls, beside those
/// of the report (ReportFormat.h) and those that scripts call by name (language
/// reference 5.4). All parameters and results are i32 unless noted.
///
/// Strings are an address in the memory of `whamm_core` and a length in bytes.
/// They are immutable and never freed; strings made at run time are interned,
/// so that equal ones take memory once.
/// \code
///   data_new(size) -> address            zeroed, 16-byte aligned, never freed
///   data_write(address, i64, i64, i64, i64)   32 bytes, little endian
///   str_eq(p, n, q, m) -> 0|1
///   str_starts_with(p, n, q, m) -> 0|1   (p, n) starts with (q, m)
///   str_ends_with(p, n, q, m) -> 0|1
///   str_contains(p, n, q, m) -> 0|1
///   str_begin(n) -> address              scratch for n bytes to be written to
///   str_end(n) -> address                the interned string of those bytes
/// \endcode
///
/// Maps are numbered from 0 in the order of their creation. Keys and values are
/// flattened to 32-bit words: one for numbers up to 32 bits (normalised:
/// extended as their type says) and bool, two for 64-bit numbers (low, high;
/// floats as bit patterns, f32 as one word), two for a string (address, length;
/// the map interns key strings), the elements' for a tuple. The texts of the
/// types (`(u32,str)`) say how. Float keys are equal as numbers are: -0 is 0,
/// and every NaN is the one NaN.
/// \code
///   map_new(keyText, keyTextLength, valueText, valueTextLength) -> id
///   map_findK(id, w0, ..., wK-1) -> address of the value's words, K = 1 ... 4
///       Where there is no such key: the address of zeros.
///   map_slotK(id, w0, ..., wK-1) -> address of the value's words; inserts
///   zeros map_getK(id, w0, ..., wK-1) -> value of one word, 0 without the key
///   map_setK(id, w0, ..., wK-1, value)
///   map_addK(id, w0, ..., wK-1, amount)  integers; narrow ones wrap around
///   map_getK_i64(...) -> i64   map_setK_i64(..., i64)     values of two words
///   map_addK_i64(..., i64)   map_addK_f32(..., f32)   map_addK_f64(..., f64)
///   map_key(index, word)                 wider keys: gives one word
///   map_find(id) -> address    map_slot(id) -> address    of the key so given
/// \endcode
/// The addresses hold until the next call that may insert.
///
/// Memory, for code that cannot address the memory of `whamm_core`:
/// \code
///   load8(address) -> i32      load32(address) -> i32     load64(address) ->
///   i64 store8(address, i32)       store32(address, i32)      store64(address,
///   i64) copy(dst, src, n)          fill(dst, byte, n)         size() -> pages
/// \endcode
/// The module `whamm_memory.wasm` offers load8, load64, store8, store64 and
/// size for the memory that it imports as `memory` of module `library`: the
/// host makes an instance of it per library whose memory a script uses, and
/// calls it `whamm_memory.NAME`.
///
/// Shadows of tables, for `resolve_funcref`:
/// \code
///   shadow_new(table, size)              all slots -1
///   shadow_set(table, slot, fid)         beyond the size: ignored
///   shadow_get(table, slot) -> fid       beyond the size: -1
///   shadow_fill(table, slot, n, fid)
///   shadow_copy(dstTable, dst, srcTable, src, n)
/// \endcode
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_RUNTIME_COREFUNCTIONS_H
#define WHAMM_RUNTIME_COREFUNCTIONS_H

namespace whamm::runtime {

/// The module name of the runtime library.
inline constexpr char coreModule[] = "whamm_core";
/// The module name under which generated code imports work on memories by
/// number, until the splicer puts functions in its place.
inline constexpr char memoryNumberModule[] = "whamm:memory";
/// What the names of modules begin with that reach a library's memory.
inline constexpr char memoryModulePrefix[] = "whamm_memory.";
/// Widest key that map_findK and its siblings take as parameters.
inline constexpr unsigned maxDirectKeyWords = 4;

} // namespace whamm::runtime

#endif // WHAMM_RUNTIME_COREFUNCTIONS_H
