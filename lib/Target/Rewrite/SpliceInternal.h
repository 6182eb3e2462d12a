//===- SpliceInternal.h - Parts of the splicer ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the files of the splicer share: the index spaces of the output, the
/// translated templates, and the steps that splice() takes.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_SPLICEINTERNAL_H
#define WHAMM_LIB_TARGET_REWRITE_SPLICEINTERNAL_H

#include "whamm/Target/Rewrite/Splice.h"
#include "whamm/Wasm/Encode.h"
#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/Limits.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SetVector.h"

namespace whamm::rewrite::detail {

using Buffer = llvm::SmallVector<uint8_t, 0>;

/// Bytes of instructions that the splicer writes itself.
enum Op : uint8_t {
  OpBlock = 0x02,
  OpLoop = 0x03,
  OpUnreachable = 0x00,
  OpTry = 0x06,
  OpRethrow = 0x09,
  OpThrowRef = 0x0A,
  OpCatchAll = 0x19,
  OpTryTable = 0x1F,
  OpIf = 0x04,
  OpElse = 0x05,
  OpEnd = 0x0B,
  OpBr = 0x0C,
  OpBrIf = 0x0D,
  OpReturn = 0x0F,
  OpCall = 0x10,
  OpReturnCall = 0x12,
  OpDrop = 0x1A,
  OpSelect = 0x1B,
  OpLocalGet = 0x20,
  OpLocalSet = 0x21,
  OpLocalTee = 0x22,
  OpGlobalGet = 0x23,
  OpGlobalSet = 0x24,
  OpI32Const = 0x41,
  OpI64Const = 0x42,
  OpF32Const = 0x43,
  OpF64Const = 0x44,
  OpI32Eqz = 0x45,
  OpI32Eq = 0x46,
  OpI32Ne = 0x47,
  OpI32LtU = 0x49,
  OpI32GtU = 0x4B,
  OpI32Add = 0x6A,
  OpI32Sub = 0x6B,
  OpI32And = 0x71,
  OpI32Shl = 0x74,
  OpI32ShrS = 0x75,
  OpI64Eq = 0x51,
  OpI64Add = 0x7C,
  OpI64Sub = 0x7D,
  OpI64Mul = 0x7E,
  OpI64ShrU = 0x88,
  OpI32WrapI64 = 0xA7,
  OpI64ExtendI32U = 0xAD,
  OpRefNull = 0xD0,
  OpRefAsNonNull = 0xD4,
  EmptyBlockType = 0x40,
  ExnRefType = 0x69,
  CatchAllRefClause = 3,
};

using wasm::MaxBodySize;
using wasm::MaxGlobals;
using wasm::MaxLocals;

/// Where generated straight-line code is split into several functions: engines
/// take longer per instruction of a larger one.
enum : uint32_t { SplitBodySize = 65536 };

/// Appends an instruction with one index immediate.
inline void appendIndexed(wasm::ByteSink &out, uint8_t op, uint32_t index) {
  out.push_back(op);
  wasm::appendULEB(out, index);
}

/// Appends the constant of a numeric type from its bit pattern; the default
/// value for other types.
void appendConst(wasm::ByteSink &out, wasm::ValType type, uint64_t bits);

/// The local declarations of a body, undecoded.
struct LocalDecls {
  uint32_t numGroups = 0;
  uint64_t numLocals = 0; // without parameters
  wasm::ByteRange groups; // the encoded groups
};
llvm::Expected<LocalDecls> readLocalDecls(const wasm::Module &module,
                                          const wasm::FunctionBody &body);

/// A block type without parameters. Adds a function type where it needs one.
class Layout;
void appendBlockType(wasm::ByteSink &out, Layout &layout,
                     llvm::ArrayRef<wasm::ValType> results);

/// `function 12 ('name')`, for messages.
std::string describeFunction(const wasm::Module &module, uint32_t index);

/// `the probe of a.mm:3`, or the template's name in quotes, for messages.
std::string describeProbe(const Template &source);

/// A SiteError at an instruction of the application.
llvm::Error makeSiteError(const wasm::Module &module, uint32_t function,
                          uint32_t pc, const Template &source,
                          const llvm::Twine &what);

/// Locals that are added to one function, reused by type.
class LocalPool {
public:
  /// Forgets everything; the first new local gets index `first`.
  void reset(uint64_t first);
  uint32_t take(wasm::ValType type);
  void release(uint32_t local);
  /// Number of new locals and of declaration groups that encode() appends.
  uint32_t size() const { return types.size(); }
  uint32_t getNumGroups() const;
  void encodeGroups(wasm::ByteSink &out) const;
  wasm::ValType getType(uint32_t local) const { return types[local - first]; }

private:
  struct FreeList {
    wasm::ValType type;
    llvm::SmallVector<uint32_t, 8> locals;
  };
  FreeList &getFreeList(wasm::ValType type);
  uint32_t first = 0;
  llvm::SmallVector<wasm::ValType, 16> types;
  llvm::SmallVector<FreeList, 4> freeLists;
};

//===----------------------------------------------------------------------===//
// Index spaces
//===----------------------------------------------------------------------===//

struct NewImport {
  std::string module, name;
  uint32_t typeIndex;
};

struct NewFunction {
  uint32_t typeIndex = 0;
  std::string name;
  Buffer body; // local declarations and code, without the size
};

struct NewExport {
  std::string name;
  uint32_t function;
};

/// The index spaces of the output: the application's own entries keep their
/// order; new types, functions and globals follow them, new function imports
/// stand between the application's imports and its defined functions.
class Layout {
public:
  explicit Layout(const wasm::Module &app) : app(app) {}

  /// Index of a plain function type; added unless there is an equal one.
  uint32_t internType(const wasm::FuncType &type);
  /// Index of a new function import. All imports are added before any call of
  /// mapFunction() or addFunction().
  uint32_t addImport(llvm::StringRef module, llvm::StringRef name,
                     const wasm::FuncType &type);
  uint32_t addFunction(const wasm::FuncType &type, std::string name);
  NewFunction &getNewFunction(uint32_t index) {
    return functions[index - getFirstNewFunction()];
  }
  uint32_t addGlobal(StateGlobal global);

  /// Lets all references to an imported function go to another one.
  void redirectImport(uint32_t appIndex, uint32_t target);
  /// The output's index of a function of the application, redirected.
  uint32_t mapFunction(uint32_t index) const {
    if (index < importMap.size())
      return importMap[index];
    return index < app.numImportedFunctions ? index : index + imports.size();
  }
  /// The same without redirection.
  uint32_t shiftFunction(uint32_t index) const {
    return index < app.numImportedFunctions ? index : index + imports.size();
  }
  /// True where mapFunction() is not the identity.
  bool relocates() const { return !imports.empty() || !importMap.empty(); }

  uint32_t getFirstNewFunction() const {
    return app.functions.size() + imports.size();
  }
  uint32_t getNumGlobals() const { return app.globals.size() + globals.size(); }

  const wasm::Module &app;
  std::vector<wasm::FuncType> types;
  std::vector<NewImport> imports;
  std::vector<NewFunction> functions;
  std::vector<StateGlobal> globals;
  std::vector<NewExport> exports;
  /// The application's exports by position: function they are redirected to.
  llvm::DenseMap<uint32_t, uint32_t> redirectedExports;
  std::optional<uint32_t> start; // output index
  /// Functions that need a declarative element segment, since the export that
  /// declared them for `ref.func` is redirected.
  llvm::SmallVector<uint32_t, 1> declared;
  /// The same of the output's functions, which generated code refers to.
  llvm::SmallSetVector<uint32_t, 4> declaredNew;

private:
  std::vector<uint32_t> importMap;
  bool typesIndexed = false;
  std::vector<std::pair<std::string, uint32_t>> typeKeys;
};

//===----------------------------------------------------------------------===//
// Templates
//===----------------------------------------------------------------------===//

/// A piece of translated code: bytes to copy, or something that depends on the
/// place.
struct Piece {
  enum class Kind : uint8_t {
    Raw,
    Local,
    Hole,
    StateGet,
    StateSet,
    AssignedGet,
    AssignedSet,
  } kind;
  uint8_t opcode = 0;           // Local: get, set or tee
  uint32_t index = 0;           // local, hole, state or assigned operand
  uint32_t begin = 0, size = 0; // Raw: range of TemplateCode::bytes
};

/// A function of the generated module, translated to the output's index
/// spaces and cut at what depends on the place.
struct TemplateCode {
  llvm::SmallVector<wasm::ValType, 4> params, locals;
  llvm::SmallVector<wasm::ValType, 4> holes, states, assigned;
  Buffer bytes;
  llvm::SmallVector<Piece, 8> pieces;
  llvm::BitVector writesParam, needsZero, writesState; // needsZero: by local
  llvm::BitVector writesAssigned;
  /// The code returns early, so it needs a block around it.
  bool wrap = false;
  /// Size of the original code; what the inline limit is compared with.
  uint32_t size = 0;
  /// Set where sites call a function instead of holding the code.
  std::optional<uint32_t> function;
};

/// What the place gives to a template's code.
struct Binding {
  llvm::ArrayRef<uint32_t> locals;   // by template local, parameters first
  llvm::ArrayRef<uint32_t> assigned; // locals of what the template assigns
  const SiteTable *table = nullptr;
  uint32_t row = 0;
  uint32_t firstGlobal = 0; // output index of plan global 0
  /// Where there is no table: holes and states are these locals.
  uint32_t firstHole = 0, firstState = 0;
};

class MemoryFunctions;

/// Translates functions of the generated module.
class Translator {
public:
  Translator(const wasm::Module &generated, const InjectionPlan &plan,
             Layout &layout);
  ~Translator();

  /// Finds out which functions are used, and adds the imports among them to
  /// the layout.
  llvm::Error addImports();
  /// Gives indices to the used functions that are no templates.
  void addHelpers();
  /// Writes the bodies of these functions.
  llvm::Error translateHelpers();
  /// Translates template `index` of the plan.
  llvm::Expected<TemplateCode> translateTemplate(uint32_t index);
  /// The output's index of a function of the generated module.
  std::optional<uint32_t> mapFunction(uint32_t index) const {
    if (index >= functionMap.size() || functionMap[index] == UINT32_MAX)
      return std::nullopt;
    return functionMap[index];
  }

private:
  llvm::Error addImport(uint32_t index);

  friend class FunctionTranslator;
  const wasm::Module &generated;
  const InjectionPlan &plan;
  Layout &layout;
  std::vector<uint32_t> functionMap;
  llvm::BitVector reached, isTemplate;
  std::unique_ptr<MemoryFunctions> memory;
};

/// Appends a vector of local declarations for these types.
void appendLocals(wasm::ByteSink &out, llvm::ArrayRef<wasm::ValType> types);
/// Appends a template's code, adapted to a place.
void emitCode(wasm::ByteSink &out, const TemplateCode &code,
              const Binding &binding);
/// Makes a function of a template: parameters are operands, holes, states and
/// what it assigns; results are the states and operands that it writes.
void makeTemplateFunction(Layout &layout, TemplateCode &code,
                          llvm::StringRef name);
/// Appends the code of one site. `operands` holds a local for each parameter,
/// `binding.assigned` one for each assigned operand.
void emitSite(wasm::ByteSink &out, const TemplateCode &code,
              llvm::ArrayRef<uint32_t> operands, Binding binding,
              LocalPool &pool);

//===----------------------------------------------------------------------===//
// Steps of splice()
//===----------------------------------------------------------------------===//

/// A row of a site table.
struct SiteRef {
  uint32_t opidx, table, row;
};

/// An offset into a body that moves with the code (branch hints and the like).
struct CodeOffset {
  uint32_t before;
  uint32_t after; // UINT32_MAX: no instruction begins there
};
/// By function index; ascending.
using CodeOffsets = llvm::DenseMap<uint32_t, std::vector<CodeOffset>>;

/// A place where the output's code is valid only if the template suits it: an
/// error of validation there is the template's.
struct CheckedPlace {
  uint32_t function, pc; // in the application
  size_t offset = 0;     // in the output's code, from the first instruction
  const Template *source;
  wasm::Opcode opcode;
  bool isAlt; // what follows may rely on it; else exchanged immediates
};

/// Which exceptions a program can see, and how it handles them.
enum class ExceptionStyle : uint8_t {
  None,
  Legacy, // `try`; also where nothing but `throw` is used
  Final,  // `try_table`
};

/// All that the steps share.
struct Context {
  const wasm::Module &app;
  const InjectionPlan &plan;
  const SpliceOptions &options;
  Layout layout;
  std::vector<TemplateCode> templates;
  uint32_t firstGlobal = 0; // output index of plan global 0
  CodeOffsets codeOffsets;
  /// Imports of wasi_snapshot_preview1.proc_exit.
  llvm::SmallVector<uint32_t, 1> procExits;
  /// The function of the application whose export goes through a wrapper.
  std::optional<uint32_t> hookedEntry;
  bool entryIsReferenced = false; // by ref.func in a body
  /// The report function, where the start function is the entry.
  std::optional<uint32_t> reportBehindStart;
  /// None also where no function has code at its exits.
  ExceptionStyle exceptions = ExceptionStyle::None;
  /// A global that is set when the program ends by proc_exit: hosts end it by
  /// an exception, which leaves no function for the script.
  std::optional<uint32_t> exiting;
  std::vector<CheckedPlace> checks; // ascending
  /// The function that brings counted state up to date; where there is any.
  std::optional<uint32_t> updateCounts;
  std::vector<SiteTable> upkeepSites;
  std::vector<Template> upkeepTemplates;
  SpliceResult result;

  Context(const wasm::Module &app, const InjectionPlan &plan,
          const SpliceOptions &options)
      : app(app), plan(plan), options(options), layout(app) {}
  /// Tables and templates of the plan, then those that the splicer adds.
  const SiteTable &getTable(uint32_t index) const {
    return isUpkeep(index) ? upkeepSites[index - plan.sites.size()]
                           : plan.sites[index];
  }
  const Template &getTemplate(uint32_t index) const {
    return index < plan.templates.size()
               ? plan.templates[index]
               : upkeepTemplates[index - plan.templates.size()];
  }
  uint32_t getNumTables() const {
    return plan.sites.size() + upkeepSites.size();
  }
  /// True for a table of sites that keep shadows up to date.
  bool isUpkeep(uint32_t table) const { return table >= plan.sites.size(); }
  /// Notes a reference from a body.
  void noteReference(uint32_t function) {
    entryIsReferenced |= hookedEntry == function;
  }
  bool isProcExit(uint32_t function) const {
    return llvm::is_contained(procExits, function);
  }
};

/// Imports that the report needs; added before functions are numbered.
struct ReportImports {
  uint32_t begin = 0, data = 0, end = 0;
  uint32_t value[4] = {0, 0, 0, 0}; // i32 i64 f32 f64
  uint32_t batch[4] = {0, 0, 0, 0}; // several of a type
  uint32_t string = 0, again = 0;
};
ReportImports addReportImports(Context &ctx);
/// Adds what happens at the end of the program, its hooks and its export.
/// Functions are output indices.
void addReport(Context &ctx, const ReportImports &imports,
               const Translator &translator, std::optional<uint32_t> end,
               std::optional<uint32_t> onReport, bool startPrecedesMain);

/// Adds the function that computes the values of counters, and brings program
/// state that is counted up to date.
void addCounts(Context &ctx);
/// Appends the value of a row that is counted.
void emitCounted(wasm::ByteSink &out, const Context &ctx,
                 const CountedValue &counted);

/// Appends the calls that are made from counters.
void emitCountedCalls(wasm::ByteSink &out, Context &ctx,
                      const Translator &translator);

/// Finds out how functions are left by exceptions.
llvm::Error findExceptionStyle(Context &ctx);
/// Lets all references to proc_exit go through the report, if there is one.
void hookProcExit(Context &ctx, std::optional<uint32_t> report);

/// Imports of the start sequence and of the upkeep of shadows.
struct StartImports {
  uint32_t dataNew = 0, dataWrite = 0;
  uint32_t shadowNew = 0, shadowSet = 0, shadowFill = 0, shadowCopy = 0;
};
StartImports addStartImports(Context &ctx);
/// Adds the start sequence; functions are output indices. Runs behind
/// addReport.
void addStart(Context &ctx, const StartImports &imports,
              std::optional<uint32_t> init, std::optional<uint32_t> begin);
/// Appends the code that makes the shadows of tables.
void emitShadows(Context &ctx, const StartImports &imports,
                 wasm::ByteSink &caller);
/// Adds the sites that keep shadows up to date.
llvm::Error addUpkeep(Context &ctx, const StartImports &imports);

/// Rewrites all bodies of the application: the content of the code section
/// without its count.
llvm::Error rewriteBodies(Context &ctx, Buffer &out);

/// Refuses object files: relocations name places in the code.
llvm::Error checkLinked(const wasm::Module &app);

/// Checks what the plan promises; the index spaces are those of the modules.
llvm::Error checkPlan(const InjectionPlan &plan, const wasm::Module &app,
                      const wasm::Module &generated);

/// The part of that about counters.
llvm::Error checkCounters(const InjectionPlan &plan);

/// Collects the offsets of the application's metadata.code sections.
void readCodeOffsets(Context &ctx);
/// Validates the functions of the output that hold checked places.
llvm::Error checkPlaces(const Context &ctx);
/// Puts the output together.
llvm::Error assemble(Context &ctx, llvm::ArrayRef<uint8_t> bodies);

/// The export that lets the host ask for the report.
inline constexpr llvm::StringLiteral reportExportName = "whamm:report";

} // namespace whamm::rewrite::detail

#endif // WHAMM_LIB_TARGET_REWRITE_SPLICEINTERNAL_H
