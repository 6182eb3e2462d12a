//===- SpliceLayout.cpp - Index spaces of the output ----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceInternal.h"

#include "llvm/Support/LEB128.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::FuncType;
using wasm::ValType;

void detail::appendConst(wasm::ByteSink &out, ValType type, uint64_t bits) {
  switch (type.getKind()) {
  case ValType::Kind::I64:
    out.push_back(OpI64Const);
    wasm::appendSLEB(out, static_cast<int64_t>(bits));
    return;
  case ValType::Kind::F32:
    out.push_back(OpF32Const);
    wasm::appendFixed32(out, static_cast<uint32_t>(bits));
    return;
  case ValType::Kind::F64:
    out.push_back(OpF64Const);
    wasm::appendFixed64(out, bits);
    return;
  case ValType::Kind::V128:
    out.append({0xFD, 0x0C});
    out.append(16, 0);
    return;
  case ValType::Kind::Ref:
    out.push_back(OpRefNull);
    if (type.isAbstractRef())
      out.push_back(static_cast<uint8_t>(type.getAbstractHeap()));
    else
      wasm::appendSLEB(out, type.getTypeIndex());
    return;
  case ValType::Kind::I32:
  case ValType::Kind::Bot:
    out.push_back(OpI32Const);
    wasm::appendSLEB(out, static_cast<int32_t>(bits));
    return;
  }
}

void detail::appendBlockType(wasm::ByteSink &out, Layout &layout,
                             llvm::ArrayRef<ValType> results) {
  if (results.empty()) {
    out.push_back(EmptyBlockType);
    return;
  }
  if (results.size() == 1)
    return results[0].encode(out);
  FuncType type;
  type.results.assign(results.begin(), results.end());
  wasm::appendSLEB(out, layout.internType(type));
}

/// Reads an unsigned LEB at `pos`; false at malformed or missing bytes.
static bool readULEB(wasm::Bytes bytes, size_t &pos, size_t end,
                     uint64_t &value) {
  unsigned size = 0;
  const char *error = nullptr;
  value = llvm::decodeULEB128(bytes.data() + pos, &size, bytes.data() + end,
                              &error);
  pos += size;
  return !error;
}

llvm::Expected<LocalDecls>
detail::readLocalDecls(const wasm::Module &module,
                       const wasm::FunctionBody &body) {
  LocalDecls decls;
  size_t pos = body.range.begin, end = body.codeBegin;
  uint64_t groups = 0;
  bool ok = readULEB(module.bytes, pos, end, groups);
  decls.groups = {pos, end};
  for (uint64_t i = 0; ok && i != groups; ++i) {
    uint64_t count = 0, heap = 0;
    ok = readULEB(module.bytes, pos, end, count) && pos < end;
    if (!ok)
      break;
    decls.numLocals += count;
    uint8_t type = module.bytes[pos++];
    if (type == 0x63 || type == 0x64) // a reference: the heap type follows
      ok = readULEB(module.bytes, pos, end, heap);
  }
  if (!ok || pos != end)
    return llvm::make_error<wasm::ReadError>(pos,
                                             "malformed local declarations");
  decls.numGroups = static_cast<uint32_t>(groups);
  return decls;
}

std::string detail::describeFunction(const wasm::Module &module,
                                     uint32_t index) {
  std::string text = "function " + std::to_string(index);
  llvm::StringRef name = module.getFunctionName(index);
  if (!name.empty())
    text += (" ('" + name + "')").str();
  return text;
}

char SiteError::ID = 0;

void SiteError::log(llvm::raw_ostream &os) const {
  if (!name.empty())
    os << name << ": ";
  os << message;
}

std::string detail::describeProbe(const Template &source) {
  if (source.location.line == 0)
    return "'" + source.name + "'";
  return "the probe of " + source.location.file + ":" +
         std::to_string(source.location.line);
}

llvm::Error detail::makeSiteError(const wasm::Module &module, uint32_t function,
                                  uint32_t pc, const Template &source,
                                  const llvm::Twine &what) {
  return llvm::make_error<SiteError>(
      source, ("at " + describeFunction(module, function) + ", pc " +
               llvm::Twine(pc) + ": " + what)
                  .str());
}

//===----------------------------------------------------------------------===//
// LocalPool
//===----------------------------------------------------------------------===//

void LocalPool::reset(uint64_t newFirst) {
  first = static_cast<uint32_t>(newFirst);
  types.clear();
  for (FreeList &list : freeLists)
    list.locals.clear();
}

LocalPool::FreeList &LocalPool::getFreeList(ValType type) {
  for (FreeList &list : freeLists)
    if (list.type == type)
      return list;
  freeLists.push_back({type, {}});
  return freeLists.back();
}

uint32_t LocalPool::take(ValType type) {
  FreeList &list = getFreeList(type);
  if (!list.locals.empty())
    return list.locals.pop_back_val();
  types.push_back(type);
  return first + types.size() - 1;
}

void LocalPool::release(uint32_t local) {
  getFreeList(getType(local)).locals.push_back(local);
}

uint32_t LocalPool::getNumGroups() const {
  uint32_t groups = 0;
  for (size_t i = 0; i != types.size(); ++i)
    groups += i == 0 || types[i] != types[i - 1];
  return groups;
}

void LocalPool::encodeGroups(wasm::ByteSink &out) const {
  for (size_t i = 0, next; i != types.size(); i = next) {
    for (next = i + 1; next != types.size() && types[next] == types[i];)
      ++next;
    wasm::appendULEB(out, next - i);
    types[i].encode(out);
  }
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

/// A byte string that is equal exactly for equal function types.
static std::string getTypeKey(const FuncType &type) {
  llvm::SmallVector<uint8_t, 32> key;
  wasm::appendULEB(key, type.params.size());
  for (ValType param : type.params)
    param.encode(key);
  for (ValType result : type.results)
    result.encode(key);
  return std::string(key.begin(), key.end());
}

uint32_t Layout::internType(const FuncType &type) {
  if (!typesIndexed) {
    typesIndexed = true;
    for (auto [index, def] : llvm::enumerate(app.types))
      if (def.kind == wasm::TypeDef::Kind::Func && def.isFinal &&
          def.supertypes.empty() && def.recGroupSize == 1)
        typeKeys.emplace_back(getTypeKey(def.func), index);
  }
  std::string key = getTypeKey(type);
  for (auto &[known, index] : typeKeys)
    if (known == key)
      return index;
  types.push_back(type);
  typeKeys.emplace_back(std::move(key), app.types.size() + types.size() - 1);
  return typeKeys.back().second;
}

uint32_t Layout::addImport(llvm::StringRef module, llvm::StringRef name,
                           const FuncType &type) {
  uint32_t typeIndex = internType(type);
  for (auto [i, import] : llvm::enumerate(imports))
    if (import.module == module && import.name == name &&
        import.typeIndex == typeIndex)
      return app.numImportedFunctions + i;
  imports.push_back({module.str(), name.str(), typeIndex});
  return app.numImportedFunctions + imports.size() - 1;
}

uint32_t Layout::addFunction(const FuncType &type, std::string name) {
  functions.push_back({internType(type), std::move(name), {}});
  return getFirstNewFunction() + functions.size() - 1;
}

uint32_t Layout::addGlobal(StateGlobal global) {
  globals.push_back(std::move(global));
  return getNumGlobals() - 1;
}

void Layout::redirectImport(uint32_t appIndex, uint32_t target) {
  if (importMap.empty())
    for (uint32_t i = 0; i != app.numImportedFunctions; ++i)
      importMap.push_back(i);
  importMap[appIndex] = target;
}
