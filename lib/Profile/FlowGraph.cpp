//===- FlowGraph.cpp - Flow of control for counting -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Profile/FlowGraph.h"

using namespace whamm;
using namespace whamm::profile;
using wasm::ImmForm;
using wasm::Instr;
using wasm::Opcode;

// Guesses, as static branch predictors make them (Ball and Larus, "Branch
// prediction for free", 1993): a loop runs a few times, a branch out of it is
// rare, other branches go either way.
static constexpr float loopRounds = 8, loopExitShare = 0.1F, evenShare = 0.5F;
/// Deep nests would overflow the estimates.
static constexpr float maxFrequency = 1e9F;

//===----------------------------------------------------------------------===//
// Vertices
//===----------------------------------------------------------------------===//

uint32_t FlowGraph::addVertex() {
  vertices.grow(numVertices + 1);
  return numVertices++;
}

/// Numbers what is left of the vertices densely, the outside first.
void FlowGraph::renumber() {
  vertices.compress();
  numVertices = vertices.getNumClasses();
  for (FlowEdge &edge : edges) {
    edge.from = vertices[edge.from];
    edge.to = vertices[edge.to];
  }
}

//===----------------------------------------------------------------------===//
// Blocks and branches
//===----------------------------------------------------------------------===//

void FlowGraph::openBlock(uint32_t opidx) {
  inBlock = true;
  if (!isLive) {
    blocks.push_back({opidx, noEdge});
    return;
  }
  uint32_t end = addVertex();
  blocks.push_back({opidx, static_cast<uint32_t>(edges.size())});
  if (arm)
    branches[arm->first].edges[arm->second] = edges.size();
  arm.reset();
  edges.push_back({opidx, CountAt::Enter, vertex, end, loopDepth, frequency});
  vertex = end;
}

void FlowGraph::closeBlock(uint32_t to) {
  if (isLive)
    merge(to, vertex);
  inBlock = false;
  isLive = false;
}

/// Lets the next block begin at a vertex.
void FlowGraph::goOn(uint32_t from, float estimate) {
  vertex = from;
  frequency = std::min(estimate, maxFrequency);
  inBlock = false;
  isLive = true;
}

/// The vertex that a label leads to; notes that something goes there.
uint32_t FlowGraph::takeLabel(uint32_t label, uint32_t opidx) {
  if (label >= frames.size())
    return outside; // not valid; validation says so
  Frame &target = frames[frames.size() - 1 - label];
  target.isJoin = true;
  if (label + 1 == frames.size() &&
      (exits.empty() || exits.back().opidx != opidx))
    addExit(opidx);
  return target.target;
}

/// An edge of its own, from the end of the current block.
uint32_t FlowGraph::addBranch(uint32_t opidx, bool taken, uint32_t to,
                              float share) {
  edges.push_back({opidx, taken ? CountAt::Taken : CountAt::NotTaken, vertex,
                   to, loopDepth, frequency * share});
  return edges.size() - 1;
}

void FlowGraph::stepBrIf(const Instr &instr) {
  uint32_t label = instr.imms[0];
  bool isBack = label < frames.size() &&
                frames[frames.size() - 1 - label].opcode == Opcode::Loop;
  bool leavesLoop = false;
  for (uint32_t i = 0; i <= label && i < frames.size(); ++i)
    leavesLoop |= frames[frames.size() - 1 - i].opcode == Opcode::Loop;
  float share = isBack       ? 1 - 1 / loopRounds
                : leavesLoop ? loopExitShare
                             : evenShare;
  uint32_t to = takeLabel(label, instr.opidx);
  uint32_t taken = addBranch(instr.opidx, true, to, share);
  branches.push_back({instr.opidx, {noEdge, taken}});
  arm = {branches.size() - 1, false};
  goOn(vertex, frequency * (1 - share));
}

/// All targets of a `br_table` become one vertex: which way it goes cannot be
/// counted by one addition.
void FlowGraph::takeTable(const Instr &instr) {
  for (uint32_t label : instr.targets)
    merge(takeLabel(label, instr.opidx), vertex);
  closeBlock(vertex);
}

//===----------------------------------------------------------------------===//
// Constructs
//===----------------------------------------------------------------------===//

void FlowGraph::pushFrame(const Instr &instr) {
  Frame frame{instr.opcode, addVertex(), false, isLive, frequency};
  if (instr.opcode == Opcode::TryTable)
    for (const wasm::CatchClause &clause : instr.catches) {
      // Labels count from outside of the construct. What throws is not known.
      uint32_t target = takeLabel(clause.label, instr.opidx);
      if (isLive)
        merge(outside, target);
    }
  if (instr.opcode == Opcode::Loop) {
    ++loopDepth;
    closeBlock(frame.target);
    if (frame.isLive)
      goOn(frame.target, frequency * loopRounds);
  } else if (instr.opcode == Opcode::If && isLive) {
    frame.from = vertex;
    frame.branch = branches.size();
    branches.push_back({instr.opidx, {noEdge, noEdge}});
    arm = {frame.branch, true};
    goOn(vertex, frequency * evenShare);
  } else if (instr.opcode == Opcode::If) {
    inBlock = false;
  }
  frames.push_back(frame);
}

/// `else`, `catch`, `catch_all`: one arm goes behind the construct, another
/// one begins.
void FlowGraph::stepDivider(const Instr &instr) {
  if (frames.empty())
    return;
  Frame &frame = frames.back();
  frame.isJoin |= isLive || instr.opcode != Opcode::Else;
  closeBlock(frame.target);
  if (!frame.isLive)
    return;
  if (instr.opcode != Opcode::Else)
    return goOn(outside, frame.frequency * loopExitShare);
  frame.hasElse = true;
  arm = {frame.branch, false};
  goOn(frame.from, frame.frequency * evenShare);
}

void FlowGraph::stepEnd(const Instr &instr) {
  Frame frame = frames.pop_back_val();
  if (frame.opcode == Opcode::Loop) {
    --loopDepth; // falls through; branches go to the head
    frequency = frame.isLive && isLive ? frame.frequency : frequency;
    return;
  }
  bool isOpenIf = frame.opcode == Opcode::If && !frame.hasElse && frame.isLive;
  if (!frame.isJoin && !isOpenIf && frame.opcode != Opcode::If &&
      instr.opcode != Opcode::Delegate)
    return; // nothing but the code in it comes here
  if (isOpenIf) {
    // Not addBranch(): the edge comes from the `if`.
    branches[frame.branch].edges[false] = edges.size();
    edges.push_back({branches[frame.branch].opidx, CountAt::NotTaken,
                     frame.from, frame.target, loopDepth,
                     frame.frequency * evenShare});
  }
  bool continues = isLive || isOpenIf || (frame.isJoin && frame.isLive);
  closeBlock(frame.target);
  if (continues)
    goOn(frame.target, frame.frequency);
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

void FlowGraph::start() {
  edges.clear();
  blocks.clear();
  branches.clear();
  exits.clear();
  vertices.clear();
  numVertices = 0;
  frames.clear();
  arm.reset();
  addVertex(); // outside
  loopDepth = 0;
  endsInside = false;
  frames.push_back({Opcode::Block, outside, true, true, 1});
  goOn(outside, 1);
}

/// What leaves the block in live code.
void FlowGraph::stepLive(const Instr &instr) {
  switch (instr.opcode) {
  case Opcode::Br:
    return closeBlock(takeLabel(instr.imms[0], instr.opidx));
  case Opcode::BrIf:
    return stepBrIf(instr);
  case Opcode::BrTable:
    return takeTable(instr);
  case Opcode::Throw:
  case Opcode::ThrowRef:
  case Opcode::Rethrow:
    endsInside = true;
    break;
  default:
    break;
  }
  ImmForm form = wasm::getOpcodeInfo(instr.opcode).form;
  if (form == ImmForm::CastBranch ||
      (form == ImmForm::Label && !wasm::isTerminator(instr.opcode) &&
       instr.opcode != Opcode::Delegate)) { // `br_on_…`
    merge(takeLabel(instr.imms[0], instr.opidx), vertex);
    goOn(vertex, frequency);
  } else if (wasm::isTerminator(instr.opcode)) {
    addExit(instr.opidx);
    closeBlock(outside);
  } else if (effects.mayEndAt(instr)) {
    endsInside = true;
    addExit(instr.opidx);
    float estimate = frequency;
    closeBlock(outside);
    goOn(outside, estimate);
  }
}

void FlowGraph::step(const Instr &instr, bool isFinal) {
  if (!inBlock)
    openBlock(instr.opidx);
  if (isFinal) {
    if (isLive)
      addExit(instr.opidx);
    return closeBlock(outside);
  }
  switch (instr.opcode) {
  case Opcode::Else:
  case Opcode::Catch:
  case Opcode::CatchAll:
    return stepDivider(instr);
  case Opcode::End:
  case Opcode::Delegate:
    return stepEnd(instr);
  default:
    break;
  }
  if (wasm::isBlockLike(instr.opcode))
    return pushFrame(instr);
  if (isLive)
    stepLive(instr);
}

llvm::Error FlowGraph::build(uint32_t defined) {
  start();
  wasm::FunctionCursor cursor(module, defined);
  while (!frames.empty() && cursor.next())
    step(cursor.get(), cursor.isFunctionEnd());
  if (llvm::Error error = cursor.takeError())
    return error;
  renumber();
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Look-up
//===----------------------------------------------------------------------===//

uint32_t FlowGraph::getBlock(uint32_t opidx) const {
  auto it =
      llvm::upper_bound(blocks, opidx, [](uint32_t value, const auto &block) {
        return value < block.first;
      });
  return it == blocks.begin() ? noEdge : std::prev(it)->second;
}

uint32_t FlowGraph::getBranch(uint32_t opidx, bool taken) const {
  auto it = llvm::lower_bound(branches, opidx,
                              [](const Branch &branch, uint32_t value) {
                                return branch.opidx < value;
                              });
  return it == branches.end() || it->opidx != opidx ? noEdge : it->edges[taken];
}
