//===- Expressions.cpp - Walking Binaryen's expressions -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Expressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace whamm::rewrite::binaryen {

namespace {
#include "whamm/Target/Rewrite/BinaryenExpressions.inc"
} // namespace

llvm::ArrayRef<ExpressionKind> getExpressionKinds() { return kKinds; }

const ExpressionKind *getKind(BinaryenExpressionRef expr) {
  // Ids differ between versions and are known at run time only.
  static const auto byId = [] {
    llvm::SmallVector<const ExpressionKind *, 128> table;
    for (const ExpressionKind &kind : kKinds) {
      BinaryenExpressionId id = kind.id();
      if (id >= table.size())
        table.resize(id + 1, nullptr);
      table[id] = &kind;
    }
    return table;
  }();
  BinaryenExpressionId id = BinaryenExpressionGetId(expr);
  return id < byId.size() ? byId[id] : nullptr;
}

/// Calls `callback` for the children that `fields` reach.
static void visitFields(BinaryenExpressionRef expr,
                        llvm::ArrayRef<ChildField> fields,
                        ExpressionCallback callback) {
  for (const ChildField &field : fields) {
    if (!field.count) {
      BinaryenExpressionRef child = field.get(expr);
      if (child || !field.optional)
        callback(child, Slot(expr, field, 0));
      continue;
    }
    for (BinaryenIndex i = 0, e = field.count(expr); i != e; ++i)
      callback(field.getAt(expr, i), Slot(expr, field, i));
  }
}

bool walkChildren(BinaryenExpressionRef expr, ExpressionCallback callback) {
  const ExpressionKind *kind = getKind(expr);
  if (!kind || kind->opaque)
    return false;
  visitFields(expr, kind->children, callback);
  return true;
}

bool walkTree(BinaryenExpressionRef root, ExpressionCallback callback) {
  llvm::SmallVector<std::pair<BinaryenExpressionRef, Slot>, 64> stack;
  stack.push_back({root, Slot()});
  while (!stack.empty()) {
    auto [expr, slot] = stack.pop_back_val();
    callback(expr, slot);
    size_t first = stack.size();
    if (!walkChildren(expr, [&](BinaryenExpressionRef child, Slot place) {
          stack.push_back({child, place});
        }))
      return false;
    std::reverse(stack.begin() + first, stack.end());
  }
  return true;
}

bool walkPostOrder(BinaryenExpressionRef root, ExpressionCallback callback) {
  struct Frame {
    BinaryenExpressionRef expr;
    Slot slot;
    bool expanded;
  };
  llvm::SmallVector<Frame, 64> stack;
  stack.push_back({root, Slot(), false});
  while (!stack.empty()) {
    Frame frame = stack.back();
    const ExpressionKind *kind = getKind(frame.expr);
    if (!kind || kind->opaque)
      return false;
    if (frame.expanded || kind->children.empty()) {
      stack.pop_back();
      callback(frame.expr, frame.slot);
      continue;
    }
    stack.back().expanded = true;
    size_t first = stack.size();
    visitFields(frame.expr, kind->children,
                [&](BinaryenExpressionRef child, Slot place) {
                  stack.push_back({child, place, false});
                });
    std::reverse(stack.begin() + first, stack.end());
  }
  return true;
}

void renameLabels(BinaryenExpressionRef expr,
                  llvm::function_ref<const char *(const char *)> rename) {
  const ExpressionKind *kind = getKind(expr);
  if (!kind)
    return;
  for (const LabelField &label : kind->labels) {
    if (!label.count) {
      if (const char *name = label.get(expr))
        label.set(expr, rename(name));
      continue;
    }
    for (BinaryenIndex i = 0, e = label.count(expr); i != e; ++i)
      label.setAt(expr, i, rename(label.getAt(expr, i)));
  }
}

} // namespace whamm::rewrite::binaryen
