/**
 * Read-only data without a name that gcc makes for code: floating constants, masks for the sign of numbers, images of first
 * values, jump tables of switches.
 *
 * Numbers are pooled by their bytes and written behind everything else of the file, but for 0.0 and what the x87 makes
 * itself: these have labels only. Images and tables stand where the function is.
 *
 * Source: gcc/varasm.cc (force_const_mem, output_constant_def), gcc/config/i386/i386.cc (standard_80387_constant_p,
 * ix86_build_signbit_mask), i386-expand.cc (ix86_expand_convert_uns_...), behaviour; measured with gcc 12.2.
 */
import { roundUp } from '../../base/address.ts';
import { dataAlign } from '../sema/data-alignment.ts';
import { liveReferences } from '../sema/live-code.ts';
import type { LiveReference } from '../sema/live-code.ts';
import type { CompileOptions } from '../sema/placement.ts';
import { evaluate } from '../sema/constant.ts';
import { floatingIn, partsOfComplex } from '../sema/floating-value.ts';
import type { FloatingValue } from '../sema/floating-value.ts';
import { resolve, sizeOf } from '../sema/type-relations.ts';
import type { CType, FloatType } from '../sema/type.ts';
import type { InitializerEntry, ObjectSymbol, TypedFunction } from '../sema/typed-tree.ts';
import type { Span } from '../source/text-span.ts';
import { dataModelOf } from '../target/data-model.ts';
import { encodeFloat, imageOfEntries } from './constant-bytes.ts';
import type { ObjectImage } from './constant-bytes.ts';
import { nameOfCallee } from '../sema/inlined-calls.ts';
import { usesX87 } from './x87-use.ts';
import { switchClusters, tableEntries } from './switch-clusters.ts';

/** A constant without a name. */
export interface CodeConstant {
  readonly kind: 'code-constant';
  /** `number`: behind everything else of the file; the others where the function is. */
  readonly sort: 'number' | 'image' | 'jump-table';
  readonly size: number;
  readonly align: number;
  /** Undefined for jump tables: their bytes are places in code that does not exist. */
  readonly image: ObjectImage | undefined;
  /** Entries of a jump table. */
  readonly entries: number | undefined;
  /** Whether it lies in memory; the x87 has instructions for some numbers. */
  readonly isEmitted: boolean;
  readonly span: Span;
}

type Constants = ReadonlyMap<LiveReference, CodeConstant | readonly CodeConstant[]>;

const known = new Map<string, WeakMap<TypedFunction, Constants>>();

/** The constants of a function by what its code refers to. */
export function codeConstants(fn: TypedFunction, options: CompileOptions): Constants {
  const key = `${options.target} ${options.pie}`;
  const ofOptions = known.get(key) ?? new WeakMap<TypedFunction, Constants>();
  known.set(key, ofOptions);
  let constants = ofOptions.get(fn);
  if (constants === undefined) {
    constants = findConstants(fn, options);
    ofOptions.set(fn, constants);
  }
  return constants;
}

function findConstants(fn: TypedFunction, options: CompileOptions): Constants {
  const { wordBytes } = dataModelOf(options.target);
  const found = new Map<LiveReference, CodeConstant | readonly CodeConstant[]>();
  for (const reference of liveReferences(fn, wordBytes)) {
    const constant = constantOf(reference, options, wordBytes);
    if (constant !== undefined) found.set(reference, constant);
  }
  return found;
}

function constantOf(
  reference: LiveReference,
  options: CompileOptions,
  wordBytes: 4 | 8,
): CodeConstant | readonly CodeConstant[] | undefined {
  switch (reference.kind) {
    case 'number':
      return numberConstant(reference, options);
    case 'negate':
      return maskConstant(reference.type, reference.span, options, 'sign');
    case 'call': {
      const name = nameOfCallee(reference.node) ?? '';
      return name === 'fabs' || name === 'fabsf'
        ? maskConstant(reference.node.type.type, reference.node.span, options, 'rest')
        : undefined;
    }
    case 'float-to-unsigned':
      return limitConstant(reference, options);
    case 'image':
      return imageConstant(
        reference.object,
        reference.initializer.entries,
        wordBytes,
        reference.initializer.span,
      );
    case 'switch':
      return switchClusters(reference.statement, wordBytes)
        .filter((cluster) => cluster.kind === 'jump-table')
        .map((cluster) => jumpTable(tableEntries(cluster), options, reference.statement.span));
    default:
      return undefined;
  }
}

const inMemory = { kind: 'code-constant', entries: undefined, isEmitted: true } as const;

function jumpTable(entries: number, options: CompileOptions, span: Span): CodeConstant {
  // Position-independent code has distances in the table, other code addresses.
  const each = options.target === 'x86_64' && !options.pie ? 8 : 4;
  return {
    ...inMemory,
    sort: 'jump-table',
    size: entries * each,
    align: each,
    image: undefined,
    entries,
    span,
  };
}

function numberConstant(
  { value, type, span, isArgument }: LiveReference & { kind: 'number' },
  options: CompileOptions,
): CodeConstant | undefined {
  const resolved = resolve(type);
  if (resolved.kind === 'complex' && resolved.element.kind === 'float') {
    const { element } = resolved;
    const [real, imaginary] =
      value.kind === 'complex' ? partsOfComplex(value) : ([floatingIn(value), { value: 0 }] as const);
    const bytes = new Uint8Array(resolved.size);
    bytes.set(encodeFloat(real, element));
    bytes.set(encodeFloat(imaginary, element), element.size);
    return {
      ...inMemory,
      sort: 'image',
      size: resolved.size,
      align: dataAlign({ type, quals: 0 }, resolved.size, dataModelOf(options.target)),
      image: { bytes, relocations: [] },
      span,
    };
  }
  if (resolved.kind !== 'float' || value.kind !== 'floating') return undefined;
  return floatConstant(floatingIn(value), resolved, options.target === 'i386', { span, isArgument });
}

function floatConstant(
  number: FloatingValue,
  type: FloatType,
  isX87Only: boolean,
  { span, isArgument }: Pick<LiveReference & { kind: 'number' }, 'span' | 'isArgument'>,
): CodeConstant {
  const isX87 = type.name === 'long double' || (isX87Only && type.name !== '__float128');
  // Vector registers are cleared, but an argument goes by way of a general register, which loads it.
  const { value, extended } = number;
  const isMade = isX87
    ? extended === undefined && (Math.abs(value) === 1 || value === 0)
    : Object.is(value, 0) && isArgument !== true;
  return {
    ...inMemory,
    sort: 'number',
    size: type.size,
    align: type.size === 12 ? 16 : type.size,
    image: { bytes: encodeFloat(number, type), relocations: [] },
    isEmitted: !isMade,
    span,
  };
}

/**
 * The number that would fill registers of the x87 unit that nothing is known of: made for each function that uses the unit,
 * written for none. Position-independent code of the i386 takes zero.
 *
 * Source: gcc/reg-stack.cc: reg_to_stack.
 */
export function clearingConstant(fn: TypedFunction, options: CompileOptions): CodeConstant | undefined {
  if ((options.target === 'i386' && options.pie) || !usesX87(fn, options.target)) return undefined;
  return {
    ...inMemory,
    sort: 'number',
    size: float.size,
    align: float.align,
    image: { bytes: encodeFloat({ value: NaN }, float), relocations: [] },
    isEmitted: false,
    span: fn.span,
  };
}

const float: FloatType = { kind: 'float', name: 'float', size: 4, align: 4 };

/** SSE changes a sign, or cuts it off, by a mask of 16 bytes; the x87 has instructions. */
function maskConstant(
  type: CType,
  span: Span,
  options: CompileOptions,
  keep: 'sign' | 'rest',
): CodeConstant | undefined {
  const resolved = resolve(type);
  if (resolved.kind !== 'float' || resolved.name === 'long double' || options.target === 'i386')
    return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(encodeFloat({ value: -0 }, resolved));
  if (keep === 'rest')
    for (let index = 0; index < resolved.size; index += 1) bytes[index] = ~(bytes[index] ?? 0);
  return { ...inMemory, sort: 'number', size: 16, align: 16, image: { bytes, relocations: [] }, span };
}

/** What does not fit the signed type is converted after 2**63 is taken off. */
function limitConstant(
  { from, to, span }: LiveReference & { kind: 'float-to-unsigned' },
  options: CompileOptions,
): CodeConstant | undefined {
  const [source, target] = [resolve(from), resolve(to)];
  if (source.kind !== 'float' || target.kind !== 'integer' || target.isSigned) return undefined;
  if (options.target !== 'x86_64' || target.size !== 8 || source.name === '__float128') return undefined;
  return {
    ...inMemory,
    sort: 'number',
    size: source.size,
    align: source.size,
    image: { bytes: encodeFloat({ value: 2 ** 63 }, source), relocations: [] },
    span,
  };
}

function imageConstant(
  object: ObjectSymbol,
  entries: readonly InitializerEntry[],
  wordBytes: 4 | 8,
  span: Span,
): CodeConstant {
  const size = sizeOf(object.type.type) ?? 0;
  const constants = entries.map((entry) => ({
    ...entry,
    constant: entry.constant ?? evaluate(entry.value, { foldObjects: false, wordBytes }),
  }));
  return {
    ...inMemory,
    sort: 'image',
    size,
    align: dataAlign(object.type, size, dataModelOf(wordBytes === 8 ? 'x86_64' : 'i386')),
    image: imageOfEntries(constants, size),
    span,
  };
}

/** Where a file's numbers end that follow its named data. */
export function endOfNumbers(numbers: readonly CodeConstant[], start: number): number {
  return numbers.reduce((at, one) => roundUp(at, one.align) + one.size, start);
}
