/**
 * What attributes ask of the declaration that they stand at.
 *
 * Source: gcc/c-family/c-attribs.cc (handle_section_attribute, handle_cleanup_attribute,
 * handle_visibility_attribute), gcc/varasm.cc (declare_weak),
 * gcc/c-family/c-format.cc (handle_format_attribute, handle_format_arg_attribute, decode_format_attr).
 */
import type { Attribute } from '../syntax/ast.ts';
import { literalArgument, numberArgument, startPriority } from './attributes.ts';
import type { SemaContext } from './context.ts';
import type { Declared } from './declarations.ts';
import { asFunction, asPointer, resolve } from './type-relations.ts';
import type { FunctionType, QualType } from './type.ts';

/** Checks the attributes in front of a declaration and behind a declarator. */
export function checkDeclarationAttributes(
  ctx: SemaContext,
  declared: Declared,
  first: readonly Attribute[],
  second: readonly Attribute[],
): void {
  for (const attribute of first) checkAttribute(ctx, declared, attribute);
  for (const attribute of second) checkAttribute(ctx, declared, attribute);
}

function checkAttribute(ctx: SemaContext, declared: Declared, attribute: Attribute): void {
  const { name, span, specified, type } = declared;
  const { storage } = specified;
  const isFunction = asFunction(type.type) !== undefined;
  const isInFunction = ctx.fn !== undefined;
  const isPublic = storage !== 'static' && (!isInFunction || isFunction || storage === 'extern');
  switch (attribute.name) {
    case 'weak':
      if (storage !== 'typedef' && !isPublic) ctx.error('weak-not-public', span, { name });
      break;
    case 'visibility':
      if (storage !== 'typedef' && isPublic && !isInFunction) checkVisibility(ctx, attribute);
      break;
    case 'constructor':
    case 'destructor':
      if (isFunction && storage !== 'typedef') checkPriority(ctx, attribute);
      break;
    case 'section':
      if (storage === 'typedef') ctx.error('section-not-allowed', span, { name });
      break;
    case 'cleanup':
      if (
        isInFunction &&
        !isFunction &&
        (storage === undefined || storage === 'auto' || storage === 'register')
      )
        checkCleanup(ctx, attribute);
      break;
    case 'format':
    case 'format_arg':
      checkFormat(ctx, attribute, type);
      break;
    default:
      break;
  }
}

const visibilities: ReadonlySet<string> = new Set(['default', 'hidden', 'protected', 'internal']);

function checkVisibility(ctx: SemaContext, attribute: Attribute): void {
  const literal = literalArgument(attribute.args[0]);
  if (literal === undefined) ctx.error('attribute-not-string', attribute.span, { name: attribute.name });
  else if (
    !visibilities.has(
      literal.parts
        .map(({ text }) => text)
        .join('')
        .replace(/"/g, ''),
    )
  )
    ctx.error('visibility-unknown', attribute.span);
}

/** gcc/c-family/c-attribs.cc: get_priority. */
function checkPriority(ctx: SemaContext, { name, args, span }: Attribute): void {
  if (args.length === 0) return;
  const value = numberArgument(ctx, args[0]);
  if (value === undefined || value < 0 || value > startPriority) ctx.error('priority-range', span, { name });
}

function checkCleanup(ctx: SemaContext, { args, span }: Attribute): void {
  const [first] = args;
  if (first === undefined) return;
  if (first.kind !== 'identifier') ctx.error('cleanup-not-identifier', span);
  else if (ctx.names.lookup(first.name)?.kind !== 'function')
    ctx.error('cleanup-not-function', span, { name: first.name });
}

// ---------------------------------------------------------------- format

/** `format` and `format_arg` of a function, or of what points to one. */
export function checkFormat(ctx: SemaContext, attribute: Attribute, type: QualType): void {
  const target = asPointer(type.type)?.target ?? type;
  const fn = asFunction(target.type);
  if (fn?.hasPrototype !== true) return;
  const { name, args, span } = attribute;
  if (name === 'format_arg') {
    if (!isString(fn.result)) ctx.error('format-result', span);
    checkFormatString(ctx, attribute, fn, numberArgument(ctx, args[0]));
    return;
  }
  const [archetype, format, first] = args;
  if (args.length !== 3) return;
  if (archetype?.kind !== 'identifier') {
    ctx.error('format-archetype', span);
    return;
  }
  const style = archetype.name.replace(/^__(.*)__$/, '$1').replace(/^gnu_/, '');
  if (!/^(?:printf|scanf|strftime|strfmon)$/.test(style)) return;
  // Positions that no parameter has are only warned about.
  const position = numberArgument(ctx, format);
  const from = numberArgument(ctx, first);
  if (position === undefined || position < 1 || position > fn.parameters.length) return;
  if (!checkFormatString(ctx, attribute, fn, position) || from === undefined || from < 1) return;
  if (style === 'strftime') ctx.error('format-strftime', span);
  else if (!fn.isVariadic || from !== fn.parameters.length + 1) ctx.error('format-not-ellipsis', span);
}

function checkFormatString(
  ctx: SemaContext,
  { span }: Attribute,
  { parameters }: FunctionType,
  position: number | undefined,
): boolean {
  const parameter = position === undefined ? undefined : parameters[position - 1];
  if (parameter === undefined || isString(parameter)) return true;
  ctx.error('format-not-string', span, { index: position ?? 0, type: ctx.spell(parameter) });
  return false;
}

function isString({ type }: QualType): boolean {
  const target = asPointer(type)?.target;
  const character = target === undefined ? undefined : resolve(target.type);
  return character?.kind === 'error' || (character?.kind === 'integer' && character.name === 'char');
}
