/**
 * CONTRACT. What the code generator gives to the machine: a WebAssembly module and its tables.
 *
 * Imports of the module (module name `env`):
 *   memory                                          the physical memory (tlb-layout.ts)
 *   table   (funcref, exported by the module)       functions by table index
 *   read_slow(low: i32, high: i32, size: i32) -> i32    host address to load from, after a TLB miss
 *   write_slow(low: i32, high: i32, size: i32) -> i32   host address to store to; below READ_TLB it is the scratch area …
 *   write_commit(low: i32, high: i32, size: i32)        … and this writes it back after the store
 *   fuel_out()                                      fuel is used up: traps or refills
 *   divide_error()                                  integer division by zero or overflow: SIGFPE
 *   unsupported(index: i32)                         reached a construct that is not modelled (`unsupported[index]`)
 *   indirect(low: i32, high: i32, signature: i32) -> i32  table index of the function at a code address, or a trap; VARIADIC_CALL
 *                                                   is set in the signature of a variadic one
 *   trap()                                          __builtin_trap: SIGILL
 *   divide_wide(operation: i32, 4 x i64), complex_operation(operation: i32, 4 x f64), float_to_wide(isSigned: i32, f64)
 *                                                   leave two words in the scratch area; see wide-arithmetic.ts
 *   wide_to_float(isSigned + 2 * isFloat: i32, low: i64, high: i64) -> f64
 *   extended_operation(operation: i32)              an operation on long double (extended-operations.ts)
 *   frame_smashed(function: i32, slot, fp, returnAddress, framePointer: i64)  a function returns and finds other words than it
 *                                                   saved: where its return address lies, the caller's frame pointer as it is
 *                                                   now, and both words as they were. Comes back with sp and fp set
 *   frame_moved(fp: i64, depth: i32) -> i32         a call came back with this frame pointer: its host address; `depth` bytes below
 *                                                   are accessed directly
 *   stop_here(position: i32)                        only with `stopAt`: the program is about to do what stands there
 *   step_due(position: i32)                         only with `observe`: `steps_left` steps were made (observation.ts)
 *   noted_load, noted_store(low, high, size: i32)   only with `observe: 'accesses'`: an access about to be made; likewise
 *   noted_copy_load, noted_copy_store               the two ends of an assignment that copies a value unchanged,
 *   noted_copy(toLow, toHigh, fromLow, fromHigh, bytes: i32), noted_fill(low, high, bytes: i32)
 *   float:INSTRUCTION                               floating-point operations, only where the program sees their environment
 *   stack_addend    (i32 global, immutable unless there may be several stacks)  host address = low 32 bits of a stack address + stack_addend
 *   thread_pointer  (immutable global, a pointer)   fs base
 *   address:NAME    (immutable i64 global)          absolute address of the external function NAME
 *   function:NAME   every external function by its C name, with the wasm signature of its C type; a variadic one gets one more i32: the
 *   host address of its variadic arguments, 8 bytes each (16 for long double), in order; so does one that is declared without a
 *   prototype, with all its arguments there
 * A suspendable module (process/thread-switch.ts) has stack_addend and thread_pointer mutable, and besides imports
 *   frame_save(bytes: i32)                          keeps what lies in SUSPENSION_AREA, as the frame saved last
 *   frame_restore()                                 puts the frame saved last there; after the last one the state is 0
 * and exports
 *   switch_state: mutable i32 global, 0 running, 1 unwinding, 2 rewinding
 * Exports:
 *   functions as `function:NAME` (static ones as `function:FILE:NAME`), `table`
 *   sp: mutable i64 global, the stack pointer (rsp); fuel: mutable i64; position: mutable i32, index into `positions`
 *   steps_left: mutable i64, only with `observe`
 *   fp: mutable i64, the frame pointer (rbp); return_address: mutable i64, what the next call pushes: set it before
 *   calling an exported function. static_chain: mutable i64, what a nested function finds in r10 (ecx): the address of the frame
 *   that it shares with the function around it. rsp must be a multiple of 16 then, as it is before a call instruction.
 * Pointers are i64 on x86_64 and i32 on i386.
 */
import type { Realignment } from '../image/frame.ts';
import type { Address } from '../../base/address.ts';
import type { Span } from '../source/text-span.ts';
import type { ObservationDetail } from './observation.ts';
import type { Text } from '../text/text.ts';
import type { QualType } from '../sema/type.ts';
import type { TargetName } from '../target/data-model.ts';

/**
 * Set in what `indirect` gets for a call through a pointer to a variadic function: the type of such a call in WebAssembly
 * may be that of another with fixed arguments.
 */
export const VARIADIC_CALL = 0x4000_0000;

export type WasmType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** A function that the program calls and does not define. */
export interface ExternalFunction {
  readonly name: string;
  readonly parameters: readonly WasmType[];
  readonly result: WasmType | undefined;
  readonly isVariadic: boolean;
  /** It need not exist: its address is 0 then. */
  readonly isWeak: boolean;
  /** Declared without a prototype: its list holds all arguments of a call, from the first one on. */
  readonly listsAll?: true;
  /** Table index for indirect calls. */
  readonly tableIndex: number;
  /** What `indirect` gets for a call of its type; undefined where calls of every type take it as it is. */
  readonly signature?: number;
}

/** A variable in a stack frame. */
export interface FrameVariable {
  readonly name: string;
  readonly type: QualType;
  readonly isParameter: boolean;
  /** Bytes from rbp. */
  readonly offset: number;
  readonly size: number;
  readonly span: Span;
  /** Part of the text where the name is visible. */
  readonly scope: Span;
}

/** A variable that has no memory. */
export interface RegisterVariable {
  readonly name: string;
  readonly span: Span;
  /** Bytes. */
  readonly size: number;
  /** Host address of its value at a stop; undefined where it is not told. */
  readonly slot: number | undefined;
}

export interface CompiledFunction {
  readonly name: string;
  /** Name of the export. */
  readonly exportName: string;
  /** Link-time address of its first instruction, and estimated bytes of machine code. */
  readonly addr: number;
  readonly size: number;
  readonly span: Span;
  /** Bytes from rbp down to rsp after the prologue. */
  readonly frameSize: number;
  /** How it aligns its frame for itself, where it does. */
  readonly realignment: Realignment | undefined;
  readonly variables: readonly FrameVariable[];
  /** Its `register` variables: at a stop in it their values are in linear memory. */
  readonly registers: readonly RegisterVariable[];
  /** Table index for indirect calls. */
  readonly tableIndex: number;
  /** Index into `signatures`. */
  readonly signature: number;
  readonly isVariadic?: boolean;
  /** Table indices for calls through pointers of other types, by signature. */
  readonly adapters: ReadonlyMap<number, number>;
}

/** A place in the program where execution can be. */
export interface CodePosition {
  /** Index into `functions`. */
  readonly functionIndex: number;
  readonly span: Span;
  /** What a step there is: the function is entered, is left, or something in it is done. */
  readonly role: PositionRole;
}

export type PositionRole = 'entry' | 'statement' | 'exit';

/** A call instruction: the return address it pushes and the position of the call. */
export interface CallSite {
  /** Link-time return address. */
  readonly returnAddress: number;
  readonly position: number;
  /** Whether the caller goes on rightly when the call comes back with another frame pointer (moved-frame.ts). */
  readonly followsFrame: boolean;
}

/** A place where the run stops, because what stands there is not modelled. */
export interface UnsupportedPlace {
  readonly reason: Text;
  readonly span: Span;
  /** gcc, too, takes it that this is never reached: nothing to warn about. */
  readonly isUnreached?: boolean;
}

export interface CompiledProgram {
  readonly target: TargetName;
  /** Whether its stack can be left and entered again (suspendable.ts): it may start threads. */
  readonly isSuspendable: boolean;
  /** Whether it may give signal handlers a stack of their own: stack_addend is mutable. */
  readonly hasSignalStack: boolean;
  /** Whether it can see the floating-point environment: the host does its operations (float-operations.ts). */
  readonly seesFloatEnvironment: boolean;
  readonly wasm: Uint8Array;
  readonly externals: readonly ExternalFunction[];
  /** External functions and objects whose address the code uses; each has an imported global `address:NAME`. */
  readonly externalAddresses: readonly string[];
  /** The objects of libc among them, which are used where they are. */
  readonly externalObjects: readonly string[];
  /** Types of functions; the index is what `indirect` gets. */
  readonly signatures: readonly {
    readonly parameters: readonly WasmType[];
    readonly result: WasmType | undefined;
  }[];
  readonly functions: readonly CompiledFunction[];
  readonly positions: readonly CodePosition[];
  /** Sorted by return address. */
  readonly callSites: readonly CallSite[];
  readonly unsupported: readonly UnsupportedPlace[];
  /**
   * Functions with `__attribute__((ifunc))`: when the program is loaded, their resolvers (export names) are called, and the
   * addresses they give go to the globals `resolved:NAME`.
   */
  readonly resolved: readonly { readonly name: string; readonly resolver: string }[];
  /** Export names in order of constructor priority, to be called before main. */
  readonly constructors: readonly string[];
  readonly destructors: readonly string[];
}

/** What is bound when the module is compiled: link-time addresses become absolute with the load bias. */
export interface CodegenInputs {
  /** Positions at which the module calls `stop_here` with the index of the position, before anything there is done. */
  readonly stopAt?: (span: Span) => boolean;
  /** Makes the module tell what it does. */
  readonly observe?: ObservationDetail;
  /** Whether the stack can be left; without it, whether the program names a function that starts threads. */
  readonly isSuspendable?: boolean;
  readonly loadBias: Address;
}
