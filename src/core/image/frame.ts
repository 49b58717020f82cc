/**
 * The stack frame of a function as gcc 12 -O0 lays it out: which bytes below (and above) rbp belong to which variable.
 *
 * Saved registers first, then the register-like variables in the order of their SSA names, nameless objects, variables
 * in memory block by block, large ones of inner blocks in shared slots, at last the parameters that came in registers.
 * With -fstack-protector-strong all variables are sorted by size instead, arrays nearest to the guard.
 *
 * Source: measured with gcc 12.2; gcc/cfgexpand.cc (expand_used_vars), gcc/config/i386/i386.cc
 * (ix86_compute_frame_layout): behaviour.
 * Simplified: registers that single operations need beside values that survive calls: those of 128-bit, complex and atomic
 * arithmetic (the layout says so), of lengths of arrays and of two-word values on i386 are rules of thumb or not counted.
 */
import { roundUp } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import { asArray, isVariableLength, isVariablyModified, resolve, sizeOf } from '../sema/type-relations.ts';
import type { CompileOptions } from '../sema/placement.ts';
import type {
  FunctionSymbol,
  ObjectSymbol,
  SharedFrame,
  TypedExpression,
  TypedFunction,
} from '../sema/typed-tree.ts';
import type { CType } from '../sema/type.ts';
import { assignArguments, classify, firstWordIsHalf, returnsInMemory } from './calling-convention.ts';
import type { ArgumentAssignment } from './calling-convention.ts';
import { writtenCode } from './code-size.ts';
import { FunctionFlow } from './function-flow.ts';
import { slotsOfParameters } from './parameter-slots.ts';
import type { ParameterSlot } from './parameter-slots.ts';
import { memoryAlignment, registerAlignment } from './local-alignment.ts';
import { isMemoryValue, isPairRecord } from './register-modes.ts';
import type { MemoryOwner } from './flow-graph.ts';
import type { SlotOwner } from './slot-order.ts';
import { wordRegisters } from './code/i386-registers.ts';
import type { TableRegister, WordRegisters } from './code/i386-registers.ts';
import type { VariableRegisters } from './code/variable-registers.ts';
import { usesX87 } from './x87-use.ts';
import { Conflicts } from './slot-sharing.ts';
import { walkStatement } from './tree-walk.ts';
import { isRegisterLike } from './frame-facts.ts';
import type { Call, FrameFacts, NamelessObject } from './frame-facts.ts';

/** How a function aligns the stack for itself: for variables aligned to more than 16 bytes, and in the main of i386. */
export interface Realignment {
  /**
   * `argument-pointer`: the stack is aligned before the frame pointer is set, and a register keeps the place of the
   * arguments: gcc does so when the function passes arguments on the stack. `stack-pointer`: it is aligned behind the
   * saved registers, and variables have their places from the stack pointer.
   */
  readonly kind: 'argument-pointer' | 'stack-pointer';
  /** Bytes to add to a variable's offset to get that from the stack pointer, for `stack-pointer`. */
  readonly fromStackPointer: number;
  /** Bytes to which the stack is aligned. */
  readonly alignment: number;
  /**
   * False where gcc prepared for it and in the end nothing in the frame needs the alignment: the stack stays as it is, and
   * only how variables are addressed tells.
   */
  readonly isAligned: boolean;
  /** Bytes of the registers that are pushed before the stack is aligned, the frame pointer apart; for `stack-pointer`. */
  readonly pushedBytes: number;
  /** Where the address of the arguments is saved, in bytes from the frame pointer, for `argument-pointer`. */
  readonly argumentPointer: number;
  /** Bytes from the aligned place up to where offsets of variables count from, for `stack-pointer`. */
  readonly base: number;
}

/** What `-fstack-usage` tells of a function. */
export interface StackUsage {
  /** Bytes, the return address and the saved frame pointer included. */
  readonly bytes: number;
  /**
   * `dynamic,bounded`: with the most that is pushed for the arguments of a call and, where the stack is aligned, with what
   * that may take; `dynamic`: arrays of variable size come on top.
   */
  readonly kind: 'static' | 'dynamic,bounded' | 'dynamic';
}

/** Where everything of one function lies, in bytes from rbp (ebp). */
export interface FrameLayout {
  /** Locals and parameters that have a place in memory; parameters on the stack have positive offsets. */
  readonly offsets: ReadonlyMap<ObjectSymbol, number>;
  /** Slots of parameters that the function copies to what it shares with nested functions: `offsets` tells of the copy. */
  readonly incoming: ReadonlyMap<ObjectSymbol, number>;
  /** `register` scalars: they really are in registers. */
  readonly registers: ReadonlySet<ObjectSymbol>;
  /** Which ones; those without an entry found none, or nothing reads them. */
  readonly variableRegisters: VariableRegisters;
  /** How the arguments come in. */
  readonly parameterPlaces: ArgumentAssignment;
  /** Hidden pointer to the result's memory, where the function returns a record in memory. */
  readonly hiddenResult: number | undefined;
  /** Memory for the results of calls that are records too large for registers and go into no variable directly. */
  readonly temporaries: ReadonlyMap<TypedExpression, number>;
  /** The 176 bytes where a variadic function saves its register arguments. */
  readonly registerSaveArea: number | undefined;
  /** Callee-saved registers that the prologue pushes. */
  readonly savedRegisters: number;
  /** The stack protector's guard, with -fstack-protector-strong. */
  readonly guard: number | undefined;
  /** False for a main of i386 that needs nothing of its frame: gcc takes it away that had feared to need alignment. */
  readonly hasFramePointer: boolean;
  /** How the function aligns its own frame, where callers do not align the stack enough. */
  readonly realignment: Realignment | undefined;
  /** Bytes to which the caller must align the stack. */
  readonly stackAlignment: number;
  /** Bytes from rbp down to the lowest byte in use. */
  readonly depth: number;
  /** Bytes from rbp down to rsp after the prologue. */
  readonly frameSize: number;
  readonly stackUsage: StackUsage;
  /** On the i386: the register with the address of the global offset table, at first; undefined at fixed addresses. */
  readonly table: TableRegister | undefined;
  /** Whether we know all registers that the prologue saves; if not, everything may lie lower by 16 bytes or more. */
  readonly isExact: boolean;
  /** Locals in [-registerLikeDepth, 0) are few and scalar; they lie at the top of the frame. */
  readonly registerLikeDepth: number;
}

const noRegisters: VariableRegisters = new Map();

/** What is not known of the lengths of instructions, but of the registers that they take. */
const harmlessDoubts: ReadonlySet<string> = new Set([
  'callee-saved registers',
  'long double',
  'record result in registers',
]);

/** Variables of inner blocks from this size on share slots. */
const MIN_SIZE_FOR_SHARING = 32;
const REGISTER_SAVE_AREA = 176;
/** rbx, r12 to r15; ebx, esi, edi: by bytes of a word. */
const CALLEE_SAVED = { 8: 5, 4: 3 } as const;
/** On x86-64 six arguments have registers. */
const FEWEST_PUSHED = 7;
/** Bytes below rsp that a leaf function uses without moving it: the red zone but for 8 bytes. */
const RED_ZONE = 120;

/** Functions of the same file that gcc has compiled already, with the stack alignment that each of them needs. */
export type CompiledBefore = ReadonlyMap<FunctionSymbol, number>;

/**
 * Lays out the frame of a function.
 *
 * @param before - what is known of callees; a call of anything else needs a stack aligned to 16 bytes
 */
export function layoutFrame(
  fn: TypedFunction,
  options: CompileOptions,
  before: CompiledBefore = new Map(),
): FrameLayout {
  const flow = new FunctionFlow(fn, options);
  const first = new FrameBuilder(fn, options, before, flow, undefined);
  const layout = first.build();
  if (options.target === 'x86_64') {
    const asksForRegisters = layout.registers.size > 0 || hasSizesAtRunTime(fn);
    const pushes = pushesArguments(fn, options.target);
    const keepsValues =
      layout.savedRegisters > 0 || flow.facts.spills.length > 0 || handlesPairs(fn, flow.facts);
    if (!asksForRegisters && !pushes && !keepsValues && !usesX87(fn, 'x86_64')) return layout;
    const { savedRegisters, slots, variables, doubts } = writtenCode(fn, layout, options.pie);
    // Arguments that are pushed may take more registers than values between calls; slots of the x87 unit's values come from
    // the code, too.
    const isKnown = [...doubts].every((doubt) => harmlessDoubts.has(doubt));
    const tellsRegisters =
      asksForRegisters ||
      (keepsValues && isKnown && !pushesThreadAddress(fn, options.target)) ||
      (pushes && savedRegisters.length > layout.savedRegisters);
    // Most code takes what its values were seen to need: the frame stays, and with it the code that was written for it.
    const isSame =
      variables.size === 0 &&
      (!tellsRegisters || savedRegisters.length === layout.savedRegisters) &&
      slots.length === first.spillSlots.length &&
      slots.every((bytes, index) => bytes === first.spillSlots[index]);
    if (isSame) return layout;
    const registers = {
      saved: tellsRegisters ? savedRegisters : undefined,
      table: undefined,
      slots,
      variables,
      hasCall: false,
      alignment: 1,
    };
    return new FrameBuilder(fn, options, before, flow, registers).build();
  }
  // What is where does not change the registers that the code takes, only how far down it is.
  return new FrameBuilder(fn, options, before, flow, wordRegisters(fn, layout, options)).build();
}

/** Lays out the frames of all functions of a file: a caller aligns its frame as its callees above it need. */
export function layoutFrames(
  functions: readonly TypedFunction[],
  options: CompileOptions,
): ReadonlyMap<TypedFunction, FrameLayout> {
  const layouts = new Map<TypedFunction, FrameLayout>();
  const before = new Map<FunctionSymbol, number>();
  for (const fn of functions) {
    const layout = layoutFrame(fn, options, before);
    layouts.set(fn, layout);
    // Another definition may take the place of a weak one: nothing is known of it.
    if (fn.symbol.attributes.isWeak !== true) before.set(fn.symbol, layout.stackAlignment);
  }
  return layouts;
}

/** Bytes that alignment left free; offsets from the frame pointer. */
interface Gap {
  readonly start: number;
  readonly end: number;
}

interface Slot {
  /** Whose memory it is; undefined for what needs no address. */
  readonly owner: MemoryOwner | undefined;
  /** Bytes, like the alignment. */
  readonly size: number;
  readonly align: number;
  /** Nothing else may have the slot. */
  readonly isAlone: boolean;
  readonly phase: ProtectionPhase;
}

/** What the code tells; without `saved` the callee-saved registers are those of values that survive calls. */
type CodeRegisters = Omit<WordRegisters, 'doubts' | 'saved'> & {
  readonly saved: readonly number[] | undefined;
};

type ConflictFinder = (owners: readonly MemoryOwner[]) => Conflicts;

class FrameBuilder {
  readonly #fn: TypedFunction;
  readonly #options: CompileOptions;
  readonly #before: CompiledBefore;
  readonly #word: 4 | 8;
  readonly #flow: FunctionFlow;
  /** The registers of the code, once there is a layout to write it for: on the i386, and with `register` variables. */
  readonly #registers: CodeRegisters | undefined;
  readonly #offsets = new Map<ObjectSymbol, number>();
  readonly #incoming = new Map<ObjectSymbol, number>();
  readonly #temporaries = new Map<TypedExpression, number>();
  /** Bytes below rbp where the locals begin; offsets are aligned relative to it. */
  #base = 0;
  /** Bytes below the base that are in use, negative. */
  #offset = 0;
  /** What alignment left free among parameters and spilled values, the newest last. */
  readonly #gaps: Gap[] = [];

  /** Bytes of the slots for values without a register, once the frame is built. */
  spillSlots: readonly number[] = [];

  constructor(
    fn: TypedFunction,
    options: CompileOptions,
    before: CompiledBefore,
    flow: FunctionFlow,
    registers: CodeRegisters | undefined,
  ) {
    this.#fn = fn;
    this.#flow = flow;
    this.#registers = registers;
    this.#options = options;
    this.#before = before;
    this.#word = options.target === 'x86_64' ? 8 : 4;
  }

  build(): FrameLayout {
    const fn = this.#fn;
    const hasHiddenResult = returnsInMemory(this.#options.target, fn.symbol.type.result.type);
    const parameterPlaces = assignArguments(
      this.#options.target,
      fn.parameters.map((parameter) => parameter.type),
      hasHiddenResult,
    );
    const { graph, tree, facts, registers, order } = this.#flow;
    const isGuarded = this.#options.stackProtector && this.#needsGuard(facts);
    // A guarded function calls __stack_chk_fail.
    const callsRuntime = this.#registers?.hasCall === true;
    const isLeaf = !facts.hasCall && !callsRuntime && !facts.hasDynamicStack && !isGuarded;
    const { frame: shared, chain } = fn.nesting ?? {};
    const keepsGot =
      this.#options.pie &&
      this.#word === 4 &&
      (facts.calls.some(callsThroughTable) || (facts.usesTable && facts.hasCall));
    // The frame is aligned no more than the locals and the called functions need.
    const parameterSlots = [
      ...slotsOfParameters(fn, parameterPlaces, registers, this.#word, isGuarded),
      // gcc/function.cc: expand_function_start: debuggers find the chain on the stack.
      ...(chain === undefined ? [] : [this.#slotOfChain(chain)]),
    ];
    const alignment = Math.max(
      largestAlignment(this.#word, order, facts),
      this.#word === 4 && facts.convertsToInteger ? 8 : 1,
      this.#returnsParts() ? 16 : 1,
      // Vector registers are saved as a whole.
      this.#savesArguments() ? 16 : 1,
      callsRuntime && !facts.hasCall ? 16 : this.#alignmentForCalls(facts),
      isGuarded ? 16 : 1,
      ...parameterSlots.map((slot) => (slot.callerOffset === undefined ? slot.align : 1)),
    );
    // What a register holds might need a slot: gcc prepares for that before it knows.
    const estimated = Math.max(alignment, this.#registers?.alignment ?? 1);
    const realignment = this.#realignmentFor(estimated, facts);
    const isAligned = alignment > this.#incomingAlignment();
    const keepsArguments = realignment === 'argument-pointer' && usesIncoming(parameterSlots, facts);
    const kept = (keepsGot ? 1 : 0) + (keepsArguments ? 1 : 0);
    const available = CALLEE_SAVED[this.#word] - kept;
    // A jump out of a nested function restores no registers: nothing stays in them, and all are saved.
    const restoresNone = fn.labels.some((label) => label.isNonlocal === true);
    const survivors = this.#flow.survivors(restoresNone ? 0 : available);
    // The code of x86-64 is written without the registers of a chain and of the address of the arguments.
    const hasOtherRegisters = this.#word === 8 && (chain !== undefined || realignment === 'argument-pointer');
    const ofCode = restoresNone || hasOtherRegisters ? undefined : this.#registers;
    const savedRegisters =
      ofCode?.saved?.length ??
      kept +
        Math.min(
          available,
          restoresNone
            ? available
            : this.#word === 4
              ? Math.max(survivors.registers, this.#registersForEntry(facts, keepsGot))
              : Math.max(
                  survivors.registers,
                  facts.copiesWithPair ? 1 : 0,
                  registersForLengths(fn, facts),
                  joinsInRbx(fn, parameterPlaces) ? 1 : 0,
                  this.#returnsParts() ? 1 : 0,
                ),
        );
    // The x87 unit converts to integers in memory, under a control word in memory.
    const controlWords = facts.truncatesInX87 && survivors.truncates ? [2, 2] : [];
    // The address of the arguments is saved among the registers.
    const pushed = savedRegisters + (realignment === 'argument-pointer' ? 1 : 0);
    this.#base = roundUp((2 + pushed) * this.#word, alignment) - 2 * this.#word;
    let registerSaveArea: number | undefined;
    if (this.#savesArguments()) registerSaveArea = this.#allocate(REGISTER_SAVE_AREA, 16);
    let guard: number | undefined;
    let registerLikeDepth = this.#base - this.#offset;
    if (this.#options.stackProtector) {
      if (isGuarded) guard = this.#allocate(this.#word, this.#word);
      this.#placeProtected(order, facts, (objects) => new Conflicts(graph, tree, objects));
    } else {
      for (const owner of order) this.#place(this.#slotOf(owner));
      registerLikeDepth = this.#base - this.#offset;
      for (const nameless of [...facts.nameless].reverse()) this.#place(slotOfNameless(nameless));
      this.#placeBlocks(facts, (objects) => new Conflicts(graph, tree, objects));
    }
    this.#offset = -roundUp(-this.#offset, 16);
    // The stack protector leaves no pointer where the caller put it.
    const keepsHiddenResult = this.#word === 8 || isGuarded;
    const hiddenPlace = (): number =>
      keepsHiddenResult ? this.#allocate(this.#word, this.#word) : 2 * this.#word;
    const hiddenResult = hasHiddenResult ? hiddenPlace() : undefined;
    this.#placeParameters(parameterSlots);
    if (shared !== undefined) this.#placeShare(shared);
    const spillBytes = facts.spills.reduce((most, call) => Math.max(most, sizeOf(call.type.type) ?? 0), 0);
    if (spillBytes > 0) {
      // One piece serves all statements, one after the other.
      const offset = this.#allocate(roundUp(spillBytes, 16), 16);
      for (const call of facts.spills) this.#temporaries.set(call, offset);
    }
    if (facts.returnBytes > 0) this.#allocate(roundUp(facts.returnBytes, 16), 16);
    this.spillSlots = ofCode?.slots ?? survivors.spillSlots;
    for (const size of [...controlWords, ...this.spillSlots]) this.#placeInGap(size, size === 12 ? 4 : size);
    const size = roundUp(-this.#offset, alignment);
    // A leaf without a frame of its own needs no alignment; only what calls others ends at an aligned place.
    const end = this.#base + size;
    const depth = isLeaf
      ? size === 0
        ? pushed * this.#word
        : end
      : roundUp(end + 2 * this.#word, alignment) - 2 * this.#word;
    // gcc/config/i386/i386.cc: ix86_finalize_stack_frame_flags.
    const hasFramePointer =
      realignment === undefined ||
      !isLeaf ||
      size > 0 ||
      pushed > 0 ||
      parameterSlots.some(({ parameter }) => parameter.isReferenced);
    const usesRedZone = isLeaf && this.#word === 8;
    const frameSize = usesRedZone ? Math.max(savedRegisters * this.#word, depth - RED_ZONE) : depth;
    return {
      offsets: this.#offsets,
      incoming: this.#incoming,
      registers,
      variableRegisters: this.#registers?.variables ?? noRegisters,
      parameterPlaces,
      hiddenResult,
      temporaries: this.#temporaries,
      registerSaveArea,
      savedRegisters,
      guard,
      stackAlignment: alignment,
      hasFramePointer,
      realignment:
        realignment === undefined
          ? undefined
          : {
              kind: realignment,
              fromStackPointer: frameSize,
              alignment,
              isAligned,
              pushedBytes: pushed * this.#word,
              // rbx, the first to be used, is pushed behind it; on i386 it is last.
              argumentPointer: -this.#word * (this.#word === 8 ? Math.max(1, savedRegisters) : pushed),
              base: this.#base,
            },
      depth,
      frameSize,
      stackUsage: this.#stackUsage(facts, frameSize - (hasFramePointer ? 0 : this.#word), {
        alignment,
        isByPointer: realignment === 'argument-pointer' && isAligned,
      }),
      table: this.#registers?.table,
      isExact: !facts.hasUnknownRegisters,
      registerLikeDepth,
    };
  }

  /** gcc/config/i386/i386.cc (ix86_expand_prologue), calls.cc (expand_call), toplev.cc (output_stack_usage_1). */
  #stackUsage(
    facts: FrameFacts,
    frameSize: number,
    { alignment, isByPointer }: { readonly alignment: number; readonly isByPointer: boolean },
  ): StackUsage {
    // For the alignment as much is counted as it may take.
    const pushed = Math.max(0, ...facts.calls.map((call) => this.#pushedBytes(call)));
    const dynamic = (isByPointer ? alignment : 0) + facts.dynamicStackBytes + pushed;
    const bytes = frameSize + 2 * this.#word + dynamic;
    if (facts.hasDynamicStack) return { bytes, kind: 'dynamic' };
    return { bytes, kind: dynamic > 0 ? 'dynamic,bounded' : 'static' };
  }

  /** Bytes by which a call's arguments lower the stack pointer: the callee finds the stack aligned as it needs it. */
  #pushedBytes(call: Call): number {
    return roundUp(this.#argumentBytes(call), Math.max(this.#word, this.#calleeAlignment(call)));
  }

  /** Bytes of a call's arguments on the stack. */
  #argumentBytes(call: Call): number {
    return stackBytesOf(call, this.#options.target);
  }

  /**
   * Callee-saved registers of i386 that the parameters take: those smaller than int are all loaded before the first of
   * them is stored in its slot, beside the address of the global offset table.
   */
  #registersForEntry(facts: FrameFacts, keepsGot: boolean): number {
    const sizes = this.#fn.parameters.map(({ type }) =>
      isMemoryValue(type.type) ? 0 : (sizeOf(type.type) ?? 0),
    );
    const small = sizes.filter((size) => size > 0 && size < 4).length;
    const table = this.#options.pie && facts.usesTable && !keepsGot ? 1 : 0;
    const copies = small > 0 && sizes.some((size) => size > 4) ? 1 : 0;
    const extra = Math.max(0, small + table + copies - 3);
    // Bytes are stored from eax, ebx, ecx and edx only: one of them must be free for what sits elsewhere.
    return small + table > 4 ? extra + 1 : extra;
  }

  /** Bytes to which the caller aligns the stack; gcc trusts nobody who calls the main of i386. */
  #incomingAlignment(): number {
    return this.#word === 4 && this.#fn.symbol.name === 'main' ? 4 : 16;
  }

  /** How a function whose variables need more alignment than the stack has on entry gets it. */
  #realignmentFor(alignment: number, facts: FrameFacts): Realignment['kind'] | undefined {
    if (alignment <= this.#incomingAlignment()) return undefined;
    const passesOnStack = facts.calls.some((call) => this.#argumentBytes(call) > 0);
    return passesOnStack || facts.hasDynamicStack ? 'argument-pointer' : 'stack-pointer';
  }

  /** A result of two words that are no pair of registers is taken apart with the help of rbx. */
  #returnsParts(): boolean {
    const { type } = this.#fn.symbol.type.result;
    return isPairRecord(type) && (firstWordIsHalf(type) || classify(type).includes('sse'));
  }

  /** Whether a variadic function finds arguments in registers. */
  #savesArguments(): boolean {
    return this.#fn.symbol.type.isVariadic && this.#word === 8;
  }

  /** -fstack-protector-strong guards functions with arrays, alloca, variables whose address is taken, records from calls. */
  #needsGuard(facts: FrameFacts): boolean {
    const { stackProtector } = this.#fn.symbol.attributes;
    if (stackProtector !== undefined) return stackProtector === 'always';
    if (facts.hasDynamicStack) return true;
    if (facts.calls.some((call) => returnsInMemory(this.#options.target, call.type.type))) return true;
    return facts.memory.some(
      ({ object }) => object.isAddressTaken || protectionPhase(object.type.type) !== 'rest',
    );
  }

  /**
   * A call of a function that gcc has compiled before needs the alignment that this one needs, up to 16; any other call, one
   * of the function itself among them, 16.
   */
  #alignmentForCalls(facts: FrameFacts): number {
    if (facts.hasDynamicStack) return 16;
    return Math.max(1, ...facts.calls.map((call) => this.#calleeAlignment(call)));
  }

  #calleeAlignment({ callee }: Call): number {
    const needed = callee.kind === 'function' ? this.#before.get(callee.function) : undefined;
    // One that needs more aligns the stack for itself.
    return Math.min(needed ?? 16, 16);
  }

  #slotOfChain(chain: ObjectSymbol): ParameterSlot {
    return { parameter: chain, size: this.#word, align: this.#word, passage: 0, callerOffset: undefined };
  }

  /** Variables in the object that nested functions share have their places in it. */
  #placeShare(shared: SharedFrame): void {
    const start = this.#offsets.get(shared.object);
    invariant(start !== undefined, 'what is shared has a place');
    for (const [object, offset] of shared.variables) this.#offsets.set(object, start + offset);
    for (const { parameter, offset, isAddress } of shared.parameters) {
      const slot = this.#offsets.get(parameter);
      if (isAddress || slot === undefined) continue;
      this.#incoming.set(parameter, slot);
      this.#offsets.set(parameter, start + offset);
    }
  }

  #allocate(size: number, align: number): number {
    this.#offset = -roundUp(-this.#offset + size, align);
    return this.#offset - this.#base;
  }

  /** A variable length array has slots for its address and for the highest index of each variable dimension. */
  #slotOf(owner: SlotOwner): Slot {
    const word = this.#word;
    if (owner.kind === 'array')
      return { owner: undefined, size: word, align: word, isAlone: true, phase: 'rest' };
    if (isVariableLength(owner.type.type))
      return { owner, size: word, align: word, isAlone: true, phase: 'rest' };
    const phase = protectionPhase(owner.type.type);
    return { owner, ...measure(owner, word), isAlone: isRegisterLike(owner), phase };
  }

  #place(slot: Slot): void {
    if (slot.owner?.kind === 'object' && this.#offsets.has(slot.owner)) return;
    this.#placeAll([slot], this.#allocate(slot.size, slot.align));
  }

  #placeAll(slots: readonly Slot[], offset: number): void {
    for (const { owner } of slots) {
      if (owner?.kind === 'object') this.#offsets.set(owner, offset);
      else if (owner !== undefined) this.#temporaries.set(owner, offset);
    }
  }

  #placeBlocks(facts: FrameFacts, conflictsOf: ConflictFinder): void {
    const deferred: Slot[] = [];
    for (const { object, isInner } of facts.memory) {
      const slot = this.#slotOf(object);
      if (isInner && slot.size >= MIN_SIZE_FOR_SHARING) deferred.push(slot);
      else this.#place(slot);
    }
    this.#placeShared(sortedForSharing(deferred), conflictsOf(deferred.flatMap(({ owner }) => owner ?? [])));
  }

  /** Gives slots to sorted variables; each slot takes later ones that are never live together with its members. */
  #placeShared(sorted: readonly Slot[], conflicts: Conflicts): void {
    const placed = new Set<Slot>();
    for (const leader of sorted) {
      if (placed.has(leader)) continue;
      const members = [leader];
      placed.add(leader);
      for (const other of sorted) {
        if (placed.has(other) || members.some((member) => !mayShare(member, other, conflicts))) continue;
        members.push(other);
        placed.add(other);
      }
      const align = members.reduce((most, member) => Math.max(most, member.align), 1);
      this.#placeAll(members, this.#allocate(leader.size, align));
    }
  }

  /**
   * With the stack protector: character arrays, then other arrays, then the rest, each sorted by size; all together in a
   * function that is never guarded.
   */
  #placeProtected(order: readonly SlotOwner[], facts: FrameFacts, conflictsOf: ConflictFinder): void {
    const declared = facts.memory.map(({ object }) => this.#slotOf(object));
    const nameless = facts.nameless.map(slotOfNameless);
    const names = order.map((owner) => this.#slotOf(owner));
    const slots = sortedForSharing(
      // Nothing is empty here.
      [...declared, ...nameless, ...names].map((slot) => ({ ...slot, size: Math.max(slot.size, 1) })),
    );
    const conflicts = conflictsOf(slots.flatMap(({ owner }) => owner ?? []));
    const phases =
      this.#fn.symbol.attributes.stackProtector === 'never'
        ? [slots]
        : protectionPhases.map((phase) => slots.filter((slot) => slot.phase === phase));
    for (const inPhase of phases) this.#placeShared(inPhase, conflicts);
  }

  /** Parameters from registers: in order. */
  #placeParameters(slots: readonly ParameterSlot[]): void {
    for (const { parameter, size, align, passage, callerOffset } of slots) {
      // What alignment leaves free there is not used (gcc/function.cc: assign_stack_temp_for_type).
      if (passage > 0) this.#allocate(passage, this.#word);
      this.#offsets.set(parameter, callerOffset ?? this.#placeInGap(size, align));
    }
  }

  /** A place in the newest gap that is large enough, else below (gcc/function.cc: assign_stack_local_1). */
  #placeInGap(size: number, align: number): number {
    const fits = ({ start, end }: Gap): boolean => this.#alignedBelow(end - size, align) >= start;
    const gaps = this.#gaps;
    const free = gaps.filter(fits).at(-1);
    if (free !== undefined) {
      const offset = this.#alignedBelow(free.end - size, align);
      gaps.splice(gaps.indexOf(free), 1);
      if (offset > free.start) gaps.push({ start: free.start, end: offset });
      if (offset + size < free.end) gaps.push({ start: offset + size, end: free.end });
      return offset;
    }
    const before = this.#offset - this.#base;
    const offset = this.#allocate(size, align);
    if (offset + size < before) gaps.push({ start: offset + size, end: before });
    return offset;
  }

  #alignedBelow(offset: number, align: number): number {
    return -roundUp(-offset - this.#base, align) - this.#base;
  }
}

/** Whether a function takes apart or puts together records in pairs of registers. */
function handlesPairs(fn: TypedFunction, { calls, literalPairs }: FrameFacts): boolean {
  return (
    literalPairs ||
    isPairRecord(fn.symbol.type.result.type) ||
    fn.parameters.some(({ type }) => isPairRecord(type.type)) ||
    calls.some(
      (call) => isPairRecord(call.type.type) || call.args.some(({ type }) => isPairRecord(type.type)),
    )
  );
}

/** Whether a function computes sizes of types when it runs. */
function hasSizesAtRunTime(fn: TypedFunction): boolean {
  return [...fn.parameters, ...fn.locals].some(({ type }) => isVariablyModified(type.type));
}

/**
 * Whether a call has more arguments than there are registers for: all of them are computed before the first is pushed. Not
 * counted are calls that take the address of a thread-local object, which gcc computes where it is pushed; the written code
 * computes it with the others.
 */
function pushesArguments(fn: TypedFunction, target: CompileOptions['target']): boolean {
  return hasPushingCall(fn, target, (call) => !call.args.some(isThreadAddress));
}

/** gcc computes addresses of thread-local objects where they are pushed; the code that is written here has them in registers. */
function pushesThreadAddress(fn: TypedFunction, target: CompileOptions['target']): boolean {
  return hasPushingCall(fn, target, (call) => call.args.some(isThreadAddress));
}

/** Whether a call that passes arguments on the stack is one of those that are looked for. */
function hasPushingCall(
  fn: TypedFunction,
  target: CompileOptions['target'],
  isWanted: (call: Call) => boolean,
): boolean {
  let found = false;
  walkStatement(fn.body, {
    expression: (expression) => {
      if (found || expression.kind !== 'call' || expression.args.length < FEWEST_PUSHED) return;
      found = stackBytesOf(expression, target) > 0 && isWanted(expression);
    },
  });
  return found;
}

function isThreadAddress(argument: TypedExpression): boolean {
  let one = argument;
  while (one.kind === 'address-of' || (one.kind === 'convert' && one.conversion !== 'load'))
    one = one.operand;
  while (one.kind === 'member') one = one.base;
  return one.kind === 'object' && one.object.storage === 'thread';
}

/** Bytes of a call's arguments on the stack. */
function stackBytesOf(call: Call, target: CompileOptions['target']): number {
  return assignArguments(
    target,
    call.args.map((argument) => argument.type),
    returnsInMemory(target, call.type.type),
  ).stackBytes;
}

/** In the order in which gcc looks for slots to share: large ones first, of equal ones what was made last. */
function sortedForSharing(slots: readonly Slot[]): readonly Slot[] {
  return [...slots].reverse().sort((a, b) => b.size - a.size || a.align - b.align);
}

/** Register-like variables never share a slot. */
function mayShare(a: Slot, b: Slot, conflicts: Conflicts): boolean {
  if (a.isAlone || b.isAlone || a.owner === undefined || b.owner === undefined) return false;
  return !conflicts.between(a.owner, b.owner);
}

function slotOfNameless({ call, type, size, align }: NamelessObject): Slot {
  return { owner: call, size, align, isAlone: false, phase: protectionPhase(type) };
}

function measure(object: ObjectSymbol, word: 4 | 8): { readonly size: number; readonly align: number } {
  return {
    size: sizeOf(object.type.type) ?? 0,
    align: isRegisterLike(object) ? registerAlignment(object) : memoryAlignment(object, word),
  };
}

/**
 * Callee-saved registers of a function with variably modified types: gcc computes their sizes in bits with 128 bits, and
 * the saved stack pointer survives calls.
 *
 * Measured, not modelled: the figure for the most demanding array counts.
 */
function registersForLengths(fn: TypedFunction, facts: FrameFacts): number {
  const arrays = facts.variableArrays;
  const pointers = [...fn.parameters, ...fn.locals].filter(
    ({ type }) => resolve(type.type).kind === 'pointer' && isVariablyModified(type.type),
  );
  if (arrays.length === 0) return pointers.length > 0 ? 1 : 0;
  const pressure = arrays.reduce((most, array) => {
    const element = asArray(array.type.type)?.element.type;
    if (arrays.length > 1) return facts.calls.length > 0 ? 5 : 4;
    if (facts.loopArrays.has(array)) return Math.max(most, 4);
    if (element !== undefined && isVariableLength(element)) return Math.max(most, 3);
    const size = element === undefined ? 1 : (sizeOf(element) ?? 1);
    return Math.max(most, (size & (size - 1)) === 0 ? 0 : 1);
  }, 0);
  const savesStackPointer = facts.calls.length > 0 && !facts.hasAlloca;
  return pressure + (savesStackPointer ? 1 : 0);
}

/**
 * Whether the halves of a record parameter that arrive in registers of different kinds are joined in rcx and rbx: gcc
 * takes the first free pair, and rdx still holds a later parameter.
 */
function joinsInRbx(fn: TypedFunction, { places }: ArgumentAssignment): boolean {
  return places.some((place, index) => {
    const type = fn.parameters[index]?.type.type;
    if (place.kind !== 'registers' || type === undefined || !isPairRecord(type)) return false;
    if (!place.classes.includes('sse')) return false;
    const later = new Set<number>();
    for (const next of places.slice(index + 1)) {
      if (next.kind !== 'registers') continue;
      const count = next.classes.filter((one) => one === 'integer').length;
      for (let one = 0; one < count; one += 1) later.add(next.firstInteger + one);
    }
    return later.has(2) && !later.has(3);
  });
}

/** Whether arguments are used where the caller put them, between calls: their address is kept in a register. */
function usesIncoming(slots: readonly ParameterSlot[], facts: FrameFacts): boolean {
  return (
    facts.hasCall &&
    slots.some(({ parameter, callerOffset }) => callerOffset !== undefined && parameter.isReferenced)
  );
}

/** Whether a call goes through the procedure linkage table, which needs the address of the global offset table in ebx. */
function callsThroughTable(call: Call): boolean {
  return call.callee.kind === 'function' && !call.callee.function.isDefined;
}

function largestAlignment(word: 4 | 8, order: readonly SlotOwner[], facts: FrameFacts): number {
  let most: number = word;
  // What belongs to variably modified types is computed with two words: on x86-64 they are aligned to 16 bytes.
  for (const owner of order) {
    const align = owner.kind === 'object' ? measure(owner, word).align : word === 8 ? 16 : 4;
    most = Math.max(most, align);
  }
  for (const { object } of facts.memory) most = Math.max(most, measure(object, word).align);
  for (const nameless of facts.nameless) most = Math.max(most, nameless.align);
  return most;
}

/**
 * Which variables -fstack-protector-strong puts nearest to the guard: arrays of characters, then other arrays and what
 * holds arrays.
 */
type ProtectionPhase = (typeof protectionPhases)[number];
const protectionPhases = ['characters', 'arrays', 'rest'] as const;

function protectionPhase(type: CType): ProtectionPhase {
  const resolved = resolve(type);
  if (resolved.kind === 'array') {
    const element = resolve(resolved.element.type);
    return element.kind === 'integer' && element.size === 1 && element.name !== '_Bool'
      ? 'characters'
      : 'arrays';
  }
  if (resolved.kind !== 'record') return 'rest';
  const holdsArray = (resolved.members ?? []).some((member) => protectionPhase(member.type.type) !== 'rest');
  return holdsArray ? 'arrays' : 'rest';
}
