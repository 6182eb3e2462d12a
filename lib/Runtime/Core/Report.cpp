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

#include "MapPrinter.h"
#include "Output.h"
#include "RowPrinter.h"
#include "StreamReader.h"

#include "whamm/Runtime/ReportFormat.h"

using namespace whamm::core;
namespace runtime = whamm::runtime;

namespace {

/// More globals than any value has: no report is made to print forever.
constexpr uint64_t MaxIds = 100000;

class Report {
public:
  void begin();
  void data(const uint64_t (&words)[4]);
  /// Takes the next row's value; `accepts` has a bit for each value kind that
  /// the caller's WebAssembly type can stand for.
  void value(uint32_t accepts, uint64_t bits);
  void value(Text string);
  /// Takes the last number again, so many times.
  void again(uint32_t times);
  void end();
  Text text() const { return printer.text(); }

private:
  enum class State { Idle, Gathering, Rows };

  void readHeader();
  uint32_t readTexts(Buffer &table);
  bool openGroupWithRows();
  void readSiteRow();
  void readFullRow(StreamReader &from);
  void readGlobalRow();
  void readMapRow(uint64_t map);
  void readRow(uint64_t bits);
  void readShape(ValueKind kind, Text type);
  ValueKind beginValue(uint32_t accepts, uint64_t bits);
  void endValue();
  void printPunctuation();
  Text string(StreamReader &from);
  Text string() { return string(reader); }

  State state = State::Idle;
  Buffer stream;
  StreamReader reader;
  Buffer stringTable;
  Buffer stepTable;
  uint32_t stringCount = 0;
  uint32_t stepCount = 0;
  uint64_t groupsLeft = 0;
  uint64_t rowsLeft = 0;
  /// What the values of the current group's rows look like: `(`, `;`, `)` and
  /// the kinds of scalars and strings between them, and how much of it the
  /// current row has got.
  Shape shape;
  uint32_t shapeDone = 0;
  Row row;
  RowPrinter printer;
  /// The last number, which stands for nothing where there was none.
  uint32_t lastAccepts = 0;
  uint64_t lastBits = 0;
};

/// A text of a table of them.
Text textAt(const Buffer &table, uint64_t index) {
  Text text;
  memcpy(&text, table.data() + index * sizeof(Text), sizeof(Text));
  return text;
}

constinit Report report;

//===----------------------------------------------------------------------===//
// The stream
//===----------------------------------------------------------------------===//

void Report::begin() {
  // What scripts have printed comes before the report.
  flush();
  stream.clear();
  lastAccepts = 0;
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
  stringCount = readTexts(stringTable);
  stepCount = readTexts(stepTable);
  groupsLeft = reader.unsignedNumber();
  rowsLeft = 0;
  printer.begin();
}

uint32_t Report::readTexts(Buffer &table) {
  uint64_t count = reader.unsignedNumber();
  // Each string takes a byte at least.
  if (count > reader.remaining())
    fail("bad report data: more texts than data");
  table.clear();
  for (uint32_t i = 0; i < count; ++i) {
    Text text = reader.text();
    memcpy(table.reserve(sizeof(Text)), &text, sizeof(Text));
    table.advance(sizeof(Text));
  }
  return static_cast<uint32_t>(count);
}

Text Report::string(StreamReader &from) {
  uint64_t index = from.unsignedNumber();
  if (index >= stringCount)
    fail("bad report data: no such string");
  return textAt(stringTable, index);
}

/// Goes on to the next group that has a row left. Every group takes bytes of
/// the stream, so that a large count ends with the stream.
bool Report::openGroupWithRows() {
  while (!rowsLeft) {
    if (!groupsLeft)
      return false;
    --groupsLeft;
    uint8_t code = reader.byte();
    row = Row();
    row.whammType = string();
    row.wasmType = string();
    readShape(static_cast<ValueKind>(code), row.whammType);
    uint8_t scope = reader.byte();
    if (scope > static_cast<uint8_t>(Row::Scope::Map))
      fail("bad report data: unknown scope");
    row.scope = static_cast<Row::Scope>(scope);
    rowsLeft = reader.unsignedNumber();
  }
  return true;
}

void Report::readSiteRow() {
  uint64_t step = reader.unsignedNumber();
  if (!step)
    return readFullRow(reader);
  if (step > stepCount)
    fail("bad report data: no such step");
  StreamReader from(textAt(stepTable, step - 1));
  readFullRow(from);
}

void Report::readFullRow(StreamReader &from) {
  uint8_t flags = from.byte();
  if (flags & ~(runtime::RowHasFunction | runtime::RowHasName |
                runtime::RowHasProbe | runtime::RowHasScript))
    fail("bad report data: unknown flags of a row");
  if (flags & runtime::RowHasFunction) {
    row.function = from.smallNumber();
    row.functionName = string(from);
  }
  if (flags & runtime::RowHasName)
    row.name = string(from);
  if (flags & runtime::RowHasProbe)
    row.probe = string(from);
  if (flags & runtime::RowHasScript)
    row.script = from.smallNumber();
  row.id += static_cast<uint64_t>(from.signedNumber());
  row.pc += static_cast<uint64_t>(from.signedNumber());
}

void Report::readGlobalRow() {
  row.id += static_cast<uint64_t>(reader.signedNumber());
  row.idCount = reader.unsignedNumber();
  if (!row.idCount || row.idCount > MaxIds)
    fail("bad report data: no such number of globals");
  row.name = string();
  row.script = reader.smallNumber();
}

/// The number of a map is known at run time only: it is the value.
void Report::readMapRow(uint64_t map) {
  row.id = map;
  row.name = string();
  row.script = reader.smallNumber();
}

void Report::readRow(uint64_t bits) {
  switch (row.scope) {
  case Row::Scope::Site:
    return readSiteRow();
  case Row::Scope::Global:
    return readGlobalRow();
  case Row::Scope::Map:
    return readMapRow(static_cast<uint32_t>(bits));
  }
}

//===----------------------------------------------------------------------===//
// Shapes of values
//===----------------------------------------------------------------------===//

void Report::readShape(ValueKind kind, Text type) {
  shape.clear();
  shapeDone = 0;
  if (kind == ValueKind::Tuple)
    return shape.read(type, "bad report data: ");
  if (kind > ValueKind::Bool && kind != ValueKind::Str &&
      kind != ValueKind::Map)
    fail("bad report data: unknown kind of value");
  shape.add(kind);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

constexpr uint32_t maskOf(ValueKind kind) {
  return 1u << static_cast<uint32_t>(kind);
}

/// Goes to the place of the next value and returns its kind.
ValueKind Report::beginValue(uint32_t accepts, uint64_t bits) {
  if (state == State::Gathering)
    readHeader();
  if (state != State::Rows)
    fail("a value outside of a report");
  if (!openGroupWithRows())
    fail("bad report: more values than rows");
  if (!shapeDone) {
    readRow(bits);
    printer.beginRow(row);
    printPunctuation();
  }
  auto kind = static_cast<ValueKind>(shape[shapeDone++]);
  if (!(accepts & maskOf(kind)))
    fail("bad report: a value is not of its row's type");
  if (kind == ValueKind::Map && !hasMap(static_cast<uint32_t>(bits)))
    fail("bad report: no such map");
  return kind;
}

void Report::endValue() {
  printPunctuation();
  if (shapeDone < shape.size())
    return;
  printer.endRow();
  shapeDone = 0;
  --rowsLeft;
}

void Report::printPunctuation() {
  while (shapeDone < shape.size() && Shape::isPunctuation(shape[shapeDone]))
    printer.punctuation(shape[shapeDone++]);
}

void Report::value(uint32_t accepts, uint64_t bits) {
  printer.scalar(beginValue(accepts, bits), bits);
  endValue();
  lastAccepts = accepts;
  lastBits = bits;
}

void Report::again(uint32_t times) {
  if (!lastAccepts)
    fail("bad report: no number to repeat");
  for (uint32_t i = 0; i < times; ++i)
    value(lastAccepts, lastBits);
}

void Report::value(Text string) {
  beginValue(maskOf(ValueKind::Str), 0);
  printer.string(string);
  endValue();
  lastAccepts = 0;
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

} // namespace

//===----------------------------------------------------------------------===//
// Exports
//===----------------------------------------------------------------------===//

WHAMM_EXPORT("report_begin") void whammReportBegin() { report.begin(); }

WHAMM_EXPORT("report_data")
void whammReportData(uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  report.data({a, b, c, d});
}

namespace {

/// What the values of WebAssembly's types can stand for.
constexpr uint32_t I32Kinds = maskOf(ValueKind::U8) | maskOf(ValueKind::I8) |
                              maskOf(ValueKind::U16) | maskOf(ValueKind::I16) |
                              maskOf(ValueKind::U32) | maskOf(ValueKind::I32) |
                              maskOf(ValueKind::Bool) | maskOf(ValueKind::Map);
constexpr uint32_t I64Kinds = maskOf(ValueKind::U64) | maskOf(ValueKind::I64);

void take(uint32_t value) { report.value(I32Kinds, value); }
void take(uint64_t value) { report.value(I64Kinds, value); }
void take(float value) {
  report.value(maskOf(ValueKind::F32), __builtin_bit_cast(uint32_t, value));
}
void take(double value) {
  report.value(maskOf(ValueKind::F64), __builtin_bit_cast(uint64_t, value));
}

} // namespace

// One value, and as many as a call of a large report takes.
#define WHAMM_REPORT_FUNCTIONS(name, T)                                        \
  WHAMM_EXPORT("report_" #name) void whammReport_##name(T value) {             \
    take(value);                                                               \
  }                                                                            \
  WHAMM_EXPORT("report_" #name "x8")                                           \
  void whammReport_##name##x8(T a, T b, T c, T d, T e, T f, T g, T h) {        \
    const T values[runtime::ReportBatch] = {a, b, c, d, e, f, g, h};           \
    for (T value : values)                                                     \
      take(value);                                                             \
  }

WHAMM_REPORT_FUNCTIONS(i32, uint32_t)
WHAMM_REPORT_FUNCTIONS(i64, uint64_t)
WHAMM_REPORT_FUNCTIONS(f32, float)
WHAMM_REPORT_FUNCTIONS(f64, double)

WHAMM_EXPORT("report_again") void whammReportAgain(uint32_t times) {
  report.again(times);
}

WHAMM_EXPORT("report_str")
void whammReportStr(const char *data, uint32_t size) {
  report.value(checkedText(data, size));
}

WHAMM_EXPORT("report_end") void whammReportEnd() { report.end(); }

// For hosts that do not give WASI: the text of the last report.
WHAMM_EXPORT("report_text") const char *whammReportText() {
  return report.text().data;
}

WHAMM_EXPORT("report_length") uint32_t whammReportLength() {
  return report.text().size;
}
