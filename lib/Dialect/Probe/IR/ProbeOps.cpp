//===- ProbeOps.cpp - The dialect's operations ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "whamm/Wasm/BoundNames.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace whamm::probe;
namespace wasm = whamm::wasm;

#define GET_OP_CLASSES
#include "whamm/Dialect/Probe/IR/ProbeOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Scripts and probes
//===----------------------------------------------------------------------===//

static bool isScalar(Type type) {
  return type.isF32() || type.isF64() || type.isInteger(1) ||
         (isa<IntegerType>(type) && !type.isSignlessInteger() &&
          llvm::is_contained({8u, 16u, 32u, 64u},
                             type.getIntOrFloatBitWidth()));
}

/// True for what can be compared and put into tuples and maps.
static bool isStorable(Type type) {
  if (auto tuple = dyn_cast<TupleType>(type))
    return llvm::all_of(tuple.getTypes(), isStorable);
  return isScalar(type) || isa<StrType>(type);
}

/// True for what can be passed, too.
static bool isData(Type type) {
  return isStorable(type) || isa<FuncRefType>(type);
}

/// True for the types that a variable can have which outlives a body.
static bool isVariableType(Type type) {
  if (auto map = dyn_cast<MapType>(type))
    return isStorable(map.getKeyType()) && isStorable(map.getValueType());
  return isStorable(type);
}

LogicalResult GlobalOp::verify() {
  if (!isVariableType(getType()))
    return emitOpError("expects a type of the language, found ") << getType();
  return success();
}

/// Lifetimes of all bound names of the tables. `argN`, `resN` and `localN`
/// are dynamic, `immN` is static whatever N is.
static const llvm::StringMap<wasm::Lifetime> &getLifetimes() {
  static const llvm::StringMap<wasm::Lifetime> map = [] {
    llvm::StringMap<wasm::Lifetime> result;
    for (wasm::EventId id = 0; id < wasm::getEvents().size(); ++id) {
      const wasm::EventInfo &event = wasm::getEvents()[id];
      for (const wasm::BoundVar &var : event.boundVars)
        result.try_emplace(var.name, var.lifetime);
      for (const wasm::BoundVar &var : wasm::getPackageBoundVars(event.package))
        result.try_emplace(var.name, var.lifetime);
    }
    // Scripts cannot name it: what memory.init reads, for `dup_at`.
    result.try_emplace("segment", wasm::Lifetime::Static);
    // The dynamic one is an operation, probe.resolve_funcref.
    result["resolved_fid"] = wasm::Lifetime::Static;
    return result;
  }();
  return map;
}

/// True where some event binds the name.
static bool isBoundName(StringRef name) {
  return wasm::getFamilyMember(name) || getLifetimes().contains(name);
}

/// Each bound gives a name, of a family or an alias, a type of variables.
static LogicalResult verifyBounds(ProbeOp op) {
  auto bounds = op.getBoundsAttr();
  if (!bounds)
    return success();
  for (auto bound : bounds.getAsRange<TypeBoundAttr>()) {
    if (!isBoundName(bound.getName()))
      return op.emitOpError("no event binds '") << bound.getName() << "'";
    if (!isScalar(bound.getType()) && !isa<FuncRefType>(bound.getType()))
      return op.emitOpError("a type bound gives a number or bool, found ")
             << bound.getType();
  }
  return success();
}

LogicalResult ProbeOp::verify() {
  if (!getPredicate().empty() && !getPredicateYield())
    return emitOpError("expects its predicate to end in predicate.yield");
  for (Region *region : {&getPredicate(), &getBody()})
    if (region->getNumArguments() != 0)
      return emitOpError("expects no arguments of its regions");
  if (failed(verifyBounds(*this)))
    return failure();
  SmallVector<StringRef, 4> parts;
  getRule().split(parts, ':');
  if (parts.size() < 2 || parts.size() > 4)
    return emitOpError("expects a rule of 2 to 4 parts, found '")
           << getRule() << "'";
  for (StringRef part : parts)
    if (auto error = wasm::checkGlob(part))
      return emitOpError("malformed pattern '")
             << part << "' in its rule: " << error->message;
  return success();
}

/// Variables of the sites are told apart by their names.
LogicalResult ProbeOp::verifyRegions() {
  llvm::StringSet<> names;
  for (auto var : getBody().getOps<VarOp>())
    if (var.getStorage() != Storage::Local &&
        !names.insert(var.getName()).second)
      return var.emitOpError("a second variable of the probe's sites is named "
                             "'")
             << var.getName() << "'";
  return success();
}

whamm::predicate::YieldOp ProbeOp::getPredicateYield() {
  if (getPredicate().empty() || getPredicate().front().empty())
    return nullptr;
  return dyn_cast<predicate::YieldOp>(getPredicate().front().back());
}

//===----------------------------------------------------------------------===//
// Variables and bound names
//===----------------------------------------------------------------------===//

/// The global that `symbol` names, checked against the type of its use.
static LogicalResult verifyGlobalUse(Operation *op, FlatSymbolRefAttr symbol,
                                     Type type, SymbolTableCollection &tables) {
  auto global = tables.lookupNearestSymbolFrom<GlobalOp>(op, symbol);
  if (!global)
    return op->emitOpError("no global named ") << symbol;
  if (global.getType() != type)
    return op->emitOpError("type of ")
           << symbol << " is " << global.getType() << ", found " << type;
  return success();
}

LogicalResult GlobalGetOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyGlobalUse(*this, getGlobalAttr(), getType(), tables);
}
LogicalResult GlobalSetOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyGlobalUse(*this, getGlobalAttr(), getValue().getType(), tables);
}
bool GlobalGetOp::isStatic() { return false; }
bool GetOp::isStatic() { return false; }
bool CallOp::isStatic() { return false; }
bool LibCallOp::isStatic() { return getIsStaticCall(); }
bool MapGetOp::isStatic() { return false; }
bool StrAddrOp::isStatic() { return false; }
bool StrAtOp::isStatic() { return false; }
bool MemIdOp::isStatic() { return true; }
bool MemSizeOp::isStatic() { return false; }
bool ReadStrOp::isStatic() { return false; }
bool BoundGetOp::isStatic() { return false; }
bool ResolveFuncrefOp::isStatic() { return false; }

void VarOp::print(OpAsmPrinter &printer) {
  printer << ' ';
  printer.printAttributeWithoutType(getNameAttr());
  printer << ' ' << stringifyStorage(getStorage()) << " : "
          << getType().getValueType();
  if (!getInit().empty()) {
    printer << " init ";
    printer.printRegion(getInit(), /*printEntryBlockArgs=*/false);
  }
  printer.printOptionalAttrDict((*this)->getAttrs(), {"name", "storage"});
}

ParseResult VarOp::parse(OpAsmParser &parser, OperationState &result) {
  StringAttr name;
  Type type;
  StringRef keyword;
  SMLoc loc;
  if (parser.parseAttribute(name, "name", result.attributes) ||
      parser.getCurrentLocation(&loc) || parser.parseKeyword(&keyword))
    return failure();
  std::optional<Storage> storage = symbolizeStorage(keyword);
  if (!storage)
    return parser.emitError(loc, "expected local, unshared or report");
  result.addAttribute("storage",
                      StorageAttr::get(parser.getContext(), *storage));
  Region *init = result.addRegion();
  if (parser.parseColonType(type))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("init"))) {
    if (parser.parseRegion(*init))
      return failure();
    if (init->empty())
      init->emplaceBlock(); // for the verifier to refuse
  }
  result.addTypes(RefType::get(type));
  return parser.parseOptionalAttrDict(result.attributes);
}

LogicalResult VarOp::verify() {
  Type type = getType().getValueType();
  if (!isVariableType(type) && !isData(type))
    return emitOpError("expects a type of the language, found ") << type;
  bool isSite = getStorage() != Storage::Local;
  if (isSite && isa<FuncRefType>(type))
    return emitOpError("a reference to a function cannot be kept");
  auto probe = dyn_cast<ProbeOp>((*this)->getParentOp());
  if (isSite && (!probe || (*this)->getParentRegion() != &probe.getBody()))
    return emitOpError("expects unshared and report variables in the body of "
                       "a probe itself");
  if (getInit().empty())
    return success();
  if (!isSite)
    return emitOpError("expects no initial value on a local variable");
  Block &block = getInit().front();
  auto yield = block.empty() ? YieldOp() : dyn_cast<YieldOp>(block.back());
  if (!yield || yield.getValue().getType() != type)
    return emitOpError("expects its initial value to yield ") << type;
  return success();
}

bool BoundOp::isStatic() {
  if (auto member = wasm::getFamilyMember(getSourceName()))
    return member->source == wasm::BoundSource::Imm;
  auto it = getLifetimes().find(getName());
  return it != getLifetimes().end() && it->second == wasm::Lifetime::Static;
}

LogicalResult BoundOp::verify() {
  for (StringRef name : {getName(), getSourceName()})
    if (!isBoundName(name))
      return emitOpError("no event binds '") << name << "'";
  return success();
}

//===----------------------------------------------------------------------===//
// Operations that can trap
//===----------------------------------------------------------------------===//

/// True where a division of the type cannot trap: floats, and integers with a
/// constant divisor that is not zero, nor -1 where MIN / -1 overflows.
static bool isHarmlessDivision(Value divisor, bool isRemainder) {
  auto type = dyn_cast<IntegerType>(divisor.getType());
  if (!type)
    return true;
  APInt value;
  if (!matchPattern(divisor, m_ConstantInt(&value)) || value.isZero())
    return false;
  bool overflows = !isRemainder && type.isSigned() && type.getWidth() >= 32;
  return !overflows || !value.isAllOnes();
}

/// What an operation that may trap reports: a write that is never observed
/// keeps it alive and in place.
static void addTrapEffect(
    bool harmless,
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &out) {
  if (!harmless)
    out.emplace_back(MemoryEffects::Write::get());
}

static Speculation::Speculatability getSpeculation(bool harmless) {
  return harmless ? Speculation::Speculatable : Speculation::NotSpeculatable;
}

void DivOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &out) {
  addTrapEffect(isHarmlessDivision(getRhs(), false), out);
}
Speculation::Speculatability DivOp::getSpeculatability() {
  return getSpeculation(isHarmlessDivision(getRhs(), false));
}
void RemOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &out) {
  addTrapEffect(isHarmlessDivision(getRhs(), true), out);
}
Speculation::Speculatability RemOp::getSpeculatability() {
  return getSpeculation(isHarmlessDivision(getRhs(), true));
}

/// Only float to integer can trap; `bool` is a comparison.
static bool isHarmlessCast(CastOp op) {
  Type to = op.getType();
  return !isa<FloatType>(op.getOperand().getType()) || isa<FloatType>(to) ||
         to.isInteger(1);
}
void CastOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &out) {
  addTrapEffect(isHarmlessCast(*this), out);
}
Speculation::Speculatability CastOp::getSpeculatability() {
  return getSpeculation(isHarmlessCast(*this));
}

LogicalResult CmpOp::verify() {
  bool isEquality =
      getPredicate() == CmpPredicate::eq || getPredicate() == CmpPredicate::ne;
  if (getLhs().getType().isInteger(1) && !isEquality)
    return emitOpError("expects eq or ne on bool");
  return success();
}
