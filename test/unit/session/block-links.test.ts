import assert from 'node:assert/strict';
import type { EventView } from '../../../src/protocol/view-model.ts';
import { openSession } from '../../support/open-session.ts';

const text = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
  char *a = malloc(24);
  char *b = calloc(3, 8);
  a = realloc(a, 4000);
  free(a);
  char *c = malloc(24);
  free(b);
  c = realloc(c, 20);
  char *d = strdup("lost");
  printf("%s\\n", d);
  return c == 0;
}
`;

describe('links of calls', () => {
  const { events } = openSession(text).events(0, 1000, ['malloc'], 0, 'en');
  const numberOf = (spelling: string): number =>
    events.find((event) => event.text.startsWith(spelling))?.index ?? -1;
  const at = (spelling: string): EventView => {
    const found = events.find((event) => event.text.startsWith(spelling));
    assert.ok(found, events.map((event) => event.text).join('\n'));
    return found;
  };

  it('join each block with what frees it, through realloc', () => {
    const grown = events.find((event) => event.text.includes(', 4000)'));
    const freed = events.find((event) => event.name === 'free');
    assert.ok(grown !== undefined && freed !== undefined);
    assert.equal(at('malloc(24)').freedBy, grown.index);
    assert.equal(grown.allocatedBy, numberOf('malloc(24)'));
    assert.equal(grown.freedBy, freed.index);
    assert.equal(freed.allocatedBy, grown.index);
    assert.equal(freed.freedBy, undefined);
    assert.equal(events.filter((event) => event.name === 'free')[1]?.allocatedBy, numberOf('calloc(3'));
  });

  it('mark what is never freed, but for what libc frees itself', () => {
    const never = events.filter(({ freedBy }) => freedBy === 'never').map((event) => event.name);
    assert.deepEqual(never, ['realloc', 'malloc']);
    const buffer = events.find((event) => event.text.startsWith('malloc(1024)'));
    assert.equal(buffer?.freedBy, undefined);
  });
});
