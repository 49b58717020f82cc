import assert from 'node:assert/strict';
import { openSession } from '../../support/open-session.ts';

const text = `#include <stdio.h>
#include <stdlib.h>
static void *fill(int count)
{
    char *last = 0;
    for (int i = 1; i <= count; i++)
        last = malloc(i * 100);
    return last;
}
int main(void)
{
    char *a = fill(5);
    free(a);
    char *big = calloc(2, 100000);
    printf("%p\\n", (void *)big);
    free(big);
    return 0;
}
`;

describe('the list of events', () => {
  const session = openSession(text);
  const all = session.events(0, 1000, undefined, 0, 'en').events;
  const found = (query: string): string[] =>
    session.events(0, 1000, undefined, 0, 'en', query).events.map((event) => event.text);

  it('finds calls by a part of their name', () => {
    for (const line of found('ALLOC')) assert.match(line, /alloc\(/);
    assert.equal(found('alloc').length, all.filter(({ name }) => name.includes('alloc')).length);
    assert.deepEqual(
      found('munmap').map((line) => line.replace(/0x[0-9a-f]+/, 'p')),
      ['munmap(p, 200704) = 0'],
    );
  });

  it('finds calls by the bytes that were asked for', () => {
    const sizes = (query: string): number => found(`malloc in:fill ${query}`).length;
    assert.equal(sizes('size>300'), 2);
    assert.equal(sizes('size>=300'), 3);
    assert.equal(sizes('size<300'), 2);
    assert.equal(sizes('size<=300'), 3);
    assert.equal(sizes('size=300'), 1);
    assert.equal(sizes('size>100 size<400'), 2);
    assert.equal(found('calloc size=200000').length, 1);
    assert.deepEqual(found('munmap size>200000').length, 1);
  });

  it('finds events by line and by function', () => {
    const lines = session.events(0, 1000, undefined, 0, 'en', 'line:7').events;
    assert.ok(lines.length >= 5);
    assert.ok(lines.every(({ place }) => place?.line === 7));
    assert.deepEqual(found('in:nowhere'), []);
    assert.equal(found('in:fill malloc').length, 5);
    assert.equal(found('FILL malloc').length, 5);
  });

  it('finds events by an address or its beginning', () => {
    const big = all.find(({ name }) => name === 'calloc')?.address ?? '';
    assert.deepEqual(
      found(big).map((line) => line.split('(')[0]),
      ['calloc', 'free'],
    );
    assert.ok(found('0x5555').length > 5);
  });

  it('says in which row the current event would stand', () => {
    const free = all.filter(({ name }) => name === 'free');
    assert.equal(free.length, 2);
    const near = free[1]?.index ?? 0;
    assert.equal(session.events(0, 0, undefined, near - 1, 'en', 'free').row, 0);
    assert.equal(session.events(0, 0, undefined, near, 'en', 'free').row, 1);
    assert.equal(session.events(0, 0, undefined, 0, 'en', 'free').row, -1);
    assert.equal(session.events(0, 0, undefined, 0, 'en', 'nothing of this name').total, 0);
  });

  it('takes any words without complaint', () => {
    for (const query of ['size>', 'line:x', '0x', '[', '\\', 'in:', 'size>99999999999999999999', '*', '💾'])
      assert.equal(found(query).length <= all.length, true, query);
  });
});
