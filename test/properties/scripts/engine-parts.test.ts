/**
 * The engine as it is cut for workers: what each part loads, and that the scripts together are the engine.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Script, createContext, runInThisContext } from 'node:vm';
import { buildEngine, classicScript } from '../../../scripts/support/engine-parts.mjs';
import { PROTOCOL_VERSION } from '../../../src/protocol/messages.ts';
import type { EngineFiles } from '../../../scripts/support/engine-parts.mjs';
import { makeEngine } from '../../../src/worker/engine.ts';
import type { Engine, PartModules } from '../../../src/worker/engine.ts';

const root = join(import.meta.dirname, '../../..');

describe('a script of the engine', () => {
  const engine = (scripts: Readonly<Record<string, string>>): unknown => {
    const context = createContext({});
    const memoryAtlas = makeEngine(
      (name) => {
        new Script(classicScript(name, scripts[name] ?? '', (path) => path.slice(2))).runInContext(context);
      },
      () => new Uint8Array(),
    );
    Object.assign(context, { memoryAtlas });
    return memoryAtlas.need('last');
  };

  it('gives what its module exports and takes what it imports, under other names too', () => {
    const first = 'var a=1,$b=()=>a+1;export{a,$b as b};\n';
    const last = 'import{a as c,b}from"./first";import"./first";var d=c+b();export{d as sum,b as then};';
    const { sum, then } = engine({ first, last }) as { readonly sum: number; readonly then: () => number };
    assert.deepEqual([sum, then()], [3, 2]);
  });

  it('keeps the numbers of lines where the code is not minified', () => {
    const code =
      'import {\n  a\n} from "./first";\nfunction f() {}\nexport {\n  f\n};\n//# sourceMappingURL=x.js.map\n';
    const script = classicScript('last', code, (path) => path);
    assert.equal(
      script.split('\n').findIndex((line) => line.includes('function f')),
      3,
    );
    assert.doesNotMatch(script, /sourceMappingURL/);
  });

  it('is not made of code whose imports stand elsewhere', () => {
    assert.throws(
      () => classicScript('last', 'var a;import{b}from"./b";export{a};', (path) => path),
      SyntaxError,
    );
  });
});

describe('the engine in parts', function () {
  this.timeout(60_000);
  let files: EngineFiles;
  before(async () => {
    const parts = { analysis: 'src/worker/analysis.ts', run: 'src/worker/run.ts' };
    files = await buildEngine(
      root,
      {
        parts,
        cuts: { libc: 'src/core/libc/libc.ts' },
        byNeed: {
          answers: ['src/session/editor/where-answer.ts'],
          mathematics: ['src/core/libc/math.ts', 'src/core/libc/math-exact.ts'],
          lessons: ['src/session/lessons/lesson-run.ts'],
        },
        names: { 'analysis+run': 'shared' },
      },
      { absWorkingDir: root, bundle: true, target: 'es2022', charset: 'utf8', logLevel: 'warning' },
    );
  });

  /** The engine as a worker has it that may load one part. */
  const open = <Name extends 'analysis' | 'run'>(
    part: Name,
  ): { readonly exports: PartModules[Name]; readonly evaluated: string[]; readonly opened: string[] } => {
    const { scripts = [], data = [] } = files.index[part] ?? {};
    const evaluated: string[] = [];
    const opened: string[] = [];
    const memoryAtlas = makeEngine(
      (name) => {
        const script = files.scripts.find((one) => one.name === name && scripts.includes(name));
        assert.ok(script, `${part} takes ${name}`);
        evaluated.push(name);
        const evaluate = runInThisContext(`(memoryAtlas) => {${script.text}}`) as (engine: Engine) => void;
        evaluate(memoryAtlas);
      },
      (name) => {
        assert.ok(data.includes(name), `${part} reads ${name}`);
        opened.push(name);
        return new TextEncoder().encode(files.data[name]);
      },
    );
    return { exports: memoryAtlas.need(part) as PartModules[Name], evaluated, opened };
  };

  it('gives the analysis nothing of the library and the machine', () => {
    const { scripts = [] } = files.index.analysis ?? {};
    const inputs = files.scripts.filter(({ name }) => scripts.includes(name)).flatMap((one) => one.inputs);
    const strange = inputs.filter((name) => /^src\/core\/(?:libc|codegen|process|checks)\//.test(name));
    // The readers of tables stand in place of these.
    assert.deepEqual(strange.sort(), [
      'src/core/libc/function-names.ts',
      'src/core/libc/headers/system-headers.ts',
    ]);
  });

  it('runs a program, with the sentences of one language', () => {
    const { exports, evaluated, opened } = open('run');
    assert.deepEqual(evaluated.sort(), [...(files.atOnce.run ?? [])].sort());
    assert.deepEqual(opened, [], 'no table is read before it is needed');
    const answers: unknown[] = [];
    const receive = exports.startSession((message) => answers.push(message));
    const text =
      '#include <math.h>\n#include <stdio.h>\nint main(void) { volatile double x = 2.25; puts("done"); return (int)(cbrt(x * 1.5) * 2 + 0.5); }\n';
    receive({
      type: 'request',
      id: 1,
      name: 'hello',
      params: { protocolVersion: PROTOCOL_VERSION, language: 'zh-cn' },
    });
    receive({
      type: 'request',
      id: 2,
      name: 'run',
      params: {
        inputs: {
          files: [{ name: 'program.c', text }],
          headers: [],
          args: [],
          environment: [],
          stdin: '',
          stdoutKind: 'terminal',
          programPath: './program',
          target: 'x86_64',
          glibc: '2.36',
          limits: { fuel: 1e6, memoryBytes: 2 ** 26, outputBytes: 1e4, events: 1e4 },
        },
      },
    });
    assert.match(JSON.stringify(answers[1]), /进程以状态 3 退出/);
    assert.ok(evaluated.includes('mathematics'), 'the program called a function of mathematics');
    assert.ok(!evaluated.includes('lessons'), 'nobody asked for a lesson');
    assert.deepEqual(
      opened.filter((name) => /^texts|i386/.test(name)),
      ['texts.zh-cn.json'],
    );
  });

  it('answers about a document', () => {
    const { exports } = open('analysis');
    assert.equal(typeof exports.startAnalysis, 'function');
  });
});
