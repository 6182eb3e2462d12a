# Configuration of the test suite. lit.site.cfg.py, made by CMake, sets `config.whamm`.
import os

import lit.formats

c = config.whamm  # noqa: F821  (`config` is lit's)
config.name = "whamm"
config.test_format = lit.formats.ShTest(True)
config.suffixes = [".mlir", ".mm", ".wat", ".wast", ".test", ".c", ".td", ".md"]
config.excludes = ["Inputs", "tools", "CMakeLists.txt", "lit.cfg.py"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(c["binary_dir"], "test")

# Tools of the build first, then those of LLVM (FileCheck, not, split-file).
path = [os.path.join(c["binary_dir"], "bin"), c["llvm_tools_dir"], os.environ["PATH"]]
config.environment["PATH"] = os.pathsep.join(path)
config.environment["FILECHECK_OPTS"] = "--enable-var-scope"
for name in ("HOME", "WHAMM_OUTDIR", "WHAMM_OUTFILE", "ASAN_OPTIONS", "UBSAN_OPTIONS", "WIZENG"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

data = os.path.join(c["binary_dir"], "lib", "whamm")
shared = os.path.join(c["source_dir"], "..", "shared")
for key, value in [
    ("%whamm-translate", "whamm-translate"),
    ("%whamm-tblgen", "whamm-tblgen"),
    ("%whamm-opt", "whamm-opt"),
    ("%whamm_core", os.path.join(data, "whamm_core.wasm")),
    ("%whamm_data", data),
    ("%whamm", "whamm"),
    ("%bin", os.path.join(c["binary_dir"], "bin")),
    ("%shared", os.path.normpath(shared)),
    ("%source", c["source_dir"]),
    ("%clang-wasi", f"{c['wasm_clang']} --target=wasm32-wasi"),
    ("%node", c["node"]),
    ("%wizeng", f"{os.environ.get('WIZENG', '')} --colors=false --env=TO_CONSOLE=true"),
]:
    config.substitutions.append((key, value))

if os.path.isdir(shared):
    config.available_features.add("shared")
if os.environ.get("WIZENG"):
    config.available_features.add("engine")
config.available_features.add(f"binaryen-{c['binaryen_version']}")
if c["fuzz"]:
    config.available_features.add("fuzz")
if c["sanitizers"]:
    config.available_features.add("sanitizers")
