//===- FunctionBuilder.cpp - One body to Binaryen's IR ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "FunctionBuilder.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::codegen;

BinaryenType whamm::codegen::getBinaryenType(Type type) {
  if (type.isF32())
    return BinaryenTypeFloat32();
  if (type.isF64())
    return BinaryenTypeFloat64();
  return type.isInteger(64) ? BinaryenTypeInt64() : BinaryenTypeInt32();
}

std::string whamm::codegen::getStateGlobal(StringRef state,
                                           unsigned component) {
  if (component == 0)
    return state.str();
  return (state + "[" + Twine(component) + "]").str();
}

BinaryenExpressionRef NameResolver::readState(BinaryenModuleRef module,
                                              StringRef state,
                                              unsigned component, Type type) {
  return BinaryenGlobalGet(module, getStateGlobal(state, component).c_str(),
                           getBinaryenType(type));
}

BinaryenExpressionRef NameResolver::writeState(BinaryenModuleRef module,
                                               StringRef state,
                                               unsigned component,
                                               BinaryenExpressionRef value) {
  return BinaryenGlobalSet(module, getStateGlobal(state, component).c_str(),
                           value);
}

unsigned FunctionBuilder::addLocal(Value value, Type type) {
  unsigned index = numParams + varTypes.size();
  varTypes.push_back(getBinaryenType(type));
  locals[value] = index;
  return index;
}

BinaryenExpressionRef FunctionBuilder::buildConstant(arith::ConstantOp op) {
  Type type = op.getType();
  if (auto value = dyn_cast<FloatAttr>(op.getValue())) {
    uint64_t bits = value.getValue().bitcastToAPInt().getZExtValue();
    BinaryenLiteral literal =
        type.isF32() ? BinaryenLiteralFloat32Bits(static_cast<int32_t>(bits))
                     : BinaryenLiteralFloat64Bits(static_cast<int64_t>(bits));
    return BinaryenConst(module, literal);
  }
  const APInt &value = cast<IntegerAttr>(op.getValue()).getValue();
  if (type.isInteger(64))
    return BinaryenConst(module, BinaryenLiteralInt64(value.getSExtValue()));
  // `true` is 1, not -1.
  int64_t bits =
      type.isInteger(1) ? value.getZExtValue() : value.getSExtValue();
  return BinaryenConst(module,
                       BinaryenLiteralInt32(static_cast<int32_t>(bits)));
}

BinaryenExpressionRef FunctionBuilder::get(Value value) {
  if (auto constant = value.getDefiningOp<arith::ConstantOp>())
    return buildConstant(constant);
  if (auto it = holes.find(value); it != holes.end())
    return BinaryenGlobalGet(module, it->second.c_str(),
                             getBinaryenType(value.getType()));
  return BinaryenLocalGet(module, locals.at(value),
                          getBinaryenType(value.getType()));
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

namespace {
/// One operation in the four number types; null where a type has none.
struct OpFamily {
  BinaryenOp (*i32)();
  BinaryenOp (*i64)();
  BinaryenOp (*f32)() = nullptr;
  BinaryenOp (*f64)() = nullptr;

  BinaryenOp operator()(Type type) const {
    if (type.isF32())
      return f32();
    if (type.isF64())
      return f64();
    return type.isInteger(64) ? i64() : i32();
  }
};
} // namespace

/// The instruction of a binary operation, or nullopt.
static std::optional<BinaryenOp> getBinaryOp(Operation &op) {
  Type type = op.getOperand(0).getType();
  auto family = [&](OpFamily f) -> std::optional<BinaryenOp> {
    return f(type);
  };
  return llvm::TypeSwitch<Operation *, std::optional<BinaryenOp>>(&op)
      .Case<arith::AddIOp, arith::AddFOp>([&](auto) {
        return family({BinaryenAddInt32, BinaryenAddInt64, BinaryenAddFloat32,
                       BinaryenAddFloat64});
      })
      .Case<arith::SubIOp, arith::SubFOp>([&](auto) {
        return family({BinaryenSubInt32, BinaryenSubInt64, BinaryenSubFloat32,
                       BinaryenSubFloat64});
      })
      .Case<arith::MulIOp, arith::MulFOp>([&](auto) {
        return family({BinaryenMulInt32, BinaryenMulInt64, BinaryenMulFloat32,
                       BinaryenMulFloat64});
      })
      .Case<arith::DivFOp>([&](auto) {
        return family(
            {nullptr, nullptr, BinaryenDivFloat32, BinaryenDivFloat64});
      })
      .Case<arith::AndIOp>(
          [&](auto) { return family({BinaryenAndInt32, BinaryenAndInt64}); })
      .Case<arith::OrIOp>(
          [&](auto) { return family({BinaryenOrInt32, BinaryenOrInt64}); })
      .Case<arith::XOrIOp>(
          [&](auto) { return family({BinaryenXorInt32, BinaryenXorInt64}); })
      .Case<arith::ShLIOp>(
          [&](auto) { return family({BinaryenShlInt32, BinaryenShlInt64}); })
      .Case<arith::ShRSIOp>(
          [&](auto) { return family({BinaryenShrSInt32, BinaryenShrSInt64}); })
      .Case<arith::ShRUIOp>(
          [&](auto) { return family({BinaryenShrUInt32, BinaryenShrUInt64}); })
      .Case<wasm_inject::DivOp>([&](wasm_inject::DivOp div) {
        return div.getIsSigned()
                   ? family({BinaryenDivSInt32, BinaryenDivSInt64})
                   : family({BinaryenDivUInt32, BinaryenDivUInt64});
      })
      .Case<wasm_inject::RemOp>([&](wasm_inject::RemOp rem) {
        return rem.getIsSigned()
                   ? family({BinaryenRemSInt32, BinaryenRemSInt64})
                   : family({BinaryenRemUInt32, BinaryenRemUInt64});
      })
      .Default([](Operation *) { return std::nullopt; });
}

BinaryenExpressionRef FunctionBuilder::buildBinary(Operation &op) {
  std::optional<BinaryenOp> code = getBinaryOp(op);
  if (!code)
    return nullptr;
  return BinaryenBinary(module, *code, get(op.getOperand(0)),
                        get(op.getOperand(1)));
}

BinaryenExpressionRef FunctionBuilder::buildCompare(arith::CmpIOp op) {
  using P = arith::CmpIPredicate;
  OpFamily family = [&]() -> OpFamily {
    switch (op.getPredicate()) {
    case P::eq:
      return {BinaryenEqInt32, BinaryenEqInt64};
    case P::ne:
      return {BinaryenNeInt32, BinaryenNeInt64};
    case P::slt:
      return {BinaryenLtSInt32, BinaryenLtSInt64};
    case P::sle:
      return {BinaryenLeSInt32, BinaryenLeSInt64};
    case P::sgt:
      return {BinaryenGtSInt32, BinaryenGtSInt64};
    case P::sge:
      return {BinaryenGeSInt32, BinaryenGeSInt64};
    case P::ult:
      return {BinaryenLtUInt32, BinaryenLtUInt64};
    case P::ule:
      return {BinaryenLeUInt32, BinaryenLeUInt64};
    case P::ugt:
      return {BinaryenGtUInt32, BinaryenGtUInt64};
    case P::uge:
      return {BinaryenGeUInt32, BinaryenGeUInt64};
    }
    llvm_unreachable("unknown comparison");
  }();
  return BinaryenBinary(module, family(op.getLhs().getType()), get(op.getLhs()),
                        get(op.getRhs()));
}

/// Ordered comparisons (and unordered `ne`) are instructions; the complement
/// of one gives the others that canonicalisation can make.
BinaryenExpressionRef FunctionBuilder::buildCompare(arith::CmpFOp op) {
  using P = arith::CmpFPredicate;
  bool negate = false;
  OpFamily family{};
  auto pick = [&](BinaryenOp (*f32)(), BinaryenOp (*f64)(), bool inverse) {
    family = {nullptr, nullptr, f32, f64};
    negate = inverse;
  };
  switch (op.getPredicate()) {
  case P::OEQ:
    pick(BinaryenEqFloat32, BinaryenEqFloat64, false);
    break;
  case P::UNE:
    pick(BinaryenNeFloat32, BinaryenNeFloat64, false);
    break;
  case P::OLT:
    pick(BinaryenLtFloat32, BinaryenLtFloat64, false);
    break;
  case P::OLE:
    pick(BinaryenLeFloat32, BinaryenLeFloat64, false);
    break;
  case P::OGT:
    pick(BinaryenGtFloat32, BinaryenGtFloat64, false);
    break;
  case P::OGE:
    pick(BinaryenGeFloat32, BinaryenGeFloat64, false);
    break;
  case P::UGE:
    pick(BinaryenLtFloat32, BinaryenLtFloat64, true);
    break;
  case P::UGT:
    pick(BinaryenLeFloat32, BinaryenLeFloat64, true);
    break;
  case P::ULE:
    pick(BinaryenGtFloat32, BinaryenGtFloat64, true);
    break;
  case P::ULT:
    pick(BinaryenGeFloat32, BinaryenGeFloat64, true);
    break;
  default:
    return nullptr;
  }
  Expr result = BinaryenBinary(module, family(op.getLhs().getType()),
                               get(op.getLhs()), get(op.getRhs()));
  return negate ? BinaryenUnary(module, BinaryenEqZInt32(), result) : result;
}

BinaryenExpressionRef FunctionBuilder::buildExtension(Operation &op,
                                                      bool isSigned) {
  Type from = op.getOperand(0).getType(), to = op.getResult(0).getType();
  Expr value = get(op.getOperand(0));
  if (isSigned && from.isInteger(1))
    value =
        BinaryenBinary(module, BinaryenSubInt32(),
                       BinaryenConst(module, BinaryenLiteralInt32(0)), value);
  if (!to.isInteger(64))
    return value;
  return BinaryenUnary(
      module, isSigned ? BinaryenExtendSInt32() : BinaryenExtendUInt32(),
      value);
}

BinaryenExpressionRef FunctionBuilder::buildTrunc(wasm_inject::TruncOp op) {
  bool isWide = op.getType().isInteger(64), isSigned = op.getIsSigned();
  bool fromF64 = op.getOperand().getType().isF64();
  BinaryenOp (*table[2][2][2])() = {
      {{BinaryenTruncUFloat32ToInt32, BinaryenTruncUFloat64ToInt32},
       {BinaryenTruncSFloat32ToInt32, BinaryenTruncSFloat64ToInt32}},
      {{BinaryenTruncUFloat32ToInt64, BinaryenTruncUFloat64ToInt64},
       {BinaryenTruncSFloat32ToInt64, BinaryenTruncSFloat64ToInt64}}};
  return unary(table[isWide][isSigned][fromF64](), op.getOperand());
}

/// Integer to float, by width and signedness.
static BinaryenOp getConvertOp(Type from, Type to, bool isSigned) {
  BinaryenOp (*table[2][2][2])() = {
      {{BinaryenConvertUInt32ToFloat32, BinaryenConvertSInt32ToFloat32},
       {BinaryenConvertUInt64ToFloat32, BinaryenConvertSInt64ToFloat32}},
      {{BinaryenConvertUInt32ToFloat64, BinaryenConvertSInt32ToFloat64},
       {BinaryenConvertUInt64ToFloat64, BinaryenConvertSInt64ToFloat64}}};
  return table[to.isF64()][from.isInteger(64)][isSigned]();
}

BinaryenExpressionRef FunctionBuilder::buildConversion(Operation &op) {
  if (auto trunc = dyn_cast<wasm_inject::TruncOp>(op))
    return buildTrunc(trunc);
  if (isa<arith::ExtSIOp>(op))
    return buildExtension(op, true);
  if (isa<arith::ExtUIOp>(op))
    return buildExtension(op, false);
  if (isa<arith::ExtFOp>(op))
    return unary(BinaryenPromoteFloat32(), op.getOperand(0));
  if (isa<arith::TruncFOp>(op))
    return unary(BinaryenDemoteFloat64(), op.getOperand(0));
  if (isa<arith::SIToFPOp, arith::UIToFPOp>(op))
    return unary(getConvertOp(op.getOperand(0).getType(),
                              op.getResult(0).getType(),
                              isa<arith::SIToFPOp>(op)),
                 op.getOperand(0));
  if (isa<arith::BitcastOp>(op))
    return buildReinterpret(op);
  auto trunc = dyn_cast<arith::TruncIOp>(op);
  if (!trunc)
    return nullptr;
  Expr value = get(trunc.getIn());
  if (trunc.getIn().getType().isInteger(64))
    value = BinaryenUnary(module, BinaryenWrapInt64(), value);
  if (trunc.getType().isInteger(1))
    value = BinaryenBinary(module, BinaryenAndInt32(), value,
                           BinaryenConst(module, BinaryenLiteralInt32(1)));
  return value;
}

BinaryenExpressionRef FunctionBuilder::buildNumerics(StringRef callee,
                                                     Operation &op) {
  SmallVector<Expr> operands;
  for (Value operand : op.getOperands())
    operands.push_back(get(operand));
  return BinaryenCall(module, names.getNumericsFunction(callee).c_str(),
                      operands.data(), operands.size(),
                      getBinaryenType(op.getResult(0).getType()));
}

BinaryenExpressionRef FunctionBuilder::buildReinterpret(Operation &op) {
  Type from = op.getOperand(0).getType(), to = op.getResult(0).getType();
  if (from == to)
    return get(op.getOperand(0));
  if (from.isF32() || from.isF64())
    return unary(from.isF32() ? BinaryenReinterpretFloat32()
                              : BinaryenReinterpretFloat64(),
                 op.getOperand(0));
  return unary(to.isF32() ? BinaryenReinterpretInt32()
                          : BinaryenReinterpretInt64(),
               op.getOperand(0));
}

// Later versions name the memory; null means the only one.
#if BINARYEN_VERSION >= 112
#define WHAMM_ONLY_MEMORY , nullptr
#else
#define WHAMM_ONLY_MEMORY
#endif

BinaryenExpressionRef codegen::buildLoad(BinaryenModuleRef module,
                                         BinaryenExpressionRef address,
                                         uint32_t offset, Type type) {
  BinaryenType binaryenType = getBinaryenType(type);
  uint32_t bytes = type.getIntOrFloatBitWidth() == 64 ? 8 : 4;
  return BinaryenLoad(module, bytes, false, offset, bytes, binaryenType,
                      address WHAMM_ONLY_MEMORY);
}

BinaryenExpressionRef codegen::buildStore(BinaryenModuleRef module,
                                          BinaryenExpressionRef address,
                                          uint32_t offset,
                                          BinaryenExpressionRef value) {
  BinaryenType type = BinaryenExpressionGetType(value);
  bool isWide = type == BinaryenTypeInt64() || type == BinaryenTypeFloat64();
  uint32_t bytes = isWide ? 8 : 4;
  return BinaryenStore(module, bytes, offset, bytes, address, value,
                       type WHAMM_ONLY_MEMORY);
}

BinaryenExpressionRef FunctionBuilder::buildAddRow(wasm_inject::AddRowOp op) {
  auto kind = static_cast<int32_t>(names.getRowKind(op.getRow()));
  Expr number = BinaryenConst(module, BinaryenLiteralInt32(kind));
  if (op.getIndex())
    number =
        BinaryenBinary(module, BinaryenAddInt32(), number, get(op.getIndex()));
  Expr operands[] = {number, get(op.getAddress()), get(op.getFid()),
                     get(op.getPc())};
  return BinaryenCall(module, names.getAddRowFunction().c_str(), operands, 4,
                      BinaryenTypeNone());
}

/// The value of an operation, or null where it is unknown.
BinaryenExpressionRef FunctionBuilder::buildValue(Operation &op) {
  return llvm::TypeSwitch<Operation *, Expr>(&op)
      .Case<arith::CmpIOp, arith::CmpFOp>(
          [&](auto cmp) { return buildCompare(cmp); })
      .Case<arith::SelectOp>([&](arith::SelectOp select) {
        return BinaryenSelect(
            module, get(select.getCondition()), get(select.getTrueValue()),
            get(select.getFalseValue()), getBinaryenType(select.getType()));
      })
      .Case<arith::RemFOp>([&](arith::RemFOp rem) {
        return buildNumerics(rem.getType().isF64() ? "fmod64" : "fmod32", op);
      })
      .Case<wasm_inject::StateGetOp>([&](wasm_inject::StateGetOp get) {
        return names.readState(module, get.getState(), get.getComponent(),
                               get.getType());
      })
      .Case<wasm_inject::OperandGetOp>([&](wasm_inject::OperandGetOp get) {
        Type type = get.getType();
        return BinaryenGlobalGet(
            module, names.getAssignedGlobal(get.getOperand(), type).c_str(),
            getBinaryenType(type));
      })
      .Case<wasm_inject::DataAddressOp>([&](auto) {
        return BinaryenGlobalGet(module, names.getDataAddressGlobal().c_str(),
                                 BinaryenTypeInt32());
      })
      .Case<wasm_inject::LoadOp>([&](wasm_inject::LoadOp load) {
        return codegen::buildLoad(module, get(load.getAddress()),
                                  load.getOffset(), load.getType());
      })
      .Case<wasm_inject::LocalGetOp>([&](wasm_inject::LocalGetOp get) {
        return BinaryenLocalGet(module, locals.at(get.getLocal()),
                                getBinaryenType(get.getType()));
      })
      .Default([&](Operation *) {
        Expr result = buildBinary(op);
        return result ? result : buildConversion(op);
      });
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

FailureOr<BinaryenExpressionRef> FunctionBuilder::buildIf(scf::IfOp op) {
  for (Value result : op.getResults())
    addLocal(result, result.getType());
  auto buildArm = [&](Block *block) -> FailureOr<Expr> {
    FailureOr<Expr> arm = build(*block);
    if (failed(arm) || op.getNumResults() == 0)
      return arm;
    SmallVector<Expr> list{*arm};
    for (auto [result, value] :
         llvm::zip(op.getResults(), block->back().getOperands()))
      list.push_back(BinaryenLocalSet(module, locals.at(result), get(value)));
    return BinaryenBlock(module, nullptr, list.data(), list.size(),
                         BinaryenTypeAuto());
  };
  FailureOr<Expr> thenArm = buildArm(op.thenBlock());
  if (failed(thenArm))
    return failure();
  Expr elseArm = nullptr;
  if (op.elseBlock()) {
    FailureOr<Expr> arm = buildArm(op.elseBlock());
    if (failed(arm))
      return failure();
    elseArm = *arm;
  }
  return BinaryenIf(module, get(op.getCondition()), *thenArm, elseArm);
}

/// True where an operation's types are those that code is made of. An i1 is 0
/// or 1 in an i32, which only some operations may be told.
static bool hasSupportedTypes(Operation &op) {
  using P = arith::CmpIPredicate;
  bool hasBool = false;
  auto isSupported = [&](Type type) {
    hasBool |= type.isInteger(1);
    return type.isInteger(1) || type.isInteger(32) || type.isInteger(64) ||
           type.isF32() || type.isF64() || isa<wasm_inject::LocalType>(type);
  };
  if (!llvm::all_of(op.getOperandTypes(), isSupported) ||
      !llvm::all_of(op.getResultTypes(), isSupported))
    return false;
  if (!hasBool)
    return true;
  if (auto cmp = dyn_cast<arith::CmpIOp>(op))
    return !cmp.getLhs().getType().isInteger(1) ||
           !llvm::is_contained({P::slt, P::sle, P::sgt, P::sge},
                               cmp.getPredicate());
  return !isa<arith::AddIOp, arith::SubIOp, arith::MulIOp, arith::ShLIOp,
              arith::ShRSIOp, arith::ShRUIOp, arith::SIToFPOp>(op);
}

/// A call of a function with several results leaves all but the first in
/// globals, to be read at once.
void FunctionBuilder::buildCall(wasm_inject::CallOp op,
                                SmallVectorImpl<Expr> &out) {
  SmallVector<Expr> operands;
  for (Value operand : op.getArgs())
    operands.push_back(get(operand));
  bool hasResult = op.getNumResults() > 0;
  Expr call =
      BinaryenCall(module, names.getFunction(op.getCallee()).c_str(),
                   operands.data(), operands.size(),
                   hasResult ? getBinaryenType(op.getResult(0).getType())
                             : BinaryenTypeNone());
  for (auto [i, result] : llvm::enumerate(op.getResults())) {
    Type type = result.getType();
    unsigned local = addLocal(result, type);
    Expr value =
        i == 0
            ? call
            : BinaryenGlobalGet(module, names.getResultGlobal(i, type).c_str(),
                                getBinaryenType(type));
    out.push_back(BinaryenLocalSet(module, local, value));
  }
  if (!hasResult)
    out.push_back(call);
}

void FunctionBuilder::buildReturn(wasm_inject::ReturnOp op,
                                  SmallVectorImpl<Expr> &out) {
  for (auto [i, value] : llvm::enumerate(op.getValues()))
    if (i != 0)
      out.push_back(BinaryenGlobalSet(
          module, names.getResultGlobal(i, value.getType()).c_str(),
          get(value)));
  out.push_back(BinaryenReturn(
      module, op.getValues().empty() ? nullptr : get(op.getValues()[0])));
}

bool FunctionBuilder::buildStatement(Operation &op,
                                     SmallVectorImpl<Expr> &out) {
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case<wasm_inject::LocalOp>([&](wasm_inject::LocalOp local) {
        addLocal(local.getResult(), local.getType().getValueType());
        return true;
      })
      .Case<wasm_inject::LocalSetOp>([&](wasm_inject::LocalSetOp set) {
        out.push_back(BinaryenLocalSet(module, locals.at(set.getLocal()),
                                       get(set.getValue())));
        return true;
      })
      .Case<wasm_inject::StateSetOp>([&](wasm_inject::StateSetOp set) {
        out.push_back(names.writeState(
            module, set.getState(), set.getComponent(), get(set.getValue())));
        return true;
      })
      .Case<wasm_inject::StoreOp>([&](wasm_inject::StoreOp store) {
        out.push_back(codegen::buildStore(module, get(store.getAddress()),
                                          store.getOffset(),
                                          get(store.getValue())));
        return true;
      })
      .Case<wasm_inject::AddRowOp>([&](wasm_inject::AddRowOp row) {
        out.push_back(buildAddRow(row));
        return true;
      })
      .Case<wasm_inject::OperandSetOp>([&](wasm_inject::OperandSetOp set) {
        Type type = set.getValue().getType();
        out.push_back(BinaryenGlobalSet(
            module, names.getAssignedGlobal(set.getOperand(), type).c_str(),
            get(set.getValue())));
        return true;
      })
      .Case<wasm_inject::CallOp>([&](wasm_inject::CallOp call) {
        buildCall(call, out);
        return true;
      })
      .Case<wasm_inject::ReturnOp>([&](wasm_inject::ReturnOp result) {
        buildReturn(result, out);
        return true;
      })
      .Case<wasm_inject::ExitOp>([&](auto) {
        out.push_back(BinaryenReturn(module, nullptr));
        return true;
      })
      .Case<wasm_inject::TrapOp>([&](auto) {
        out.push_back(BinaryenUnreachable(module));
        return true;
      })
      .Default([](Operation *) { return false; });
}

LogicalResult FunctionBuilder::buildOp(Operation &op,
                                       SmallVectorImpl<Expr> &out) {
  if (!hasSupportedTypes(op))
    return op.emitError("internal error: no WebAssembly for this operation");
  if (isa<arith::ConstantOp, scf::YieldOp>(op))
    return success();
  if (buildStatement(op, out))
    return success();
  if (auto ifOp = dyn_cast<scf::IfOp>(op)) {
    FailureOr<Expr> expr = buildIf(ifOp);
    if (failed(expr))
      return failure();
    out.push_back(*expr);
    return success();
  }
  Expr value = op.getNumResults() == 1 ? buildValue(op) : nullptr;
  if (!value)
    return op.emitError("internal error: no WebAssembly for this operation");
  unsigned local = addLocal(op.getResult(0), op.getResult(0).getType());
  out.push_back(BinaryenLocalSet(module, local, value));
  return success();
}

FailureOr<BinaryenExpressionRef> FunctionBuilder::build(Block &block) {
  SmallVector<Expr> list;
  for (Operation &op : block)
    if (failed(buildOp(op, list)))
      return failure();
  return BinaryenBlock(module, nullptr, list.data(), list.size(),
                       BinaryenTypeAuto());
}

LogicalResult codegen::addFunction(BinaryenModuleRef module,
                                   wasm_inject::FunctionOp op,
                                   NameResolver &names) {
  Block &body = op.getBody().front();
  std::vector<BinaryenType> params;
  FunctionBuilder builder(module, body.getNumArguments(), names);
  for (BlockArgument arg : body.getArguments()) {
    builder.mapParam(arg, params.size());
    params.push_back(getBinaryenType(arg.getType()));
  }
  auto code = builder.build(body);
  if (failed(code))
    return failure();
  BinaryenType result = BinaryenTypeNone();
  if (!op.getSignatureResults().empty()) {
    result =
        getBinaryenType(cast<TypeAttr>(op.getSignatureResults()[0]).getValue());
    // Every path has returned.
    BinaryenExpressionRef list[] = {*code, BinaryenUnreachable(module)};
    code = BinaryenBlock(module, nullptr, list, 2, result);
  }
  std::vector<BinaryenType> vars(builder.getVarTypes());
  BinaryenAddFunction(module, op.getSymName().str().c_str(),
                      BinaryenTypeCreate(params.data(), params.size()), result,
                      vars.data(), vars.size(), *code);
  return success();
}

LogicalResult codegen::addBody(BinaryenModuleRef module, Block &body,
                               StringRef name, NameResolver &names) {
  FunctionBuilder builder(module, 0, names);
  auto code = builder.build(body);
  if (failed(code))
    return failure();
  std::vector<BinaryenType> vars(builder.getVarTypes());
  BinaryenAddFunction(module, name.str().c_str(), BinaryenTypeNone(),
                      BinaryenTypeNone(), vars.data(), vars.size(), *code);
  return success();
}
