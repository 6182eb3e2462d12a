//===- SiteFunctions.h - What monitors stand on -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a monitor for engines contains beside what its script says: the tables
/// through which the compiler describes the rows of the report. Shared by the
/// compiler (writer) and the site module (lib/Runtime/Site, reader), which is
/// freestanding: no includes beyond <stdint.h>.
///
/// The tables lie in the monitor's memory; all fields are 32-bit words, little
/// endian. A text is an address and a length.
/// \code
///   kind  = group name:text script probe:text
///   group = value-kind whamm-type:text wasm-type:text components:text
///           scope num-globals globals:address
///   global = name:text script first-id num-ids address
/// \endcode
/// `value-kind` is a ValueKind, `scope` a RowScope. Groups come in the order in
/// which the report prints them. `components` has a letter for each value that
/// is handed to the runtime: `i` i32, `l` i64, `f` f32, `d` f64, `s` a string,
/// which is two i32. Values lie one behind the other, each aligned to its size
/// (strings to 4).
///
/// Exported functions of the site module beside those of its Exports.h, all
/// parameters and results i32:
/// \code
///   rows_setup(kinds, groups, numGroups)
///   rows_add(kind, address, fid, pc)     a row, read at address
///   rows_report()                        prints the report, if it has rows
///   text_fname(fid) -> address           in the memory of `whamm_core`
///   text_callee_name(fid)  text_callee_module(fid)
///   text_callee_type(fid)                `import` or `local`
///   text_targets(fid, pc)                of br_table: words, without the
///                                        default
///   text_..._len(...) -> bytes           the lengths of these
///   cell_key(word)                       the next word of a key
///   cell_get(table) -> address           of the counter, 64 bits, of that key
///   cells_flush(table, map, type)        adds the counters to a map whose
///       values have so many bits, and 256 more where they are signed
///   site_first(fid) -> pc                of the first instruction
///   site_after(fid, pc) -> 1             the instruction is reached only from
///       the one before it; else prints that `after` cannot be seen and traps
/// \endcode
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_RUNTIME_SITEFUNCTIONS_H
#define WHAMM_RUNTIME_SITEFUNCTIONS_H

namespace whamm::runtime {

/// The module name under which the code of monitors imports these functions,
/// until both become one module.
inline constexpr char siteModuleName[] = "whamm:site";

/// What cells_flush adds to the width of a signed type.
inline constexpr unsigned signedCells = 256;

/// Words of an entry of each table.
inline constexpr unsigned rowKindWords = 6;
inline constexpr unsigned rowGroupWords = 10;
inline constexpr unsigned rowGlobalWords = 6;

} // namespace whamm::runtime

#endif // WHAMM_RUNTIME_SITEFUNCTIONS_H
