//===- machine.c - An interpreter of byte code ------------------*- C -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// A machine with a dense switch, a table of library functions, a heap that
// grows the memory, and a way out of nested calls: exit(3) when the byte code
// says so, a trap when it divides by zero with the argument `trap`.
//
//===----------------------------------------------------------------------===//

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum opcode {
  Push,
  Add,
  Sub,
  Mul,
  Div,
  Dup,
  Swap,
  Drop,
  Jump,
  JumpIf,
  Call,
  Return,
  Native,
  Load,
  Store,
  Halt
};

struct machine {
  int64_t *stack;
  size_t size, capacity;
  int64_t memory[16];
  unsigned steps, depth;
};

static void push(struct machine *m, int64_t value) {
  if (m->size == m->capacity) {
    m->capacity = m->capacity ? 2 * m->capacity : 4;
    m->stack = realloc(m->stack, m->capacity * sizeof *m->stack);
    if (!m->stack)
      exit(8);
  }
  m->stack[m->size++] = value;
}

static int64_t pop(struct machine *m) {
  if (!m->size) {
    fputs("empty stack\n", stderr);
    exit(7);
  }
  return m->stack[--m->size];
}

static void nativePrint(struct machine *m) {
  printf("%lld\n", (long long)pop(m));
}
static void nativeDepth(struct machine *m) { push(m, m->depth); }
static void nativeExit(struct machine *m) { exit((int)pop(m)); }
static void nativeBig(struct machine *m) {
  size_t size = (size_t)pop(m);
  char *block = malloc(size);
  if (!block)
    exit(8);
  memset(block, 7, size);
  char *copy = memcpy(malloc(size), block, size);
  push(m, copy[size - 1] + (copy != block));
  free(copy);
  free(block);
}

typedef void (*native)(struct machine *);
static const native natives[] = {nativePrint, nativeDepth, nativeExit,
                                 nativeBig};

static void run(struct machine *m, const int8_t *code, int pc) {
  ++m->depth;
  for (;;) {
    ++m->steps;
    int64_t a, b;
    switch ((enum opcode)code[pc++]) {
    case Push:
      push(m, code[pc++]);
      break;
    case Add:
      b = pop(m), a = pop(m), push(m, a + b);
      break;
    case Sub:
      b = pop(m), a = pop(m), push(m, a - b);
      break;
    case Mul:
      b = pop(m), a = pop(m), push(m, a * b);
      break;
    case Div:
      b = pop(m), a = pop(m), push(m, a / b);
      break;
    case Dup:
      a = pop(m), push(m, a), push(m, a);
      break;
    case Swap:
      b = pop(m), a = pop(m), push(m, b), push(m, a);
      break;
    case Drop:
      pop(m);
      break;
    case Jump:
      pc = code[pc];
      break;
    case JumpIf:
      pc = pop(m) ? code[pc] : pc + 1;
      break;
    case Call:
      run(m, code, code[pc++]);
      break;
    case Return:
      --m->depth;
      return;
    case Native:
      natives[(int)code[pc++]](m);
      break;
    case Load:
      push(m, m->memory[code[pc++]]);
      break;
    case Store:
      m->memory[code[pc++]] = pop(m);
      break;
    case Halt:
      exit(3);
    }
  }
}

// Factorials of 12 down to 1 by recursion, then a big block, then the way out.
static const int8_t program[] = {
    Push,   12,   Store,  0,                                               // 0
    Load,   0,    Call,   40,     Native, 0,                               // 4
    Load,   0,    Push,   1,      Sub,    Dup,  Store,  0,      JumpIf, 4, // 10
    Push,   100,  Push,   100,    Mul,    Push, 60,     Mul,    Native, 3,
    Native, 0,                                                  // 20
    Native, 1,    Native, 0,      Call,   60,   Halt,   Halt,   // 32
    Dup,    Push, 1,      Sub,    JumpIf, 47,   Return,         // 40: x
    Dup,    Push, 1,      Sub,    Call,   40,   Mul,    Return, // 47
    0,      0,    0,      0,      0,      Push, 9,      Load,   5,      JumpIf,
    67,     Halt,                 // 60
    Push,   0,    Div,    Return, // 67
};

int main(int argc, char **argv) {
  struct machine machine = {0};
  machine.memory[5] = argc > 1 && !strcmp(argv[1], "trap");
  setvbuf(stdout, NULL, _IONBF, 0);
  run(&machine, program, 0);
  return 0;
}
