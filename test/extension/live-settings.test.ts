/**
 * Settings that a run depends on, changed while a program is open: what the program prints then tells whether they were
 * applied.
 */
import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import { atlas, openText, run, until } from './window.ts';

const program = `#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
int initialised = 1;
int main(int argc, char **argv)
{
    struct rlimit stack;
    char word[8] = "-", line[200];
    getrlimit(RLIMIT_STACK, &stack);
    if (read(0, word, 1) < 1)
        word[0] = '-';
    int length = snprintf(line, sizeof line, "args %d word %c colour %s stack %lu main %p size %zu\\n", argc, word[0],
                          getenv("COLOUR") ? getenv("COLOUR") : "-", (unsigned long)stack.rlim_cur / 1024,
                          (void *)&initialised, sizeof(long));
    // Without a buffer from malloc.
    write(1, line, length);
    for (int k = 0; k < 200; k++)
        free(malloc(10));
    for (volatile int k = 0; k < 20000; k++)
        ;
    return 0;
}
`;

interface Case {
  readonly setting: string;
  readonly value: unknown;
  /** In the output, or in how the run ends. */
  readonly shows: RegExp;
}

const cases: readonly Case[] = [
  { setting: 'run.args', value: ['a', 'b'], shows: /args 3 / },
  { setting: 'run.stdin', value: 'yes\n', shows: /word y / },
  { setting: 'run.environment', value: ['COLOUR=red'], shows: /colour red / },
  { setting: 'machine.stackLimitKiB', value: 4096, shows: /stack 4096 / },
  { setting: 'randomize.enabled', value: true, shows: /main 0x5(?!555555)/ },
  { setting: 'target', value: 'i386', shows: /size 4$/m },
  { setting: 'compile.link', value: 'no-pie', shows: /main 0x40/ },
  { setting: 'compile.code', value: 'no-pie', shows: /main 0x40/ },
  { setting: 'limits.events', value: 100, shows: /100 events/ },
  { setting: 'limits.steps', value: 10_000, shows: /10,?000/ },
];

describe('settings that change while a program is open', () => {
  const settings = () => workspace.getConfiguration('memoryAtlas');

  before(async () => {
    await openText(program);
    await run();
  });

  after(async () => {
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** What the program has printed before its first call of malloc, where a run stands, and how it ends. */
  async function told(): Promise<string> {
    const { snapshot } = (await atlas()).currentRun() ?? {};
    return `${snapshot?.outcome.text ?? ''}\n${snapshot?.output ?? ''}`;
  }

  for (const { setting, value, shows } of cases) {
    it(`apply ${setting}`, async () => {
      assert.doesNotMatch(await told(), shows);
      await settings().update(setting, value, ConfigurationTarget.Global);
      try {
        await until(`a run with ${setting}`, async () => (shows.test(await told()) ? true : undefined));
      } finally {
        await settings().update(setting, undefined, ConfigurationTarget.Global);
      }
      await until(`a run without ${setting}`, async () => (shows.test(await told()) ? undefined : true));
    });
  }
});
