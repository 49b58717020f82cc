/**
 * Nested functions (GNU): functions inside functions become functions beside each other.
 *
 * What a function shares with those inside it moves into one object of its frame, `FRAME`; they get its address in a
 * register (r10; ecx on i386), the static chain, and reach what lies further out through the chain that each frame keeps
 * of the one around it. A pointer to a nested function points to a trampoline in the frame of the function around it:
 * code that loads the chain and jumps. A jump to a label of a function around goes through a buffer in its frame.
 *
 * gcc -O0 gives every nested function a chain and every function around one a frame, whether they are used or not.
 *
 * Source: gcc/tree-nested.cc (lower_nested_functions, convert_nonlocal_reference_op, convert_local_reference_op,
 * convert_nl_goto_reference, convert_tramp_reference_op, get_static_chain, insert_field_into_struct,
 * finalize_nesting_tree_1): behaviour, measured with gcc 12.2.
 * Simplified: a nested function that needs the size of a variable length array of a function around it stops there.
 */
import { invariant } from '../../base/assert.ts';
import type { Span } from '../source/text-span.ts';
import type { DataModel } from '../target/data-model.ts';
import type { TypeTable } from './basic-types.ts';
import { objectAlign } from './data-alignment.ts';
import { operandsOf } from './expression-parts.ts';
import { layoutRecord } from './layout.ts';
import type { FieldDeclaration } from './layout.ts';
import { ReadOrder } from './read-order.ts';
import { rewriteBlock, rewriteExpression } from './tree-rewrite.ts';
import type { TreeRewriter } from './tree-rewrite.ts';
import { asArray, asPointer, isVariableLength, isVariablyModified, resolve } from './type-relations.ts';
import type { CType, QualType, RecordMember, RecordType } from './type.ts';
import type {
  FunctionSymbol,
  LabelSymbol,
  ObjectSymbol,
  SharedFrame,
  TypedExpression,
  TypedFunction,
  TypedStatement,
  TypedefSymbol,
} from './typed-tree.ts';
import type { Text } from '../text/text.ts';

/** A function as it is written, with those that are defined inside it, in order. */
export interface NestedDefinition {
  readonly fn: TypedFunction;
  readonly inner: readonly NestedDefinition[];
}

/** What the lowering needs of the analysis. */
export interface NestingContext {
  readonly types: TypeTable;
  readonly model: DataModel;
  nextId(): number;
  readonly typedefs: readonly TypedefSymbol[];
  /** Says that the size of an array of a function around is not modelled. */
  readonly variableSize: Text;
}

/** Bytes of a trampoline: `TRAMPOLINE_SIZE` of gcc/config/i386/i386.h. */
const TRAMPOLINE_BYTES = { 8: 28, 4: 14 } as const;
/** The frame pointer, then room for the stack pointer. */
const JUMP_BUFFER_WORDS = 4;

/**
 * Takes a function apart that holds others.
 *
 * @returns the functions in the order in which gcc writes them: a function follows the first one that is complete inside it
 */
export function lowerNestedFunctions(
  ctx: NestingContext,
  definition: NestedDefinition,
): readonly TypedFunction[] {
  const root = new Level(ctx, definition, undefined);
  const levels = root.fromWithin();
  for (const level of levels) level.findVariables();
  for (const level of levels) level.findJumps();
  for (const level of levels) level.findCalls();
  for (const level of levels) level.finish();
  const lowered = new Map(levels.map((level) => [level, level.lowered()]));
  const ordered = new Set<Level>();
  noteInOrder(root, ordered);
  return [...ordered].flatMap((level) => lowered.get(level) ?? []);
}

/** gcc/c/c-decl.cc (finish_function), cgraph_node::create: a nested function is noted, then the one around it. */
function noteInOrder(level: Level, into: Set<Level>): void {
  for (const inner of level.inner) noteInOrder(inner, into);
  into.add(level);
  if (level.outer !== undefined) into.add(level.outer);
}

type FieldKey = ObjectSymbol | FunctionSymbol | 'chain' | 'jump-buffer';

interface Field {
  readonly key: FieldKey;
  readonly name: string;
  readonly type: QualType;
  /** Bytes, as the fields are sorted. */
  readonly align: number;
  readonly declaredAlign: number | undefined;
}

/** One function of the nest. */
class Level {
  readonly fn: TypedFunction;
  readonly outer: Level | undefined;
  readonly inner: readonly Level[];
  readonly #ctx: NestingContext;
  /** In the order of the frame. */
  readonly #fields: Field[] = [];
  readonly #frame: ObjectSymbol;
  readonly #record: RecordType;
  readonly #chain: ObjectSymbol | undefined;
  /** Types of this function whose sizes read variables of functions around it. */
  readonly #types = new Map<CType, CType>();

  constructor(ctx: NestingContext, { fn, inner }: NestedDefinition, outer: Level | undefined) {
    this.#ctx = ctx;
    this.fn = fn;
    this.outer = outer;
    const { closeSpan } = fn.body;
    this.#record = {
      kind: 'record',
      tagKind: 'struct',
      tag: `FRAME.${fn.symbol.name}`,
      span: closeSpan,
      members: [],
      size: 0,
      align: 1,
      isPacked: false,
      hasFlexibleMember: false,
    };
    this.#frame = this.#object('FRAME', { type: this.#record, quals: 0 }, false);
    this.inner = inner.map((one) => new Level(ctx, one, this));
    this.#chain =
      outer === undefined
        ? undefined
        : this.#object('CHAIN', ctx.types.pointerTo({ type: outer.#record, quals: 0 }), true);
  }

  #object(name: string, type: QualType, isChain: boolean): ObjectSymbol {
    const { symbol, body } = this.fn;
    return {
      kind: 'object',
      id: this.#ctx.nextId(),
      name,
      type,
      storage: 'automatic',
      linkage: 'none',
      isParameter: isChain,
      isRegister: isChain,
      span: body.closeSpan,
      declarations: [],
      owner: symbol,
      blockDepth: 0,
      isTentative: false,
      initializer: undefined,
      attributes: {},
      isAddressTaken: !isChain,
      isReferenced: true,
    };
  }

  /** The functions inside, each after those inside it, and this one. */
  fromWithin(): readonly Level[] {
    return [...this.inner.flatMap((level) => level.fromWithin()), this];
  }

  /** This function and those around it, innermost first. */
  #around(): readonly Level[] {
    const { outer } = this;
    return outer === undefined ? [this] : [this, ...outer.#around()];
  }

  /** The function around with this symbol, or this one. */
  #levelOf(symbol: FunctionSymbol | undefined): Level | undefined {
    if (symbol === undefined) return undefined;
    return this.#around().find((level) => level.fn.symbol === symbol);
  }

  /** gcc/tree-nested.cc: insert_field_into_struct: by alignment, of equal ones the last comes first. */
  #field(key: FieldKey, make: () => Omit<Field, 'key'>): void {
    if (this.#fields.some((field) => field.key === key)) return;
    const field: Field = { key, ...make() };
    const before = this.#fields.findIndex((other) => field.align >= other.align);
    this.#fields.splice(before < 0 ? this.#fields.length : before, 0, field);
  }

  /** A field with the chain, in every frame between this function's and that of `target`. */
  #keepChains(target: Level): void {
    for (
      let level = this.outer;
      level !== undefined && level !== target && this !== target;
      level = level.outer
    )
      level.#field('chain', () => this.#pointerField('__chain'));
  }

  #pointerField(name: string): Omit<Field, 'key'> {
    const type = this.#ctx.types.voidPointer;
    return { name, type, align: this.#ctx.model.wordBytes, declaredAlign: undefined };
  }

  // ------------------------------------------------------------ what is shared

  findVariables(): void {
    const walk = new ReadOrder((object) => this.#share(object));
    for (const parameter of this.fn.parameters) walk.type(parameter.type.type);
    walk.statement(this.fn.body);
  }

  #share(object: ObjectSymbol): void {
    if (object.storage !== 'automatic' || object.owner === this.fn.symbol) return;
    const owner = this.#levelOf(object.owner);
    if (owner === undefined) return;
    const { model, types } = this.#ctx;
    owner.#field(object, () => {
      if (isSharedByAddress(object)) return this.#pointerField(object.name);
      const array = isVariableLength(object.type.type) ? asArray(object.type.type) : undefined;
      if (array !== undefined)
        return { ...this.#pointerField(object.name), type: types.pointerTo(array.element) };
      return {
        name: object.name,
        type: object.type,
        align: objectAlign(object, model),
        declaredAlign: object.attributes.aligned,
      };
    });
    this.#keepChains(owner);
  }

  findJumps(): void {
    visitStatements(this.fn.body, {
      statement: (statement) => {
        if (statement.kind !== 'goto') return;
        const owner = this.#ownerOf(statement.label);
        if (owner === undefined || owner === this) return;
        statement.label.isNonlocal = true;
        owner.#field('jump-buffer', () => ({
          ...this.#pointerField('__nl_goto_buf'),
          type: this.#ctx.types.arrayOf(this.#ctx.types.voidPointer, JUMP_BUFFER_WORDS),
        }));
        this.#keepChains(owner);
      },
    });
  }

  #ownerOf(label: LabelSymbol): Level | undefined {
    return this.#around().find((level) => level.fn.labels.includes(label));
  }

  findCalls(): void {
    const callees: FunctionSymbol[] = [];
    const direct = new Set<TypedExpression>();
    visitStatements(this.fn.body, {
      expression: (node) => {
        if (node.kind === 'call') {
          const callee = directCallee(node);
          if (callee !== undefined) {
            direct.add(callee);
            callees.push(callee.function);
          }
        }
        if (node.kind !== 'function' || direct.has(node)) return;
        const owner = this.#levelOf(node.function.enclosing);
        if (owner === undefined) return;
        owner.#field(node.function, () => ({
          name: node.function.name,
          type: this.#ctx.types.arrayOf(
            this.#ctx.types.unsignedChar,
            TRAMPOLINE_BYTES[this.#ctx.model.wordBytes],
          ),
          // gcc leaves the alignment of these fields open: they come last.
          align: 0,
          declaredAlign: undefined,
        }));
        this.#keepChains(owner);
      },
    });
    for (const callee of callees) {
      const owner = this.#levelOf(callee.enclosing);
      if (owner !== undefined) this.#keepChains(owner);
    }
  }

  /** Lays out the frame; debuggers find the place of the function's own frame at its end. */
  finish(): void {
    const { span } = this.#record;
    const fields = this.#fields.map((field): FieldDeclaration => {
      const { name, type, declaredAlign } = field;
      return { name, type, width: undefined, isPacked: false, declaredAlign, span };
    });
    const base = { ...this.#pointerField('FRAME_BASE.PARENT'), width: undefined, isPacked: false, span };
    layoutRecord(this.#record, [...fields, base], {
      isPacked: false,
      declaredAlign: undefined,
      pack: undefined,
    });
  }

  #memberOf(key: FieldKey): RecordMember {
    const member = this.#record.members?.[this.#fields.findIndex((field) => field.key === key)];
    invariant(member !== undefined, 'what is shared has a field');
    return member;
  }

  #offsetOf(key: FieldKey): number | undefined {
    return this.#fields.some((field) => field.key === key) ? this.#memberOf(key).offset : undefined;
  }

  // ------------------------------------------------------------ the function beside the others

  lowered(): TypedFunction {
    const rewriter: TreeRewriter = {
      expression: (node) => this.#expression(node, rewriter),
      statement: (node) => this.#statement(node, rewriter),
      type: (type) => this.#type(type, rewriter),
    };
    if (this.outer !== undefined) {
      for (const object of [...this.fn.parameters, ...this.fn.locals])
        if (isVariablyModified(object.type.type)) object.type = this.#type(object.type, rewriter);
    }
    const { fn } = this;
    return {
      ...fn,
      body: rewriteBlock(fn.body, rewriter),
      nesting: {
        inner: this.inner.map((level) => level.fn.symbol),
        frame: this.inner.length === 0 ? undefined : this.#sharedFrame(),
        chain: this.#chain,
      },
    };
  }

  #sharedFrame(): SharedFrame {
    const variables = new Map<ObjectSymbol, number>();
    for (const { key } of this.#fields) {
      if (typeof key === 'object' && key.kind === 'object' && !key.isParameter)
        variables.set(key, this.#memberOf(key).offset);
    }
    const frameBase = this.#record.members?.at(-1)?.offset;
    invariant(frameBase !== undefined, 'a frame ends with the place of the frame');
    return {
      object: this.#frame,
      variables,
      parameters: this.fn.parameters.flatMap((parameter) => {
        const offset = this.#offsetOf(parameter);
        return offset === undefined ? [] : [{ parameter, offset, isAddress: isSharedByAddress(parameter) }];
      }),
      trampolines: this.inner.flatMap(({ fn }) => {
        const offset = this.#offsetOf(fn.symbol);
        return offset === undefined ? [] : [{ function: fn.symbol, offset }];
      }),
      chain: this.#offsetOf('chain'),
      jumpBuffer: this.#offsetOf('jump-buffer'),
      frameBase,
    };
  }

  #expression(node: TypedExpression, rewriter: TreeRewriter): TypedExpression | undefined {
    switch (node.kind) {
      case 'object':
        return this.#captured(node);
      case 'address-of':
        return node.operand.kind === 'function'
          ? this.#trampoline(node.operand.function, node.type, node.span)
          : undefined;
      case 'convert':
        return node.conversion === 'function-pointer' && node.operand.kind === 'function'
          ? this.#trampoline(node.operand.function, node.type, node.span)
          : undefined;
      case 'call': {
        const callee = directCallee(node);
        const owner = this.#levelOf(callee?.function.enclosing);
        if (callee === undefined || owner === undefined) return undefined;
        return {
          ...node,
          callee,
          args: node.args.map((argument) => rewriteExpression(argument, rewriter)),
          staticChain: this.#addressOfFrame(owner, node.span),
        };
      }
      case 'vla-size':
        return isVariablyModified(node.operand) && this.#isSizedAround(node.operand)
          ? { kind: 'unsupported', reason: this.#ctx.variableSize, type: node.type, span: node.span }
          : undefined;
      case 'pointer-add':
      case 'pointer-difference': {
        const pointer = node.kind === 'pointer-add' ? node.pointer : node.left;
        const target = asPointer(pointer.type.type)?.target.type;
        return target !== undefined && isVariableLength(target) && this.#isSizedAround(target)
          ? { kind: 'unsupported', reason: this.#ctx.variableSize, type: node.type, span: node.span }
          : undefined;
      }
      default:
        return undefined;
    }
  }

  /** Whether an array type belongs to a function around: its size was computed there. */
  #isSizedAround(type: CType): boolean {
    const around = this.#around().slice(1);
    if (around.length === 0) return false;
    const sized = around.flatMap((level) => level.#sizedTypes());
    return arraysIn(type).some((array) => sized.includes(array));
  }

  /** The variable array types that this function declares. */
  #sizedTypes(): readonly CType[] {
    const { symbol, parameters, locals } = this.fn;
    const named = this.#ctx.typedefs.filter(({ owner }) => owner === symbol);
    return [...parameters, ...locals, ...named].flatMap(({ type }) => arraysIn(type.type));
  }

  /** A variable of a function around, or this function's own where nobody else has it. */
  #captured(node: Extract<TypedExpression, { kind: 'object' }>): TypedExpression | undefined {
    const { object, type, span } = node;
    if (object.storage !== 'automatic' || object.owner === this.fn.symbol) return undefined;
    const owner = this.#levelOf(object.owner);
    if (owner === undefined) return undefined;
    const member = owner.#memberOf(object);
    const field = owner.#part(this.#frameOf(owner, span), member, member.type, span);
    if (!isSharedByAddress(object) && !isVariableLength(object.type.type))
      return { ...field, type, captured: object };
    const pointer = this.#ctx.types.pointerTo(type);
    const address: TypedExpression = {
      kind: 'convert',
      conversion: 'pointer',
      isExplicit: true,
      operand: load(field, member.type),
      type: pointer,
      span,
    };
    return { kind: 'deref', operand: address, type, span };
  }

  #part(
    base: TypedExpression,
    member: RecordMember,
    type: QualType,
    span: Span,
  ): Extract<TypedExpression, { kind: 'member' }> {
    return {
      kind: 'member',
      base,
      record: this.#record,
      member,
      offset: member.offset,
      memberSpan: span,
      type,
      span,
    };
  }

  /** The frame of this function or of one around, as an lvalue. */
  #frameOf(owner: Level, span: Span): TypedExpression {
    const type: QualType = { type: owner.#record, quals: 0 };
    if (owner === this) return { kind: 'object', object: owner.#frame, type, span };
    return { kind: 'deref', operand: this.#addressOfFrame(owner, span), type, span };
  }

  #addressOfFrame(owner: Level, span: Span): TypedExpression {
    const { types } = this.#ctx;
    const pointer = types.pointerTo({ type: owner.#record, quals: 0 });
    if (owner === this)
      return { kind: 'address-of', operand: this.#frameOf(this, span), type: pointer, span };
    let level = this.outer;
    invariant(level !== undefined && this.#chain !== undefined, 'a nested function has a chain');
    let address = load(
      { kind: 'object', object: this.#chain, type: this.#chain.type, span },
      this.#chain.type,
    );
    while (level !== owner) {
      const frame: TypedExpression = {
        kind: 'deref',
        operand: address,
        type: { type: level.#record, quals: 0 },
        span,
      };
      const next: Level | undefined = level.outer;
      invariant(next !== undefined, 'the frame belongs to a function around');
      const type = types.pointerTo({ type: next.#record, quals: 0 });
      address = load(level.#part(frame, level.#memberOf('chain'), type, span), type);
      level = next;
    }
    return address;
  }

  #trampoline(symbol: FunctionSymbol, type: QualType, span: Span): TypedExpression | undefined {
    const owner = this.#levelOf(symbol.enclosing);
    if (owner === undefined) return undefined;
    const member = owner.#memberOf(symbol);
    const code = owner.#part(this.#frameOf(owner, span), member, member.type, span);
    const operand: TypedExpression = {
      kind: 'address-of',
      operand: code,
      type: this.#ctx.types.pointerTo(member.type),
      span,
    };
    return { kind: 'convert', conversion: 'pointer', isExplicit: true, operand, type, span };
  }

  #statement(node: TypedStatement, rewriter: TreeRewriter): TypedStatement | undefined {
    if (node.kind === 'declare' && node.object.owner === this.fn.symbol) return undefined;
    if (node.kind !== 'goto') return undefined;
    const owner = this.#ownerOf(node.label);
    if (owner === undefined || owner === this) return undefined;
    const { span, label } = node;
    const member = owner.#memberOf('jump-buffer');
    const field = owner.#part(this.#frameOf(owner, span), member, member.type, span);
    const type = this.#ctx.types.pointerTo(member.type);
    const buffer: TypedExpression = { kind: 'address-of', operand: field, type, span };
    return { kind: 'nonlocal-goto', label, buffer: rewriteExpression(buffer, rewriter), span };
  }

  /** A type whose size reads variables of functions around. */
  #type(type: QualType, rewriter: TreeRewriter): QualType {
    if (this.outer === undefined || !isVariablyModified(type.type)) return type;
    const inner = this.#sizedType(type.type, rewriter);
    return inner === type.type ? type : { type: inner, quals: type.quals };
  }

  #sizedType(type: CType, rewriter: TreeRewriter): CType {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    let made: CType = type;
    if (type.kind === 'pointer') {
      const target = this.#type(type.target, rewriter);
      if (target !== type.target) made = { ...type, target };
    } else if (type.kind === 'array') {
      const element = this.#type(type.element, rewriter);
      const size = type.sizeExpression;
      const isOutside = size !== undefined && readsAround(size, this.fn.symbol);
      if (isOutside) made = { ...type, element, sizeExpression: rewriteExpression(size, rewriter) };
      else if (element !== type.element) made = { ...type, element };
    } else if (type.kind === 'typedef') {
      const aliased = this.#type(type.aliased, rewriter);
      if (aliased !== type.aliased) made = { ...type, aliased };
    }
    this.#types.set(type, made);
    if (made !== type) this.#types.set(made, made);
    return made;
  }
}

/** gcc/tree-nested.cc: use_pointer_in_frame: parameters that are records are not copied. */
function isSharedByAddress(object: ObjectSymbol): boolean {
  if (!object.isParameter) return false;
  const { kind } = resolve(object.type.type);
  return kind === 'record' || kind === 'array';
}

const load = (operand: TypedExpression, type: QualType): TypedExpression => ({
  kind: 'convert',
  conversion: 'load',
  isExplicit: false,
  operand,
  type,
  span: operand.span,
});

/** The nested function that a call names. */
function directCallee(
  call: Extract<TypedExpression, { kind: 'call' }>,
): Extract<TypedExpression, { kind: 'function' }> | undefined {
  let { callee } = call;
  while (callee.kind === 'convert' && callee.conversion === 'function-pointer') callee = callee.operand;
  return callee.kind === 'function' && callee.function.enclosing !== undefined ? callee : undefined;
}

/** Whether an expression reads automatic variables of other functions. */
function readsAround(node: TypedExpression, own: FunctionSymbol): boolean {
  if (node.kind === 'object') return node.object.storage === 'automatic' && node.object.owner !== own;
  return operandsOf(node).some((operand) => readsAround(operand, own));
}

/** The variable array types in a type. */
function arraysIn(type: CType): readonly CType[] {
  const resolved = resolve(type);
  if (resolved.kind === 'pointer') return arraysIn(resolved.target.type);
  if (resolved.kind !== 'array') return [];
  const inner = arraysIn(resolved.element.type);
  return resolved.count === 'variable' ? [resolved, ...inner] : inner;
}

interface Visitor {
  readonly expression?: (node: TypedExpression) => void;
  readonly statement?: (node: TypedStatement) => void;
}

/** Visits the statements and expressions of a function in the order of the text. */
function visitStatements(body: TypedStatement, visitor: Visitor): void {
  const rewriter: TreeRewriter = {
    expression: (node) => {
      visitor.expression?.(node);
      return undefined;
    },
    statement: (node) => {
      visitor.statement?.(node);
      return undefined;
    },
    type: (type) => type,
  };
  if (body.kind === 'block') rewriteBlock(body, rewriter);
}
