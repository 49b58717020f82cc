/**
 * Static objects under -O2: which vanish, which become constants. The expected sections are those of gcc 12.2 -O2.
 */
import assert from 'node:assert/strict';
import { analyzeUnit, defaultAnalysisOptions } from '../../../../../src/session/analysis.ts';

/** `name section`, `name -` for what has none, of the static objects. */
function sections(text: string): string {
  const compile = { ...defaultAnalysisOptions.compile, optimize: 2 as const };
  const unit = analyzeUnit({ name: 'main.c', text }, { ...defaultAnalysisOptions, compile });
  return unit.placements
    .filter(
      ({ kind, storage }) => kind === 'variable' && storage !== 'automatic' && storage !== 'declared-only',
    )
    .map(({ name, objectSection }) => `${name} ${objectSection ?? '-'}`)
    .join(', ');
}

describe('static objects with optimisation', () => {
  it('vanish when their values are known wherever they are read', () => {
    const text = `static int flag = 3; static struct { int a, b; } cfg = {1, 2}; static int part[4] = {5, 6, 7, 8};
      static const char *msg = "hello"; static double dd = 2.5; static int zeros[8];
      int f(int i) { static const int u = 5; return flag + cfg.b + part[2] + msg[0] + (int)dd + u + zeros[i]; }`;
    assert.equal(sections(text), 'flag -, cfg -, part -, msg -, dd -, zeros -, u -');
  });

  it('vanish when nothing reads them', () => {
    const text = `static int last; static int log_[3] = {1}; static _Thread_local char c;
      void f(int x) { static char b[10]; last = x; log_[x] = x; b[1] = 2; c = 1; }`;
    assert.equal(sections(text), 'last -, log_ -, c -, b -');
  });

  it('are constants when nothing writes them', () => {
    const text = `static int tab[4] = {1, 2, 3, 4}; static const char *names[] = {"a", "b"};
      int f(int i) { static int w[3] = {1, 2, 3}; return tab[i] + names[i][0] + w[i]; }`;
    assert.equal(sections(text), 'tab .rodata, names .data.rel.ro.local, w .rodata');
  });

  it('stay when they are written and read, named elsewhere, volatile or in a section of their own', () => {
    const text = `static int count; static int seen; int *p = &seen; static volatile int v = 3; static char text[] = "t";
      int g(char *); static int own __attribute__((section("mine"))) = 4; static void *self = &self;
      int f(int x) { count += x; return count + seen + v + g(text) + own + (self != 0); }`;
    assert.equal(
      sections(text),
      'count .bss, seen .bss, p .data.rel.local, v .data, text .data, own mine, self .data.rel.local',
    );
  });
});
