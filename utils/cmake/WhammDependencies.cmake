# Finds what the project is built on: LLVM and MLIR 22, Binaryen's C
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

# The archives are linked in any order, which takes this linker.
find_program(WHAMM_LLD NAMES ld.lld-22 ld.lld HINTS /usr/lib/llvm-22/bin REQUIRED)

# whamm_llvm and whamm_mlir: what libraries over LLVM and MLIR link. Binaryen's
# shared library exports parts of an older LLVM under the same names, and must
# not mix with ours.
add_library(whamm_llvm INTERFACE)
add_library(whamm_mlir INTERFACE)
if(WHAMM_SHARED_MLIR)
  # libLLVM comes first: the dynamic linker takes the first definition.
  target_link_options(whamm_llvm INTERFACE
    "-Wl,-rpath,${LLVM_LIBRARY_DIR}"
    -Wl,--push-state,--no-as-needed "${LLVM_LIBRARY_DIR}/libLLVM.so"
    -Wl,--pop-state)
  target_link_libraries(whamm_llvm INTERFACE LLVM)
  target_link_libraries(whamm_mlir INTERFACE MLIR)
else()
  # By file: the imported targets of MLIR bring the shared libLLVM with them.
  # The linker takes what is used. Options come in front of all libraries, and
  # the first definition of a symbol counts. What comes from other archives stays
  # visible: the allocation functions of sanitizers have to be.
  function(whamm_link_archives name)
    list(FILTER ARGN EXCLUDE REGEX
      "Test|ExecutionEngine|MLIRCAPI|MLIRMlirOptMain")
    foreach(lib IN LISTS ARGN)
      set(file "")
      if(TARGET ${lib})
        get_target_property(file ${lib} LOCATION)
      endif()
      if(file MATCHES "\\.a$" AND EXISTS "${file}")
        get_filename_component(archive "${file}" NAME)
        target_link_options(${name} INTERFACE
          "${file}" "LINKER:--exclude-libs,${archive}")
      endif()
    endforeach()
  endfunction()
  get_property(mlir_libs GLOBAL PROPERTY MLIR_ALL_LIBS)
  whamm_link_archives(whamm_mlir ${mlir_libs})
  whamm_link_archives(whamm_llvm ${LLVM_AVAILABLE_LIBS})
  target_link_libraries(whamm_llvm INTERFACE ZLIB::ZLIB zstd::libzstd_shared
    ${CMAKE_DL_LIBS} m)
  target_link_libraries(whamm_mlir INTERFACE whamm_llvm)
endif()

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
