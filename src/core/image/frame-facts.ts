/**
 * What the layout of a stack frame needs to know about the body of a function: its variables in memory scope by scope,
 * nameless objects, calls, and what takes registers or alignment of its own.
 *
 * Source: gcc/cfgexpand.cc (expand_used_vars), gcc/gimplify.cc (temporaries), measured with gcc 12.2: behaviour.
 */
import { isVariableLength, qualsOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { CompileOptions } from '../sema/placement.ts';
import type {
  ObjectSymbol,
  SharedFrame,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../sema/typed-tree.ts';
import { ATOMIC, VOLATILE } from '../sema/type.ts';
import type { CType } from '../sema/type.ts';
import { returnsInMemory } from './calling-convention.ts';
import { constantInteger, isConstantExpression } from '../sema/front-end-folding.ts';
import { isInlinedCall } from '../sema/inlined-calls.ts';
import { localAlignment } from './local-alignment.ts';
import { hasRegisterMode, isMemoryValue, isPairRecord } from './register-modes.ts';
import { alignmentOfArray, countedBytes, countedBytesOf, isAlloca } from './stack-allocation.ts';
import type { StackAllocation } from './stack-allocation.ts';
import { operandsOf, walkStatement } from './tree-walk.ts';

/** A call. */
export type Call = Extract<TypedExpression, { kind: 'call' }>;
type Literal = Extract<TypedExpression, { kind: 'compound-literal' }>;

/** What the layout needs to know about a body. */
/** Memory for a value that no variable holds. Size and alignment in bytes. */
export interface NamelessObject {
  readonly call: Call | undefined;
  readonly type: CType;
  readonly size: number;
  readonly align: number;
}

export interface FrameFacts {
  /** Variables in memory, compound literals among them, block by block. */
  readonly memory: readonly { readonly object: ObjectSymbol; readonly isInner: boolean }[];
  /** Results of calls that go nowhere directly, and the value of `return` where it is a record of odd size. */
  readonly nameless: readonly NamelessObject[];
  /** Results of calls that are copied into a variable whose address is known elsewhere, or that nobody wants. */
  readonly spills: readonly Call[];
  /** Bytes of the copy of a result that is a record of odd size, on its way to the registers (stmt.cc: expand_return). */
  readonly returnBytes: number;
  readonly variableArrays: readonly ObjectSymbol[];
  /** Variable length arrays in loops. */
  readonly loopArrays: ReadonlySet<ObjectSymbol>;
  readonly hasAlloca: boolean;
  readonly calls: readonly Call[];
  readonly hasCall: boolean;
  readonly convertsToInteger: boolean;
  /** Whether the x87 unit does that: it needs control words in memory. */
  readonly truncatesInX87: boolean;
  /** Data or functions of the program are named, for which i386 needs the global offset table. */
  readonly usesTable: boolean;
  readonly hasDynamicStack: boolean;
  /** Bytes that gcc counts for calls of alloca and for arrays of variable length. */
  readonly dynamicStackBytes: number;
  /**
   * Registers or slots are taken of which we do not know how many: operations on 128-bit, complex, vector and atomic values,
   * records from variable arguments, and the variables of functions whose code is put in place of their calls.
   */
  readonly hasUnknownRegisters: boolean;
  /** On x86-64 compound literals live in pairs of registers. */
  readonly literalPairs: boolean;
  /** Records are copied in pieces of 16 bytes: the copy takes rbx. */
  readonly copiesWithPair: boolean;
}

/** Sizes of records that gcc copies through a pair of registers, rbx being one of them. */
const PAIR_COPY = { above: 32, upTo: 256 } as const;

/** Collects the facts about a function. */
export function collectFacts(fn: TypedFunction, options: CompileOptions): FrameFacts {
  return new FactCollector(options).collect(fn);
}

class FactCollector {
  readonly #options: CompileOptions;
  readonly #word: 4 | 8;
  readonly #memory: { object: ObjectSymbol; isInner: boolean }[] = [];
  #shared: SharedFrame | undefined;
  readonly #nameless: NamelessObject[] = [];
  readonly #spills: Call[] = [];
  readonly #variableArrays: ObjectSymbol[] = [];
  readonly #loopArrays = new Set<ObjectSymbol>();
  #hasAlloca = false;
  /** Values that go straight into an object. */
  readonly #direct = new Set<TypedExpression>();
  readonly #literals = new Map<ObjectSymbol, Literal>();
  readonly #calls: Call[] = [];
  #jumpsOut = false;
  #hasDynamicStack = false;
  #dynamicStackBytes = 0;
  #usesTable = false;
  #truncatesInX87 = false;
  #convertsToInteger = false;
  /** Variables to which functions write their results in place. */
  readonly #resultTargets = new Set<ObjectSymbol>();
  #literalPairs = false;
  #copiesWithPair = false;
  #hasUnknownRegisters = false;
  #hasReturnValue = false;
  #returnBytes = 0;

  constructor(options: CompileOptions) {
    this.#options = options;
    this.#word = options.target === 'x86_64' ? 8 : 4;
  }

  collect(fn: TypedFunction): FrameFacts {
    this.#findDirect(fn.body);
    this.#shared = fn.nesting?.frame;
    this.#usesTable = (this.#shared?.trampolines.length ?? 0) > 0;
    this.#scope(fn.body, fn.body.objects, fn.body.statements, false);
    this.#expressions(fn);
    this.#hasUnknownRegisters ||= splitsValues(fn, this.#word);
    return {
      memory: this.#memory,
      nameless: this.#nameless,
      spills: this.#spills,
      returnBytes: this.#returnBytes,
      variableArrays: this.#variableArrays,
      loopArrays: this.#loopArrays,
      hasAlloca: this.#hasAlloca,
      calls: this.#calls,
      hasCall: this.#calls.length > 0 || this.#jumpsOut,
      convertsToInteger: this.#convertsToInteger,
      truncatesInX87: this.#truncatesInX87,
      usesTable: this.#usesTable,
      hasDynamicStack: this.#hasDynamicStack,
      dynamicStackBytes: this.#dynamicStackBytes,
      literalPairs: this.#literalPairs,
      copiesWithPair: this.#copiesWithPair,
      hasUnknownRegisters: this.#hasUnknownRegisters,
    };
  }

  #findDirect(body: TypedBlock): void {
    walkStatement(body, {
      statement: (statement) => {
        if (statement.kind === 'declare' && statement.initializer?.isAggregate === false) {
          const value = statement.initializer.entries[0]?.value;
          if (value !== undefined) this.#markDirect(value);
        }
        if (statement.kind === 'return' && statement.value !== undefined) {
          this.#markDirect(statement.value);
        }
      },
      expression: (expression) => {
        if (expression.kind === 'assign') this.#markDirect(expression.value);
        if (expression.kind === 'compound-literal') this.#literals.set(expression.object, expression);
      },
    });
  }

  /** The value goes into an object as a whole; so do the branches of a conditional. */
  #markDirect(value: TypedExpression): void {
    const inner = withoutConversions(value);
    this.#direct.add(inner);
    if (inner.kind === 'comma') this.#markDirect(inner.right);
    if (inner.kind === 'conditional' && inner.then !== undefined) {
      this.#markDirect(inner.then);
      this.#markDirect(inner.otherwise);
    }
  }

  /** A scope: its own variables and literals in the order of the text, then the scopes inside. */
  #scope(
    statement: TypedStatement,
    objects: readonly ObjectSymbol[],
    parts: readonly TypedStatement[],
    isInner: boolean,
  ): void {
    const own: ObjectSymbol[] = [];
    for (const object of objects) {
      const literal = this.#literals.get(object);
      if (literal !== undefined) {
        if (this.#needsSlot(literal)) own.push(object);
        else if (this.#word === 8 && object.storage === 'automatic' && isPairRecord(object.type.type))
          this.#literalPairs = true;
        continue;
      }
      if (object.storage !== 'automatic' || isRegisterLike(object) || isInRegister(object)) continue;
      if (isVariableLength(object.type.type)) {
        this.#variableArrays.push(object);
        this.#hasDynamicStack = true;
        this.#dynamicStackBytes += countedBytes(undefined, alignmentOfArray(object), this.#word);
        continue;
      }
      if (this.#shared?.variables.has(object) !== true) own.push(object);
    }
    const inner: TypedStatement[] = [];
    this.#innerScopes(statement, parts, inner);
    own.sort((a, b) => a.span.start - b.span.start);
    // What is shared with nested functions is declared last (gcc/tree-nested.cc: finalize_nesting_tree_1).
    if (!isInner && this.#shared !== undefined) own.push(this.#shared.object);
    for (const object of own) this.#memory.push({ object, isInner });
    for (const one of inner) this.#enter(one);
  }

  #enter(statement: TypedStatement): void {
    if (statement.kind === 'block') this.#scope(statement, statement.objects, statement.statements, true);
    else if (statement.kind === 'for')
      this.#scope(statement, statement.objects, [...statement.init, statement.body], true);
  }

  /** Finds the scopes directly inside a scope. */
  #innerScopes(scope: TypedStatement, parts: readonly TypedStatement[], inner: TypedStatement[]): void {
    const visitExpression = (expression: TypedExpression): void => {
      if (expression.kind === 'statement-expression') inner.push(expression.body);
      else for (const operand of operandsOf(expression)) visitExpression(operand);
    };
    const visit = (statement: TypedStatement): void => {
      switch (statement.kind) {
        case 'block':
        case 'for':
          inner.push(statement);
          return;
        case 'declare':
          for (const entry of statement.initializer?.entries ?? []) visitExpression(entry.value);
          return;
        case 'expression':
          visitExpression(statement.expression);
          return;
        case 'if':
          visitExpression(statement.condition);
          visit(statement.then);
          if (statement.otherwise !== undefined) visit(statement.otherwise);
          return;
        case 'while':
        case 'do':
          visitExpression(statement.condition);
          visit(statement.body);
          return;
        case 'switch':
          visitExpression(statement.value);
          visit(statement.body);
          return;
        case 'case':
        case 'default':
        case 'label':
          visit(statement.body);
          return;
        case 'return':
          if (statement.value !== undefined) visitExpression(statement.value);
          return;
        default:
          return;
      }
    };
    if (scope.kind === 'for') {
      if (scope.condition !== undefined) visitExpression(scope.condition);
      if (scope.step !== undefined) visitExpression(scope.step);
    }
    for (const part of parts) visit(part);
  }

  #needsSlot(literal: Literal): boolean {
    if (literal.object.storage !== 'automatic') return false;
    if (literal.object.isAddressTaken || resolve(literal.type.type).kind === 'array') return true;
    // The i386 has no mode of sixteen bytes.
    const isInRegisters =
      hasRegisterMode(literal.type.type) && (sizeOf(literal.type.type) ?? 0) <= 2 * this.#word;
    return isMemoryValue(literal.type.type) && !isInRegisters;
  }

  #expressions(fn: TypedFunction): void {
    walkStatement(fn.body, {
      statement: (statement) => {
        if (statement.kind === 'declare') {
          const only =
            statement.initializer?.isAggregate === false ? statement.initializer.entries[0] : undefined;
          if (only !== undefined) this.#noteResultTarget(statement.object, withoutConversions(only.value));
          for (const entry of statement.initializer?.entries ?? []) {
            if (statement.initializer?.isAggregate === true) this.#discard(entry.value);
            this.#copy(entry.value, false);
          }
        }
        if (statement.kind === 'return' && statement.value !== undefined) {
          this.#copy(statement.value, returnsInMemory(this.#options.target, statement.value.type.type));
          this.#returnValue(statement.value);
        }
        if (statement.kind === 'expression') this.#discard(statement.expression);
        // A jump out of a nested function counts as a call.
        if (statement.kind === 'nonlocal-goto') this.#jumpsOut = true;
        if (statement.kind === 'for' || statement.kind === 'while' || statement.kind === 'do') {
          walkStatement(statement.body, {
            statement: (inner) => {
              if (inner.kind === 'declare' && isVariableLength(inner.object.type.type)) {
                this.#loopArrays.add(inner.object);
              }
            },
          });
        }
      },
      expression: (expression) => {
        if (expression.kind === 'string' || expression.kind === 'function' || expression.kind === 'floating')
          this.#usesTable = true;
        if (expression.kind === 'object' && expression.object.storage !== 'automatic') this.#usesTable = true;
        this.#hasUnknownRegisters ||= takesUnknownRegisters(expression);
        switch (expression.kind) {
          case 'assign':
            this.#copy(expression.value, isIndirect(expression.target));
            this.#assigned(expression);
            return;
          case 'convert':
            if (isTruncation(expression)) this.#noteTruncation(expression.operand.type.type);
            if (expression.conversion === 'to-void') this.#discard(expression.operand);
            // An atomic load writes its result to memory.
            if (expression.conversion === 'load' && (qualsOf(expression.operand.type) & ATOMIC) !== 0) {
              this.#addNameless(undefined, expression.operand.type.type);
            }
            return;
          case 'builtin':
            if (isAlloca(expression)) this.#noteAlloca(expression);
            return;
          case 'call':
            this.#hasUnknownRegisters ||= isPutInPlace(expression);
            if (isInlinedCall(expression)) return;
            if (isAlloca(expression)) {
              this.#noteAlloca(expression);
              return;
            }
            this.#calls.push(expression);
            for (const argument of expression.args) this.#copyArgument(argument);
            if (
              this.#isLarge(expression) &&
              !this.#direct.has(expression) &&
              !this.#spills.includes(expression)
            ) {
              this.#addNameless(expression, expression.type.type);
            }
            return;
          default:
            return;
        }
      },
    });
  }

  /** Whether a call's result is a record that comes in memory, or that no register holds. */
  #isLarge(call: Call): boolean {
    const resolved = resolve(call.type.type);
    if (resolved.kind !== 'record') return false;
    return !hasRegisterMode(resolved) || returnsInMemory(this.#options.target, resolved);
  }

  #noteAlloca(allocation: StackAllocation): void {
    this.#hasAlloca = true;
    this.#hasDynamicStack = true;
    this.#dynamicStackBytes += countedBytesOf(allocation, this.#word);
  }

  /** Notes a record that is copied from or to where a pointer points; the result of a call comes in memory itself. */
  #copy(value: TypedExpression, isTargetIndirect: boolean): void {
    const inner = withoutConversions(value);
    if (inner.kind === 'call' || inner.kind === 'compound-literal') return;
    if (isTargetIndirect || isIndirect(inner)) this.#copyArgument(inner);
  }

  /** Arguments are copied to the stack wherever they come from. */
  #copyArgument(inner: TypedExpression): void {
    if (resolve(inner.type.type).kind !== 'record') return;
    const size = sizeOf(inner.type.type) ?? 0;
    if (size > PAIR_COPY.above && size <= PAIR_COPY.upTo) this.#copiesWithPair = true;
  }

  #assigned(expression: Extract<TypedExpression, { kind: 'assign' }>): void {
    const value = withoutConversions(expression.value);
    if (value.kind !== 'call' || !this.#isLarge(value) || !this.#isInMemory(value)) return;
    const { target } = expression;
    if (
      target.kind === 'object' &&
      target.object.storage === 'automatic' &&
      !target.object.isAddressTaken &&
      !this.#resultTargets.has(target.object)
    ) {
      this.#noteResultTarget(target.object, value);
      return;
    }
    this.#spills.push(value);
  }

  /**
   * A function writes its result to the variable itself; from then on the address of that counts as taken, and later results
   * are copied (gimplify.cc: gimplify_modify_expr_rhs).
   */
  #noteResultTarget(object: ObjectSymbol, value: TypedExpression): void {
    if (value.kind === 'call' && returnsInMemory(this.#options.target, value.type.type))
      this.#resultTargets.add(object);
  }

  #noteTruncation(from: CType): void {
    this.#convertsToInteger = true;
    const resolved = resolve(from);
    const isExtended = resolved.kind === 'float' && resolved.name === 'long double';
    this.#truncatesInX87 ||= this.#word === 4 || isExtended;
  }

  /** A large result that no variable takes as a whole gets memory below everything else. */
  #discard(value: TypedExpression): void {
    const inner = withoutConversions(value);
    if (inner.kind !== 'call' || !this.#isLarge(inner) || this.#direct.has(inner)) return;
    this.#direct.add(inner);
    if (this.#isInMemory(inner)) this.#spills.push(inner);
  }

  #isInMemory(call: Call): boolean {
    return returnsInMemory(this.#options.target, call.type.type);
  }

  /** A record of odd size that is returned in registers passes through memory of its own. */
  #returnValue(value: TypedExpression): void {
    const type = value.type.type;
    if (this.#hasReturnValue || resolve(type).kind !== 'record' || hasRegisterMode(type)) return;
    if (returnsInMemory(this.#options.target, type)) return;
    this.#hasReturnValue = true;
    const size = sizeOf(type) ?? 0;
    if (size > 8) this.#returnBytes = size;
    this.#addNameless(undefined, type);
  }

  #addNameless(call: Call | undefined, type: CType): void {
    const align = localAlignment({ type, quals: 0 }, this.#word);
    this.#nameless.push({ call, type, size: sizeOf(type) ?? 0, align });
  }
}

/** Whether one operation takes several registers that live through its own instructions and calls. */
function takesUnknownRegisters(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'arithmetic':
      return isWideOperation(expression.type.type, expression.operator);
    case 'compound-assign':
      return (
        (qualsOf(expression.target.type) & ATOMIC) !== 0 ||
        isWideOperation(expression.computation.type, expression.operator)
      );
    case 'increment':
      return (qualsOf(expression.target.type) & ATOMIC) !== 0;
    case 'builtin':
      return expression.name === '__builtin_va_arg' && resolve(expression.type.type).kind === 'record';
    default:
      return false;
  }
}

/**
 * Whether gcc keeps parts of complex or vector variables in slots of their own: parts of complex parameters that are
 * computed with and those that are assigned (gcc/tree-complex.cc), on the i386 all elements of vectors (tree-vect-generic.cc).
 */
function splitsValues(fn: TypedFunction, word: 4 | 8): boolean {
  const isOfKind = ({ type }: ObjectSymbol, kind: CType['kind']): boolean => resolve(type.type).kind === kind;
  if (word === 4 && [...fn.parameters, ...fn.locals].some((object) => isOfKind(object, 'vector')))
    return true;
  const hasComplexParameter = fn.parameters.some((object) => isOfKind(object, 'complex'));
  let found = false;
  walkStatement(fn.body, {
    expression: (expression) => {
      if (expression.kind === 'assign' || expression.kind === 'compound-assign') {
        const { kind } = expression.target;
        found ||= kind === 'real-part' || kind === 'imaginary-part';
      }
      if (expression.kind === 'arithmetic')
        found ||= hasComplexParameter && resolve(expression.type.type).kind === 'complex';
    },
  });
  return found;
}

function isWideOperation(type: CType, operator: string): boolean {
  const resolved = resolve(type);
  if (resolved.kind === 'integer') return resolved.size === 16;
  return resolved.kind === 'complex' && (operator === '*' || operator === '/');
}

/** Whether a floating-point value becomes an integer. */
function isTruncation({ conversion, operand, type }: Extract<TypedExpression, { kind: 'convert' }>): boolean {
  if (conversion !== 'arithmetic' || resolve(operand.type.type).kind !== 'float') return false;
  if (isConstantExpression(operand)) return false;
  const to = resolve(type.type);
  return to.kind === 'integer' && to.name !== '_Bool';
}

/** Whether the address of an lvalue is computed into a register. */
function isIndirect(lvalue: TypedExpression): boolean {
  const inner = withoutConversions(lvalue);
  if (inner.kind === 'member') return isIndirect(inner.base);
  if (inner.kind !== 'deref') return false;
  const { operand } = inner;
  if (operand.kind !== 'pointer-add' || operand.pointer.kind !== 'convert') return true;
  const isElement = operand.pointer.conversion === 'decay' && constantInteger(operand.index) !== undefined;
  return !isElement || isIndirect(operand.pointer.operand);
}

/** The expression below conversions that compute nothing. */
function withoutConversions(expression: TypedExpression): TypedExpression {
  let inner = expression;
  while (inner.kind === 'convert' && (inner.conversion === 'load' || inner.conversion === 'none'))
    inner = inner.operand;
  return inner;
}

/** Whether gcc may keep a variable in a register: a scalar whose address is not taken. */
export function isRegisterLike(object: ObjectSymbol): boolean {
  if (object.storage !== 'automatic' || object.isAddressTaken) return false;
  if ((qualsOf(object.type) & (VOLATILE | ATOMIC)) !== 0) return false;
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

/** A `register` scalar; gcc honours the word even at -O0. So it does for an array of the size of a register. */
export function isInRegister(object: ObjectSymbol): boolean {
  if (!object.isRegister) return false;
  const type = resolve(object.type.type);
  return isRegisterLike(object) || (type.kind === 'array' && hasRegisterMode(type));
}

/** Whether a call is replaced by the code of what it calls, even at -O0. */
function isPutInPlace({ callee }: TypedExpression & { kind: 'call' }): boolean {
  if (callee.kind !== 'function') return false;
  const { attributes, isDefined, isInline } = callee.function;
  return attributes.isAlwaysInline === true && (isDefined || isInline);
}
