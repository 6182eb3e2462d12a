//===- CheckMonitor.cpp - What engines cannot do ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An engine calls monitors with values; it lets them change nothing, and does
/// not call them everywhere. What asks for more is an error that says why, and
/// that rewriting can do it.
///
//===----------------------------------------------------------------------===//

#include "MonitorConverter.h"

#include "whamm/Runtime/CoreFunctions.h"
#include "whamm/Wasm/BoundNames.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm;
using wasm::Opcode;

static LogicalResult refuse(Operation *op, const Twine &what,
                            const Twine &reason) {
  return op->emitError(what) << " cannot be used in a monitor: " << reason.str()
                             << "; instrument the application instead (-a)";
}

static bool isMode(probe::InstanceAttr instance, wasm::Mode mode) {
  return static_cast<wasm::Mode>(instance.getMode()) == mode;
}

/// Modes that no event of the engine stands for.
static LogicalResult checkModes(probe::ProbeOp op) {
  for (auto instance :
       op.getInstancesAttr().getAsRange<probe::InstanceAttr>()) {
    if (isMode(instance, wasm::Mode::Alt))
      return refuse(op, "mode 'alt'",
                    "an engine does not let it replace instructions");
    if (isMode(instance, wasm::Mode::AtTarget))
      return refuse(op, "mode 'at_target'",
                    "an engine does not say from where control has come");
    if (isMode(instance, wasm::Mode::Exit))
      return refuse(op, "mode 'exit'",
                    "an engine does not tell the end of a construct that is "
                    "fallen into from one that is branched to");
  }
  return success();
}

/// The modes in which an operand is no longer there when the engine calls.
static bool readsTooLate(probe::ProbeOp op) {
  return llvm::any_of(op.getInstancesAttr().getAsRange<probe::InstanceAttr>(),
                      [](probe::InstanceAttr instance) {
                        return isMode(instance, wasm::Mode::After) ||
                               isMode(instance, wasm::Mode::Entry);
                      });
}

static LogicalResult checkBound(probe::BoundOp op, probe::ProbeOp probeOp) {
  if (op.getName() == "segment")
    return refuse(op, "'dup_at'",
                  "an engine does not let it reach a memory "
                  "of the application");
  auto member = wasm::getFamilyMember(op.getSourceName());
  if (!member)
    return success();
  if (member->source == wasm::BoundSource::Res)
    return refuse(op, "'" + op.getName() + "'",
                  "an engine calls in front of instructions and knows no "
                  "results");
  if (isa<probe::FuncRefType>(op.getType()))
    return refuse(op, "'" + op.getName() + "'",
                  "it is a reference to a function of the application");
  if (member->source == wasm::BoundSource::Arg && readsTooLate(probeOp))
    return refuse(op, "'" + op.getName() + "' in this mode",
                  "an engine calls where the instruction has taken its "
                  "operands already");
  return success();
}

/// True for the memory of the runtime, which a monitor can reach.
static bool isCoreMemory(Value memory) {
  auto memid = memory.getDefiningOp<probe::MemIdOp>();
  return memid && memid.getLibrary() == runtime::coreModule;
}

static LogicalResult checkMemory(Operation *op, Value memory, StringRef name) {
  if (isCoreMemory(memory))
    return success();
  if (auto memid = memory.getDefiningOp<probe::MemIdOp>())
    return refuse(op,
                  "'" + name + "' on the memory of library '" +
                      memid.getLibrary() + "'",
                  "a monitor can reach no memory but its own and that of "
                  "'whamm_core'");
  return refuse(op, "'" + name + "' on a memory of the application",
                "an engine does not let it reach that");
}

static LogicalResult checkOp(Operation *op) {
  auto probeOp = op->getParentOfType<probe::ProbeOp>();
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<probe::BoundOp>([&](probe::BoundOp bound) {
        return probeOp ? checkBound(bound, probeOp) : success();
      })
      .Case<probe::BoundSetOp>([&](probe::BoundSetOp set) {
        return refuse(op, "assigning '" + set.getName() + "'",
                      "an engine lets it change nothing");
      })
      .Case<probe::AltCallOp>([&](auto) {
        return refuse(op, "'alt_call'", "an engine lets it change nothing");
      })
      .Case<probe::ResolveFuncrefOp>([&](auto) {
        return refuse(op, "the function that a slot of a table holds",
                      "an engine shows no tables");
      })
      .Case<probe::MemSizeOp>([&](probe::MemSizeOp size) {
        return checkMemory(op, size.getMemory(), "mem_size");
      })
      .Case<probe::ReadStrOp>([&](probe::ReadStrOp read) {
        // No bytes at address 0 are the same everywhere.
        if (matchPattern(read.getLen(), m_Zero()) &&
            matchPattern(read.getPtr(), m_Zero()))
          return success();
        return checkMemory(op, read.getMemory(), "read_str");
      })
      .Case<probe::MemFillOp>([&](probe::MemFillOp fill) {
        return checkMemory(op, fill.getMemory(), "dup_at");
      })
      .Case<probe::MemInitOp>([&](auto) {
        return refuse(op, "'dup_at' of a data segment",
                      "an engine does not let it use those of the application");
      })
      .Case<probe::MemCopyOp>([&](probe::MemCopyOp copy) {
        LogicalResult to = checkMemory(op, copy.getDstMemory(), "memcpy");
        return failed(to) ? to : checkMemory(op, copy.getSrcMemory(), "memcpy");
      })
      .Default([](Operation *) { return success(); });
}

/// Engines that compile have moved the results by then.
static void warnOfLocals(probe::ProbeOp op) {
  op.walk([&](probe::BoundOp bound) {
    auto member = wasm::getFamilyMember(bound.getSourceName());
    if (!member || member->source != wasm::BoundSource::Local)
      return WalkResult::advance();
    op.emitWarning("an engine that compiles may show something else as '")
        << bound.getName() << "' at the final 'end' of a function";
    return WalkResult::interrupt();
  });
}

/// What an engine sees in its own way: said once per probe.
static void warnOf(probe::ProbeOp op) {
  bool countsLandings = false, countsBlocks = false, countsExits = false,
       isAtEnd = false;
  for (auto instance :
       op.getInstancesAttr().getAsRange<probe::InstanceAttr>()) {
    const wasm::EventInfo &info = wasm::getEvents()[instance.getEvent()];
    countsLandings |=
        isMode(instance, wasm::Mode::Before) &&
        (info.opcode == Opcode::Loop || info.opcode == Opcode::End);
    countsBlocks |= info.package == wasm::Package::Block;
    countsExits |= info.package == wasm::Package::Func && info.name == "exit";
    isAtEnd |=
        isMode(instance, wasm::Mode::Before) && info.opcode == Opcode::End;
  }
  if (isAtEnd || countsExits)
    warnOfLocals(op);
  if (countsLandings)
    op.emitWarning("for an engine, a branch lands on the 'loop' or 'end' that "
                   "it goes to, so it fires there, too");
  if (countsBlocks)
    op.emitWarning("for an engine, a branch lands on the 'loop' or 'end' that "
                   "it goes to, so basic blocks that begin or end with one "
                   "fire there, too");
  if (countsExits)
    op.emitWarning("an engine does not show how exceptions of callees leave "
                   "functions");
}

/// The engine makes static calls on the same instance of a library as those of
/// run time, which sees the state that they have left.
static void warnOfLibraries(probe::ScriptOp script) {
  llvm::StringSet<> isStatic, isWarned;
  script.walk([&](probe::LibCallOp call) {
    if (call.getIsStaticCall())
      isStatic.insert(call.getLibrary());
  });
  script.walk([&](probe::LibCallOp call) {
    StringRef library = call.getLibrary();
    if (call.getIsStaticCall() || !isStatic.contains(library) ||
        !isWarned.insert(library).second)
      return;
    call.emitWarning("in an engine, library '")
        << library << "' keeps the state that '@static' calls have left";
  });
}

LogicalResult whamm::checkForMonitor(probe::ScriptOp script) {
  bool hasFailed = false;
  warnOfLibraries(script);
  for (auto op : script.getBody().getOps<probe::ProbeOp>()) {
    if (!op.getInstancesAttr())
      continue;
    if (failed(checkModes(op)))
      hasFailed = true;
    else
      warnOf(op);
  }
  script.walk([&](Operation *op) {
    auto parent = op->getParentOfType<probe::ProbeOp>();
    if (!parent || parent.getInstancesAttr())
      hasFailed |= failed(checkOp(op));
  });
  return failure(hasFailed);
}
