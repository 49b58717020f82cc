#pragma pack(push, 1)
#pragma GCC diagnostic ignored "-Wall"
_Pragma("pack(pop)") a
#define P(x) _Pragma(#x) b
#define OBJ 1
#pragma push_macro("OBJ")
#undef OBJ
#define OBJ 2
OBJ
#pragma pop_macro("OBJ")
OBJ
