//===- PassStatistics.cpp - What passes count -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Support/PassStatistics.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <mutex>

using namespace mlir;
using namespace whamm;

namespace cl = llvm::cl;

//===----------------------------------------------------------------------===//
// Statistics
//===----------------------------------------------------------------------===//

namespace {
/// The statistics of all passes that exist, by pass. Needed as a pass can tell
/// of its MLIR statistics only.
class Registry {
public:
  void add(const Pass *owner, PassStatistic *statistic) {
    std::scoped_lock lock(mutex);
    statistics[owner].push_back(statistic);
  }

  void remove(const Pass *owner, PassStatistic *statistic) {
    std::scoped_lock lock(mutex);
    auto it = statistics.find(owner);
    llvm::erase(it->second, statistic);
    if (it->second.empty())
      statistics.erase(it);
  }

  /// In the order of declaration.
  SmallVector<PassStatistic *> lookup(const Pass *owner) {
    std::scoped_lock lock(mutex);
    return statistics.lookup(owner);
  }

private:
  std::mutex mutex;
  DenseMap<const Pass *, SmallVector<PassStatistic *>> statistics;
};
} // namespace

static Registry &getRegistry() {
  static Registry registry;
  return registry;
}

PassStatistic::PassStatistic(Pass *owner, const char *name,
                             const char *description)
    : owner(owner), name(name), description(description) {
  getRegistry().add(owner, this);
}

PassStatistic::~PassStatistic() { getRegistry().remove(owner, this); }

//===----------------------------------------------------------------------===//
// Report
//===----------------------------------------------------------------------===//

namespace {
struct Count {
  const char *name, *description;
  uint64_t value;
};

/// One pass of the report.
struct Entry {
  std::string pass;
  SmallVector<Count> counts;
};
} // namespace

struct PassStatisticsReport::Entries {
  explicit Entries(PassDisplayMode mode) : mode(mode) {}

  Entry *findByName(StringRef pass);
  Entry *create(StringRef pass, ArrayRef<PassStatistic *> statistics);

  PassDisplayMode mode;
  /// Passes that are nested run in several threads.
  std::mutex mutex;
  /// Instrumentations hold pointers to them.
  std::vector<std::unique_ptr<Entry>> list;
};

Entry *PassStatisticsReport::Entries::findByName(StringRef pass) {
  auto it = llvm::find_if(list, [&](const auto &e) { return e->pass == pass; });
  return it == list.end() ? nullptr : it->get();
}

Entry *
PassStatisticsReport::Entries::create(StringRef pass,
                                      ArrayRef<PassStatistic *> statistics) {
  list.push_back(std::make_unique<Entry>(Entry{pass.str(), {}}));
  for (PassStatistic *statistic : statistics)
    list.back()->counts.push_back(
        {statistic->getName(), statistic->getDescription(), 0});
  return list.back().get();
}

/// Moves what a pass counted into the report whenever the pass has run, as the
/// pass, or its copy for a thread, may not exist when the report is printed.
class PassStatisticsReport::Instrumentation : public PassInstrumentation {
public:
  explicit Instrumentation(Entries &entries) : entries(entries) {}

  void runBeforePass(Pass *pass, Operation *) override {
    auto statistics = getRegistry().lookup(pass);
    if (statistics.empty())
      return;
    std::scoped_lock lock(entries.mutex);
    getEntry(pass, statistics);
  }
  void runAfterPass(Pass *pass, Operation *) override { collect(pass); }
  void runAfterPassFailed(Pass *pass, Operation *) override { collect(pass); }

private:
  Entry &getEntry(Pass *pass, ArrayRef<PassStatistic *> statistics);
  void collect(Pass *pass);

  Entries &entries;
  /// By the pass that the copies for threads were made of.
  DenseMap<const Pass *, Entry *> entryOf;
};

Entry &PassStatisticsReport::Instrumentation::getEntry(
    Pass *pass, ArrayRef<PassStatistic *> statistics) {
  // Null where the pass is no copy.
  const Pass *original = pass->getThreadingSibling();
  Entry *&entry = entryOf[original ? original : pass];
  if (!entry && entries.mode == PassDisplayMode::List)
    entry = entries.findByName(pass->getArgument());
  if (!entry)
    entry = entries.create(pass->getArgument(), statistics);
  return *entry;
}

void PassStatisticsReport::Instrumentation::collect(Pass *pass) {
  auto statistics = getRegistry().lookup(pass);
  if (statistics.empty())
    return;
  std::scoped_lock lock(entries.mutex);
  Entry &entry = getEntry(pass, statistics);
  for (auto [count, statistic] : llvm::zip_equal(entry.counts, statistics))
    count.value += statistic->take();
}

PassStatisticsReport::PassStatisticsReport(PassDisplayMode mode)
    : entries(std::make_unique<Entries>(mode)) {}

PassStatisticsReport::~PassStatisticsReport() = default;

void PassStatisticsReport::attachTo(PassManager &pm) {
  pm.addInstrumentation(std::make_unique<Instrumentation>(*entries));
}

/// In columns, as MLIR has them.
static void printEntry(const Entry &entry, raw_ostream &os) {
  size_t valueWidth = 0, nameWidth = 0;
  for (const Count &count : entry.counts) {
    valueWidth = std::max(valueWidth, llvm::utostr(count.value).size());
    nameWidth = std::max(nameWidth, strlen(count.name));
  }
  os << entry.pass << "\n";
  for (const Count &count : entry.counts)
    os << "  (S) " << llvm::right_justify(llvm::utostr(count.value), valueWidth)
       << " " << llvm::left_justify(count.name, nameWidth) << " - "
       << count.description << "\n";
}

static void printHeader(raw_ostream &os) {
  std::string rule = "===" + std::string(73, '-') + "===\n";
  StringRef title = "... Pass statistics report ...";
  os << rule;
  os.indent((rule.size() - 1 - title.size()) / 2) << title << "\n" << rule;
}

void PassStatisticsReport::print(raw_ostream &os) const {
  if (entries->list.empty())
    return;
  SmallVector<const Entry *> sorted;
  for (const std::unique_ptr<Entry> &entry : entries->list)
    sorted.push_back(entry.get());
  if (entries->mode == PassDisplayMode::List)
    llvm::sort(sorted, [](const Entry *a, const Entry *b) {
      return a->pass < b->pass;
    });
  printHeader(os);
  for (const Entry *entry : sorted)
    printEntry(*entry, os);
  os << "\n";
}

//===----------------------------------------------------------------------===//
// Option
//===----------------------------------------------------------------------===//

/// An option of MLIR, which has no other way to it.
template <typename T> static cl::opt<T> &getOption(StringRef name) {
  cl::Option *option = cl::getRegisteredOptions().lookup(name);
  assert(option && "MLIR's options of pass managers are not registered");
  return *static_cast<cl::opt<T> *>(option);
}

std::optional<PassDisplayMode> whamm::takePassStatisticsOption() {
  cl::opt<bool> &enabled = getOption<bool>("mlir-pass-statistics");
  if (!enabled)
    return std::nullopt;
  enabled = false;
  return getOption<PassDisplayMode>("mlir-pass-statistics-display");
}
