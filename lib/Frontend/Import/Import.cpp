//===- Import.cpp - From the checked tree to the probe dialect --*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::frontend;

Location Importer::getLoc(SMLoc loc) {
  MLIRContext *context = builder.getContext();
  unsigned buffer = loc.isValid() ? sources.FindBufferContainingLoc(loc) : 0;
  if (!buffer)
    return UnknownLoc::get(context);
  auto [line, column] = sources.getLineAndColumn(loc, buffer);
  return FileLineColLoc::get(
      context, sources.getMemoryBuffer(buffer)->getBufferIdentifier(), line,
      column);
}

IRType Importer::getType(ScriptType type) {
  switch (type.getKind()) {
  case ScriptType::Kind::Bool:
    return getBool();
  case ScriptType::Kind::Str:
    return getStr();
  case ScriptType::Kind::FuncRef:
    return probe::FuncRefType::get(builder.getContext());
  case ScriptType::Kind::F32:
    return builder.getF32Type();
  case ScriptType::Kind::F64:
    return builder.getF64Type();
  case ScriptType::Kind::Tuple: {
    SmallVector<IRType> elements;
    for (ScriptType element : type.getElements())
      elements.push_back(getType(element));
    return TupleType::get(builder.getContext(), elements);
  }
  case ScriptType::Kind::Map:
    return probe::MapType::get(getType(type.getElements()[0]),
                               getType(type.getElements()[1]));
  default:
    return getInt(type.getBitWidth(), type.isSignedInteger());
  }
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

/// Adds a type bound to the probe at hand.
void Importer::addBound(StringRef name, IRType type) {
  SmallVector<Attribute> bounds;
  if (auto known = current.getBoundsAttr())
    llvm::append_range(bounds, known);
  bounds.push_back(probe::TypeBoundAttr::get(builder.getContext(), name, type));
  current.setBoundsAttr(builder.getArrayAttr(bounds));
}

void Importer::declareLocal(const Variable *var) {
  auto op = probe::VarOp::create(builder, getLoc(var->range.Start),
                                 probe::RefType::get(getType(var->type)),
                                 var->name, probe::Storage::Local);
  refs[var] = op.getResult();
}

void Importer::importSiteVar(const Variable *var) {
  auto storage =
      var->isReport ? probe::Storage::Report : probe::Storage::Unshared;
  auto op = probe::VarOp::create(builder, getLoc(var->range.Start),
                                 probe::RefType::get(getType(var->type)),
                                 var->name, storage);
  refs[var] = op.getResult();
  if (!var->init)
    return;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getInit().emplaceBlock());
  probe::YieldOp::create(builder, getLoc(var->init), importExpr(var->init));
}

void Importer::importSiteInit(const LibCallExpr *call) {
  auto op = probe::SiteInitOp::create(builder, getLoc(call));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  importLibCall(call);
}

/// What exists at a site, in the order in which it comes to life.
void Importer::importSite(const CheckedProbe &checked) {
  for (const SiteInit &init : checked.siteInits) {
    if (init.call)
      importSiteInit(init.call);
    else
      importSiteVar(init.var);
  }
  for (const Variable *var : checked.siteVars)
    if (!refs.contains(var))
      importSiteVar(var);
  for (const Variable *var : checked.locals)
    declareLocal(var);
}

void Importer::importPredicate(probe::ProbeOp op, const CheckedProbe &checked) {
  if (!checked.predicate)
    return;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&op.getPredicate().emplaceBlock());
  Value value = importExpr(checked.predicate);
  predicate::YieldOp::create(builder, getLoc(checked.predicate), value);
}

/// True where two variants say the same, of whichever events.
static bool areEqual(probe::ProbeOp a, probe::ProbeOp b) {
  auto isSame = [](Region &x, Region &y) {
    return OperationEquivalence::isRegionEquivalentTo(
        &x, &y, OperationEquivalence::IgnoreLocations);
  };
  return a.getBoundsAttr() == b.getBoundsAttr() &&
         isSame(a.getPredicate(), b.getPredicate()) &&
         isSame(a.getBody(), b.getBody());
}

/// Imports the probe for some of its matches, which it lists as instances.
void Importer::importVariant(const CheckedProbe &checked,
                             ArrayRef<ProbeMatch> matches, Variants &variants) {
  event = matches.front().event;
  refs.clear();
  immediates.clear();
  SmallVector<Attribute> instances;
  for (const ProbeMatch &match : matches)
    instances.push_back(probe::InstanceAttr::get(
        builder.getContext(), match.event, static_cast<uint8_t>(match.mode),
        match.probeNumber, /*order=*/0));
  current = probe::ProbeOp::create(
      builder, getLoc(checked.range.Start), llvm::join(checked.rule, ":"),
      checked.sourceIndex, ArrayAttr(), builder.getArrayAttr(instances));
  for (const CheckedBound &bound : checked.bounds)
    addBound(bound.name, getType(bound.type));
  importPredicate(current, checked);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&current.getBody().emplaceBlock());
    importSite(checked);
    inBody = true;
    importBody(checked.body);
    inBody = false;
  }
  auto *same = llvm::find_if(variants, [&](probe::ProbeOp earlier) {
    return areEqual(earlier, current);
  });
  if (same == variants.end())
    return variants.push_back(current);
  same->setInstancesAttr(builder.getArrayAttr(llvm::to_vector(
      llvm::concat<const Attribute>(same->getInstancesAttr().getValue(),
                                    current.getInstancesAttr().getValue()))));
  current.erase();
}

/// Events that agree in what the names of the probe mean may still differ in
/// what an operation on them does: they get a variant each.
void Importer::importProbe(const CheckedProbe &checked, Variants &variants) {
  facts = collectFacts(checked);
  ArrayRef<ProbeMatch> rest = checked.matches;
  while (!rest.empty()) {
    wasm::EventId first = rest.front().event;
    ArrayRef<ProbeMatch> matches = rest;
    if (facts.dependsOnOpcode)
      matches = rest.take_while(
          [&](const ProbeMatch &match) { return match.event == first; });
    importVariant(checked, matches, variants);
    rest = rest.drop_front(matches.size());
  }
}

/// A rule whose events all get the same probe stands as it is; else the
/// variants say which events are theirs.
void Importer::importProbes() {
  ArrayRef<CheckedProbe> rest = script.probes;
  while (!rest.empty()) {
    unsigned source = rest.front().sourceIndex;
    SmallVector<probe::ProbeOp> variants;
    for (; !rest.empty() && rest.front().sourceIndex == source;
         rest = rest.drop_front())
      importProbe(rest.front(), variants);
    if (variants.size() == 1)
      variants.front().removeInstancesAttr();
  }
}

//===----------------------------------------------------------------------===//
// Scripts
//===----------------------------------------------------------------------===//

void Importer::importInit() {
  if (script.initStatements.empty())
    return;
  auto init = probe::InitOp::create(builder, builder.getUnknownLoc());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&init.getBody().emplaceBlock());
  importBody(script.initStatements);
}

/// Parameters are variables that start at what the caller gives.
void Importer::importFunction(const CheckedFunction &function) {
  refs.clear();
  IRType result = getType(function.result);
  auto tuple = dyn_cast<TupleType>(result);
  bool hasResult = !tuple || tuple.size() != 0;
  auto op = probe::FnOp::create(builder, getLoc(function.nameRange.Start),
                                function.name,
                                hasResult ? TypeAttr::get(result) : TypeAttr());
  Block &block = op.getBody().emplaceBlock();
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&block);
  for (const Variable *param : function.params) {
    Location loc = getLoc(param->range.Start);
    Value value = block.addArgument(getType(param->type), loc);
    declareLocal(param);
    probe::SetOp::create(builder, loc, refs.lookup(param), value);
  }
  for (const Variable *var : function.locals)
    declareLocal(var);
  importBody(function.body);
}

void Importer::run(unsigned index, ModuleOp into) {
  builder.setInsertionPointToEnd(into.getBody());
  auto op = probe::ScriptOp::create(builder, builder.getUnknownLoc(),
                                    ("script" + Twine(index)).str(), index);
  builder.setInsertionPointToStart(&op.getBody().emplaceBlock());
  for (const Library *library : script.libraries)
    probe::LibraryOp::create(builder, builder.getUnknownLoc(), library->name,
                             library->importName);
  for (const Variable *var : script.globals)
    probe::GlobalOp::create(builder, getLoc(var->range.Start), var->name,
                            getType(var->type), var->isReport);
  importInit();
  for (const CheckedFunction *function : script.functions)
    importFunction(*function);
  importProbes();
}

void frontend::loadImportDialects(MLIRContext &context) {
  context.loadDialect<probe::ProbeDialect, predicate::PredicateDialect,
                      scf::SCFDialect>();
}

OwningOpRef<ModuleOp> frontend::importScript(const CheckedScript &script,
                                             const llvm::SourceMgr &sources,
                                             MLIRContext &context,
                                             unsigned index) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  importScript(script, sources, index, *module);
  return module;
}

void frontend::importScript(const CheckedScript &script,
                            const llvm::SourceMgr &sources, unsigned index,
                            ModuleOp into) {
  Importer(script, sources, *into.getContext()).run(index, into);
}
