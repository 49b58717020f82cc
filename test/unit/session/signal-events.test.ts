import assert from 'node:assert/strict';
import { openSession } from '../../support/open-session.ts';
import type { EventView } from '../../../src/protocol/view-model.ts';
import type { Session } from '../../../src/session/session.ts';
import type { Language } from '../../../src/protocol/messages.ts';

const program = `#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/mman.h>
static char *page;
static int seen;
static void count(int s) { seen += s; }
static void mend(int s, siginfo_t *i, void *c) { mprotect(page, 4096, PROT_READ | PROT_WRITE); }
int main(void) {
  struct sigaction action = { .sa_sigaction = mend, .sa_flags = SA_SIGINFO | SA_ONSTACK };
  stack_t stack = { .ss_sp = malloc(16384), .ss_size = 16384 };
  sigaltstack(&stack, 0);
  page = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  signal(SIGUSR1, count);
  signal(SIGUSR2, SIG_IGN);
  signal(SIGALRM, count);
  sigaction(SIGSEGV, &action, 0);
  raise(SIGUSR1);
  raise(SIGUSR2);
  page[8] = 1;
  alarm(1);
  pause();
  return seen;
}
`;

const signalsOf = (session: Session, language: Language = 'en'): readonly EventView[] =>
  Array.from(session.recording.indicesOfKinds(['signal']), (index) => {
    session.seek(index);
    const { event } = session.snapshot(language);
    assert.ok(event !== undefined);
    return event;
  });

describe('signals that the program handles', () => {
  const session = openSession(program);

  it('are events: name, handler, refused address; ignored ones are none', () => {
    const { program: compiled, loaded } = session.machine;
    const handler = (name: string): string => {
      const found = compiled.functions.find((fn) => fn.name === name);
      return `0x${(loaded.loadBias + (found?.addr ?? 0)).toString(16)}`;
    };
    assert.deepEqual(
      signalsOf(session).map(({ name, text, place }) => [name, text, place?.line]),
      [
        ['SIGUSR1', `SIGUSR1: handler ${handler('count')}`, 18],
        ['SIGSEGV', `SIGSEGV at 0x7ffff7fbf008: handler ${handler('mend')} (alternate stack)`, 20],
        ['SIGALRM', `SIGALRM: handler ${handler('count')}`, 22],
      ],
    );
    assert.deepEqual(session.trap, { kind: 'exit', status: 24 });
  });

  it('say where they come from and where the handler begins, in both languages', () => {
    const [sent, access, timer] = signalsOf(session).map(({ detail }) => detail);
    assert.match(
      sent ?? '',
      /^SIGUSR1 was sent by tgkill; its handler runs\n.* on the stack of the program;/,
    );
    assert.match(
      access ?? '',
      /^the access to 0x7ffff7fbf008 is refused .*\n.*the stack that sigaltstack gave;/,
    );
    assert.match(timer ?? '', /^the kernel raises SIGALRM by itself/);
    assert.match(signalsOf(session, 'zh-cn')[1]?.detail ?? '', /^对 0x7ffff7fbf008 的访问被拒绝/);
  });

  it('are stepped to, and found by name and by address', () => {
    session.seek(0);
    const first = session.indexAfter('signal', 1);
    assert.equal(session.recording.kindAt(first), 'signal');
    session.seek(first);
    assert.equal(session.indexAfter('signal', -1), first);
    for (const query of ['SIGSEGV', '0x7ffff7fbf008']) {
      const { events } = session.events(0, 100, ['signal'], 0, 'en', query);
      assert.deepEqual(
        events.map(({ name }) => name),
        ['SIGSEGV'],
        query,
      );
    }
  });
});
