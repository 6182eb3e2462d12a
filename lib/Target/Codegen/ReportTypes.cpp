//===- ReportTypes.cpp - Types as reports print them ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ReportTypes.h"

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace whamm;
using runtime::ValueKind;

ValueKind codegen::getValueKind(Type type) {
  if (isa<TupleType>(type))
    return ValueKind::Tuple;
  if (isa<probe::MapType>(type))
    return ValueKind::Map;
  if (isa<probe::StrType>(type))
    return ValueKind::Str;
  if (type.isF32())
    return ValueKind::F32;
  if (type.isF64())
    return ValueKind::F64;
  bool isSigned = type.isSignedInteger();
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
    return ValueKind::Bool;
  case 8:
    return isSigned ? ValueKind::I8 : ValueKind::U8;
  case 16:
    return isSigned ? ValueKind::I16 : ValueKind::U16;
  case 32:
    return isSigned ? ValueKind::I32 : ValueKind::U32;
  default:
    return isSigned ? ValueKind::I64 : ValueKind::U64;
  }
}

std::string codegen::getWasmText(Type type) {
  SmallVector<std::string> texts;
  for (Type component : wasm_inject::StateOp::getComponents(type)) {
    std::string &text = texts.emplace_back("i32");
    if (component.isInteger(1))
      continue;
    text.clear();
    llvm::raw_string_ostream(text) << component;
  }
  return texts.size() == 1 ? texts[0] : "(" + llvm::join(texts, "; ") + ")";
}
