//===- whamm-wei-test.cpp - Export names of monitors ----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// `whamm-wei-test names`: reads export names from standard input, one a line
/// (with `\n` and `\t` for these characters), and prints what the engine makes
/// of each. `whamm-wei-test mnemonics` lists the mnemonics of rules.
///
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/Contract.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace whamm;

static std::string unescape(StringRef line) {
  std::string text;
  while (!line.empty()) {
    if (line.consume_front("\\n")) {
      text += '\n';
    } else if (line.consume_front("\\t")) {
      text += '\t';
    } else {
      text += line.front();
      line = line.drop_front();
    }
  }
  return text;
}

static void describeName(StringRef name) {
  wei::ParsedName parsed = wei::parseExportName(name);
  switch (parsed.status) {
  case wei::ParsedName::Status::Rule:
    outs() << "rule: " << wei::printRule(parsed.rule) << "\n";
    if (Error error = wei::checkRule(parsed.rule))
      outs() << "but: " << toString(std::move(error)) << "\n";
    return;
  case wei::ParsedName::Status::Ignored:
    outs() << "ignored\n";
    return;
  case wei::ParsedName::Status::Warned:
    outs() << "warned:\n" << parsed.message << "\n";
    return;
  case wei::ParsedName::Status::Crash:
    outs() << "crash: " << parsed.message << "\n";
    return;
  }
}

static int listMnemonics() {
  for (size_t i = 0; i != wasm::getOpcodes().size(); ++i) {
    StringRef name = wei::getEngineMnemonic(static_cast<wasm::Opcode>(i));
    if (!name.empty())
      outs() << name << "\n";
  }
  for (StringRef name : wei::getEngineOnlyMnemonics())
    outs() << name << "\n";
  return 0;
}

static int describeNames() {
  auto input = MemoryBuffer::getSTDIN();
  if (!input) {
    WithColor::error() << input.getError().message() << "\n";
    return 1;
  }
  SmallVector<StringRef> lines;
  (*input)->getBuffer().split(lines, '\n');
  for (StringRef line : lines)
    if (!line.empty())
      describeName(unescape(line));
  return 0;
}

int main(int argc, char **argv) {
  StringRef command = argc == 2 ? argv[1] : "";
  if (command == "mnemonics")
    return listMnemonics();
  if (command == "names")
    return describeNames();
  WithColor::error() << "usage: whamm-wei-test names | mnemonics\n";
  return 2;
}
