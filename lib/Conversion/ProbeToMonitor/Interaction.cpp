//===- Interaction.cpp - Whether two bodies see each other ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "MonitorConverter.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace whamm;

namespace {
/// What a probe does to what is not its own.
struct Effects {
  llvm::StringSet<> counted; // g = g + constant, which commutes
  llvm::StringSet<> touched; // anything else that reads or writes a global
  bool calls = false;        // code that is not seen here
};
} // namespace

/// The global that an operation adds a constant to, by `set`.
static StringRef getCounted(probe::GlobalSetOp set) {
  auto add = set.getValue().getDefiningOp<probe::AddOp>();
  auto get = add ? add.getLhs().getDefiningOp<probe::GlobalGetOp>()
                 : probe::GlobalGetOp();
  APInt amount;
  if (!get || get.getGlobal() != set.getGlobal() || !add->hasOneUse() ||
      !get->hasOneUse() || !matchPattern(add.getRhs(), m_ConstantInt(&amount)))
    return "";
  return set.getGlobal();
}

static Effects getEffects(probe::ProbeOp op) {
  Effects effects;
  SmallPtrSet<Operation *, 8> counting;
  op.walk([&](probe::GlobalSetOp set) {
    StringRef counted = getCounted(set);
    if (counted.empty()) {
      effects.touched.insert(set.getGlobal());
      return;
    }
    effects.counted.insert(counted);
    auto add = set.getValue().getDefiningOp<probe::AddOp>();
    counting.insert(add.getLhs().getDefiningOp());
  });
  op.walk([&](probe::GlobalGetOp get) {
    if (!counting.contains(get))
      effects.touched.insert(get.getGlobal());
  });
  op.walk([&](Operation *inner) {
    auto libCall = dyn_cast<probe::LibCallOp>(inner);
    effects.calls |= (libCall && !libCall.getIsStaticCall()) ||
                     isa<probe::CallOp, probe::ReadStrOp, probe::MemCopyOp,
                         probe::MemFillOp, probe::MemSizeOp>(inner);
  });
  return effects;
}

static bool meet(const llvm::StringSet<> &a, const llvm::StringSet<> &b) {
  return llvm::any_of(
      a, [&](const auto &entry) { return b.contains(entry.getKey()); });
}

bool whamm::mayInteract(probe::ProbeOp a, probe::ProbeOp b) {
  if (a->getParentOp() != b->getParentOp())
    return getEffects(a).calls && getEffects(b).calls;
  Effects first = getEffects(a), second = getEffects(b);
  auto touchesAny = [](const Effects &effects) {
    return !effects.touched.empty() || !effects.counted.empty();
  };
  // Functions of the script may do anything to its globals.
  if ((first.calls && (second.calls || touchesAny(second))) ||
      (second.calls && touchesAny(first)))
    return true;
  return meet(first.touched, second.touched) ||
         meet(first.touched, second.counted) ||
         meet(first.counted, second.touched);
}
