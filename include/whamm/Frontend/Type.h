//===- Type.h - Types of the script language --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The types of scripts as small values. Tuples and maps refer to element
/// types that live in an ASTContext.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_FRONTEND_TYPE_H
#define WHAMM_FRONTEND_TYPE_H

#include "whamm/Wasm/Events.h"

#include "llvm/ADT/ArrayRef.h"

#include <cassert>
#include <cstdint>
#include <string>

namespace whamm::frontend {

/// A type of the script language, compared structurally.
class Type {
public:
  enum class Kind : uint8_t {
    /// Of nodes that are not checked yet, and of those that failed the check.
    Error,
    // The kinds up to F64 are the numeric ones, in order of width.
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    Bool,
    Str,
    FuncRef,
    Tuple, // the empty tuple is the unit type
    Map,   // elements: key, value
  };

  constexpr Type() = default;
  constexpr Type(Kind kind) : kind(kind) {}
  /// A tuple or map type. The elements must outlive the type.
  Type(Kind kind, llvm::ArrayRef<Type> elements)
      : kind(kind), numElements(elements.size()), elements(elements.data()) {}

  constexpr Kind getKind() const { return kind; }
  /// Elements of a tuple; key and value of a map.
  llvm::ArrayRef<Type> getElements() const { return {elements, numElements}; }

  constexpr bool isError() const { return kind == Kind::Error; }
  constexpr bool isBool() const { return kind == Kind::Bool; }
  constexpr bool isStr() const { return kind == Kind::Str; }
  constexpr bool isInteger() const {
    return kind >= Kind::U8 && kind <= Kind::I64;
  }
  constexpr bool isFloat() const {
    return kind == Kind::F32 || kind == Kind::F64;
  }
  constexpr bool isNumeric() const { return isInteger() || isFloat(); }
  constexpr bool isSignedInteger() const {
    return isInteger() && (static_cast<unsigned>(kind) & 1) == 0;
  }
  constexpr bool isUnsignedInteger() const {
    return isInteger() && !isSignedInteger();
  }
  /// Width in bits of a numeric type; 1 for bool.
  unsigned getBitWidth() const;

  bool operator==(const Type &other) const;
  bool operator!=(const Type &other) const { return !(*this == other); }

  /// The type as scripts write it, e.g. `u32` or `map<u32, (i32, str)>`.
  std::string str() const;

private:
  Kind kind = Kind::Error;
  uint32_t numElements = 0;
  const Type *elements = nullptr;
};

/// The type of a bound variable. Error for `unknown`.
Type getTypeOf(wasm::BoundType type);

} // namespace whamm::frontend

#endif // WHAMM_FRONTEND_TYPE_H
