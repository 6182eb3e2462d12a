//===- Types.cpp - WebAssembly value types ----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Types.h"

#include "whamm/Wasm/Encode.h"

using namespace llvm;
using namespace whamm::wasm;

void ValType::encode(SmallVectorImpl<uint8_t> &out) const {
  switch (kind) {
  case Kind::Bot:
    llvm_unreachable("the unknown type has no encoding");
  case Kind::I32:
    return out.push_back(0x7F);
  case Kind::I64:
    return out.push_back(0x7E);
  case Kind::F32:
    return out.push_back(0x7D);
  case Kind::F64:
    return out.push_back(0x7C);
  case Kind::V128:
    return out.push_back(0x7B);
  case Kind::Ref:
    break;
  }
  // Nullable abstract types have a short form, the heap type's own byte.
  if (!nullable || !abstract)
    out.push_back(nullable ? 0x63 : 0x64);
  if (abstract)
    out.push_back(static_cast<uint8_t>(heap));
  else
    appendSLEB(out, heap);
}

static StringRef getHeapName(AbstractHeap heap) {
  switch (heap) {
  case AbstractHeap::NoExn:
    return "noexn";
  case AbstractHeap::NoFunc:
    return "nofunc";
  case AbstractHeap::NoExtern:
    return "noextern";
  case AbstractHeap::None:
    return "none";
  case AbstractHeap::Func:
    return "func";
  case AbstractHeap::Extern:
    return "extern";
  case AbstractHeap::Any:
    return "any";
  case AbstractHeap::Eq:
    return "eq";
  case AbstractHeap::I31:
    return "i31";
  case AbstractHeap::Struct:
    return "struct";
  case AbstractHeap::Array:
    return "array";
  case AbstractHeap::Exn:
    return "exn";
  }
  return "unknown";
}

/// The short names of nullable references: `funcref`, but `nullref` and
/// `nullfuncref` for the bottom types.
static std::string getNullableName(AbstractHeap heap) {
  switch (heap) {
  case AbstractHeap::None:
    return "nullref";
  case AbstractHeap::NoFunc:
    return "nullfuncref";
  case AbstractHeap::NoExtern:
    return "nullexternref";
  case AbstractHeap::NoExn:
    return "nullexnref";
  default:
    return getHeapName(heap).str() + "ref";
  }
}

std::string ValType::str() const {
  switch (kind) {
  case Kind::Bot:
    return "unknown";
  case Kind::I32:
    return "i32";
  case Kind::I64:
    return "i64";
  case Kind::F32:
    return "f32";
  case Kind::F64:
    return "f64";
  case Kind::V128:
    return "v128";
  case Kind::Ref:
    break;
  }
  if (abstract && nullable)
    return getNullableName(getAbstractHeap());
  std::string name =
      abstract ? getHeapName(getAbstractHeap()).str() : std::to_string(heap);
  return (nullable ? "(ref null " : "(ref ") + name + ")";
}
