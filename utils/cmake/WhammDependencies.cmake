# Finds what the project is built on: LLVM and MLIR 22 (shared), Binaryen's C
# API and libwabt. utils/setup.sh installs all of them on Debian.

find_package(MLIR REQUIRED CONFIG HINTS /usr/lib/llvm-22/lib/cmake/mlir)
if(NOT LLVM_VERSION_MAJOR EQUAL 22)
  message(FATAL_ERROR "LLVM 22 is needed, found ${LLVM_PACKAGE_VERSION}; "
    "run utils/setup.sh")
endif()
list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
include(TableGen)
include(AddLLVM)
include(AddMLIR)

find_library(BINARYEN_LIBRARY binaryen REQUIRED)
find_path(BINARYEN_INCLUDE_DIR binaryen-c.h REQUIRED)
find_program(WASM_OPT wasm-opt REQUIRED)
execute_process(COMMAND "${WASM_OPT}" --version
  OUTPUT_VARIABLE BINARYEN_VERSION_TEXT OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REGEX MATCH "[0-9]+" BINARYEN_VERSION "${BINARYEN_VERSION_TEXT}")

find_library(WABT_LIBRARY wabt REQUIRED)
find_path(WABT_INCLUDE_DIR wabt/wast-parser.h REQUIRED)

# The runtime library is compiled for wasm32 with the same clang as LLVM.
find_program(WHAMM_WASM_CLANG NAMES clang-22 HINTS /usr/lib/llvm-22/bin REQUIRED)
find_program(WHAMM_WASM_CLANGXX NAMES clang++-22 HINTS /usr/lib/llvm-22/bin REQUIRED)
find_program(NODE_EXECUTABLE NAMES node nodejs REQUIRED)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

message(STATUS "LLVM ${LLVM_PACKAGE_VERSION}, Binaryen ${BINARYEN_VERSION}")
