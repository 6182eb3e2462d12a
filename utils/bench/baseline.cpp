//===- baseline.cpp - What reading and writing alone costs ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads a module with Binaryen's C API and writes it, nothing else, and prints
/// the milliseconds of both together: the yardstick of utils/bench/run.py. With
/// --read, of reading alone (utils/bench/reading.py).
///
//===----------------------------------------------------------------------===//

#include <binaryen-c.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

static std::vector<char> readFile(const char *path) {
  std::vector<char> bytes;
  FILE *file = std::fopen(path, "rb");
  if (!file)
    return bytes;
  std::fseek(file, 0, SEEK_END);
  bytes.resize(std::ftell(file));
  std::rewind(file);
  if (std::fread(bytes.data(), 1, bytes.size(), file) != bytes.size())
    bytes.clear();
  std::fclose(file);
  return bytes;
}

int main(int argc, char **argv) {
  bool onlyReads = argc > 1 && std::strcmp(argv[1], "--read") == 0;
  if (onlyReads)
    --argc, ++argv;
  if (argc < 2) {
    std::fprintf(stderr,
                 "usage: whamm-bench-binaryen [--read] MODULE [OUTPUT]\n");
    return 2;
  }
  std::vector<char> bytes = readFile(argv[1]);
  if (bytes.empty()) {
    std::fprintf(stderr, "cannot read %s\n", argv[1]);
    return 1;
  }
  auto begin = std::chrono::steady_clock::now();
  BinaryenModuleRef module = BinaryenModuleRead(bytes.data(), bytes.size());
  std::chrono::duration<double, std::milli> reading =
      std::chrono::steady_clock::now() - begin;
  if (onlyReads) {
    std::printf("%.3f\n", reading.count());
    return 0;
  }
  // The reader assumes the MVP; typed references and garbage collection would
  // change encodings.
  BinaryenModuleSetFeatures(
      module, BinaryenFeatureAtomics() | BinaryenFeatureBulkMemory() |
                  BinaryenFeatureMutableGlobals() |
                  BinaryenFeatureNontrappingFPToInt() |
                  BinaryenFeatureSignExt() | BinaryenFeatureSIMD128() |
                  BinaryenFeatureTailCall() | BinaryenFeatureReferenceTypes() |
                  BinaryenFeatureMultivalue());
  auto result = BinaryenModuleAllocateAndWrite(module, nullptr);
  auto end = std::chrono::steady_clock::now();
  std::printf("%.3f\n",
              std::chrono::duration<double, std::milli>(end - begin).count());
  if (argc > 2) {
    if (FILE *file = std::fopen(argv[2], "wb")) {
      std::fwrite(result.binary, 1, result.binaryBytes, file);
      std::fclose(file);
    }
  }
  std::free(result.binary);
  BinaryenModuleDispose(module);
  return 0;
}
