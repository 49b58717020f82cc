import assert from 'node:assert/strict';
import { analyzeUnit, defaultAnalysisOptions, hostOf } from '../../../src/session/analysis.ts';
import { collectHeaders } from '../../../src/session/own-headers.ts';

/** Names of the headers that are read along with main.c, and what is reported when it is analysed with them. */
async function found(
  disk: Readonly<Record<string, string>>,
): Promise<{ names: string[]; reported: string[] }> {
  const source = { name: 'main.c', text: disk['main.c'] ?? '' };
  const headers = await collectHeaders(source, (path) =>
    Promise.resolve(disk[path.replace(/[^/.]+\/\.\.\//g, '')]),
  );
  const { diagnostics } = analyzeUnit(source, { ...defaultAnalysisOptions, host: hostOf(headers) });
  return { names: headers.map(({ name }) => name), reported: diagnostics.map(({ code }) => code) };
}

describe('the headers of a program', () => {
  it('are looked up in the folder of the file that includes them', async () => {
    const disk = {
      'main.c': '#include "lib/a.h"\nint x = A + B + C;\n',
      'lib/a.h': '#define A 1\n#include "b.h"\n#include "../c.h"\n',
      'lib/b.h': '#define B 2\n',
      'b.h': '#error not this one\n',
      'c.h': '#define C 3\n',
    };
    assert.deepEqual(await found(disk), { names: ['lib/a.h', 'lib/b.h', 'lib/../c.h'], reported: [] });
  });

  it('are looked up beside the first file next', async () => {
    const disk = {
      'main.c': '#include "lib/a.h"\nint x = B;\n',
      'lib/a.h': '#include "b.h"\n',
      'b.h': '#define B 2\n',
    };
    assert.deepEqual(await found(disk), { names: ['lib/a.h', 'b.h'], reported: [] });
  });

  it('may be named by a macro, wherever that is defined', async () => {
    const disk = {
      'main.c': '#include "config.h"\n#include ALLOCATOR\nint x = ALLOCATED;\n',
      'config.h': '# define ALLOCATOR "alloc.h"\n#define TITLE "no.h"\n',
      'alloc.h': '#define ALLOCATED 4\n',
      'no.h': '',
    };
    assert.deepEqual(await found(disk), { names: ['config.h', 'alloc.h'], reported: [] });
  });

  it('end where they include each other', async () => {
    const disk = {
      'main.c': '#include "a.h"\nint x = A;\n',
      'a.h': '#pragma once\n#define A 1\n#include "d/b.h"\n',
      'd/b.h': '#pragma once\n#include "../a.h"\n',
    };
    assert.deepEqual(await found(disk), { names: ['a.h', 'd/b.h'], reported: [] });
  });

  it('of another file of the program lie beside that file', async () => {
    const disk: Readonly<Record<string, string>> = { 'lib/two.h': '#define TWO 2\n' };
    const two = { name: 'lib/two.c', text: '#include "two.h"\nint two = TWO;\n' };
    const headers = await collectHeaders(two, (path) => Promise.resolve(disk[path]));
    assert.deepEqual(
      headers.map(({ name }) => name),
      ['lib/two.h'],
    );
    const { diagnostics } = analyzeUnit(two, { ...defaultAnalysisOptions, host: hostOf(headers) });
    assert.deepEqual(diagnostics, []);
  });

  it('do not hide those of the system that angle brackets name', () => {
    const own = { name: 'string.h', text: '#define mine 1\n' };
    const options = { ...defaultAnalysisOptions, host: hostOf([own]) };
    const reported = (text: string): string[] =>
      analyzeUnit({ name: 'main.c', text }, options).diagnostics.map(({ code }) => code);
    assert.deepEqual(reported('#include <string.h>\nunsigned long f(void) { return strlen("a"); }\n'), []);
    assert.deepEqual(reported('#include "string.h"\nint x = mine;\n'), []);
  });
});
