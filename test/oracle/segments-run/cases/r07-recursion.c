/* Recursion: mutual, through a tree, with arrays in each frame. */
struct tree { int key; struct tree *left, *right; };
static struct tree nodes[7]; static int made;
static struct tree *insert(struct tree *t, int key)
{
    if (!t) { struct tree *fresh = &nodes[made++]; fresh->key = key; return fresh; }
    if (key < t->key) t->left = insert(t->left, key); else t->right = insert(t->right, key);
    return t;
}
static int odd(unsigned n);
static int even(unsigned n) { char here[10]; here[0] = (char)n; if (n == 0) { /* @stop */ return here[0] == 0; } return odd(n - 1); }
static int odd(unsigned n) { long before = n * 10L; return n == 0 ? before == 1 : even(n - 1); }
static int depth(const struct tree *t, int level)
{
    int levels[3] = {level, level * 2, level * 3}, deepest = level;
    if (!t) return level;
    int l = depth(t->left, level + 1); int r = depth(t->right, level + 1);
    if (level == 1) { /* @stop */ deepest += levels[0] * 0; }
    return l > r ? l : r;
}
int main(void)
{
    struct tree *root = 0;
    int keys[] = {4, 2, 6, 1, 3, 5, 7};
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) root = insert(root, keys[i]);
    int e = even(5), d = depth(root, 0);
    /* @stop */ return d - 3 + e;
}
