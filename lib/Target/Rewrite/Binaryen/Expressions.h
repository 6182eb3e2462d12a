//===- Expressions.h - Walking Binaryen's expressions -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A generic walk over the C API's expressions: children and labels of each
/// kind come from td/Binaryen/Expressions.td. Nothing here recurses: nesting
/// may be tens of thousands deep.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_BINARYEN_EXPRESSIONS_H
#define WHAMM_LIB_TARGET_REWRITE_BINARYEN_EXPRESSIONS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <binaryen-c.h>

namespace whamm::rewrite::binaryen {

/// How to reach a child, or a list of children, of a kind of expression.
struct ChildField {
  BinaryenExpressionRef (*get)(BinaryenExpressionRef);
  void (*set)(BinaryenExpressionRef, BinaryenExpressionRef);
  BinaryenIndex (*count)(BinaryenExpressionRef); // null: a single child
  BinaryenExpressionRef (*getAt)(BinaryenExpressionRef, BinaryenIndex);
  void (*setAt)(BinaryenExpressionRef, BinaryenIndex, BinaryenExpressionRef);
  bool optional;
};

/// How to reach a label, or a list of labels.
struct LabelField {
  const char *(*get)(BinaryenExpressionRef);
  void (*set)(BinaryenExpressionRef, const char *);
  BinaryenIndex (*count)(BinaryenExpressionRef); // null: a single label
  const char *(*getAt)(BinaryenExpressionRef, BinaryenIndex);
  void (*setAt)(BinaryenExpressionRef, BinaryenIndex, const char *);
  bool definition; // of a label; else a branch to one
};

struct ExpressionKind {
  llvm::StringLiteral name;
  BinaryenExpressionId (*id)();
  llvm::ArrayRef<ChildField> children; // in evaluation order
  llvm::ArrayRef<LabelField> labels;
  /// The C API does not reach all children.
  bool opaque;
};

/// All kinds that the linked version has and the table knows.
llvm::ArrayRef<ExpressionKind> getExpressionKinds();

/// The kind of an expression, or null where the table does not know it.
const ExpressionKind *getKind(BinaryenExpressionRef expr);

/// The place of a child in its parent: where a replacement goes. Without a
/// parent it is the root of a walk.
class Slot {
public:
  Slot() = default;
  Slot(BinaryenExpressionRef parent, const ChildField &field,
       BinaryenIndex index)
      : parent(parent), field(&field), index(index) {}
  bool isRoot() const { return !field; }
  /// Puts `child` into the place; not for roots.
  void set(BinaryenExpressionRef child) const {
    if (field->count)
      field->setAt(parent, index, child);
    else
      field->set(parent, child);
  }

private:
  BinaryenExpressionRef parent = nullptr;
  const ChildField *field = nullptr;
  BinaryenIndex index = 0;
};

using ExpressionCallback =
    llvm::function_ref<void(BinaryenExpressionRef, Slot)>;

/// Calls `callback` for every child of `expr`, in evaluation order. False, and
/// no call, where the children of this kind cannot be reached.
bool walkChildren(BinaryenExpressionRef expr, ExpressionCallback callback);

/// Calls `callback` for every expression of the tree: parents before their
/// children, siblings in evaluation order. False where the tree has an
/// expression whose children cannot be reached; the walk stops there. The
/// callback must not change the tree.
bool walkTree(BinaryenExpressionRef root, ExpressionCallback callback);

/// The same, children before their parents: the order of evaluation.
bool walkPostOrder(BinaryenExpressionRef root, ExpressionCallback callback);

/// Calls `rename` with every label that `expr` itself defines or branches to
/// and stores the name that it returns.
void renameLabels(BinaryenExpressionRef expr,
                  llvm::function_ref<const char *(const char *)> rename);

} // namespace whamm::rewrite::binaryen

#endif // WHAMM_LIB_TARGET_REWRITE_BINARYEN_EXPRESSIONS_H
