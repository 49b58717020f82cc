/**
 * From the files of a program to something that runs.
 */
import { toAddress } from '../base/address.ts';
import type { CompiledProgram } from '../core/codegen/compiled-program.ts';
import { generate } from '../core/codegen/generate.ts';
import type { ObservationDetail } from '../core/codegen/observation.ts';
import { programBase } from '../core/target/machine-profile.ts';
import type { MachineProfile } from '../core/target/machine-profile.ts';
import { sayProcess } from '../core/text/process-texts.ts';
import type { Text } from '../core/text/text.ts';
import type { CompileOptions } from '../core/sema/placement.ts';
import type { ProblemView } from '../protocol/messages.ts';
import { analyzeProgram } from './analysis.ts';
import type { AnalysisOptions, ProgramAnalysis, SourceInput } from './analysis.ts';
import { linkProblems } from './link-problems.ts';
import { problemOfRun, problemViews, unsupportedProblems } from './problem-views.ts';

/** A program that can be run any number of times. */
export interface BuiltProgram {
  readonly analysis: ProgramAnalysis;
  readonly compiled: CompiledProgram;
  readonly module: WebAssembly.Module;
  readonly profile: MachineProfile;
}

export interface BuildResult {
  readonly analysis: ProgramAnalysis;
  /** Undefined when the text has errors or there is no main. */
  readonly program: BuiltProgram | undefined;
  readonly problems: readonly ProblemView[];
}

/** Compiles a program for a machine. */
export function buildProgram(
  sources: readonly SourceInput[],
  options: AnalysisOptions,
  profile: MachineProfile,
  render: (text: Text) => string,
): BuildResult {
  const analysis = analyzeProgram(sources, options);
  const problems = analysis.units.flatMap((unit) =>
    problemViews(unit, render).map((problem) =>
      unit.lacksHeader && problem.code === 'include-not-found'
        ? { ...problem, severity: 'error' as const }
        : problem,
    ),
  );
  const hasErrors = problems.some((problem) => problem.severity === 'error');
  const hasMain = analysis.units.some((unit) => unit.unit.functions.some((fn) => fn.symbol.name === 'main'));
  if (hasErrors || !hasMain) return { analysis, program: undefined, problems };
  const refusal = refusalOf(options.compile);
  if (refusal !== undefined) {
    const problem = problemOfRun(sources, 'not-modelled', render(refusal));
    return { analysis, program: undefined, problems: [...problems, problem] };
  }
  const linkErrors = linkProblems(analysis, render);
  if (linkErrors.length > 0) return { analysis, program: undefined, problems: [...problems, ...linkErrors] };
  const code = codeOf(analysis, profile);
  return {
    analysis,
    program: { analysis, ...code, profile },
    problems: [...problems, ...unsupportedProblems(analysis, code.compiled, render)],
  };
}

/** The same program whose code tells what it does (codegen/observation.ts). */
export function observedProgram(program: BuiltProgram, detail: ObservationDetail): BuiltProgram {
  return { ...program, ...codeOf(program.analysis, program.profile, detail) };
}

function codeOf(
  analysis: ProgramAnalysis,
  profile: MachineProfile,
  observe?: ObservationDetail,
): Pick<BuiltProgram, 'compiled' | 'module'> {
  const { compile } = analysis.options;
  const compiled = generate(
    analysis.units.map((unit) => unit.unit),
    analysis.linked,
    new Map(analysis.units.flatMap((unit) => [...unit.layouts])),
    compile,
    {
      loadBias: toAddress(compile.link === 'pie' ? programBase(profile) : 0),
      ...(observe === undefined ? {} : { observe }),
    },
  );
  return { compiled, module: new WebAssembly.Module(compiled.wasm) };
}

/** Why a program that is compiled like this cannot be run; hovers and `segments` know it all the same. */
function refusalOf(compile: CompileOptions): Text | undefined {
  if (compile.link === 'static') return sayProcess('process.unsupported.static');
  return undefined;
}
