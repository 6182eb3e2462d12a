//===- StaticEvaluator.cpp - Expressions at match time ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "StaticEvaluator.h"

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Wasm/BoundNames.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/ADT/bit.h"

#include <cmath>

using namespace mlir;
using namespace whamm;

static NumberKind getKind(Type type) {
  if (isa<probe::StrType>(type))
    return NumberKind::Str;
  if (type.isF32())
    return NumberKind::F32;
  if (type.isF64())
    return NumberKind::F64;
  bool isUnsigned = type.isUnsignedInteger();
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
    return NumberKind::Bool;
  case 8:
    return isUnsigned ? NumberKind::U8 : NumberKind::I8;
  case 16:
    return isUnsigned ? NumberKind::U16 : NumberKind::I16;
  case 32:
    return isUnsigned ? NumberKind::U32 : NumberKind::I32;
  default:
    return isUnsigned ? NumberKind::U64 : NumberKind::I64;
  }
}

/// Brings an integer to its kind's width and extends it again.
static uint64_t normalize(uint64_t bits, NumberKind kind) {
  switch (kind) {
  case NumberKind::Bool:
    return bits != 0;
  case NumberKind::U8:
    return static_cast<uint8_t>(bits);
  case NumberKind::I8:
    return static_cast<int64_t>(static_cast<int8_t>(bits));
  case NumberKind::U16:
    return static_cast<uint16_t>(bits);
  case NumberKind::I16:
    return static_cast<int64_t>(static_cast<int16_t>(bits));
  case NumberKind::U32:
    return static_cast<uint32_t>(bits);
  case NumberKind::I32:
    return static_cast<int64_t>(static_cast<int32_t>(bits));
  default:
    return bits;
  }
}

static bool isSigned(NumberKind kind) {
  return kind == NumberKind::I8 || kind == NumberKind::I16 ||
         kind == NumberKind::I32 || kind == NumberKind::I64;
}
static bool isWide(NumberKind kind) {
  return kind == NumberKind::U64 || kind == NumberKind::I64;
}
static bool isFloat(NumberKind kind) {
  return kind == NumberKind::F32 || kind == NumberKind::F64;
}

static float toF32(uint64_t bits) {
  return llvm::bit_cast<float>(static_cast<uint32_t>(bits));
}
static double toF64(uint64_t bits) { return llvm::bit_cast<double>(bits); }
static uint64_t fromF32(float v) { return llvm::bit_cast<uint32_t>(v); }
static uint64_t fromF64(double v) { return llvm::bit_cast<uint64_t>(v); }

//===----------------------------------------------------------------------===//
// Compilation
//===----------------------------------------------------------------------===//

StaticProgram::StaticProgram(Value value) {
  compile(value);
  values.resize(steps.size());
}

uint32_t StaticProgram::add(Step step) {
  steps.push_back(step);
  return steps.size() - 1;
}

static StaticValue getConstant(Attribute attr) {
  StaticValue value;
  if (auto text = dyn_cast<StringAttr>(attr))
    value.text = text.getValue();
  else if (auto floating = dyn_cast<FloatAttr>(attr))
    value.bits = floating.getValue().bitcastToAPInt().getZExtValue();
  else if (auto integer = dyn_cast<IntegerAttr>(attr))
    value.bits = normalize(integer.getValue().getRawData()[0],
                           getKind(integer.getType()));
  return value;
}

/// Decodes the name of a static bound variable.
static StaticFact getStaticFact(StringRef name) {
  if (auto member = wasm::getFamilyMember(name))
    return {member->source, static_cast<int32_t>(member->index)};
  for (wasm::EventId id = 0; id < wasm::getEvents().size(); ++id)
    if (auto var = wasm::lookupBoundVar(id, name))
      return {var->source, var->index};
  llvm_unreachable("the verifier knows all bound names");
}

static bool isFunctionFact(wasm::BoundSource source) {
  return source == wasm::BoundSource::Fid ||
         source == wasm::BoundSource::Fname ||
         source == wasm::BoundSource::AppMemId;
}

uint32_t StaticProgram::compile(Value value) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  Operation *op = value.getDefiningOp();
  Step step;
  step.kind = getKind(value.getType());
  step.source = step.kind;
  if (auto bound = dyn_cast<probe::BoundOp>(op)) {
    step.code = Code::Fact;
    step.a = facts.size();
    facts.push_back(getStaticFact(bound.getSourceName()));
    functionInvariant &= isFunctionFact(facts.back().source);
    return known[value] = add(step);
  }
  if (auto constant = dyn_cast<probe::ConstantOp>(op)) {
    step.code = Code::Constant;
    step.constant = getConstant(constant.getValue());
    return known[value] = add(step);
  }
  uint32_t *slots[] = {&step.a, &step.b, &step.c};
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    *slots[i] = compile(operand);
  if (op->getNumOperands() > 0)
    step.source = getKind(op->getOperand(0).getType());
  step.code =
      llvm::TypeSwitch<Operation *, Code>(op)
          .Case<probe::AddOp>([](auto) { return Code::Add; })
          .Case<probe::SubOp>([](auto) { return Code::Sub; })
          .Case<probe::MulOp>([](auto) { return Code::Mul; })
          .Case<probe::DivOp>([](auto) { return Code::Div; })
          .Case<probe::RemOp>([](auto) { return Code::Rem; })
          .Case<probe::ShlOp>([](auto) { return Code::Shl; })
          .Case<probe::ShrOp>([](auto) { return Code::Shr; })
          .Case<probe::AndOp, predicate::AndOp>([](auto) { return Code::And; })
          .Case<probe::OrOp, predicate::OrOp>([](auto) { return Code::Or; })
          .Case<probe::XorOp>([](auto) { return Code::Xor; })
          .Case<probe::NotOp>([](auto) { return Code::Not; })
          .Case<predicate::NotOp>([](auto) { return Code::LogicalNot; })
          .Case<probe::CmpOp>([](probe::CmpOp cmp) {
            return static_cast<Code>(static_cast<uint32_t>(Code::Eq) +
                                     static_cast<uint32_t>(cmp.getPredicate()));
          })
          .Case<probe::CastOp>([](auto) { return Code::Cast; })
          .Case<probe::SelectOp>([](auto) { return Code::Select; })
          .Case<probe::StrEqOp>([](auto) { return Code::StrEq; })
          .Case<probe::StrStartsWithOp>(
              [](auto) { return Code::StrStartsWith; })
          .Case<probe::StrEndsWithOp>([](auto) { return Code::StrEndsWith; })
          .Case<probe::StrContainsOp>([](auto) { return Code::StrContains; })
          .Case<probe::StrLenOp>([](auto) { return Code::StrLen; });
  return known[value] = add(step);
}

//===----------------------------------------------------------------------===//
// Facts
//===----------------------------------------------------------------------===//

/// The callee of a call, for the names that describe it.
static StringRef getCalleeText(wasm::BoundSource source,
                               const SiteFacts &site) {
  uint32_t callee = site.instr->imms[0];
  const wasm::Import *import = site.module->getFunctionImport(callee);
  switch (source) {
  case wasm::BoundSource::TargetFnType:
    return import ? "import" : "local";
  case wasm::BoundSource::TargetImpModule:
    return import ? import->module : site.module->getModuleName();
  default:
    return import ? import->name : site.module->getFunctionName(callee);
  }
}

static std::optional<StaticValue> getImmediate(unsigned index,
                                               const SiteFacts &site) {
  const wasm::Instr &instr = *site.instr;
  StaticValue value;
  switch (instr.opcode) {
  case wasm::Opcode::BrTable:
    if (index >= instr.targets.size())
      return std::nullopt;
    value.bits = instr.targets[index];
    return value;
  case wasm::Opcode::I32Const:
  case wasm::Opcode::I64Const:
  case wasm::Opcode::F32Const:
  case wasm::Opcode::F64Const:
    if (index > 0)
      return std::nullopt;
    value.bits = instr.constBits;
    return value;
  default:
    if (index >= instr.numImms)
      return std::nullopt;
    value.bits = instr.imms[index];
    return value;
  }
}

std::optional<StaticValue> whamm::getFact(const StaticFact &fact,
                                          const SiteFacts &site) {
  using Source = wasm::BoundSource;
  const wasm::EventInfo &event = wasm::getEvents()[site.event];
  StaticValue value;
  switch (fact.source) {
  case Source::AppMemId:
    if (site.module->memories.size() == site.module->numImportedMemories)
      return std::nullopt;
    value.bits = site.module->numImportedMemories;
    return value;
  case Source::Fid:
    value.bits = site.func;
    return value;
  case Source::Fname:
    value.text = site.module->getFunctionName(site.func);
    return value;
  case Source::Pc:
    value.bits = site.pc;
    return value;
  case Source::Opidx:
    value.bits = site.instr->opidx;
    return value;
  case Source::AtFuncEnd:
    value.bits = site.isFunctionEnd;
    return value;
  case Source::Opname:
    value.text = event.opname;
    return value;
  case Source::Bytecode:
    value.bits = event.bytecode;
    return value;
  case Source::CategoryId:
    value.bits = event.categoryId;
    return value;
  case Source::CategoryName:
    value.text = event.categoryName;
    return value;
  case Source::Imm:
    return getImmediate(fact.index, site);
  case Source::MemArgMemory:
    value.bits = site.instr->mem.memory;
    return value;
  case Source::MemArgAlign:
    value.bits = site.instr->mem.align;
    return value;
  case Source::MemArgOffset:
    value.bits = site.instr->mem.offset;
    return value;
  case Source::DataSize:
    value.bits = wasm::getOpcodeInfo(site.instr->opcode).accessBytes;
    return value;
  case Source::IsWrite:
    value.bits = wasm::getOpcodeInfo(site.instr->opcode).writesMemory;
    return value;
  case Source::NumTargets:
    if (site.instr->targets.empty())
      return std::nullopt;
    value.bits = site.instr->targets.size() - 1;
    return value;
  case Source::DefaultTarget:
    if (site.instr->targets.empty())
      return std::nullopt;
    value.bits = site.instr->targets.back();
    return value;
  case Source::TargetFnType:
  case Source::TargetImpModule:
  case Source::TargetFnName:
    value.text = getCalleeText(fact.source, site);
    return value;
  case Source::InstrCount:
    value.bits = site.instrCount;
    return value;
  default:
    return std::nullopt;
  }
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

const StaticValue &StaticProgram::evaluate(const SiteFacts &site) {
  for (size_t i = 0; i < steps.size(); ++i)
    run(steps[i], values[i], site);
  return values.back();
}

/// Three-way comparison: -1, 0, 1, or 2 for unordered.
template <typename T> static int order(T a, T b) {
  return a < b ? -1 : a > b ? 1 : a == b ? 0 : 2;
}

static int compare(uint64_t a, uint64_t b, NumberKind kind) {
  if (kind == NumberKind::F32)
    return order(toF32(a), toF32(b));
  if (kind == NumberKind::F64)
    return order(toF64(a), toF64(b));
  if (isSigned(kind))
    return order(static_cast<int64_t>(a), static_cast<int64_t>(b));
  return order(a, b);
}

static uint64_t castNumber(uint64_t bits, NumberKind from, NumberKind to) {
  // Float to integer can trap and is never static.
  if (isFloat(from)) {
    double value = from == NumberKind::F32 ? toF32(bits) : toF64(bits);
    if (to == NumberKind::Bool)
      return value != 0;
    return to == NumberKind::F32 ? fromF32(static_cast<float>(value))
                                 : fromF64(value);
  }
  if (to == NumberKind::Bool)
    return bits != 0;
  if (!isFloat(to))
    return normalize(bits, to);
  auto asSigned = static_cast<int64_t>(bits);
  if (to == NumberKind::F32)
    return fromF32(isSigned(from) ? static_cast<float>(asSigned)
                                  : static_cast<float>(bits));
  return fromF64(isSigned(from) ? static_cast<double>(asSigned)
                                : static_cast<double>(bits));
}

template <typename T, typename Code> static T floatOp(Code code, T a, T b) {
  switch (code) {
  case Code::Add:
    return a + b;
  case Code::Sub:
    return a - b;
  case Code::Mul:
    return a * b;
  case Code::Div:
    return a / b;
  default:
    return std::fmod(a, b);
  }
}

template <typename Code>
static uint64_t intOp(Code code, uint64_t a, uint64_t b, NumberKind kind) {
  unsigned count = b & (isWide(kind) ? 63 : 31);
  switch (code) {
  case Code::Add:
    return a + b;
  case Code::Sub:
    return a - b;
  case Code::Mul:
    return a * b;
  case Code::Div:
    // isStatic admits divisors that cannot trap only.
    return isSigned(kind) ? static_cast<uint64_t>(static_cast<int64_t>(a) /
                                                  static_cast<int64_t>(b))
                          : a / b;
  case Code::Rem:
    if (isSigned(kind) && b == ~0ull)
      return 0;
    return isSigned(kind) ? static_cast<uint64_t>(static_cast<int64_t>(a) %
                                                  static_cast<int64_t>(b))
                          : a % b;
  case Code::Shl:
    return a << count;
  case Code::Shr:
    return isSigned(kind)
               ? static_cast<uint64_t>(static_cast<int64_t>(a) >> count)
               : a >> count;
  case Code::And:
    return a & b;
  case Code::Or:
    return a | b;
  case Code::Xor:
    return a ^ b;
  default:
    llvm_unreachable("not a binary operation");
  }
}

void StaticProgram::run(const Step &step, StaticValue &out,
                        const SiteFacts &site) const {
  const StaticValue &a = values[step.a], &b = values[step.b];
  switch (step.code) {
  case Code::Constant:
    out = step.constant;
    return;
  case Code::Fact:
    if (auto value = getFact(facts[step.a], site)) {
      out = *value;
      out.bits = normalize(out.bits, step.kind); // a bound may narrow it
    }
    return;
  case Code::Not:
    out.bits = normalize(~a.bits, step.kind);
    return;
  case Code::LogicalNot:
    out.bits = a.bits ^ 1;
    return;
  case Code::Eq:
    out.bits = compare(a.bits, b.bits, step.source) == 0;
    return;
  case Code::Ne:
    out.bits = compare(a.bits, b.bits, step.source) != 0;
    return;
  case Code::Lt:
    out.bits = compare(a.bits, b.bits, step.source) == -1;
    return;
  case Code::Le:
    out.bits = compare(a.bits, b.bits, step.source) <= 0;
    return;
  case Code::Gt:
    out.bits = compare(a.bits, b.bits, step.source) == 1;
    return;
  case Code::Ge: {
    int result = compare(a.bits, b.bits, step.source);
    out.bits = result == 0 || result == 1;
    return;
  }
  case Code::Cast:
    out.bits = castNumber(a.bits, step.source, step.kind);
    return;
  case Code::Select:
    out = a.bits ? b : values[step.c];
    return;
  case Code::StrEq:
    out.bits = a.text == b.text;
    return;
  case Code::StrStartsWith:
    out.bits = a.text.starts_with(b.text);
    return;
  case Code::StrEndsWith:
    out.bits = a.text.ends_with(b.text);
    return;
  case Code::StrContains:
    out.bits = a.text.contains(b.text);
    return;
  case Code::StrLen:
    out.bits = a.text.size();
    return;
  default:
    break;
  }
  if (step.kind == NumberKind::F32)
    out.bits = fromF32(floatOp(step.code, toF32(a.bits), toF32(b.bits)));
  else if (step.kind == NumberKind::F64)
    out.bits = fromF64(floatOp(step.code, toF64(a.bits), toF64(b.bits)));
  else
    out.bits =
        normalize(intOp(step.code, a.bits, b.bits, step.kind), step.kind);
}
