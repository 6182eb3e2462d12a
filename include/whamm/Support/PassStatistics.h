//===- PassStatistics.h - What passes count ---------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Statistics of passes, and the report of `--mlir-pass-statistics`. Those of
/// MLIR count only where LLVM was built with LLVM_FORCE_ENABLE_STATS or
/// assertions, which packaged ones are not; these count always.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_SUPPORT_PASSSTATISTICS_H
#define WHAMM_SUPPORT_PASSSTATISTICS_H

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace mlir {
class Pass;
enum class PassDisplayMode;
class PassManager;
} // namespace mlir

namespace whamm {

/// A number that a pass counts, in place of `mlir::Pass::Statistic`:
/// utils/cmake/UsePassStatistics.cmake puts it into the declarations that
/// mlir-tblgen makes of `let statistics`. Threads may count at once.
class PassStatistic {
public:
  /// The strings have to live as long as the process, as literals do.
  PassStatistic(mlir::Pass *owner, const char *name, const char *description);
  ~PassStatistic();
  PassStatistic(const PassStatistic &) = delete;
  PassStatistic &operator=(const PassStatistic &) = delete;

  PassStatistic &operator++() { return *this += 1; }
  PassStatistic &operator+=(uint64_t amount) {
    value.fetch_add(amount, std::memory_order_relaxed);
    return *this;
  }

  /// Returns what was counted and begins anew.
  uint64_t take() { return value.exchange(0, std::memory_order_relaxed); }

  const char *getName() const { return name; }
  const char *getDescription() const { return description; }

private:
  mlir::Pass *owner;
  const char *name, *description;
  std::atomic<uint64_t> value = 0;
};

/// What passes with statistics counted, in the order in which they first ran;
/// sorted by name, and one entry for all passes of a name, if displayed as
/// `PassDisplayMode::List`.
class PassStatisticsReport {
public:
  explicit PassStatisticsReport(mlir::PassDisplayMode mode);
  ~PassStatisticsReport();

  /// Collects what the passes of `pm` will count. The report keeps the numbers
  /// when the pass manager is gone, but has to live as long as it.
  void attachTo(mlir::PassManager &pm);

  /// Prints the report in the form of MLIR's; nothing where no pass ran.
  void print(llvm::raw_ostream &os) const;

private:
  class Instrumentation;
  struct Entries;
  std::unique_ptr<Entries> entries;
};

/// How `--mlir-pass-statistics` and `--mlir-pass-statistics-display`, which
/// were registered by MLIR and parsed, ask for statistics. MLIR does not see
/// the option then, and prints no report of its own.
std::optional<mlir::PassDisplayMode> takePassStatisticsOption();

} // namespace whamm

#endif // WHAMM_SUPPORT_PASSSTATISTICS_H
