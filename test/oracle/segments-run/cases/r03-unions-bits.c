/* Unions, bit-fields, enums, members of odd types. */
enum color { red = 1, green = 5, blue = 1 << 20 };
struct flags { unsigned a : 3; int b : 5; unsigned long c : 40; _Bool d : 1; enum color e : 24; };
union mixed { int i; float f; double d; char text[12]; struct { short lo, hi; } halves; };
static struct flags global_flags = {5, -3, 0xabcdef1234, 1, blue >> 2};
static int use(union mixed *m, struct flags f, enum color c)
{
    float was = m->f; short hi = m->halves.hi; _Bool any = f.d; long wide = f.c;
    enum color mine = c; signed char small = f.b;
    /* @stop */ return (int)was + hi * 0 + any + (int)(wide & 1) + (mine == red) + small;
}
int main(void)
{
    union mixed m = {.f = 1.5f}, *pm = &m;
    struct flags f = global_flags, *pf = &global_flags;
    enum color list[2] = {green, blue}, *pc = list + 1;
    int r = use(pm, f, green);
    m.d = 2.5;
    /* @stop */ return r + (pc == 0) + (pf == 0) - r;
}
