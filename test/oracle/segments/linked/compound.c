struct s { int a; const char *n; }; struct s *g1 = &(struct s){1, "g one"}; static int *g2 = (int[]){5, 6, 7};
const char *const *g3 = (const char *const[]){"p", "q", 0}; const struct s *const g4 = &(const struct s){4, 0};
int (*g5)[2] = &(int[2]){8, 9}; int *g6 = &(int){0}; char *g7 = (char[16]){"sixteen"}; double *g8 = &(double){1.5};
struct s arr[] = {{1, "in"}, {.n = "out"}}; struct s *list[] = {&(struct s){1}, &(struct s){2, "two"}, 0}; int plain = 3;
static int *unused_ref = &(int){77}; void *nested = &(void *){&(int){4}}; const void *both[2] = {&(const int){5}, &(int){6}};
int f(void) { static int loc[2] = {1, 2}; static struct s ls = {3, "static local"}; static int one = (int){7}; return loc[0] + ls.a + one; }
int main(void) { struct s *p = &(struct s){2, "auto"}; int *q = (int[]){1, 2, 3}; const int *cq = (const int[4]){4, 3, 2, 1}; return f() * 0 + p->a * 0 + q[0] * 0 + cq[0] * 0 + g2[0] * 0 + (int)*g8 * 0 + ((struct s){.a = 3}).a * 0; }
