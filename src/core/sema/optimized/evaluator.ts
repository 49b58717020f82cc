/**
 * Runs a function with values instead of numbers, the way gcc -O2 comes to know them: constants and addresses are carried
 * through variables, records, branches and the functions that are put in place of their calls; what remains of loads, stores
 * and calls is noted as effects with the conditions they depend on.
 *
 * Source: gcc/tree-ssa-ccp.cc, tree-ssa-sccvn.cc, tree-sra.cc, tree-inline.cc: behaviour.
 * Simplified: a loop is seen once with unknown values unless it runs once or only computes; jumps backwards are not followed.
 */
import { evaluate, integerArithmetic } from '../constant.ts';
import { isNoreturnCall } from '../noreturn-calls.ts';
import { asPointer, integerOf, qualsOf, resolve, sizeOf } from '../type-relations.ts';
import { VOLATILE } from '../type.ts';
import type { CType, QualType } from '../type.ts';
import type {
  FunctionNesting,
  FunctionSymbol,
  ObjectInitializer,
  ObjectSymbol,
  TypedExpression,
  TypedFunction,
} from '../typed-tree.ts';
import { libraryEffect } from './library-effects.ts';
import { contents, isSame, join, joinValues, State } from './state.ts';
import type { Control } from './state.ts';
import { StatementRunner } from './statement-runner.ts';
import {
  addressValue,
  computed,
  integerValue,
  targetOf,
  truthOfValue,
  undefinedValue,
  unknownValue,
  zeroValue,
} from './value.ts';
import type { Known, Root, Use, Value } from './value.ts';
import {
  valuesOf,
  truthValue,
  asTruth,
  isAggregate,
  alignOfType,
  inputsBelow,
  asType,
  floatingOf,
  knownOf,
  converted,
  floatingArithmetic,
  absorbed,
  compared,
  stepOf,
  added,
  pointerAdd,
  characterAt,
} from './operations.ts';

/** Something that a function does to what others see. */
export interface Effect {
  readonly control: Control | undefined;
  /** Only memory is written, which matters if somebody reads it; undefined: it matters in any case. */
  readonly target: Root | undefined;
  readonly values: readonly Value[];
  readonly uses: readonly Use[];
  readonly size: number;
  /** What the function gives back. */
  readonly isReturn?: true;
}

/** What evaluation asks about the rest of the unit. */
export interface UnitKnowledge {
  readonly wordBytes: 4 | 8;
  /** The memory of an object that is not automatic; one for each. */
  rootOf(object: ObjectSymbol): Root;
  /** The value in such an object, where nothing ever writes it. */
  initialValue(object: ObjectSymbol, offset: number, size: number): Known | undefined;
  /** Whether all of it is zero, and nothing ever writes it. */
  isZero(object: ObjectSymbol): boolean;
  bodyOf(symbol: FunctionSymbol): TypedFunction | undefined;
  /** Whether code takes the place of a call. */
  isInlined(call: CallSite): boolean;
  /** Whether a call of a function changes nothing and comes back. */
  isPure(symbol: FunctionSymbol): boolean;
  /** Whether it calls itself at its end only, which is a jump. */
  isTailRecursive(symbol: FunctionSymbol): boolean;
}

export interface CallSite {
  readonly caller: FunctionSymbol;
  readonly callee: FunctionSymbol;
  readonly isInLoop: boolean;
  /** Called through a pointer whose value is known. */
  readonly isIndirect: boolean;
}

type CallNode = TypedExpression & { kind: 'call' };

/** A function that is run, alone or in place of a call. */
export interface Frame {
  readonly fn: TypedFunction;
  readonly roots: Map<ObjectSymbol | TypedExpression, Root>;
  readonly children: Map<TypedExpression, Frame>;
  readonly outer: Frame | undefined;
  /** Where the function ends, with what it gives back. */
  returns: { readonly state: State; readonly value: Value }[];
}

/** An object in memory, or what a pointer leads to. */
interface Place {
  readonly pointer: Value;
  readonly type: QualType;
  readonly isBitField: boolean;
}

/** Nothing takes longer than this many expressions. */
const MAX_STEPS = 60_000;
const MAX_DEPTH = 12;

/** What a function does. */
export interface Evaluated {
  readonly effects: readonly Effect[];
  /** Functions whose code is in it. */
  readonly inlined: ReadonlySet<TypedFunction>;
  /** Functions that it names, be it where nobody needs it. */
  readonly named: ReadonlySet<FunctionSymbol>;
  /** Whether all of it could be followed. */
  readonly isFollowed: boolean;
}

/** Runs a function alone. */
export function evaluateFunction(fn: TypedFunction, unit: UnitKnowledge): Evaluated {
  const evaluator = new Evaluator(fn, unit);
  evaluator.runRoot();
  const { effects, inlined, named, isFollowed } = evaluator;
  return { effects, inlined, named, isFollowed };
}

const newFrame = (fn: TypedFunction, outer: Frame | undefined): Frame => ({
  fn,
  roots: new Map(),
  children: new Map(),
  outer,
  returns: [],
});

/** Runs expressions, and keeps what is known where control is. */
export class Evaluator {
  /** Undefined where control does not come. */
  state: State | undefined = new State();
  frame: Frame;
  effects: Effect[] = [];
  loopDepth = 0;
  isFollowed = true;
  readonly inlined = new Set<TypedFunction>();
  readonly named = new Set<FunctionSymbol>();
  readonly #unit: UnitKnowledge;
  readonly #statements: StatementRunner;
  readonly #escaped = new Set<Value>();
  #steps = 0;

  constructor(fn: TypedFunction, unit: UnitKnowledge) {
    this.#unit = unit;
    this.frame = newFrame(fn, undefined);
    this.#statements = new StatementRunner(this);
  }

  /** Runs the function of the frame with parameters that nobody knows. */
  runRoot(): void {
    const { frame } = this;
    const { state } = this;
    for (const parameter of frame.fn.parameters)
      state?.store(this.rootOf(parameter), 0, sizeOf(parameter.type.type) ?? 1, unknownValue);
    this.#runBody(frame);
    for (const { state: last, value } of frame.returns) {
      this.#escape(value, last);
      this.effects.push({
        control: last.control,
        target: undefined,
        values: [value],
        uses: [],
        size: 0,
        isReturn: true,
      });
    }
  }

  #runBody(frame: Frame): void {
    const { symbol, nesting, body } = frame.fn;
    if (nesting !== undefined) this.#beginNesting(nesting);
    this.#statements.body(body);
    // Control comes to the end.
    if (this.state !== undefined) frame.returns.push({ state: this.state, value: undefinedValue });
    this.state = undefined;
    if (symbol.attributes.isNoreturn === true) frame.returns = [];
  }

  /** What is shared with functions inside, and with the one around. */
  #beginNesting({ frame: shared, chain }: FunctionNesting): void {
    if (chain !== undefined) this.state?.store(this.rootOf(chain), 0, this.#unit.wordBytes, unknownValue);
    if (shared === undefined) return;
    if (shared.jumpBuffer !== undefined) this.giveUp();
    const root = this.rootOf(shared.object);
    root.isEscaped = true;
    const functions = shared.trampolines.map(({ function: symbol }) => addressValue(symbol));
    this.effect({ target: root, values: functions, uses: [], size: functions.length });
    for (const { parameter, offset } of shared.parameters)
      this.store(
        { pointer: addressValue(root, offset), type: parameter.type, isBitField: false },
        unknownValue,
      );
  }

  /** What is there is not modelled: the function is as it is written. */
  giveUp(): Value {
    this.isFollowed = false;
    return unknownValue;
  }

  // ------------------------------------------------------------ effects

  effect(effect: Omit<Effect, 'control'>): void {
    if (this.state !== undefined) this.effects.push({ control: this.state.control, ...effect });
  }

  /** Addresses in a value become known to others, and what is in the memory there too. */
  #escape(value: Value, state = this.state): void {
    const work = [value];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      if (this.#escaped.has(next)) continue;
      // The inputs of a loop's values are not complete.
      if (next.loop === undefined) this.#escaped.add(next);
      work.push(...(next.isTruth === true ? [] : next.inputs.filter((one) => !this.#escaped.has(one))));
      if (next.loop !== undefined) this.#escaped.add(next);
      const target = targetOf(next);
      if (target === undefined || target.root.isEscaped) continue;
      target.root.isEscaped = true;
      if (state !== undefined && target.root.storage !== 'static')
        work.push(...contents(state.cells(target.root)));
    }
  }

  /** Values at the head of a loop are complete: where they were told to others, what they consist of was told too. */
  completeEscapes(heads: readonly Value[]): void {
    for (const head of heads)
      if (this.#escaped.has(head)) for (const input of head.inputs) this.#escape(input);
  }

  /** Code that is not known has run. */
  clobber(): void {
    this.state?.clobber(({ storage, isEscaped, symbol }) =>
      storage === 'static' ? symbol !== undefined : isEscaped,
    );
  }

  // ------------------------------------------------------------ memory

  rootOf(object: ObjectSymbol): Root {
    if (object.storage !== 'automatic') return this.#unit.rootOf(object);
    const align = object.attributes.aligned ?? alignOfType(object.type);
    return this.#newRoot(object, { symbol: object, storage: 'automatic', align });
  }

  #newRoot(key: ObjectSymbol | TypedExpression, given: Omit<Root, 'kind' | 'isEscaped'>): Root {
    const known = this.frame.roots.get(key);
    if (known !== undefined) return known;
    const root: Root = { kind: 'root', isEscaped: false, ...given };
    this.frame.roots.set(key, root);
    return root;
  }

  load({ pointer, type, isBitField }: Place): Value {
    const isVolatile = (qualsOf(type) & VOLATILE) !== 0;
    const target = targetOf(pointer);
    if (isVolatile) {
      const value = computed([pointer], 1, target === undefined ? [] : [{ kind: 'read', root: target.root }]);
      this.effect({ target: undefined, values: [value], uses: [], size: 0 });
      return value;
    }
    const size = sizeOf(type.type);
    const { known } = pointer;
    if (known?.kind === 'address' && 'bytes' in known.base && size !== undefined)
      return characterAt(known.base, known.offset, type.type) ?? computed([pointer]);
    if (target === undefined || this.state === undefined || size === undefined) return computed([pointer]);
    const { root } = target;
    const offset = isBitField ? undefined : target.offset;
    if (isAggregate(type.type)) {
      const loaded = computed(contents(this.state.cells(root)), 1);
      if (offset === undefined) return { ...loaded, inputs: [...loaded.inputs, pointer] };
      return { ...loaded, parts: this.state.loadCells(root, offset, size) };
    }
    const initial =
      root.storage === 'static' && root.symbol !== undefined && offset !== undefined
        ? this.#unit.initialValue(root.symbol, offset, size)
        : undefined;
    if (initial !== undefined) return asType({ ...zeroValue, known: initial }, type.type);
    if (root.storage === 'static' && root.symbol !== undefined && this.#unit.isZero(root.symbol))
      return asType(zeroValue, type.type);
    const value = this.state.load(root, offset, size);
    return asType(offset === undefined ? computed([value, ...inputsBelow(pointer)], 0) : value, type.type);
  }

  store({ pointer, type, isBitField }: Place, value: Value): void {
    const isVolatile = (qualsOf(type) & VOLATILE) !== 0;
    const target = targetOf(pointer);
    const root = target?.root;
    const size = sizeOf(type.type) ?? 1;
    if (root === undefined || root.storage === 'static' || root.isEscaped || isVolatile) this.#escape(value);
    const isPlain = root?.storage === 'automatic';
    this.effect({
      target: isVolatile ? undefined : root,
      values: [value, ...inputsBelow(pointer)],
      uses: isVolatile && root !== undefined ? [{ kind: 'read', root }] : [],
      size: isPlain ? 0 : 1,
    });
    const { state } = this;
    if (state === undefined) return;
    if (root === undefined) {
      this.#escape(pointer);
      this.clobber();
      return;
    }
    // A pointer that somebody else has may lead there too; that is not told apart.
    if (isVolatile) return;
    const offset = isBitField ? undefined : target?.offset;
    if (offset !== undefined && value.parts !== undefined) state.storeCells(root, offset, size, value.parts);
    else {
      const extra = offset === undefined ? computed([value, ...inputsBelow(pointer)], 0) : value;
      state.store(root, offset, size, extra);
    }
  }

  /** Gives an automatic object its first value, or none. */
  declare(object: ObjectSymbol, initializer: ObjectInitializer | undefined): void {
    if (object.attributes.cleanup !== undefined) this.giveUp();
    const root = this.rootOf(object);
    this.state?.memory.delete(root);
    if (initializer !== undefined) this.initialize(root, object.type, initializer);
  }

  initialize(root: Root, type: QualType, initializer: ObjectInitializer): void {
    if (initializer.isAggregate) this.state?.store(root, 0, sizeOf(type.type) ?? 1, undefinedValue);
    if (initializer.isAggregate) this.state?.memory.set(root, { at: new Map(), rest: zeroValue });
    for (const { offset, type: part, value, bitWidth } of initializer.entries) {
      const place: Place = {
        pointer: addressValue(root, offset),
        type: part,
        isBitField: bitWidth !== undefined,
      };
      if (value.kind === 'string') this.#storeText(root, offset, part, value.literal);
      else this.store(place, this.value(value));
    }
  }

  #storeText(
    root: Root,
    offset: number,
    type: QualType,
    { bytes, elementSize }: { readonly bytes: Uint8Array; readonly elementSize: number },
  ): void {
    const size = Math.min(sizeOf(type.type) ?? bytes.length, 256);
    for (let at = 0; at < size; at += elementSize) {
      let value = 0n;
      for (let i = elementSize - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[at + i] ?? 0);
      this.state?.store(root, offset + at, elementSize, integerValue(value));
    }
  }

  // ------------------------------------------------------------ places

  place(node: TypedExpression): Place {
    const { type } = node;
    const at = (pointer: Value, isBitField = false): Place => ({ pointer, type, isBitField });
    switch (node.kind) {
      case 'object':
        return at(addressValue(this.rootOf(node.object)));
      case 'string':
        return at(addressValue(node.literal));
      case 'deref':
        return at(this.value(node.operand));
      case 'member': {
        const base = this.#placeOrValue(node.base);
        return at(added(base.pointer, node.offset), node.member.bitWidth !== undefined);
      }
      case 'compound-literal': {
        const { object, initializer } = node;
        const root = this.rootOf(object);
        if (object.storage === 'automatic') this.initialize(root, object.type, initializer);
        return at(addressValue(root));
      }
      case 'real-part':
      case 'imaginary-part': {
        const { pointer } = this.#placeOrValue(node.operand);
        const half = (sizeOf(node.operand.type.type) ?? 0) / 2;
        return at(added(pointer, node.kind === 'real-part' ? 0 : half));
      }
      case 'convert':
        if (node.conversion === 'none') return { ...this.place(node.operand), type };
        return this.#placeOrValue(node);
      default:
        return this.#placeOrValue(node);
    }
  }

  /** A record that is a value is put into memory of its own to get at its members. */
  #placeOrValue(node: TypedExpression): Place {
    switch (node.kind) {
      case 'object':
      case 'string':
      case 'deref':
      case 'member':
      case 'compound-literal':
      case 'real-part':
      case 'imaginary-part':
        return this.place(node);
      default: {
        const value = this.value(node);
        const root = this.#newRoot(node, { symbol: undefined, storage: 'automatic', align: 1 });
        const place: Place = { pointer: addressValue(root), type: node.type, isBitField: false };
        this.store(place, value);
        return place;
      }
    }
  }

  // ------------------------------------------------------------ values

  value(node: TypedExpression): Value {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) this.giveUp();
    if (!this.isFollowed) return unknownValue;
    switch (node.kind) {
      case 'integer':
        return integerValue(node.value);
      case 'floating':
        return floatingOf(node);
      case 'function':
        this.named.add(node.function);
        return addressValue(node.function);
      case 'string':
      case 'object':
      case 'deref':
      case 'member':
      case 'compound-literal':
        return this.place(node).pointer;
      case 'real-part':
      case 'imaginary-part':
        return this.load(this.place(node));
      case 'address-of':
        return this.place(node.operand).pointer;
      case 'convert':
        return this.#convert(node);
      case 'negate':
      case 'complement':
        return this.#unary(node);
      case 'not': {
        const operand = this.value(node.operand);
        const truth = truthOfValue(operand);
        return truth === undefined ? truthValue([operand]) : integerValue(truth ? 0n : 1n);
      }
      case 'arithmetic':
        return this.#arithmetic(node.operator, this.value(node.left), this.value(node.right), node.type.type);
      case 'compare':
        return compared(node.operator, this.value(node.left), this.value(node.right));
      case 'pointer-add': {
        const pointer = this.value(node.pointer);
        return pointerAdd(pointer, this.value(node.index), stepOf(node.type.type), node.subtract);
      }
      case 'pointer-difference': {
        const [left, right] = [this.value(node.left), this.value(node.right)];
        const step = stepOf(node.left.type.type);
        if (left.known?.kind === 'address' && right.known?.kind === 'address' && step > 0)
          if (left.known.base === right.known.base)
            return integerValue(BigInt(Math.trunc((left.known.offset - right.known.offset) / step)));
        return truthValue([left, right]);
      }
      case 'comma':
        this.value(node.left);
        return this.value(node.right);
      case 'logical':
        return this.#logical(node);
      case 'conditional':
        return this.#conditional(node);
      case 'assign': {
        const place = this.place(node.target);
        const value = this.value(node.value);
        this.store(place, value);
        return value;
      }
      case 'compound-assign': {
        const place = this.place(node.target);
        const before = this.load(place);
        const operand = this.value(node.value);
        const result =
          asPointer(node.computation.type) === undefined
            ? converted(
                this.#arithmetic(
                  node.operator,
                  converted(before, node.computation, this.#unit.wordBytes),
                  operand,
                  node.computation.type,
                ),
                node.target.type,
                this.#unit.wordBytes,
              )
            : pointerAdd(before, operand, stepOf(node.computation.type), node.operator === '-');
        this.store(place, result);
        return result;
      }
      case 'increment': {
        const place = this.place(node.target);
        const before = this.load(place);
        const type = node.target.type.type;
        const after =
          asPointer(type) === undefined
            ? this.#arithmetic('+', before, integerValue(BigInt(node.delta)), type)
            : pointerAdd(before, integerValue(BigInt(node.delta)), stepOf(type), false);
        this.store(place, after);
        return node.isPrefix ? after : before;
      }
      case 'call':
        return this.#call(node);
      case 'builtin':
        return this.#builtin(node);
      case 'statement-expression':
        this.#statements.block(node.body);
        return node.value === undefined ? unknownValue : this.value(node.value);
      case 'vla-size':
        return unknownValue;
      case 'label-address':
        return addressValue(node.label);
      case 'error':
      case 'unsupported':
        return this.giveUp();
    }
  }

  #convert(node: TypedExpression & { kind: 'convert' }): Value {
    switch (node.conversion) {
      case 'load':
        return this.load(this.place(node.operand));
      case 'decay':
        return this.#placeOrValue(node.operand).pointer;
      case 'function-pointer':
      case 'none':
      case 'to-void':
        return this.value(node.operand);
      case 'arithmetic':
      case 'pointer':
        return converted(this.value(node.operand), node.type, this.#unit.wordBytes);
    }
  }

  #unary(node: TypedExpression & { kind: 'negate' | 'complement' }): Value {
    const operand = this.value(node.operand);
    const { known } = operand;
    const type = node.type.type;
    if (known?.kind === 'integer') {
      const value =
        node.kind === 'negate'
          ? integerArithmetic('-', 0n, known.value, type)
          : integerArithmetic('^', known.value, -1n, type);
      if (value !== undefined && integerOf(type) !== undefined) return integerValue(value);
    }
    if (known?.kind === 'floating' && node.kind === 'negate')
      return { ...zeroValue, known: { kind: 'floating', value: -known.value } };
    return computed([operand]);
  }

  #arithmetic(operator: string, left: Value, right: Value, type: CType): Value {
    const [a, b] = [left.known, right.known];
    const isInteger = integerOf(type) !== undefined;
    if (isInteger && a?.kind === 'integer' && b?.kind === 'integer') {
      const value = integerArithmetic(operator, a.value, b.value, type);
      if (value !== undefined) return integerValue(value);
    }
    if (isInteger && b?.kind === 'integer') {
      const same = absorbed(operator, left, b.value);
      if (same !== undefined) return same;
    }
    if (isInteger && a?.kind === 'integer' && a.value === 0n && (operator === '*' || operator === '&'))
      return zeroValue;
    if (isInteger && isSame(left, right) && left.uses.length === 0 && (operator === '-' || operator === '^'))
      return zeroValue;
    if (a?.kind === 'floating' && b?.kind === 'floating') {
      const value = floatingArithmetic(operator, a.value, b.value, sizeOf(type));
      if (value !== undefined) return { ...zeroValue, known: { kind: 'floating', value } };
    }
    const result = computed([left, right]);
    if (b?.kind !== 'integer' || (operator !== '+' && operator !== '-')) return result;
    return { ...result, added: operator === '+' ? b.value : -b.value };
  }

  #logical({ operator, left, right }: TypedExpression & { kind: 'logical' }): Value {
    const first = this.value(left);
    const truth = truthOfValue(first);
    const decisive = operator === '||';
    if (truth === decisive) return integerValue(decisive ? 1n : 0n);
    if (truth !== undefined) return asTruth(this.value(right));
    const second = this.branch(
      first,
      () => this.value(right),
      () => undefinedValue,
    );
    if (second === undefined) return asTruth(first);
    const other = truthOfValue(second[0]);
    if (other === decisive) return integerValue(decisive ? 1n : 0n);
    return truthValue([first, second[0]]);
  }

  #conditional(node: TypedExpression & { kind: 'conditional' }): Value {
    const condition = this.value(node.condition);
    const { then, otherwise, type } = node;
    const yes = (): Value =>
      then === undefined ? converted(condition, type, this.#unit.wordBytes) : this.value(then);
    const truth = truthOfValue(condition);
    if (truth !== undefined) return truth ? yes() : this.value(otherwise);
    const values = this.branch(condition, yes, () => this.value(otherwise));
    return values === undefined ? unknownValue : joinValues(values[0], values[1], [condition]);
  }

  /** Runs two ways, of which a condition chooses one. */
  branch(condition: Value, yes: () => Value, no: () => Value): readonly [Value, Value] | undefined {
    const before = this.state;
    if (before === undefined) return undefined;
    this.state = before.under(condition);
    const first = yes();
    const afterYes = this.state as State | undefined;
    this.state = before.under(condition);
    const second = no();
    const afterNo = this.state as State | undefined;
    this.state = join(afterYes, afterNo);
    return afterYes === undefined
      ? [second, second]
      : afterNo === undefined
        ? [first, first]
        : [first, second];
  }

  // ------------------------------------------------------------ calls

  #call(node: CallNode): Value {
    const constant = knownOf(evaluate(node, { foldObjects: true, wordBytes: this.#unit.wordBytes }));
    if (constant !== undefined) return { ...zeroValue, known: constant };
    const callee = this.value(node.callee);
    const args = node.args.map((argument) => this.value(argument));
    if (node.staticChain !== undefined) args.push(this.value(node.staticChain));
    const base = callee.known?.kind === 'address' ? callee.known.base : undefined;
    const symbol = base !== undefined && 'kind' in base && base.kind === 'function' ? base : undefined;
    const size = 1 + args.length + (resolve(node.type.type).kind === 'void' ? 0 : 1);
    if (symbol === undefined) return this.#unknownCall([callee, ...args], [], size, node);
    const body = this.#unit.bodyOf(symbol);
    if (body === undefined) return this.#libraryCall(symbol, args, size, node);
    const isIndirect = node.callee.kind !== 'function';
    if (this.#mayInline(body, isIndirect, args)) return this.#inline(node, body, args);
    const use: Use = { kind: 'call', function: symbol };
    if (body === this.frame.fn && this.#unit.isTailRecursive(symbol)) {
      this.effect({ target: undefined, values: args, uses: [], size: args.length, isReturn: true });
      return computed(args, 0);
    }
    if (this.#unit.isPure(symbol)) return computed(args, size, [use, { kind: 'result', function: symbol }]);
    return this.#unknownCall(args, [use], size, node);
  }

  #unknownCall(values: readonly Value[], uses: readonly Use[], size: number, node: CallNode): Value {
    for (const value of values) this.#escape(value);
    this.effect({ target: undefined, values, uses, size });
    this.clobber();
    if (isNoreturnCall(node)) this.state = undefined;
    const results = uses.flatMap((use): readonly Use[] =>
      use.kind === 'call' ? [{ kind: 'result', function: use.function }] : [],
    );
    return computed([], 0, results);
  }

  #libraryCall(symbol: FunctionSymbol, args: readonly Value[], size: number, node: CallNode): Value {
    const uses: readonly Use[] = [{ kind: 'call', function: symbol }];
    const kind = symbol.linkage === 'external' ? libraryEffect(symbol.name) : 'any';
    const [first] = args;
    const target = first === undefined ? undefined : targetOf(first)?.root;
    switch (kind) {
      case 'pure': {
        const read = args.flatMap((argument) => this.#pointed(argument));
        return computed([...args, ...read], size, uses);
      }
      case 'allocates': {
        const root = this.#newRoot(node, { symbol: undefined, storage: 'heap', align: 16 });
        const [, alignment] = symbol.name === 'aligned_alloc' ? [0, first?.known] : [];
        const align = alignment?.kind === 'integer' ? Number(alignment.value) : 16;
        const aligned = root.align < align ? { ...root, align } : root;
        this.frame.roots.set(node, aligned);
        const rest = symbol.name === 'calloc' ? zeroValue : undefinedValue;
        this.state?.memory.set(aligned, { at: new Map(), rest });
        this.effect({ target: aligned, values: args, uses, size });
        return addressValue(aligned);
      }
      case 'frees':
        if (first?.known?.kind === 'integer' && first.known.value === 0n) return unknownValue;
        if (target?.storage !== 'heap') break;
        this.effect({ target, values: args, uses, size });
        return unknownValue;
      case 'writes': {
        if (target === undefined || target.storage === 'static') break;
        const read = args.slice(1).flatMap((argument) => this.#pointed(argument));
        const values = [...args.slice(1), ...read];
        this.effect({ target, values, uses, size });
        this.state?.store(target, undefined, 1, computed(values, 0));
        return first ?? unknownValue;
      }
      case 'any':
        break;
    }
    return this.#unknownCall(args, uses, size, node);
  }

  /** What is in the memory that a pointer leads to. */
  #pointed(pointer: Value): readonly Value[] {
    const root = targetOf(pointer)?.root;
    return root === undefined || this.state === undefined ? [] : contents(this.state.cells(root));
  }

  #mayInline(body: TypedFunction, isIndirect: boolean, args: readonly Value[]): boolean {
    let depth = 0;
    for (let frame: Frame | undefined = this.frame; frame !== undefined; frame = frame.outer) {
      if (frame.fn === body) return false;
      depth += 1;
    }
    if (depth > MAX_DEPTH || args.length < body.parameters.length || body.symbol.type.isVariadic)
      return false;
    return this.#unit.isInlined({
      caller: this.frame.fn.symbol,
      callee: body.symbol,
      isInLoop: this.loopDepth > 0,
      isIndirect,
    });
  }

  #inline(node: CallNode, body: TypedFunction, args: readonly Value[]): Value {
    this.inlined.add(body);
    const outer = this.frame;
    const frame = outer.children.get(node) ?? newFrame(body, outer);
    outer.children.set(node, frame);
    frame.returns = [];
    this.frame = frame;
    const before = this.state;
    body.parameters.forEach((parameter, index) => {
      const root = this.rootOf(parameter);
      this.state?.memory.delete(root);
      const place: Place = { pointer: addressValue(root), type: parameter.type, isBitField: false };
      this.store({ ...place, type: { ...place.type, quals: 0 } }, args[index] ?? unknownValue);
    });
    this.#statements.inlined(() => this.#runBody(frame));
    this.frame = outer;
    let result: Value | undefined;
    let state: State | undefined;
    for (const { state: last, value } of frame.returns) {
      const conditions = [last.control, state?.control].flatMap((control) =>
        valuesOf(control, before?.control),
      );
      result = result === undefined ? value : joinValues(result, value, conditions);
      state = join(state, last);
    }
    this.state = state;
    return result ?? unknownValue;
  }

  #builtin(node: TypedExpression & { kind: 'builtin' }): Value {
    const constant = knownOf(evaluate(node, { foldObjects: false, wordBytes: this.#unit.wordBytes }));
    if (constant !== undefined) return { ...zeroValue, known: constant };
    const args = node.args.map((argument) => this.value(argument));
    switch (node.name) {
      case '__builtin_expect':
        return args[0] ?? unknownValue;
      case '__builtin_unreachable':
        this.state = undefined;
        return unknownValue;
      case '__builtin_alloca': {
        const root = this.#newRoot(node, { symbol: undefined, storage: 'automatic', align: 16 });
        this.state?.memory.delete(root);
        return addressValue(root);
      }
      case '__builtin_constant_p':
        return zeroValue;
      default:
        for (const argument of args) this.#escape(argument);
        this.effect({ target: undefined, values: args, uses: [], size: 1 + args.length });
        this.clobber();
        if (isNoreturnCall(node)) this.state = undefined;
        return unknownValue;
    }
  }
}
