/** The mappings of every known glibc release against those of running programs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Header } from './vm-replay.ts';
import { VmReplay } from './vm-replay.ts';

const recorded = JSON.parse(readFileSync(new URL('maps-by-release.json', import.meta.url), 'utf8')) as Record<
  string,
  Header
>;

describe('libraries of every release', () => {
  for (const [name, header] of Object.entries(recorded)) {
    it(`lie where ${name} has them`, () => {
      const replay = new VmReplay(header);
      assert.deepEqual(replay.headerMaps(), header.maps);
      const libc = replay.lines().find((line) => line.name === 'libc.so.6')!;
      const { mainArena } = replay.memory.profile.libraries.symbols;
      assert.equal(libc.start + mainArena, Number(header.main_arena));
    });
  }
});
