//===- Exports.h - Functions of the site module -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What monitors ask while an engine matches them: facts about a site, which is
/// a function and the byte offset of an instruction in its body (`pc`), and
/// about the application. Exported under these names; pointers are i32.
///
/// An offset that is no instruction's (0, for one) and a function that has no
/// body are allowed: what gives an offset, index or number then gives -1, what
/// gives a truth or a type 0, unless said otherwise. Asking in the order in
/// which engines match, function by function and offsets ascending, takes
/// constant time; going back to an earlier function decodes it again.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_EXPORTS_H
#define WHAMM_LIB_RUNTIME_SITE_EXPORTS_H

#include "Support.h"

// NOLINTBEGIN(readability-identifier-naming): names as the module exports them

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// Memory for whatever lives on, aligned to 8 and zeroed; grows the memory, and
/// traps where that fails. Never given back.
WHAMM_EXPORT("site_alloc") void *site_alloc(uint32_t size);

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

/// Number of the opcode's event in the table of all events, or -1 where it has
/// none (vector instructions, legacy exceptions).
WHAMM_EXPORT("site_event") int32_t site_event(uint32_t fid, uint32_t pc);
/// The same for the next instruction of all functions, in the order in which
/// engines match: one of four walks of this kind. A rule for all opcodes needs
/// no parameters so.
WHAMM_EXPORT("walk_next") int32_t walk_next(uint32_t walk);
/// Where a walk is.
WHAMM_EXPORT("walk_fid") uint32_t walk_fid(uint32_t walk);
WHAMM_EXPORT("walk_pc") uint32_t walk_pc(uint32_t walk);
/// Index of the instruction in its function.
WHAMM_EXPORT("site_opidx") int32_t site_opidx(uint32_t fid, uint32_t pc);
/// Offset of the instruction before or behind it; -1 at the ends.
WHAMM_EXPORT("site_pc_before")
int32_t site_pc_before(uint32_t fid, uint32_t pc);
WHAMM_EXPORT("site_pc_after") int32_t site_pc_after(uint32_t fid, uint32_t pc);
/// Offset of the instruction with an index, -1 where there are fewer: a way
/// through a function, which starts at index 0.
WHAMM_EXPORT("site_pc_at") int32_t site_pc_at(uint32_t fid, uint32_t opidx);
/// 1 at the final `end` of the function.
WHAMM_EXPORT("site_is_func_end")
uint32_t site_is_func_end(uint32_t fid, uint32_t pc);

/// For `end`, `else` and the arms and ends of legacy exceptions: the offset of
/// what opens the construct. -1 for the final `end` and anything else.
WHAMM_EXPORT("site_opener") int32_t site_opener(uint32_t fid, uint32_t pc);
/// For what opens a construct and for its arms: the offset of what closes it
/// (`end`, `delegate`). -1 for anything else.
WHAMM_EXPORT("site_end_of") int32_t site_end_of(uint32_t fid, uint32_t pc);
/// For `if`: the offset of its `else`, or -1.
WHAMM_EXPORT("site_else_of") int32_t site_else_of(uint32_t fid, uint32_t pc);

/// 1 where the instruction is reached only by falling through from the one
/// before it. That is not so for the first one, for `loop` and the handlers of
/// a legacy `try`, for the first one of such a handler or behind `else`, for an
/// `end` that a branch goes to or at which the arms of a construct come
/// together, and behind what never falls through (`br`, `return`, ...). A call
/// of proc_exit counts as falling through.
WHAMM_EXPORT("site_follows_only")
uint32_t site_follows_only(uint32_t fid, uint32_t pc);
/// 0 in dead code, as validation sees it. 1 for what is no instruction.
WHAMM_EXPORT("site_is_reachable")
uint32_t site_is_reachable(uint32_t fid, uint32_t pc);

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// Type of operand n, counted from the top of the stack: 0x7F i32, 0x7E i64,
/// 0x7D f32, 0x7C f64, 0x7B v128, 0x70 a subtype of funcref, 0x6F another
/// reference; 0 where there is none, or dead code leaves its type open.
WHAMM_EXPORT("site_arg")
uint32_t site_arg(uint32_t fid, uint32_t pc, uint32_t n);
/// Type of local n, parameters first; 0 where there is none.
WHAMM_EXPORT("site_local") uint32_t site_local(uint32_t fid, uint32_t n);
/// Index of the function's type, -1 where there is no such function.
WHAMM_EXPORT("site_func_type") int32_t site_func_type(uint32_t fid);

//===----------------------------------------------------------------------===//
// Immediates
//===----------------------------------------------------------------------===//

/// 1 where the language's `immN` exists: the entries of a br_table, the default
/// last; the value of a constant of a number type; plain integers in encoding
/// order. Memory accesses have only their lane.
WHAMM_EXPORT("site_has_imm")
uint32_t site_has_imm(uint32_t fid, uint32_t pc, uint32_t n);
/// Its value: integers of i32.const are sign-extended, floats are their bits,
/// everything else is unsigned. 0 where there is none.
WHAMM_EXPORT("site_imm")
int64_t site_imm(uint32_t fid, uint32_t pc, uint32_t n);

/// Index, alignment as a power of two, and offset of a memory access; 0 for
/// anything else.
WHAMM_EXPORT("site_mem_memory")
uint32_t site_mem_memory(uint32_t fid, uint32_t pc);
WHAMM_EXPORT("site_mem_align")
uint32_t site_mem_align(uint32_t fid, uint32_t pc);
WHAMM_EXPORT("site_mem_offset")
uint64_t site_mem_offset(uint32_t fid, uint32_t pc);

/// For br_table: number of entries without the default, label depth of entry n
/// (the default behind the last), label depth of the default. -1 for anything
/// else.
WHAMM_EXPORT("site_num_targets")
int32_t site_num_targets(uint32_t fid, uint32_t pc);
WHAMM_EXPORT("site_target")
int32_t site_target(uint32_t fid, uint32_t pc, uint32_t n);
WHAMM_EXPORT("site_default_target")
int32_t site_default_target(uint32_t fid, uint32_t pc);

/// The function that a `ref.func` here or just before names, or -1.
WHAMM_EXPORT("site_resolved_fid")
int32_t site_resolved_fid(uint32_t fid, uint32_t pc);
/// 1 for a call of the import that ends the program.
WHAMM_EXPORT("site_is_proc_exit")
uint32_t site_is_proc_exit(uint32_t fid, uint32_t pc);

//===----------------------------------------------------------------------===//
// Basic blocks
//===----------------------------------------------------------------------===//

/// 1 for the first or last instruction of a basic block.
WHAMM_EXPORT("site_block_start")
uint32_t site_block_start(uint32_t fid, uint32_t pc);
WHAMM_EXPORT("site_block_end")
uint32_t site_block_end(uint32_t fid, uint32_t pc);
/// Instructions of its block up to this one: those of the whole block at its
/// end. 0 for what is no instruction.
WHAMM_EXPORT("site_block_count")
uint32_t site_block_count(uint32_t fid, uint32_t pc);

//===----------------------------------------------------------------------===//
// Names. They live on, and so do the pairs of address and length that these
// functions give the address of.
//===----------------------------------------------------------------------===//

/// Name of a function in the name section; empty where it has none.
WHAMM_EXPORT("site_fname") const whamm::site::Text *site_fname(uint32_t fid);
/// Name of a callee: that of the import, or that in the name section.
WHAMM_EXPORT("site_callee_name")
const whamm::site::Text *site_callee_name(uint32_t fid);
/// Module of a callee: that of the import, or the application's own name.
WHAMM_EXPORT("site_callee_module")
const whamm::site::Text *site_callee_module(uint32_t fid);
/// 1 for imported functions.
WHAMM_EXPORT("site_is_import") uint32_t site_is_import(uint32_t fid);
/// Number of functions, imports included.
WHAMM_EXPORT("site_num_functions") uint32_t site_num_functions();

//===----------------------------------------------------------------------===//
// Memories of the application
//===----------------------------------------------------------------------===//

/// The first memory that is not imported, or -1.
WHAMM_EXPORT("site_app_memid") int32_t site_app_memid();
WHAMM_EXPORT("site_num_memories") uint32_t site_num_memories();
/// Page size in bytes, cut to 32 bits. That of a memory that does not exist is
/// the usual one.
WHAMM_EXPORT("site_page_size") uint32_t site_page_size(uint32_t memory);
/// Lowest address that active data segments with constant offsets fill, and
/// length from there to the highest end, cut to 32 bits; 0 where there are
/// none.
WHAMM_EXPORT("site_data_start") uint32_t site_data_start(uint32_t memory);
WHAMM_EXPORT("site_data_len") uint32_t site_data_len(uint32_t memory);

// NOLINTEND(readability-identifier-naming)

#endif // WHAMM_LIB_RUNTIME_SITE_EXPORTS_H
