/**
 * Runs a recorded case of `../segments/cases` in our machine and looks at it where gdb looked at the real process: at each
 * line with `@stop`. What is found has the shape of the recording (`runtime` in its JSON).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flagsOfComments, plainGcc, withGccOption } from '../../../src/cli/gcc-options.ts';
import { Machine, variableAddress } from '../../../src/core/process/machine.ts';
import type { CompiledProgram, FrameVariable } from '../../../src/core/codegen/compiled-program.ts';
import { generate } from '../../../src/core/codegen/generate.ts';
import { estimateCode } from '../../../src/core/image/code-size.ts';
import type { ProgramImage } from '../../../src/core/image/program-image.ts';
import { walkStatement } from '../../../src/core/image/tree-walk.ts';
import type { TypedFunction } from '../../../src/core/sema/typed-tree.ts';
import { toAddress } from '../../../src/base/address.ts';
import { mapsLines } from '../../../src/core/process/proc-maps.ts';
import { LineIndex } from '../../../src/core/source/text-span.ts';
import type { Span } from '../../../src/core/source/text-span.ts';
import { NullTracer } from '../../../src/core/trace/trace-event.ts';
import { defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { buildProgram } from '../../../src/session/build.ts';
import { runProfile } from '../../../src/session/run-profile.ts';
import { segmentsJson } from '../../../src/session/segments-json.ts';
import type { ObjectJson, SegmentsJson } from '../../../src/session/segments-json.ts';

export interface Target {
  readonly segment: string;
  readonly section?: string;
  readonly address?: number;
  readonly offset?: number;
  readonly variable?: string;
  readonly file?: string;
  readonly symbol?: string;
}

export interface StoppedVariable {
  readonly name: string;
  readonly line: number;
  readonly type: string;
  readonly size: number;
  readonly segment: string;
  readonly section?: string;
  readonly address?: number;
  readonly symbol?: string;
  readonly cfa_offset?: number;
  readonly value?: number | string;
  readonly points_to?: Target;
}

export interface Stop {
  readonly line: number;
  readonly frames: readonly {
    readonly function: string;
    readonly line: number;
    readonly variables: readonly StoppedVariable[];
  }[];
  readonly globals: readonly { readonly name: string; readonly line: number; readonly points_to: Target }[];
}

export interface RecordedRun {
  readonly source: string;
  readonly runtime: readonly Stop[];
  readonly run: { readonly exit: number; readonly stdout: string };
  readonly sections: readonly { readonly name: string; readonly segment?: string }[];
  /** Bytes of machine code by name of the function. */
  readonly codeSizes: ReadonlyMap<string, number>;
}

/** A case with its recorded stops. */
export function readCase(folder: string, name: string): RecordedRun {
  const json = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
    readonly variants: Record<string, { readonly runtime?: readonly Stop[] } & Record<string, unknown>>;
  };
  const variant = json.variants['m64-pie-O0'] as unknown as {
    readonly runtime?: readonly Stop[];
    readonly run: RecordedRun['run'];
    readonly executable: { readonly sections: RecordedRun['sections'] };
    readonly objects: readonly RecordedObject[];
    readonly functions: readonly { readonly name: string; readonly size?: number }[];
  };
  return {
    source: readFileSync(join(folder, `${name}.c`), 'utf8'),
    runtime: (variant.runtime ?? []).map((stop) => withPlaces(stop, variant.objects)),
    run: variant.run,
    sections: variant.executable.sections,
    codeSizes: new Map(variant.functions.map(({ name: fn, size }) => [fn, size ?? 0])),
  };
}

interface RecordedObject {
  readonly name: string | null;
  readonly line?: number;
  readonly segment: string;
  readonly section?: string;
  readonly address?: number;
  /** gcc described a static local that is never written by its value: gdb takes that for a register. */
  readonly dwarf_location?: string;
}

/** The stop with the places of variables whose values alone gdb saw. */
function withPlaces(stop: Stop, objects: readonly RecordedObject[]): Stop {
  const placed = (variable: StoppedVariable): StoppedVariable => {
    const object = objects.find(
      ({ name, line, dwarf_location: location }) =>
        location?.endsWith('stack_value') === true && name === variable.name && line === variable.line,
    );
    if (object === undefined || variable.segment !== 'register') return variable;
    const { segment, section, address } = object;
    return {
      ...variable,
      segment,
      ...(section === undefined ? {} : { section }),
      ...(address === undefined ? {} : { address }),
    };
  };
  return {
    ...stop,
    frames: stop.frames.map((frame) => ({ ...frame, variables: frame.variables.map(placed) })),
  };
}

/** One of our variables at a stop, with what only we know about the recorded one that it is compared with. */
export interface FoundVariable {
  readonly segment: string | undefined;
  readonly size: number | null | undefined;
  readonly section: string | undefined;
  /** Link-time address of a static object. */
  readonly address: number | undefined;
  readonly cfaOffset: number | undefined;
  /** Undefined where it has no memory. */
  readonly bytes: Uint8Array | undefined;
}

/** What we find at one stop. */
export interface FoundStop {
  readonly line: number;
  readonly frames: readonly { readonly function: string; readonly line: number }[];
  /** A variable of the frame with this number, or (undefined) of file scope. */
  variable(
    frame: number | undefined,
    recorded: { readonly name: string; readonly line: number },
  ): FoundVariable;
  /** Where an address lies. */
  classify(address: number): Target;
}

/**
 * Stands for the environment of the recorder, which is not in the recordings: only how far it moved the stack, modulo 64
 * bytes, can be seen there, by the frame of s14-aligned, which aligns itself to 64.
 */
const recorderEnvironment = [`PADDING=${'x'.repeat(16)}`];

/** The function of a scope, `f/{}` or, of a nested one, `f/g`. */
const functionOf = (scope: string): string | undefined =>
  scope
    .split('/')
    .filter((part) => part !== '{}')
    .at(-1);

/** The machine that the recordings were made on. */
const reference = { target: 'x86_64', glibc: '2.36' } as const;

/** Bytes of a word. */
const WORD = 8;

/** Runs a case to its end; `look` is called at each stop, while the process is as it is there. */
export function runToStops(
  name: string,
  recorded: RecordedRun,
  look: (stop: FoundStop) => void,
): { readonly status: string } {
  const lines = new Set(recorded.runtime.map((stop) => stop.line));
  const index = new LineIndex(recorded.source);
  const lineOf = (span: Span): number => index.lineColumn((span.expandedAt ?? span).start).line;
  let options = plainGcc;
  const words = flagsOfComments(recorded.source)[Symbol.iterator]();
  for (let next = words.next(); next.done !== true; next = words.next())
    options = withGccOption(options, next.value, () => words.next().value as string) ?? options;
  const profile = runProfile(reference);
  const built = buildProgram(
    [{ name: `${name}.c`, text: recorded.source }],
    {
      ...defaultAnalysisOptions,
      compile: options.compile,
      defines: options.defines,
      // How well we know the lengths of functions' code is a matter of test/oracle/image.
      codeEstimator: (fn, frame, code) => {
        const estimate = estimateCode(fn, frame, code);
        return { ...estimate, size: recorded.codeSizes.get(fn.symbol.name) ?? estimate.size };
      },
    },
    profile,
    (text) => text.key,
  );
  if (built.program === undefined)
    return { status: `does not compile: ${built.problems.map((one) => one.code).join(', ')}` };
  const { analysis } = built;
  // The head of a function is no statement: a debugger stops behind its prologue.
  const heads = new Set(
    analysis.units.flatMap((unit) => unit.unit.functions.map((fn) => fn.symbol.span.start)),
  );
  const seen = new Set<number>();
  const loops = firstLoops(
    analysis.units.flatMap((unit) => unit.unit.functions),
    lineOf,
  );
  const program = generate(
    analysis.units.map((unit) => unit.unit),
    analysis.linked,
    new Map(analysis.units.flatMap((unit) => [...unit.layouts])),
    options.compile,
    {
      loadBias: toAddress(PIE_BASE),
      stopAt: (span) => {
        const line = lineOf(span);
        if (lines.has(line) && loops.has(span)) return true;
        // A debugger stops at the first instruction of a line.
        if (!lines.has(line) || seen.has(line) || heads.has(span.start)) return false;
        seen.add(line);
        return true;
      },
    },
  );
  const json = segmentsJson(analysis, 'en');
  const linear = new WebAssembly.Memory({ initial: 160, maximum: 16384 });
  const machine: Machine = new Machine({
    program,
    module: new WebAssembly.Module(program.wasm),
    image: analysis.image,
    linear,
    tracer: new NullTracer(),
    inputs: {
      profile,
      argv: [`./${name}`],
      envp: recorderEnvironment,
      programPath: `/home/user/${name}`,
      stdin: new Uint8Array(),
      stdinKind: 'pipe',
      stdoutKind: 'pipe',
      pid: 4242,
      fuel: 1e9,
    },
    onStop: () => {
      look(stateOf({ machine, linear, program, image: analysis.image, json, recorded, lineOf }));
    },
  });
  const trap = machine.run();
  return { status: trap.kind === 'exit' ? String(trap.status) : trap.kind };
}

/**
 * Where gdb stops once more in a line: at the first loop there that declares a variable, which is a block of its own in the
 * debug information, unless nothing comes before it in the function.
 */
function firstLoops(functions: readonly TypedFunction[], lineOf: (span: Span) => number): ReadonlySet<Span> {
  const found = new Set<Span>();
  for (const fn of functions) {
    const lines = new Set<number>();
    walkStatement(fn.body, {
      statement: (statement) => {
        if (statement.kind !== 'for' || statement.objects.length === 0) return;
        const [init] = statement.init;
        const line = lineOf(statement.span);
        if (init === undefined || init === fn.body.statements[0] || lines.has(line)) return;
        lines.add(line);
        // A line of its own has one place only.
        if (lineOf(fn.body.span) === line) found.add(init.span);
      },
    });
  }
  return found;
}

/** Where PIE programs are loaded with address randomisation off. */
const PIE_BASE = 0x555555554000;

interface StoppedRun {
  readonly machine: Machine;
  readonly linear: WebAssembly.Memory;
  readonly program: CompiledProgram;
  readonly image: ProgramImage;
  readonly json: SegmentsJson;
  readonly recorded: RecordedRun;
  readonly lineOf: (span: Span) => number;
}

function stateOf({ machine, linear, program, image, json, recorded, lineOf }: StoppedRun): FoundStop {
  const stack = machine.callStack();
  const lineAt = (position: number): number => {
    const place = program.positions[position];
    return place === undefined ? 0 : lineOf(place.span);
  };
  const frames = stack.map((frame) => ({ function: frame.function.name, line: lineAt(frame.position) }));
  const { memory, loaded } = machine;
  const { tls } = image;
  const tlsBytes = tls === undefined ? 0 : Math.ceil(tls.memSize / tls.align) * tls.align;
  const addressOf = (object: ObjectJson, frame: number | undefined): number | undefined => {
    if (object.tls_offset !== undefined) return loaded.threadPointer - tlsBytes + object.tls_offset;
    if (object.address !== undefined) return loaded.loadBias + object.address;
    const base = frame === undefined ? undefined : stack[frame]?.base;
    return object.cfa_offset === undefined || base === undefined
      ? undefined
      : base + 2 * WORD + object.cfa_offset;
  };
  const find = (
    frame: number | undefined,
    wanted: { readonly name: string; readonly line: number },
  ): ObjectJson | undefined =>
    json.objects.find((one) => {
      const scope = frame === undefined ? 'file' : (frames[frame]?.function ?? '');
      const inScope = frame === undefined ? one.scope === 'file' : functionOf(one.scope) === scope;
      return (
        one.name === wanted.name && inScope && (one.line === wanted.line || one.declared_line === wanted.line)
      );
    });
  /** A variable of the frame as the running program has it. */
  const slotOf = (
    frame: number | undefined,
    wanted: { readonly name: string; readonly line: number },
  ): FrameVariable | undefined =>
    frame === undefined
      ? undefined
      : stack[frame]?.function.variables.find(
          (one) => one.name === wanted.name && lineOf(one.span) === wanted.line,
        );
  /** The value of a `register` variable of the innermost frame. */
  const inRegister = (
    frame: number | undefined,
    wanted: { readonly name: string; readonly line: number },
  ): Uint8Array | undefined => {
    if (frame !== 0) return undefined;
    const register = stack[0]?.function.registers.find(
      (one) => one.name === wanted.name && lineOf(one.span) === wanted.line,
    );
    return register?.slot === undefined
      ? undefined
      : new Uint8Array(linear.buffer).slice(register.slot, register.slot + register.size);
  };
  const read = (address: number, size: number): Uint8Array | undefined => {
    try {
      return memory.readBytes(address, size);
    } catch {
      return undefined;
    }
  };
  const pointerAt = (address: number): number | undefined => {
    const bytes = read(address, WORD);
    return bytes === undefined ? undefined : Number(new DataView(bytes.buffer).getBigUint64(0, true));
  };
  const variable = (
    frame: number | undefined,
    wanted: { readonly name: string; readonly line: number },
  ): FoundVariable => {
    const object = find(frame, wanted);
    const slot = slotOf(frame, wanted);
    const found = frame === undefined ? undefined : stack[frame];
    const base = found?.base;
    const address =
      slot !== undefined && found !== undefined
        ? object?.size === null
          ? pointerAt(variableAddress(found, slot))
          : variableAddress(found, slot)
        : object === undefined
          ? undefined
          : addressOf(object, frame);
    // The slot of a variable length array holds its address.
    const size = object?.size === null ? 0 : (slot?.size ?? object?.size ?? 0);
    return {
      segment: object?.segment,
      size: object?.size,
      section: object?.section,
      address: object?.address,
      cfaOffset:
        slot === undefined || address === undefined || base === undefined
          ? object?.cfa_offset
          : address - base - 2 * WORD,
      bytes: address === undefined ? inRegister(frame, wanted) : size === 0 ? undefined : read(address, size),
    };
  };
  const segmentOf = new Map(recorded.sections.map((one) => [one.name, one.segment ?? 'none']));
  const classify = (address: number): Target => {
    if (address === 0) return { segment: 'null' };
    const { threadPointer, loadBias } = loaded;
    if (tls !== undefined && address >= threadPointer - tlsBytes && address < threadPointer)
      return { segment: 'tls', offset: address - (threadPointer - tlsBytes) };
    const section = image.sections.find(
      (one) =>
        one.name !== '.tbss' && address >= loadBias + one.addr && address < loadBias + one.addr + one.size,
    );
    if (section !== undefined) {
      return {
        segment: segmentOf.get(section.name) ?? 'none',
        section: section.name,
        address: address - loadBias,
      };
    }
    const line = mapsLines(memory).find((one) => address >= one.start && address < one.end);
    if (line === undefined) return { segment: 'unmapped' };
    const { name } = line;
    if (name === '[heap]') return { segment: 'heap', offset: address - line.start };
    if (name === '[stack]') return stackTarget(address);
    if (name.includes('.so'))
      return { segment: 'shared-library', file: name.slice(name.lastIndexOf('/') + 1) };
    return name === '' ? { segment: 'mmap' } : { segment: 'other' };
  };
  /** The variable of a frame that lies there. */
  const stackTarget = (address: number): Target => {
    for (const frame of stack) {
      for (const slot of frame.function.variables) {
        if (slot.name === '') continue;
        const object = json.objects.find(
          (one) =>
            one.name === slot.name &&
            functionOf(one.scope) === frame.function.name &&
            one.line === lineOf(slot.span),
        );
        // A variable length array lies where its slot points to; how far is not said.
        if (object?.size === null) {
          if (pointerAt(variableAddress(frame, slot)) === address)
            return { segment: 'stack', variable: `${frame.function.name}.${slot.name}` };
          continue;
        }
        const start = variableAddress(frame, slot);
        if (address < start || address >= start + slot.size) continue;
        const named = { segment: 'stack', variable: `${frame.function.name}.${slot.name}` };
        return address === start ? named : { ...named, offset: address - start };
      }
    }
    return { segment: 'stack' };
  };
  return { line: frames[0]?.line ?? 0, frames, variable, classify };
}
