//===- Core.h - The runtime library, for monitors ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions of `whamm_core` that the site module imports
/// (include/whamm/Runtime/CoreFunctions.h and ReportFormat.h).
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_CORE_H
#define WHAMM_LIB_RUNTIME_SITE_CORE_H

#include "Support.h"

#define WHAMM_CORE(name)                                                       \
  extern "C" __attribute__((import_module("whamm_core"), import_name(name)))

WHAMM_CORE("report_begin") void coreReportBegin();
WHAMM_CORE("report_data")
void coreReportData(uint64_t a, uint64_t b, uint64_t c, uint64_t d);
WHAMM_CORE("report_i32") void coreReportI32(uint32_t value);
WHAMM_CORE("report_i64") void coreReportI64(uint64_t value);
WHAMM_CORE("report_f32") void coreReportF32(float value);
WHAMM_CORE("report_f64") void coreReportF64(double value);
WHAMM_CORE("report_str") void coreReportStr(uint32_t address, uint32_t size);
WHAMM_CORE("report_end") void coreReportEnd();

WHAMM_CORE("data_new") uint32_t coreDataNew(uint32_t size);
WHAMM_CORE("data_write")
void coreDataWrite(uint32_t address, uint64_t a, uint64_t b, uint64_t c,
                   uint64_t d);
WHAMM_CORE("map_key") void coreMapKey(uint32_t index, uint32_t word);
WHAMM_CORE("map_slot") uint32_t coreMapSlot(uint32_t map);
WHAMM_CORE("load32") uint32_t coreLoad32(uint32_t address);
WHAMM_CORE("load64") uint64_t coreLoad64(uint32_t address);
WHAMM_CORE("store32") void coreStore32(uint32_t address, uint32_t value);
WHAMM_CORE("store64") void coreStore64(uint32_t address, uint64_t value);
WHAMM_CORE("puts") void corePuts(uint32_t address, uint32_t size);
WHAMM_CORE("flush") void coreFlush();

#endif // WHAMM_LIB_RUNTIME_SITE_CORE_H
