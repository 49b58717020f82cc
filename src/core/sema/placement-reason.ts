/**
 * Why something is where it is, and what would move it: choice of the sentence for each rule.
 */
import { isIntrinsic } from './inlined-calls.ts';
import type { placementTexts } from '../text/placement-texts.ts';
import { textMaker } from '../text/text.ts';
import type { Text } from '../text/text.ts';
import type { CompileOptions, LiteralPlacement } from './placement.ts';
import type { InitializerFacts, PlacementRule } from './section-choice.ts';
import { isReadOnly, isVolatile } from './section-choice.ts';
import { sizeOf } from './type-relations.ts';
import type { FunctionSymbol, ObjectSymbol, StringLiteral } from './typed-tree.ts';

/** The two sentences of a placement. */
export interface PlacementReason {
  readonly reason: Text;
  readonly moves: Text | undefined;
}

const say = textMaker<typeof placementTexts>();

/** For objects with static or thread storage duration. */
export function staticReason(
  rule: PlacementRule | 'declared-only' | 'none-emitted' | 'copy-relocation',
  object: ObjectSymbol,
  facts: InitializerFacts,
  options: CompileOptions,
): PlacementReason {
  const args = {
    name: object.name,
    bytes: sizeOf(object.type.type) ?? 0,
    addresses: facts.relocations,
    section: object.attributes.section ?? '',
  };
  const isLocal = object.owner !== undefined;
  switch (rule) {
    case 'bss-tentative':
      return {
        reason: say(isLocal ? 'placement.bss-static-local' : 'placement.bss-tentative', args),
        moves: say(isVolatile(object.type) ? 'placement.move-bss-volatile' : 'placement.move-bss', args),
      };
    case 'bss-zero':
      return {
        reason: say('placement.bss-zero', args),
        moves: say(isVolatile(object.type) ? 'placement.move-bss-volatile' : 'placement.move-bss-zero', args),
      };
    case 'common':
      return { reason: say('placement.common', args), moves: say('placement.move-common', args) };
    case 'data':
      return {
        reason: say(isLocal ? 'placement.data-static-local' : 'placement.data', args),
        moves: say(isVolatile(object.type) ? 'placement.move-data-volatile' : 'placement.move-data', args),
      };
    case 'data-zero-kept':
      return {
        reason: say('placement.data-zero-kept', args),
        moves: say('placement.move-data-zero-kept', args),
      };
    case 'data-volatile-const':
      return {
        reason: say('placement.data-volatile-const', args),
        moves: say('placement.move-data-volatile-const', args),
      };
    case 'data-addresses':
    case 'data-foreign-addresses':
      return { reason: say(`placement.${rule}`, args), moves: say('placement.move-data-addresses', args) };
    case 'rodata':
    case 'rodata-zero':
      return { reason: say(`placement.${rule}`, args), moves: say('placement.move-rodata', args) };
    case 'rodata-addresses':
      return {
        reason: say('placement.rodata-addresses', args),
        moves: say('placement.move-rodata-addresses', args),
      };
    case 'rodata-never-written':
    case 'relro-never-written':
      return { reason: say(`placement.${rule}`, args), moves: say('placement.move-never-written', args) };
    case 'relro':
    case 'relro-foreign':
      return { reason: say(`placement.${rule}`, args), moves: say('placement.move-relro', args) };
    case 'tdata':
    case 'tbss':
      return { reason: say(`placement.${rule}`, args), moves: say('placement.move-thread', args) };
    case 'section-attribute':
      return {
        reason: say(
          isReadOnly(object.type) ? 'placement.section-read-only' : 'placement.section-attribute',
          args,
        ),
        moves: say('placement.move-section-attribute', args),
      };
    case 'declared-only':
      return {
        reason: say('placement.declared-only', args),
        moves: say('placement.move-declared-only', args),
      };
    case 'copy-relocation':
      return {
        reason: say('placement.copy-relocation', args),
        moves: say('placement.move-copy-relocation', args),
      };
    case 'none-emitted':
      return {
        reason: say(options.optimize > 0 ? 'placement.dropped' : 'placement.no-code', args),
        moves: undefined,
      };
  }
}

/** For automatic objects that gcc made static. */
export function constantLocalReason(object: ObjectSymbol, section: string): PlacementReason {
  const args = {
    name: object.name,
    bytes: sizeOf(object.type.type) ?? 0,
    function: object.owner?.name ?? '',
    section,
  };
  return {
    reason: say(object.name === '' ? 'placement.constant-literal' : 'placement.constant-local', args),
    moves: say('placement.move-constant-local', args),
  };
}

/** For `extern` inside of a block. */
export function blockExternReason(args: { readonly name: string }): Text {
  return say('placement.block-extern', args);
}

/** What becomes of a parameter or automatic object. */
export type LocalFate =
  /** Its function has no code of its own. */
  | 'no-code'
  /** Declared for a register, and nothing uses it. */
  | 'unused-register'
  | 'register'
  /** Used by nested functions, too. */
  | 'shared'
  | 'stack';

/** For parameters and automatic objects. */
export function localReason(object: ObjectSymbol, fate: LocalFate, isVla: boolean): PlacementReason {
  const args = {
    name: object.name,
    bytes: sizeOf(object.type.type) ?? 0,
    function: object.owner?.name ?? '',
  };
  switch (fate) {
    case 'no-code': {
      const isInlined = object.owner?.attributes.isAlwaysInline === true;
      return {
        reason: say(isInlined ? 'placement.inlined-local' : 'placement.no-code', args),
        moves: undefined,
      };
    }
    case 'unused-register':
      return {
        reason: say('placement.unused-register', args),
        moves: say('placement.move-register', args),
      };
    case 'register':
      return { reason: say('placement.register', args), moves: say('placement.move-register', args) };
    case 'shared':
      if (object.isParameter)
        return {
          reason: say('placement.parameter-shared', args),
          moves: say('placement.move-parameter', args),
        };
      if (!isVla)
        return { reason: say('placement.stack-shared', args), moves: say('placement.move-stack', args) };
      break;
    case 'stack':
      break;
  }
  if (isVla) return { reason: say('placement.vla', args), moves: say('placement.move-vla', args) };
  if (object.isParameter)
    return { reason: say('placement.parameter', args), moves: say('placement.move-parameter', args) };
  if (object.name === '')
    return {
      reason: say('placement.compound-literal', args),
      moves: say('placement.move-compound-literal', args),
    };
  if (isReadOnly(object.type))
    return { reason: say('placement.stack-const', args), moves: say('placement.move-stack', args) };
  return { reason: say('placement.stack', args), moves: say('placement.move-stack', args) };
}

/** For functions. */
export function functionReason(symbol: FunctionSymbol, isEmitted: boolean, section: string): PlacementReason {
  const args = { name: symbol.name, section };
  if (symbol.enclosing !== undefined) {
    return isEmitted
      ? {
          reason: say('placement.function-nested', { ...args, enclosing: symbol.enclosing.name }),
          moves: say('placement.move-function', args),
        }
      : { reason: say('placement.function-nested-unused', args), moves: undefined };
  }
  if (isEmitted) {
    const isOwn = symbol.attributes.section !== undefined;
    return {
      reason: say(isOwn ? 'placement.function-section' : 'placement.function', args),
      moves: say('placement.move-function', args),
    };
  }
  if (!symbol.isDefined) {
    const kind = isIntrinsic(symbol) ? 'intrinsic' : 'declared';
    return { reason: say(`placement.function-${kind}`, args), moves: undefined };
  }
  const isInlined = symbol.attributes.isAlwaysInline === true && symbol.isReferenced;
  const why = isInlined ? 'always-inline' : symbol.isExternInline === true ? 'inline-only' : 'unused';
  return { reason: say(`placement.function-${why}`, args), moves: undefined };
}

/** For string literals. */
export function literalReason(
  literal: StringLiteral,
  fate: LiteralPlacement,
  options: CompileOptions,
): PlacementReason {
  switch (fate.kind) {
    case 'pooled':
      return {
        reason: say(options.optimize > 0 ? 'placement.literal-merged' : 'placement.literal', {
          bytes: literal.bytes.length,
        }),
        moves: say('placement.move-literal'),
      };
    case 'rewritten':
      return { reason: say('placement.literal-rewritten'), moves: say('placement.move-literal-rewritten') };
    case 'in-object':
      return { reason: say('placement.literal-in-object', { name: fate.object.name }), moves: undefined };
    case 'no':
      return { reason: say(`placement.literal-${fate.why}`), moves: undefined };
  }
}
