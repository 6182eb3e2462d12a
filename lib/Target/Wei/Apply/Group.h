//===- Group.h - A monitor and its libraries, running -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_APPLY_GROUP_H
#define WHAMM_LIB_TARGET_WEI_APPLY_GROUP_H

#include "Hosts.h"

#include "whamm/Support/StaticWasi.h"
#include "whamm/Target/Wei/Apply.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <deque>

namespace whamm::wei {

/// Instances of a monitor, its libraries and what they import.
class Group {
public:
  explicit Group(const ApplyInput &input);

  /// Instantiates all of the group and runs the monitor's start function; a
  /// trap there is a warning.
  llvm::Error start();

  /// The monitor's export of this name and kind, or nullopt.
  std::optional<wabt::interp::Ref> findExport(llvm::StringRef name,
                                              wabt::ExternalKind kind);
  /// The index in the monitor of a function.
  std::optional<uint32_t> findFunction(wabt::interp::Ref ref) const;
  const wasm::Module &getMonitor() const { return *members.front().module; }
  /// True where a module of the group imports this function of the engine.
  bool imports(llvm::StringRef module, llvm::StringRef name) const;
  /// The modules that have been instantiated, as they are now.
  std::vector<AppliedModule> capture();

  Interpreter interpreter;
  std::vector<std::string> warnings;
  HostContext &getHosts() { return hosts; }
  std::string &getOutput() { return output; }

private:
  struct Member {
    std::string name;
    const wasm::Module *module;
    WasiState wasi;
    wabt::interp::Instance::Ptr instance;
    std::optional<uint32_t> start;
    bool isInGroup = false, isLinking = false;
  };

  Member *find(llvm::StringRef name);
  llvm::Error instantiate(Member &member);
  llvm::Expected<wabt::interp::Ref>
  link(Member &member, const wabt::interp::ImportType &import);
  llvm::Expected<wabt::interp::Ref> linkMember(Member &from,
                                               llvm::StringRef name);
  InstanceState captureState(Member &member);

  std::string output;
  llvm::raw_string_ostream stream{output};
  HostContext hosts;
  llvm::DenseMap<size_t, uint32_t> monitorFunctions; // by reference
  std::deque<Member> members; // the group, then the other libraries
};

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_APPLY_GROUP_H
