/**
 * Compares the machine code of C files with the local gcc's, instruction by instruction.
 *
 *     npx tsx test/oracle/image/code-size-compare.ts FILE... [--list] [--function NAME]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codeOfFunction } from '../../../src/core/image/code/function-code.ts';
import { layoutFrames } from '../../../src/core/image/frame.ts';
import { analyze } from '../../../src/core/sema/analyzer.ts';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import { parse } from '../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../src/core/target/data-model.ts';

interface Instruction {
  readonly bytes: number;
  readonly text: string;
}

/** Instructions of every function of a file as the local gcc -O0 makes them; undefined when it rejects the file. */
function compiled(file: string): ReadonlyMap<string, readonly Instruction[]> | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'code-'));
  try {
    const object = join(folder, 'a.o');
    if (spawnSync('gcc', ['-O0', '-w', '-c', file, '-o', object]).status !== 0) return undefined;
    const dump = execFileSync('objdump', ['-d', '-M', 'intel', '--insn-width=16', object], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const functions = new Map<string, Instruction[]>();
    let current: Instruction[] = [];
    for (const line of dump.split('\n')) {
      const head = /^[0-9a-f]+ <(.+)>:$/.exec(line)?.[1];
      if (head !== undefined) functions.set(head, (current = []));
      const [, bytes, text] = /^\s+[0-9a-f]+:\t((?:[0-9a-f]{2} )+)\s*\t?(.*)$/.exec(line) ?? [];
      if (bytes !== undefined) current.push({ bytes: bytes.trim().split(' ').length, text: text ?? '' });
    }
    return functions;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sizeOfAll = (list: readonly { readonly bytes: number }[]): number =>
  list.reduce((sum, one) => sum + one.bytes, 0);

function main(): void {
  const { values, positionals } = parseArgs({
    options: { list: { type: 'boolean', default: false }, function: { type: 'string' } },
    allowPositionals: true,
  });
  let [total, exact, sure, sureAndExact] = [0, 0, 0, 0];
  for (const file of positionals) {
    const truth = compiled(file);
    if (truth === undefined) continue;
    const text = readFileSync(file, 'utf8');
    const unit = analyze(parse(preprocess({ name: file, text, target: 'x86_64' }).tokens).unit, {
      model: dataModelOf('x86_64'),
    });
    for (const [fn, frame] of layoutFrames(unit.functions, debianDefaults)) {
      const expected = truth.get(fn.symbol.name);
      if (expected === undefined) continue;
      const own = codeOfFunction(fn, frame, true);
      const isExact = own.size === sizeOfAll(expected);
      total += 1;
      exact += isExact ? 1 : 0;
      sure += own.doubts.size === 0 ? 1 : 0;
      sureAndExact += own.doubts.size === 0 && isExact ? 1 : 0;
      if (values.list && !isExact) {
        const doubts = [...own.doubts].join(', ');
        process.stdout.write(
          `${file} ${fn.symbol.name}: ${own.size} instead of ${sizeOfAll(expected)} ${doubts}\n`,
        );
      }
      if (values.function !== fn.symbol.name) continue;
      for (let at = 0; at < Math.max(own.instructions.length, expected.length); at += 1) {
        const [ours, theirs] = [own.instructions[at], expected[at]];
        const mark = ours?.bytes === theirs?.bytes ? ' ' : '*';
        const left = `${String(ours?.bytes ?? '')} ${ours?.mnemonic ?? ''}`.padEnd(20);
        process.stdout.write(`${mark} ${left} | ${String(theirs?.bytes ?? '')} ${theirs?.text ?? ''}\n`);
      }
    }
  }
  process.stdout.write(`${exact} of ${total} exact; without doubts ${sureAndExact} of ${sure}\n`);
}

main();
