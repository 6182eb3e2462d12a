//===- ReportFormat.h - Descriptor stream of a report -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The binary form in which an instrumented module describes its report to the
/// runtime library. Shared by the compiler (writer) and whamm_core (reader),
/// which is freestanding: no includes beyond <stdint.h>.
///
/// All integers are unsigned LEB128 unless noted; `s` marks signed LEB128.
/// \code
///   stream  = version strings steps groups
///   version = 3
///   strings = count { length bytes }        -- UTF-8, referred to by index
///   steps   = count { length full }         -- site rows that come often
///   groups  = count { group }
///   group   = kind type:string wasm:string scope rows
///   scope   = 0 (site) | 1 (global) | 2 (map of the program)
///   rows    = count { row }
///   row(site)   = 0 full | 1 + index of a step
///   full        = flags [ fid fname:string ] [ name:string ] [ probe:string ]
///                 [ script ] addr_delta:s pc_delta:s
///   row(global) = id_delta:s ids name:string script
///   row(map)    = name:string script
/// \endcode
/// A site row inherits what its flags do not announce from the row before
/// (the first row of a group announces all but the script, which starts at 0);
/// `addr` and `pc` are sums of their deltas, and so is the `id` of the first of
/// a global row's `ids` consecutive globals (2 for a string, one per scalar of
/// a tuple). The number of a map is its value's. What follows the groups is
/// ignored, so that the stream can be padded.
///
/// Then the values come through report_i32 and its siblings, one per row, in
/// row order; those of a tuple one per scalar or string, in the order of its
/// type's text, which tells their kinds (`(i32,(u8,str))`); a map's by its
/// number, through report_i32.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_RUNTIME_REPORTFORMAT_H
#define WHAMM_RUNTIME_REPORTFORMAT_H

#include <stdint.h>

namespace whamm::runtime {

enum : uint32_t { ReportVersion = 3 };

/// How many values report_i32x8 and its siblings take.
enum : uint32_t { ReportBatch = 8 };

/// How a row's value is passed and printed. The numbering is the order of
/// types in a report. Values up to 32 bits are passed as i32, a string as its
/// address in the memory of `whamm_core` and its length, a map as its number.
enum class ValueKind : uint8_t {
  U8 = 0,
  I8 = 1,
  U16 = 2,
  I16 = 3,
  U32 = 4,
  I32 = 5,
  F32 = 6,
  U64 = 7,
  I64 = 8,
  F64 = 9,
  Bool = 10,
  Str = 12,
  Tuple = 14,
  Map = 15,
};

/// Flags of a site row: which fields follow.
enum RowFlags : uint8_t {
  RowHasFunction = 1,
  RowHasName = 2,
  RowHasProbe = 4,
  RowHasScript = 8,
};

// Functions of module `whamm_core` that the generated report calls:
//   report_begin()                      starts a report, forgets an old one
//   report_data(i64, i64, i64, i64)     32 bytes of the stream, little endian
//   report_i32(i32) report_i64(i64)     the next value
//   report_f32(f32) report_f64(f64)
//   report_i32x8(i32, ..., i32) ...     the next eight values, for engines
//                                       that are slow to compile calls
//   report_again(n)                     the last number, n times more
//   report_str(i32, i32)
//   report_end()                        writes what is left
// For hosts:
//   report_text() report_length()       the last report's text
//   flush()                             writes an unfinished line of a script

} // namespace whamm::runtime

#endif // WHAMM_RUNTIME_REPORTFORMAT_H
