//===- StaticEvaluator.cpp - Expressions at match time ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "StaticEvaluator.h"

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Wasm/ActiveData.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/Endian.h"

#include <cmath>

using namespace mlir;
using namespace whamm;

char StaticError::ID;

uint64_t whamm::normalize(uint64_t bits, NumberKind kind) {
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
// Evaluation
//===----------------------------------------------------------------------===//

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
  // Float to integer can trap and is never static (see run()).
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

//===----------------------------------------------------------------------===//
// Failures
//===----------------------------------------------------------------------===//

/// ` at function 3, pc 17`, where there is a site.
static std::string describe(const SiteFacts &site) {
  if (!site.instr)
    return "";
  return " at function " + std::to_string(site.func) + ", pc " +
         std::to_string(site.pc);
}

/// Keeps the first failure. Returns false, as run() does then.
bool StaticProgram::fail(const Step &step, const SiteFacts &site,
                         const Twine &text) {
  if (errorLoc)
    return false;
  errorLoc = step.op->getLoc();
  errorText = text.str();
  return false;
}

llvm::Error StaticProgram::takeError() {
  if (!errorLoc)
    return llvm::Error::success();
  llvm::Error error = llvm::make_error<StaticError>(*errorLoc, errorText);
  errorLoc.reset();
  return error;
}

//===----------------------------------------------------------------------===//
// Calls, memories, facts
//===----------------------------------------------------------------------===//

bool StaticProgram::runCall(const Step &step, StaticValue &out,
                            const SiteFacts &site) {
  auto op = cast<probe::LibCallOp>(step.op);
  if (site.calls)
    if (auto it = site.calls->find(step.op); it != site.calls->end()) {
      out.bits = it->second;
      return true;
    }
  std::string place = ("static call of '" + op.getLibrary() + "." +
                       op.getFunction() + "'" + describe(site) + ": ")
                          .str();
  if (!site.context || !site.context->caller)
    return fail(step, site, place + "no libraries are at hand");
  SmallVector<uint64_t> args;
  for (uint32_t arg : ArrayRef(callArgs).slice(step.a, step.b))
    args.push_back(values[arg].bits);
  llvm::Expected<std::optional<uint64_t>> made =
      site.context->caller->call(op.getLibrary(), op.getFunction(), args);
  if (!made)
    return fail(step, site, place + llvm::toString(made.takeError()));
  if (!*made && op.getResult())
    return fail(step, site, place + "there is no result");
  out.bits = *made ? normalize(**made, step.kind) : 0;
  if (site.calls)
    site.calls->try_emplace(step.op, out.bits);
  return true;
}

/// The number that `memid` gives a library's memory.
static std::optional<uint64_t> getMemoryNumber(StringRef library,
                                               const SiteFacts &site) {
  if (site.context)
    for (auto [i, name] : llvm::enumerate(site.context->memories))
      if (name == library)
        return site.module->memories.size() + i;
  return std::nullopt;
}

bool StaticProgram::runMemory(const Step &step, StaticValue &out,
                              const SiteFacts &site) {
  if (step.code == Code::MemId) {
    StringRef library = cast<probe::MemIdOp>(step.op).getLibrary();
    std::optional<uint64_t> number = getMemoryNumber(library, site);
    if (!number)
      return fail(step, site, "library '" + library + "' has no memory");
    out.bits = *number;
    return true;
  }
  uint64_t memory = values[step.a].bits;
  uint64_t numOwn = site.module->memories.size();
  uint64_t numAll = numOwn + (site.context ? site.context->memories.size() : 0);
  if (memory >= numAll)
    return fail(step, site,
                "there is no memory " + Twine(memory) + describe(site) +
                    ": the application has " + Twine(numOwn) +
                    ", the libraries " + Twine(numAll - numOwn));
  bool isOwn = memory < numOwn;
  if (step.code == Code::PageSize) {
    auto log2 = isOwn ? site.module->memories[memory].pageSizeLog2.value_or(16)
                      : uint8_t(16);
    out.bits = uint64_t(1) << log2;
    return true;
  }
  wasm::DataSpan span;
  if (isOwn)
    span = wasm::getActiveData(*site.module, memory);
  out.bits = normalize(
      step.code == Code::ActiveDataStart ? span.begin : span.end - span.begin,
      step.kind);
  return true;
}

/// The entries of a br_table without the default, as bytes.
static void encodeTargets(const wasm::Instr &instr, std::string &bytes) {
  bytes.clear();
  if (instr.targets.empty())
    return;
  for (uint32_t target : instr.targets.drop_back()) {
    char word[4];
    llvm::support::endian::write32le(word, target);
    bytes.append(word, sizeof word);
  }
}

bool StaticProgram::runFact(const Step &step, StaticValue &out,
                            const SiteFacts &site) {
  const StaticFact &fact = facts[step.a];
  out = getFact(fact, site).value_or(StaticValue());
  if (fact.source == wasm::BoundSource::Targets && site.instr) {
    encodeTargets(*site.instr, targets);
    out.text = targets;
  }
  out.bits = normalize(out.bits, step.kind); // a bound may narrow it
  return true;
}

static uint64_t getTableEntry(StringRef table, uint64_t index) {
  return index < table.size() / 4
             ? llvm::support::endian::read32le(table.data() + 4 * index)
             : 0;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

const StaticValue &StaticProgram::evaluate(const SiteFacts &site) {
  for (size_t i = 0; i < steps.size(); ++i) {
    const Step &step = steps[i];
    if (step.code == Code::SkipUnless || step.code == Code::SkipIf) {
      if ((values[step.a].bits != 0) == (step.code == Code::SkipIf))
        i = step.b;
    } else if (!run(step, values[i], site)) {
      break;
    }
  }
  return values[result];
}

/// Arithmetic. Divisions that trap are not static, but in scripts that nobody
/// checked.
bool StaticProgram::runNumber(const Step &step, StaticValue &out,
                              const SiteFacts &site) {
  uint64_t a = values[step.a].bits, b = values[step.b].bits;
  if (step.kind == NumberKind::F32) {
    out.bits = fromF32(floatOp(step.code, toF32(a), toF32(b)));
    return true;
  }
  if (step.kind == NumberKind::F64) {
    out.bits = fromF64(floatOp(step.code, toF64(a), toF64(b)));
    return true;
  }
  bool isDivision = step.code == Code::Div || step.code == Code::Rem;
  if (isDivision && b == 0)
    return fail(step, site, "division by zero" + describe(site));
  if (step.code == Code::Div && isSigned(step.kind) && b == ~0ull)
    out.bits = normalize(0 - a, step.kind); // MIN / -1 must not end us
  else
    out.bits = normalize(intOp(step.code, a, b, step.kind), step.kind);
  return true;
}

bool StaticProgram::run(const Step &step, StaticValue &out,
                        const SiteFacts &site) {
  const StaticValue &a = values[step.a], &b = values[step.b];
  switch (step.code) {
  case Code::Constant:
    out = step.constant;
    return true;
  case Code::Fact:
    return runFact(step, out, site);
  case Code::Not:
    out.bits = normalize(~a.bits, step.kind);
    return true;
  case Code::LogicalNot:
    out.bits = a.bits ^ 1;
    return true;
  case Code::Eq:
    out.bits = compare(a.bits, b.bits, step.source) == 0;
    return true;
  case Code::Ne:
    out.bits = compare(a.bits, b.bits, step.source) != 0;
    return true;
  case Code::Lt:
    out.bits = compare(a.bits, b.bits, step.source) == -1;
    return true;
  case Code::Le:
    out.bits = compare(a.bits, b.bits, step.source) <= 0;
    return true;
  case Code::Gt:
    out.bits = compare(a.bits, b.bits, step.source) == 1;
    return true;
  case Code::Ge: {
    int order = compare(a.bits, b.bits, step.source);
    out.bits = order == 0 || order == 1;
    return true;
  }
  case Code::Cast:
    out.bits = castNumber(a.bits, step.source, step.kind);
    return true;
  case Code::Select:
    out = a.bits ? b : values[step.c];
    return true;
  case Code::StrEq:
    out.bits = a.text == b.text;
    return true;
  case Code::StrStartsWith:
    out.bits = a.text.starts_with(b.text);
    return true;
  case Code::StrEndsWith:
    out.bits = a.text.ends_with(b.text);
    return true;
  case Code::StrContains:
    out.bits = a.text.contains(b.text);
    return true;
  case Code::StrLen:
    out.bits = a.text.size();
    return true;
  case Code::TableEntry:
    out.bits = getTableEntry(a.text, b.bits);
    return true;
  case Code::MemId:
  case Code::PageSize:
  case Code::ActiveDataStart:
  case Code::ActiveDataLen:
    return runMemory(step, out, site);
  case Code::LibCall:
    return runCall(step, out, site);
  case Code::SkipUnless:
  case Code::SkipIf:
    return true;
  case Code::Unsupported:
    return fail(step, site,
                "'" + step.op->getName().getStringRef() +
                    "' cannot be evaluated at match time");
  default:
    return runNumber(step, out, site);
  }
}
