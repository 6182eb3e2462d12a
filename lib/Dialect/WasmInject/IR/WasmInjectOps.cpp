//===- WasmInjectOps.cpp - The dialect's operations -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "llvm/ADT/StringExtras.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace whamm::wasm_inject;

#define GET_OP_CLASSES
#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.cpp.inc"

//===----------------------------------------------------------------------===//
// State
//===----------------------------------------------------------------------===//

static void addComponents(Type type, SmallVectorImpl<Type> &out) {
  Type i32 = IntegerType::get(type.getContext(), 32);
  if (auto tuple = dyn_cast<TupleType>(type)) {
    for (Type element : tuple.getTypes())
      addComponents(element, out);
  } else if (isa<whamm::probe::StrType>(type)) {
    out.append(2, i32);
  } else if (isa<whamm::probe::MapType>(type)) {
    out.push_back(i32);
  } else if (isa<FloatType>(type) || type.isInteger(1)) {
    out.push_back(type);
  } else if (isa<IntegerType>(type)) {
    out.push_back(IntegerType::get(
        type.getContext(), type.getIntOrFloatBitWidth() == 64 ? 64 : 32));
  }
}

SmallVector<Type> StateOp::getComponents(Type type) {
  SmallVector<Type> components;
  addComponents(type, components);
  return components;
}

std::string StateOp::getTypeText(Type type) {
  if (auto tuple = dyn_cast<TupleType>(type)) {
    SmallVector<std::string> elements;
    for (Type element : tuple.getTypes())
      elements.push_back(getTypeText(element));
    return "(" + llvm::join(elements, ",") + ")";
  }
  if (auto map = dyn_cast<whamm::probe::MapType>(type))
    return "map<" + getTypeText(map.getKeyType()) + "," +
           getTypeText(map.getValueType()) + ">";
  if (isa<whamm::probe::StrType>(type))
    return "str";
  if (type.isInteger(1))
    return "bool";
  char prefix = isa<FloatType>(type) ? 'f' : type.isSignedInteger() ? 'i' : 'u';
  return prefix + std::to_string(type.getIntOrFloatBitWidth());
}

Type StateOp::getStorageType(Type type) {
  SmallVector<Type> components = getComponents(type);
  assert(components.size() == 1 && "a type of one component");
  return components.front();
}

/// True for types that variables of the language have.
static bool isLanguageType(Type type) {
  return isa<TupleType, whamm::probe::StrType, whamm::probe::MapType,
             whamm::probe::FuncRefType>(type) ||
         (type.isIntOrFloat() && type.getIntOrFloatBitWidth() <= 64);
}

LogicalResult StateOp::verify() {
  if (!isLanguageType(getType()))
    return emitOpError("expects a type of the language, found ") << getType();
  auto init = getInitAttr();
  if (!init)
    return success();
  if (!getType().isIntOrFloat())
    return emitOpError("expects no initial value of type ") << getType();
  if (init.getType() != getStorageType())
    return emitOpError("expects an initial value of type ")
           << getStorageType() << ", found " << init.getType();
  return success();
}

/// The state that a get or set names: it exists, has the type, and the
/// template lists it if it is site state.
static LogicalResult verifyStateUse(Operation *op, FlatSymbolRefAttr symbol,
                                    uint32_t component, Type type,
                                    SymbolTableCollection &tables) {
  auto state = tables.lookupNearestSymbolFrom<StateOp>(op, symbol);
  if (!state)
    return op->emitOpError("no state named ") << symbol;
  SmallVector<Type> components = state.getComponents();
  if (component >= components.size())
    return op->emitOpError("no component ") << component << " of " << symbol;
  if (components[component] != type)
    return op->emitOpError("storage type of ")
           << symbol << " is " << components[component] << ", found " << type;
  if (state.getScope() == Scope::Program)
    return success();
  auto parent = op->getParentOfType<TemplateOp>();
  if (!parent || !llvm::is_contained(parent.getStates(), symbol))
    return op->emitOpError("expects a template that lists the site state ")
           << symbol;
  return success();
}

LogicalResult StateGetOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyStateUse(*this, getStateAttr(), getComponent(), getType(),
                        tables);
}
LogicalResult StateSetOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyStateUse(*this, getStateAttr(), getComponent(),
                        getValue().getType(), tables);
}

LogicalResult RowOp::verify() {
  if (!isLanguageType(getType()))
    return emitOpError("expects a type of the language, found ") << getType();
  return success();
}

LogicalResult AddRowOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (!tables.lookupNearestSymbolFrom<RowOp>(*this, getRowAttr()))
    return emitOpError("no row named ") << getRowAttr();
  return success();
}

LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &tables) {
  Operation *callee = tables.lookupNearestSymbolFrom(*this, getCalleeAttr());
  SmallVector<Type> params, results;
  if (auto import = dyn_cast_or_null<ImportOp>(callee)) {
    llvm::append_range(params, import.getType().getInputs());
    llvm::append_range(results, import.getType().getResults());
  } else if (auto function = dyn_cast_or_null<FunctionOp>(callee)) {
    llvm::append_range(params, function.getBody().front().getArgumentTypes());
    llvm::append_range(
        results, function.getSignatureResults().getAsValueRange<TypeAttr>());
  } else {
    return emitOpError("no function named ") << getCalleeAttr();
  }
  if (!llvm::equal(params, getArgs().getTypes()) ||
      !llvm::equal(results, getResultTypes()))
    return emitOpError("expects the type of ") << getCalleeAttr();
  return success();
}

//===----------------------------------------------------------------------===//
// Templates and sites
//===----------------------------------------------------------------------===//

/// What a template assigns has types, each once; what takes the place of an
/// instruction is no parameter.
static LogicalResult verifyAssigned(TemplateOp op) {
  for (ParamAttr param : op.getParamList())
    if (param.getKind() > SourceKind::Hole)
      return op.emitOpError("expects no parameter ")
             << stringifySourceKind(param.getKind());
  size_t numTypes = op.getAssignedTypes() ? op.getAssignedTypes()->size() : 0;
  if (numTypes != (op.getAssigned() ? op.getAssigned()->size() : 0))
    return op.emitOpError("expects one type per assigned operand");
  if (!op.getAssigned())
    return success();
  llvm::SmallDenseSet<Attribute> seen;
  for (auto param : op.getAssigned()->getAsRange<ParamAttr>()) {
    if (!seen.insert(param).second)
      return op.emitOpError("lists an assigned operand twice: ") << param;
    if (param.getKind() == SourceKind::Hole)
      return op.emitOpError("expects no assigned hole");
  }
  return success();
}

/// An access of an assigned operand: the template lists it with its type.
static LogicalResult verifyOperandAccess(Operation *op, ParamAttr operand,
                                         Type type) {
  auto parent = op->getParentOfType<TemplateOp>();
  if (parent && parent.getAssigned() && parent.getAssignedTypes())
    for (auto [listed, listedType] :
         llvm::zip(parent.getAssigned()->getAsRange<ParamAttr>(),
                   parent.getAssignedTypes()->getAsValueRange<TypeAttr>()))
      if (listed == operand)
        return listedType == type
                   ? success()
                   : op->emitOpError("expects type ") << listedType;
  return op->emitOpError("expects a template that lists ")
         << operand << " as assigned";
}
LogicalResult OperandGetOp::verify() {
  return verifyOperandAccess(*this, getOperand(), getType());
}
LogicalResult OperandSetOp::verify() {
  return verifyOperandAccess(*this, getOperand(), getValue().getType());
}

unsigned TemplateOp::getNumHoles() {
  return llvm::count_if(getParamList(), [](ParamAttr param) {
    return param.getKind() == SourceKind::Hole;
  });
}

static bool isAltTaken(ParamAttr param) {
  return param.getKind() == SourceKind::AltTaken;
}

bool TemplateOp::mayTakePlace() {
  if (!getAssigned() ||
      llvm::none_of(getAssigned()->getAsRange<ParamAttr>(), isAltTaken))
    return true;
  WalkResult found = getBody().walk([](OperandSetOp set) {
    return isAltTaken(set.getOperand()) ? WalkResult::interrupt()
                                        : WalkResult::advance();
  });
  return found.wasInterrupted();
}

LogicalResult TemplateOp::verify() {
  Block &body = getBody().front();
  if (body.getNumArguments() != getParams().size())
    return emitOpError("expects one argument per parameter, found ")
           << body.getNumArguments() << " for " << getParams().size();
  unsigned nextHole = 0;
  for (ParamAttr param : getParamList())
    if (param.getKind() == SourceKind::Hole && param.getIndex() != nextHole++)
      return emitOpError("expects holes to be numbered in order, found ")
             << param.getIndex();
  for (Type type : body.getArgumentTypes())
    if (!type.isF32() && !type.isF64() && !type.isInteger(1) &&
        !type.isInteger(32) && !type.isInteger(64))
      return emitOpError("expects parameters to be WebAssembly numbers or i1, "
                         "found ")
             << type;
  return verifyAssigned(*this);
}

LogicalResult TemplateOp::verifySymbolUses(SymbolTableCollection &tables) {
  for (auto symbol : getStates().getAsRange<FlatSymbolRefAttr>()) {
    auto state = tables.lookupNearestSymbolFrom<StateOp>(*this, symbol);
    if (!state)
      return emitOpError("no state named ") << symbol;
    if (state.getScope() != Scope::Site)
      return emitOpError("lists ") << symbol << ", which is not site state";
  }
  return success();
}

llvm::SmallVector<int64_t> SitesOp::getHoleValues(unsigned hole) {
  return getValues(cast<DenseI64ArrayAttr>(getHoles()[hole]));
}

llvm::SmallVector<int64_t> SitesOp::getValues(DenseI64ArrayAttr column) {
  if (static_cast<size_t>(column.size()) == getNumSites())
    return SmallVector<int64_t>(column.asArrayRef());
  SmallVector<int64_t> values;
  values.reserve(getNumSites());
  for (int32_t instance : getInstance())
    values.push_back(column[instance]);
  return values;
}

/// All columns have one value per row, but holes may have one per instance.
static LogicalResult verifyColumns(SitesOp op, size_t rows) {
  for (ArrayRef<int32_t> column :
       {op.getOpidx(), op.getPc(), op.getInstance(), op.getSlot()})
    if (column.size() != rows)
      return op.emitOpError("expects columns of equal length, found ")
             << column.size() << " and " << rows;
  for (auto column : op.getHoles().getAsRange<DenseI64ArrayAttr>())
    if (size_t size = column.size();
        size != rows && (size > rows || size != op.getInstances().size()))
      return op.emitOpError("expects hole columns of length ")
             << rows << ", found " << size;
  if (op.getImmediates())
    for (auto column : op.getImmediates()->getAsRange<DenseI64ArrayAttr>())
      if (static_cast<size_t>(column.size()) != rows)
        return op.emitOpError("expects columns of immediates of length ")
               << rows << ", found " << column.size();
  if (!op.getInits())
    return success();
  for (auto column : op.getInits()->getAsRange<DenseI64ArrayAttr>())
    if (!column.empty() && static_cast<size_t>(column.size()) != rows)
      return op.emitOpError("expects columns of initial values of length ")
             << rows << ", found " << column.size();
  return success();
}

LogicalResult SitesOp::verify() {
  size_t rows = getNumSites();
  if (failed(verifyColumns(*this, rows)))
    return failure();
  for (int32_t instance : getInstance())
    if (instance < 0 || static_cast<size_t>(instance) >= getInstances().size())
      return emitOpError("no instance ") << instance;
  for (size_t i = 1; i < rows; ++i)
    if (std::pair(getFunc()[i - 1], getOpidx()[i - 1]) >
        std::pair(getFunc()[i], getOpidx()[i]))
      return emitOpError("expects rows that ascend by function and "
                         "instruction; row ")
             << i << " does not";
  return success();
}

LogicalResult SitesOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto target =
      tables.lookupNearestSymbolFrom<TemplateOp>(*this, getTemplate_Attr());
  if (!target)
    return emitOpError("no template named ") << getTemplate_Attr();
  if (target.getNumHoles() != getHoles().size())
    return emitOpError("expects ")
           << target.getNumHoles() << " hole columns, found "
           << getHoles().size();
  if (getInits() && getInits()->size() != target.getStates().size())
    return emitOpError("expects ")
           << target.getStates().size() << " columns of initial values, found "
           << getInits()->size();
  size_t numImmediates =
      target.getImmediates() ? target.getImmediates()->size() : 0;
  if (numImmediates != (getImmediates() ? getImmediates()->size() : 0))
    return emitOpError("expects ") << numImmediates << " columns of immediates";
  if (!target.getStates().empty())
    for (int32_t slot : getSlot())
      if (slot < 0)
        return emitOpError("expects a slot for each site of a template with "
                           "states, found ")
               << slot;
  return success();
}

//===----------------------------------------------------------------------===//
// Operations that can trap
//===----------------------------------------------------------------------===//

static bool isHarmless(Value divisor, bool overflows) {
  APInt value;
  return matchPattern(divisor, m_ConstantInt(&value)) && !value.isZero() &&
         !(overflows && value.isAllOnes());
}

using Effects =
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>;

void DivOp::getEffects(Effects &effects) {
  if (!isHarmless(getRhs(), getIsSigned()))
    effects.emplace_back(MemoryEffects::Write::get());
}
Speculation::Speculatability DivOp::getSpeculatability() {
  return isHarmless(getRhs(), getIsSigned()) ? Speculation::Speculatable
                                             : Speculation::NotSpeculatable;
}
void RemOp::getEffects(Effects &effects) {
  if (!isHarmless(getRhs(), false))
    effects.emplace_back(MemoryEffects::Write::get());
}
Speculation::Speculatability RemOp::getSpeculatability() {
  return isHarmless(getRhs(), false) ? Speculation::Speculatable
                                     : Speculation::NotSpeculatable;
}

/// Computes a division of constants that does not trap.
static OpFoldResult
foldDivision(Attribute lhs, Attribute rhs, bool overflows,
             function_ref<APInt(const APInt &, const APInt &)> compute) {
  auto a = dyn_cast_or_null<IntegerAttr>(lhs);
  auto b = dyn_cast_or_null<IntegerAttr>(rhs);
  if (!a || !b || b.getValue().isZero() ||
      (overflows && b.getValue().isAllOnes()))
    return {};
  return IntegerAttr::get(a.getType(), compute(a.getValue(), b.getValue()));
}
OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  bool isSigned = getIsSigned();
  return foldDivision(adaptor.getLhs(), adaptor.getRhs(), isSigned,
                      [&](const APInt &a, const APInt &b) {
                        return isSigned ? a.sdiv(b) : a.udiv(b);
                      });
}
OpFoldResult RemOp::fold(FoldAdaptor adaptor) {
  bool isSigned = getIsSigned();
  return foldDivision(adaptor.getLhs(), adaptor.getRhs(), /*overflows=*/false,
                      [&](const APInt &a, const APInt &b) {
                        return isSigned ? a.srem(b) : a.urem(b);
                      });
}
