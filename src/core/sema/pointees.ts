/**
 * What a pointer variable may point to: the union over everything that the text assigns to it.
 *
 * Flow-insensitive and by name: each assignment, initialiser and copy from another pointer variable counts, in whatever order
 * they run; a call of a function of this file gives what its return statements give, so that wrappers of malloc are seen
 * through, with the sizes that they are called with. Parameters, pointers that are changed through their address, and results of functions that are not known add
 * `unknown`, so that an answer without it names every possibility within this file.
 *
 * Simplified: `malloc` counts as heap whatever its size; who knows glibc's threshold asks `bytes` (from it on the block is
 * a mapping of its own).
 */
import { integerConstant } from './constant.ts';
import { visitExpressions } from './expression-parts.ts';
import type { Placement, Segment } from './placement.ts';
import { asPointer, resolve, sizeOf } from './type-relations.ts';
import type {
  ConstantValue,
  FunctionSymbol,
  ObjectSymbol,
  StringLiteral,
  TypedExpression,
  TypedUnit,
} from './typed-tree.ts';

/** One thing that a pointer may point to. */
export type Pointee =
  | { readonly kind: 'null' }
  | { readonly kind: 'unknown' }
  /** A block that this function of the library returned. */
  | {
      readonly kind: 'allocated';
      readonly segment: 'heap' | 'mmap' | 'stack';
      readonly by: string;
      /** What was asked for, where that is a constant. */
      readonly bytes: number | undefined;
    }
  /** Into a named object, or a compound literal. */
  | { readonly kind: 'object'; readonly object: ObjectSymbol; readonly segment: Segment }
  | { readonly kind: 'string'; readonly literal: StringLiteral }
  | { readonly kind: 'function'; readonly name: string };

const heapFunctions: ReadonlySet<string> = new Set(
  'malloc calloc realloc reallocarray aligned_alloc memalign valloc pvalloc strdup strndup wcsdup getline fopen opendir'.split(
    ' ',
  ),
);

/** Functions that give back their first argument, or a place in it. */
const returnsFirstArgument: ReadonlySet<string> = new Set(
  'strcpy strncpy strcat strncat memcpy memmove memset stpcpy strchr strrchr strstr strpbrk memchr index rindex fgets'.split(
    ' ',
  ),
);

/** The possible targets of every pointer variable of a unit. */
export function pointeesOf(
  unit: TypedUnit,
  placements: readonly Placement[],
): ReadonlyMap<ObjectSymbol, readonly Pointee[]> {
  return new PointeeAnalysis(placements).run(unit);
}

/** A pointer variable, or a function that returns a pointer. */
type Holder = ObjectSymbol | FunctionSymbol;

type CallNode = TypedExpression & { kind: 'call' };

/** A size is the product of these: constants, and parameters of the function that asks for the memory. */
type Factor = number | ObjectSymbol;

/** Factors of a size that are followed from call to call. */
const mostFactors = 6;

/** What flows: of memory whose size the caller decides, the factors of the size. */
type Flowing = Pointee & { readonly factors?: readonly Factor[] | undefined };

/** A holder whose targets another one gets; `call`: they are what this call returns. */
interface CopyOf {
  readonly copyOf: Holder;
  readonly call?: CallNode;
}

class PointeeAnalysis {
  readonly #segments = new Map<ObjectSymbol, Segment>();
  readonly #targets = new Map<Holder, Map<unknown, Flowing>>();
  readonly #parameters = new Map<FunctionSymbol, readonly ObjectSymbol[]>();
  /** Parameters that do not keep the value of the argument. */
  readonly #changed = new Set<ObjectSymbol>();
  /** Copies `to = from` between pointer variables, and from what functions return. */
  readonly #copies: (readonly [to: Holder, from: CopyOf])[] = [];

  constructor(placements: readonly Placement[]) {
    for (const { of, segment } of placements)
      if ('kind' in of && of.kind === 'object') this.#segments.set(of, segment);
  }

  run(unit: TypedUnit): ReadonlyMap<ObjectSymbol, readonly Pointee[]> {
    for (const object of [...unit.objects, ...unit.functions.flatMap((fn) => fn.staticLocals)])
      this.#static(object);
    for (const fn of unit.functions) {
      this.#parameters.set(fn.symbol, fn.parameters);
      for (const parameter of fn.parameters)
        if (isPointer(parameter)) this.#add(parameter, { kind: 'unknown' });
      visitExpressions(fn.body, {
        expression: (node) => {
          this.#noteChange(node);
          if (node.kind === 'assign' && node.target.kind === 'object')
            this.#assign(node.target.object, node.value);
        },
        returned: (value) => {
          if (asPointer(resolve(value.type.type)) !== undefined) this.#flow(fn.symbol, value);
        },
        declare: ({ object, initializer }) => {
          const [entry] = initializer?.entries ?? [];
          if (entry !== undefined && isPointer(object)) this.#assign(object, entry.value);
        },
      });
    }
    this.#spread();
    return new Map(
      [...this.#targets].flatMap(([holder, targets]): [ObjectSymbol, Pointee[]][] =>
        holder.kind === 'object' ? [[holder, [...targets.values()].map(withoutFactors)]] : [],
      ),
    );
  }

  #noteChange(node: TypedExpression): void {
    if (node.kind !== 'assign' && node.kind !== 'compound-assign' && node.kind !== 'increment') return;
    if (node.target.kind === 'object' && node.target.object.isParameter)
      this.#changed.add(node.target.object);
  }

  /** Static pointers start as null, or with their initialiser; from other files anything may come. */
  #static(object: ObjectSymbol): void {
    if (!isPointer(object)) return;
    const constant = object.initializer?.entries[0]?.constant;
    if (object.storage === 'declared-only') this.#add(object, { kind: 'unknown' });
    else this.#add(object, constant === undefined ? { kind: 'null' } : this.#constant(constant));
    if (constant?.kind === 'address' && mayBeAbsent(constant.base)) this.#add(object, { kind: 'null' });
  }

  #constant(constant: ConstantValue): Pointee {
    if (constant.kind === 'integer') return constant.value === 0n ? { kind: 'null' } : { kind: 'unknown' };
    if (constant.kind !== 'address') return { kind: 'unknown' };
    const { base } = constant;
    if ('bytes' in base) return { kind: 'string', literal: base };
    if (base.kind === 'function') return { kind: 'function', name: base.name };
    return base.kind === 'object' ? this.#object(base) : { kind: 'unknown' };
  }

  #object(object: ObjectSymbol): Pointee {
    return { kind: 'object', object, segment: this.#segments.get(object) ?? 'none' };
  }

  #add(holder: Holder, target: Flowing): void {
    let targets = this.#targets.get(holder);
    if (targets === undefined) {
      targets = new Map();
      this.#targets.set(holder, targets);
      // Whoever has its address may store anything.
      if (holder.kind === 'object' && holder.isAddressTaken) targets.set('unknown', { kind: 'unknown' });
    }
    const key =
      target.kind === 'object'
        ? target.object
        : target.kind === 'string'
          ? target.literal
          : target.kind === 'allocated'
            ? `by ${target.by} ${target.bytes ?? ''} ${target.factors?.map(factorKey).join() ?? ''}`
            : target.kind === 'function'
              ? `function ${target.name}`
              : target.kind;
    targets.set(key, target);
  }

  #assign(object: ObjectSymbol, value: TypedExpression): void {
    if (isPointer(object)) this.#flow(object, value);
  }

  #flow(to: Holder, value: TypedExpression): void {
    for (const source of this.#sources(value)) {
      if ('copyOf' in source) {
        this.#copies.push([to, source]);
        // Nothing here may assign to it, and yet it holds something.
        if (source.copyOf.kind === 'object' && source.copyOf.isAddressTaken)
          this.#add(source.copyOf, { kind: 'unknown' });
      } else this.#add(to, source);
    }
  }

  /** Where the value of a pointer expression may come from. */
  #sources(value: TypedExpression): readonly (Flowing | CopyOf)[] {
    switch (value.kind) {
      case 'integer':
        return [value.value === 0n ? { kind: 'null' } : { kind: 'unknown' }];
      case 'convert':
        if (value.conversion === 'load') {
          const { operand } = value;
          return operand.kind === 'object' && isPointer(operand.object)
            ? [{ copyOf: operand.object }]
            : [{ kind: 'unknown' }];
        }
        if (value.conversion === 'decay') return this.#place(value.operand);
        if (value.conversion === 'function-pointer') {
          if (value.operand.kind !== 'function') return [{ kind: 'unknown' }];
          return [
            { kind: 'function', name: value.operand.function.name },
            ...(mayBeAbsent(value.operand.function) ? [{ kind: 'null' } as const] : []),
          ];
        }
        return this.#sources(value.operand);
      case 'address-of':
        return this.#place(value.operand);
      case 'pointer-add':
        return this.#sources(value.pointer);
      case 'conditional':
        return [
          // `a ?: b` is `a` itself.
          ...this.#sources(value.then ?? value.condition),
          ...this.#sources(value.otherwise),
        ];
      case 'comma':
        return this.#sources(value.right);
      case 'assign':
        return this.#sources(value.value);
      case 'call':
        return this.#call(value);
      case 'builtin':
        return value.name.startsWith('__builtin_alloca')
          ? [{ kind: 'allocated', segment: 'stack', by: 'alloca', bytes: constantBytes(value.args[0]) }]
          : [{ kind: 'unknown' }];
      default:
        return [{ kind: 'unknown' }];
    }
  }

  #place(lvalue: TypedExpression): readonly (Flowing | CopyOf)[] {
    switch (lvalue.kind) {
      case 'object':
      case 'compound-literal':
        return mayBeAbsent(lvalue.object)
          ? [this.#object(lvalue.object), { kind: 'null' }]
          : [this.#object(lvalue.object)];
      case 'string':
        return [{ kind: 'string', literal: lvalue.literal }];
      case 'member':
        return this.#place(lvalue.base);
      case 'deref':
        return this.#sources(lvalue.operand);
      default:
        return [{ kind: 'unknown' }];
    }
  }

  #call(node: CallNode): readonly (Flowing | CopyOf)[] {
    const callee = node.callee.kind === 'function' ? node.callee.function : undefined;
    if (callee === undefined) return [{ kind: 'unknown' }];
    if (callee.isDefined) return [{ copyOf: callee, call: node }];
    const { name } = callee;
    if (heapFunctions.has(name)) {
      const bytes = requestedBytes(node);
      const factors = bytes === undefined ? requestedFactors(node) : undefined;
      return [
        {
          kind: 'allocated',
          segment: 'heap',
          by: name,
          bytes,
          ...(factors === undefined ? {} : { factors }),
        },
        { kind: 'null' },
      ];
    }
    if (name === 'mmap' || name === 'mremap')
      return [{ kind: 'allocated', segment: 'mmap', by: name, bytes: requestedBytes(node) }];
    if (name === 'sbrk') return [{ kind: 'allocated', segment: 'heap', by: name, bytes: undefined }];
    const [first] = node.args;
    return returnsFirstArgument.has(name) && first !== undefined
      ? this.#sources(first)
      : [{ kind: 'unknown' }];
  }

  /** What a call returns: sizes that depend on parameters are those of the arguments. */
  #returned(target: Flowing, callee: FunctionSymbol, call: CallNode | undefined): Flowing {
    if (target.kind !== 'allocated' || target.factors === undefined) return target;
    const parameters = this.#parameters.get(callee) ?? [];
    const factors = target.factors.flatMap((factor): readonly (Factor | undefined)[] => {
      if (typeof factor === 'number') return [factor];
      if (this.#changed.has(factor)) return [undefined];
      const argument = call?.args[parameters.indexOf(factor)];
      return argument === undefined ? [undefined] : factorsOf(argument);
    });
    const product = productOf(factors.map((factor) => (typeof factor === 'number' ? factor : undefined)));
    // A larger product may have wrapped around in an unsigned int on the way.
    const bytes = product === undefined || product < 2 ** 32 ? product : undefined;
    // A function that calls itself would multiply for ever.
    const open = bytes === undefined && factors.length <= mostFactors ? known(factors) : undefined;
    return { ...target, bytes, factors: open };
  }

  /** Passes targets along copies until nothing is new. */
  #spread(): void {
    const readers = new Map<Holder, { readonly to: Holder; readonly call: CallNode | undefined }[]>();
    for (const [to, { copyOf, call }] of this.#copies)
      readers.set(copyOf, [...(readers.get(copyOf) ?? []), { to, call }]);
    const work = [...readers.keys()];
    for (let from = work.pop(); from !== undefined; from = work.pop()) {
      for (const { to, call } of readers.get(from) ?? []) {
        const before = this.#targets.get(to)?.size ?? 0;
        for (const target of [...(this.#targets.get(from)?.values() ?? [])])
          this.#add(to, from.kind === 'function' ? this.#returned(target, from, call) : target);
        if ((this.#targets.get(to)?.size ?? 0) > before) work.push(to);
      }
    }
  }
}

const factorKey = (factor: Factor): string => (typeof factor === 'number' ? String(factor) : `#${factor.id}`);

function withoutFactors(target: Flowing): Pointee {
  if (target.kind !== 'allocated') return target;
  const { kind, segment, by, bytes } = target;
  return { kind, segment, by, bytes };
}

/** A weak symbol that this file does not define has the address null where nobody else does. */
function mayBeAbsent(base: (ConstantValue & { kind: 'address' })['base']): boolean {
  if ('bytes' in base || base.kind === 'label' || base.attributes.isWeak !== true) return false;
  return base.kind === 'function' ? !base.isDefined : base.storage === 'declared-only';
}

/** The argument that says how many bytes a function of the library is to allocate. */
const sizeArgument: Readonly<Record<string, number>> = {
  malloc: 0,
  realloc: 1,
  aligned_alloc: 1,
  memalign: 1,
  valloc: 0,
  pvalloc: 0,
  mmap: 1,
};

/** Bytes that a call asks the allocator for, where they are constant. */
export function requestedBytes(call: CallNode): number | undefined {
  const sizes = requestArguments(call).map(constantBytes);
  return sizes.length === 0 ? undefined : productOf(sizes);
}

/** The arguments whose product is the size that a call asks for; none where no argument says it. */
function requestArguments(call: CallNode): readonly TypedExpression[] {
  const name = call.callee.kind === 'function' ? call.callee.function.name : '';
  if (name === 'calloc') return call.args.slice(0, 2);
  if (name === 'reallocarray') return call.args.slice(1, 3);
  const index = sizeArgument[name];
  const argument = index === undefined ? undefined : call.args[index];
  return argument === undefined ? [] : [argument];
}

/** The factors of the size of a call whose size is not constant; undefined where they are others than parameters. */
function requestedFactors(call: CallNode): readonly Factor[] | undefined {
  return known(requestArguments(call).flatMap(factorsOf));
}

const known = (factors: readonly (Factor | undefined)[]): readonly Factor[] | undefined =>
  factors.every((factor) => factor !== undefined) && factors.length > 0 ? factors : undefined;

function factorsOf(value: TypedExpression): readonly (Factor | undefined)[] {
  const constant = constantBytes(value);
  if (constant !== undefined) return [constant];
  if (value.kind === 'arithmetic' && value.operator === '*')
    return [...factorsOf(value.left), ...factorsOf(value.right)];
  return [parameterOf(value)];
}

/** The parameter whose value an expression is, converted to a type that holds it or not. */
function parameterOf(value: TypedExpression): ObjectSymbol | undefined {
  let inner = value;
  while (inner.kind === 'convert' && inner.conversion === 'arithmetic') {
    if ((sizeOf(inner.type.type) ?? 0) < (sizeOf(inner.operand.type.type) ?? 0)) return undefined;
    inner = inner.operand;
  }
  if (inner.kind !== 'convert' || inner.conversion !== 'load' || inner.operand.kind !== 'object')
    return undefined;
  const { object } = inner.operand;
  return object.isParameter && !object.isAddressTaken ? object : undefined;
}

const productOf = (sizes: readonly (number | undefined)[]): number | undefined =>
  sizes.reduce(
    (product, size) => (product === undefined || size === undefined ? undefined : product * size),
    1,
  );

function constantBytes(argument: TypedExpression | undefined): number | undefined {
  const value = argument === undefined ? undefined : integerConstant(argument, 8);
  return value === undefined || value < 0n ? undefined : Number(value);
}

function isPointer(object: ObjectSymbol): boolean {
  return asPointer(resolve(object.type.type)) !== undefined;
}
