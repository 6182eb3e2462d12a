//===- Types.h - WebAssembly value and function types -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The value types of WebAssembly 3.0 (core specification 2.3.1 to 2.3.5) as
/// small comparable values.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_TYPES_H
#define WHAMM_WASM_TYPES_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <string>

namespace whamm::wasm {

/// Abstract heap types by their one-byte encodings (binary format 5.3.3).
enum class AbstractHeap : uint8_t {
  NoExn = 0x74,
  NoFunc = 0x73,
  NoExtern = 0x72,
  None = 0x71,
  Func = 0x70,
  Extern = 0x6F,
  Any = 0x6E,
  Eq = 0x6D,
  I31 = 0x6C,
  Struct = 0x6B,
  Array = 0x6A,
  Exn = 0x69,
};

/// A value type. Numeric and vector types are identified by their encoding;
/// a reference type by nullability and heap type, which is abstract or the
/// index of a defined type. `Bot` is the unknown type of a stack slot in
/// unreachable code.
class ValType {
public:
  enum class Kind : uint8_t { Bot, I32, I64, F32, F64, V128, Ref };

  constexpr ValType() = default;
  static constexpr ValType bot() { return ValType(); }
  static constexpr ValType i32() { return ValType(Kind::I32); }
  static constexpr ValType i64() { return ValType(Kind::I64); }
  static constexpr ValType f32() { return ValType(Kind::F32); }
  static constexpr ValType f64() { return ValType(Kind::F64); }
  static constexpr ValType v128() { return ValType(Kind::V128); }
  static constexpr ValType ref(bool nullable, AbstractHeap heap) {
    ValType t(Kind::Ref);
    t.nullable = nullable;
    t.abstract = true;
    t.heap = static_cast<uint32_t>(heap);
    return t;
  }
  static constexpr ValType ref(bool nullable, uint32_t typeIndex) {
    ValType t(Kind::Ref);
    t.nullable = nullable;
    t.heap = typeIndex;
    return t;
  }
  static constexpr ValType funcref() { return ref(true, AbstractHeap::Func); }

  constexpr Kind getKind() const { return kind; }
  constexpr bool isBot() const { return kind == Kind::Bot; }
  constexpr bool isRef() const { return kind == Kind::Ref; }
  constexpr bool isNum() const {
    return kind >= Kind::I32 && kind <= Kind::F64;
  }
  constexpr bool isNullable() const { return nullable; }
  constexpr bool isAbstractRef() const { return isRef() && abstract; }
  constexpr bool isConcreteRef() const { return isRef() && !abstract; }
  /// The abstract heap type; only for isAbstractRef().
  constexpr AbstractHeap getAbstractHeap() const {
    return static_cast<AbstractHeap>(heap);
  }
  /// The index of the defined type; only for isConcreteRef().
  constexpr uint32_t getTypeIndex() const { return heap; }
  /// True where a local of this type has a default value (spec 3.2.13).
  constexpr bool isDefaultable() const { return !isRef() || nullable; }

  constexpr bool operator==(const ValType &o) const {
    return kind == o.kind && nullable == o.nullable && abstract == o.abstract &&
           heap == o.heap;
  }
  constexpr bool operator!=(const ValType &o) const { return !(*this == o); }

  /// Appends the binary encoding (5.3.5). Must not be `Bot`.
  void encode(llvm::SmallVectorImpl<uint8_t> &out) const;
  /// The type in the text format: `i32`, `funcref`, `(ref null 3)`, ...;
  /// `unknown` for Bot.
  std::string str() const;

private:
  constexpr explicit ValType(Kind kind) : kind(kind) {}
  Kind kind = Kind::Bot;
  bool nullable = false;
  bool abstract = false;
  uint32_t heap = 0;
};

} // namespace whamm::wasm

#endif // WHAMM_WASM_TYPES_H
