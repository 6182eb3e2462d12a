//===- Faithful.td - What Binaryen reads and writes back ---*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Binaryen's reader ends the process on what it does not know, and some of what
// it knows it writes in another encoding. So nothing outside of this table is
// ever given to it. `Since` is the first version that both reads and writes a
// thing with its meaning and encoding intact; 0 is never.
//
// The values 108 were measured: for every opcode a function that consists of it
// was read, validated and written, and the bytes compared
// (test/Target/Rewrite/Binaryen/faithful.test repeats this for the version
// in use). Later values come from Binaryen's change log and are conservative:
// a feature that passes of that time handled in part only has a 0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_BINARYEN_FAITHFUL
#define WHAMM_BINARYEN_FAITHFUL

include "Wasm/Opcodes.td"

/// All opcodes of a proposal, but for those with an entry of their own. A
/// proposal without an entry is never faithful.
class FaithfulProposal<Proposal proposal, int since> {
  Proposal Of = proposal;
  int Since = since;
}

/// One opcode, in place of its proposal's entry.
class FaithfulOpcode<Opcode opcode, int since> {
  Opcode Of = opcode;
  int Since = since;
}

/// A property of a module or function that is not an opcode. `description`
/// completes "Binaryen <version> cannot handle ...".
class FaithfulFeature<int since, string description> {
  int Since = since;
  string Description = description;
}

//===----------------------------------------------------------------------===//
// Opcodes
//===----------------------------------------------------------------------===//

def : FaithfulProposal<Mvp, 108>;
def : FaithfulProposal<SignExtension, 108>;
def : FaithfulProposal<SaturatingConversion, 108>;
def : FaithfulProposal<BulkMemory, 108>;
def : FaithfulProposal<ReferenceTypes, 108>;
def : FaithfulProposal<SimdProposal, 108>;
def : FaithfulProposal<Threads, 108>;
def : FaithfulProposal<TailCall, 108>;
// 108 has the opcodes of a draft.
def : FaithfulProposal<RelaxedSimd, 109>;
// `catch` operands restrict where code may be moved in Binaryen's
// representation, and try_table is out of the C API's reach.
def : FaithfulProposal<ExceptionHandling, 0>;
def : FaithfulOpcode<Throw, 108>;
def : FaithfulProposal<LegacyExceptions, 0>;
// Typed references: read since 108, but written in the encodings of drafts
// until 115; types come back in another order.
def : FaithfulProposal<FunctionReferences, 0>;
def : FaithfulProposal<GarbageCollection, 0>;

// Its result has a typed reference: where Binaryen puts that into a local, 108
// writes the type as drafts had it.
def : FaithfulOpcode<RefFunc, 0>;
def : FaithfulOpcode<TableCopy, 117>;
def : FaithfulOpcode<TableFill, 117>;
def : FaithfulOpcode<TableInit, 119>;
def : FaithfulOpcode<ElemDrop, 0>;

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

// Types other than plain function types, and signatures that mention them.
def GcTypes : FaithfulFeature<0, "defined types that are not plain functions">;
def TypedReferences : FaithfulFeature<0, "typed references">;
def ExceptionReferences : FaithfulFeature<0, "exception references">;
def MultiValue : FaithfulFeature<108, "several results">;

def SeveralMemories : FaithfulFeature<120, "several memories">;
def Memory64 : FaithfulFeature<108, "64-bit memories">;
def SharedMemory : FaithfulFeature<108, "shared memories">;
def CustomPageSizes : FaithfulFeature<0, "custom page sizes">;
def SeveralTables : FaithfulFeature<108, "several tables">;
def Table64 : FaithfulFeature<120, "64-bit tables">;

// The reader ends the process on them.
def ZeroInNames : FaithfulFeature<0, "zero bytes in the names of imports">;

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

def BlockParameters : FaithfulFeature<0, "blocks with parameters">;
// 108 keeps the lower half.
def LargeOffsets : FaithfulFeature<120, "memory offsets of 2^32 and more">;
// 108 and 109 look these up among the defined tables only.
def ImportedTableAccess
    : FaithfulFeature<110, "table instructions where a table is imported">;
// Loops, ifs and tries are read recursively.
def DeepNesting : FaithfulFeature<0, "deeply nested blocks">;

#endif // WHAMM_BINARYEN_FAITHFUL
