//===- Shape.cpp - What values look like ----------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Shape.h"

using namespace whamm::core;

namespace {

struct NamedKind {
  Text name;
  ValueKind kind;
};

constexpr NamedKind namedKinds[] = {
    {"u8", ValueKind::U8},   {"i8", ValueKind::I8},     {"u16", ValueKind::U16},
    {"i16", ValueKind::I16}, {"u32", ValueKind::U32},   {"i32", ValueKind::I32},
    {"f32", ValueKind::F32}, {"u64", ValueKind::U64},   {"i64", ValueKind::I64},
    {"f64", ValueKind::F64}, {"bool", ValueKind::Bool}, {"str", ValueKind::Str},
};

[[noreturn]] void refuse(Text context, Text problem, Text type) {
  static Buffer message;
  message.clear();
  message.append(context);
  message.append(problem);
  fail(message.text(), type);
}

ValueKind kindNamed(Text name, Text context) {
  for (const NamedKind &named : namedKinds)
    if (named.name == name)
      return named.kind;
  refuse(context, "unknown type in ", name);
}

} // namespace

void Shape::read(Text type, Text context) {
  clear();
  if (type.size && *type.data == '(')
    return readTuple(type, context);
  add(kindNamed(type, context));
}

void Shape::readTuple(Text type, Text context) {
  uint32_t depth = 0;
  bool wantsElement = true;
  for (uint32_t i = 0; i < type.size;) {
    char c = type.data[i];
    bool isName = c != '(' && c != ',' && c != ')';
    // A tuple at the outermost level is the whole text.
    bool isPlaced = depth || (c == '(' && i == 0);
    if (!isPlaced || wantsElement != (isName || c == '('))
      refuse(context, "not a tuple type: ", type);
    uint32_t begin = i++;
    if (isName) {
      while (i < type.size && type.data[i] != ',' && type.data[i] != ')')
        ++i;
      add(kindNamed({type.data + begin, i - begin}, context));
      wantsElement = false;
      continue;
    }
    buffer.append(c == ',' ? ';' : c);
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    wantsElement = c != ')';
  }
  if (depth || wantsElement)
    refuse(context, "not a tuple type: ", type);
}

uint32_t whamm::core::wordsOf(const Shape &shape) {
  uint32_t words = 0;
  for (uint32_t i = 0; i < shape.size(); ++i)
    if (!Shape::isPunctuation(shape[i]))
      words += wordsOf(static_cast<ValueKind>(shape[i]));
  return words;
}
