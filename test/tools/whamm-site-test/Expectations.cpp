//===- Expectations.cpp - What the site module has to say -------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Expectations.h"

#include "whamm/Wasm/Blocks.h"
#include "whamm/Wasm/Events.h"
#include "whamm/Wasm/TypeStack.h"

using namespace whamm::wasm;

uint32_t getTypeByte(const Module &module, ValType type) {
  switch (type.getKind()) {
  case ValType::Kind::Bot:
    return 0;
  case ValType::Kind::I32:
    return 0x7F;
  case ValType::Kind::I64:
    return 0x7E;
  case ValType::Kind::F32:
    return 0x7D;
  case ValType::Kind::F64:
    return 0x7C;
  case ValType::Kind::V128:
    return 0x7B;
  case ValType::Kind::Ref:
    return module.isSubtype(type, ValType::funcref()) ? 0x70 : 0x6F;
  }
  llvm_unreachable("all kinds are covered");
}

static ImmValues getImmediates(const Instr &instr) {
  if (!instr.targets.empty() && instr.opcode == Opcode::BrTable)
    return ImmValues(instr.targets.begin(), instr.targets.end());
  switch (instr.opcode) {
  case Opcode::I32Const:
  case Opcode::I64Const:
  case Opcode::F32Const:
  case Opcode::F64Const:
    return {static_cast<int64_t>(instr.constBits)};
  default:
    return ImmValues(instr.imms, instr.imms + instr.numImms);
  }
}

namespace {
/// Follows constructs and where control comes from.
class Nesting {
public:
  explicit Nesting(std::vector<SiteExpectation> &sites) : sites(sites) {}

  void step(const Instr &instr);

private:
  struct Construct {
    size_t opener; // of sites; npos for the function
    bool isReachedOtherwise = false;
    std::vector<size_t> arms = {};
  };
  static constexpr size_t npos = -1;

  void branchTo(uint32_t label) {
    constructs[constructs.size() - 1 - label].isReachedOtherwise = true;
  }
  void branch(const Instr &instr);
  void startArm(SiteExpectation &site);
  void close(SiteExpectation &site);

  std::vector<SiteExpectation> &sites;
  std::vector<Construct> constructs = {{npos}};
};
} // namespace

/// Notes the constructs that an instruction can jump out of.
void Nesting::branch(const Instr &instr) {
  switch (instr.opcode) {
  case Opcode::Br:
  case Opcode::BrIf:
  case Opcode::BrOnNull:
  case Opcode::BrOnNonNull:
  case Opcode::BrOnCast:
  case Opcode::BrOnCastFail:
    return branchTo(instr.imms[0]);
  case Opcode::BrTable:
    for (uint32_t label : instr.targets)
      branchTo(label);
    return;
  case Opcode::TryTable:
    for (const CatchClause &clause : instr.catches)
      branchTo(clause.label);
    return;
  default:
    return;
  }
}

void Nesting::close(SiteExpectation &site) {
  Construct closed = constructs.back();
  constructs.pop_back();
  if (closed.opener != npos) {
    site.opener = sites[closed.opener].pc;
    sites[closed.opener].endOf = site.pc;
    for (size_t arm : closed.arms)
      sites[arm].endOf = site.pc;
  }
  Opcode opener =
      closed.opener == npos ? Opcode::Block : sites[closed.opener].opcode;
  bool isLoop = opener == Opcode::Loop;
  bool isJoin = opener == Opcode::If || (!isLoop && closed.isReachedOtherwise);
  site.followsOnly = !isJoin;
}

static bool isHandler(Opcode opcode) {
  return opcode == Opcode::Catch || opcode == Opcode::CatchAll;
}

void Nesting::startArm(SiteExpectation &site) {
  Construct &construct = constructs.back();
  construct.arms.push_back(sites.size() - 1);
  SiteExpectation &opener = sites[construct.opener];
  site.opener = opener.pc;
  if (isHandler(site.opcode)) {
    construct.isReachedOtherwise = true;
    site.followsOnly = false;
  } else {
    opener.elseOf = site.pc;
  }
}

void Nesting::step(const Instr &instr) {
  SiteExpectation &site = sites.back();
  site.followsOnly = true;
  branch(instr);
  if (isBlockLike(instr.opcode)) {
    constructs.push_back({sites.size() - 1});
    site.followsOnly = instr.opcode != Opcode::Loop;
  } else if (instr.opcode == Opcode::End || instr.opcode == Opcode::Delegate) {
    close(site);
  } else if (instr.opcode == Opcode::Else || isHandler(instr.opcode)) {
    startArm(site);
  }
  if (sites.size() == 1) {
    site.followsOnly = false;
    return;
  }
  Opcode before = sites[sites.size() - 2].opcode;
  if (isTerminator(before) || before == Opcode::Else || isHandler(before))
    site.followsOnly = false;
}

/// What the instruction alone tells.
static SiteExpectation getOwnFacts(const Module &module, const Instr &instr) {
  SiteExpectation site;
  site.opcode = instr.opcode;
  site.pc = instr.pc;
  if (std::optional<EventId> event = getEventOf(instr.opcode))
    site.event = *event;
  site.imms = getImmediates(instr);
  site.isTable = instr.opcode == Opcode::BrTable;
  ImmForm form = getOpcodeInfo(instr.opcode).form;
  if (form == ImmForm::MemAccess || form == ImmForm::MemAccessLane) {
    site.memory = instr.mem.memory;
    site.align = instr.mem.align;
    site.offset = instr.mem.offset;
  }
  if (instr.opcode == Opcode::RefFunc)
    site.resolvedFid = instr.imms[0];
  site.isProcExit =
      (instr.opcode == Opcode::Call || instr.opcode == Opcode::ReturnCall) &&
      module.isProcExit(instr.imms[0]);
  return site;
}

llvm::Expected<FunctionExpectation> getExpectation(const Module &module,
                                                   uint32_t defined) {
  FunctionExpectation result;
  std::vector<SiteExpectation> &sites = result.sites;
  TypeStack types(module, defined);
  BlockTracker blocks(module);
  blocks.enter();
  Nesting nesting(sites);
  FunctionCursor cursor(module, defined);
  int64_t previousRefFunc = -1;
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    sites.push_back(getOwnFacts(module, instr));
    SiteExpectation &site = sites.back();
    site.isFunctionEnd = cursor.isFunctionEnd();
    if (llvm::Error error = types.step(instr))
      return std::move(error);
    site.isReachable = types.wasReachable();
    for (ValType type : types.operands())
      site.args.push_back(getTypeByte(module, type));
    blocks.step(instr);
    site.blockStart = blocks.startsBlock();
    site.blockEnd = blocks.endsBlock();
    site.blockCount = blocks.getInstrCount();
    nesting.step(instr);
    int64_t ownRefFunc = site.resolvedFid;
    if (ownRefFunc < 0)
      site.resolvedFid = previousRefFunc;
    previousRefFunc = ownRefFunc;
  }
  if (llvm::Error error = cursor.takeError())
    return std::move(error);
  for (size_t i = 1; i < sites.size(); ++i) {
    sites[i].pcBefore = sites[i - 1].pc;
    sites[i - 1].pcAfter = sites[i].pc;
  }
  for (ValType type : types.locals())
    result.locals.push_back(getTypeByte(module, type));
  return result;
}
