#define S(...) #__VA_ARGS__
#define X(...) S(__VA_ARGS__)
S(  a   b  ) S("q\"\\n" 'c' '\'' '"') S() S(a , b,c)
S(a/* comment */b) S(a
  b
c) S(<: :>) S(L"wide" u8"x")
X(__FILE__) X(__LINE__) X(S(1)) X(X("2"))
#define ARROW -> 
X(a ARROW b) X(aARROW) X(ARROW) X(ARROW ARROW) X((ARROW))
#define PAIR(a,b) a b a ## b
X(PAIR(1,2)) X(PAIR(,)) X(PAIR(ARROW,3))
#define NOTHING
X(NOTHING) X(NOTHING a) X(a NOTHING) X(a NOTHING b) X([NOTHING]) X(-NOTHING-)
X(\n) X(@)
