# Makes the declarations of passes that mlir-tblgen generates count with
# whamm::PassStatistic. mlir::Pass::Statistic, which the generator knows only,
# counts nothing where LLVM was built without statistics, as packaged ones are.
#
# cmake -DINPUT=... -DOUTPUT=... -P UsePassStatistics.cmake
# Leaves an output that is up to date alone, so that nothing is rebuilt.
file(READ "${INPUT}" text)
string(REPLACE "::mlir::Pass::Statistic " "::whamm::PassStatistic " text "${text}")
set(old)
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" old)
endif()
if(NOT text STREQUAL old)
  file(WRITE "${OUTPUT}" "${text}")
endif()
