/**
 * The stack frame of a function as gcc 12 -O0 lays it out: which bytes below (and above) rbp belong to which variable.
 */
import { roundUp } from '../../base/address.ts';
import { alignOf, isVariableLength, resolve, sizeOf } from '../sema/type-relations.ts';
import type { CompileOptions } from '../sema/placement.ts';
import type { ObjectSymbol, TypedExpression, TypedFunction } from '../sema/typed-tree.ts';
import type { CType } from '../sema/type.ts';
import { assignArguments, returnsInMemory } from './calling-convention.ts';
import type { ArgumentAssignment } from './calling-convention.ts';
import { walkStatement } from './tree-walk.ts';

/** Where everything of one function lies, in bytes from rbp (ebp). */
export interface FrameLayout {
  /** Locals and parameters that have a place in memory; parameters on the stack have positive offsets. */
  readonly offsets: ReadonlyMap<ObjectSymbol, number>;
  /** How the arguments come in. */
  readonly parameterPlaces: ArgumentAssignment;
  /** Hidden pointer to the result's memory, where the function returns a record in memory. */
  readonly hiddenResult: number | undefined;
  /** Memory for values without a name: results of calls that are records, copies of arguments. */
  readonly temporaries: ReadonlyMap<TypedExpression, number>;
  /** The 176 bytes where a variadic function saves its register arguments. */
  readonly registerSaveArea: number | undefined;
  /** Callee-saved registers that the prologue pushes. */
  readonly savedRegisters: number;
  /** Bytes from rbp down to the lowest byte in use. */
  readonly depth: number;
  /** Bytes from rbp down to rsp after the prologue. */
  readonly frameSize: number;
  /** Locals in [-registerLikeDepth, 0) are few and scalar; they lie at the top of the frame. */
  readonly registerLikeDepth: number;
}

/** Lays out the frame of a function. */
export function layoutFrame(fn: TypedFunction, options: CompileOptions): FrameLayout {
  const word = options.target === 'x86_64' ? 8 : 4;
  const offsets = new Map<ObjectSymbol, number>();
  const temporaries = new Map<TypedExpression, number>();
  const hasHiddenResult = returnsInMemory(options.target, fn.symbol.type.result.type);
  const parameterPlaces = assignArguments(
    options.target,
    fn.parameters.map((parameter) => parameter.type),
    hasHiddenResult,
  );
  let offset = 0;
  const allocate = (size: number, align: number): number => {
    offset = -roundUp(-offset + size, align);
    return offset;
  };
  const place = (object: ObjectSymbol): void => {
    if (offsets.has(object) || object.storage !== 'automatic') return;
    const size = isVariableLength(object.type.type) ? word : (sizeOf(object.type.type) ?? 0);
    const align = Math.max(alignOf(object.type), object.attributes.aligned ?? 1, size >= 16 ? 16 : 1);
    offsets.set(object, allocate(size, align));
  };
  for (const object of fn.locals) place(object);
  const registerLikeDepth = -offset;
  const calls: TypedExpression[] = [];
  walkStatement(fn.body, {
    statement: (statement) => {
      if (statement.kind === 'declare') place(statement.object);
    },
    expression: (expression) => {
      if (expression.kind === 'compound-literal') place(expression.object);
      if (expression.kind === 'call') calls.push(expression);
    },
  });
  offset = -roundUp(-offset, 16);
  fn.parameters.forEach((parameter, index) => {
    const where = parameterPlaces.places[index];
    if (where?.kind === 'stack') {
      offsets.set(parameter, 2 * word + where.offset);
      return;
    }
    const size = Math.max(4, sizeOf(parameter.type.type) ?? 0);
    offsets.set(parameter, allocate(size, Math.max(4, alignOf(parameter.type))));
  });
  const hiddenResult = hasHiddenResult ? (word === 8 ? allocate(8, 8) : 8) : undefined;
  const registerSaveArea =
    fn.symbol.type.isVariadic && options.target === 'x86_64' ? allocate(176, 16) : undefined;
  walkStatement(fn.body, {
    expression: (expression) => {
      const size = temporarySize(expression);
      if (size > 0) temporaries.set(expression, allocate(size, 16));
    },
  });
  const depth = roundUp(-offset, 16);
  return {
    offsets,
    parameterPlaces,
    hiddenResult,
    temporaries,
    registerSaveArea,
    savedRegisters: 0,
    depth,
    frameSize: calls.length > 0 || depth > 128 ? depth : 0,
    registerLikeDepth,
  };
}

/** Bytes of memory that the value of an expression needs because it is no scalar and lies nowhere yet. */
function temporarySize(expression: TypedExpression): number {
  if (expression.kind === 'call') {
    let bytes = isMemoryValue(expression.type.type) ? (sizeOf(expression.type.type) ?? 0) : 0;
    for (const argument of expression.args) {
      if (isMemoryValue(argument.type.type)) bytes += roundUp(sizeOf(argument.type.type) ?? 0, 16);
    }
    return bytes;
  }
  if (expression.kind === 'builtin' && expression.typeArgument !== undefined) {
    return isMemoryValue(expression.typeArgument.type) ? (sizeOf(expression.typeArgument.type) ?? 0) : 0;
  }
  return 0;
}

/** Whether a value of the type is handled by its address: records, complex numbers, vectors. */
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
