/**
 * Expressions (C17 6.5): names are resolved, types found, implicit conversions made explicit.
 *
 * `expression` keeps lvalues, arrays and functions as they are; who needs a value calls `toRvalue`.
 */
import { isC90 } from '../target/dialect.ts';
import type { Span } from '../source/text-span.ts';
import type { Designator, Expression } from '../syntax/ast.ts';
import { libraryBuiltinType } from './builtins.ts';
import { builtinCall, call, libraryFunctionOfBuiltin, vaArg } from './calls.ts';
import { MAX_CHAIN } from './context.ts';
import type { SemaContext } from './context.ts';
import { integerConstant } from './constant.ts';
import { noteConstantCandidate } from './constant-locals.ts';
import { convertTo, decayed, isLvalue, toRvalue } from './conversions.ts';
import { generic } from './generic-selection.ts';
import { implicitFunction } from './implicit.ts';
import { fillsFlexibleMember } from './initializers.ts';
import { useLabel } from './labels.ts';
import {
  addressOfOperator,
  assignment,
  binary,
  conditional,
  dereference,
  increment,
  logicalNot,
  pointerAdd,
  unaryArithmetic,
} from './operators.ts';
import { character, identifier, literal, number, stringLiteral } from './primary-expressions.ts';
import { suggestedName } from './suggestion.ts';
import { newObject } from './symbols.ts';
import {
  alignOf,
  areCompatibleUnqualified,
  asArray,
  asPointer,
  asRecord,
  findMember,
  integerOf,
  isArithmetic,
  isComplete,
  holdsError,
  isError,
  isIntegral,
  isScalar,
  isVariableLength,
  isVoid,
  qualsOf,
  resolve,
  resolveQual,
  sizeOf,
  unqualified,
  withQuals,
} from './type-relations.ts';
import type { CType, QualType } from './type.ts';
import type { TypedExpression } from './typed-tree.ts';
import { convertedVector } from './vector-shuffles.ts';
import { vectorLane } from './vectors.ts';

type Node<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** Analyses an expression; lvalues stay lvalues. */
export function expression(ctx: SemaContext, node: Expression): TypedExpression {
  // The two shapes that are most of a program, and long chains of `+`, cost no level.
  if (node.kind === 'identifier') return identifier(ctx, node);
  if (node.kind === 'number') return number(ctx, node);
  if (node.kind === 'paren') return expression(ctx, withoutParentheses(node));
  if (!ctx.enterLevel(node.span)) return ctx.errorNode(node.span);
  const result = node.kind === 'binary' ? binaryChain(ctx, node) : compoundExpression(ctx, node);
  ctx.leaveLevel();
  return result;
}

function withoutParentheses(node: Node<'paren'>): Exclude<Expression, Node<'paren'>> {
  let { inner } = node;
  while (inner.kind === 'paren') ({ inner } = inner);
  return inner;
}

/** Analyses an expression for its value. */
export function rvalue(ctx: SemaContext, node: Expression): TypedExpression {
  return toRvalue(ctx, expression(ctx, node));
}

/** Analyses an expression that is not evaluated: operand of `sizeof`, `typeof`, `_Generic`. */
export function unevaluated(ctx: SemaContext, node: Expression): TypedExpression {
  ctx.unevaluated += 1;
  const result = expression(ctx, node);
  ctx.unevaluated -= 1;
  return result;
}

/** Places that want an integer constant expression, by the complaint when there is none. */
type ConstantPlace =
  | 'enumerator-not-constant'
  | 'case-not-constant'
  | 'bit-field-not-constant'
  | 'static-assert-not-constant'
  | 'designator-not-constant';

/** The value of an integer constant expression, reported when it is none; `undefined` then. */
export function requiredInteger(ctx: SemaContext, node: Expression, code: ConstantPlace): bigint | undefined {
  return requiredConstant(ctx, node, code)?.value;
}

/** An integer constant expression where one must stand, with its type; `undefined` when it is none. */
export function requiredConstant(
  ctx: SemaContext,
  node: Expression,
  code: ConstantPlace,
): { readonly value: bigint; readonly type: CType } | undefined {
  const typed = rvalue(ctx, node);
  if (isError(typed.type.type)) return undefined;
  const value = integerConstant(typed, ctx.model.wordBytes);
  if (value !== undefined) return { value, type: typed.type.type };
  ctx.error(code, node.span);
  return undefined;
}

/** `a + b + c + …` is a chain of left operands: analysed in a loop, however long. */
function binaryChain(ctx: SemaContext, node: Node<'binary'>): TypedExpression {
  const chain: Node<'binary'>[] = [];
  let left: Expression = node;
  while (left.kind === 'binary') {
    chain.push(left);
    left = left.left;
  }
  let result = expression(ctx, left);
  let depth = 0;
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i];
    if (link === undefined) break;
    const right = expression(ctx, link.right);
    result = binary(ctx, link.operator, result, right, link.span, link.operatorSpan);
    depth = result.kind === 'integer' ? 0 : depth + 1;
    if (depth > MAX_CHAIN) {
      ctx.reportDepth(link.span);
      return ctx.errorNode(node.span);
    }
  }
  return result;
}

function compoundExpression(ctx: SemaContext, node: Exclude<Expression, Node<'paren'>>): TypedExpression {
  switch (node.kind) {
    case 'identifier':
      return identifier(ctx, node);
    case 'number':
      return number(ctx, node);
    case 'character':
      return character(ctx, node);
    case 'string':
      return stringLiteral(ctx, node, 'pointer');
    case 'unary':
      return unary(ctx, node);
    case 'postfix':
      return increment(ctx, expression(ctx, node.operand), node.operator === '++' ? 1 : -1, false, node.span);
    case 'binary':
      return binaryChain(ctx, node);
    case 'assign': {
      const target = expression(ctx, node.left);
      return assignment(
        ctx,
        node.operator,
        target,
        expression(ctx, node.right),
        node.span,
        node.operatorSpan,
      );
    }
    case 'conditional': {
      const condition = expression(ctx, node.condition);
      const then = node.then === undefined ? undefined : expression(ctx, node.then);
      return conditional(ctx, condition, then, expression(ctx, node.otherwise), node.span);
    }
    case 'cast':
      return cast(ctx, node);
    case 'call':
      return callNode(ctx, node);
    case 'index':
      return subscript(ctx, node);
    case 'member':
      return member(ctx, node);
    case 'sizeof-expression': {
      const operand = unevaluated(ctx, node.operand);
      if (operand.kind === 'member' && operand.member.bitWidth !== undefined) {
        ctx.error('sizeof-bit-field', node.span);
        return ctx.errorNode(node.span);
      }
      return sizeOfType(ctx, operand.type, node.span);
    }
    case 'sizeof-type':
      return sizeOfType(ctx, ctx.analyses.typeName(ctx, node.type), node.span);
    case 'alignof-expression': {
      const operand = unevaluated(ctx, node.operand);
      const declared =
        operand.kind === 'object'
          ? operand.object.attributes.aligned
          : operand.kind === 'function'
            ? operand.function.attributes.aligned
            : undefined;
      return alignOfType(ctx, operand.type, declared, node.span);
    }
    case 'alignof-type':
      return alignOfType(ctx, ctx.analyses.typeName(ctx, node.type), undefined, node.span);
    case 'compound-literal':
      return compoundLiteral(ctx, node);
    case 'generic':
      return generic(ctx, node);
    case 'statement-expression':
      return statementExpression(ctx, node);
    case 'label-address': {
      const label = useLabel(ctx, node.label);
      if (label === undefined) {
        ctx.error('label-outside-function', node.span, { name: node.label.name });
        return ctx.errorNode(node.span);
      }
      label.symbol.isAddressTaken = true;
      return { kind: 'label-address', label: label.symbol, type: ctx.types.voidPointer, span: node.span };
    }
    case 'convert-vector':
      return convertedVector(
        ctx,
        expression(ctx, node.operand),
        ctx.analyses.typeName(ctx, node.type),
        node.span,
      );
    case 'va-arg':
      return vaArg(ctx, expression(ctx, node.list), ctx.analyses.typeName(ctx, node.type), node.span);
    case 'offsetof':
      return offsetOf(ctx, node);
    case 'types-compatible': {
      const first = unqualified(resolveQual(ctx.analyses.typeName(ctx, node.first)));
      const second = unqualified(resolveQual(ctx.analyses.typeName(ctx, node.second)));
      const isEnumPair = resolve(first.type).kind === 'enum' || resolve(second.type).kind === 'enum';
      const isSame = isEnumPair
        ? resolve(first.type) === resolve(second.type)
        : areCompatibleUnqualified(first.type, second.type);
      return ctx.integerNode(node.span, ctx.types.int, isSame ? 1n : 0n);
    }
    case 'choose-expression': {
      const condition = rvalue(ctx, node.condition);
      const value = integerConstant(condition, ctx.model.wordBytes);
      if (value === undefined) {
        if (!isError(condition.type.type)) ctx.error('choose-not-constant', node.condition.span);
        return ctx.errorNode(node.span);
      }
      const [chosen, dropped] = value !== 0n ? [node.then, node.otherwise] : [node.otherwise, node.then];
      unevaluated(ctx, dropped);
      return expression(ctx, chosen);
    }
    case 'error':
      return ctx.errorNode(node.span);
  }
}

// ---------------------------------------------------------------- operators

function unary(ctx: SemaContext, node: Node<'unary'>): TypedExpression {
  const { span } = node;
  const operand = expression(ctx, node.operand);
  switch (node.operator) {
    case '+':
    case '-':
    case '~':
      return unaryArithmetic(ctx, node.operator, operand, span);
    case '!':
      return logicalNot(ctx, operand, span);
    case '*':
      return dereference(ctx, operand, span);
    case '&':
      return addressOfOperator(ctx, operand, span);
    case '++':
      return increment(ctx, operand, 1, true, span);
    case '--':
      return increment(ctx, operand, -1, true, span);
    case '__extension__':
      return operand;
    case '__real__':
    case '__imag__':
      return complexPart(ctx, operand, node.operator === '__real__' ? 'real-part' : 'imaginary-part', span);
  }
}

function complexPart(
  ctx: SemaContext,
  operand: TypedExpression,
  kind: 'real-part' | 'imaginary-part',
  span: Span,
): TypedExpression {
  const type = resolve(operand.type.type);
  if (type.kind === 'error') return ctx.errorNode(span);
  if (type.kind === 'complex') {
    return {
      kind,
      operand,
      type: { type: type.element, quals: isLvalue(operand) ? operand.type.quals : 0 },
      span,
    };
  }
  if (!isArithmetic(type)) {
    ctx.error('wrong-operand', span, {
      operator: kind === 'real-part' ? '__real__' : '__imag__',
      type: ctx.spell(operand.type),
    });
    return ctx.errorNode(span);
  }
  if (kind === 'real-part') return operand;
  return convertTo(ctx, ctx.integerNode(span, ctx.types.int, 0n), toRvalue(ctx, operand).type);
}

// C17 6.5.4
function cast(ctx: SemaContext, node: Node<'cast'>): TypedExpression {
  const target = ctx.analyses.typeName(ctx, node.type);
  const value = rvalue(ctx, node.operand);
  const { span } = node;
  const to = resolve(target.type);
  const from = resolve(value.type.type);
  if (to.kind === 'error' || from.kind === 'error') return ctx.errorNode(span);
  const retyped = (result: TypedExpression): TypedExpression => ({ ...result, span });
  if (to.kind === 'void') return retyped(convertTo(ctx, value, target, true));
  if (to.kind === 'record') {
    if (to === from) return retyped(convertTo(ctx, value, target, true));
    const found =
      to.tagKind === 'union'
        ? to.members?.find((m) => areCompatibleUnqualified(m.type.type, from))
        : undefined;
    if (found !== undefined) return unionCast(ctx, target, value, span);
    ctx.error('cast-to-aggregate', span);
    return ctx.errorNode(span);
  }
  if (to.kind === 'array' || to.kind === 'function') {
    ctx.error(to.kind === 'array' ? 'cast-to-array' : 'cast-to-function', span);
    return ctx.errorNode(span);
  }
  if (to.kind === 'vector' || from.kind === 'vector') {
    const isFine = sizeOf(to) === sizeOf(from) && from.kind !== 'record';
    if (isFine) return retyped(convertTo(ctx, value, target, true));
    ctx.error('invalid-cast', span, { from: ctx.spell(value.type), to: ctx.spell(target) });
    return ctx.errorNode(span);
  }
  if (!isScalar(from)) {
    ctx.error(from.kind === 'void' ? 'void-value' : 'scalar-required', span, { type: ctx.spell(value.type) });
    return ctx.errorNode(span);
  }
  const isFloatToPointer =
    (to.kind === 'pointer' && !isIntegral(from) && from.kind !== 'pointer') ||
    (from.kind === 'pointer' && (to.kind === 'float' || to.kind === 'complex'));
  if (isFloatToPointer) {
    ctx.error('invalid-cast', span, { from: ctx.spell(value.type), to: ctx.spell(target) });
    return ctx.errorNode(span);
  }
  if (to.kind === 'enum' && to.underlying === undefined) {
    ctx.error('incomplete-type-used', span, { type: ctx.spell(target) });
    return ctx.errorNode(span);
  }
  return retyped(convertTo(ctx, value, target, true));
}

/** GNU: a cast to a union makes one with that member set. */
function unionCast(ctx: SemaContext, target: QualType, value: TypedExpression, span: Span): TypedExpression {
  const object = newObject(ctx, { name: '', type: target, storage: 'automatic', span });
  const entry = {
    offset: 0,
    type: unqualified(value.type),
    bitOffset: undefined,
    bitWidth: undefined,
    value,
    constant: undefined,
  };
  const initializer = { span, entries: [entry], isAggregate: true };
  const made: TypedExpression = { kind: 'compound-literal', object, initializer, type: target, span };
  ctx.fn?.locals.push(object);
  return toRvalue(ctx, made);
}

function callNode(ctx: SemaContext, node: Node<'call'>): TypedExpression {
  const callee = node.callee;
  if (callee.kind === 'identifier' && ctx.names.lookup(callee.name) === undefined) {
    const { name, span } = callee;
    const isConstantQuestion = name === '__builtin_constant_p' || name === '__builtin_object_size';
    if (isConstantQuestion) ctx.unevaluated += 1;
    const args = node.args.map((argument) => expression(ctx, argument));
    if (isConstantQuestion) ctx.unevaluated -= 1;
    const builtin = builtinCall(ctx, name, args, node.span);
    if (builtin !== undefined) return builtin;
    const library = libraryFunctionOfBuiltin(ctx, name);
    if (library !== undefined) {
      const symbol = implicitFunction(ctx, library.name, library.type, span);
      ctx.use(span, symbol);
      const target: TypedExpression = {
        kind: 'function',
        function: symbol,
        type: { type: library.type, quals: 0 },
        span,
      };
      const made = call(ctx, target, args, node.span);
      return made.kind === 'call' ? { ...made, isBuiltin: true } : made;
    }
    if (name.startsWith('__builtin_')) {
      ctx.unsupported('builtin-not-modelled', span, { name });
      const reason = ctx.note('builtin-not-modelled', undefined, { name }).text;
      return { kind: 'unsupported', reason, type: ctx.types.error, span: node.span };
    }
    const known = libraryBuiltinType(ctx.types, name);
    if (known !== undefined) ctx.warning('implicit-library-function', span, { name });
    else if (!isC90(ctx.dialect)) ctx.warning('implicit-function', span, { name });
    const plain = { ...ctx.types.function(ctx.types.int, [], false), hasPrototype: false };
    // gcc/c/c-decl.cc: implicitly_declare gives a builtin its own type only where `int name()` contradicts it.
    const type = known === undefined || areCompatibleUnqualified(plain, known) ? plain : known;
    const symbol = implicitFunction(ctx, name, type, span);
    if (known === undefined && !symbol.isDefined && symbol.span === span) symbol.isImplicit = true;
    ctx.use(span, symbol);
    const target: TypedExpression = {
      kind: 'function',
      function: symbol,
      type: { type: symbol.type, quals: 0 },
      span,
    };
    return call(ctx, target, args, node.span);
  }
  const target = expression(ctx, callee);
  const args = node.args.map((argument) => expression(ctx, argument));
  return call(ctx, target, args, node.span);
}

// C17 6.5.2.1: a[i] is *(a + i), either way round.
function subscript(ctx: SemaContext, node: Node<'index'>): TypedExpression {
  const base = expression(ctx, node.base);
  const index = rvalue(ctx, node.index);
  const { span } = node;
  if (isError(base.type.type) || isError(index.type.type)) return ctx.errorNode(span);
  const left = isElement(ctx, base, index) ? decayed(ctx, base) : toRvalue(ctx, base);
  const [pointer, offset] = asPointer(left.type.type) !== undefined ? [left, index] : [index, left];
  const target = asPointer(pointer.type.type)?.target;
  if (target === undefined) {
    const lane = vectorLane(ctx, base, index, span);
    if (lane !== undefined) return lane;
    ctx.error('subscript-of-non-array', span);
    return ctx.errorNode(span);
  }
  if (!isIntegral(offset.type.type)) {
    ctx.error('subscript-not-integer', span);
    return ctx.errorNode(span);
  }
  const address = pointerAdd(ctx, pointer, offset, false, span);
  if (isError(address.type.type)) return address;
  return { kind: 'deref', operand: address, type: target, span };
}

/** Whether a subscript names an element that is known: this alone takes no address (gcc/c/c-typeck.cc: build_array_ref). */
function isElement(ctx: SemaContext, base: TypedExpression, index: TypedExpression): boolean {
  const count = asArray(base.type.type)?.count;
  if (typeof count !== 'number' || !isIntegral(index.type.type)) return false;
  const value = integerConstant(index, ctx.model.wordBytes);
  return value !== undefined && value >= 0n && value < BigInt(count);
}

// C17 6.5.2.3
function member(ctx: SemaContext, node: Node<'member'>): TypedExpression {
  let base = expression(ctx, node.base);
  const { span } = node;
  if (isError(base.type.type)) return ctx.errorNode(span);
  if (node.arrow) {
    const pointer = toRvalue(ctx, base);
    const target = asPointer(pointer.type.type)?.target;
    if (target === undefined) {
      const isRecord = asRecord(base.type.type) !== undefined;
      ctx.error(isRecord ? 'arrow-on-record' : 'arrow-on-non-pointer', span, {
        type: ctx.spell(base.type),
        name: node.member.name,
      });
      return ctx.errorNode(span);
    }
    base = { kind: 'deref', operand: pointer, type: target, span: node.base.span };
  }
  const record = asRecord(base.type.type);
  if (record === undefined) {
    if (isError(base.type.type)) return ctx.errorNode(span);
    const pointed = asPointer(base.type.type)?.target;
    const isPointer = !node.arrow && pointed !== undefined && asRecord(pointed.type) !== undefined;
    ctx.error(isPointer ? 'dot-on-pointer' : 'member-of-non-record', span, {
      type: ctx.spell(base.type),
      name: node.member.name,
    });
    return ctx.errorNode(span);
  }
  if (record.members === undefined) {
    ctx.error('incomplete-type-used', span, { type: ctx.spell(base.type) });
    return ctx.errorNode(span);
  }
  const found = findMember(record, node.member.name);
  if (found === undefined) {
    if (node.member.name === '') return ctx.errorNode(span);
    const names = record.members.flatMap((candidate) =>
      candidate.name === undefined ? [] : [candidate.name],
    );
    const suggestion = suggestedName(names, node.member.name);
    const notes =
      suggestion === undefined ? undefined : [ctx.note('did-you-mean', undefined, { name: suggestion })];
    ctx.error(
      'no-such-member',
      node.member.span,
      { type: ctx.spell(unqualified(base.type)), name: node.member.name },
      notes,
    );
    return ctx.errorNode(span);
  }
  ctx.use(node.member.span, { kind: 'member', record: found.record, member: found.member });
  return {
    kind: 'member',
    base,
    record: found.record,
    member: found.member,
    offset: found.offset,
    memberSpan: node.member.span,
    type: withQuals(found.member.type, qualsOf(base.type) | found.quals),
    span,
  };
}

// ---------------------------------------------------------------- sizes

function sizeOfType(ctx: SemaContext, type: QualType, span: Span): TypedExpression {
  const resolved = resolve(type.type);
  if (holdsError(resolved)) return ctx.errorNode(span);
  if (resolved.kind === 'void' || resolved.kind === 'function') {
    return literal(ctx, ctx.integerNode(span, ctx.types.sizeType, 1n));
  }
  if (isVariableLength(resolved))
    return literal(ctx, { kind: 'vla-size', operand: resolved, type: ctx.types.sizeType, span });
  const size = sizeOf(resolved);
  if (size === undefined) {
    ctx.error('sizeof-incomplete', span, { type: ctx.spell(type) });
    return ctx.errorNode(span);
  }
  return literal(ctx, ctx.integerNode(span, ctx.types.sizeType, BigInt(size)));
}

function alignOfType(
  ctx: SemaContext,
  type: QualType,
  declared: number | undefined,
  span: Span,
): TypedExpression {
  const resolved = resolve(type.type);
  if (resolved.kind === 'error') return ctx.errorNode(span);
  const isFine =
    isComplete(resolved) ||
    resolved.kind === 'array' ||
    resolved.kind === 'function' ||
    resolved.kind === 'void';
  if (!isFine) {
    ctx.error('alignof-incomplete', span, { type: ctx.spell(type) });
    return ctx.errorNode(span);
  }
  const align = Math.max(alignOf(type), declared ?? 1);
  return literal(ctx, ctx.integerNode(span, ctx.types.sizeType, BigInt(align)));
}

// __builtin_offsetof(type, member.member[index] …)
function offsetOf(ctx: SemaContext, node: Node<'offsetof'>): TypedExpression {
  let type = ctx.analyses.typeName(ctx, node.type);
  let offset = 0n;
  for (const designator of node.designators) {
    const next = offsetStep(ctx, type, designator);
    if (next === undefined) return ctx.errorNode(node.span);
    type = next.type;
    offset += next.offset;
  }
  return literal(
    ctx,
    ctx.integerNode(node.span, ctx.types.sizeType, BigInt.asUintN(ctx.model.wordBytes * 8, offset)),
  );
}

function offsetStep(
  ctx: SemaContext,
  type: QualType,
  designator: Designator,
): { readonly type: QualType; readonly offset: bigint } | undefined {
  if (isError(type.type)) return undefined;
  if (designator.kind === 'member') {
    const record = asRecord(type.type);
    const found = record === undefined ? undefined : findMember(record, designator.member.name);
    if (found === undefined) {
      ctx.error('no-such-member', designator.span, { type: ctx.spell(type), name: designator.member.name });
      return undefined;
    }
    ctx.use(designator.member.span, { kind: 'member', record: found.record, member: found.member });
    if (found.member.bitWidth !== undefined) {
      ctx.error('address-of-bit-field', designator.span, { name: designator.member.name });
      return undefined;
    }
    return { type: found.member.type, offset: BigInt(found.offset) };
  }
  const array = asArray(type.type);
  const index =
    designator.kind === 'index'
      ? requiredInteger(ctx, designator.index, 'designator-not-constant')
      : undefined;
  const size = array === undefined ? undefined : sizeOf(array.element.type);
  if (array === undefined || index === undefined || size === undefined) {
    if (array === undefined) ctx.error('subscript-of-non-array', designator.span);
    return undefined;
  }
  return { type: array.element, offset: index * BigInt(size) };
}

// ---------------------------------------------------------------- compound literals, statement expressions

function compoundLiteral(ctx: SemaContext, node: Node<'compound-literal'>): TypedExpression {
  const declared = ctx.analyses.typeName(ctx, node.type);
  const { span } = node;
  if (isError(declared.type)) return ctx.errorNode(span);
  const isStatic = ctx.fn === undefined || node.storage.includes('static');
  const { initializer, type } = ctx.analyses.initializerList(ctx, declared, node.initializer, isStatic);
  if (!isComplete(type.type) || isVariableLength(type.type)) {
    ctx.error(
      isVoid(type.type) || !isComplete(type.type) ? 'incomplete-type-used' : 'initialized-vla',
      span,
      { type: ctx.spell(type) },
    );
    return ctx.errorNode(span);
  }
  if (fillsFlexibleMember(type, initializer)) ctx.error('flexible-automatic', span);
  const object = newObject(ctx, { name: '', type, storage: isStatic ? 'static' : 'automatic', span });
  object.initializer = initializer;
  object.isReferenced = ctx.unevaluated === 0;
  if (isStatic) object.linkage = 'internal';
  if (ctx.fn === undefined) ctx.literalObjects.push(object);
  else if (ctx.unevaluated === 0) {
    if (isStatic) ctx.fn.staticLocals.push(object);
    else {
      ctx.fn.locals.push(object);
      ctx.fn.objects.push(object);
      noteConstantCandidate(ctx.fn, { object, initializer, declaration: undefined });
    }
  }
  return { kind: 'compound-literal', object, initializer, type, span };
}

function statementExpression(ctx: SemaContext, node: Node<'statement-expression'>): TypedExpression {
  const { span } = node;
  if (ctx.fn === undefined) {
    ctx.error('statement-expression-outside', span);
    return ctx.errorNode(span);
  }
  const block = ctx.analyses.block(ctx, node.body);
  // `({ 1; ; })`: null statements behind the last expression leave nothing in the block (gcc/c/c-typeck.cc: c_finish_stmt_expr).
  let end = block.statements.length - 1;
  while (block.statements[end]?.kind === 'null') end -= 1;
  const last = block.statements[end];
  if (last?.kind !== 'expression') {
    return { kind: 'statement-expression', body: block, value: undefined, type: ctx.types.void, span };
  }
  const value = toRvalue(ctx, last.expression);
  const body = { ...block, statements: block.statements.slice(0, end) };
  return { kind: 'statement-expression', body, value, type: value.type, span };
}

/** The integer value of an expression when it is a constant of an integer type. */
export function constantInteger(ctx: SemaContext, node: TypedExpression): bigint | undefined {
  return integerOf(node.type.type) === undefined ? undefined : integerConstant(node, ctx.model.wordBytes);
}
