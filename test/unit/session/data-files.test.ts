import assert from 'node:assert/strict';
import { openSession } from '../../support/open-session.ts';

const program = `#include <stdio.h>
int main(void) {
  char line[40] = "";
  FILE *f = fopen("data/words.txt", "r+");
  if (f == NULL) { puts("none"); return 1; }
  fgets(line, sizeof line, f);
  printf("%s", line);
  rewind(f);
  fputs("XXX", f);
  fclose(f);
  f = fopen("data/words.txt", "r");
  fgets(line, sizeof line, f);
  printf("%s", line);
  return 0;
}
`;

describe('files beside the program', () => {
  it('are read by the program, which changes a copy', () => {
    const bytes = new TextEncoder().encode('first\nsecond\n');
    const session = openSession(program, { dataFiles: [{ name: 'data/words.txt', bytes }] });
    session.seek(session.recording.count - 1);
    assert.equal(session.snapshot('en').output, 'first\nXXXst\n');
    assert.deepEqual(session.trap, { kind: 'exit', status: 0 });
    assert.equal(new TextDecoder().decode(bytes), 'first\nsecond\n');
  });

  it('are not there unless they are given', () => {
    const session = openSession(program);
    assert.deepEqual(session.trap, { kind: 'exit', status: 1 });
  });
});
