//===- main.cpp - The front end alone -------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// The command `check` with libraries: `--core FILE` stands for `whamm_core`,
// `-u NAME=FILE` offers others. Without `--core` there are none.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Frontend.h"
#include "whamm/Support/Libraries.h"

int main(int argc, char **argv) {
  std::vector<char *> rest;
  std::vector<std::string> options;
  llvm::StringRef core;
  for (int i = 0; i < argc; ++i) {
    llvm::StringRef arg = argv[i];
    bool hasValue = i + 1 < argc;
    if (arg == "--core" && hasValue)
      core = argv[++i];
    else if (arg == "-u" && hasValue)
      options.push_back(argv[++i]);
    else
      rest.push_back(argv[i]);
  }
  int count = static_cast<int>(rest.size());
  if (core.empty())
    return whamm::frontend::runCheckTool(count, rest.data());
  auto libraries = whamm::LibrarySet::load(core, options);
  if (!libraries) {
    llvm::errs() << "error: " << llvm::toString(libraries.takeError()) << '\n';
    return 1;
  }
  return whamm::frontend::runCheckTool(count, rest.data(), *libraries);
}
