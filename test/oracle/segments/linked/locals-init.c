#include <string.h>
struct pt { int x, y; }; struct rec { char tag[6]; double d; struct pt p[2]; const char *s; };
int use(const void *p) { return p != 0; }
int main(void)
{
    int a3[] = {1, 2, 3}; int a5[] = {1, 2, 3, 4, 5}; int a8[8] = {1, 2, 3, 4, 5, 6, 7, 8}; int a16[16] = {1, 2, 3}; long l6[6] = {1, 2, 3, 4, 5, 6}; short s9[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    char c3[] = {'a', 'b', 'c'}; char c20[20] = {'a', 'b', 'c'}; char t4[] = "abc"; char t15[] = "fourteen chars"; char t17[] = "sixteen chars!!!"; char t33[] = "thirty two characters in this one"; char t70[70] = "padded text"; char t200[200] = "long padded";
    double d2[] = {1.5, 2.5}; double d5[5] = {1, 2, 3, 4, 5}; float f4[] = {1, 2, 3, 4}; struct pt p1 = {1, 2}; struct pt ps[3] = {{1, 2}, {3, 4}, {5, 6}}; struct rec r = {"tag", 1.5, {{1, 2}, {3, 4}}, "string"};
    const char *names[] = {"n0", "n1", "n2", "n3", "n4"}; const int ca[6] = {6, 5, 4, 3, 2, 1}; int z[50] = {0}; int zz[50] = {[49] = 1}; int neg[7] = {-1, -2, -3, -4, -5, -6, -7}; int m[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}; unsigned char bytes[40] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40};
    void *ptrs[4] = {a3, a5, 0, &p1}; int dyn[6] = {1, 2, a3[0], 4, 5, 6};
    return use(a8) + use(a16) + use(l6) + use(s9) + use(c3) + use(c20) + use(t4) + use(t15) + use(t17) + use(t33) + use(t70) + use(t200) + use(d2) + use(d5) + use(f4) + use(ps) + use(&r) + use(names) + use(ca) + use(z) + use(zz) + use(neg) + use(m) + use(bytes) + use(ptrs) + use(dyn) > 99;
}
