//===- ReportWriter.h - Building a report's descriptors ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Builds the descriptor stream of ReportFormat.h for an instrumented module.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_RUNTIME_REPORTWRITER_H
#define WHAMM_RUNTIME_REPORTWRITER_H

#include "whamm/Runtime/ReportFormat.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <vector>

namespace whamm::runtime {

/// What the rows of a group describe: variables of sites, globals, or maps that
/// belong to the whole program (those of sites are `Site`).
enum class RowScope : uint8_t { Site = 0, Global = 1, Map = 2 };

/// A string of the stream, as given by ReportWriter::addString.
enum class StringId : uint32_t {};

/// What a site's row says beside its value, in the columns' order.
struct SiteRow {
  uint64_t addr = 0;
  StringId name{};
  uint32_t script = 0;
  StringId fname{};
  uint32_t fid = 0;
  uint64_t pc = 0;
  StringId probe{};
};

/// Writes groups of rows in the order in which they shall be printed:
/// \code
///   ReportWriter writer;
///   StringId count = writer.addString("count");
///   writer.beginGroup(ValueKind::U32, "u32", "i32", RowScope::Site);
///   writer.addSiteRow({4, count, 0, fname, 5, 9, probe});
///   std::vector<uint8_t> stream = writer.take();
/// \endcode
/// The values are then to be reported one per row, in the same order. Maps of
/// the program have rows of their own kind, which come last:
/// \code
///   writer.beginGroup(ValueKind::Map, "map<u32,str>", "i32", RowScope::Map);
///   writer.addMapRow(name);
/// \endcode
class ReportWriter {
public:
  ReportWriter();

  /// The id of a string; equal strings share one.
  StringId addString(llvm::StringRef text);

  /// Begins a group, which ends where the next one begins.
  void beginGroup(ValueKind kind, llvm::StringRef whammType,
                  llvm::StringRef wasmType, RowScope scope);

  /// Adds a row to the current group, whose scope it must match.
  void addSiteRow(const SiteRow &row);
  /// A value of `count` consecutive globals, of which `firstId` is the first: a
  /// string has two, a tuple one per WebAssembly value.
  void addGlobalRow(uint64_t firstId, StringId name, uint32_t script = 0,
                    uint32_t count = 1);
  /// The row's number is the map's at run time, which is its value.
  void addMapRow(StringId name, uint32_t script = 0);

  uint64_t getNumRows() const { return numRows; }

  /// The finished stream, padded with zeros to a multiple of 32 bytes, which is
  /// what one call of `report_data` carries. The writer is then as new.
  std::vector<uint8_t> take();

private:
  /// A site row as it is written in full.
  struct Step {
    llvm::StringRef bytes;
    uint32_t uses = 0;
    /// Its number from 1 on where it is in the table of steps.
    uint32_t number = 0;
  };
  /// What belongs to one group, which is written when all steps are known.
  struct Group {
    std::vector<uint8_t> header;
    uint64_t numRows = 0;
    /// The rows, unless they are those of sites.
    std::vector<uint8_t> rows;
    std::vector<uint32_t> siteRows; // indices of steps
  };

  std::vector<uint8_t> writeSteps();
  void writeGroup(const Group &group, std::vector<uint8_t> &stream) const;

  llvm::StringMap<uint32_t> stringIds;
  std::vector<uint8_t> strings;
  std::vector<Group> groups;
  llvm::StringMap<uint32_t> stepIds;
  std::vector<Step> steps;
  uint64_t numRows = 0;
  RowScope scope = RowScope::Site;
  /// What the reader assumes of the next row.
  SiteRow previous;
};

} // namespace whamm::runtime

#endif // WHAMM_RUNTIME_REPORTWRITER_H
