//===- Report.cpp - Reports of instrumented modules -----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions through which an instrumented module reports: they gather the
/// descriptor stream of ReportFormat.h, then walk its rows as the values come.
///
//===----------------------------------------------------------------------===//

#include "Output.h"
#include "RowPrinter.h"
#include "StreamReader.h"

#include "whamm/Runtime/ReportFormat.h"

using namespace whamm::core;
using whamm::runtime::ValueKind;
namespace runtime = whamm::runtime;

namespace {

class Report {
public:
  void begin();
  void data(const uint64_t (&words)[4]);
  /// Takes the next row's value; `accepts` has a bit for each value kind that
  /// the caller's WebAssembly type can stand for.
  void value(uint32_t accepts, uint64_t bits);
  void end();
  Text text() const { return printer.text(); }

private:
  enum class State { Idle, Gathering, Rows };

  void readHeader();
  void readStrings();
  bool openGroupWithRows();
  void readSiteRow();
  void readGlobalRow();
  Text string();

  State state = State::Idle;
  Buffer stream;
  StreamReader reader;
  Buffer stringTable;
  uint32_t stringCount = 0;
  uint64_t groupsLeft = 0;
  uint64_t rowsLeft = 0;
  ValueKind kind = ValueKind::U8;
  Row row;
  RowPrinter printer;
};

constinit Report report;

//===----------------------------------------------------------------------===//
// The stream
//===----------------------------------------------------------------------===//

void Report::begin() {
  // What scripts have printed comes before the report.
  flush();
  stream.clear();
  state = State::Gathering;
}

void Report::data(const uint64_t (&words)[4]) {
  if (state != State::Gathering)
    fail("report_data outside of a report's beginning");
  memcpy(stream.reserve(sizeof(words)), words, sizeof(words));
  stream.advance(sizeof(words));
}

void Report::readHeader() {
  state = State::Rows;
  reader = StreamReader(stream.text());
  if (reader.unsignedNumber() != runtime::ReportVersion)
    fail("bad report data: unknown version");
  readStrings();
  groupsLeft = reader.unsignedNumber();
  rowsLeft = 0;
  printer.begin();
}

void Report::readStrings() {
  uint64_t count = reader.unsignedNumber();
  // Each string takes a byte at least.
  if (count > reader.remaining())
    fail("bad report data: more strings than data");
  stringCount = static_cast<uint32_t>(count);
  stringTable.clear();
  for (uint32_t i = 0; i < stringCount; ++i) {
    Text text = reader.text();
    memcpy(stringTable.reserve(sizeof(Text)), &text, sizeof(Text));
    stringTable.advance(sizeof(Text));
  }
}

Text Report::string() {
  uint64_t index = reader.unsignedNumber();
  if (index >= stringCount)
    fail("bad report data: no such string");
  Text text;
  memcpy(&text, stringTable.data() + index * sizeof(Text), sizeof(Text));
  return text;
}

/// Goes on to the next group that has a row left. Every group takes bytes of
/// the stream, so that a large count ends with the stream.
bool Report::openGroupWithRows() {
  while (!rowsLeft) {
    if (!groupsLeft)
      return false;
    --groupsLeft;
    uint8_t code = reader.byte();
    if (code > static_cast<uint8_t>(ValueKind::Bool))
      fail("bad report data: unknown kind of value");
    kind = static_cast<ValueKind>(code);
    row = Row();
    row.whammType = string();
    row.wasmType = string();
    uint8_t scope = reader.byte();
    if (scope > 1)
      fail("bad report data: unknown scope");
    row.isGlobal = scope == 1;
    rowsLeft = reader.unsignedNumber();
  }
  return true;
}

void Report::readSiteRow() {
  uint8_t flags = reader.byte();
  if (flags & ~(runtime::RowHasFunction | runtime::RowHasName |
                runtime::RowHasProbe | runtime::RowHasScript))
    fail("bad report data: unknown flags of a row");
  if (flags & runtime::RowHasFunction) {
    row.function = reader.smallNumber();
    row.functionName = string();
  }
  if (flags & runtime::RowHasName)
    row.name = string();
  if (flags & runtime::RowHasProbe)
    row.probe = string();
  if (flags & runtime::RowHasScript)
    row.script = reader.smallNumber();
  row.id += static_cast<uint64_t>(reader.signedNumber());
  row.pc += static_cast<uint64_t>(reader.signedNumber());
}

void Report::readGlobalRow() {
  row.id += static_cast<uint64_t>(reader.signedNumber());
  row.name = string();
  row.script = reader.smallNumber();
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

void Report::value(uint32_t accepts, uint64_t bits) {
  if (state == State::Gathering)
    readHeader();
  if (state != State::Rows)
    fail("a value outside of a report");
  if (!openGroupWithRows())
    fail("bad report: more values than rows");
  if (!(accepts >> static_cast<uint32_t>(kind) & 1))
    fail("bad report: a value is not of its row's type");
  --rowsLeft;
  if (row.isGlobal)
    readGlobalRow();
  else
    readSiteRow();
  printer.print(row, kind, bits);
}

void Report::end() {
  if (state == State::Gathering)
    readHeader();
  if (state != State::Rows)
    fail("report_end outside of a report");
  if (openGroupWithRows())
    fail("bad report: fewer values than rows");
  printer.end();
  state = State::Idle;
}

template <typename... Kinds> constexpr uint32_t maskOf(Kinds... kinds) {
  return ((1u << static_cast<uint32_t>(kinds)) | ...);
}

} // namespace

//===----------------------------------------------------------------------===//
// Exports
//===----------------------------------------------------------------------===//

WHAMM_EXPORT("report_begin") void whammReportBegin() { report.begin(); }

WHAMM_EXPORT("report_data")
void whammReportData(uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  report.data({a, b, c, d});
}

WHAMM_EXPORT("report_i32") void whammReportI32(uint32_t value) {
  report.value(maskOf(ValueKind::U8, ValueKind::I8, ValueKind::U16,
                      ValueKind::I16, ValueKind::U32, ValueKind::I32,
                      ValueKind::Bool),
               value);
}

WHAMM_EXPORT("report_i64") void whammReportI64(uint64_t value) {
  report.value(maskOf(ValueKind::U64, ValueKind::I64), value);
}

WHAMM_EXPORT("report_f32") void whammReportF32(float value) {
  report.value(maskOf(ValueKind::F32), __builtin_bit_cast(uint32_t, value));
}

WHAMM_EXPORT("report_f64") void whammReportF64(double value) {
  report.value(maskOf(ValueKind::F64), __builtin_bit_cast(uint64_t, value));
}

WHAMM_EXPORT("report_end") void whammReportEnd() { report.end(); }

// For hosts that do not give WASI: the text of the last report.
WHAMM_EXPORT("report_text") const char *whammReportText() {
  return report.text().data;
}

WHAMM_EXPORT("report_length") uint32_t whammReportLength() {
  return report.text().size;
}
