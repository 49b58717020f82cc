/* Records by value: arguments, results, assignment, nested and in arrays. */
struct point { int x, y; };
struct box { struct point low, high; const char *name; };
union word { unsigned long all; unsigned char bytes[8]; };
static struct point moved(struct point p, int by) { p.x += by; p.y -= by; /* @stop */ return p; }
static struct box grown(struct box b, const struct point *by)
{
    struct box r = b;
    r.high.x += by->x; r.high.y += by->y;
    /* @stop */ return r;
}
static unsigned long low(union word w) { unsigned char first = w.bytes[0]; /* @stop */ return first; }
struct box boxes[3] = {{{1, 2}, {3, 4}, "first"}};
int main(void)
{
    struct point p = moved((struct point){10, 20}, 5), *pp = &boxes[0].high;
    struct box b = grown(boxes[0], &p), *pb = &boxes[1];
    union word w = {0x1122334455667788};
    boxes[2] = b;
    unsigned long l = low(w);
    /* @stop */ return pb->low.x + (int)(l & 0) + (pp == 0);
}
