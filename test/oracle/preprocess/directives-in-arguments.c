#define F(x, y) [x|y]
F(1
#define IN 2
, IN
#undef IN
IN
#ifdef NOPE
no
#else
yes
#endif
)
F
#define AFTER
(1,2)
F (3, 4) F
