//===- selfcount.c - A program that counts what it does ---------*- C -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Prints one line `truth NAME NUMBER` for each thing that it counted itself;
// truth.py compares these with the report of selfcount.mm. What is counted
// survives optimisation: calls of functions that are not inlined, volatile
// accesses, divisions, and the cases of a dense switch.
//
//===----------------------------------------------------------------------===//

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OWN static __attribute__((noinline))
#define ENTER(f) ++calls.f

static struct {
  unsigned fibonacci, ackermann, twice, square, negate, applyAll, allocate;
  unsigned poke, peek, decode, quotients, roots, remainders, isEven, isOdd;
  unsigned compare, visit, makeTree, freeTree;
} calls;

static unsigned indirect, bytes, allocations, depth, maxDepth;
static unsigned stores, loads, divisions, squareRoots, remaindersTaken;
static unsigned decoded[9], decodedSum, leaves;

OWN unsigned fibonacci(unsigned n) {
  ENTER(fibonacci);
  if (++depth > maxDepth)
    maxDepth = depth;
  unsigned result = n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  --depth;
  return result;
}

OWN unsigned ackermann(unsigned m, unsigned n) {
  ENTER(ackermann);
  if (!m)
    return n + 1;
  // One of the calls may become a loop.
  unsigned inner = n ? ackermann(m, n - 1) : 1;
  unsigned result = ackermann(m - 1, inner);
  __asm__ volatile("" : "+r"(result));
  return result;
}

OWN int twice(int x) { return ENTER(twice), 2 * x; }
OWN int square(int x) { return ENTER(square), x * x; }
OWN int negate(int x) { return ENTER(negate), -x; }

typedef int (*operation)(int);
static operation volatile operations[] = {twice, square, negate};

OWN int applyAll(int x, int times) {
  ENTER(applyAll);
  for (int i = 0; i < times; ++i) {
    ++indirect;
    x = operations[(unsigned)(i * 7 + x) % 3](x) & 0xffff;
  }
  return x;
}

OWN void *allocate(unsigned size) {
  ENTER(allocate);
  ++allocations;
  bytes += size;
  void *result = malloc(size);
  if (!result)
    exit(9);
  return result;
}

static volatile uint16_t cells[64];

OWN void poke(unsigned n) {
  ENTER(poke);
  for (unsigned i = 0; i < n; ++i)
    cells[i % 64] = (uint16_t)i;
  stores += n;
}

OWN uint64_t peek(unsigned n) {
  ENTER(peek);
  uint64_t sum = 0;
  for (unsigned i = 0; i < n; ++i)
    sum += cells[(i * 5) % 64];
  loads += n;
  return sum;
}

static volatile int sink;

// One case is the default.
OWN void decode(unsigned op) {
  ENTER(decode);
  ++decoded[op < 8 ? op : 8];
  decodedSum += op;
  switch (op) {
  case 0:
    sink = 17;
    break;
  case 1:
    sink = sink + 3;
    break;
  case 2:
    sink = sink * sink;
    break;
  case 3:
    sink = ~sink;
    sink = 5;
    break;
  case 4:
    sink = sink << 2;
    break;
  case 5:
    break;
  case 6:
    sink = sink / 7;
    break;
  case 7:
    sink = 1;
    sink = 2;
    sink = 3;
    break;
  default:
    sink = 0;
  }
}

OWN double quotients(unsigned n) {
  ENTER(quotients);
  double sum = 0;
  for (unsigned i = 1; i <= n; ++i)
    sum += 1.0 / i;
  divisions += n;
  return sum;
}

OWN double roots(unsigned n) {
  ENTER(roots);
  double sum = 0;
  for (unsigned i = 0; i < n; ++i)
    sum += sqrt(i);
  squareRoots += n;
  return sum;
}

OWN uint64_t remainders(unsigned n, uint64_t modulus) {
  ENTER(remainders);
  uint64_t x = 88172645463325252u, sum = 0;
  for (unsigned i = 0; i < n; ++i) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    sum += x % modulus;
  }
  remaindersTaken += n;
  return sum;
}

static int isOdd(unsigned n);
OWN int isEven(unsigned n) {
  ENTER(isEven);
  int result = n ? isOdd(n - 1) : 1;
  __asm__ volatile("" : "+r"(result));
  return result;
}
OWN int isOdd(unsigned n) {
  ENTER(isOdd);
  int result = n ? isEven(n - 1) : 0;
  __asm__ volatile("" : "+r"(result));
  return result;
}

static int compare(const void *a, const void *b) {
  ENTER(compare);
  int left = *(const int *)a, right = *(const int *)b;
  return (left > right) - (left < right);
}

struct node {
  struct node *left, *right;
  int key;
};

OWN struct node *makeTree(int levels) {
  ENTER(makeTree);
  if (!levels)
    return 0;
  struct node *node = allocate(sizeof *node);
  node->key = levels;
  node->left = makeTree(levels - 1);
  node->right = makeTree(levels - 1 - (levels > 2));
  return node;
}

OWN int visit(const struct node *node) {
  ENTER(visit);
  if (!node)
    return ++leaves, 0;
  int result = node->key + visit(node->left) + visit(node->right);
  __asm__ volatile("" : "+r"(result));
  return result;
}

OWN void freeTree(struct node *node) {
  ENTER(freeTree);
  if (!node)
    return;
  freeTree(node->left);
  freeTree(node->right);
  free(node);
  __asm__ volatile("");
}

static void work(void) {
  double f = 0;
  uint64_t sum = fibonacci(13) + ackermann(2, 6);
  sum += (unsigned)applyAll(5, 300);
  poke(500);
  sum += peek(321);
  for (unsigned i = 0; i < 400; ++i)
    decode(i * i % 11 + i % 3);
  f += quotients(77) + roots(55);
  volatile uint64_t modulus = 1000003;
  sum += remainders(91, modulus);
  sum += (unsigned)isEven(37);
  enum { count = 80 };
  int *values = allocate(count * sizeof *values);
  for (int i = 0; i < count; ++i)
    values[i] = i * 7919 % 1009;
  qsort(values, count, sizeof *values, compare);
  struct node *tree = makeTree(8);
  sum += (unsigned)visit(tree);
  freeTree(tree);
  free(values);
  printf("sum %llu %.9f\n", (unsigned long long)sum, f);
}

#define TRUTH(name, value) printf("truth %s %u\n", name, value)
#define CALLS(f) TRUTH("calls " #f, calls.f)

int main(void) {
  work();
  CALLS(fibonacci), CALLS(ackermann), CALLS(twice), CALLS(square);
  CALLS(negate), CALLS(applyAll), CALLS(allocate), CALLS(poke), CALLS(peek);
  CALLS(decode), CALLS(quotients), CALLS(roots), CALLS(remainders);
  CALLS(isEven), CALLS(isOdd), CALLS(compare), CALLS(visit), CALLS(makeTree);
  CALLS(freeTree);
  TRUTH("indirect", indirect);
  TRUTH("bytes", bytes);
  TRUTH("allocations", allocations);
  TRUTH("maxDepth", maxDepth);
  TRUTH("stores", stores);
  TRUTH("loads", loads);
  TRUTH("divisions", divisions);
  TRUTH("squareRoots", squareRoots);
  TRUTH("remainders", remaindersTaken);
  TRUTH("decodedSum", decodedSum);
  TRUTH("leaves", leaves);
  for (unsigned i = 0; i < 9; ++i)
    printf("truth case %u %u\n", i, decoded[i]);
  return 0;
}
