//===- CheckElements.cpp - Maps and tuples --------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"

using namespace whamm;
using namespace whamm::frontend;

Expr *Checker::checkMapGet(const MapGetExpr *expr) {
  IdentExpr *map = resolveName(expr->map);
  if (!map) {
    check(expr->key); // for its errors
    return nullptr;
  }
  if (map->type.getKind() != Type::Kind::Map) {
    error(expr->getRange(),
          "'" + map->name + "' is not a map but '" + map->type.str() + "'");
    return nullptr;
  }
  llvm::ArrayRef<Type> types = map->type.getElements();
  Expr *key =
      checkConverted(expr->key, types[0], "the key of '" + map->name + "'");
  if (!key)
    return nullptr;
  auto *node = context.create<MapGetExpr>(expr->getRange(), map, key);
  node->type = types[1];
  return node;
}

Expr *Checker::checkTupleGet(const TupleGetExpr *expr) {
  IdentExpr *tuple = resolveName(expr->tuple);
  if (!tuple)
    return nullptr;
  Type type = tuple->type;
  std::string name = ("'" + tuple->name).str();
  for (unsigned index : expr->path) {
    if (type.getKind() != Type::Kind::Tuple) {
      error(expr->getRange(),
            name + "' is not a tuple but '" + type.str() + "'");
      return nullptr;
    }
    size_t size = type.getElements().size();
    if (index >= size) {
      error(expr->getRange(), name + "' has no element " + llvm::Twine(index) +
                                  ": its type is '" + type.str() + "'");
      return nullptr;
    }
    name += "." + std::to_string(index);
    type = type.getElements()[index];
  }
  auto *node =
      context.create<TupleGetExpr>(expr->getRange(), tuple, expr->path);
  node->type = type;
  return node;
}

/// Elements take the types that are expected of them.
Expr *Checker::checkTuple(const TupleExpr *expr, Type expected) {
  llvm::ArrayRef<Type> expectedTypes;
  if (expected.getKind() == Type::Kind::Tuple &&
      expected.getElements().size() == expr->elements.size())
    expectedTypes = expected.getElements();
  llvm::SmallVector<Expr *> elements;
  llvm::SmallVector<Type> types;
  bool good = true;
  for (const auto &[index, element] : llvm::enumerate(expr->elements)) {
    Type type = expectedTypes.empty() ? Type() : expectedTypes[index];
    Expr *checked = check(element, type);
    if (checked && checked->type.getKind() == Type::Kind::FuncRef) {
      error(element->getRange(), "a 'funcref' cannot be part of a tuple: it "
                                 "cannot be stored");
      checked = nullptr;
    }
    good &= checked != nullptr;
    elements.push_back(checked);
    types.push_back(checked ? checked->type : Type());
  }
  if (!good)
    return nullptr;
  auto *node = context.create<TupleExpr>(
      expr->getRange(), context.copy(llvm::ArrayRef<Expr *>(elements)));
  node->type =
      Type(Type::Kind::Tuple, context.copy(llvm::ArrayRef<Type>(types)));
  return node;
}
