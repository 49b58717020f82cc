/**
 * Making symbols of objects.
 */
import type { Span } from '../source/text-span.ts';
import type { Mutable, SemaContext } from './context.ts';
import type { QualType } from './type.ts';
import type { ObjectSymbol, StorageDuration } from './typed-tree.ts';

/** What every new object says; the rest begins empty. */
export interface NewObject {
  readonly name: string;
  readonly type: QualType;
  readonly storage: StorageDuration;
  readonly span: Span;
  readonly isParameter?: boolean;
  readonly isRegister?: boolean;
}

/** Makes the symbol of an object without linkage, owned by the function being analysed. */
export function newObject(ctx: SemaContext, given: NewObject): Mutable<ObjectSymbol> {
  return {
    kind: 'object',
    id: ctx.nextId(),
    name: given.name,
    type: given.type,
    storage: given.storage,
    linkage: 'none',
    isParameter: given.isParameter ?? false,
    isRegister: given.isRegister ?? false,
    span: given.span,
    declarations: [given.span],
    owner: ctx.fn?.symbol,
    blockDepth: ctx.fn?.blockDepth ?? 0,
    isTentative: false,
    initializer: undefined,
    attributes: {},
    isAddressTaken: false,
    isReferenced: false,
    knownRow: undefined,
  };
}
