/**
 * The arenas of threads as the faces are told of them: structures, chunks, lists, uses and differences.
 */
import assert from 'node:assert/strict';
import { diffMoments, applyChanges, binKey } from '../../../src/session/moment-diff.ts';
import type { Moment } from '../../../src/session/moment-diff.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const text = `#include <pthread.h>
#include <stdlib.h>
struct node { struct node *next; int value; };
static struct node *list;
static char *fromMain;
static void *work(void *x) {
  for (int i = 0; i < 3; i++) {
    struct node *made = malloc(sizeof *made);
    made->next = list; made->value = i; list = made;
  }
  char *big = malloc(2000), *after = malloc(50);
  free(fromMain);
  free(big);
  malloc(60);
  return after;
}
int main(void) {
  pthread_t t;
  fromMain = malloc(40);
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
  return 0;
}
`;

/** Index of the call of malloc that asks for so many bytes. */
function allocation(session: Session, bytes: number): number {
  const { recording } = session;
  for (let index = 0; index < recording.count; index++) {
    const event = recording.eventAt(index);
    if (event.kind === 'malloc' && event.name === 'malloc' && event.args[0] === bytes) return index;
  }
  throw new Error(`no malloc(${String(bytes)})`);
}

function momentOf(session: Session): Moment {
  return { ...session.snapshot('en'), bins: session.allocator('en').bins, globals: session.globals('en') };
}

describe('arenas of threads', () => {
  const session = openSession(text);
  session.seek(allocation(session, 60));

  it('lists the structures and all chunks of the heap', () => {
    const [arena, ...others] = session.snapshot('en').arenas;
    assert.ok(arena !== undefined);
    assert.deepEqual(others, []);
    assert.deepEqual(
      {
        ...arena,
        heaps: arena.heaps.map(({ start, end, openedEnd, reservedEnd }) => [
          start,
          end,
          openedEnd,
          reservedEnd,
        ]),
      },
      {
        number: 2,
        state: '0x7ffff0000030',
        stateBytes: 2200,
        top: '0x7ffff00013e0',
        lastRemainder: '0x7ffff0000c10',
        systemMem: 0x21000,
        threads: [2],
        heaps: [['0x7ffff0000000', '0x7ffff0021000', '0x7ffff0021000', '0x7ffff4000000']],
      },
    );
    const [heap] = arena.heaps;
    assert.deepEqual(
      heap?.chunks.map(({ start, state, requestedBytes, usableBytes }) => [
        start,
        state,
        requestedBytes,
        usableBytes,
      ]),
      [
        ['0x7ffff00008d0', 'internal', undefined, 648],
        ['0x7ffff0000b60', 'in-use', 16, 24],
        ['0x7ffff0000b80', 'in-use', 16, 24],
        ['0x7ffff0000ba0', 'in-use', 16, 24],
        ['0x7ffff0000bc0', 'in-use', 60, 72],
        ['0x7ffff0000c10', 'unsorted', undefined, 1928],
        ['0x7ffff00013a0', 'in-use', 50, 56],
        ['0x7ffff00013e0', 'top', undefined, 0x21000 - 0x13e0 - 8],
      ],
    );
  });

  it('tells of chunks and bands of a range at a resolution', () => {
    const range = { start: 0x7ffff0000000, end: 0x7ffff0021000 };
    const { chunks } = session.mapDetail(range, 16, 'en');
    assert.equal(chunks.length, 8);
    const coarse = session.mapDetail(range, 0x20000, 'en');
    assert.deepEqual(
      coarse.chunkBands.map(({ start, count }) => [start, count]),
      [
        ['0x7ffff0000b60', 3],
        // What the event is about stands by itself.
        ['0x7ffff0000c10', 2],
      ],
    );
  });

  it('lists the bins of arenas and the caches of threads', () => {
    const { bins, arenas } = session.allocator('en');
    assert.deepEqual(
      bins.map(({ family, index, arena, thread, entries }) => [
        family,
        index,
        arena,
        thread,
        entries.map(({ chunk }) => chunk),
      ]),
      [
        // The block of the main arena that the thread freed is in the thread's cache.
        ['tcache', 1, undefined, 2, ['0x555555559290']],
        ['unsorted', 1, 2, undefined, ['0x7ffff0000c10']],
      ],
    );
    assert.deepEqual(
      arenas.map(({ arena, fields }) => [arena, fields[0]?.name, fields[0]?.value]),
      [[2, 'top', 0x7ffff00013e0]],
    );
    const { heap } = session.snapshot('en');
    const cached = heap?.chunks.find(({ start }) => start === '0x555555559290');
    assert.equal(cached?.state, 'tcache');
    assert.equal(cached.stateText, 'free, in tcache bin 1 (48 bytes) of thread 2, number 1 of 1');
  });

  it('counts every byte of the heaps once', () => {
    const { uses, arenaResidentBytes } = session.allocator('en');
    const total = uses.reduce((sum, { bytes }) => sum + bytes, 0);
    const { mm } = session.machine.memory;
    assert.equal(total, mm.brk - mm.startBrk + 0x21000);
    assert.equal(arenaResidentBytes, 2 * 4096);
    assert.equal(uses.find(({ use }) => use === 'requested')?.bytes, 3 * 16 + 60 + 50 + 272);
  });

  it('knows the types of blocks by the pointers that lead to them', () => {
    const { objects } = session.members({ start: 0x7ffff0000000, end: 0x7ffff0021000 }, 1, 'en');
    assert.deepEqual(
      objects.filter(({ kind }) => kind === 'block').map(({ name, type, start }) => [name, type, start]),
      [
        ['list->next->next', 'struct node', '0x7ffff0000b70'],
        ['list->next', 'struct node', '0x7ffff0000b90'],
        ['list', 'struct node', '0x7ffff0000bb0'],
        // The freed block's place went to the last one.
        ['big', 'char[60]', '0x7ffff0000bd0'],
        ['after', 'char[50]', '0x7ffff00013b0'],
      ],
    );
  });

  it('compares moments by chunks and bins', () => {
    const after = momentOf(session);
    session.seek(allocation(session, 50));
    const before = momentOf(session);
    session.seek(allocation(session, 60));
    const { chunks, bins } = diffMoments(before, after);
    assert.deepEqual(
      chunks.added.map(({ start, state }) => [start, state]),
      [['0x7ffff0000c10', 'unsorted']],
    );
    assert.deepEqual(
      chunks.changed.map(({ before: old, after: now }) => [old.start, old.sizeBytes, now.sizeBytes]),
      [
        ['0x555555559290', 48, 48],
        ['0x7ffff0000bc0', 2016, 80],
        ['0x7ffff00013a0', 64, 64],
      ],
    );
    assert.deepEqual(new Set(applyChanges(before.bins, bins, binKey)), new Set(after.bins));
  });
});
