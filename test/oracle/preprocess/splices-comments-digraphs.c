#def\
ine LO\
NG a /* comment
 goes on */ b \
  c
LONG
int x\
y = 1; // comment \
continues here
"str\
ing" 'c' L"w" u8"x" U'u' u"v"
<: :> <% %> %: %:%: a<::>b
x+++++y a--->b ... .. .5e+3 0x1p-3 1.2.3 1e+a +=-=->*=
%:define DI 7
DI
i/**/j
