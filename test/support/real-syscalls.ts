/**
 * The system calls of a program from main() on: of the real process through strace, and of ours from its recording,
 * both as lines that can be compared.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../src/session/session.ts';

export interface RealTrace {
  readonly stdout: string;
  readonly stderr: string;
  /** As a shell has it: 128 + number for a signal. */
  readonly status: number;
  readonly lines: readonly string[];
}

/** Whether strace and script are there and may trace; says loudly when not. */
export function hasStrace(what: string): boolean {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
    execFileSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(`NOT RUN: ${what}: strace or script cannot be used on this machine`);
    return false;
  }
}

/** Runs a compiled program under strace, standard input a pipe, address randomisation off. */
export function traceReal(path: string, stdout: 'terminal' | 'pipe', stdin: string): RealTrace {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-strace-'));
  try {
    const log = join(folder, 'log');
    const input = join(folder, 'input');
    const errors = join(folder, 'errors');
    const status = join(folder, 'status');
    writeFileSync(input, stdin, 'latin1');
    // On a terminal standard error goes there too: a copy of it can be read as well as written.
    const redirect = stdout === 'terminal' ? '' : `2>${errors}`;
    writeFileSync(errors, '');
    const inner = `cat ${input} | (strace -o ${log} -s 65536 -xx setarch -R ${path} ${redirect}; echo $? >${status})`;
    const { stdout: output } =
      stdout === 'terminal'
        ? spawnSync('script', ['-qec', inner, '/dev/null'], { encoding: 'latin1' })
        : spawnSync('sh', ['-c', `(${inner}) | cat`], { encoding: 'latin1' });
    return {
      stdout: stdout === 'terminal' ? output.replaceAll('\r\n', '\n') : output,
      stderr: readFileSync(errors, 'latin1'),
      status: Number(readFileSync(status, 'latin1')),
      lines: realLines(readFileSync(log, 'latin1')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines of strace's log after the dynamic loader is done: it ends by unmapping its library cache. */
function realLines(log: string): string[] {
  const lines = log.split('\n');
  const start = lines.reduce((last, line, i) => (line.startsWith('execve(') ? i : last), 0);
  const loaded = lines.findIndex((line, i) => i > start && line.startsWith('munmap('));
  return lines
    .slice(loaded + 1)
    .filter((line) => /^\w+\(/.test(line))
    .map(plainLine);
}

const unescape = (text: string): string =>
  text.replaceAll(/\\x([0-9a-f]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));

/** One line of strace without what is not the program's: structures, addresses of buffers, kernel's words. */
function plainLine(line: string): string {
  const match = /^(\w+)\((.*)\)\s+= (\S+)/.exec(line);
  if (match === null) return line;
  const [, name = '', args = '', result = ''] = match;
  const value = result.startsWith('-1') ? `-1 ${/= -1 (\w+)/.exec(line)?.[1] ?? ''}` : result;
  const first = args.split(', ')[0] ?? '';
  switch (name) {
    case 'write':
    case 'read': {
      // What a failed call was given nobody has seen.
      // Nor do we record what goes to files.
      const text = value.startsWith('-1') || Number(first) > 2 ? '' : (/"(.*)"/.exec(args)?.[1] ?? '');
      return `${name}(${first}, ${JSON.stringify(unescape(text))}) = ${value}`;
    }
    case 'brk':
      return `brk(${first === 'NULL' ? '0x0' : first}) = ${value}`;
    case 'munmap':
      return `munmap(${args}) = ${value}`;
    case 'mmap':
    case 'mmap2':
      return `${name}(${first === 'NULL' ? '0x0' : first}, ${args.split(', ')[1] ?? ''}) = ${value}`;
    case 'newfstatat':
    case 'fstat':
      return `newfstatat(${first}) = ${value}`;
    case 'exit_group':
      return `exit_group(${args})`;
    case 'lseek':
      return `lseek(${args.replace('SEEK_CUR', '1')}) = ${value}`;
    case 'getpid':
    case 'getppid':
    case 'gettid':
    case 'tgkill':
      return name;
    default:
      return `${name} = ${name === 'fcntl' ? '' : value}`;
  }
}

const errorNames = new Map([
  [2, 'ENOENT'],
  [4, 'EINTR'],
  [9, 'EBADF'],
  [12, 'ENOMEM'],
  [22, 'EINVAL'],
  [25, 'ENOTTY'],
  [29, 'ESPIPE'],
]);

/** The system calls of a recorded run in the same form. */
export function simulatedLines(session: Session): string[] {
  const { recording } = session;
  const lines: string[] = [];
  let written: Uint8Array = new Uint8Array();
  let inputAt = 0;
  const input = Buffer.from(session.inputs.stdin, 'utf8').toString('latin1');
  const hex = (value: number): string => `0x${value.toString(16)}`;
  for (let i = 0; i < recording.count; i++) {
    const event = recording.eventAt(i);
    if (event.kind === 'output') written = event.bytes;
    if (event.kind !== 'syscall') continue;
    const { name, args, result } = event;
    const [first = 0, second = 0] = args;
    const value = result < 0 ? `-1 ${errorNames.get(-result) ?? String(-result)}` : String(result);
    switch (name) {
      case 'write':
        if (result < 0 || first > 2) written = new Uint8Array();
        lines.push(`write(${first}, ${JSON.stringify(Buffer.from(written).toString('latin1'))}) = ${value}`);
        break;
      case 'read':
        lines.push(
          `read(${first}, ${JSON.stringify(input.slice(inputAt, inputAt + Math.max(0, result)))}) = ${value}`,
        );
        inputAt += Math.max(0, result);
        break;
      case 'brk':
        lines.push(`brk(${hex(first)}) = ${hex(result)}`);
        break;
      case 'mremap':
        lines.push(`mremap = ${result < 0 ? value : hex(result)}`);
        break;
      case 'munmap':
        lines.push(`munmap(${hex(first)}, ${second}) = ${value}`);
        break;
      case 'mmap':
      case 'mmap2':
        lines.push(`${name}(${hex(first)}, ${second}) = ${hex(result)}`);
        break;
      case 'newfstatat':
        lines.push(`newfstatat(${first}) = ${value}`);
        break;
      case 'exit_group':
        lines.push(`exit_group(${first})`);
        break;
      case 'lseek':
        lines.push(`lseek(${args.join(', ')}) = ${value}`);
        break;
      case 'getpid':
      case 'getppid':
      case 'gettid':
      case 'tgkill':
        lines.push(name);
        break;
      default:
        lines.push(`${name} = ${name === 'fcntl' ? '' : value}`);
    }
  }
  return lines;
}
