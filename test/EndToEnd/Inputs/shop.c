//===- shop.c - A program with events whose numbers are known -------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOINLINE __attribute__((noinline))

static unsigned stock[4];
static int refused;

// What scripts read from the program's memory.
NOINLINE void note(const char *text, int length) {
  __asm__ volatile("" ::"r"(text), "r"(length) : "memory");
}

NOINLINE int price(int article) { return 10 + article * 5; }
__attribute__((used)) NOINLINE int salePrice(int article) { return 1 + article * 0; }

NOINLINE int order(int article, int count) {
  note("order", 5);
  if (count < 1 || count > 100) {
    refused++;
    note("refused", 7);
    return 0;
  }
  stock[article] += count;
  return price(article) * count;
}

NOINLINE int reserve(int size) {
  char *room = malloc(size);
  if (!room)
    return 0;
  memset(room, 1, size);
  __asm__ volatile("" ::"r"(room) : "memory");
  free(room);
  return 1;
}

int main(void) {
  int sum = 0, reserved = 0;
  for (int i = 0; i < 12; i++)
    sum += order(i % 4, i * 10);
  for (int i = 0; i < 5; i++)
    reserved += reserve(100 + i);
  printf("sum %d, refused %d, reserved %d, stock %u %u %u %u\n", sum, refused, reserved, stock[0], stock[1], stock[2],
         stock[3]);
  return refused;
}
