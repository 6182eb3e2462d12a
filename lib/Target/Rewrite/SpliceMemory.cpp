//===- SpliceMemory.cpp - Work on memories by number ----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions of module `whamm:memory`: each looks which memory a number
/// means. The application's memories are worked on by instructions, those of
/// libraries, which the output does not have, through imported functions.
///
//===----------------------------------------------------------------------===//

#include "SpliceMemory.h"

#include "whamm/Runtime/CoreFunctions.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::FuncType;
using wasm::ValType;

/// Instructions of memories.
enum : uint8_t {
  OpI32Load8U = 0x2D,
  OpI64Load = 0x29,
  OpI32Store8 = 0x3A,
  OpI64Store = 0x37,
  OpMemorySize = 0x3F,
  OpBulk = 0xFC, // prefix
  SubMemoryCopy = 0x0A,
  SubMemoryFill = 0x0B,
};

static FuncType getMemoryType(MemoryFunction function) {
  ValType i32 = ValType::i32(), i64 = ValType::i64();
  switch (function) {
  case MemoryFunction::Copy:
    return makeFuncType({i32, i32, i32, i32, i32});
  case MemoryFunction::Fill:
    return makeFuncType({i32, i32, i32, i32});
  case MemoryFunction::Size:
    return makeFuncType({i32}, {i32});
  case MemoryFunction::Load8:
    return makeFuncType({i32, i32}, {i32});
  case MemoryFunction::Load64:
    return makeFuncType({i32, i32}, {i64});
  case MemoryFunction::Store8:
    return makeFuncType({i32, i32, i32});
  case MemoryFunction::Store64:
    return makeFuncType({i32, i32, i64});
  }
  return {};
}

static constexpr llvm::StringLiteral memoryFunctionNames[] = {
    "copy", "fill", "size", "load8", "load64", "store8", "store64"};

//===----------------------------------------------------------------------===//
// What is needed
//===----------------------------------------------------------------------===//

llvm::Error MemoryFunctions::use(llvm::StringRef name, const FuncType &type) {
  for (MemoryFunction function :
       {MemoryFunction::Copy, MemoryFunction::Fill, MemoryFunction::Size}) {
    FuncType expected = getMemoryType(function);
    if (memoryFunctionNames[getIndex(function)] != name)
      continue;
    if (type.params != expected.params || type.results != expected.results)
      return llvm::createStringError(
          "generated code: " + llvm::Twine(runtime::memoryNumberModule) + "." +
          name + " has another type");
    needed[getIndex(function)] = true;
    return llvm::Error::success();
  }
  return llvm::createStringError("generated code: there is no " +
                                 llvm::Twine(runtime::memoryNumberModule) +
                                 "." + name);
}

bool MemoryFunctions::isCore(uint32_t library) const {
  return plan.memories[library] == runtime::coreModule;
}

/// The type of an import: that of the function without the memory's number.
void MemoryFunctions::addImport(uint32_t library, MemoryFunction function) {
  FuncType type = getMemoryType(function);
  type.params.erase(type.params.begin());
  if (function == MemoryFunction::Copy)
    type.params.erase(type.params.begin() + 1);
  std::string module =
      isCore(library) ? plan.memories[library]
                      : runtime::memoryModulePrefix + plan.memories[library];
  imports[library][getIndex(function)] =
      layout.addImport(module, memoryFunctionNames[getIndex(function)], type);
}

void MemoryFunctions::addImports() {
  imports.resize(plan.memories.size());
  bool copies = needs(MemoryFunction::Copy),
       fills = needs(MemoryFunction::Fill);
  bool hasLibraries = !plan.memories.empty();
  // Copies from or to a library go through these, and so do fills of one.
  bool loads64 = copies && hasLibraries, stores = false;
  for (uint32_t i = 0; i != plan.memories.size(); ++i)
    stores |= fills && !isCore(i);
  stores |= loads64;
  needed[getIndex(MemoryFunction::Load64)] = loads64;
  for (MemoryFunction f :
       {MemoryFunction::Load8, MemoryFunction::Store8, MemoryFunction::Store64})
    needed[getIndex(f)] = stores;
  for (uint32_t i = 0; i != plan.memories.size(); ++i)
    for (unsigned f = 0; f != numMemoryFunctions; ++f) {
      bool isBulk = f == getIndex(MemoryFunction::Copy) ||
                    f == getIndex(MemoryFunction::Fill);
      if (needed[f] && (!isBulk || isCore(i)))
        addImport(i, static_cast<MemoryFunction>(f));
    }
}

void MemoryFunctions::addFunctions() {
  for (unsigned f = 0; f != numMemoryFunctions; ++f)
    if (needed[f])
      functions[f] =
          layout.addFunction(getMemoryType(static_cast<MemoryFunction>(f)),
                             "whamm.memory." + memoryFunctionNames[f].str());
  for (unsigned f = 0; f != numMemoryFunctions; ++f) {
    if (!needed[f])
      continue;
    Buffer body;
    write(static_cast<MemoryFunction>(f), body);
    layout.getNewFunction(functions[f]).body = std::move(body);
  }
}

//===----------------------------------------------------------------------===//
// Code
//===----------------------------------------------------------------------===//

/// Appends `if (parameter == number)`.
static CodeWriter &openCase(CodeWriter &code, uint32_t parameter,
                            uint32_t number) {
  return code.get(parameter).i32(number).op(OpI32Eq).open(OpIf);
}

void MemoryFunctions::write(MemoryFunction function, Buffer &body) {
  CodeWriter code(body);
  switch (function) {
  case MemoryFunction::Copy:
    writeCopy(code);
    break;
  case MemoryFunction::Fill:
    writeFill(code);
    break;
  default:
    code.op(0); // no locals
    writeAccess(code, function);
    break;
  }
  code.op(OpUnreachable).end(); // no such memory
}

/// Pushes an address or a size for a memory of the application.
CodeWriter &MemoryFunctions::getWide(CodeWriter &code, uint32_t local,
                                     bool is64) {
  code.get(local);
  return is64 ? code.op(OpI64ExtendI32U) : code;
}

/// One access or a size: the instruction or the import, case by case.
void MemoryFunctions::writeAccess(CodeWriter &code, MemoryFunction function) {
  uint32_t numParams = getMemoryType(function).params.size();
  for (uint32_t i = 0, e = app.memories.size(); i != e; ++i) {
    bool is64 = app.memories[i].is64;
    openCase(code, 0, i);
    if (function == MemoryFunction::Size) {
      code.op(OpMemorySize, i);
      if (is64)
        code.op(OpI32WrapI64);
    } else {
      getWide(code, 1, is64);
      if (numParams == 3)
        code.get(2);
      static constexpr uint8_t opcodes[] = {OpI32Load8U, OpI64Load, OpI32Store8,
                                            OpI64Store};
      code.access(opcodes[getIndex(function) - getIndex(MemoryFunction::Load8)],
                  i);
    }
    code.op(OpReturn).end();
  }
  for (uint32_t i = 0, e = plan.memories.size(); i != e; ++i) {
    openCase(code, 0, app.memories.size() + i);
    for (uint32_t param = 1; param != numParams; ++param)
      code.get(param);
    code.call(imports[i][getIndex(function)]).op(OpReturn).end();
  }
}

/// Traps unless the bytes [at, at + size) exist; size is not 0. Goes through
/// loads, since a library has nothing else.
void MemoryFunctions::checkRange(CodeWriter &code, uint32_t memory, uint32_t at,
                                 uint32_t size) {
  auto getLast = [&] {
    code.get(at).get(size).op(OpI32Add).i32(1).op(OpI32Sub);
  };
  getLast();
  code.get(at).op(OpI32LtU).open(OpIf).op(OpUnreachable).end();
  code.get(memory);
  getLast();
  code.call(getFunction(MemoryFunction::Load8)).op(OpDrop);
}

/// `fill(memory, at, byte, size)`; local 4 holds the byte eight times.
void MemoryFunctions::writeFill(CodeWriter &code) {
  constexpr uint32_t memory = 0, at = 1, byte = 2, size = 3, word = 4;
  code.op(1).op(1).op(0x7E); // one local of type i64
  for (uint32_t i = 0, e = app.memories.size(); i != e; ++i) {
    bool is64 = app.memories[i].is64;
    openCase(code, memory, i);
    getWide(code, at, is64).get(byte);
    getWide(code, size, is64).op(OpBulk).op(SubMemoryFill, i);
    code.op(OpReturn).end();
  }
  bool hasOthers = false;
  for (uint32_t i = 0, e = plan.memories.size(); i != e; ++i) {
    if (!isCore(i)) {
      hasOthers = true;
      continue;
    }
    openCase(code, memory, app.memories.size() + i);
    code.get(at).get(byte).get(size);
    code.call(imports[i][getIndex(MemoryFunction::Fill)]).op(OpReturn).end();
  }
  if (!hasOthers)
    return;
  code.get(size).op(OpI32Eqz).open(OpIf).op(OpReturn).end();
  checkRange(code, memory, at, size);
  code.get(byte).i32(255).op(OpI32And).op(OpI64ExtendI32U);
  code.i64(0x0101010101010101).op(OpI64Mul).set(word);
  writeLoop(code, at, size, 8, [&] {
    code.get(memory).get(at).get(word);
    code.call(getFunction(MemoryFunction::Store64));
  });
  writeLoop(code, at, size, 1, [&] {
    code.get(memory).get(at).get(byte);
    code.call(getFunction(MemoryFunction::Store8));
  });
  code.op(OpReturn);
}

/// Runs `step` while at least `width` bytes are left.
void MemoryFunctions::writeLoop(CodeWriter &code,
                                llvm::ArrayRef<uint32_t> addresses,
                                uint32_t size, int32_t width,
                                llvm::function_ref<void()> step) {
  code.open(OpBlock).open(OpLoop);
  code.get(size).i32(width).op(OpI32LtU).op(OpBrIf, 1);
  step();
  for (uint32_t address : addresses)
    code.get(address).i32(width).op(OpI32Add).set(address);
  code.get(size).i32(width).op(OpI32Sub).set(size);
  code.op(OpBr, 0).end().end();
}

namespace {
/// Parameters of copy.
enum : uint32_t { DstMem, Dst, SrcMem, Src, Size };
} // namespace

/// Between two memories of the application, or within the one of the runtime.
void MemoryFunctions::writeDirectCopies(CodeWriter &code) {
  for (uint32_t d = 0, e = app.memories.size(); d != e; ++d) {
    openCase(code, DstMem, d);
    for (uint32_t s = 0; s != e; ++s) {
      bool dst64 = app.memories[d].is64, src64 = app.memories[s].is64;
      openCase(code, SrcMem, s);
      getWide(code, Dst, dst64);
      getWide(code, Src, src64);
      getWide(code, Size, dst64 && src64);
      code.op(OpBulk).op(SubMemoryCopy, d).index(s);
      code.op(OpReturn).end();
    }
    code.end();
  }
  for (uint32_t i = 0, e = plan.memories.size(); i != e; ++i) {
    if (!isCore(i))
      continue;
    uint32_t number = app.memories.size() + i;
    openCase(code, DstMem, number);
    openCase(code, SrcMem, number);
    code.get(Dst).get(Src).get(Size);
    code.call(imports[i][getIndex(MemoryFunction::Copy)]).op(OpReturn);
    code.end().end();
  }
}

/// Within one memory, what is read must not have been written before.
void MemoryFunctions::writeBackwardCopy(CodeWriter &code) {
  code.get(DstMem).get(SrcMem).op(OpI32Eq);
  code.get(Dst).get(Src).op(OpI32GtU).op(OpI32And).open(OpIf);
  code.open(OpLoop);
  code.get(Size).i32(1).op(OpI32Sub).set(Size);
  auto getAt = [&](uint32_t memory, uint32_t at) {
    code.get(memory).get(at).get(Size).op(OpI32Add);
  };
  getAt(DstMem, Dst);
  getAt(SrcMem, Src);
  code.call(getFunction(MemoryFunction::Load8))
      .call(getFunction(MemoryFunction::Store8))
      .get(Size)
      .op(OpBrIf, 0)
      .end()
      .op(OpReturn)
      .end();
}

void MemoryFunctions::writeCopy(CodeWriter &code) {
  code.op(0); // no locals
  writeDirectCopies(code);
  if (plan.memories.empty())
    return;
  code.get(Size).op(OpI32Eqz).open(OpIf).op(OpReturn).end();
  checkRange(code, SrcMem, Src, Size);
  checkRange(code, DstMem, Dst, Size);
  writeBackwardCopy(code);
  auto writeStep = [&](MemoryFunction load, MemoryFunction store) {
    code.get(DstMem).get(Dst).get(SrcMem).get(Src);
    code.call(getFunction(load)).call(getFunction(store));
  };
  writeLoop(code, {Dst, Src}, Size, 8, [&] {
    writeStep(MemoryFunction::Load64, MemoryFunction::Store64);
  });
  writeLoop(code, {Dst, Src}, Size, 1,
            [&] { writeStep(MemoryFunction::Load8, MemoryFunction::Store8); });
  code.op(OpReturn);
}
