//===- SiteRows.h - Parts of site tables ------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_SITEROWS_H
#define WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_SITEROWS_H

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/Rewrite/FrozenRewritePatternSet.h"

namespace whamm::wasm_inject {

/// A copy of `sites` in front of it with some of its rows, for `target`. Its
/// hole columns have one value per row; `holes` are taken instead of those of
/// `sites` where they are given.
SitesOp cloneRows(SitesOp sites, TemplateOp target,
                  llvm::ArrayRef<uint32_t> rows,
                  std::optional<llvm::ArrayRef<mlir::DenseI64ArrayAttr>> holes =
                      std::nullopt);

/// Canonicalisation patterns of all that templates consist of.
mlir::FrozenRewritePatternSet getBodyPatterns(mlir::MLIRContext *context);

/// Drops parameters of a template that nobody reads, with the columns of its
/// tables, which are all that it has.
void dropUnusedParams(TemplateOp target, llvm::ArrayRef<SitesOp> tables);

/// The constant of this type that a bit pattern of a site table stands for.
mlir::TypedAttr getConstantOfBits(mlir::Type type, int64_t bits);

} // namespace whamm::wasm_inject

#endif // WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_SITEROWS_H
