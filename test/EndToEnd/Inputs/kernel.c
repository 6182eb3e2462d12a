//===- kernel.c - A program without a host ----------------------*- C -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Needs no C library, so that an interpreter can run and trace it: a sieve, a
// sort with a function pointer, a hash, a matrix, and Newton's method.
//
//===----------------------------------------------------------------------===//

typedef unsigned int u32;
typedef unsigned long long u64;

static unsigned char sieve[500];
static int values[60];
static double matrix[6][6], product[6][6];

static int countPrimes(void) {
  int count = 0;
  for (u32 i = 2; i < sizeof sieve; ++i) {
    if (sieve[i])
      continue;
    ++count;
    for (u32 j = i * i; j < sizeof sieve; j += i)
      sieve[j] = 1;
  }
  return count;
}

static int less(int a, int b) { return a < b; }
static int greater(int a, int b) { return a > b; }
static int (*volatile orders[])(int, int) = {less, greater};

static void sort(int *p, int low, int high, int (*before)(int, int)) {
  if (low >= high)
    return;
  int pivot = p[high], i = low;
  for (int j = low; j < high; ++j)
    if (before(p[j], pivot)) {
      int t = p[i];
      p[i++] = p[j], p[j] = t;
    }
  p[high] = p[i], p[i] = pivot;
  sort(p, low, i - 1, before);
  sort(p, i + 1, high, before);
}

static u64 hash(const void *data, u32 size) {
  u64 h = 0xcbf29ce484222325u;
  for (u32 i = 0; i < size; ++i)
    h = (h ^ ((const unsigned char *)data)[i]) * 0x100000001b3u;
  return h ^ h >> 29 ^ h / 1000003;
}

static double root(double x) {
  double guess = x;
  for (int i = 0; i < 30; ++i) {
    double next = (guess + x / guess) / 2;
    if (next == guess)
      break;
    guess = next;
  }
  return guess;
}

static void multiply(void) {
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j)
      matrix[i][j] = root(i * 6 + j + 1) - (float)j / 3;
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j) {
      double sum = 0;
      for (int k = 0; k < 6; ++k)
        sum += matrix[i][k] * matrix[k][j];
      product[i][j] = sum;
    }
}

__attribute__((export_name("main"))) int start(void) {
  int result = countPrimes();
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 60; ++i)
      values[i] = (i * 7919 + round) % 101;
    sort(values, 0, 59, orders[round]);
    result = result * 31 + (int)hash(values, sizeof values);
  }
  multiply();
  return result ^ (int)hash(product, sizeof product);
}
