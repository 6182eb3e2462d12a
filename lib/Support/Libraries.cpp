//===- Libraries.cpp - Libraries of the command line ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Support/Libraries.h"

#include "whamm/Runtime/CoreFunctions.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace whamm;
using frontend::Library;
using frontend::LibraryFunction;
using runtime::coreModule;

struct LibrarySet::Entry {
  Library library;
  LoadedModule module;
};

LibrarySet::LibrarySet() = default;
LibrarySet::LibrarySet(LibrarySet &&) = default;
LibrarySet &LibrarySet::operator=(LibrarySet &&) = default;
LibrarySet::~LibrarySet() = default;

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

/// True for what a script can write behind `use`.
static bool isIdentifier(StringRef text) {
  auto isWordChar = [](char c) { return isAlnum(c) || c == '_'; };
  return !text.empty() && !isDigit(text.front()) && all_of(text, isWordChar);
}

static Expected<LibraryOption> parseLibraryOption(StringRef item) {
  auto fail = [&](const Twine &problem) {
    return createStringError("library '" + item + "': " + problem +
                             "; expected NAME=LIB.wasm or "
                             "NAME(IMPORT_NAME)=LIB.wasm");
  };
  auto [head, path] = item.split('=');
  if (head.size() == item.size())
    return fail("there is no '='");
  if (path.empty())
    return fail("there is no path behind '='");
  StringRef name = head, importName = head;
  if (head.contains('(')) {
    std::tie(name, importName) = head.split('(');
    if (!importName.consume_back(")"))
      return fail("there is no ')' in front of '='");
    if (importName.empty())
      return fail("there is no name between the parentheses");
  }
  if (!isIdentifier(name))
    return fail("'" + name + "' is not a name that scripts can use");
  return LibraryOption{name.str(), importName.str(), path.str()};
}

Expected<std::vector<LibraryOption>>
whamm::parseLibraryOptions(ArrayRef<std::string> values) {
  std::vector<LibraryOption> options;
  for (StringRef value : values) {
    SmallVector<StringRef, 4> items;
    SplitString(value, items, ",;");
    if (items.empty())
      return createStringError("an empty list of libraries; expected "
                               "NAME=LIB.wasm");
    for (StringRef item : items) {
      Expected<LibraryOption> option = parseLibraryOption(item.trim());
      if (!option)
        return option.takeError();
      options.push_back(std::move(*option));
    }
  }
  return options;
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

/// The type that scripts give to a value; Error for what they have none for.
static frontend::Type getScriptType(wasm::ValType type) {
  using Kind = frontend::Type::Kind;
  switch (type.getKind()) {
  case wasm::ValType::Kind::I32:
    return Kind::I32;
  case wasm::ValType::Kind::I64:
    return Kind::I64;
  case wasm::ValType::Kind::F32:
    return Kind::F32;
  case wasm::ValType::Kind::F64:
    return Kind::F64;
  default:
    return Kind::Error;
  }
}

static LibraryFunction describeFunction(StringRef name,
                                        const wasm::FuncType &type) {
  LibraryFunction function;
  function.name = name.str();
  for (wasm::ValType param : type.params) {
    function.params.push_back(getScriptType(param));
    if (function.params.back().isError() && function.problem.empty())
      function.problem = "takes a value of type " + param.str();
  }
  if (type.results.size() == 1) {
    function.result = getScriptType(type.results[0]);
    if (function.result.isError() && function.problem.empty())
      function.problem = "returns a value of type " + type.results[0].str();
  } else if (type.results.size() > 1 && function.problem.empty()) {
    function.problem = "has " + std::to_string(type.results.size()) +
                       " results, and scripts can use one";
  }
  return function;
}

static Library describe(const LibraryOption &option,
                        const wasm::Module &module) {
  Library library;
  library.name = option.name;
  library.importName = option.importName;
  for (const wasm::Export &candidate : module.exports) {
    if (candidate.kind == wasm::ExternKind::Func)
      library.functions.push_back(describeFunction(
          candidate.name, module.getFunctionType(candidate.index)));
    library.hasMemory |= candidate.kind == wasm::ExternKind::Memory;
  }
  return library;
}

Error LibrarySet::add(LibraryOption option) {
  if (lookup(option.name))
    return createStringError(
        option.name == coreModule
            ? "library 'whamm_core' is part of the compiler and cannot be given"
            : "library '" + option.name + "' is given twice");
  if (const Library *other = lookupImport(option.importName))
    return createStringError("libraries '" + other->name + "' and '" +
                             option.name + "' would both be imported as '" +
                             option.importName + "'");
  Expected<LoadedModule> loaded = loadModule(option.path);
  if (!loaded)
    return createStringError("library '" + option.name +
                             "': " + toString(loaded.takeError()));
  const wasm::Module &module = loaded->getModule();
  if (Error error = wasm::validateModule(module))
    return createStringError("library '" + option.name + "': '" + option.path +
                             "' is not valid: " + toString(std::move(error)));
  entries.push_back(std::make_unique<Entry>(
      Entry{describe(option, module), std::move(*loaded)}));
  return Error::success();
}

Expected<LibrarySet> LibrarySet::load(StringRef corePath,
                                      ArrayRef<std::string> options) {
  Expected<std::vector<LibraryOption>> parsed = parseLibraryOptions(options);
  if (!parsed)
    return parsed.takeError();
  LibrarySet set;
  if (Error error = set.add({coreModule, coreModule, corePath.str()}))
    return error;
  for (LibraryOption &option : *parsed)
    if (Error error = set.add(std::move(option)))
      return error;
  return set;
}

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

const LibrarySet::Entry *LibrarySet::find(StringRef name) const {
  for (const std::unique_ptr<Entry> &entry : entries)
    if (entry->library.name == name)
      return entry.get();
  return nullptr;
}

const Library *LibrarySet::lookup(StringRef name) const {
  const Entry *entry = find(name);
  return entry ? &entry->library : nullptr;
}

std::vector<StringRef> LibrarySet::getNames() const {
  std::vector<StringRef> names;
  for (const std::unique_ptr<Entry> &entry : entries)
    names.push_back(entry->library.name);
  return names;
}

const Library *LibrarySet::lookupImport(StringRef importName) const {
  for (const std::unique_ptr<Entry> &entry : entries)
    if (entry->library.importName == importName)
      return &entry->library;
  return nullptr;
}

const wasm::Module *LibrarySet::getModule(StringRef name) const {
  const Entry *entry = find(name);
  return entry ? &entry->module.getModule() : nullptr;
}

const wasm::Export *LibrarySet::getMemoryExport(StringRef name) const {
  const wasm::Module *module = getModule(name);
  if (!module)
    return nullptr;
  for (const wasm::Export &candidate : module->exports)
    if (candidate.kind == wasm::ExternKind::Memory)
      return &candidate;
  return nullptr;
}
