//===- whamm-library-test.cpp - Libraries, and calls of them ----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// whamm-library-test CORE [-u LIBRARIES]... [--limit=N] [--list]
///                    [LIB.FUNCTION=ARG,ARG...]...
/// Lists what scripts see of the libraries; executes calls in order. Arguments
/// and results are bit patterns, in decimal.
///
//===----------------------------------------------------------------------===//

#include "whamm/Support/StaticCalls.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace whamm;

static std::string getTypeText(const frontend::Type &type) {
  using Kind = frontend::Type::Kind;
  switch (type.getKind()) {
  case Kind::I32:
    return "i32";
  case Kind::I64:
    return "i64";
  case Kind::F32:
    return "f32";
  case Kind::F64:
    return "f64";
  case Kind::Tuple:
    return "()";
  default:
    return "?";
  }
}

static void list(const LibrarySet &libraries) {
  for (StringRef name : libraries.getNames()) {
    const frontend::Library &library = *libraries.lookup(name);
    outs() << name << " imported as " << library.importName
           << (library.hasMemory ? ", with memory" : "") << "\n";
    for (const frontend::LibraryFunction &function : library.functions) {
      outs() << "  " << function.name << "(";
      interleaveComma(function.params, outs(),
                      [](frontend::Type type) { outs() << getTypeText(type); });
      outs() << ") -> " << getTypeText(function.result);
      if (!function.problem.empty())
        outs() << ": " << function.problem;
      outs() << "\n";
    }
  }
}

static int fail(Error error) {
  errs() << "error: " << toString(std::move(error)) << "\n";
  return 1;
}

static int call(StaticCaller &caller, StringRef text) {
  auto [callee, list] = text.split('=');
  auto [library, function] = callee.split('.');
  SmallVector<StringRef> parts;
  list.split(parts, ',', -1, /*KeepEmpty=*/false);
  SmallVector<uint64_t> args;
  for (StringRef part : parts)
    if (part.getAsInteger(10, args.emplace_back()))
      return fail(createStringError("not a number: " + part));
  auto result = caller.call(library, function, args);
  if (!result)
    return fail(result.takeError());
  outs() << callee << ": " << (*result ? utostr(**result) : "no result")
         << "\n";
  outs().flush();
  return 0;
}

int main(int argc, char **argv) {
  ArrayRef<char *> args(argv + 1, argc - 1);
  if (args.empty())
    return fail(createStringError("no core library given"));
  std::vector<std::string> options;
  std::vector<StringRef> calls;
  bool wantsList = false;
  uint64_t limit = StaticCaller::defaultLimit;
  for (size_t i = 1; i < args.size(); ++i) {
    StringRef arg = args[i];
    if (arg == "-u" && i + 1 < args.size())
      options.push_back(args[++i]);
    else if (arg == "--list")
      wantsList = true;
    else if (arg.consume_front("--limit="))
      arg.getAsInteger(10, limit);
    else
      calls.push_back(arg);
  }
  Expected<LibrarySet> libraries = LibrarySet::load(args[0], options);
  if (!libraries)
    return fail(libraries.takeError());
  if (wantsList)
    list(*libraries);
  StaticCaller caller(*libraries, limit);
  for (StringRef text : calls)
    if (int status = call(caller, text))
      return status;
  return 0;
}
