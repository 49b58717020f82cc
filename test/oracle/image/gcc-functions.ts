/** What the local gcc makes of a file: slots of variables in stack frames and sizes of functions. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a variable is: bytes from the canonical frame address, the stack pointer or the frame pointer. */
export interface CompiledSlot {
  readonly from: 'frame-address' | 'stack-pointer' | 'frame-pointer';
  readonly offset: number;
}

/** A function in the debug information. */
export interface CompiledFunction {
  readonly name: string;
  readonly size: number;
  /** What `-fstack-usage` tells, in bytes. */
  readonly stackUsage: number;
  /** By `NAME@LINE`. */
  readonly slots: ReadonlyMap<string, CompiledSlot>;
}

/** First line of `gcc --version`; undefined when there is no gcc. */
export function gccVersion(): string | undefined {
  const ran = spawnSync('gcc', ['--version'], { encoding: 'utf8' });
  return ran.status === 0 ? ran.stdout.split('\n')[0] : undefined;
}

/** Compiles a text and reads the debug information. */
export function compileWithGcc(text: string, flags: readonly string[]): readonly CompiledFunction[] {
  const folder = mkdtempSync(join(tmpdir(), 'frames-'));
  try {
    const source = join(folder, 'a.c');
    const object = join(folder, 'a.o');
    writeFileSync(source, text);
    execFileSync('gcc', ['-O0', '-g', '-w', '-fstack-usage', ...flags, '-c', source, '-o', object]);
    const dump = execFileSync('readelf', ['--debug-dump=info', '--wide', object], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return readDump(dump, readUsage(readFileSync(join(folder, 'a.su'), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bytes by function, from lines like `a.c:3:5:f\t48\tstatic`. */
function readUsage(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split('\n').map((line) => {
      const [place = '', bytes] = line.split('\t');
      return [place.slice(place.lastIndexOf(':') + 1), Number(bytes)];
    }),
  );
}

function readDump(dump: string, usage: ReadonlyMap<string, number>): readonly CompiledFunction[] {
  const functions: { name: string; size: number; stackUsage: number; slots: Map<string, CompiledSlot> }[] =
    [];
  let tag = '';
  let fields = new Map<string, string>();
  const finish = (): void => {
    if (tag === 'DW_TAG_subprogram' && fields.get('DW_AT_high_pc') !== undefined) {
      functions.push({
        name: fields.get('DW_AT_name') ?? '',
        size: Number(fields.get('DW_AT_high_pc')),
        stackUsage: usage.get(fields.get('DW_AT_name') ?? '') ?? 0,
        slots: new Map(),
      });
    }
    if (tag !== 'DW_TAG_variable' && tag !== 'DW_TAG_formal_parameter') return;
    const location = /\(DW_OP_(fbreg|breg\d \([re][sb]p\)): (-?\d+)\)/.exec(
      fields.get('DW_AT_location') ?? '',
    );
    if (location === null) return;
    const base = location[1] ?? '';
    const from = base === 'fbreg' ? 'frame-address' : base.includes('sp') ? 'stack-pointer' : 'frame-pointer';
    functions.at(-1)?.slots.set(`${fields.get('DW_AT_name') ?? ''}@${fields.get('DW_AT_decl_line') ?? ''}`, {
      from,
      offset: Number(location[2]),
    });
  };
  for (const line of dump.split('\n')) {
    const head = /<[0-9a-f]+><[0-9a-f]+>: Abbrev Number: \d+(?: \((\w+)\))?/.exec(line);
    if (head !== null) {
      finish();
      tag = head[1] ?? '';
      fields = new Map();
      continue;
    }
    const field = /<[0-9a-f]+>\s+(DW_AT_\w+)\s*: (?:\(\w+\) )?(.*)$/.exec(line);
    const name = field?.[1];
    if (name !== undefined) {
      fields.set(name, (field?.[2] ?? '').replace(/^\((?:indirect|offset).*?\): /, '').trim());
    }
  }
  finish();
  return functions;
}
