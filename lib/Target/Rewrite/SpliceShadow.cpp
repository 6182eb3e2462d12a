//===- SpliceShadow.cpp - Shadows of tables -------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The runtime keeps, for tables whose functions a script asks for, the number
/// of the function in each slot. The start sequence fills these shadows, and
/// code in front of every instruction that changes such a table updates them.
///
//===----------------------------------------------------------------------===//

#include "SpliceCode.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Instr;
using wasm::Opcode;
using wasm::ValType;

//===----------------------------------------------------------------------===//
// Initial values
//===----------------------------------------------------------------------===//

namespace {

/// Writes the initial values of one shadow compactly: runs, and eight slots at
/// a time where there are none.
class ShadowWriter {
public:
  ShadowWriter(Context &ctx, const StartImports &imports)
      : ctx(ctx), imports(imports), chunks(ctx.layout, "whamm.shadow") {}
  void write(const InjectionPlan::Shadow &shadow);
  void finish(wasm::ByteSink &caller) { chunks.finish(caller); }

private:
  size_t writeRun(uint32_t table, llvm::ArrayRef<int32_t> fids, size_t at);
  void writeEight(uint32_t table, llvm::ArrayRef<int32_t> fids, size_t at);
  uint32_t getRunFunction();
  uint32_t getEightFunction();

  Context &ctx;
  const StartImports &imports;
  ChunkedCode chunks;
  std::optional<uint32_t> runFunction, eightFunction;
};

} // namespace

/// `(table, slot, count, fid)`: ascending numbers in ascending slots.
uint32_t ShadowWriter::getRunFunction() {
  if (runFunction)
    return *runFunction;
  ValType i32 = ValType::i32();
  runFunction = ctx.layout.addFunction(makeFuncType({i32, i32, i32, i32}),
                                       "whamm.shadow_run");
  Buffer body = {0}; // no locals
  CodeWriter code(body);
  code.open(OpLoop);
  code.get(0).get(1).get(3).call(imports.shadowSet);
  for (uint32_t local : {1, 3})
    code.get(local).i32(1).op(OpI32Add).set(local);
  code.get(2).i32(1).op(OpI32Sub).op(OpLocalTee, 2).op(OpBrIf, 0);
  code.end().end();
  ctx.layout.getNewFunction(*runFunction).body = std::move(body);
  return *runFunction;
}

/// `(table, slot, i64 x 4)`: eight numbers for eight slots.
uint32_t ShadowWriter::getEightFunction() {
  if (eightFunction)
    return *eightFunction;
  ValType i32 = ValType::i32(), i64 = ValType::i64();
  eightFunction = ctx.layout.addFunction(
      makeFuncType({i32, i32, i64, i64, i64, i64}), "whamm.shadow_eight");
  Buffer body = {0}; // no locals
  CodeWriter code(body);
  for (uint32_t i = 0; i != 8; ++i) {
    code.get(0).get(1).i32(i).op(OpI32Add).get(2 + i / 2);
    if (i & 1)
      code.i64(32).op(OpI64ShrU);
    code.op(OpI32WrapI64).call(imports.shadowSet);
  }
  code.end();
  ctx.layout.getNewFunction(*eightFunction).body = std::move(body);
  return *eightFunction;
}

/// Writes equal or ascending numbers from `at` on, if there are enough of them;
/// returns how many.
size_t ShadowWriter::writeRun(uint32_t table, llvm::ArrayRef<int32_t> fids,
                              size_t at) {
  constexpr size_t minRun = 6;
  size_t equal = 1, ascending = 1, rest = fids.size() - at;
  while (equal < rest && fids[at + equal] == fids[at])
    ++equal;
  while (ascending < rest && fids[at] >= 0 &&
         fids[at + ascending] == fids[at] + static_cast<int32_t>(ascending))
    ++ascending;
  size_t size = std::max(equal, ascending);
  if (fids[at] == -1)
    return equal; // as the runtime left them
  if (size < minRun)
    return 0;
  CodeWriter code(chunks.next());
  code.i32(table).i32(at).i32(size).i32(fids[at]);
  code.call(equal == size ? imports.shadowFill : getRunFunction());
  return size;
}

void ShadowWriter::writeEight(uint32_t table, llvm::ArrayRef<int32_t> fids,
                              size_t at) {
  uint64_t words[4];
  for (size_t i = 0; i != 4; ++i) {
    auto getFid = [&](size_t k) -> uint64_t {
      size_t slot = at + 2 * i + k;
      return static_cast<uint32_t>(slot < fids.size() ? fids[slot] : -1);
    };
    words[i] = getFid(0) | getFid(1) << 32;
  }
  uint32_t function = getEightFunction();
  CodeWriter code(chunks.next());
  code.i32(table).i32(at);
  for (uint64_t word : words)
    code.i64(word);
  code.call(function);
}

void ShadowWriter::write(const InjectionPlan::Shadow &shadow) {
  llvm::ArrayRef<int32_t> fids = shadow.fids;
  CodeWriter(chunks.next())
      .i32(shadow.table)
      .i32(fids.size())
      .call(imports.shadowNew);
  for (size_t at = 0; at < fids.size();) {
    size_t size = writeRun(shadow.table, fids, at);
    if (size == 0) {
      writeEight(shadow.table, fids, at);
      size = 8;
    }
    at += size;
  }
}

void detail::emitShadows(Context &ctx, const StartImports &imports,
                         wasm::ByteSink &caller) {
  if (ctx.plan.shadows.empty())
    return;
  ShadowWriter writer(ctx, imports);
  for (const InjectionPlan::Shadow &shadow : ctx.plan.shadows)
    writer.write(shadow);
  writer.finish(caller);
}

//===----------------------------------------------------------------------===//
// Upkeep
//===----------------------------------------------------------------------===//

namespace {

/// Builds the code of an update: operands of the instruction are its
/// parameters, the function's number is a hole.
class UpkeepCode {
public:
  UpkeepCode(Template &declared, TemplateCode &code)
      : declared(declared), code(code) {}
  UpkeepCode &i32(int32_t value) {
    return raw([&](CodeWriter &w) { w.i32(value); });
  }
  UpkeepCode &call(uint32_t function) {
    return raw([&](CodeWriter &w) { w.call(function); });
  }
  UpkeepCode &operand(uint32_t arg, bool is64);
  UpkeepCode &hole() {
    code.holes.push_back(ValType::i32());
    code.pieces.push_back(Piece{Piece::Kind::Hole});
    return *this;
  }
  void finish() {
    code.writesParam.resize(code.params.size());
    code.needsZero.resize(code.params.size());
    code.size = code.bytes.size();
  }

private:
  UpkeepCode &raw(llvm::function_ref<void(CodeWriter &)> write);

  Template &declared;
  TemplateCode &code;
};

/// Finds the instructions that change shadowed tables, and makes templates and
/// sites for them.
class UpkeepFinder {
public:
  UpkeepFinder(Context &ctx, const StartImports &imports)
      : ctx(ctx), imports(imports), isShadowed(ctx.app.tables.size()) {
    for (const InjectionPlan::Shadow &shadow : ctx.plan.shadows)
      isShadowed.set(shadow.table);
  }
  llvm::Error run();

private:
  /// What decides about the code of an update.
  struct Key {
    Opcode opcode;
    uint32_t table, source;
    bool operator==(const Key &o) const {
      return opcode == o.opcode && table == o.table && source == o.source;
    }
  };
  std::optional<Key> getKey(const Instr &instr) const;
  SiteTable &getSites(const Key &key);
  void makeCode(const Key &key, Template &declared, TemplateCode &code) const;
  bool is64(uint32_t table) const { return ctx.app.tables[table].limits.is64; }

  Context &ctx;
  const StartImports &imports;
  llvm::BitVector isShadowed;
  std::vector<Key> keys; // by position in Context::upkeepSites
};

} // namespace

UpkeepCode &UpkeepCode::raw(llvm::function_ref<void(CodeWriter &)> write) {
  Piece piece{Piece::Kind::Raw};
  piece.begin = code.bytes.size();
  CodeWriter writer(code.bytes);
  write(writer);
  piece.size = code.bytes.size() - piece.begin;
  code.pieces.push_back(piece);
  return *this;
}

UpkeepCode &UpkeepCode::operand(uint32_t arg, bool is64) {
  ValType type = is64 ? ValType::i64() : ValType::i32();
  Piece piece{Piece::Kind::Local};
  piece.opcode = OpLocalGet;
  piece.index = code.params.size();
  code.pieces.push_back(piece);
  code.params.push_back(type);
  declared.operands.push_back({Operand::Kind::Arg, arg, type});
  if (is64)
    raw([](CodeWriter &w) { w.op(OpI32WrapI64); });
  return *this;
}

void UpkeepFinder::makeCode(const Key &key, Template &declared,
                            TemplateCode &code) const {
  UpkeepCode writer(declared, code);
  bool wide = is64(key.table);
  writer.i32(key.table);
  switch (key.opcode) {
  case Opcode::TableSet:
    writer.operand(1, wide).hole().call(imports.shadowSet);
    break;
  case Opcode::TableCopy:
    writer.operand(2, wide);
    if (isShadowed.test(key.source))
      writer.i32(key.source)
          .operand(1, is64(key.source))
          .operand(0, wide && is64(key.source))
          .call(imports.shadowCopy);
    else
      writer.operand(0, wide && is64(key.source))
          .i32(-1)
          .call(imports.shadowFill);
    break;
  default: // table.fill, table.init
    writer.operand(2, wide)
        .operand(0, wide && key.opcode == Opcode::TableFill)
        .i32(-1)
        .call(imports.shadowFill);
    break;
  }
  writer.finish();
}

/// Nullopt for instructions that change no shadowed table.
std::optional<UpkeepFinder::Key>
UpkeepFinder::getKey(const Instr &instr) const {
  Key key{instr.opcode, 0, 0};
  switch (instr.opcode) {
  case Opcode::TableSet:
  case Opcode::TableFill:
    key.table = instr.imms[0];
    break;
  case Opcode::TableInit: // the segment comes first
    key.table = instr.imms[1];
    break;
  case Opcode::TableCopy:
    key.table = instr.imms[0];
    key.source = instr.imms[1];
    break;
  default:
    return std::nullopt;
  }
  // What is out of range is for validation to find.
  if (key.table >= isShadowed.size() || key.source >= isShadowed.size() ||
      !isShadowed.test(key.table))
    return std::nullopt;
  return key;
}

SiteTable &UpkeepFinder::getSites(const Key &key) {
  auto it = llvm::find(keys, key);
  if (it != keys.end())
    return ctx.upkeepSites[it - keys.begin()];
  keys.push_back(key);
  Template &declared = ctx.upkeepTemplates.emplace_back();
  declared.name = "upkeep of a table's shadow";
  makeCode(key, declared, ctx.templates.emplace_back());
  SiteTable &table = ctx.upkeepSites.emplace_back();
  table.templateIndex = ctx.templates.size() - 1;
  table.rank = UINT32_MAX;
  table.holes.resize(ctx.templates.back().holes.size());
  return table;
}

llvm::Error UpkeepFinder::run() {
  for (uint32_t i = 0, e = ctx.app.bodies.size(); i != e; ++i) {
    wasm::FunctionCursor cursor(ctx.app, i);
    std::optional<uint32_t> known; // by a ref.func just before
    while (cursor.next()) {
      const Instr &instr = cursor.get();
      if (std::optional<Key> key = getKey(instr)) {
        SiteTable &table = getSites(*key);
        table.func.push_back(ctx.app.numImportedFunctions + i);
        table.opidx.push_back(instr.opidx);
        for (auto &column : table.holes)
          column.push_back(known ? *known : UINT32_MAX);
      }
      known.reset();
      if (instr.opcode == Opcode::RefFunc)
        known = instr.imms[0];
    }
    if (llvm::Error error = cursor.takeError())
      return error;
  }
  return llvm::Error::success();
}

llvm::Error detail::addUpkeep(Context &ctx, const StartImports &imports) {
  if (ctx.plan.shadows.empty())
    return llvm::Error::success();
  return UpkeepFinder(ctx, imports).run();
}
