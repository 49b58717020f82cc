/**
 * What all functions of a program share while it is compiled: the module, addresses, tables, helper functions.
 */
import { lowHalf } from '../../base/address.ts';
import type { LinkedProgram } from '../image/link.ts';
import type {
  FunctionSymbol,
  LabelSymbol,
  ObjectSymbol,
  StringLiteral,
  TypedFunction,
} from '../sema/typed-tree.ts';
import type { Span } from '../source/text-span.ts';
import type { CompileOptions } from '../sema/placement.ts';
import type { TargetName } from '../target/data-model.ts';
import type { FunctionType, QualType } from '../sema/type.ts';
import type {
  CallSite,
  CodePosition,
  ExternalFunction,
  UnsupportedPlace,
  WasmType,
} from './compiled-program.ts';
import type { FloatOperations } from './float-operations.ts';
import type { Observation } from './observation.ts';
import type { WasmModule } from './wasm-module.ts';

/**
 * Records that travel in registers have no address. Generated code handles all records by address, so it gives them one
 * in a page that no process has; the helpers map it to a page of the linear memory that holds no frame.
 */
export const REGISTER_PAGE = { i64: 0xfff0_0000_0000_0000n, i32: 0xffff_f000n } as const;
/** Host address of that page. */
export const REGISTER_PAGE_HOST = 0xf000;
/** Offset of the result of a call, and of the argument with index i: plus 16 * i. */
export const RESULT_SLOT = 0;
export const ARGUMENT_SLOTS = 64;
/** Where compound literals without an address are put together. */
export const LITERAL_SLOT = 2048;
export const LITERAL_SLOT_BYTES = 1024;
/**
 * Where the values of register variables are put at a stop, in the order of the function's list, a slot each; those of
 * variables beyond the last slot are not told.
 */
export const STOP_SLOT = 3840;
export const STOP_SLOT_BYTES = 16;
export const STOP_SLOTS = 16;
/** Where vectors lie while an operation goes through their lanes: three slots of so many bytes. */
export const VECTOR_SLOT = 3072;
export const VECTOR_SLOT_BYTES = 256;

/** Function indices of the imports. */
export interface RuntimeImports {
  readonly readSlow: number;
  readonly writeSlow: number;
  readonly writeCommit: number;
  readonly fuelOut: number;
  readonly divideError: number;
  readonly unsupported: number;
  readonly indirect: number;
  readonly frameSmashed: number;
  readonly frameMoved: number;
  readonly trap: number;
  readonly divideWide: number;
  readonly complexOperation: number;
  readonly wideToFloat: number;
  readonly floatToWide: number;
  readonly extendedOperation: number;
}

/** Global indices. */
export interface RuntimeGlobals {
  readonly stackAddend: number;
  readonly threadPointer: number;
  readonly sp: number;
  readonly fp: number;
  readonly returnAddress: number;
  readonly staticChain: number;
  readonly fuel: number;
  readonly position: number;
  /** Whether the function that ended last did so without `return`, and nothing is known of eax. */
  readonly missingResult: number;
}

/** A function as calls see it. */
export interface Callee {
  readonly functionIndex: number;
  /** Undefined for a function of libc. */
  readonly symbol: FunctionSymbol | undefined;
  readonly external: ExternalFunction | undefined;
  readonly type: FunctionType;
  /** Types that the function takes; those of its definition where it has no prototype, undefined when nothing is known. */
  readonly parameters: readonly QualType[] | undefined;
}

/** The state of one compilation. */
export interface ProgramState {
  readonly target: TargetName;
  readonly pointer: 'i32' | 'i64';
  readonly wordBytes: 4 | 8;
  readonly options: CompileOptions;
  readonly module: WasmModule;
  readonly imports: RuntimeImports;
  readonly globals: RuntimeGlobals;
  readonly linked: LinkedProgram;
  readonly loadBias: number;
  readonly callees: ReadonlyMap<FunctionSymbol, Callee>;
  /** Function indices of what gcc turns library calls into. */
  readonly rewriteTargets: ReadonlyMap<string, number>;
  /** Global that holds the run-time address of a function of libc. */
  readonly externalAddressGlobals: ReadonlyMap<string, number>;
  /** Global that holds the address that the resolver of an `ifunc` function gave, an i64. */
  readonly resolvedGlobals: ReadonlyMap<FunctionSymbol, number>;
  readonly positions: CodePosition[];
  /** Where the module calls `stop_here`; undefined for nowhere. */
  readonly stop: { readonly isAt: (span: Span) => boolean; readonly functionIndex: number } | undefined;
  /** What the module tells; undefined for one that only runs. */
  readonly observation: Observation | undefined;
  /** Floating-point operations that the host does; undefined where nobody sees the difference. */
  readonly floats: FloatOperations | undefined;
  readonly callSites: CallSite[];
  readonly unsupported: UnsupportedPlace[];
  /** Where a program that cannot start stops; see start-limits.ts. */
  readonly startLimit: UnsupportedPlace | undefined;
  /** Function index of `__stack_chk_fail`; undefined when no frame has a guard. */
  readonly stackCheckFail: number | undefined;
  /** Types of calls through pointers, variable argument lists left out. */
  readonly indirectTypes: Set<number>;
  /** Functions that may write over what their callers saved: they have arrays in their frames. */
  readonly overflowing: ReadonlySet<FunctionSymbol>;
  /** Functions whose loops become functions; see loop-function.ts. */
  readonly enteredOnce: ReadonlySet<TypedFunction>;
  /** Functions with a result whose end control may reach. */
  readonly missingReturns: ReadonlySet<FunctionSymbol>;
  /** Global with the result of a function that is left inside of one of its loops. */
  resultGlobal(type: WasmType): number;
  /** Function index of a helper of the module, made when first asked for. */
  helper(name: string): number;
}

/** Thrown for something that the linker did not place: gcc drops what only dead code uses. */
export class MissingAddress extends Error {
  override readonly name = 'MissingAddress';
  readonly what: string;
  constructor(what: string) {
    super(`no address for ${what}`);
    this.what = what;
  }
}

/** The absolute address of an object, function, literal or label of the program. */
export function absoluteAddress(
  program: ProgramState,
  what: ObjectSymbol | FunctionSymbol | StringLiteral | LabelSymbol,
): number {
  const link = program.linked.addressOf(what);
  // What nobody defines and nobody needs lies at address 0.
  if (link === undefined && 'attributes' in what && what.attributes.isWeak === true) return 0;
  if (link === undefined) throw new MissingAddress('name' in what ? what.name : 'string literal');
  return program.options.link === 'pie' ? link + program.loadBias : link;
}

/** The wasm types of a pointer and of a function's parameters differ by target; this is the pointer's. */
export function pointerType(target: TargetName): WasmType & ('i32' | 'i64') {
  return target === 'x86_64' ? 'i64' : 'i32';
}

/** The low 32 bits of an address as the signed number that i32.const takes. */
export function lowWord(addr: number): number {
  return lowHalf(addr) | 0;
}
