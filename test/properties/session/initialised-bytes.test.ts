/**
 * What is said of bytes that nobody stored: none of them ever changes while it is said.
 *
 * Programs of the fixtures run past the watcher; at every third step the variables of all live functions are compared with
 * what they were when the function was entered.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import type { Machine } from '../../../src/core/process/machine.ts';
import { variableAddress } from '../../../src/core/process/machine.ts';
import { InitialisedBytes } from '../../../src/session/initialised-bytes.ts';
import { openSession } from '../../support/open-session.ts';

const folder = new URL('../../fixtures/run/', import.meta.url);
const mostSteps = 3000;
/** Bytes that are looked at of each variable. */
const mostBytes = 256;

interface EnteredVariable {
  readonly name: string;
  readonly base: number;
  readonly addr: number;
  readonly bytes: Uint8Array;
}

interface Claims {
  claims: number;
  readonly wrong: string[];
}

/** Runs a program and holds what is claimed against the memory. */
function claimsOf(file: string): Claims {
  const session = openSession(readFileSync(new URL(file, folder), 'utf8'), { fuel: 300_000 });
  const found = new InitialisedBytes(session.program, 200_000);
  const { watcher } = found;
  const result: Claims = { claims: 0, wrong: [] };
  const entered: EnteredVariable[][] = [];
  let machine: Machine | undefined;
  const peek = (addr: number, size: number): Uint8Array =>
    machine?.memory.peek(addr, size)?.slice() ?? new Uint8Array(size);
  session.watch('checks', 1, {
    ...watcher,
    attach: (one) => {
      machine = one;
      watcher.attach?.(one);
    },
    frame: (index, framePointer) => {
      watcher.frame?.(index, framePointer);
      const position = machine?.program.positions[index];
      const [frame] = machine?.callStack(1) ?? [];
      if (position === undefined || frame === undefined) return;
      while ((entered.at(-1)?.[0]?.base ?? Infinity) <= frame.base) entered.pop();
      if (position.role !== 'entry') return;
      const variables = frame.function.variables.map((variable) => {
        const addr = variableAddress(frame, variable);
        const name = `${frame.function.name}: ${variable.name}`;
        return { name, base: frame.base, addr, bytes: peek(addr, Math.min(variable.size, mostBytes)) };
      });
      if (variables.length > 0) entered.push(variables);
    },
    step: (step) => {
      if (step % 3 === 0) for (const one of entered.flat()) compare(one);
      return step > mostSteps;
    },
  });
  return result;

  function compare({ name, addr, bytes }: EnteredVariable): void {
    const now = peek(addr, bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      if (found.uninitialised(addr + i, 1) === 0) continue;
      result.claims += 1;
      if (now[i] !== bytes[i]) result.wrong.push(`${file} ${name} ${String(i)}`);
    }
  }
}

describe('bytes that nobody stored', function () {
  this.timeout(300_000);

  it('hold what they held when their function was entered', () => {
    let claims = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.c'))) {
      const result = claimsOf(file);
      assert.deepEqual(result.wrong.slice(0, 5), [], file);
      claims += result.claims;
    }
    assert.ok(claims > 1000, `${String(claims)} claims`);
  });
});
