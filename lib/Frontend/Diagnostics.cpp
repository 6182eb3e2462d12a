//===- Diagnostics.cpp - Errors and warnings about scripts ----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Diagnostics.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace whamm;
using namespace whamm::frontend;

Diagnostic &Diagnostic::note(llvm::SMRange where, const llvm::Twine &text) {
  notes.push_back({Severity::Note, where, text.str(), {}, {}});
  return *this;
}

Diagnostic &Diagnostic::replaceBy(llvm::StringRef text) {
  fixIt = text.str();
  return *this;
}

Diagnostic &Diagnostics::error(llvm::SMRange range,
                               const llvm::Twine &message) {
  ++numErrors;
  list.push_back({Severity::Error, range, message.str(), {}, {}});
  return list.back();
}

Diagnostic &Diagnostics::warning(llvm::SMRange range,
                                 const llvm::Twine &message) {
  ++numWarnings;
  list.push_back({Severity::Warning, range, message.str(), {}, {}});
  return list.back();
}

bool Diagnostics::hasErrorAt(llvm::SMRange range) const {
  return llvm::any_of(list, [&](const Diagnostic &diag) {
    return diag.severity == Severity::Error &&
           diag.range.Start == range.Start && diag.range.End == range.End;
  });
}

/// Number of characters in UTF-8 text: bytes that do not continue one.
static unsigned countCharacters(llvm::StringRef text) {
  return llvm::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

namespace {
/// A source line and a byte offset in it.
struct LinePosition {
  llvm::StringRef line;
  size_t offset;
};
} // namespace

/// The line that holds a place of a buffer.
static LinePosition getLine(llvm::StringRef buffer, const char *place) {
  size_t offset = place - buffer.data();
  size_t start = buffer.take_front(offset).rfind('\n');
  start = start == llvm::StringRef::npos ? 0 : start + 1;
  llvm::StringRef line = buffer.substr(start);
  line = line.take_until([](char c) { return c == '\n'; }).rtrim('\r');
  return {line, offset - start};
}

std::pair<unsigned, unsigned>
Diagnostics::getLineAndColumn(llvm::SMLoc loc) const {
  unsigned id = sources.FindBufferContainingLoc(loc);
  if (!id)
    return {0, 0};
  llvm::StringRef buffer = sources.getMemoryBuffer(id)->getBuffer();
  LinePosition pos = getLine(buffer, loc.getPointer());
  unsigned column = countCharacters(pos.line.take_front(pos.offset)) + 1;
  return {sources.FindLineNumber(loc, id), column};
}

/// Blank space as wide as the text: tabs stay tabs, so that what follows is
/// below its character however wide a terminal shows a tab.
static std::string makeIndent(llvm::StringRef text) {
  std::string indent;
  for (char c : text)
    if ((c & 0xC0) != 0x80)
      indent += c == '\t' ? '\t' : ' ';
  return indent;
}

/// Control characters would garble a terminal; they show as '?'.
static std::string makePrintable(llvm::StringRef line) {
  std::string text = line.str();
  for (char &c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F)
      c = '?';
  return text;
}

static void printSnippet(llvm::raw_ostream &os, llvm::StringRef buffer,
                         const Diagnostic &diag) {
  const char *start = diag.range.Start.getPointer();
  LinePosition pos = getLine(buffer, start);
  os << makePrintable(pos.line) << '\n';

  llvm::StringRef before = pos.line.take_front(pos.offset);
  llvm::StringRef rest = pos.line.drop_front(before.size());
  size_t length = diag.range.End.getPointer() - start;
  unsigned width = countCharacters(rest.take_front(length));
  std::string indent = makeIndent(before);
  os << indent;
  os.changeColor(llvm::raw_ostream::GREEN, /*Bold=*/true);
  os << '^' << std::string(width > 1 ? width - 1 : 0, '~');
  os.resetColor();
  os << '\n';
  if (!diag.fixIt.empty())
    os << indent << diag.fixIt << '\n';
}

static void printSeverity(llvm::raw_ostream &os, Severity severity) {
  switch (severity) {
  case Severity::Error:
    os.changeColor(llvm::raw_ostream::RED, /*Bold=*/true) << "error: ";
    break;
  case Severity::Warning:
    os.changeColor(llvm::raw_ostream::MAGENTA, /*Bold=*/true) << "warning: ";
    break;
  case Severity::Note:
    os.changeColor(llvm::raw_ostream::CYAN, /*Bold=*/true) << "note: ";
    break;
  }
  os.resetColor();
}

void Diagnostics::printOne(llvm::raw_ostream &os,
                           const Diagnostic &diag) const {
  unsigned id = diag.range.isValid()
                    ? sources.FindBufferContainingLoc(diag.range.Start)
                    : 0;
  if (id) {
    auto [line, column] = getLineAndColumn(diag.range.Start);
    os.changeColor(llvm::raw_ostream::SAVEDCOLOR, /*Bold=*/true);
    os << sources.getMemoryBuffer(id)->getBufferIdentifier() << ':' << line
       << ':' << column << ": ";
    os.resetColor();
  }
  printSeverity(os, diag.severity);
  os.changeColor(llvm::raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  os << diag.message;
  os.resetColor();
  os << '\n';
  if (id)
    printSnippet(os, sources.getMemoryBuffer(id)->getBuffer(), diag);
  for (const Diagnostic &note : diag.notes)
    printOne(os, note);
}

void Diagnostics::print(llvm::raw_ostream &os, unsigned limit) const {
  os.enable_colors(os.has_colors());
  // In source order; those of one place in the order they came.
  llvm::SmallVector<std::pair<const char *, size_t>> sorted;
  for (const auto &[index, diag] : llvm::enumerate(list))
    sorted.push_back({diag.range.Start.getPointer(), index});
  llvm::sort(sorted);
  unsigned printed = 0;
  for (auto [place, index] : sorted) {
    const Diagnostic &diag = list[index];
    if (diag.severity == Severity::Error && printed++ == limit)
      break;
    printOne(os, diag);
  }
  if (numErrors > limit)
    os << "too many errors: " << numErrors - limit << " more not shown\n";
  else if (numErrors)
    os << numErrors << (numErrors == 1 ? " error\n" : " errors\n");
}

llvm::StringRef
frontend::findSimilar(llvm::StringRef name,
                      llvm::ArrayRef<llvm::StringRef> candidates) {
  // As clang does: about one edit for every three characters.
  unsigned best = (name.size() + 2) / 3 + 1;
  llvm::StringRef found;
  for (llvm::StringRef candidate : candidates) {
    unsigned distance = name.edit_distance(candidate, true, best);
    if (distance < best && distance < std::max(name.size(), candidate.size())) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}
