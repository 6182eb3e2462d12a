//===- RowPrinter.cpp - The two forms of a report -------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "RowPrinter.h"

#include "MapPrinter.h"
#include "Output.h"

using namespace whamm::core;

void RowPrinter::begin() {
  out.clear();
  written = 0;
  hasRows = false;
  isJson = environmentVariable("WHAMM_FORMAT") == Text("json");
  values.setForm(isJson ? ValuePrinter::Form::Json : ValuePrinter::Form::Plain);
  if (isJson)
    return out.append('[');
  out.append("\n================================= REPORT CSV FLUSH "
             "====================================\n"
             "id, id_type, name, whamm_type, wasm_type, script_id, fname, fid, "
             "pc, probe_id, value(s)\n");
}

void RowPrinter::end() {
  if (isJson)
    out.append(hasRows ? Text("\n]\n") : Text("]\n"));
  writeOut({out.data() + written, out.size() - written});
  written = out.size();
}

void RowPrinter::writeFinished() {
  if (out.size() - written < OutputBufferSize)
    return;
  writeOut({out.data() + written, out.size() - written});
  written = out.size();
}

void RowPrinter::beginRow(const Row &row) {
  if (isJson)
    beginJson(row);
  else
    beginCsv(row);
}

void RowPrinter::endRow() {
  out.append(isJson ? '}' : '\n');
  hasRows = true;
  writeFinished();
}

//===----------------------------------------------------------------------===//
// Columns
//===----------------------------------------------------------------------===//

/// The first of the globals' numbers and how many follow it: `4`, `(4; 5)`.
void RowPrinter::appendIds(const Row &row, Text open, Text separator,
                           Text close) {
  if (row.idCount == 1)
    return values.number(row.id);
  for (uint64_t i = 0; i < row.idCount; ++i) {
    out.append(i ? separator : open);
    values.number(row.id + i);
  }
  out.append(close);
}

void RowPrinter::appendIdTypes(const Row &row, Text open, Text separator,
                               Text close) {
  Text type = row.scope == Row::Scope::Map      ? Text("map_id")
              : row.scope == Row::Scope::Global ? Text("global_id")
                                                : Text("memaddr");
  auto append = [&] {
    if (isJson)
      values.quoted(type);
    else
      out.append(type);
  };
  if (row.idCount == 1)
    return append();
  for (uint64_t i = 0; i < row.idCount; ++i) {
    out.append(i ? separator : open);
    append();
  }
  out.append(close);
}

void RowPrinter::beginCsv(const Row &row) {
  appendIds(row, "(", "; ", ")");
  out.append(", ");
  appendIdTypes(row, "(", "; ", ")");
  out.append(", ");
  out.append(row.name);
  out.append(", ");
  out.append(row.whammType);
  out.append(", ");
  out.append(row.wasmType);
  out.append(", script");
  values.number(row.script);
  if (row.scope != Row::Scope::Site)
    return out.append(", , , , , ");
  out.append(", ");
  out.append(row.functionName);
  out.append(", ");
  values.number(row.function);
  out.append(", ");
  values.number(row.pc);
  out.append(", ");
  out.append(row.probe);
  out.append(", ");
}

void RowPrinter::beginJson(const Row &row) {
  out.append(hasRows ? Text(",\n{\"id\": ") : Text("\n{\"id\": "));
  appendIds(row, "[", ", ", "]");
  out.append(", \"id_type\": ");
  appendIdTypes(row, "[", ", ", "]");
  out.append(", \"name\": ");
  values.quoted(row.name);
  out.append(", \"whamm_type\": ");
  values.quoted(row.whammType);
  out.append(", \"wasm_type\": ");
  values.quoted(row.wasmType);
  out.append(", \"script_id\": \"script");
  values.number(row.script);
  if (row.scope != Row::Scope::Site)
    return out.append("\", \"fname\": null, \"fid\": null, \"pc\": null, "
                      "\"probe_id\": null, \"value(s)\": ");
  out.append("\", \"fname\": ");
  values.quoted(row.functionName);
  out.append(", \"fid\": ");
  values.number(row.function);
  out.append(", \"pc\": ");
  values.number(row.pc);
  out.append(", \"probe_id\": ");
  values.quoted(row.probe);
  out.append(", \"value(s)\": ");
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

void RowPrinter::scalar(ValueKind kind, uint64_t bits) {
  if (kind == ValueKind::Map)
    return isJson ? appendMapAsJson(out, static_cast<uint32_t>(bits))
                  : appendMap(out, static_cast<uint32_t>(bits));
  values.scalar(kind, bits);
}
