/**
 * The machine's gcc, for tests that compare with the real thing.
 */
import { execFileSync, spawnSync } from 'node:child_process';

let known: string | undefined | null = null;

/** Version line of gcc, `undefined` where there is none or it is not for x86-64 Linux. */
function gccVersion(): string | undefined {
  if (known !== null) return known;
  try {
    const target = execFileSync('gcc', ['-dumpmachine'], { encoding: 'utf8' });
    known = target.startsWith('x86_64-linux')
      ? execFileSync('gcc', ['-dumpversion'], { encoding: 'utf8' }).trim()
      : undefined;
  } catch {
    known = undefined;
  }
  return known;
}

/** Whether there is a gcc to compare with; says loudly when there is none. */
export function hasGcc(what: string): boolean {
  if (gccVersion() !== undefined) return true;
  console.warn(`NOT RUN: ${what}: there is no gcc for x86-64 Linux on this machine`);
  return false;
}

let known32: boolean | undefined;

/** Whether gcc makes 32-bit programs here; says loudly when it does not. */
export function hasGcc32(what: string): boolean {
  if (!hasGcc(what)) return false;
  known32 ??=
    spawnSync('gcc', ['-m32', '-xc', '-', '-o', '/dev/null'], { input: 'int main(void){return 0;}' })
      .status === 0;
  if (!known32) console.warn(`NOT RUN: ${what}: gcc -m32 cannot link on this machine`);
  return known32;
}
