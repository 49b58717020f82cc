/* Thread-local variables lie in a block of their own below libc. */
static __thread int counter = 7;
static __thread char block[9000];
int main(void)
{
    begin();
    block[0] = 1;
    block[8999] = 2;
    printf("%p %p %d %d\n", (void *)&counter, (void *)block, counter, block[0] + block[8999]);
    end();
}
