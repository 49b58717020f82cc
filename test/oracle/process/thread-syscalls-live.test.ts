/**
 * System calls of programs with threads beside strace's: those about memory and clone3, thread by thread in the order in which
 * the threads were made.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Session } from '../../../src/session/session.ts';
import { hasGcc } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';
import { hasStrace } from '../../support/real-syscalls.ts';

const folder = new URL('../../fixtures/threads/', import.meta.url);

/** Programs whose threads live one after the other, or wait for each other, so that nothing depends on the processors. */
const programs = ['addresses', 'stack-cache', 'own-stack', 'thread-local', 'keys', 'exit-deep'];

const told = ['mmap', 'mprotect', 'munmap', 'madvise', 'clone3', 'brk'];

/** strace's log after ld.so has unmapped its cache: name, first argument or result of those that tell an address. */
function realCalls(log: string): readonly (readonly string[])[] {
  const threads = new Map<string, string[]>();
  const unfinished = new Map<string, string>();
  let isMain = false;
  for (const line of log.split('\n')) {
    const [, tid = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (!isMain) {
      isMain = /^munmap\(.*= 0$/.test(rest);
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    if (rest.endsWith('<unfinished ...>')) {
      unfinished.set(tid, rest.slice(0, -'<unfinished ...>'.length));
      continue;
    }
    const whole = resumed === null ? rest : `${unfinished.get(tid) ?? ''}${resumed[1] ?? ''}`;
    const [, name = '', args = '', result = ''] = /^(\w+)\((.*)\)? += (\S+)/.exec(whole) ?? [];
    if (!told.includes(name)) continue;
    const numbers = args.split(/, ?/).slice(0, 2);
    const calls = threads.get(tid) ?? [];
    threads.set(tid, calls);
    if (name === 'clone3') calls.push('clone3');
    else if (name === 'brk') calls.push(`brk ${result}`);
    else if (name === 'mmap') calls.push(`mmap ${String(Number(numbers[1]))} = ${result}`);
    else calls.push(`${name} ${numbers[0] ?? ''} ${String(Number.parseInt(numbers[1] ?? '', 10))}`);
  }
  return [...threads].sort(([a], [b]) => Number(a) - Number(b)).map(([, calls]) => calls);
}

function simulatedCalls({ recording }: Session): readonly (readonly string[])[] {
  const threads = new Map<number, string[]>();
  const hex = (value = 0): string => `0x${value.toString(16)}`;
  for (let index = 0; index < recording.count; index++) {
    const event = recording.eventAt(index);
    if (event.kind !== 'syscall' || !told.includes(event.name)) continue;
    const thread = recording.threadAt(index);
    const calls = threads.get(thread) ?? [];
    threads.set(thread, calls);
    const [first, second] = event.args;
    if (event.name === 'clone3') calls.push('clone3');
    else if (event.name === 'brk') calls.push(`brk ${hex(event.result)}`);
    else if (event.name === 'mmap') calls.push(`mmap ${String(second)} = ${hex(event.result)}`);
    else calls.push(`${event.name} ${hex(first)} ${String(second)}`);
  }
  return [...threads].sort(([a], [b]) => a - b).map(([, calls]) => calls);
}

describe('system calls of threads beside the real ones', () => {
  before(function () {
    if (!hasGcc('programs with threads') || !hasStrace('programs with threads')) this.skip();
  });

  for (const name of programs) {
    it(name, function () {
      this.timeout(30_000);
      const text = readFileSync(new URL(`${name}.c`, folder), 'utf8');
      const { path, remove } = compileReal(text, ['-pthread']);
      try {
        const log = join(dirname(path), 'log');
        const options = ['-R', 'strace', '-f', '-o', log, 'env', '-i', './program'];
        try {
          execFileSync('setarch', options, { cwd: dirname(path), stdio: ['ignore', 'pipe', 'inherit'] });
        } catch {
          // Its status is not 0.
        }
        const session = openSession(text, { stdoutKind: 'pipe', ldCacheBytes: libraryCacheBytes() });
        const real = readFileSync(log, 'latin1');
        const ofProgram = real.slice(real.lastIndexOf('execve('));
        assert.deepEqual(simulatedCalls(session), realCalls(ofProgram));
      } finally {
        remove();
      }
    });
  }
});
