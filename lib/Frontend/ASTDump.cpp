//===- ASTDump.cpp - Trees of scripts as text -----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Sema.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace whamm;
using namespace whamm::frontend;

llvm::StringRef frontend::getSpelling(BinaryOp op) {
  static constexpr llvm::StringLiteral spellings[] = {"&&", "||", "|",  "^",
                                                      "&",  "==", "!=", "<",
                                                      "<=", ">",  ">=", "<<",
                                                      ">>", "+",  "-",  "*",
                                                      "/",  "%"};
  return spellings[static_cast<unsigned>(op)];
}

namespace {
/// Prints nodes, one per line, indented by their depth.
class Dumper {
public:
  Dumper(llvm::raw_ostream &os, unsigned depth) : os(os), depth(depth) {}

  void expr(const Expr *expr);
  void stmt(const Stmt *stmt);
  void body(llvm::StringRef title, llvm::ArrayRef<Stmt *> stmts);
  void labelled(llvm::StringRef title, const Expr *expr);
  void variables(llvm::StringRef title, llvm::ArrayRef<Variable *> vars);
  void probe(const ProbeDecl &probe);
  void siteInits(llvm::ArrayRef<SiteInit> inits);
  void checkedProbe(const CheckedProbe &probe);
  void checkedFunction(const CheckedFunction &fn);
  void function(const FnDecl &fn);
  llvm::raw_ostream &line() { return os.indent(2 * depth); }

  /// One level deeper for as long as it lives.
  struct Deeper {
    explicit Deeper(Dumper &dumper) : dumper(dumper) { ++dumper.depth; }
    ~Deeper() { --dumper.depth; }
    Dumper &dumper;
  };

private:
  void children(llvm::ArrayRef<const Expr *> exprs);
  void head(const Expr *expr);
  void ident(const IdentExpr *expr);
  void literal(const Expr *expr);
  void access(const Expr *expr);

  llvm::raw_ostream &os;
  unsigned depth;
};
} // namespace

static std::string toString(__int128 value) {
  std::string digits;
  bool isNegative = value < 0;
  do {
    int digit = value % 10;
    digits += '0' + (digit < 0 ? -digit : digit);
    value /= 10;
  } while (value);
  if (isNegative)
    digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

void Dumper::ident(const IdentExpr *expr) {
  os << "Ident '" << expr->name << '\'';
  if (expr->var) {
    static constexpr llvm::StringLiteral names[] = {"global", "site", "local",
                                                    "param"};
    os << ' ' << names[static_cast<unsigned>(expr->var->storage)];
  }
  if (expr->bound) {
    bool isStatic = expr->bound->lifetime == wasm::Lifetime::Static;
    os << (isStatic ? " static" : " dynamic");
    if (expr->bound->literal)
      os << " literal";
  }
}

/// A literal on one line.
void Dumper::literal(const Expr *expr) {
  if (auto *e = llvm::dyn_cast<BoolLitExpr>(expr)) {
    os << "Bool " << (e->value ? "true" : "false");
  } else if (auto *e = llvm::dyn_cast<IntLitExpr>(expr)) {
    os << "Int " << toString(e->value);
  } else if (auto *e = llvm::dyn_cast<FloatLitExpr>(expr)) {
    os << "Float " << llvm::format("%.17g", e->value);
  } else if (auto *e = llvm::dyn_cast<StringLitExpr>(expr)) {
    os << "String \"";
    os.write_escaped(e->value) << '"';
  }
}

/// A call or the access of an element, without what it applies to.
void Dumper::access(const Expr *expr) {
  if (auto *e = llvm::dyn_cast<CallExpr>(expr)) {
    os << "Call '" << e->callee << '\'';
    if (e->builtin)
      os << " builtin";
    if (e->library)
      os << " of '" << e->library->name << '\'';
    if (e->function)
      os << " function";
  } else if (auto *e = llvm::dyn_cast<LibCallExpr>(expr)) {
    os << "LibCall ";
    if (!e->annotation.empty())
      os << '@' << e->annotation << ' ';
    os << '\'' << e->receiver << '\'';
  } else if (auto *e = llvm::dyn_cast<StrMethodExpr>(expr)) {
    static constexpr llvm::StringLiteral names[] = {
        "len", "starts_with", "ends_with", "contains", "addr"};
    os << "StrMethod " << names[static_cast<unsigned>(e->method)];
  } else if (auto *e = llvm::dyn_cast<TupleGetExpr>(expr)) {
    os << "TupleGet";
    for (unsigned index : e->path)
      os << '.' << index;
  } else {
    os << (llvm::isa<MapGetExpr>(expr) ? "MapGet" : "Tuple");
  }
}

void Dumper::head(const Expr *expr) {
  if (llvm::isa<BoolLitExpr, IntLitExpr, FloatLitExpr, StringLitExpr>(expr)) {
    literal(expr);
  } else if (auto *e = llvm::dyn_cast<IdentExpr>(expr)) {
    ident(e);
  } else if (auto *e = llvm::dyn_cast<UnaryExpr>(expr)) {
    os << "Unary " << (e->op == UnaryExpr::Op::Not ? '!' : '~');
  } else if (auto *e = llvm::dyn_cast<BinaryExpr>(expr)) {
    os << "Binary " << getSpelling(e->op);
  } else if (llvm::isa<TernaryExpr>(expr)) {
    os << "Ternary";
  } else if (auto *e = llvm::dyn_cast<CastExpr>(expr)) {
    os << "Cast " << e->target.str() << (e->isImplicit ? " implicit" : "");
  } else {
    access(expr);
  }
}

void Dumper::children(llvm::ArrayRef<const Expr *> exprs) {
  Deeper deeper(*this);
  for (const Expr *child : exprs)
    if (child)
      expr(child);
}

void Dumper::expr(const Expr *expr) {
  line();
  head(expr);
  if (!expr->type.isError())
    os << " : " << expr->type.str();
  os << '\n';
  if (auto *e = llvm::dyn_cast<UnaryExpr>(expr))
    children({e->operand});
  else if (auto *e = llvm::dyn_cast<BinaryExpr>(expr))
    children({e->lhs, e->rhs});
  else if (auto *e = llvm::dyn_cast<TernaryExpr>(expr))
    children({e->cond, e->thenExpr, e->elseExpr});
  else if (auto *e = llvm::dyn_cast<CastExpr>(expr))
    children({e->operand});
  else if (auto *e = llvm::dyn_cast<CallExpr>(expr))
    children(llvm::to_vector_of<const Expr *>(e->args));
  else if (auto *e = llvm::dyn_cast<LibCallExpr>(expr))
    children({e->call});
  else if (auto *e = llvm::dyn_cast<StrMethodExpr>(expr))
    children({e->receiver, e->argument});
  else if (auto *e = llvm::dyn_cast<MapGetExpr>(expr))
    children({e->map, e->key});
  else if (auto *e = llvm::dyn_cast<TupleGetExpr>(expr))
    children({e->tuple});
  else if (auto *e = llvm::dyn_cast<TupleExpr>(expr))
    children(llvm::to_vector_of<const Expr *>(e->elements));
}

void Dumper::labelled(llvm::StringRef title, const Expr *e) {
  if (!e)
    return;
  line() << title << '\n';
  children({e});
}

void Dumper::body(llvm::StringRef title, llvm::ArrayRef<Stmt *> stmts) {
  line() << title << '\n';
  Deeper deeper(*this);
  for (const Stmt *s : stmts)
    stmt(s);
}

void Dumper::stmt(const Stmt *stmt) {
  if (auto *s = llvm::dyn_cast<DeclStmt>(stmt)) {
    line() << "Decl " << (s->isReport ? "report " : "")
           << (s->isUnshared ? "unshared " : "") << '\'' << s->name << "' "
           << s->declaredType.str() << '\n';
    return children({s->init});
  }
  if (auto *s = llvm::dyn_cast<AssignStmt>(stmt)) {
    line() << "Assign\n";
    return children({s->target, s->value});
  }
  if (auto *s = llvm::dyn_cast<IncDecStmt>(stmt)) {
    line() << (s->isIncrement ? "Increment\n" : "Decrement\n");
    return children({s->target});
  }
  if (auto *s = llvm::dyn_cast<IfStmt>(stmt)) {
    line() << "If\n";
    children({s->cond});
    Deeper deeper(*this);
    body("Then", s->thenBody);
    if (!s->elseBody.empty())
      body("Else", s->elseBody);
    return;
  }
  if (auto *s = llvm::dyn_cast<ReturnStmt>(stmt)) {
    line() << "Return\n";
    return children({s->value});
  }
  line() << "Expr\n";
  children({llvm::cast<ExprStmt>(stmt)->expr});
}

void Dumper::probe(const ProbeDecl &probe) {
  line() << "Probe ";
  for (const RulePart &part : probe.rule)
    os << (&part == probe.rule.begin() ? "" : ":") << part.pattern;
  os << '\n';
  Deeper deeper(*this);
  for (const RulePart &part : probe.rule)
    for (const TypedName &bound : part.bounds)
      line() << "Bound '" << bound.name << "' " << bound.type.str() << '\n';
  labelled("Predicate", probe.predicate);
  body("Body", probe.body);
}

void Dumper::function(const FnDecl &fn) {
  line() << "Function '" << fn.name << "' -> " << fn.result.str() << '\n';
  Deeper deeper(*this);
  for (const TypedName &param : fn.params)
    line() << "Param '" << param.name << "' " << param.type.str() << '\n';
  body("Body", fn.body);
}

void Dumper::variables(llvm::StringRef title, llvm::ArrayRef<Variable *> vars) {
  for (const Variable *var : vars) {
    line() << title << (var->isReport ? " report" : "") << " '" << var->name
           << "' " << var->type.str() << '\n';
    children({var->init});
  }
}

/// What a probe does per site before the program runs.
void Dumper::siteInits(llvm::ArrayRef<SiteInit> inits) {
  for (const SiteInit &init : inits) {
    if (init.var)
      variables("SiteVar", {init.var});
    else
      labelled("SiteInit", init.call);
  }
}

void Dumper::checkedFunction(const CheckedFunction &fn) {
  line() << "Function '" << fn.name << "' -> " << fn.result.str() << '\n';
  Deeper deeper(*this);
  variables("Param", fn.params);
  variables("Local", fn.locals);
  body("Body", fn.body);
}

/// `probe.class rule [matches]`, then what it declares and does.
void Dumper::checkedProbe(const CheckedProbe &probe) {
  line() << "Probe " << probe.sourceIndex << '.' << probe.classIndex << ' '
         << llvm::join(probe.rule, ":") << '\n';
  Deeper deeper(*this);
  for (const ProbeMatch &match : probe.matches) {
    const wasm::EventInfo &event = wasm::getEvents()[match.event];
    line() << "Match " << wasm::getPackageName(event.package) << ':'
           << event.name << ':' << wasm::getModeName(match.mode) << " number "
           << match.probeNumber << '\n';
  }
  for (const CheckedBound &bound : probe.bounds)
    line() << "Bound '" << bound.name << "' " << bound.type.str() << '\n';
  labelled("Predicate", probe.predicate);
  siteInits(probe.siteInits);
  variables("Local", probe.locals);
  body("Body", probe.body);
}

void frontend::dump(const Expr *expr, llvm::raw_ostream &os, unsigned indent) {
  Dumper(os, indent).expr(expr);
}

void frontend::dump(const Stmt *stmt, llvm::raw_ostream &os, unsigned indent) {
  Dumper(os, indent).stmt(stmt);
}

void frontend::dump(const Script &script, llvm::raw_ostream &os) {
  Dumper dumper(os, 0);
  for (const UseDecl &use : script.uses)
    os << "Use '" << use.name << "'\n";
  for (const Stmt *stmt : script.statements)
    dumper.stmt(stmt);
  for (const FnDecl &fn : script.functions)
    dumper.function(fn);
  for (const ProbeDecl &probe : script.probes)
    dumper.probe(probe);
}

void frontend::dump(const CheckedScript &script, llvm::raw_ostream &os) {
  Dumper dumper(os, 0);
  for (const Library *library : script.libraries)
    os << "Library '" << library->name << "'\n";
  dumper.variables("Global", script.globals);
  if (!script.initStatements.empty())
    dumper.body("Init", script.initStatements);
  for (const CheckedFunction *fn : script.functions)
    dumper.checkedFunction(*fn);
  for (const CheckedProbe &probe : script.probes)
    dumper.checkedProbe(probe);
}
