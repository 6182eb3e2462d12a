//===- wordfreq.c - Words of a text, by frequency ---------------*- C -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// A program to instrument: a hash table on the heap, sorting through function
// pointers, recursion, and floating point. It counts the words of its built-in
// text, or of its standard input when the argument is `-`.
//
//===----------------------------------------------------------------------===//

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Functions that stay functions, so that there is something to see.
#define OWN static __attribute__((noinline))

struct entry {
  char *word;
  unsigned count;
  struct entry *next;
};

struct table {
  struct entry **buckets;
  size_t numBuckets, numEntries;
};

static const char *const text =
    "It was the best of times, it was the worst of times, it was the age of "
    "wisdom, it was the age of foolishness, it was the epoch of belief, it "
    "was the epoch of incredulity, it was the season of Light, it was the "
    "season of Darkness, it was the spring of hope, it was the winter of "
    "despair, we had everything before us, we had nothing before us, we were "
    "all going direct to Heaven, we were all going direct the other way - in "
    "short, the period was so far like the present period, that some of its "
    "noisiest authorities insisted on its being received, for good or for "
    "evil, in the superlative degree of comparison only.";

static void *allocate(size_t size) {
  void *result = malloc(size);
  if (!result) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return result;
}

OWN unsigned hash(const char *word) {
  unsigned value = 2166136261u;
  for (; *word; ++word)
    value = (value ^ (unsigned char)*word) * 16777619u;
  return value;
}

OWN void insert(struct table *table, struct entry *entry) {
  size_t bucket = hash(entry->word) % table->numBuckets;
  entry->next = table->buckets[bucket];
  table->buckets[bucket] = entry;
}

// Doubles the number of buckets.
OWN void grow(struct table *table) {
  size_t numOld = table->numBuckets;
  struct entry **old = table->buckets;
  table->numBuckets = numOld ? numOld * 2 : 8;
  table->buckets = calloc(table->numBuckets, sizeof *table->buckets);
  if (!table->buckets)
    exit(1);
  for (size_t i = 0; i < numOld; ++i)
    for (struct entry *entry = old[i], *next; entry; entry = next) {
      next = entry->next;
      insert(table, entry);
    }
  free(old);
}

OWN void countWord(struct table *table, const char *word) {
  if (table->numEntries >= table->numBuckets)
    grow(table);
  size_t bucket = hash(word) % table->numBuckets;
  for (struct entry *entry = table->buckets[bucket]; entry; entry = entry->next)
    if (!strcmp(entry->word, word)) {
      ++entry->count;
      return;
    }
  struct entry *entry = allocate(sizeof *entry);
  entry->word = strcpy(allocate(strlen(word) + 1), word);
  entry->count = 1;
  insert(table, entry);
  ++table->numEntries;
}

OWN void countWords(struct table *table, const char *p) {
  char word[64];
  for (size_t length = 0;; ++p) {
    if (isalpha((unsigned char)*p)) {
      if (length + 1 < sizeof word)
        word[length++] = (char)tolower((unsigned char)*p);
      continue;
    }
    word[length] = 0;
    if (length)
      countWord(table, word);
    length = 0;
    if (!*p)
      return;
  }
}

static int byCount(const void *left, const void *right) {
  const struct entry *a = *(struct entry *const *)left;
  const struct entry *b = *(struct entry *const *)right;
  if (a->count != b->count)
    return a->count < b->count ? 1 : -1;
  return strcmp(a->word, b->word);
}

static int byWord(const void *left, const void *right) {
  return strcmp((*(struct entry *const *)left)->word,
                (*(struct entry *const *)right)->word);
}

// The number of comparisons that a balanced search tree over [low, high) does
// for all its keys together.
static unsigned searchCost(size_t low, size_t high, unsigned depth) {
  if (low == high)
    return 0;
  size_t middle = low + (high - low) / 2;
  return depth + searchCost(low, middle, depth + 1) +
         searchCost(middle + 1, high, depth + 1);
}

OWN double entropy(struct entry *const *entries, size_t count) {
  double total = 0, bits = 0;
  for (size_t i = 0; i < count; ++i)
    total += entries[i]->count;
  for (size_t i = 0; i < count; ++i)
    bits -= entries[i]->count / total * log2(entries[i]->count / total);
  return bits;
}

int main(int argc, char **argv) {
  static char input[1 << 16];
  struct table table = {0};
  if (argc > 1 && !strcmp(argv[1], "-"))
    fread(input, 1, sizeof input - 1, stdin);
  countWords(&table, *input ? input : text);

  size_t n = table.numEntries, i = 0;
  struct entry **all = allocate((n + 1) * sizeof *all);
  for (size_t bucket = 0; bucket < table.numBuckets; ++bucket)
    for (struct entry *e = table.buckets[bucket]; e; e = e->next)
      all[i++] = e;

  int (*const orders[])(const void *, const void *) = {byWord, byCount};
  for (i = 0; i < 2; ++i) {
    qsort(all, n, sizeof *all, orders[i]);
    printf("%s:", i ? "most frequent" : "first");
    for (size_t k = 0; k < n && k < 5; ++k)
      printf(" %s=%u", all[k]->word, all[k]->count);
    printf("\n");
  }
  printf("%zu words, %.3f bits per word, %.2f comparisons to find one\n", n,
         entropy(all, n), n ? searchCost(0, n, 1) / (double)n : 0.0);
  return 0;
}
