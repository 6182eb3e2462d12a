//===- ImportCalls.cpp - Functions, libraries, built-ins ------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::frontend;

/// What scripts and programs call the library that comes with the compiler.
static constexpr StringLiteral coreLibrary = "whamm_core";

static bool isUnit(ScriptType type) {
  return type.getKind() == ScriptType::Kind::Tuple &&
         type.getElements().empty();
}

Value Importer::importCall(const CallExpr *expr) {
  if (expr->builtin)
    return importBuiltin(expr);
  SmallVector<Value> args;
  for (const Expr *arg : expr->args)
    args.push_back(importExpr(arg));
  IRType result =
      isUnit(expr->function->result) ? IRType() : getType(expr->type);
  auto op = probe::CallOp::create(builder, getLoc(expr), result,
                                  expr->function->name, args);
  return op.getResult();
}

Value Importer::importLibCall(const LibCallExpr *expr) {
  SmallVector<Value> args;
  for (const Expr *arg : expr->call->args)
    args.push_back(importExpr(arg));
  IRType result = isUnit(expr->type) ? IRType() : getType(expr->type);
  auto op =
      probe::LibCallOp::create(builder, getLoc(expr), result, expr->isStatic(),
                               expr->library->name, expr->function->name, args);
  return op.getResult();
}

/// The bytes that a tuple (address, length) stands for.
Value Importer::importStrAt(Location loc, Value tuple) {
  Value addr = makeElement(loc, tuple, 0), length = makeElement(loc, tuple, 1);
  return probe::StrAtOp::create(builder, loc, getStr(), addr, length);
}

/// Repeats what the instruction does with another destination. Length and
/// source are those that the instruction gets.
void Importer::importDupAt(Location loc, ArrayRef<Value> args) {
  wasm::Opcode opcode = *wasm::getEvents()[event].opcode;
  Value memory = args[0], addr = args[1];
  Value source = makeCast(loc, readMember(loc, "arg1"), getU32());
  Value length = makeCast(loc, readMember(loc, "arg0"), getU32());
  if (opcode == wasm::Opcode::MemoryFill) {
    probe::MemFillOp::create(builder, loc, memory, addr, source, length);
  } else if (opcode == wasm::Opcode::MemoryInit) {
    Value segment = makeBound(loc, "segment", getStr());
    probe::MemInitOp::create(builder, loc, memory, addr, segment, source,
                             length);
  } else {
    Value sourceMemory = readMember(loc, "imm1");
    probe::MemCopyOp::create(builder, loc, memory, addr, sourceMemory, source,
                             length);
  }
}

/// Built-ins without a result.
Value Importer::importStatement(const CallExpr *expr, ArrayRef<Value> args) {
  Location loc = getLoc(expr);
  switch (*expr->builtin) {
  case Builtin::WriteStr: {
    Value core = probe::MemIdOp::create(builder, loc, getU32(), coreLibrary);
    Value addr = probe::StrAddrOp::create(builder, loc, getU32(), args[2]);
    Value length = probe::StrLenOp::create(builder, loc, getU32(), args[2]);
    probe::MemCopyOp::create(builder, loc, args[0],
                             makeCast(loc, args[1], getU32()), core, addr,
                             length);
    return nullptr;
  }
  case Builtin::MemCpy:
    probe::MemCopyOp::create(builder, loc, args[2], args[3], args[0], args[1],
                             args[4]);
    return nullptr;
  case Builtin::DupAt:
    importDupAt(loc, args);
    return nullptr;
  case Builtin::AltCallById: {
    auto index = builder.getI32IntegerAttr(
        static_cast<int32_t>(cast<IntLitExpr>(expr->args[0])->getBits()));
    probe::AltCallOp::create(builder, loc, index, StringAttr());
    return nullptr;
  }
  case Builtin::AltCallByName: {
    auto name =
        builder.getStringAttr(cast<StringLitExpr>(expr->args[0])->value);
    probe::AltCallOp::create(builder, loc, IntegerAttr(), name);
    return nullptr;
  }
  default:
    return nullptr; // drop_args: operands that nobody takes are dropped anyway
  }
}

Value Importer::importBuiltin(const CallExpr *expr) {
  Location loc = getLoc(expr);
  if (*expr->builtin == Builtin::MemId)
    return probe::MemIdOp::create(builder, loc, getU32(), expr->library->name);
  if (*expr->builtin == Builtin::AltCallById ||
      *expr->builtin == Builtin::AltCallByName)
    return importStatement(expr, {});
  SmallVector<Value> args;
  for (const Expr *arg : expr->args)
    args.push_back(importExpr(arg));
  switch (*expr->builtin) {
  case Builtin::StrCmp:
    return probe::StrEqOp::create(builder, loc, getBool(),
                                  importStrAt(loc, args[0]), args[1]);
  case Builtin::StrContains:
    return probe::StrContainsOp::create(builder, loc, getBool(),
                                        importStrAt(loc, args[0]), args[1]);
  case Builtin::ReadStr:
    return probe::ReadStrOp::create(builder, loc, getStr(), args[0], args[1],
                                    args[2]);
  case Builtin::ActiveDataStart:
    return probe::ActiveDataStartOp::create(builder, loc, getU32(), args[0]);
  case Builtin::ActiveDataLen:
    return probe::ActiveDataLenOp::create(builder, loc, getU32(), args[0]);
  case Builtin::PageSize:
    return probe::PageSizeOp::create(builder, loc, getU32(), args[0]);
  case Builtin::MemSize:
    return probe::MemSizeOp::create(builder, loc, getU32(), args[0]);
  case Builtin::ResolveFuncref:
    // The reference was evaluated for its effects; the slot says it all.
    return probe::ResolveFuncrefOp::create(builder, loc, getInt(32, true),
                                           importTable(loc), args[1]);
  default:
    return importStatement(expr, args);
  }
}
