/** What the bytes of stack frames are for. The layouts are those of gcc 12 -O0 for this program. */
import assert from 'node:assert/strict';
import { openSession } from '../../support/open-session.ts';
import type { FrameView } from '../../../src/protocol/view-model.ts';

const program = `#include <stdio.h>
#include <string.h>
struct p { char c; int n; };
static int *shared;
static int leaf(int a, char *t) {
  struct p q; q.n = a; char buf[20]; strcpy(buf, t); printf("%d", q.n); return q.n + (int) strlen(buf);
}
int main(void) { int x = 5; shared = &x; { int gone = 3; x += gone; } return leaf(x, "abc"); }
`;

function framesOf(settings: Parameters<typeof openSession>[1]): readonly FrameView[] {
  const session = openSession(program, settings);
  session.seek(session.recording.nextOfKind(0, 'malloc', 1) ?? 0);
  session.findInitialised();
  return session.snapshot('en').frames;
}

/** Parts and variables of a frame from its lowest byte on, by their distance from the saved frame pointer. */
function bytesOf({ base, variables, parts }: FrameView): string {
  return [...variables.map((one) => ({ ...one, kind: '' })), ...parts]
    .map(({ start, sizeBytes, name, kind }) => ({
      at: Number(start) - Number(base),
      sizeBytes,
      text: name || kind,
    }))
    .sort((a, b) => a.at - b.at)
    .map(({ at, sizeBytes, text }) => `${String(at)} ${text} ${String(sizeBytes)}`)
    .join(', ');
}

describe('the parts of stack frames', () => {
  it('are all bytes of a frame, each once', () => {
    const [leaf, main] = framesOf({});
    assert.ok(leaf !== undefined && main !== undefined);
    assert.equal(
      bytesOf(leaf),
      '-64 t 8, -56 padding 4, -52 a 4, -48 buf 20, -28 padding 4, -24 q 8, -16 padding 8, -8 saved-register 8, ' +
        '0 saved-base 8, 8 return-address 8',
    );
    assert.equal(bytesOf(main), '-16 padding 8, -8 x 4, -4 gone 4, 0 saved-base 8, 8 return-address 8');
    assert.equal(leaf.returnsTo, 'main, program.c:8');
    assert.equal(main.returnsTo, undefined);
  });

  it('say which bytes of variables nobody stored to', () => {
    const [leaf] = framesOf({});
    const distances = leaf?.unstored.map(({ start, end }) =>
      [start, end].map((address) => Number(address) - Number(leaf.base)),
    );
    // The character of q and its padding; buf behind "abc" and its NUL.
    assert.deepEqual(distances, [
      [-24, -20],
      [-44, -28],
    ]);
  });

  it('are told on i386 as well', () => {
    const [leaf] = framesOf({ target: 'i386' });
    assert.ok(leaf !== undefined);
    assert.match(
      bytesOf(leaf),
      /-36 buf 20, -16 q 8, -8 saved-register 4, -4 saved-register 4, 0 saved-base 4, 4 return-address 4/,
    );
  });
});
