//===- MatchFacts.cpp - What is static, at match time -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "MatchFacts.h"

#include "whamm/Runtime/SiteFunctions.h"
#include "whamm/Wasm/BoundNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm;
using wasm::BoundSource;
using wasm_inject::EngineAttr;
using wei::ParamKind;

//===----------------------------------------------------------------------===//
// What the engine passes
//===----------------------------------------------------------------------===//

/// The bound variable that a static name of an event means.
static std::optional<wasm::BoundVar> lookup(probe::BoundOp op,
                                            wasm::EventId event) {
  return wasm::lookupBoundVar(event, op.getSourceName());
}

/// The type of an immediate as the engine passes it, where it can.
static std::optional<Type> getEngineImmType(MLIRContext *context,
                                            wasm::Opcode opcode) {
  switch (opcode) {
  case wasm::Opcode::I64Const:
    return IntegerType::get(context, 64);
  case wasm::Opcode::F32Const:
    return Float32Type::get(context);
  case wasm::Opcode::F64Const:
    return Float64Type::get(context);
  case wasm::Opcode::BrOnCast:
  case wasm::Opcode::BrOnCastFail:
  case wasm::Opcode::TryTable:
  case wasm::Opcode::TypedSelect:
    return std::nullopt; // are not all exposed
  default:
    return IntegerType::get(context, 32);
  }
}

/// The engine counts an immediate of br_table more: the number of targets.
static uint32_t getEngineImmIndex(wasm::Opcode opcode, uint32_t index) {
  return opcode == wasm::Opcode::BrTable ? index + 1 : index;
}

std::optional<EngineAttr>
whamm::getEngineParam(probe::BoundOp op, wasm::EventId event, Anchor anchor) {
  MLIRContext *context = op.getContext();
  std::optional<wasm::BoundVar> var = lookup(op, event);
  if (!var || !op.getType().isIntOrFloat())
    return std::nullopt;
  Type type = getWasmType(op.getType());
  bool isNarrow = op.getType().getIntOrFloatBitWidth() < 32;
  if (var->source == BoundSource::Fid && !isNarrow)
    return EngineAttr::get(context, ParamKind::Fid, 0);
  if (anchor != Anchor::Self || isNarrow)
    return std::nullopt;
  switch (var->source) {
  case BoundSource::Pc:
    return EngineAttr::get(context, ParamKind::Pc, 0);
  case BoundSource::ProbeId:
    return EngineAttr::get(context, ParamKind::ProbeId, 0);
  case BoundSource::NumTargets:
    return EngineAttr::get(context, ParamKind::NumTargets, 0);
  case BoundSource::MemArgOffset:
    return EngineAttr::get(context, ParamKind::Offset, 0);
  case BoundSource::Imm: {
    wasm::Opcode opcode = *wasm::getEvents()[event].opcode;
    if (getEngineImmType(context, opcode) != type)
      return std::nullopt;
    return EngineAttr::get(context, ParamKind::Imm,
                           getEngineImmIndex(opcode, var->index));
  }
  default:
    return std::nullopt;
  }
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

Value MatchFunction::getParam(EngineAttr param, Type type) {
  Block &entry = op.getBody().front();
  for (auto [i, known] : llvm::enumerate(params))
    if (known == param)
      return entry.getArgument(i);
  params.push_back(param);
  return entry.addArgument(type, op.getLoc());
}

Value MatchFunction::getParam(ParamKind kind) {
  return getParam(EngineAttr::get(op.getContext(), kind, 0),
                  IntegerType::get(op.getContext(), 32));
}

wasm_inject::MatchCallAttr MatchFunction::getCall() const {
  wasm_inject::FunctionOp function = op;
  MLIRContext *context = function.getContext();
  return wasm_inject::MatchCallAttr::get(
      context, StringAttr::get(context, exportName), params);
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

Value MatchFacts::getI32(int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI32IntegerAttr(value));
}

Value MatchFacts::ask(StringRef name, ValueRange args, Type type) {
  auto callee = context.getImport(
      runtime::siteModuleName, name,
      FunctionType::get(builder.getContext(), args.getTypes(), {type}));
  return wasm_inject::CallOp::create(builder, loc, TypeRange{type}, callee,
                                     args)
      .getResult(0);
}

Value MatchFacts::startWalk(unsigned number) {
  walk = number;
  return ask("walk_next", {getI32(number)});
}

Value MatchFacts::getFid() {
  return walk ? ask("walk_fid", {getI32(*walk)})
              : function.getParam(ParamKind::Fid);
}
Value MatchFacts::getSitePc() {
  return walk ? ask("walk_pc", {getI32(*walk)})
              : function.getParam(ParamKind::Pc);
}

void MatchFacts::setEvent(wasm::EventId id, Anchor where) {
  event = id;
  anchor = where;
  instrPc = nullptr;
}

Value MatchFacts::getInstrPc() {
  if (instrPc)
    return instrPc;
  switch (anchor) {
  case Anchor::Self:
  case Anchor::BlockStart:
  case Anchor::BlockEnd:
    return instrPc = getSitePc();
  case Anchor::Function:
  case Anchor::First:
  case Anchor::Exit:
    return instrPc = ask("site_first", {getFid()});
  case Anchor::Previous:
    return instrPc = ask("site_pc_before", {getFid(), getSitePc()});
  case Anchor::Opener:
    return instrPc = ask("site_opener", {getFid(), getSitePc()});
  case Anchor::Else:
    return instrPc = ask("site_else_of", {getFid(), getSitePc()});
  case Anchor::OpenerElse: {
    Value opener = ask("site_opener", {getFid(), getSitePc()});
    return instrPc = ask("site_else_of", {getFid(), opener});
  }
  }
  llvm_unreachable("unknown anchor");
}

Value MatchFacts::getPc() {
  return anchor == Anchor::Function || anchor == Anchor::First ? getI32(0)
                                                               : getInstrPc();
}

/// Brings a number to the range of a type of the language, and to i1 for bool.
Value MatchFacts::narrow(Value value, Type type) {
  if (type.isInteger(1))
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, value,
                                 getI32(0));
  unsigned width = type.getIntOrFloatBitWidth();
  if (!isa<IntegerType>(type) || width >= 32)
    return value;
  if (type.isUnsignedInteger())
    return arith::AndIOp::create(builder, loc, value,
                                 getI32((1ll << width) - 1));
  Value shift = getI32(32 - width);
  Value high = arith::ShLIOp::create(builder, loc, value, shift);
  return arith::ShRSIOp::create(builder, loc, high, shift);
}

//===----------------------------------------------------------------------===//
// Facts
//===----------------------------------------------------------------------===//

/// A text of the application, as the runtime has it.
Components MatchFacts::getTextOf(StringRef name, ValueRange args) {
  Value address = ask(name, args);
  return {address, ask((name + "_len").str(), args)};
}

Components MatchFacts::getText(probe::BoundOp op, BoundSource source) {
  Type i64 = builder.getI64Type();
  auto getCallee = [&]() -> Value {
    Value imm = ask("site_imm", {getFid(), getInstrPc(), getI32(0)}, i64);
    return arith::TruncIOp::create(builder, loc, builder.getI32Type(), imm);
  };
  switch (source) {
  case BoundSource::Fname:
    return getTextOf("text_fname", {getFid()});
  case BoundSource::TargetFnName:
    return getTextOf("text_callee_name", {getCallee()});
  case BoundSource::TargetImpModule:
    return getTextOf("text_callee_module", {getCallee()});
  case BoundSource::TargetFnType:
    return getTextOf("text_callee_type", {getCallee()});
  case BoundSource::Targets:
    return getTextOf("text_targets", {getFid(), getInstrPc()});
  default:
    op.emitError("'") << op.getName() << "' is not known at match time";
    return {};
  }
}

Value MatchFacts::getNumber(probe::BoundOp op) {
  BoundSource source = lookup(op, event)->source;
  Type i64 = builder.getI64Type();
  switch (source) {
  case BoundSource::Fid:
    return getFid();
  case BoundSource::Pc:
    return getPc();
  case BoundSource::Opidx:
    return askInstr("site_opidx");
  case BoundSource::AtFuncEnd:
    return anchor == Anchor::Self && !walk
               ? function.getParam(ParamKind::AtFuncEnd)
               : askInstr("site_is_func_end");
  case BoundSource::AppMemId:
    return ask("site_app_memid", {});
  case BoundSource::MemArgMemory:
    return askInstr("site_mem_memory");
  case BoundSource::MemArgAlign:
    return askInstr("site_mem_align");
  case BoundSource::MemArgOffset:
    return ask("site_mem_offset", {getFid(), getInstrPc()}, i64);
  case BoundSource::NumTargets:
    return askInstr("site_num_targets");
  case BoundSource::DefaultTarget:
    return askInstr("site_default_target");
  case BoundSource::ResolvedFid:
    return askInstr("site_resolved_fid");
  case BoundSource::InstrCount:
    return askInstr("site_block_count");
  case BoundSource::Imm: {
    Value index = getI32(lookup(op, event)->index);
    return ask("site_imm", {getFid(), getInstrPc(), index}, i64);
  }
  default:
    return nullptr;
  }
}

/// Turns the 32 or 64 bits of an answer into the number that they stand for.
static Value convertBits(OpBuilder &builder, Location loc, Value bits,
                         Type to) {
  bool isWide = bits.getType().isInteger(64);
  if (isa<FloatType>(to)) {
    Type width = builder.getIntegerType(to.getIntOrFloatBitWidth());
    if (isWide && width.isInteger(32))
      bits = arith::TruncIOp::create(builder, loc, width, bits);
    return arith::BitcastOp::create(builder, loc, to, bits);
  }
  if (isWide && to.isInteger(32))
    return arith::TruncIOp::create(builder, loc, to, bits);
  if (!isWide && to.isInteger(64))
    return arith::ExtUIOp::create(builder, loc, to, bits);
  return bits;
}

Components MatchFacts::getFact(BodyLowering &lowering, probe::BoundOp op) {
  builder.restoreInsertionPoint(lowering.getBuilder().saveInsertionPoint());
  auto finish = [&](Components components) {
    lowering.getBuilder().restoreInsertionPoint(builder.saveInsertionPoint());
    return components;
  };
  std::optional<wasm::BoundVar> var = lookup(op, event);
  if (!var && op.getName() != "segment") {
    op.emitError("'") << op.getName() << "' is not bound here";
    return {};
  }
  if (isa<probe::StrType>(op.getType()))
    return finish(getText(op, var ? var->source : BoundSource::Imm));
  Type wasmType = getWasmType(op.getType());
  auto param = getEngineParam(op, event, anchor);
  if (param && (!walk || param->getKind() == ParamKind::ProbeId))
    return finish({function.getParam(*param, wasmType)});
  Value bits = getNumber(op);
  if (!bits) {
    op.emitError("'") << op.getName() << "' is not known at match time";
    return {};
  }
  Type stored = wasmType.isInteger(1) ? builder.getI32Type() : wasmType;
  return finish(
      {narrow(convertBits(builder, loc, bits, stored), op.getType())});
}

/// The functions that answer questions about memories.
static StringRef getMemoryQuestion(Operation &op) {
  return llvm::TypeSwitch<Operation *, StringRef>(&op)
      .Case<probe::PageSizeOp>([](auto) { return "site_page_size"; })
      .Case<probe::ActiveDataStartOp>([](auto) { return "site_data_start"; })
      .Case<probe::ActiveDataLenOp>([](auto) { return "site_data_len"; })
      .Default([](Operation *) { return ""; });
}

/// Lowers what needs no site: facts of memories and their numbers.
static bool lowerMemoryFact(BodyLowering &lowering, Operation &op) {
  LoweringContext &context = lowering.getContext();
  OpBuilder &builder = lowering.getBuilder();
  Type i32 = builder.getI32Type();
  auto ask = [&](StringRef name, ValueRange args) -> Value {
    auto callee = context.getImport(
        runtime::siteModuleName, name,
        FunctionType::get(op.getContext(), args.getTypes(), {i32}));
    return wasm_inject::CallOp::create(builder, op.getLoc(), TypeRange{i32},
                                       callee, args)
        .getResult(0);
  };
  if (StringRef question = getMemoryQuestion(op); !question.empty()) {
    lowering.bind(op.getResult(0),
                  {ask(question, {lowering.get(op.getOperand(0))})});
    return true;
  }
  auto memid = dyn_cast<probe::MemIdOp>(op);
  if (!memid)
    return false;
  // Numbered behind those of the application, as when rewriting.
  uint32_t index = context.numberMemory(memid.getLibrary());
  Value number = arith::AddIOp::create(
      builder, op.getLoc(), ask("site_num_memories", {}),
      arith::ConstantOp::create(builder, op.getLoc(),
                                builder.getI32IntegerAttr(index)));
  lowering.bind(op.getResult(0), {number});
  return true;
}

/// Finds or makes the counter of a key.
static void lowerMapCell(BodyLowering &lowering, probe::MapCellOp op) {
  LoweringContext &context = lowering.getContext();
  OpBuilder &builder = lowering.getBuilder();
  Type i32 = builder.getI32Type();
  Location loc = op.getLoc();
  auto call = [&](StringRef name, Value arg, TypeRange results) {
    auto callee =
        context.getImport(runtime::siteModuleName, name,
                          FunctionType::get(op.getContext(), {i32}, results));
    return wasm_inject::CallOp::create(builder, loc, results, callee, arg);
  };
  for (Value word : lowering.getKeyWords(op.getKey()))
    call("cell_key", word, {});
  uint32_t table = context.getCellTable(lowering.getGlobal(op.getGlobal()));
  Value number = arith::ConstantOp::create(
      builder, loc, builder.getI32IntegerAttr(static_cast<int32_t>(table)));
  lowering.bind(op.getResult(), {call("cell_get", number, {i32}).getResult(0)});
}

bool MatchFacts::lowerFact(BodyLowering &lowering, Operation &op) {
  if (lowerMemoryFact(lowering, op))
    return true;
  if (auto cell = dyn_cast<probe::MapCellOp>(op)) {
    lowerMapCell(lowering, cell);
    return true;
  }
  auto entry = dyn_cast<probe::TableEntryOp>(op);
  if (!entry || !entry.getTable().getDefiningOp<probe::BoundOp>())
    return false;
  builder.restoreInsertionPoint(lowering.getBuilder().saveInsertionPoint());
  Value index = lowering.get(entry.getIndex());
  Value target = ask("site_target", {getFid(), getInstrPc(), index});
  lowering.getBuilder().restoreInsertionPoint(builder.saveInsertionPoint());
  lowering.bind(entry.getResult(), {target});
  return true;
}

Components NoFacts::getFact(BodyLowering &lowering, probe::BoundOp op) {
  if (op.getName() != "APP_MEMID") {
    op.emitError("'") << op.getName() << "' is not bound here";
    return {};
  }
  OpBuilder &builder = lowering.getBuilder();
  Type i32 = builder.getI32Type();
  auto callee = lowering.getContext().getImport(
      runtime::siteModuleName, "site_app_memid",
      FunctionType::get(op.getContext(), {}, {i32}));
  return {wasm_inject::CallOp::create(builder, op.getLoc(), TypeRange{i32},
                                      callee, ValueRange())
              .getResult(0)};
}

bool NoFacts::lowerFact(BodyLowering &lowering, Operation &op) {
  return lowerMemoryFact(lowering, op);
}
