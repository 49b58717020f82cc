#define UNIQUE_(a, b) a ## b
#define UNIQUE__(a, b) UNIQUE_(a, b)
#define UNIQUE(a) UNIQUE__(a, __COUNTER__)
int UNIQUE(x), UNIQUE(y);
#define TWICE(c) c c
TWICE(__COUNTER__) __COUNTER__
