# The project's own CMake functions.

add_library(whamm_options INTERFACE)
target_include_directories(whamm_options INTERFACE
  "${PROJECT_SOURCE_DIR}/include"
  "${PROJECT_BINARY_DIR}/include")
target_include_directories(whamm_options SYSTEM INTERFACE
  ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
target_compile_definitions(whamm_options INTERFACE ${LLVM_DEFINITIONS_LIST})
target_compile_options(whamm_options INTERFACE
  -Wall -Wextra -Wno-unused-parameter -Werror
  -fno-exceptions -ffunction-sections -fdata-sections)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # Generated MLIR code is included into our own translation units.
  target_compile_options(whamm_options INTERFACE -Wno-unused-private-field)
endif()
target_link_options(whamm_options INTERFACE -Wl,--gc-sections)
target_link_options(whamm_options INTERFACE "-fuse-ld=lld")

# whamm_add_library(name SOURCES... [LINK libs...] [DEPENDS targets...])
# A static library of the project over LLVM's support library.
function(whamm_add_library name)
  cmake_parse_arguments(ARG "" "" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  # Templates of LLVM must not stand in for those of Binaryen's copy.
  target_link_options(${name} INTERFACE "LINKER:--exclude-libs,lib${name}.a")
  target_link_libraries(${name} PUBLIC whamm_options ${ARG_LINK} whamm_llvm)
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# The same for a library over MLIR.
function(whamm_add_mlir_library name)
  cmake_parse_arguments(ARG "" "" "LINK;DEPENDS" ${ARGN})
  whamm_add_library(${name} ${ARG_UNPARSED_ARGUMENTS}
    LINK ${ARG_LINK} whamm_mlir DEPENDS ${ARG_DEPENDS})
endfunction()

# whamm_add_tool(name SOURCES... [LINK libs...])
function(whamm_add_tool name)
  cmake_parse_arguments(ARG "" "" "LINK;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE whamm_options ${ARG_LINK} whamm_llvm)
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# whamm_fact_table(target generator input output): runs whamm-tblgen over a
# file of td/Wasm or td/Binaryen.
function(whamm_fact_table target generator input output)
  get_filename_component(dir "${output}" DIRECTORY)
  file(MAKE_DIRECTORY "${dir}")
  file(GLOB_RECURSE deps "${PROJECT_SOURCE_DIR}/td/Wasm/*.td"
    "${PROJECT_SOURCE_DIR}/td/Binaryen/*.td")
  add_custom_command(OUTPUT "${output}"
    COMMAND whamm-tblgen ${generator} --write-if-changed
      -I "${PROJECT_SOURCE_DIR}/td"
      "${PROJECT_SOURCE_DIR}/td/${input}" -o "${output}"
    DEPENDS whamm-tblgen ${deps}
    COMMENT "Generating ${output}")
  add_custom_target(${target} DEPENDS "${output}")
endfunction()

# whamm_mlir_tablegen(target input output-prefix [gen suffix]...): runs
# mlir-tblgen over a file of td/whamm; the outputs land where the mirrored
# headers are included from. What -gen-pass-decls makes is adapted by
# UsePassStatistics.cmake.
function(whamm_mlir_tablegen target input)
  set(outputs)
  set(args ${ARGN})
  file(GLOB_RECURSE deps "${PROJECT_SOURCE_DIR}/td/whamm/*.td")
  while(args)
    list(POP_FRONT args output)
    list(POP_FRONT args generator)
    separate_arguments(generator)
    set(path "${PROJECT_BINARY_DIR}/include/${output}")
    get_filename_component(dir "${path}" DIRECTORY)
    file(MAKE_DIRECTORY "${dir}")
    set(generated "${path}")
    set(adapt)
    set(script)
    if("-gen-pass-decls" IN_LIST generator)
      set(generated "${path}.in")
      set(script "${PROJECT_SOURCE_DIR}/utils/cmake/UsePassStatistics.cmake")
      set(adapt COMMAND ${CMAKE_COMMAND} "-DINPUT=${generated}"
        "-DOUTPUT=${path}" -P "${script}")
    endif()
    add_custom_command(OUTPUT "${path}"
      COMMAND ${MLIR_TABLEGEN_EXE} ${generator} --write-if-changed
        -I "${PROJECT_SOURCE_DIR}/td" -I "${MLIR_INCLUDE_DIRS}"
        "${PROJECT_SOURCE_DIR}/td/${input}" -o "${generated}"
      ${adapt}
      DEPENDS ${deps} ${script}
      COMMENT "Generating ${output}")
    list(APPEND outputs "${path}")
  endwhile()
  add_custom_target(${target} DEPENDS ${outputs})
endfunction()
