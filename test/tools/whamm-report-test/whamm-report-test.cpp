//===- whamm-report-test.cpp - Exercises the runtime's C++ side -----------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Writes what the tests of the runtime library read: descriptor streams as the
/// compiler builds them, the embedded modules, the place of a run-time file.
///
//===----------------------------------------------------------------------===//

#include "whamm/Runtime/ReportWriter.h"
#include "whamm/Runtime/Runtime.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;
using namespace whamm::runtime;

static cl::opt<uint64_t>
    rowCount("rows", cl::desc("A stream of this many rows of one u32 variable"),
             cl::init(0));
static cl::opt<bool> numerics("numerics",
                              cl::desc("Write the numerics module instead"));
static cl::opt<bool> site("site", cl::desc("Write the site module instead"));
static cl::opt<bool>
    maps("maps",
         cl::desc("A stream of maps and of globals with several parts"));
static cl::opt<std::string>
    find("find",
         cl::desc("Print where a run-time file is, for a tool in /x/bin"),
         cl::value_desc("name"));

/// One group of each kind, with names that need care.
static std::vector<uint8_t> sampleStream() {
  ReportWriter writer;
  StringId start = writer.addString("_start");
  StringId odd = writer.addString("a\"b\\c\n\x01\xc3\xa9\xff");
  StringId call = writer.addString("0_wasm:opcode:call:before");
  StringId entry = writer.addString("1_wasm:func:entry:<no-mode>");
  StringId name = writer.addString("x");
  const char *types[] = {"u8",  "i8",  "u16", "i16", "u32", "i32",
                         "f32", "u64", "i64", "f64", "bool"};
  const char *wasmTypes[] = {"i32", "i32", "i32", "i32", "i32", "i32",
                             "f32", "i64", "i64", "f64", "i32"};
  uint64_t addr = 4;
  for (uint8_t kind = 0; kind < std::size(types); ++kind, addr += 64) {
    writer.beginGroup(static_cast<ValueKind>(kind), types[kind],
                      wasmTypes[kind], RowScope::Site);
    writer.addSiteRow({addr, name, 0, start, 5, 9, call});
    writer.addSiteRow({addr + 32, name, 0, odd, 6, 0, entry});
  }
  writer.beginGroup(ValueKind::Str, "str", "(i32; i32)", RowScope::Site);
  writer.addSiteRow({addr, name, 0, start, 5, 9, call});
  writer.beginGroup(ValueKind::Tuple, "((i32,u8),(str,f64))",
                    "(i32; i32; i32; i32; f64)", RowScope::Site);
  writer.addSiteRow({addr + 40, name, 0, start, 5, 9, call});
  writer.addSiteRow({addr + 90, name, 0, start, 5, 12, call});
  writer.beginGroup(ValueKind::U32, "u32", "i32", RowScope::Global);
  writer.addGlobalRow(7, writer.addString("total"));
  writer.addGlobalRow(3, writer.addString("rest"), 1);
  return writer.take();
}

/// Rows whose values are maps or have several globals.
static std::vector<uint8_t> mapStream() {
  ReportWriter writer;
  StringId start = writer.addString("_start");
  StringId call = writer.addString("0_wasm:opcode:call:before");
  StringId name = writer.addString("m");
  writer.beginGroup(ValueKind::Map, "map<u32,i8>", "i32", RowScope::Site);
  writer.addSiteRow({4, name, 0, start, 5, 9, call});
  writer.addSiteRow({36, name, 0, start, 5, 12, call});
  writer.beginGroup(ValueKind::Str, "str", "(i32; i32)", RowScope::Global);
  writer.addGlobalRow(4, writer.addString("h"), 0, 2);
  writer.beginGroup(ValueKind::Tuple, "(u8,(str,f64))", "(i32; i32; i32; f64)",
                    RowScope::Global);
  writer.addGlobalRow(6, writer.addString("t"), 1, 4);
  writer.addGlobalRow(10, writer.addString("u"), 0, 4);
  writer.beginGroup(ValueKind::Map, "map<(i32,str),f64>", "i32", RowScope::Map);
  writer.addMapRow(writer.addString("a"));
  writer.addMapRow(writer.addString("b"), 1);
  return writer.take();
}

static std::vector<uint8_t> longStream(uint64_t rows) {
  ReportWriter writer;
  StringId name = writer.addString("count");
  StringId probes[] = {writer.addString("0_wasm:opcode:call:before"),
                       writer.addString("1_wasm:opcode:call:after")};
  StringId functions[64];
  for (unsigned i = 0; i < 64; ++i)
    functions[i] = writer.addString("function_" + std::to_string(i));
  writer.beginGroup(ValueKind::U32, "u32", "i32", RowScope::Site);
  for (uint64_t i = 0; i < rows; ++i) {
    auto fid = static_cast<uint32_t>(i / 100);
    writer.addSiteRow({4 + 32 * i, name, 0, functions[fid % 64], fid,
                       i % 100 * 3, probes[i % 2]});
  }
  return writer.take();
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv, "tests of the runtime library\n");
  if (!find.empty()) {
    llvm::outs() << findRuntimeFile("/x/bin", find) << '\n';
    return 0;
  }
  std::vector<uint8_t> bytes;
  if (numerics)
    bytes = getNumericsModule();
  else if (site)
    bytes = getSiteModule();
  else if (maps)
    bytes = mapStream();
  else
    bytes = rowCount ? longStream(rowCount) : sampleStream();
  llvm::outs().write(reinterpret_cast<const char *>(bytes.data()),
                     bytes.size());
  return 0;
}
