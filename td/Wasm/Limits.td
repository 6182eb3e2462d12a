//===- Limits.td - Limits of engines -----------------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// The core specification lets implementations limit what they accept (appendix
// "Implementation Limitations"). Engines share the limits of the JavaScript
// interface, so that what passes validation here runs there.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_LIMITS
#define WHAMM_WASM_LIMITS

// `value` is the largest number that is accepted of what `text` says. The
// record's name is the enumerator.
class Limit<int theValue, string theText, string theSource = "JavaScript"> {
  int value = theValue;
  string text = theText;
  string source = theSource;
}
// Limits that the JavaScript interface does not have, or has lower.
class EngineLimit<int value, string text> : Limit<value, text, "V8">;

// A module's sections.
def MaxModuleSize : Limit<1073741824, "bytes in a module">;
def MaxTypes : Limit<1000000, "types">;
def MaxFunctions : Limit<1000000, "defined functions">;
def MaxImports : Limit<1000000, "imports">;
def MaxExports : Limit<1000000, "exports">;
def MaxGlobals : Limit<1000000, "defined globals">;
def MaxTags : Limit<1000000, "defined tags">;
def MaxDataSegments : Limit<100000, "data segments">;
def MaxElementSegments : EngineLimit<10000000, "element segments">;
def MaxTables : Limit<100000, "tables">;
// The JavaScript interface says 100; engines accept more.
def MaxMemories : EngineLimit<100000, "memories">;
def MaxNameSize : EngineLimit<100000, "bytes in the name of an import or export">;

// Types.
def MaxSubtypeDepth : Limit<63, "supertypes above a type">;
def MaxParams : Limit<1000, "parameters">;
def MaxResults : Limit<1000, "results">;
def MaxFields : Limit<10000, "fields of a structure">;

// Segments. Declared sizes of memories and tables are not limited beyond what
// the core specification says: they cost nothing before instantiation, when
// each engine has limits of its own.
def MaxElements : Limit<10000000, "elements of a segment">;

// Functions.
def MaxBodySize : Limit<7654321, "bytes in a function body">;
def MaxLocals : Limit<50000, "locals, parameters among them">;
def MaxFixedElements : Limit<10000, "operands of array.new_fixed">;
def MaxBranchTargets : EngineLimit<65520, "targets of br_table">;
def MaxCatches : EngineLimit<100000, "catch clauses of a try_table">;

#endif // WHAMM_WASM_LIMITS
