//===- SpliceExceptions.cpp - How exceptions leave functions --------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An exception leaves a function unless a handler in there catches it, whoever
/// raised it. So where a program can see exceptions, a function with code at
/// its exits gets a handler around its body that runs this code and passes the
/// exception on; `throw` and its like are no exits by themselves.
///
//===----------------------------------------------------------------------===//

#include "SpliceInternal.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Opcode;

/// What an instruction says of the program's exceptions.
static ExceptionStyle getStyle(Opcode opcode) {
  switch (opcode) {
  case Opcode::TryTable:
  case Opcode::ThrowRef:
    return ExceptionStyle::Final;
  case Opcode::Try:
  case Opcode::Rethrow:
    return ExceptionStyle::Legacy;
  default:
    return ExceptionStyle::None;
  }
}

llvm::Error detail::findExceptionStyle(Context &ctx) {
  bool hasExits = llvm::any_of(ctx.plan.sites, [](const SiteTable &table) {
    return table.position == Position::FuncExit && table.size();
  });
  if (!hasExits)
    return llvm::Error::success();
  if (!ctx.app.tags.empty())
    ctx.exceptions = ExceptionStyle::Legacy;
  for (uint32_t i = 0, e = ctx.app.bodies.size(); i != e; ++i) {
    wasm::FunctionCursor cursor(ctx.app, i);
    while (cursor.next()) {
      ExceptionStyle style = getStyle(cursor.get().opcode);
      if (style != ExceptionStyle::None)
        ctx.exceptions = style;
      // One sign of the final proposal decides.
      if (style == ExceptionStyle::Final)
        return llvm::Error::success();
    }
    if (llvm::Error error = cursor.takeError())
      return error;
  }
  return llvm::Error::success();
}
