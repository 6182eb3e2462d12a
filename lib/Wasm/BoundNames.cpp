//===- BoundNames.cpp - Names of operands, results and others ---*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/BoundNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace whamm;
using namespace whamm::wasm;

std::optional<FamilyMember> wasm::getFamilyMember(llvm::StringRef name) {
  FamilyMember member;
  if (name.consume_front("arg"))
    member.source = BoundSource::Arg;
  else if (name.consume_front("res"))
    member.source = BoundSource::Res;
  else if (name.consume_front("local"))
    member.source = BoundSource::Local;
  else if (name.consume_front("imm"))
    member.source = BoundSource::Imm;
  else
    return std::nullopt;
  bool isCanonical = llvm::all_of(name, llvm::isDigit) &&
                     (name == "0" || !name.starts_with("0"));
  // No function has more locals than its size in bytes; this keeps N in range
  // of every consumer.
  constexpr unsigned maxIndex = 1u << 30;
  if (!isCanonical || name.getAsInteger(10, member.index) ||
      member.index > maxIndex)
    return std::nullopt;
  return member;
}

std::string wasm::getMemberName(BoundSource source, unsigned index) {
  llvm::StringRef stem = source == BoundSource::Arg     ? "arg"
                         : source == BoundSource::Res   ? "res"
                         : source == BoundSource::Local ? "local"
                         : source == BoundSource::Imm   ? "imm"
                                                        : "";
  return stem.empty() ? "" : (stem + llvm::Twine(index)).str();
}
