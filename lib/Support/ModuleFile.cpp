//===- ModuleFile.cpp - Reading modules from files --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Support/ModuleFile.h"

#include "whamm/Wasm/TypeStack.h"

#include "wabt/binary-writer.h"
#include "wabt/error-formatter.h"
#include "wabt/ir.h"
#include "wabt/validator.h"
#include "wabt/wast-lexer.h"
#include "wabt/wast-parser.h"

using namespace llvm;
using namespace whamm;

static bool isValidModule(wasm::Bytes bytes) {
  Expected<wasm::Module> module = wasm::Module::parse(bytes);
  Error error = module ? wasm::validateModule(*module) : module.takeError();
  bool isValid = !error;
  consumeError(std::move(error));
  return isValid;
}

Expected<std::vector<uint8_t>> whamm::convertText(StringRef name,
                                                  StringRef text) {
  wabt::Errors errors;
  auto lexer = wabt::WastLexer::CreateBufferLexer(name.str(), text.data(),
                                                  text.size(), &errors);
  wabt::Features features;
  features.EnableAll();
  wabt::WastParseOptions parseOptions(features);
  std::unique_ptr<wabt::Module> module;
  wabt::MemoryStream stream;
  bool isGood = Succeeded(
      wabt::ParseWatModule(lexer.get(), &module, &errors, &parseOptions));
  bool isValid =
      isGood && Succeeded(wabt::ValidateModule(
                    module.get(), &errors, wabt::ValidateOptions(features)));
  wabt::WriteBinaryOptions writeOptions;
  writeOptions.features = features;
  writeOptions.write_debug_names = true;
  if (isGood)
    isGood =
        Succeeded(wabt::WriteBinaryModule(&stream, module.get(), writeOptions));
  // wabt knows the places of mistakes, but takes some valid code for wrong.
  if (isGood && (isValid || isValidModule(stream.output_buffer().data)))
    return std::move(stream.output_buffer().data);
  auto finder = lexer->MakeLineFinder();
  return createStringError(
      StringRef(wabt::FormatErrorsToString(errors, wabt::Location::Type::Text,
                                           finder.get()))
          .rtrim());
}

Expected<LoadedModule> whamm::loadModule(StringRef path) {
  auto file = MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/false,
                                           /*RequiresNullTerminator=*/false);
  if (!file)
    return createStringError("cannot open '" + path +
                             "': " + file.getError().message());
  LoadedModule result;
  result.file = std::move(*file);
  StringRef data = result.file->getBuffer();
  wasm::Bytes bytes(reinterpret_cast<const uint8_t *>(data.data()),
                    data.size());
  bool isBinary = data.starts_with(StringRef("\0asm", 4)) || data.empty() ||
                  data.starts_with(StringRef("\0", 1));
  if (!isBinary) {
    Expected<std::vector<uint8_t>> converted = convertText(path, data);
    if (!converted)
      return converted.takeError();
    result.converted = std::move(*converted);
    bytes = result.converted;
  }
  Expected<wasm::Module> module = wasm::Module::parse(bytes);
  if (!module)
    return createStringError("'" + path + "': " + toString(module.takeError()));
  if (Error error = wasm::validateModuleLevel(*module))
    return createStringError("'" + path +
                             "' is not valid: " + toString(std::move(error)));
  result.module = std::make_unique<wasm::Module>(std::move(*module));
  return result;
}
