/**
 * The incremental analysis always says what an analysis of the document alone says.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeProgram, defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import type { ProgramAnalysis, UnitAnalysis } from '../../../src/session/analysis.ts';
import { IncrementalAnalysis } from '../../../src/session/incremental-analysis.ts';
import { problemViews } from '../../../src/session/problem-views.ts';
import type { Span } from '../../../src/core/source/text-span.ts';

const casesFolder = join(import.meta.dirname, '../../oracle/segments/cases');

/** Everything that faces show of an analysis, with places in the document. */
function facts(program: ProgramAnalysis): unknown {
  const unit = program.units[0];
  assert.ok(unit !== undefined);
  const at = (span: Span): string => placeText(unit, span);
  const sorted = (lines: string[]): string[] => lines.sort();
  return {
    problems: sorted(problemViews(unit, (text) => JSON.stringify(text)).map((one) => JSON.stringify(one))),
    notes: sorted(
      unit.diagnostics.flatMap((one) =>
        (one.notes ?? []).map((note) => `${one.code} ${note.span === undefined ? '' : at(note.span)}`),
      ),
    ),
    // What headers declare takes no part in edits; how much of it there is, is compared.
    counts: [unit.preprocessed.tokens.length, unit.placements.length, unit.unit.uses.length],
    placements: unit.placements
      .filter(({ of }) => isInDocument(of))
      .map(({ of, ...rest }) => {
        const literal = rest.literal?.kind === 'in-object' ? 'in-object' : rest.literal;
        return JSON.stringify({
          ...rest,
          literal: literal ?? null,
          at: at(of.span),
          address: program.linked.addressOf(of) ?? null,
        });
      }),
    frames: unit.unit.functions.map((fn) => {
      const layout = unit.layouts.get(fn);
      return `${fn.symbol.name} ${[...(layout?.offsets ?? [])].map(([of, offset]) => `${'name' in of ? of.name : ''}${offset}`).join(' ')}`;
    }),
    uses: sorted(
      unit.unit.uses.filter(isInDocument).map(({ span, symbol }) => {
        const name =
          'name' in symbol ? symbol.name : symbol.kind === 'member' ? symbol.member.name : symbol.type.tag;
        const flags =
          symbol.kind === 'object' || symbol.kind === 'function'
            ? `${String(symbol.isReferenced)} ${symbol.kind === 'object' ? String(symbol.isAddressTaken) : ''} ${at(symbol.span)}`
            : '';
        return `${at(span)} ${symbol.kind} ${name ?? ''} ${flags}`;
      }),
    ),
    records: sorted(unit.unit.records.map((one) => `${one.tag ?? ''} ${at(one.span)} ${one.size ?? ''}`)),
    tokens: unit.preprocessed.tokens
      .filter(isInDocument)
      .map((token) => `${token.kind} ${token.text} ${at(token.span)}`),
    literals: sorted(unit.unit.literals.map(({ span, expression }) => `${at(span)} ${expression.kind}`)),
  };
}

function isInDocument({ span }: { readonly span: Span }): boolean {
  return span.file === 0 || span.expandedAt?.file === 0;
}

function placeText(unit: UnitAnalysis, { file, start, end, expandedAt }: Span): string {
  const place =
    file === 0
      ? `${unit.places.toDocument(start)}-${unit.places.toDocument(end)}`
      : `${file}:${start}-${end}`;
  return expandedAt === undefined ? place : `${place} in ${placeText(unit, expandedAt)}`;
}

/** Small numbers from a seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What people type, whole and broken. */
const typed = [
  'x', '1', ' ', '\n', ';', '=', '+ 1', 'int q = 3;', 'return 0;', '"text"', 'static int kept;', 'nowhere', '(2)', '&',
  '// note\n', '/* note */', 'undeclared();', 'struct t { int a; } v;', 'goto end;', '{ int inner; }', '"', '}', '{', '(',
  'typedef int T;', 'sizeof(int)', 'extern int far;', '__LINE__', 'puts("hello\\n");', '#define X 1\n', 'for (;;) ;', '.',
]; // prettier-ignore

function editRandomly(text: string, below: (limit: number) => number): string {
  const at = below(text.length + 1);
  switch (below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(Math.min(text.length, at + 1 + below(4)));
    case 1: {
      const semicolon = text.indexOf(';', at);
      const place = semicolon < 0 ? at : semicolon + 1;
      return `${text.slice(0, place)} ${typed[below(typed.length)] ?? ''} ${text.slice(place)}`;
    }
    default:
      return text.slice(0, at) + (typed[below(typed.length)] ?? '') + text.slice(at);
  }
}

function checkSequence(
  name: string,
  text: string,
  seed: number,
  count: number,
): { bodies: number; edits: number } {
  const below = numbers(seed);
  const incremental = new IncrementalAnalysis();
  let current = text;
  let bodies = 0;
  incremental.update({ name, text: current }, defaultAnalysisOptions);
  for (let edit = 0; edit < count; edit++) {
    // Now and then everything is as it was: a text does not only get worse.
    current = below(5) === 0 ? text : editRandomly(current, below);
    const found = incremental.update({ name, text: current }, defaultAnalysisOptions);
    if (incremental.lastUpdate !== 'body') continue;
    bodies += 1;
    const alone = analyzeProgram([{ name, text: current }], defaultAnalysisOptions);
    assert.deepEqual(facts(found), facts(alone), `seed ${seed}, edit ${edit} of ${name}:\n${current}`);
  }
  return { bodies, edits: count };
}

const program = `int printf(const char *, ...);
int puts(const char *);
void *malloc(unsigned long);
void free(void *);
#define TWICE(x) ((x) * 2)
static int counter;
static int unused(int n);
int table[4] = { 1, 2, 3, 4 };
static int first(int a)
{
    int local = TWICE(a);
    counter += local;
    return local + table[1];
}
#define LATER 3
int second(char *text)
{
    static int calls;
    char buffer[16] = "abc";
    calls++;
    printf("%s %d\\n", text, first(calls));
    return buffer[0];
}
int main(void)
{
    void *p = malloc(LATER);
    second("hello");
    free(p);
    return counter;
}
`;

describe('incremental analysis', () => {
  const updated = (before: string, after: string): string => {
    const incremental = new IncrementalAnalysis();
    incremental.update({ name: 'a.c', text: before }, defaultAnalysisOptions);
    const found = incremental.update({ name: 'a.c', text: after }, defaultAnalysisOptions);
    const alone = analyzeProgram([{ name: 'a.c', text: after }], defaultAnalysisOptions);
    assert.deepEqual(facts(found), facts(alone));
    return incremental.lastUpdate;
  };

  it('reads only the body that an edit is in', () => {
    assert.equal(updated(program, program.replace('counter += local', 'counter += local + 1')), 'body');
    assert.equal(updated(program, program.replace('calls++;', 'calls++;\n    int more = 7;')), 'body');
    assert.equal(updated(program, program.replace('first(calls)', 'first(calls')), 'whole');
  });

  it('reads a body with a mistake in it', () => {
    assert.equal(updated(program, program.replace('free(p);', 'free(p)')), 'body');
    assert.equal(updated(program, program.replace('calls++;', 'calls++ +;')), 'body');
    assert.equal(updated(program, program.replace('return local', 'return lokal')), 'body');
  });

  it('takes back what a body referred to', () => {
    assert.equal(updated(program, program.replace('free(p);', '')), 'body');
    assert.equal(updated(program, program.replace('counter += local;', '')), 'body');
  });

  it('knows the macros and names that come before the body, and no others', () => {
    assert.equal(updated(program, program.replace('local + table[1]', 'local + LATER')), 'body');
    assert.equal(updated(program, program.replace('TWICE(a)', 'TWICE(TWICE(a))')), 'body');
    assert.equal(updated(program, program.replace('counter += local', 'counter += second')), 'body');
  });

  it('knows where a function begins whose first word a macro makes several times', () => {
    const before = '#define I int\n#define HEAD I a; I b; I\nHEAD f(void)\n{\n    return a;\n}\n';
    assert.equal(updated(before, before.replace('return a', 'return a + b')), 'body');
  });

  it('reads everything when an edit reaches beyond its function', () => {
    assert.equal(updated(program, program.replace('int local', '} int local')), 'whole');
    assert.equal(updated(program, program.replace('calls++;', '\n#define MORE 1\ncalls++;')), 'whole');
    assert.equal(updated(program, program.replace('calls++;', 'calls++; extern int other;')), 'whole');
    assert.equal(updated(program, program.replace('calls++;', 'calls += unused(1);')), 'whole');
    assert.equal(updated(program, program.replace('int a)', 'long a)')), 'whole');
  });

  it('equals the analysis of the document alone after any edits', function () {
    this.timeout(20_000);
    let bodies = 0;
    for (let seed = 1; seed <= 6; seed++) bodies += checkSequence('a.c', program, seed, 25).bodies;
    assert.ok(bodies > 15, `${bodies} edits inside a body`);
  });

  it('equals it on programs of every kind', function () {
    this.timeout(20_000);
    let bodies = 0;
    readdirSync(casesFolder)
      .filter((name, index) => name.endsWith('.c') && index % 3 === 0)
      .forEach((name, index) => {
        const text = readFileSync(join(casesFolder, name), 'utf8');
        bodies += checkSequence(name, text, 1000 + index, 4).bodies;
      });
    assert.ok(bodies > 10, `${bodies} edits inside a body`);
  });
});
