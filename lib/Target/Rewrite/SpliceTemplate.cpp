//===- SpliceTemplate.cpp - Generated code and its places -----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Translates functions of the generated module to the index spaces of the
/// output, once, into pieces that are quick to put at many places.
///
//===----------------------------------------------------------------------===//

#include "SpliceMemory.h"

#include "whamm/Runtime/CoreFunctions.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/LEB128.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Instr;
using wasm::Opcode;
using wasm::ValType;

//===----------------------------------------------------------------------===//
// FunctionTranslator
//===----------------------------------------------------------------------===//

namespace whamm::rewrite::detail {

/// Translates one function.
class FunctionTranslator {
public:
  FunctionTranslator(Translator &parent, uint32_t function,
                     const Template *source, TemplateCode &code)
      : parent(parent), module(parent.generated), function(function),
        source(source), code(code) {}

  llvm::Error run();

private:
  llvm::Error readLocals();
  llvm::Error translate(const Instr &instr, uint32_t depth);
  llvm::Error translateLocal(const Instr &instr);
  llvm::Error translateGlobal(const Instr &instr);
  llvm::Error translateCall(const Instr &instr);
  void translateOpener(const Instr &instr);
  void translateReturn(uint32_t depth);
  void trackNesting(const Instr &instr);
  void addRaw(llvm::ArrayRef<uint8_t> bytes);
  void addIndexed(uint8_t op, uint64_t index);
  llvm::Error fail(const llvm::Twine &what) const;

  Translator &parent;
  const wasm::Module &module;
  uint32_t function;
  const Template *source; // null for helpers
  TemplateCode &code;
  /// Locals that are certainly set here, and the same at every opener.
  llvm::BitVector assigned;
  llvm::SmallVector<llvm::BitVector, 4> atOpeners;
};

} // namespace whamm::rewrite::detail

llvm::Error FunctionTranslator::fail(const llvm::Twine &what) const {
  return llvm::createStringError(
      "generated code: function " + llvm::Twine(function) +
      (source ? " (" + source->name + ")" : std::string()) + ": " + what);
}

/// Decodes the value types that generated code has. Bot for others.
static ValType decodeSimpleType(uint8_t byte) {
  switch (byte) {
  case 0x7F:
    return ValType::i32();
  case 0x7E:
    return ValType::i64();
  case 0x7D:
    return ValType::f32();
  case 0x7C:
    return ValType::f64();
  case 0x7B:
    return ValType::v128();
  case 0x70:
    return ValType::funcref();
  case 0x6F:
    return ValType::ref(true, wasm::AbstractHeap::Extern);
  default:
    return ValType::bot();
  }
}

llvm::Error FunctionTranslator::readLocals() {
  const wasm::FunctionBody &body =
      module.bodies[function - module.numImportedFunctions];
  llvm::Expected<LocalDecls> decls = readLocalDecls(module, body);
  if (!decls)
    return decls.takeError();
  if (decls->numLocals > MaxLocals)
    return fail("too many locals");
  size_t pos = decls->groups.begin;
  for (uint32_t i = 0; i != decls->numGroups; ++i) {
    unsigned size = 0;
    uint64_t count = llvm::decodeULEB128(module.bytes.data() + pos, &size);
    pos += size;
    ValType type = decodeSimpleType(module.bytes[pos++]);
    if (type.isBot())
      return fail("unsupported type of a local");
    code.locals.append(count, type);
  }
  return llvm::Error::success();
}

llvm::Error FunctionTranslator::run() {
  const wasm::FuncType &type = module.getFunctionType(function);
  code.params.assign(type.params.begin(), type.params.end());
  if (llvm::Error error = readLocals())
    return error;
  unsigned numLocals = code.params.size() + code.locals.size();
  code.writesParam.resize(code.params.size());
  code.needsZero.resize(numLocals);
  assigned.resize(numLocals);
  assigned.set(0, code.params.size());
  wasm::FunctionCursor cursor(module, function - module.numImportedFunctions);
  while (cursor.next() && !cursor.isFunctionEnd()) {
    const Instr &instr = cursor.get();
    code.size += instr.end - instr.begin;
    if (llvm::Error error = translate(instr, cursor.getDepth()))
      return error;
    trackNesting(instr);
  }
  return cursor.takeError();
}

/// True for an instruction with an index or a type that generated code has no
/// business to use: it has no tables, memories, tags or defined types.
static bool isForeign(llvm::ArrayRef<uint8_t> bytes) {
  uint8_t op = bytes[0];
  if (op == 0xFC) // past the saturating truncations: bulk operations
    return bytes.size() < 2 || bytes[1] >= 8;
  if (op == 0xFD) // the SIMD memory accesses are rejected by validation
    return false;
  return (op >= 0x06 && op <= 0x0A) || (op >= 0x11 && op <= 0x15) ||
         op == 0x18 || op == 0x19 || op == 0x1F || op == 0x25 || op == 0x26 ||
         (op >= 0x28 && op <= 0x40) || op == 0xFB || op == 0xFE ||
         (op >= 0xD5 && op <= 0xD6);
}

llvm::Error FunctionTranslator::translate(const Instr &instr, uint32_t depth) {
  llvm::ArrayRef<uint8_t> bytes =
      module.bytes.slice(instr.begin, instr.end - instr.begin);
  switch (instr.opcode) {
  case Opcode::LocalGet:
  case Opcode::LocalSet:
  case Opcode::LocalTee:
    return translateLocal(instr);
  case Opcode::GlobalGet:
  case Opcode::GlobalSet:
    return translateGlobal(instr);
  case Opcode::Call:
  case Opcode::RefFunc:
    return translateCall(instr);
  case Opcode::Block:
  case Opcode::Loop:
  case Opcode::If:
    translateOpener(instr);
    return llvm::Error::success();
  case Opcode::Return:
    translateReturn(depth);
    return llvm::Error::success();
  case Opcode::Br:
  case Opcode::BrIf:
    code.wrap |= instr.imms[0] == depth;
    break;
  case Opcode::BrTable:
    code.wrap |= llvm::is_contained(instr.targets, depth);
    break;
  default:
    if (isForeign(bytes))
      return fail("unexpected instruction 0x" + llvm::utohexstr(bytes[0]));
    break;
  }
  addRaw(bytes);
  return llvm::Error::success();
}

llvm::Error FunctionTranslator::translateLocal(const Instr &instr) {
  uint32_t local = instr.imms[0];
  if (local >= assigned.size())
    return fail("local out of range");
  if (instr.opcode == Opcode::LocalGet) {
    if (!assigned.test(local))
      code.needsZero.set(local);
  } else {
    assigned.set(local);
    if (local < code.params.size())
      code.writesParam.set(local);
  }
  Piece piece{Piece::Kind::Local};
  piece.opcode = module.bytes[instr.begin];
  piece.index = local;
  code.pieces.push_back(piece);
  return llvm::Error::success();
}

/// Position of `value` in `list`, or nullopt.
static std::optional<uint32_t> findIndex(llvm::ArrayRef<uint32_t> list,
                                         uint32_t value) {
  const auto *it = llvm::find(list, value);
  if (it == list.end())
    return std::nullopt;
  return static_cast<uint32_t>(it - list.begin());
}

/// Position of the operand that a global stands for, or nullopt.
static std::optional<uint32_t> findAssigned(const Template &source,
                                            uint32_t global) {
  for (auto [i, assigned] : llvm::enumerate(source.assigned))
    if (assigned.global == global)
      return i;
  return std::nullopt;
}

llvm::Error FunctionTranslator::translateGlobal(const Instr &instr) {
  uint32_t global = instr.imms[0];
  bool isSet = instr.opcode == Opcode::GlobalSet;
  if (source) {
    std::optional<uint32_t> hole = findIndex(source->holes, global);
    std::optional<uint32_t> state = findIndex(source->states, global);
    if (hole && isSet)
      return fail("a hole is written");
    if (std::optional<uint32_t> operand = findAssigned(*source, global)) {
      Piece piece{isSet ? Piece::Kind::AssignedSet : Piece::Kind::AssignedGet};
      piece.index = *operand;
      if (isSet)
        code.writesAssigned.set(*operand);
      code.pieces.push_back(piece);
      return llvm::Error::success();
    }
    if (hole || state) {
      Piece piece{hole    ? Piece::Kind::Hole
                  : isSet ? Piece::Kind::StateSet
                          : Piece::Kind::StateGet};
      piece.index = hole ? *hole : *state;
      if (!hole && isSet)
        code.writesState.set(*state);
      code.pieces.push_back(piece);
      return llvm::Error::success();
    }
  }
  for (auto [generated, index] : parent.plan.sharedGlobals)
    if (generated == global) {
      addIndexed(isSet ? OpGlobalSet : OpGlobalGet,
                 parent.layout.app.globals.size() + index);
      return llvm::Error::success();
    }
  return fail("global " + llvm::Twine(global) +
              " is neither hole, state, operand nor shared");
}

llvm::Error FunctionTranslator::translateCall(const Instr &instr) {
  std::optional<uint32_t> target = parent.mapFunction(instr.imms[0]);
  if (!target)
    return fail("call of function " + llvm::Twine(instr.imms[0]) +
                ", which is a template or does not exist");
  if (instr.opcode == Opcode::RefFunc)
    parent.layout.declaredNew.insert(*target);
  addIndexed(module.bytes[instr.begin], *target);
  return llvm::Error::success();
}

void FunctionTranslator::translateOpener(const Instr &instr) {
  if (instr.block.kind != wasm::BlockType::Kind::TypeIndex) {
    addRaw(module.bytes.slice(instr.begin, instr.end - instr.begin));
    return;
  }
  Buffer bytes = {module.bytes[instr.begin]};
  wasm::appendSLEB(bytes, parent.layout.internType(
                              module.types[instr.block.typeIndex].func));
  addRaw(bytes);
}

/// Leaves a template's code, not the function that holds it.
void FunctionTranslator::translateReturn(uint32_t depth) {
  if (!source) {
    addRaw({OpReturn});
    return;
  }
  code.wrap = true;
  addIndexed(OpBr, depth);
}

/// Keeps `assigned` as validation keeps initialised locals: what is set in a
/// block counts until its end.
void FunctionTranslator::trackNesting(const Instr &instr) {
  switch (instr.opcode) {
  case Opcode::Block:
  case Opcode::Loop:
  case Opcode::If:
    atOpeners.push_back(assigned);
    return;
  case Opcode::Else:
    if (!atOpeners.empty())
      assigned = atOpeners.back();
    return;
  case Opcode::End:
    if (!atOpeners.empty())
      assigned = atOpeners.pop_back_val();
    return;
  default:
    return;
  }
}

void FunctionTranslator::addRaw(llvm::ArrayRef<uint8_t> bytes) {
  uint32_t begin = code.bytes.size();
  code.bytes.append(bytes.begin(), bytes.end());
  if (!code.pieces.empty() && code.pieces.back().kind == Piece::Kind::Raw) {
    code.pieces.back().size += bytes.size();
    return;
  }
  Piece piece{Piece::Kind::Raw};
  piece.begin = begin;
  piece.size = bytes.size();
  code.pieces.push_back(piece);
}

void FunctionTranslator::addIndexed(uint8_t op, uint64_t index) {
  Buffer bytes = {op};
  wasm::appendULEB(bytes, index);
  addRaw(bytes);
}

//===----------------------------------------------------------------------===//
// Translator
//===----------------------------------------------------------------------===//

/// Marks the functions that a body refers to, and queues them.
static llvm::Error markReferences(const wasm::Module &module, uint32_t function,
                                  llvm::BitVector &reached,
                                  llvm::SmallVectorImpl<uint32_t> &queue) {
  if (function < module.numImportedFunctions)
    return llvm::Error::success();
  wasm::FunctionCursor cursor(module, function - module.numImportedFunctions);
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    if (instr.opcode != Opcode::Call && instr.opcode != Opcode::RefFunc)
      continue;
    uint32_t target = instr.imms[0];
    if (target >= reached.size() || reached.test(target))
      continue;
    reached.set(target);
    queue.push_back(target);
  }
  return cursor.takeError();
}

Translator::Translator(const wasm::Module &generated, const InjectionPlan &plan,
                       Layout &layout)
    : generated(generated), plan(plan), layout(layout),
      memory(std::make_unique<MemoryFunctions>(layout, plan)) {}

Translator::~Translator() = default;

llvm::Error Translator::addImports() {
  functionMap.assign(generated.functions.size(), UINT32_MAX);
  reached.resize(generated.functions.size());
  isTemplate.resize(generated.functions.size());
  llvm::SmallVector<uint32_t> queue;
  auto addRoot = [&](std::optional<uint32_t> function) {
    if (!function || reached.test(*function))
      return;
    reached.set(*function);
    queue.push_back(*function);
  };
  addRoot(plan.init);
  addRoot(plan.begin);
  addRoot(plan.end);
  addRoot(plan.onReport);
  if (plan.counters)
    for (const CountedCalls &calls : plan.counters->calls)
      addRoot(calls.function);
  llvm::BitVector isUsed(plan.templates.size());
  for (const SiteTable &table : plan.sites)
    if (table.size())
      isUsed.set(table.templateIndex);
  for (auto [i, t] : llvm::enumerate(plan.templates)) {
    isTemplate.set(t.function);
    if (isUsed.test(i))
      addRoot(t.function);
  }
  while (!queue.empty())
    if (llvm::Error error =
            markReferences(generated, queue.pop_back_val(), reached, queue))
      return error;
  for (uint32_t i = 0; i != generated.numImportedFunctions; ++i)
    if (reached.test(i))
      if (llvm::Error error = addImport(i))
        return error;
  memory->addImports();
  return llvm::Error::success();
}

llvm::Error Translator::addImport(uint32_t index) {
  const wasm::Import *import = generated.getFunctionImport(index);
  const wasm::FuncType &type = generated.getFunctionType(index);
  if (import->module == runtime::memoryNumberModule)
    return memory->use(import->name, type);
  auto isConcrete = [](ValType type) { return type.isConcreteRef(); };
  if (llvm::any_of(type.params, isConcrete) ||
      llvm::any_of(type.results, isConcrete))
    return llvm::createStringError("generated code: " + import->module + "." +
                                   import->name +
                                   " has a type that only a module knows");
  functionMap[index] = layout.addImport(import->module, import->name, type);
  return llvm::Error::success();
}

void Translator::addHelpers() {
  memory->addFunctions();
  for (uint32_t i = 0; i != generated.numImportedFunctions; ++i) {
    const wasm::Import *import = generated.getFunctionImport(i);
    if (reached.test(i) && import->module == runtime::memoryNumberModule)
      functionMap[i] = memory->getFunction(import->name);
  }
  for (uint32_t i = generated.numImportedFunctions,
                e = generated.functions.size();
       i != e; ++i) {
    if (isTemplate.test(i) || !reached.test(i))
      continue;
    llvm::StringRef name = generated.getFunctionName(i);
    std::string text = name.empty() ? std::to_string(i) : name.str();
    functionMap[i] =
        layout.addFunction(generated.getFunctionType(i), "whamm." + text);
  }
}

llvm::Error Translator::translateHelpers() {
  for (uint32_t i = generated.numImportedFunctions,
                e = generated.functions.size();
       i != e; ++i) {
    if (functionMap[i] == UINT32_MAX)
      continue;
    TemplateCode code;
    if (llvm::Error error = FunctionTranslator(*this, i, nullptr, code).run())
      return error;
    llvm::SmallVector<uint32_t> locals;
    for (uint32_t l = 0, n = code.params.size() + code.locals.size(); l != n;
         ++l)
      locals.push_back(l);
    Binding binding;
    binding.locals = locals;
    code.wrap = false;
    Buffer &body = layout.getNewFunction(functionMap[i]).body;
    appendLocals(body, code.locals);
    emitCode(body, code, binding);
    body.push_back(OpEnd);
  }
  return llvm::Error::success();
}

llvm::Expected<TemplateCode> Translator::translateTemplate(uint32_t index) {
  const Template &source = plan.templates[index];
  TemplateCode code;
  code.writesState.resize(source.states.size());
  code.writesAssigned.resize(source.assigned.size());
  for (const AssignedOperand &assigned : source.assigned)
    code.assigned.push_back(assigned.operand.type);
  for (uint32_t global : source.holes)
    code.holes.push_back(generated.globals[global].type);
  for (uint32_t global : source.states)
    code.states.push_back(generated.globals[global].type);
  if (!reached.test(source.function))
    return code; // no sites
  if (llvm::Error error =
          FunctionTranslator(*this, source.function, &source, code).run())
    return std::move(error);
  return code;
}
