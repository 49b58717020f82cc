/* Product of two matrices of doubles, rows allotted by malloc. */
#include <stdio.h>
#include <stdlib.h>

#define N 600

static double **matrix(int seed) {
  double **rows = malloc(N * sizeof *rows);
  for (int i = 0; i < N; i++) {
    rows[i] = malloc(N * sizeof **rows);
    for (int j = 0; j < N; j++) rows[i][j] = (i * seed + j) % 17 - 8;
  }
  return rows;
}

int main(void) {
  double **a = matrix(3), **b = matrix(5), **c = matrix(7);
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) {
      double sum = 0;
      for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
  }
  double trace = 0;
  for (int i = 0; i < N; i++) trace += c[i][i] + c[i][N - 1 - i];
  printf("%.1f\n", trace);
  return 0;
}
