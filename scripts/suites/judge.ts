/**
 * One child process that judges programs for `main.ts`: it dies alone when a program kills or stops it.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { decodeSource } from '../../src/base/utf8.ts';
import { renderText } from '../../src/core/text/all-texts.ts';
import { dialectOption } from '../../src/core/target/dialect.ts';
import type { Text } from '../../src/core/text/text.ts';
import { analyzeProgram, defaultAnalysisOptions } from '../../src/session/analysis.ts';
import type { AnalysisOptions } from '../../src/session/analysis.ts';
import { problemViews } from '../../src/session/problem-views.ts';
import type { Program } from './program-list.ts';

/** What a judge is asked. */
export interface Question {
  readonly program: Program;
  readonly run: boolean;
  /** Whether the front end is measured alone as well; a run without it says its errors too. */
  readonly measure: boolean;
  /** Loop iterations and calls of a run; two thousand million when left out. */
  readonly fuel?: number;
}

/** What it answers. */
export interface Verdict {
  /** Diagnostics of severity error, at most three. */
  readonly errors: readonly string[];
  /** Milliseconds of the analysis on the processor, all threads together: no other program counts. */
  readonly milliseconds: number;
  /** An exception of ours. */
  readonly crash: string | undefined;
  /** How a run ended: `exit 0`, `SIGSEGV`, what is not modelled; undefined when it was not run. */
  readonly end: string | undefined;
  readonly stdout: string;
}

const render = (text: Text): string => renderText(text, 'en');

function optionsFor(program: Program): AnalysisOptions {
  const after = (prefix: string): string[] =>
    program.switches.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  const included = program.switches.flatMap((one, index) =>
    one === '-include' ? [program.switches[index + 1] ?? ''] : [],
  );
  return {
    ...defaultAnalysisOptions,
    compile: program.switches.reduce((compile, one) => ({ ...compile, ...dialectOption(one) }), {
      ...defaultAnalysisOptions.compile,
      target: program.target,
    }),
    defines: after('-D'),
    undefines: after('-U'),
    forcedIncludes: included,
    host: {
      resolve: (name, kind, includer) => {
        const folders = [...(kind === 'quoted' ? [dirname(includer.name)] : []), ...program.includeFolders];
        for (const folder of folders) {
          try {
            return { name: join(folder, name), text: decodeSource(readFileSync(join(folder, name))) };
          } catch {
            // Not here: the next folder, then the built-in headers.
          }
        }
        return undefined;
      },
    },
  };
}

/** Judges one program. Every exception is a crash of ours. */
async function judge({ program, run: wantsRun, measure, fuel }: Question): Promise<Verdict> {
  const begin = process.cpuUsage();
  const passed = (): number => {
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1000;
  };
  let errors: string[] = [];
  let milliseconds = 0;
  try {
    const options = optionsFor(program);
    const source = { name: program.file, text: decodeSource(readFileSync(program.file)) };
    if (!measure) {
      const { runToEnd } = await import('./run-to-end.ts');
      return { errors, milliseconds, crash: undefined, ...runToEnd(source, options, fuel) };
    }
    const analysis = analyzeProgram([source], options);
    // Linking and frames are computed when asked for; they count as well.
    for (const unit of analysis.units) for (const fn of unit.unit.functions) unit.layouts.get(fn);
    void analysis.image;
    milliseconds = passed();
    errors = analysis.units
      .flatMap((unit) => problemViews(unit, render))
      .filter((problem) => problem.severity === 'error')
      .slice(0, 3)
      .map((problem) => `${problem.place.line}:${problem.place.column}: ${problem.text}`);
    if (!wantsRun || errors.length > 0)
      return { errors, milliseconds, crash: undefined, end: undefined, stdout: '' };
    const { runToEnd } = await import('./run-to-end.ts');
    return { errors, milliseconds, crash: undefined, ...runToEnd(source, options) };
  } catch (error) {
    const crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      errors,
      milliseconds: milliseconds || passed(),
      crash,
      end: undefined,
      stdout: '',
    };
  }
}

process.on('message', (question: Question) => {
  void judge(question).then((verdict) => process.send?.(verdict));
});

// The parent waits for this before it asks.
process.send?.('ready');
