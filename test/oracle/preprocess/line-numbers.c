#define ID(x) x
#define L2(x,y) __LINE__ x y
#define OBJ __LINE__
ID(a
b
__LINE__
)
L2(1,
2)
OBJ __LINE__
ID(OBJ
OBJ
)
ID(ID(
OBJ) L2(
OBJ, __LINE__))
#line 100
__LINE__ OBJ
#line 200 "other name.c"
__LINE__ __FILE__
# 300 "third.c"
__LINE__ __FILE__
#define NUMBER 400
#line NUMBER
__LINE__
__COUNTER__ __COUNTER__ __INCLUDE_LEVEL__ __DATE__ __TIME__
