/**
 * What is known about a program without running it: its typed tree, where everything is placed, its linked image.
 *
 * The hover, the problems, the command line and the run all start from this, so they cannot disagree.
 */
import type { ProgramImage } from '../core/image/program-image.ts';
import { framesOfFile } from '../core/image/file-frames.ts';
import type { FrameLayout } from '../core/image/frame.ts';
import { linkSteps } from '../core/image/link.ts';
import type { CodeEstimator, LinkedProgram } from '../core/image/link.ts';
import { analyzeSteps } from '../core/sema/analyzer.ts';
import { placeUnitSteps } from '../core/sema/place-unit.ts';
import { applyWeakPragmas } from '../core/sema/pragma-weak.ts';
import { debianDefaults } from '../core/sema/placement.ts';
import type { CompileOptions, Placement } from '../core/sema/placement.ts';
import type {
  FunctionSymbol,
  ObjectSymbol,
  StringLiteral,
  TypedFunction,
  TypedUnit,
} from '../core/sema/typed-tree.ts';
import type { Diagnostic } from '../core/source/diagnostic.ts';
import type { SourceFile } from '../core/source/text-span.ts';
import { parseSteps } from '../core/syntax/parser.ts';
import type { ParseResult } from '../core/syntax/parser.ts';
import { preprocessSteps } from '../core/syntax/preprocessor.ts';
import type { IncludeHost, PreprocessResult } from '../core/syntax/preprocessor.ts';
import { systemHeaders } from '../core/libc/headers/system-headers.ts';
import { dataModelOf } from '../core/target/data-model.ts';
import { invariant } from '../base/assert.ts';
import { finish } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';
import { ComputedMap } from './computed-map.ts';
import { beside, normalised } from './header-paths.ts';
import { samePlaces } from './document-places.ts';
import type { DocumentPlaces } from './document-places.ts';
import { withoutFollowUps } from './missing-headers.ts';

/** A file to analyse. */
export interface SourceInput {
  readonly name: string;
  readonly text: string;
}

export interface AnalysisOptions {
  readonly compile: CompileOptions;
  /** Finds what `#include "…"` names. */
  readonly host: IncludeHost;
  readonly defines: readonly string[];
  readonly undefines: readonly string[];
  readonly forcedIncludes: readonly string[];
  /** Lengths of functions' code where they are known better than by our own estimate. */
  readonly codeEstimator?: CodeEstimator;
}

/** `gcc file.c`, without headers of its own. */
export const defaultAnalysisOptions: AnalysisOptions = {
  compile: debianDefaults,
  host: { resolve: () => undefined },
  defines: [],
  undefines: [],
  forcedIncludes: [],
};

/**
 * A host over headers that are known beforehand (own-headers.ts): those in the folder of the file that includes them, then
 * those in that of the first file. A name in angle brackets means the system's header where there is one.
 */
export function hostOf(headers: readonly SourceInput[]): IncludeHost {
  const byPath = new Map(headers.map((header) => [normalised(header.name), header]));
  const at = (path: string): SourceInput | undefined => byPath.get(normalised(path));
  return {
    resolve: (name, kind, includer) => {
      if (kind === 'angled') return systemHeaders.get(name) === undefined ? at(name) : undefined;
      return at(beside(includer.name, name)) ?? at(name);
    },
  };
}

/** One analysed translation unit. */
export interface UnitAnalysis {
  readonly files: readonly SourceFile[];
  /** Where the offsets of the first file stand in the document; the same offsets unless the document was edited. */
  readonly places: DocumentPlaces;
  readonly preprocessed: PreprocessResult;
  readonly unit: TypedUnit;
  readonly placements: readonly Placement[];
  readonly placementOf: ReadonlyMap<ObjectSymbol | FunctionSymbol | StringLiteral, Placement>;
  readonly frames: ReadonlyMap<FunctionSymbol, FrameLayout>;
  readonly layouts: ReadonlyMap<TypedFunction, FrameLayout>;
  readonly functionOf: ReadonlyMap<FunctionSymbol, TypedFunction>;
  /** Of preprocessor, parser and analyser, in this order; without what may follow from a header that was not found. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether errors were left out for that reason: the unit cannot be compiled without the header. */
  readonly lacksHeader: boolean;
}

/** Units linked to one program. */
export interface ProgramAnalysis {
  readonly units: readonly UnitAnalysis[];
  readonly options: AnalysisOptions;
  readonly linked: LinkedProgram;
  readonly image: ProgramImage;
  /** Links with pauses, so that whoever asks for `linked` or `image` next need not wait. */
  readonly linkSteps: () => Steps<LinkedProgram>;
}

/** Preprocesses and parses one file, with pauses. */
export function* readSteps(
  source: SourceInput,
  options: AnalysisOptions,
): Steps<{ preprocessed: PreprocessResult; parsed: ParseResult }> {
  const preprocessed = yield* preprocessSteps({
    name: source.name,
    text: source.text,
    target: options.compile.target,
    dialect: options.compile,
    host: options.host,
    defines: options.defines,
    undefines: options.undefines,
    forcedIncludes: options.forcedIncludes,
  });
  const parsed = yield* parseSteps(preprocessed.tokens, {
    files: preprocessed.files,
    dialect: options.compile,
  });
  return { preprocessed, parsed };
}

/** Analyses one file. Never throws; what is wrong is a diagnostic. */
export function analyzeUnit(source: SourceInput, options: AnalysisOptions): UnitAnalysis {
  return finish(analyzeUnitSteps(source, options));
}

/** The same, with pauses. */
export function* analyzeUnitSteps(source: SourceInput, options: AnalysisOptions): Steps<UnitAnalysis> {
  const { preprocessed, parsed } = yield* readSteps(source, options);
  const unit = yield* analyzeSteps(parsed.unit, {
    model: dataModelOf(options.compile.target),
    dialect: options.compile,
  });
  return yield* placedUnitSteps(preprocessed, parsed.diagnostics, unit, samePlaces(source.text), options);
}

/** Places what was analysed, with a pause after each function. */
export function* placedUnitSteps(
  preprocessed: PreprocessResult,
  syntaxDiagnostics: readonly Diagnostic[],
  unit: TypedUnit,
  places: DocumentPlaces,
  options: AnalysisOptions,
): Steps<UnitAnalysis> {
  applyWeakPragmas(unit, preprocessed.pragmas);
  const placements = yield* placeUnitSteps(unit, options.compile);
  const functionOf = new Map(unit.functions.map((fn) => [fn.symbol, fn]));
  let placementOf: UnitAnalysis['placementOf'] | undefined;
  // A frame depends on those of the functions above it, so all are laid out when the first one is asked for.
  let wholeFile: ReadonlyMap<TypedFunction, FrameLayout> | undefined;
  const layouts = new ComputedMap(unit.functions, (fn) => {
    wholeFile ??= framesOfFile(unit.functions, options.compile);
    const layout = wholeFile.get(fn);
    invariant(layout !== undefined, 'every function of the file was laid out');
    return layout;
  });
  return {
    files: preprocessed.files,
    places,
    preprocessed,
    unit,
    placements,
    get placementOf() {
      return (placementOf ??= new Map(placements.map((placement) => [placement.of, placement])));
    },
    layouts,
    frames: new ComputedMap([...functionOf.keys()], (symbol) => {
      const fn = functionOf.get(symbol);
      invariant(fn !== undefined, 'the keys are those of the functions');
      return layouts.at(fn);
    }),
    functionOf,
    ...withoutFollowUps(
      preprocessed.diagnostics,
      [...syntaxDiagnostics, ...unit.diagnostics],
      unit.functions,
    ),
  };
}

/** Analyses and links a program. */
export function analyzeProgram(sources: readonly SourceInput[], options: AnalysisOptions): ProgramAnalysis {
  return programOf(
    sources.map((source) => source.name),
    sources.map((source) => analyzeUnit(source, options)),
    options,
  );
}

/**
 * Links units when somebody asks for an address.
 *
 * @param linkOrder - indices of the units as they stand on the linker's command line
 */
export function programOf(
  names: readonly string[],
  units: readonly UnitAnalysis[],
  options: AnalysisOptions,
  linkOrder: readonly number[] = units.map((_, index) => index),
): ProgramAnalysis {
  let linked: LinkedProgram | undefined;
  function* steps(): Steps<LinkedProgram> {
    if (linked !== undefined) return linked;
    const ordered = linkOrder.flatMap((index) => {
      const one = units[index];
      return one === undefined
        ? []
        : [
            {
              name: names[index] ?? '',
              unit: one.unit,
              placements: one.placements,
              placementOf: one.placementOf,
              inclusions: one.preprocessed.includes,
            },
          ];
    });
    const made = yield* linkSteps(ordered, options.compile, options.codeEstimator);
    // Somebody may have asked during a pause: there is one linked program only.
    return (linked ??= made);
  }
  const link = (): LinkedProgram => linked ?? finish(steps());
  return {
    units,
    options,
    get linked() {
      return link();
    },
    get image() {
      return link().image;
    },
    linkSteps: steps,
  };
}
