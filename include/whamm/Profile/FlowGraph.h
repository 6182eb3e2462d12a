//===- FlowGraph.h - Flow of control for counting ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function's flow of control as a network in which counts are conserved: as
/// often as control enters a vertex, it leaves it. Edges are blocks of
/// instructions, and branches that can be counted at the branch. All other
/// transfers of control are contracted into vertices.
///
/// Vertex 0 is the outside: calls of the function come from there, and what
/// returns, throws, or does not come back from a call goes there. Its counts
/// are not conserved, as a program can end in the middle of a call.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_PROFILE_FLOWGRAPH_H
#define WHAMM_PROFILE_FLOWGRAPH_H

#include "whamm/Profile/CallEffects.h"

#include "llvm/ADT/IntEqClasses.h"

namespace whamm::profile {

/// Where an edge is counted.
enum class CountAt : uint8_t {
  Enter,    // in front of the first instruction of a block
  Taken,    // at a `br_if`, where its condition is not 0
  NotTaken, // at an `if` without `else`, where its condition is 0
};

struct FlowEdge {
  /// Of the block's first instruction, or of the branch.
  uint32_t opidx;
  CountAt at;
  uint32_t from, to;  // vertices
  uint32_t loopDepth; // of the constructs around it
  /// A rough estimate of how often control passes per call of the function.
  float frequency;
};

/// Stays valid until the next build(), which reuses the memory.
class FlowGraph {
public:
  static constexpr uint32_t outside = 0;
  /// Dead code.
  static constexpr uint32_t noEdge = UINT32_MAX;

  FlowGraph(const wasm::Module &module, const CallEffects &effects)
      : module(module), effects(effects) {}

  /// Reads a function (counted from the first defined one). A block ends where
  /// the specification lets control go elsewhere, and behind instructions that
  /// may end the program.
  llvm::Error build(uint32_t defined);

  llvm::ArrayRef<FlowEdge> getEdges() const { return edges; }
  uint32_t getNumVertices() const { return numVertices; }
  /// The block of an instruction: its edge is passed whenever control comes to
  /// the instruction from the one in front of it, or to the head of the block.
  /// noEdge for dead code.
  uint32_t getBlock(uint32_t opidx) const;
  /// The edge that a `br_if` or `if` takes where its condition is not 0
  /// (`taken`) or is 0. noEdge for dead ones and all other instructions.
  uint32_t getBranch(uint32_t opidx, bool taken) const;
  /// The edge that is counted at an instruction. noEdge for dead ones.
  uint32_t getEdge(CountAt at, uint32_t opidx) const {
    return at == CountAt::Enter ? getBlock(opidx)
                                : getBranch(opidx, at == CountAt::Taken);
  }
  /// True where a call in here may not come back, or nothing counts as a way
  /// out but falling off the end and `return`.
  bool mayEndInside() const { return endsInside; }
  /// Instructions in front of which locals are to be written back: what leaves
  /// the function, branches to its end, and what may end the program; with the
  /// estimated frequency.
  struct Exit {
    uint32_t opidx;
    float frequency;
  };
  llvm::ArrayRef<Exit> getExits() const { return exits; }

private:
  struct Frame {
    wasm::Opcode opcode;
    uint32_t target;     // vertex that its label leads to
    bool isJoin;         // something goes there
    bool isLive;         // when it was opened
    float frequency;     // there
    uint32_t from = 0;   // `if`: the vertex that its arms come from
    uint32_t branch = 0; // `if`: its entry of `branches`
    bool hasElse = false;
  };
  struct Branch {
    uint32_t opidx;
    uint32_t edges[2]; // where the condition is 0, and where it is not
  };

  void start();
  void step(const wasm::Instr &instr, bool isFinal);
  void stepLive(const wasm::Instr &instr);
  void openBlock(uint32_t opidx);
  /// Ends the current block; its end becomes the same vertex as `to`.
  void closeBlock(uint32_t to);
  void goOn(uint32_t vertex, float frequency);
  void pushFrame(const wasm::Instr &instr);
  void takeTable(const wasm::Instr &instr);
  void stepBrIf(const wasm::Instr &instr);
  void stepDivider(const wasm::Instr &instr);
  void stepEnd(const wasm::Instr &instr);
  uint32_t takeLabel(uint32_t label, uint32_t opidx);
  uint32_t addBranch(uint32_t opidx, bool taken, uint32_t to, float share);
  void addExit(uint32_t opidx) { exits.push_back({opidx, frequency}); }
  uint32_t addVertex();
  void merge(uint32_t a, uint32_t b) { vertices.join(a, b); }
  void renumber();

  const wasm::Module &module;
  const CallEffects &effects;
  std::vector<FlowEdge> edges;
  /// First instruction and edge of each block; dead ones have noEdge.
  std::vector<std::pair<uint32_t, uint32_t>> blocks;
  std::vector<Branch> branches;
  std::vector<Exit> exits;
  llvm::IntEqClasses vertices; // those that were merged are one
  llvm::SmallVector<Frame, 32> frames;
  uint32_t numVertices = 0, loopDepth = 0;
  float frequency = 1;
  /// Where control is: the end of the current block, or where the next block
  /// begins.
  uint32_t vertex = 0;
  bool isLive = false, inBlock = false, endsInside = false;
  /// What the next block's edge is: a way of a branch.
  std::optional<std::pair<uint32_t, bool>> arm;
};

} // namespace whamm::profile

#endif // WHAMM_PROFILE_FLOWGRAPH_H
