/** Flags of the JavaScript engine that the command sets for its own process. */
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';

/** The first version of V8 that reads branch hints without being asked (Chrome 137). */
const firstWithHints = [13, 7] as const;

/**
 * Lets the engine follow the branch hints of generated code: what a miss of the translation table runs stands out of the
 * way then. Call it before a module is compiled. Only for processes of our own: the flag is that of the whole process.
 */
export function followBranchHints(): void {
  const [major = 0, minor = 0] = process.versions.v8.split('.').map(Number);
  const [firstMajor, firstMinor] = firstWithHints;
  if (major > firstMajor || (major === firstMajor && minor >= firstMinor)) return;
  setFlagsFromString('--experimental-wasm-branch-hinting');
}
