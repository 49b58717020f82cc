/* Many small blocks from malloc, recursion. */
#include <stdio.h>
#include <stdlib.h>

struct node {
  struct node *left, *right;
};

static struct node *grow(int depth) {
  struct node *n = malloc(sizeof *n);
  if (depth > 0) {
    n->left = grow(depth - 1);
    n->right = grow(depth - 1);
  } else n->left = n->right = NULL;
  return n;
}

static int count(const struct node *n) {
  return n->left == NULL ? 1 : 1 + count(n->left) + count(n->right);
}

static void fell(struct node *n) {
  if (n->left != NULL) {
    fell(n->left);
    fell(n->right);
  }
  free(n);
}

int main(void) {
  int deepest = 16;
  struct node *longest = grow(deepest);
  for (int depth = 4; depth <= deepest; depth += 4) {
    int rounds = 1 << (deepest - depth + 6);
    int nodes = 0;
    for (int i = 0; i < rounds; i++) {
      struct node *n = grow(depth);
      nodes += count(n);
      fell(n);
    }
    printf("%d trees of depth %d: %d\n", rounds, depth, nodes);
  }
  printf("%d\n", count(longest));
  fell(longest);
  return 0;
}
