//===- Dump.cpp - Listing of a module's instructions ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Dump.h"

#include "whamm/Wasm/Blocks.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace whamm::wasm;

//===----------------------------------------------------------------------===//
// Immediates
//===----------------------------------------------------------------------===//

static void printBlockType(const BlockType &block, raw_ostream &os) {
  if (block.kind == BlockType::Kind::Value)
    os << " (result " << block.value.str() << ")";
  else if (block.kind == BlockType::Kind::TypeIndex)
    os << " (type " << block.typeIndex << ")";
}

static void printMemArg(const MemArg &mem, raw_ostream &os) {
  if (mem.memory)
    os << " memory=" << mem.memory;
  os << " offset=" << mem.offset << " align=2^" << mem.align;
}

static void printCatches(ArrayRef<CatchClause> catches, raw_ostream &os) {
  static constexpr StringLiteral names[] = {"catch", "catch_ref", "catch_all",
                                            "catch_all_ref"};
  for (const CatchClause &clause : catches) {
    os << " (" << names[static_cast<size_t>(clause.kind)];
    if (clause.kind < CatchClause::Kind::CatchAll)
      os << " " << clause.tag;
    os << " " << clause.label << ")";
  }
}

static void printSlot(ImmSlot slot, const Instr &instr, raw_ostream &os) {
  switch (slot) {
  case ImmSlot::BlockType:
    return printBlockType(instr.block, os);
  case ImmSlot::MemArg:
    return printMemArg(instr.mem, os);
  case ImmSlot::I32:
  case ImmSlot::I64:
    os << " " << static_cast<int64_t>(instr.constBits);
    return;
  case ImmSlot::F32:
    os << " bits=" << format_hex(instr.constBits, 10);
    return;
  case ImmSlot::F64:
    os << " bits=" << format_hex(instr.constBits, 18);
    return;
  case ImmSlot::V128:
  case ImmSlot::Shuffle:
    os << " bits=" << format_hex(instr.constBitsHigh, 18)
       << format_hex_no_prefix(instr.constBits, 16);
    return;
  case ImmSlot::HeapType:
    os << " " << instr.refType.str();
    return;
  case ImmSlot::CastTypes:
    os << " " << instr.imms[0] << " " << instr.castSource.str() << " "
       << instr.refType.str();
    return;
  case ImmSlot::Labels:
    for (uint32_t label : instr.targets)
      os << " " << label;
    return;
  case ImmSlot::ValTypes:
    for (ValType type : instr.selectTypes)
      os << " " << type.str();
    return;
  case ImmSlot::Catches:
    return printCatches(instr.catches, os);
  default: // plain integers are printed together, `ZeroByte` says nothing
    return;
  }
}

void whamm::wasm::printImmediates(const Instr &instr, raw_ostream &os) {
  ImmForm form = getOpcodeInfo(instr.opcode).form;
  for (ImmSlot slot : getImmSlots(form))
    printSlot(slot, instr, os);
  if (form == ImmForm::CastBranch)
    return;
  for (unsigned i = 0; i != instr.numImms; ++i)
    os << " " << instr.imms[i];
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static std::string str(ArrayRef<ValType> types) {
  std::string text = "(";
  for (auto [i, type] : enumerate(types))
    text += (i ? ", " : "") + type.str();
  return text + ")";
}

static void printInstr(const FunctionCursor &cursor, const BlockTracker &blocks,
                       const TypeStack &types, raw_ostream &os) {
  const Instr &instr = cursor.get();
  std::string text = getMnemonic(instr.opcode).str();
  raw_string_ostream textOs(text);
  printImmediates(instr, textOs);
  os << (blocks.startsBlock() ? '[' : ' ')
     << formatv("{0,4} {1,5} {2,2} {3,-32} : {4} -> {5}", instr.opidx, instr.pc,
                cursor.getDepth(), text, str(types.operands()),
                str(types.results()));
  if (!types.wasReachable())
    os << " dead";
  if (blocks.endsBlock())
    os << " ]" << blocks.getInstrCount();
  os << "\n";
}

static Error dumpFunction(const Module &module, uint32_t defined,
                          TypeStack &types, raw_ostream &os) {
  uint32_t index = module.numImportedFunctions + defined;
  types.enter(defined);
  BlockTracker blocks(module);
  blocks.enter();
  size_t numParams = types.signature().params.size();
  os << "func " << index << " \"";
  os.write_escaped(module.getFunctionName(index));
  os << "\" " << str(types.signature().params) << " -> "
     << str(types.signature().results);
  if (types.locals().size() > numParams)
    os << " locals " << str(types.locals().drop_front(numParams));
  os << "\n";
  FunctionCursor cursor(module, defined);
  while (cursor.next()) {
    blocks.step(cursor.get());
    if (Error error = types.step(cursor.get()))
      return error;
    printInstr(cursor, blocks, types, os);
  }
  return cursor.takeError();
}

Error whamm::wasm::dumpListing(const Module &module, raw_ostream &os) {
  TypeStack types(module);
  for (uint32_t i = 0; i != module.bodies.size(); ++i)
    if (Error error = dumpFunction(module, i, types, os))
      return error;
  return Error::success();
}
