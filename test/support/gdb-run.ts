/**
 * Looks at real processes at the moments that lessons name: compiled by the machine's gcc, address randomisation off,
 * stopped by gdb, which runs a small script of ours in its Python.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A moment, as gdb can find it. */
export type GdbStop =
  | { readonly kind: 'start' }
  /** The line is about to be done for the nth time. */
  | { readonly kind: 'line'; readonly line: number; readonly nth: number }
  /** The program's own nth call of a function has returned. */
  | { readonly kind: 'call'; readonly name: string; readonly nth: number }
  /** A signal is about to end the process, or it has ended. */
  | { readonly kind: 'end' };

/** What is looked at in a stopped process. */
export interface RealState {
  /** Values of the expressions; null where gdb cannot tell. */
  readonly values: readonly (string | null)[];
  readonly smaps: string;
  readonly minorFaults: number;
  /** Of main's start. */
  readonly faultsAtMain: number;
  /** Counts of system calls since main began. */
  readonly calls: Readonly<Record<string, number>>;
}

export interface GdbRun {
  /** Looks at one moment; `$` among the expressions is what the call returned. */
  at(stop: GdbStop, expressions: readonly string[]): RealState;
  /** Signal that ends the process, undefined when it exits; and what it writes to standard error. */
  end(): { readonly signal: string | undefined; readonly errors: string };
  readonly path: string;
  remove(): void;
}

const counted = ['brk', 'mmap', 'munmap', 'madvise', 'mremap'];

const script = `
import gdb, json, sys

request = json.load(open('request.json'))
gdb.execute('set pagination off')
gdb.execute('set confirm off')
gdb.execute('set debuginfod enabled off')
gdb.execute('set startup-with-shell off')
for name in list(request['environment']):
    gdb.execute('unset environment ' + name)
gdb.execute('unset environment LINES')
gdb.execute('unset environment COLUMNS')

def pid():
    return gdb.selected_inferior().pid

def faults():
    return int(open('/proc/%d/stat' % pid()).read().rsplit(')', 1)[1].split()[7])

def own_call(name, nth):
    stop = gdb.Breakpoint(name, internal=True)
    stop.silent = True
    seen = 0
    while True:
        gdb.execute('continue', to_string=True)
        caller = gdb.newest_frame().older()
        where = caller.find_sal().symtab if caller is not None else None
        if where is None or not where.filename.endswith('program.c'):
            continue
        seen += 1
        if seen == nth:
            break
    stop.delete()
    gdb.execute('finish', to_string=True)
    return int(gdb.parse_and_eval('$rax'))

def catch_all():
    numbers = {}
    for name in request['counted']:
        text = gdb.execute('catch syscall ' + name, to_string=True)
        number = int(text.split()[1])
        gdb.execute('commands %d\\nsilent\\nend' % number)
        gdb.execute('ignore %d 1000000' % number, to_string=True)
        numbers[name] = number
    return numbers

def hits(numbers):
    found = {}
    table = gdb.execute('info breakpoints', to_string=True)
    current = None
    names = {number: name for name, number in numbers.items()}
    for line in table.split('\\n'):
        first = line.split()[0] if line.split() else ''
        if first.isdigit():
            current = names.get(int(first))
        if current and 'already hit' in line:
            found[current] = int(line.split('already hit')[1].split()[0]) // 2
    return found

gdb.execute('file ./program')
gdb.execute('tbreak main')
gdb.execute('run', to_string=True)
start = faults()
numbers = catch_all()
stop = request['stop']
returned = None
if stop['kind'] == 'line':
    point = gdb.Breakpoint('program.c:%d' % stop['line'], internal=True)
    point.silent = True
    if stop['nth'] > 1:
        point.ignore_count = stop['nth'] - 1
    gdb.execute('continue', to_string=True)
    point.delete()
elif stop['kind'] == 'call':
    returned = own_call(stop['name'], stop['nth'])
elif stop['kind'] == 'end':
    gdb.execute('continue', to_string=True)

values = []
for text in request['expressions']:
    try:
        if text == '$':
            values.append(str(returned))
        else:
            value = gdb.parse_and_eval(text)
            if value.type.strip_typedefs().code == gdb.TYPE_CODE_FUNC:
                value = value.address
            if value.type.strip_typedefs().code == gdb.TYPE_CODE_ARRAY:
                value = value.address
            values.append(str(int(value)))
    except gdb.error as error:
        values.append(None)
answer = {'values': values, 'calls': hits(numbers), 'minorFaults': faults(), 'faultsAtMain': start,
          'smaps': open('/proc/%d/smaps' % pid()).read()}
json.dump(answer, open('answer.json', 'w'))
gdb.execute('kill')
`;

/** Compiles a C text as gcc does without options, but with what gdb needs. */
export function gdbRun(text: string, name: string): GdbRun {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-gdb-'));
  writeFileSync(join(folder, 'program.c'), text);
  execFileSync('gcc', ['-w', '-g3', '-o', 'program', 'program.c'], { cwd: folder });
  writeFileSync(join(folder, 'look.py'), script);
  const look = (stop: GdbStop, expressions: readonly string[]): RealState => {
    const request = { stop, expressions, counted, environment: Object.keys(process.env) };
    writeFileSync(join(folder, 'request.json'), JSON.stringify(request));
    rmSync(join(folder, 'answer.json'), { force: true });
    const { stdout, stderr } = spawnSync('gdb', ['-q', '-nx', '-batch', '-x', 'look.py'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    try {
      return JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8')) as RealState;
    } catch (error) {
      throw new Error(`gdb says nothing about ${name} at ${JSON.stringify(stop)}:\n${stdout}${stderr}`, {
        cause: error,
      });
    }
  };
  return {
    path: join(folder, 'program'),
    at: look,
    end: () => {
      const { signal, stderr } = spawnSync('setarch', ['-R', './program'], { cwd: folder, encoding: 'utf8' });
      return { signal: signal ?? undefined, errors: stderr };
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
