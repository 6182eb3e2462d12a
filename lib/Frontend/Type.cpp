//===- Type.cpp - Types of the script language ----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Type.h"

#include "llvm/Support/ErrorHandling.h"

using namespace whamm;
using namespace whamm::frontend;

unsigned Type::getBitWidth() const {
  switch (kind) {
  case Kind::U8:
  case Kind::I8:
    return 8;
  case Kind::U16:
  case Kind::I16:
    return 16;
  case Kind::U32:
  case Kind::I32:
  case Kind::F32:
    return 32;
  case Kind::U64:
  case Kind::I64:
  case Kind::F64:
    return 64;
  case Kind::Bool:
    return 1;
  default:
    llvm_unreachable("type has no width");
  }
}

bool Type::operator==(const Type &other) const {
  return kind == other.kind && getElements() == other.getElements();
}

static llvm::StringRef getName(Type::Kind kind) {
  switch (kind) {
  case Type::Kind::Error:
    return "<error>";
  case Type::Kind::U8:
    return "u8";
  case Type::Kind::I8:
    return "i8";
  case Type::Kind::U16:
    return "u16";
  case Type::Kind::I16:
    return "i16";
  case Type::Kind::U32:
    return "u32";
  case Type::Kind::I32:
    return "i32";
  case Type::Kind::U64:
    return "u64";
  case Type::Kind::I64:
    return "i64";
  case Type::Kind::F32:
    return "f32";
  case Type::Kind::F64:
    return "f64";
  case Type::Kind::Bool:
    return "bool";
  case Type::Kind::Str:
    return "str";
  case Type::Kind::FuncRef:
    return "funcref";
  case Type::Kind::Tuple:
    return "(";
  case Type::Kind::Map:
    return "map<";
  }
  llvm_unreachable("unknown type kind");
}

std::string Type::str() const {
  std::string text = getName(kind).str();
  if (kind != Kind::Tuple && kind != Kind::Map)
    return text;
  for (const Type &element : getElements()) {
    if (&element != getElements().begin())
      text += ", ";
    text += element.str();
  }
  text += kind == Kind::Tuple ? ")" : ">";
  return text;
}

Type frontend::getTypeOf(wasm::BoundType type) {
  static constexpr Type u32U32[] = {Type::Kind::U32, Type::Kind::U32};
  switch (type) {
  case wasm::BoundType::Unknown:
    return Type();
  case wasm::BoundType::U8:
    return Type::Kind::U8;
  case wasm::BoundType::I8:
    return Type::Kind::I8;
  case wasm::BoundType::U16:
    return Type::Kind::U16;
  case wasm::BoundType::I16:
    return Type::Kind::I16;
  case wasm::BoundType::U32:
    return Type::Kind::U32;
  case wasm::BoundType::I32:
    return Type::Kind::I32;
  case wasm::BoundType::U64:
    return Type::Kind::U64;
  case wasm::BoundType::I64:
    return Type::Kind::I64;
  case wasm::BoundType::F32:
    return Type::Kind::F32;
  case wasm::BoundType::F64:
    return Type::Kind::F64;
  case wasm::BoundType::Bool:
    return Type::Kind::Bool;
  case wasm::BoundType::Str:
    return Type::Kind::Str;
  case wasm::BoundType::FuncRef:
    return Type::Kind::FuncRef;
  case wasm::BoundType::MapU32U32:
    return Type(Type::Kind::Map, u32U32);
  }
  llvm_unreachable("unknown bound type");
}
