#include <stdio.h>
#include <stdlib.h>
#include <errno.h>
extern char **environ; static int priv = 1; int pub = 2; extern int pub; static int fwd(int); extern int declared_unused; static int fwd(int v) { extern int pub; return v + pub; } void ext_fn(int); 
int blk(void) { extern char *optarg; extern int optind; return optarg == 0 ? optind : 0; } 
int main(void) { extern int puts(const char *); errno = 0; fputs("err\n", stderr); fprintf(stdout, "%d\n", blk()); if (getenv("NOPE")) perror("x"); fflush(stdout); return (environ == 0) + fwd(0) * 0 + priv * 0; }
