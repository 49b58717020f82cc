/**
 * The tools for language models, called through VS Code as a chat would.
 */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface LanguageModels {
  readonly tools: readonly { readonly name: string }[];
  invokeTool(
    name: string,
    options: { readonly input: object; readonly toolInvocationToken: undefined },
  ): Promise<{ readonly content: readonly { readonly value: string }[] }>;
}

const source = `#include <stdlib.h>
static int table[1000];
const char *name = "atlas";
int main(void)
{
    char *small = malloc(24);
    char *large = malloc(200000);
    small[0] = (char)table[3];
    free(large);
    return 0;
}
`;

describe('tools for language models', () => {
  const { lm } = vscode as unknown as { readonly lm: LanguageModels };

  async function ask(name: string, input: object): Promise<string> {
    const result = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return result.content.map(({ value }) => value).join('');
  }

  it('are known to VS Code', async () => {
    await vscode.extensions.getExtension('memory-atlas.memory-atlas')?.activate();
    const names = lm.tools.map(({ name }) => name);
    for (const name of ['memory-atlas_where', 'memory-atlas_malloc', 'memory-atlas_run'])
      assert.ok(names.includes(name), names.join());
  });

  it('tell where an object lives', async () => {
    const found = JSON.parse(await ask('memory-atlas_where', { source, name: 'table' })) as {
      readonly objects: readonly Record<string, unknown>[];
    };
    const [table] = found.objects;
    assert.equal(found.objects.length, 1);
    assert.equal(table?.section, '.bss');
    assert.equal(table?.size, 4000);
    assert.match(String(table?.reason), /no bytes in the file/);
    const all = JSON.parse(await ask('memory-atlas_where', { source })) as Record<string, unknown[]>;
    assert.deepEqual(Object.keys(all), ['objects', 'functions', 'strings', 'size']);
  });

  it('tell what malloc returns and why, of all calls or of a line', async () => {
    const all = await ask('memory-atlas_malloc', { source });
    assert.match(all, /^malloc\(24\) = 0x5555555592a0 {2}\[.*:6\]\n {2}- .*32 bytes/);
    assert.match(all, /malloc\(200000\) = 0x7ffff7[0-9a-f]{3}010 /);
    assert.match(all, /mmap threshold/);
    const one = await ask('memory-atlas_malloc', { source, line: 7 });
    assert.match(one, /^malloc\(200000\)/);
    assert.doesNotMatch(one, /malloc\(24\)/);
  });

  it('run a program and sum it up', async () => {
    const text = await ask('memory-atlas_run', { source });
    assert.match(text, /24 bytes in 1 block (?:definitely lost|still reachable)/);
    assert.match(text, /bss/);
  });

  it('say what is wrong with what they are given', async () => {
    await assert.rejects(
      ask('memory-atlas_where', { source, name: 'absent' }),
      /nothing in the program is called absent/,
    );
    await assert.rejects(ask('memory-atlas_run', { source: 'int main(void) { return x; }' }), /cannot run/);
    await assert.rejects(
      ask('memory-atlas_malloc', { source: 'int main(void) { return 0; }' }),
      /never calls malloc/,
    );
    await assert.rejects(ask('memory-atlas_run', { file: '../../etc/passwd' }), /no file/);
    // Models hand over all sorts of things.
    assert.match(await ask('memory-atlas_where', { file: 5, name: ['x'], source: 'int alone;' }), /alone/);
  });
});
