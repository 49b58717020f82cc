/**
 * The machine's gcc, for tests that compare with the real thing.
 */
import { execFileSync } from 'node:child_process';

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
