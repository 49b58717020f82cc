/**
 * The stack frame of a function as gcc 12 -O0 lays it out: which bytes below (and above) rbp belong to which variable.
 *
 * Saved registers first, then the register-like variables in the order of their SSA names, nameless objects, variables
 * in memory block by block, large ones of inner blocks in shared slots, at last the parameters that came in registers.
 * With -fstack-protector-strong all variables are sorted by size instead, arrays nearest to the guard.
 *
 * Source: measured with gcc 12.2 on x86-64; gcc/cfgexpand.cc for the names of things (expand_used_vars).
 * Simplified: i386 frames, volatile scalars, alignments above 16, spilled intermediate values.
 */
import { roundUp } from '../../base/address.ts';
import { alignOf, isVariableLength, qualsOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { CompileOptions } from '../sema/placement.ts';
import type {
  ObjectSymbol,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../sema/typed-tree.ts';
import { VOLATILE } from '../sema/type.ts';
import type { CType } from '../sema/type.ts';
import { assignArguments, returnsInMemory } from './calling-convention.ts';
import type { ArgumentAssignment } from './calling-convention.ts';
import { buildFlowGraph } from './cfg.ts';
import { dominatorsOf } from './dominators.ts';
import { survivorsOf } from './saved-registers.ts';
import { slotOrder } from './slot-order.ts';
import { Conflicts } from './slot-sharing.ts';
import { walkStatement } from './tree-walk.ts';

/** Where everything of one function lies, in bytes from rbp (ebp). */
export interface FrameLayout {
  /** Locals and parameters that have a place in memory; parameters on the stack have positive offsets. */
  readonly offsets: ReadonlyMap<ObjectSymbol, number>;
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
  /** Bytes from rbp down to the lowest byte in use. */
  readonly depth: number;
  /** Bytes from rbp down to rsp after the prologue. */
  readonly frameSize: number;
  /** Locals in [-registerLikeDepth, 0) are few and scalar; they lie at the top of the frame. */
  readonly registerLikeDepth: number;
}

/** Variables of inner blocks from this size on share slots. */
const MIN_SIZE_FOR_SHARING = 32;
const REGISTER_SAVE_AREA = 176;
const RED_ZONE = 128;
/** Large frames of leaf functions still use the red zone, but for 8 bytes. */
const RED_ZONE_USED = 120;

/** Lays out the frame of a function. */
export function layoutFrame(fn: TypedFunction, options: CompileOptions): FrameLayout {
  return new FrameBuilder(fn, options).build();
}

/** Whether gcc may keep a variable in a register: a scalar whose address is not taken. */
function isRegisterLike(object: ObjectSymbol): boolean {
  if (object.storage !== 'automatic' || object.isAddressTaken) return false;
  if ((qualsOf(object.type) & VOLATILE) !== 0) return false;
  switch (resolve(object.type.type).kind) {
    case 'integer':
    case 'float':
    case 'pointer':
    case 'enum':
    case 'complex':
    case 'vector':
      return true;
    default:
      return false;
  }
}

interface Slot {
  readonly object: ObjectSymbol;
  readonly size: number;
  readonly align: number;
  /** Order of creation. */
  readonly index: number;
}

class FrameBuilder {
  readonly #fn: TypedFunction;
  readonly #options: CompileOptions;
  readonly #word: 4 | 8;
  readonly #offsets = new Map<ObjectSymbol, number>();
  readonly #temporaries = new Map<TypedExpression, number>();
  #offset = 0;

  constructor(fn: TypedFunction, options: CompileOptions) {
    this.#fn = fn;
    this.#options = options;
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
    const graph = buildFlowGraph(fn, isRegisterLike);
    const tree = dominatorsOf(graph);
    const facts = collectFacts(fn);
    const survivors = survivorsOf(fn, isRegisterLike);
    const savedRegisters = survivors.integers;
    let registerSaveArea: number | undefined;
    this.#offset = -roundUp(savedRegisters * this.#word, 16);
    if (fn.symbol.type.isVariadic && this.#word === 8) {
      registerSaveArea = this.#allocate(REGISTER_SAVE_AREA, 16);
    }
    const order = slotOrder(graph, tree, localsOf(fn, facts)).filter((object) => !object.isParameter);
    let guard: number | undefined;
    let registerLikeDepth = -this.#offset;
    if (this.#options.stackProtector) {
      if (needsGuard(facts)) guard = this.#allocate(8, 8);
      this.#placeProtected(order, facts, new Conflicts(graph, tree));
    } else {
      for (const object of order) this.#placeRegisterLike(object);
      registerLikeDepth = -this.#offset;
      for (const nameless of [...facts.nameless].reverse()) {
        if (nameless.kind === 'call') {
          this.#temporaries.set(
            nameless,
            this.#allocate(sizeOf(nameless.type.type) ?? 0, alignmentOf(nameless.type.type)),
          );
        } else this.#place(nameless.object);
      }
      this.#placeBlocks(facts, new Conflicts(graph, tree));
    }
    this.#offset = -roundUp(-this.#offset, 16);
    const hiddenResult = hasHiddenResult ? (this.#word === 8 ? this.#allocate(8, 8) : 8) : undefined;
    this.#placeParameters(parameterPlaces);
    for (const call of facts.spills) {
      this.#temporaries.set(call, this.#allocate(roundUp(sizeOf(call.type.type) ?? 0, 16), 16));
    }
    for (let index = 0; index < survivors.doubles; index += 1) this.#allocate(8, 8);
    const depth = -this.#offset;
    const usesStack = facts.hasCall || facts.hasDynamicStack;
    const rounded = roundUp(depth, 16);
    let frameSize = rounded;
    if (!usesStack) frameSize = depth <= RED_ZONE ? savedRegisters * this.#word : rounded - RED_ZONE_USED;
    return {
      offsets: this.#offsets,
      parameterPlaces,
      hiddenResult,
      temporaries: this.#temporaries,
      registerSaveArea,
      savedRegisters,
      guard,
      depth: rounded,
      frameSize,
      registerLikeDepth,
    };
  }

  #allocate(size: number, align: number): number {
    this.#offset = -roundUp(-this.#offset + size, align);
    return this.#offset;
  }

  #place(object: ObjectSymbol): void {
    if (this.#offsets.has(object)) return;
    const { size, align } = measure(object);
    this.#offsets.set(object, this.#allocate(size, align));
  }

  /** A variable length array has two slots: its highest index and its address. */
  #placeRegisterLike(object: ObjectSymbol): void {
    if (isVariableLength(object.type.type)) {
      this.#allocate(this.#word, this.#word);
      this.#allocate(this.#word, this.#word);
      return;
    }
    this.#place(object);
  }

  #placeBlocks(facts: FrameFacts, conflicts: Conflicts): void {
    const deferred: Slot[] = [];
    for (const { object, isInner } of facts.memory) {
      const { size, align } = measure(object);
      if (isInner && size >= MIN_SIZE_FOR_SHARING)
        deferred.push({ object, size, align, index: deferred.length });
      else this.#place(object);
    }
    deferred.sort((a, b) => b.size - a.size || a.align - b.align || b.index - a.index);
    this.#placeShared(deferred, conflicts);
  }

  /** Gives slots to sorted variables; each slot takes later ones that are never live together with its members. */
  #placeShared(sorted: readonly Slot[], conflicts: Conflicts): void {
    const placed = new Set<Slot>();
    for (const leader of sorted) {
      if (placed.has(leader)) continue;
      const members = [leader];
      placed.add(leader);
      for (const other of sorted) {
        if (placed.has(other)) continue;
        if (!mayShare(leader) || !mayShare(other)) continue;
        if (members.some((member) => conflicts.between(member.object, other.object))) continue;
        members.push(other);
        placed.add(other);
      }
      const align = members.reduce((most, member) => Math.max(most, member.align), 1);
      const offset = this.#allocate(leader.size, align);
      for (const member of members) this.#offsets.set(member.object, offset);
    }
  }

  /** With the stack protector: character arrays, then other arrays, then the rest, each sorted by size. */
  #placeProtected(order: readonly ObjectSymbol[], facts: FrameFacts, conflicts: Conflicts): void {
    const slots: Slot[] = order
      .filter((object) => !isVariableLength(object.type.type))
      .map((object, index) => ({ object, ...measure(object), index }));
    facts.memory.forEach(({ object }, index) => slots.push({ object, ...measure(object), index }));
    slots.sort((a, b) => {
      if (a.size !== b.size) return b.size - a.size;
      if (a.align !== b.align) return a.align - b.align;
      const [first, second] = [isRegisterLike(a.object), isRegisterLike(b.object)];
      if (first !== second) return first ? -1 : 1;
      return first ? b.index - a.index : a.index - b.index;
    });
    for (const wanted of ['characters', 'arrays', 'rest'] as const) {
      this.#placeShared(
        slots.filter((slot) => protectionClass(slot.object.type.type) === wanted),
        conflicts,
      );
    }
  }

  /** Parameters from registers: in order, each in the newest gap that it fits into, else below. */
  #placeParameters(places: ArgumentAssignment): void {
    const gaps: { start: number; end: number }[] = [];
    this.#fn.parameters.forEach((parameter, index) => {
      const where = places.places[index];
      if (where?.kind !== 'registers') {
        if (where !== undefined) this.#offsets.set(parameter, 2 * this.#word + where.offset);
        return;
      }
      const isRecord = where.classes.length > 1 || isMemoryValue(parameter.type.type);
      const bytes = sizeOf(parameter.type.type) ?? 0;
      const size = isRecord ? roundUp(bytes, 8) : Math.max(4, bytes);
      const align = isRecord ? Math.max(8, alignOf(parameter.type)) : Math.max(4, alignOf(parameter.type));
      for (let gap = gaps.length - 1; gap >= 0; gap -= 1) {
        const free = gaps[gap];
        if (free === undefined) continue;
        const offset = -roundUp(-(free.end - size), align);
        if (offset < free.start) continue;
        this.#offsets.set(parameter, offset);
        gaps.splice(gap, 1);
        if (offset > free.start) gaps.push({ start: free.start, end: offset });
        if (offset + size < free.end) gaps.push({ start: offset + size, end: free.end });
        return;
      }
      const before = this.#offset;
      const offset = this.#allocate(size, align);
      if (offset + size < before) gaps.push({ start: offset + size, end: before });
      this.#offsets.set(parameter, offset);
    });
  }
}

/** Register-like variables never share a slot. */
function mayShare(slot: Slot): boolean {
  return !isRegisterLike(slot.object);
}

function measure(object: ObjectSymbol): { readonly size: number; readonly align: number } {
  const size = sizeOf(object.type.type) ?? 0;
  return {
    size,
    align: Math.max(alignmentOf(object.type.type), alignOf(object.type), object.attributes.aligned ?? 1),
  };
}

/** Arrays and records of 16 bytes and more are aligned to 16. */
function alignmentOf(type: CType): number {
  const natural = alignOf({ type, quals: 0 });
  const resolved = resolve(type);
  const isAggregate = resolved.kind === 'array' || resolved.kind === 'record';
  return isAggregate && (sizeOf(type) ?? 0) >= 16 ? Math.max(natural, 16) : natural;
}

/** What the layout needs to know about a body. */
interface FrameFacts {
  /** Variables in memory, block by block. */
  readonly memory: readonly { readonly object: ObjectSymbol; readonly isInner: boolean }[];
  /** Objects without a name: compound literals, and results of calls that go nowhere directly. */
  readonly nameless: readonly Extract<TypedExpression, { kind: 'call' | 'compound-literal' }>[];
  /** Results of calls that are copied into a variable whose address is known elsewhere. */
  readonly spills: readonly Extract<TypedExpression, { kind: 'call' }>[];
  readonly variableArrays: readonly ObjectSymbol[];
  readonly hasCall: boolean;
  readonly hasDynamicStack: boolean;
}

function collectFacts(fn: TypedFunction): FrameFacts {
  const memory: { object: ObjectSymbol; isInner: boolean }[] = [];
  const nameless: Extract<TypedExpression, { kind: 'call' | 'compound-literal' }>[] = [];
  const spills: Extract<TypedExpression, { kind: 'call' }>[] = [];
  const variableArrays: ObjectSymbol[] = [];
  const direct = new Set<TypedExpression>();
  let hasCall = false;
  let hasDynamicStack = false;
  const enterScope = (objects: readonly ObjectSymbol[], isInner: boolean): void => {
    for (const object of objects) {
      if (object.storage !== 'automatic' || isRegisterLike(object)) continue;
      if (isVariableLength(object.type.type)) {
        variableArrays.push(object);
        hasDynamicStack = true;
        continue;
      }
      const isAggregate = isMemoryValue(object.type.type);
      if (isAggregate || object.isReferenced || object.isAddressTaken) memory.push({ object, isInner });
    }
  };
  const scopes = (statement: TypedStatement, isInner: boolean): void => {
    switch (statement.kind) {
      case 'block': {
        enterScope(statement.objects, isInner);
        const inner: TypedStatement[] = [];
        for (const one of statement.statements) inner.push(one);
        for (const one of inner) scopes(one, true);
        return;
      }
      case 'for':
        enterScope(statement.objects, true);
        for (const init of statement.init) scopes(init, true);
        scopes(statement.body, true);
        return;
      case 'if':
        scopes(statement.then, true);
        if (statement.otherwise !== undefined) scopes(statement.otherwise, true);
        return;
      case 'while':
      case 'do':
      case 'switch':
      case 'case':
      case 'default':
      case 'label':
        scopes(statement.body, true);
        return;
      case 'expression':
      case 'declare':
      case 'return':
        walkStatement(statement, {
          expression: (expression) => {
            if (expression.kind === 'statement-expression') enterBlocks(expression.body);
          },
        });
        return;
      default:
        return;
    }
  };
  /** A large result that no variable takes as a whole gets memory below everything else. */
  const discard = (value: TypedExpression): void => {
    if (value.kind !== 'call' || !isLarge(value) || direct.has(value)) return;
    direct.add(value);
    spills.push(value);
  };
  const enterBlocks = (block: TypedBlock): void => scopes(block, true);
  scopes(fn.body, false);
  walkStatement(fn.body, {
    statement: (statement) => {
      if (statement.kind === 'declare' && statement.initializer?.isAggregate === false) {
        const value = statement.initializer.entries[0]?.value;
        if (value !== undefined) direct.add(value);
      }
      if (statement.kind === 'declare' && statement.initializer?.isAggregate === true) {
        for (const entry of statement.initializer.entries) discard(entry.value);
      }
      if (statement.kind === 'return' && statement.value !== undefined) direct.add(statement.value);
      if (statement.kind === 'expression') discard(statement.expression);
    },
    expression: (expression) => {
      if (expression.kind === 'assign' && expression.value.kind === 'call' && isLarge(expression.value)) {
        const { target } = expression;
        direct.add(expression.value);
        if (
          target.kind !== 'object' ||
          target.object.storage !== 'automatic' ||
          target.object.isAddressTaken
        ) {
          spills.push(expression.value);
        }
      }
      if (expression.kind === 'convert' && expression.conversion === 'to-void') discard(expression.operand);
      if (expression.kind === 'compound-literal' && expression.object.storage === 'automatic') {
        nameless.push(expression);
      }
      if (expression.kind === 'builtin' && expression.name.includes('alloca')) hasDynamicStack = true;
      if (expression.kind !== 'call') return;
      hasCall = true;
      if (isLarge(expression) && !direct.has(expression)) nameless.push(expression);
    },
  });
  return { memory, nameless, spills, variableArrays, hasCall, hasDynamicStack };
}

/** Whether a call's result is a record that does not fit a register. */
function isLarge(call: Extract<TypedExpression, { kind: 'call' }>): boolean {
  const resolved = resolve(call.type.type);
  return resolved.kind === 'record' && !hasRegisterMode(resolved);
}

/** Whether gcc handles a record as one integer: its size is that of a machine mode. */
export function hasRegisterMode(type: CType): boolean {
  const size = sizeOf(type) ?? 0;
  return size === 1 || size === 2 || size === 4 || size === 8 || size === 16;
}

/** Locals whose order matters, with variable length arrays. */
function localsOf(fn: TypedFunction, facts: FrameFacts): readonly ObjectSymbol[] {
  return [...fn.locals.filter((object) => !facts.variableArrays.includes(object)), ...facts.variableArrays];
}

/** -fstack-protector-strong guards functions with arrays, alloca or variables whose address is taken. */
function needsGuard(facts: FrameFacts): boolean {
  if (facts.hasDynamicStack) return true;
  return facts.memory.some(
    ({ object }) => object.isAddressTaken || protectionClass(object.type.type) !== 'rest',
  );
}

function protectionClass(type: CType): 'characters' | 'arrays' | 'rest' {
  const resolved = resolve(type);
  if (resolved.kind === 'array') {
    const element = resolve(resolved.element.type);
    return element.kind === 'integer' && element.size === 1 && element.name !== '_Bool'
      ? 'characters'
      : 'arrays';
  }
  if (resolved.kind !== 'record') return 'rest';
  const holdsArray = (resolved.members ?? []).some((member) => protectionClass(member.type.type) !== 'rest');
  return holdsArray ? 'arrays' : 'rest';
}

/** Whether a value of the type is handled by its address: records, complex numbers, vectors, arrays. */
export function isMemoryValue(type: CType): boolean {
  const resolved = resolve(type);
  return (
    resolved.kind === 'record' ||
    resolved.kind === 'complex' ||
    resolved.kind === 'vector' ||
    resolved.kind === 'array' ||
    (resolved.kind === 'integer' && resolved.size > 8)
  );
}
