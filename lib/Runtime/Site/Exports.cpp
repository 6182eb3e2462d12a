//===- Exports.cpp - Facts about sites ------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Exports.h"

#include "Function.h"

using namespace whamm::site;

/// A site that has been looked up.
namespace {
struct Site {
  Function &function = getFunction();
  uint32_t index;

  Site(uint32_t fid, uint32_t pc) {
    function.select(fid);
    index = function.find(pc);
  }
  bool exists() const { return index != none; }
  const Instr &instr() const { return function[index]; }
  const Shape &shape() const { return function.getShapeOf(index); }
  const Immediates &immediates() const { return function.getImmediates(index); }
  bool isTable() const {
    return exists() && shape().form == ImmForm::LabelTable;
  }
};
} // namespace

/// The offset of an instruction, -1 for none.
static int32_t getPc(const Function &function, uint32_t index) {
  return index < function.size() ? static_cast<int32_t>(function[index].pc)
                                 : -1;
}

void *site_alloc(uint32_t size) { return allocate(size); }

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

int32_t site_event(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  return site.exists() ? getEvent(site.instr().opcode) : -1;
}

namespace {
/// Where a walk is: a function, and the index of an instruction.
struct Walk {
  uint32_t fid = 0, index = 0;
  bool hasBegun = false;
};
} // namespace

static Walk &getWalk(uint32_t number) {
  static Walk walks[4];
  return walks[number & 3];
}

int32_t walk_next(uint32_t number) {
  Walk &walk = getWalk(number);
  Function &function = getFunction();
  if (walk.hasBegun) {
    ++walk.index;
  } else {
    walk = {getModule().functionImports.size(), 0, true};
  }
  function.select(walk.fid);
  while (walk.index >= function.size()) {
    if (walk.fid >= getModule().functions.size())
      return -1; // engines do not come here
    function.select(++walk.fid);
    walk.index = 0;
  }
  return getEvent(function[walk.index].opcode);
}

uint32_t walk_fid(uint32_t number) { return getWalk(number).fid; }

uint32_t walk_pc(uint32_t number) {
  Walk &walk = getWalk(number);
  Function &function = getFunction();
  function.select(walk.fid);
  return function[walk.index].pc;
}

int32_t site_opidx(uint32_t fid, uint32_t pc) {
  return static_cast<int32_t>(Site(fid, pc).index);
}

int32_t site_pc_before(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  // none, less one, does not exist either.
  return getPc(site.function, site.index - 1);
}

int32_t site_pc_after(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  return site.exists() ? getPc(site.function, site.index + 1) : -1;
}

int32_t site_pc_at(uint32_t fid, uint32_t opidx) {
  Function &function = getFunction();
  function.select(fid);
  return getPc(function, opidx);
}

uint32_t site_is_func_end(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  return site.exists() && site.index + 1 == site.function.size();
}

int32_t site_opener(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  if (!site.exists() || !closesArm(site.shape().rule))
    return -1;
  return getPc(site.function, site.instr().opener);
}

int32_t site_end_of(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  if (!site.exists())
    return -1;
  uint32_t last = none;
  for (uint32_t next = site.instr().next; next != none;
       next = site.function[next].next)
    last = next;
  return getPc(site.function, last);
}

int32_t site_else_of(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  if (!site.exists() || site.instr().opcode != Opcode::If ||
      site.function[site.instr().next].opcode != Opcode::Else)
    return -1;
  return getPc(site.function, site.instr().next);
}

/// False where control goes elsewhere from an instruction in any case.
static bool fallsThrough(const Shape &shape) {
  return !shape.isTerminator && shape.rule != TypeRule::Else &&
         shape.rule != TypeRule::Catch;
}

uint32_t site_follows_only(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  if (!site.exists() || site.index == 0 ||
      !fallsThrough(site.function.getShapeOf(site.index - 1)))
    return 0;
  const Shape &shape = site.shape();
  if (site.instr().opcode == Opcode::Loop || shape.rule == TypeRule::Catch)
    return 0;
  if (!closesConstruct(shape.rule))
    return 1;
  site.function.findBlocks();
  return !site.instr().has(Instr::IsJoin);
}

uint32_t site_is_reachable(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  site.function.findTypes();
  return !site.exists() || !site.instr().has(Instr::IsDead);
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

uint32_t site_arg(uint32_t fid, uint32_t pc, uint32_t n) {
  Site site(fid, pc);
  if (!site.exists())
    return 0;
  return static_cast<uint32_t>(site.function.getOperand(site.index, n));
}

uint32_t site_local(uint32_t fid, uint32_t n) {
  Function &function = getFunction();
  function.select(fid);
  const Array<Type> &locals = function.getLocals();
  return n < locals.size() ? static_cast<uint32_t>(locals[n]) : 0;
}

int32_t site_func_type(uint32_t fid) {
  const Array<uint32_t> &functions = getModule().functions;
  return fid < functions.size() ? static_cast<int32_t>(functions[fid]) : -1;
}

//===----------------------------------------------------------------------===//
// Immediates
//===----------------------------------------------------------------------===//

/// Finds the language's immediate n; false where there is none.
static bool getImmediate(const Site &site, uint32_t n, uint64_t &value) {
  if (!site.exists())
    return false;
  const Immediates &imms = site.immediates();
  switch (site.shape().form) {
  case ImmForm::LabelTable:
    if (n >= imms.labels.size())
      return false;
    value = imms.labels[n];
    return true;
  case ImmForm::ConstI32:
  case ImmForm::ConstI64:
  case ImmForm::ConstF32:
  case ImmForm::ConstF64:
    value = imms.bits;
    return n == 0;
  default:
    if (n >= imms.numPlain)
      return false;
    value = imms.plain[n];
    return true;
  }
}

uint32_t site_has_imm(uint32_t fid, uint32_t pc, uint32_t n) {
  uint64_t value;
  return getImmediate(Site(fid, pc), n, value);
}

int64_t site_imm(uint32_t fid, uint32_t pc, uint32_t n) {
  uint64_t value;
  return getImmediate(Site(fid, pc), n, value) ? static_cast<int64_t>(value)
                                               : 0;
}

uint32_t site_mem_memory(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  return site.exists() ? site.immediates().memory : 0;
}

uint32_t site_mem_align(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  return site.exists() ? site.immediates().align : 0;
}

uint64_t site_mem_offset(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  return site.exists() ? site.immediates().offset : 0;
}

int32_t site_num_targets(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  if (!site.isTable())
    return -1;
  return static_cast<int32_t>(site.immediates().labels.size() - 1);
}

int32_t site_target(uint32_t fid, uint32_t pc, uint32_t n) {
  Site site(fid, pc);
  if (!site.isTable() || n >= site.immediates().labels.size())
    return -1;
  return static_cast<int32_t>(site.immediates().labels[n]);
}

int32_t site_default_target(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  if (!site.isTable())
    return -1;
  return static_cast<int32_t>(site.immediates().labels.back());
}

int32_t site_resolved_fid(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  if (!site.exists())
    return -1;
  bool isOwn = site.instr().opcode == Opcode::RefFunc;
  if (!isOwn && (site.index == 0 ||
                 site.function[site.index - 1].opcode != Opcode::RefFunc))
    return -1;
  uint32_t index = isOwn ? site.index : site.index - 1;
  return static_cast<int32_t>(site.function.getImmediates(index).plain[0]);
}

uint32_t site_is_proc_exit(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  return site.exists() && site.shape().rule == TypeRule::Call &&
         getModule().isProcExit(site.immediates().plain[0]);
}

//===----------------------------------------------------------------------===//
// Basic blocks
//===----------------------------------------------------------------------===//

/// A flag of the instruction at a site.
static bool hasBlockFlag(uint32_t fid, uint32_t pc, Instr::Flag flag) {
  Site site(fid, pc);
  site.function.findBlocks();
  return site.exists() && site.instr().has(flag);
}

uint32_t site_block_start(uint32_t fid, uint32_t pc) {
  return hasBlockFlag(fid, pc, Instr::StartsBlock);
}

uint32_t site_block_end(uint32_t fid, uint32_t pc) {
  return hasBlockFlag(fid, pc, Instr::EndsBlock);
}

uint32_t site_block_count(uint32_t fid, uint32_t pc) {
  Site site(fid, pc);
  site.function.findBlocks();
  return site.exists() ? site.function.getBlockCount(site.index) : 0;
}
