/**
 * Symbols that the program uses without declaring them: functions (before C99, and as gcc 12 still allows) and the
 * function's own name.
 */
import type { Span } from '../source/text-span.ts';
import type { SemaContext } from './context.ts';
import { newObject } from './symbols.ts';
import { CONST } from './type.ts';
import type { FunctionType } from './type.ts';
import type { FunctionSymbol, ObjectSymbol, StringLiteral } from './typed-tree.ts';

/** The function of a name, declared by its use with that type. It is visible in the rest of the file. */
export function implicitFunction(
  ctx: SemaContext,
  name: string,
  type: FunctionType,
  span: Span,
): FunctionSymbol {
  const known = ctx.linked.get(name);
  if (known?.kind === 'function') {
    known.isReferenced = true;
    return known;
  }
  const symbol: FunctionSymbol = {
    isFirstCalled: true,
    kind: 'function',
    id: ctx.nextId(),
    name,
    type,
    linkage: 'external',
    isInline: false,
    isDefined: false,
    isReferenced: ctx.unevaluated === 0,
    span,
    declarations: [span],
    attributes: {},
  };
  ctx.linked.set(name, symbol);
  ctx.functionSymbols.push(symbol);
  if (!name.startsWith('__builtin_')) ctx.names.declare(name, symbol);
  return symbol;
}

/** `__func__` (C17 6.4.2.2): `static const char __func__[] = "function-name"`, one for each spelling that is used. */
export function functionNameObject(ctx: SemaContext, spelling: string, span: Span): ObjectSymbol {
  const { fn } = ctx;
  const known = fn?.functionNames.get(spelling);
  if (known !== undefined) return known;
  const text = fn?.symbol.name ?? '';
  const bytes = new Uint8Array(text.length + 1);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const type = ctx.types.arrayOf({ type: ctx.types.char.type, quals: CONST }, bytes.length);
  const object = newObject(ctx, { name: spelling, type, storage: 'static', span });
  // No literal of the text: it is not in the list of those.
  const literal: StringLiteral = {
    id: ctx.nextId(),
    bytes,
    elementSize: 1,
    span,
    owner: fn?.symbol,
    use: 'array-initializer',
  };
  object.initializer = {
    span,
    isAggregate: true,
    entries: [
      {
        offset: 0,
        type,
        bitOffset: undefined,
        bitWidth: undefined,
        value: { kind: 'string', literal, type, span },
        constant: { kind: 'bytes', bytes },
      },
    ],
  };
  fn?.functionNames.set(spelling, object);
  fn?.staticLocals.push(object);
  return object;
}
