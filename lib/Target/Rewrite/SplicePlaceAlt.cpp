//===- SplicePlaceAlt.cpp - Code in place of instructions -----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An alt body takes the place of an instruction, of the construct that it
/// opens, or (at `else`) of an arm, which then has none. Where the body decides
/// at run time, an `if` is put around what it may replace, and every branch out
/// of there passes one label more.
///
//===----------------------------------------------------------------------===//

#include "SplicePlace.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Instr;
using wasm::Opcode;
using wasm::ValType;

static bool isTailCall(Opcode opcode) {
  return opcode == Opcode::ReturnCall || opcode == Opcode::ReturnCallIndirect ||
         opcode == Opcode::ReturnCallRef;
}

static bool assigns(const Template &source, Operand::Kind kind) {
  return llvm::any_of(source.assigned, [&](const AssignedOperand &assigned) {
    return assigned.operand.kind == kind;
  });
}

llvm::Error Placer::findAlt(const Instr &instr) {
  alt.reset();
  // An arm lives as its construct does, however the arm before it ended.
  bool live =
      instr.opcode == Opcode::Else ? !frames.back().deadOnEntry : isLive();
  if (firstHere == endHere || !live)
    return llvm::Error::success();
  for (uint32_t site = firstHere; site != endHere; ++site) {
    if (getPosition(site) != Position::Alt)
      continue;
    const Template &source = *out.sites[site].source;
    if (alt)
      return failAt(instr, source,
                    describeProbe(*out.sites[getAlt().site].source) +
                        " is at the place of " +
                        wasm::getMnemonic(instr.opcode) +
                        " already: an instruction can have one alt probe");
    if (isEnd(instr.opcode) || instr.opcode == Opcode::Catch ||
        instr.opcode == Opcode::CatchAll)
      return failAt(instr, source,
                    wasm::getMnemonic(instr.opcode) + " cannot be replaced");
    alt = out.alts.size();
    out.alts.emplace_back().site = site;
  }
  return alt ? describeAlt(instr) : llvm::Error::success();
}

/// Fills in all that follows from the template and the instruction.
llvm::Error Placer::describeAlt(const Instr &instr) {
  AltPlace &place = getAlt();
  const Template &source = *out.sites[place.site].source;
  place.isDynamic = assigns(source, Operand::Kind::AltTaken);
  place.isTailCall = isTailCall(instr.opcode);
  place.returnsValues = assigns(source, Operand::Kind::AltResult);
  llvm::SmallVector<ValType, 4> expected;
  if (instr.opcode == Opcode::Else) {
    if (llvm::Error error = checkElseAlt(instr))
      return error;
  } else if (place.isTailCall) {
    expected.assign(types->signature().results);
  } else {
    llvm::append_range(expected, llvm::reverse(types->results()));
  }
  if (llvm::Error error = checkAltResults(instr, expected))
    return error;
  if (llvm::Error error = checkAltCalls(instr, expected))
    return error;
  if (place.isTailCall)
    return llvm::Error::success();
  place.keepsOperands = keepsOperands(instr);
  if (place.keepsOperands)
    llvm::append_range(place.results, llvm::reverse(types->operands()));
  else if (place.results.empty())
    place.results.append(expected.begin(), expected.end());
  return llvm::Error::success();
}

/// `i32 i64`; `nothing`.
static std::string listTypes(llvm::ArrayRef<ValType> types) {
  std::string text;
  for (ValType type : types)
    text += (text.empty() ? "" : " ") + type.str();
  return text.empty() ? "nothing" : text;
}

/// Checks the values that the body returns against what the instruction would
/// have left. Behind a terminator there is nothing to compare with.
llvm::Error Placer::checkAltResults(const Instr &instr,
                                    llvm::ArrayRef<ValType> expected) {
  AltPlace &place = getAlt();
  const Template &source = *out.sites[place.site].source;
  llvm::SmallVector<ValType, 2> given; // top first
  for (const AssignedOperand &assigned : source.assigned) {
    if (assigned.operand.kind != Operand::Kind::AltResult)
      continue;
    if (assigned.operand.index >= given.size())
      given.resize(assigned.operand.index + 1);
    given[assigned.operand.index] = assigned.operand.type;
  }
  std::reverse(given.begin(), given.end());
  llvm::StringRef name = wasm::getMnemonic(instr.opcode);
  bool ends = wasm::isTerminator(instr.opcode) && !place.isTailCall;
  bool misses = source.mayFallThrough &&
                (!given.empty() || (!expected.empty() && !place.isTailCall));
  if (misses || (given.empty() && source.altCalls.empty() &&
                 !expected.empty() && !place.isTailCall)) {
    llvm::ArrayRef<ValType> wanted = expected.empty() ? given : expected;
    return failAt(instr, source,
                  "the alt body must return " + listTypes(wanted) +
                      (wanted.size() == 1 ? " (a value for the result of "
                                          : " (values for the results of ") +
                      name + ")");
  }
  if (!given.empty() && !ends && llvm::ArrayRef<ValType>(given) != expected)
    return failAt(instr, source,
                  "the alt body returns " + listTypes(given) + ", but " + name +
                      " leaves " + listTypes(expected));
  place.results = given;
  return llvm::Error::success();
}

llvm::Error Placer::checkAltCalls(const Instr &instr,
                                  llvm::ArrayRef<ValType> expected) {
  const Template &source = *out.sites[getAlt().site].source;
  for (const AssignedOperand &assigned : source.assigned)
    if (assigned.operand.kind == Operand::Kind::AltCall &&
        assigned.operand.index >= source.altCalls.size())
      return failAt(instr, source, "there is no such function to call");
  for (uint32_t target : source.altCalls) {
    if (target >= app.functions.size())
      return failAt(instr, source,
                    "there is no function " + llvm::Twine(target));
    const wasm::FuncType &type = app.getFunctionType(target);
    llvm::SmallVector<ValType, 4> params(llvm::reverse(types->operands()));
    if (llvm::ArrayRef<ValType>(type.params) != llvm::ArrayRef(params) ||
        llvm::ArrayRef<ValType>(type.results) != expected)
      return failAt(
          instr, source,
          describeFunction(app, target) + " takes " + listTypes(type.params) +
              " and leaves " + listTypes(type.results) + ", but " +
              wasm::getMnemonic(instr.opcode) + " here takes " +
              listTypes(params) + " and leaves " + listTypes(expected));
  }
  return llvm::Error::success();
}

/// True where a terminator's operands are what its block, which ends behind
/// it, has to leave.
bool Placer::keepsOperands(const Instr &instr) const {
  if (!wasm::isTerminator(instr.opcode) || getAlt().returnsValues ||
      types->operands().empty() || instr.end >= app.bytes.size())
    return false;
  std::optional<Opcode> next = wasm::decodeOpcode(0, app.bytes[instr.end]);
  if (!next || !(isEnd(*next) || isDivider(*next)))
    return false;
  llvm::SmallVector<ValType, 4> operands(llvm::reverse(types->operands()));
  return types->frames().back().getResults() == llvm::ArrayRef(operands);
}

/// True where control may go on behind the instruction at work because its
/// replacement does.
bool Placer::mayPassAlt() const {
  if (!alt)
    return false;
  const AltPlace &place = getAlt();
  return !place.isTailCall ||
         (!place.returnsValues && out.sites[place.site].source->mayFallThrough);
}

void Placer::placeAlt(const Instr &instr) {
  if (!alt || isDivider(instr.opcode))
    return;
  AltPlace &place = getAlt();
  place.end = instr.end;
  bool setsLocal =
      (instr.opcode == Opcode::LocalSet || instr.opcode == Opcode::LocalTee) &&
      !types->locals()[instr.imms[0]].isDefaultable();
  if (setsLocal || (wasm::isTerminator(instr.opcode) && mayPassAlt())) {
    addCheck(instr, place.site, /*isAlt=*/true);
    place.check = out.checks.size() - 1;
  }
  add(Edit::Kind::OpenAlt, Phase::Alt, instr.begin, instr.opidx, *alt);
  if (place.isDynamic)
    wrappers.push_back(frames.size());
  else if (isOpener(instr.opcode))
    removal = Removal{*alt, 0, false, firstHere, endHere};
}

/// Removes the arm that begins with an `else`; the body ends the arm before,
/// also where that ends in code that never runs.
void Placer::placeElseAlt(const Instr &instr) {
  add(Edit::Kind::OpenAlt, Phase::Alt, instr.begin, instr.opidx, *alt);
  removal = Removal{*alt, 0, true, firstHere, endHere};
}

/// An arm can go where an `if` without `else` is valid in its place, and only
/// for good.
llvm::Error Placer::checkElseAlt(const Instr &instr) const {
  const Template &source = *out.sites[getAlt().site].source;
  const wasm::TypeStack::Frame &frame = types->frames().back();
  if (getAlt().isDynamic)
    return failAt(instr, source,
                  "the alt probe of an else removes its arm, so its predicate "
                  "must be known when the program is instrumented");
  if (frame.getParams() != frame.getResults())
    return failAt(instr, source,
                  "the alt probe of an else removes its arm, but the if needs "
                  "it: it leaves " +
                      listTypes(frame.getResults()));
  return llvm::Error::success();
}

llvm::Expected<bool> Placer::skipRemoved(const Instr &instr) {
  if (isOpener(instr.opcode))
    ++removal->depth;
  if (!isEnd(instr.opcode))
    return false;
  if (removal->depth != 0) {
    --removal->depth;
    return false;
  }
  Removal done = *removal;
  removal.reset();
  out.alts[done.alt].end = done.isElse ? instr.begin : instr.end;
  if (done.isElse)
    return true;
  // What the opener has behind its construct is behind the replacement.
  for (uint32_t site = done.firstSite; site != done.endSite; ++site)
    if (getPosition(site) == Position::After)
      if (llvm::Error error = placeAfter(instr, site, Phase::ResolvedBehind,
                                         out.sites[site].ref->opidx))
        return std::move(error);
  return false;
}
