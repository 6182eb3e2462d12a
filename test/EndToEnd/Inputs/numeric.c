//===- numeric.c - Floating point and arrays --------------------*- C -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Planets in motion, a Fourier transform by recursion, a linear system, an
// integral with a function pointer, and integers of all widths.
//
//===----------------------------------------------------------------------===//

#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct body {
  double position[3], velocity[3], mass;
};

static struct body bodies[] = {
    {{0, 0, 0}, {0, 0, 0}, 39.47},
    {{4.84, -1.16, -0.10}, {0.606, 2.81, -0.02}, 0.037},
    {{8.34, 4.12, -0.4}, {-1.01, 1.82, 0.008}, 0.011},
};
enum { numBodies = sizeof bodies / sizeof *bodies };

static void advance(double dt) {
  for (int i = 0; i < numBodies; ++i)
    for (int j = i + 1; j < numBodies; ++j) {
      double delta[3], square = 0;
      for (int k = 0; k < 3; ++k) {
        delta[k] = bodies[i].position[k] - bodies[j].position[k];
        square += delta[k] * delta[k];
      }
      double factor = dt / (square * sqrt(square));
      for (int k = 0; k < 3; ++k) {
        bodies[i].velocity[k] -= delta[k] * bodies[j].mass * factor;
        bodies[j].velocity[k] += delta[k] * bodies[i].mass * factor;
      }
    }
  for (int i = 0; i < numBodies; ++i)
    for (int k = 0; k < 3; ++k)
      bodies[i].position[k] += dt * bodies[i].velocity[k];
}

static void transform(double *re, double *im, int n) {
  if (n == 1)
    return;
  int half = n / 2;
  double *buffer = malloc(2 * sizeof(double) * (size_t)n);
  if (!buffer)
    abort();
  double *evenRe = buffer, *oddRe = buffer + half;
  double *evenIm = buffer + n, *oddIm = buffer + n + half;
  for (int i = 0; i < half; ++i) {
    evenRe[i] = re[2 * i], evenIm[i] = im[2 * i];
    oddRe[i] = re[2 * i + 1], oddIm[i] = im[2 * i + 1];
  }
  transform(evenRe, evenIm, half);
  transform(oddRe, oddIm, half);
  for (int i = 0; i < half; ++i) {
    double angle = -2 * 3.14159265358979 * i / n;
    double c = cos(angle), s = sin(angle);
    double r = c * oddRe[i] - s * oddIm[i], m = c * oddIm[i] + s * oddRe[i];
    re[i] = evenRe[i] + r, im[i] = evenIm[i] + m;
    re[i + half] = evenRe[i] - r, im[i + half] = evenIm[i] - m;
  }
  free(buffer);
}

enum { order = 12 };

static float solve(void) {
  float a[order][order + 1];
  for (int i = 0; i < order; ++i)
    for (int j = 0; j <= order; ++j)
      a[i][j] = (float)((i * 5 + j * 7) % 11) + (i == j ? 20.f : 0.f);
  for (int p = 0; p < order; ++p)
    for (int i = p + 1; i < order; ++i) {
      float factor = a[i][p] / a[p][p];
      for (int j = p; j <= order; ++j)
        a[i][j] -= factor * a[p][j];
    }
  float x[order], sum = 0;
  for (int i = order - 1; i >= 0; --i) {
    x[i] = a[i][order];
    for (int j = i + 1; j < order; ++j)
      x[i] -= a[i][j] * x[j];
    x[i] /= a[i][i];
    sum += x[i];
  }
  return sum;
}

static double integrate(double (*f)(double), double from, double to, int n) {
  double step = (to - from) / n, sum = (f(from) + f(to)) / 2;
  for (int i = 1; i < n; ++i)
    sum += f(from + i * step);
  return sum * step;
}

static double wave(double x) { return sin(x) * exp(-x / 3); }
static double bump(double x) { return 1 / (1 + x * x); }

static uint64_t integers(void) {
  int8_t a = 1;
  uint16_t b = 1;
  int64_t c = -1;
  uint64_t hash = 0;
  for (int i = 1; i < 200; ++i) {
    a = (int8_t)(a * 3 + i);
    b = (uint16_t)(b * a ^ i);
    c = c * 6364136223846793005 + b / i - a % i;
    c = (int64_t)((uint64_t)c << (i & 31) |
                  (uint64_t)c >> (64 - (i & 31)) % 64);
    hash ^=
        (uint64_t)(c / (i * 3)) + (uint64_t)__builtin_popcountll((uint64_t)c);
    hash = hash * 31 + (uint64_t)__builtin_clz((unsigned)i) + (uint64_t)(a < b);
  }
  return hash;
}

int main(void) {
  for (int i = 0; i < 120; ++i)
    advance(0.001 * (i % 3));
  printf("%.12f %.12f\n", bodies[1].position[0], bodies[2].velocity[1]);
  enum { size = 32 };
  double re[size], im[size];
  for (int i = 0; i < size; ++i)
    re[i] = i % 5, im[i] = i % 3 - 1;
  transform(re, im, size);
  double power = 0;
  for (int i = 0; i < size; ++i)
    power += re[i] * re[i] + im[i] * im[i];
  printf("%.9f %.9f %.9f\n", power, re[3], im[7]);
  printf("%.6f\n", (double)solve());
  printf("%.12f %.12f\n", integrate(wave, 0, 9, 90),
         integrate(bump, -4, 4, 64));
  printf("%llu\n", (unsigned long long)integers());
  printf("%d %d %g\n", (int)floor(-2.5), (int)nearbyint(3.5), fmin(NAN, 2));
  return 0;
}
