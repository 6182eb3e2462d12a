//===- Sema.cpp - Scripts, functions and probes ---------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Sema.h"

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"

using namespace whamm;
using namespace whamm::frontend;

//===----------------------------------------------------------------------===//
// Libraries
//===----------------------------------------------------------------------===//

void Checker::checkUses() {
  for (const UseDecl &use : script.uses) {
    auto [it, isNew] = libraries.try_emplace(use.name, nullptr);
    if (!isNew)
      continue;
    it->second = libraryTable.lookup(use.name);
    if (it->second) {
      result->libraries.push_back(it->second);
      continue;
    }
    std::vector<llvm::StringRef> names = libraryTable.getNames();
    reportUnknownName(use.range,
                      "no library '" + use.name +
                          "' is given; offer it with '-u " + use.name +
                          "=FILE.wasm'",
                      use.name, names);
  }
}

//===----------------------------------------------------------------------===//
// Global scope
//===----------------------------------------------------------------------===//

void Checker::checkGlobalStmt(const Stmt *stmt, StmtList &out) {
  if (auto *decl = llvm::dyn_cast<DeclStmt>(stmt)) {
    Variable *var = globals.lookup(decl->name);
    // Not those of invalid types and not a second one of the same name.
    bool isValid = var && !var->type.isError() &&
                   var->range.Start == decl->nameRange.Start;
    if (!decl->init || !isValid)
      return;
    if (Expr *value = checkInit(decl))
      addInit(decl, var, value, out);
    return;
  }
  if (llvm::isa<IfStmt, ReturnStmt>(stmt)) {
    error(stmt->getRange(), "only declarations, assignments and calls are "
                            "allowed at global scope");
    return;
  }
  checkStmt(stmt, out);
}

/// Globals are visible everywhere, also in front of their declaration.
void Checker::checkGlobals() {
  for (const Stmt *stmt : script.statements)
    if (auto *decl = llvm::dyn_cast<DeclStmt>(stmt))
      declare(decl, Variable::Storage::Global, result->globals);
  declareFunctions();
  StmtList out;
  for (const Stmt *stmt : script.statements)
    checkGlobalStmt(stmt, out);
  result->initStatements = context.copy(llvm::ArrayRef<Stmt *>(out));
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

bool Checker::checkFunctionName(const FnDecl &decl) {
  auto report = [&](llvm::SMRange other) {
    error(decl.nameRange, "'" + decl.name + "' is already declared")
        .note(other, "the first declaration is here");
    return false;
  };
  if (const CheckedFunction *other = functions.lookup(decl.name))
    return report(other->nameRange);
  if (const Variable *other = globals.lookup(decl.name))
    return report(other->range);
  if (!llvm::is_contained(getBuiltinNames(), decl.name))
    return true;
  error(decl.nameRange, "'" + decl.name +
                            "' is the name of a built-in function and cannot "
                            "be declared");
  return false;
}

void Checker::checkResultType(const FnDecl &decl) {
  Type type = decl.result;
  if (type.getKind() == Type::Kind::Map)
    error(decl.range, "a function cannot return a map");
  else if (type.getKind() == Type::Kind::FuncRef)
    error(decl.range, "a function cannot return a 'funcref'");
  else if (type.getKind() == Type::Kind::Tuple)
    checkTupleType(type, decl.range);
}

/// Makes all functions known. Bodies are checked later: they see each other.
void Checker::declareFunctions() {
  for (const FnDecl &decl : script.functions) {
    auto &checked = result->ownedFunctions.emplace_back(
        std::make_unique<CheckedFunction>());
    checked->name = decl.name;
    checked->nameRange = decl.nameRange;
    checked->result = decl.result;
    result->functions.push_back(checked.get());
    if (checkFunctionName(decl))
      functions[decl.name] = checked.get();
    checkResultType(decl);
  }
  for (const auto &[decl, checked] :
       llvm::zip_equal(script.functions, result->functions))
    declareParams(decl, *checked);
}

void Checker::declareParams(const FnDecl &decl, CheckedFunction &checked) {
  function = &checked;
  place = Place::Function;
  variables.clear();
  boundNames.clear();
  size_t numValues = 0;
  for (const TypedName &param : decl.params) {
    declare({param.name, param.nameRange, param.type, param.typeRange},
            /*isReport=*/false, Variable::Storage::Param, checked.params);
    numValues += countValues(param.type);
  }
  place = Place::Global;
  function = nullptr;
  // The limit of WebAssembly engines.
  if (numValues > 1000)
    error(decl.nameRange, "the parameters of '" + decl.name +
                              "' make up more than 1000 values");
}

void Checker::checkFunction(const FnDecl &decl, CheckedFunction &checked) {
  function = &checked;
  place = Place::Function;
  variables.clear();
  boundNames.clear();
  adaptable.clear();
  for (Variable *param : checked.params)
    variables[param->name] = param;
  declarations.clear();
  collectDeclarations(decl.body);
  unsigned errorsBefore = diags.getNumErrors();
  checked.body = checkWholeBody(decl.body);
  bool isGood = diags.getNumErrors() == errorsBefore;
  bool hasResult = countValues(checked.result) != 0;
  if (isGood && hasResult && !endsInReturn(checked.body))
    error(decl.nameRange, "'" + decl.name +
                              "' has to return a value of type '" +
                              checked.result.str() +
                              "', but a path through it ends without 'return'");
  declarations.clear();
  place = Place::Global;
  function = nullptr;
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

bool Checker::hasSites() const {
  return probe && probe->package >= wasm::Package::Func;
}

/// `a report probe`.
std::string Checker::describeProbe() const {
  llvm::StringRef name = wasm::getPackageName(probe->package);
  bool isVowel = llvm::StringRef("aeo").contains(name.front());
  return ((isVowel ? "an " : "a ") + name + " probe").str();
}

void Checker::collectDeclarations(llvm::ArrayRef<Stmt *> stmts) {
  for (const Stmt *stmt : stmts) {
    if (auto *s = llvm::dyn_cast<DeclStmt>(stmt)) {
      declarations.try_emplace(s->name, s->nameRange);
    } else if (auto *s = llvm::dyn_cast<IfStmt>(stmt)) {
      collectDeclarations(s->thenBody);
      collectDeclarations(s->elseBody);
    }
  }
}

void Checker::checkClass(const ProbeDecl &decl, CheckedProbe &checked) {
  probe = &checked;
  variables.clear();
  boundNames.clear();
  adaptable.clear();
  if (decl.predicate) {
    place = Place::Predicate;
    checked.predicate = checkCondition(decl.predicate, "the predicate");
  }
  place = Place::Body;
  checked.body = checkWholeBody(decl.body);
  place = Place::Global;
  probe = nullptr;
}

void Checker::checkProbe(const ProbeDecl &decl, unsigned sourceIndex) {
  auto rules = resolveRule(decl, diags);
  if (!rules)
    return;
  std::vector<ProbeMatch> matches;
  for (const wasm::RuleMatch &rule : *rules)
    matches.push_back({rule.event, rule.mode, result->numProbeNumbers++});
  auto bounds = resolveBounds(decl, *rules, diags);
  if (!bounds)
    return;
  warnImpossibleBounds(*bounds, *rules);
  declaredBounds = *bounds;
  auto reset = llvm::scope_exit([&] {
    declaredBounds = {};
    hasOtherClasses = false;
  });
  declarations.clear();
  collectDeclarations(decl.body);

  auto classes = splitIntoClasses(decl, matches);
  hasOtherClasses = classes.size() > 1;
  unsigned errorsBefore = diags.getNumErrors();
  for (auto &&[index, matchesOfClass] : llvm::enumerate(classes)) {
    CheckedProbe &checked = result->probes.emplace_back();
    checked.sourceIndex = sourceIndex;
    checked.classIndex = index;
    checked.mode = matchesOfClass.front().mode;
    checked.package = wasm::getEvents()[matchesOfClass.front().event].package;
    for (const RulePart &part : decl.rule)
      checked.rule.push_back(part.pattern);
    checked.range = decl.range;
    checked.bounds = *bounds;
    checked.matches = std::move(matchesOfClass);
    checkClass(decl, checked);
    // The other classes would mostly repeat it.
    if (diags.getNumErrors() != errorsBefore)
      return;
  }
  if (!hasOtherClasses)
    warnNeverTrue(result->probes.back());
}

std::unique_ptr<CheckedScript> Checker::run() {
  result = std::make_unique<CheckedScript>();
  checkUses();
  checkGlobals();
  for (const auto &[decl, checked] :
       llvm::zip_equal(script.functions, result->functions))
    checkFunction(decl, *checked);
  for (const auto &[index, decl] : llvm::enumerate(script.probes))
    checkProbe(decl, index);
  if (diags.getNumErrors())
    return nullptr;
  warnUnused();
  return std::move(result);
}

std::unique_ptr<CheckedScript> frontend::check(const Script &script,
                                               ASTContext &context,
                                               Diagnostics &diags,
                                               const LibraryTable &libraries) {
  return Checker(script, context, diags, libraries).run();
}
