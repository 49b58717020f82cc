/**
 * What a declarator may not be, given the words before it and behind it.
 *
 * Source: C17 6.7.5, 6.9; gcc/c/c-parser.cc (c_parser_declaration_or_fndef: __auto_type), gcc/c-family/c-attribs.cc
 * (handle_section_attribute), gcc/cgraphunit.cc (handle_alias_pairs).
 */
import type { Declaration, InitDeclarator } from '../syntax/ast.ts';
import type { SemaContext } from './context.ts';
import type { Declared } from './declarations.ts';
import type { Specified } from './specifiers.ts';
import { alignOf, asFunction, isComplete } from './type-relations.ts';
import type { FunctionSymbol, ObjectSymbol } from './typed-tree.ts';

/** C17 6.7.5p2, p4: what has no alignment of its own, and that `_Alignas` only adds to it. */
export function checkAlignas(ctx: SemaContext, { name, span, type, specified }: Declared): void {
  const { alignas } = specified;
  if (alignas === undefined) return;
  const { storage } = specified;
  if (storage === 'typedef' || storage === 'register' || asFunction(type.type) !== undefined)
    ctx.error('alignas-misplaced', span, { name });
  else if (isComplete(type.type) && alignas < alignOf(type)) ctx.error('alignas-reduces', span, { name });
}

/** C17 6.9p2; GNU C gives a variable of file scope a register by name. */
export function checkFileScopeStorage(
  ctx: SemaContext,
  { name, span, specified, attributes }: Declared,
): void {
  if (specified.storage === 'auto') ctx.error('file-scope-auto', span, { name });
  if (specified.storage === 'register' && attributes.asmLabel === undefined)
    ctx.error('file-scope-register', span, { name });
}

/** Names of registers that gcc knows, with the sign that assembly puts in front. @source gcc/config/i386/i386.h: REGISTER_NAMES */
const registerName =
  /^[%#]?(?:[er]?(?:[abcd]x|[sd]i|[bs]p)|[abcd][lh]|(?:[sd]i|[bs]p)l|r(?:[89]|1[0-5])|st(?:\([1-7]\))?|[xyz]mm(?:[12]?[0-9]|3[01])|mm[0-7]|k[0-7]|argp|flags|fpsr|frame|[0-6]?[0-9]|7[0-5])$/;

/** `register int x asm("rbx")` (GNU). @source gcc/varasm.cc: make_decl_rtl; gcc/c/c-decl.cc: start_decl */
export function checkRegisterVariable(
  ctx: SemaContext,
  { name, span, specified, attributes }: Declared,
  { initializer }: InitDeclarator,
): void {
  const { asmLabel } = attributes;
  if (specified.storage !== 'register' || asmLabel === undefined) return;
  if (!registerName.test(asmLabel)) ctx.error('register-name', span, { name, register: asmLabel });
  if (ctx.fn === undefined && initializer !== undefined) ctx.error('register-initialized', span, { name });
}

/** `__auto_type` declares one plain name with an expression as initial value (gcc manual, "Typeof"). */
export function checkAutoType(ctx: SemaContext, node: Declaration, specified: Specified): void {
  if (!specified.isAutoType) return;
  const [, second] = node.declarators;
  if (second !== undefined) ctx.error('auto-type-alone', second.span);
  for (const declarator of node.declarators) checkAutoDeclarator(ctx, declarator);
}

function checkAutoDeclarator(ctx: SemaContext, { declarator, initializer, span }: InitDeclarator): void {
  let at = declarator;
  while (at.kind !== 'name') at = at.inner;
  const name = at.name?.name ?? '';
  if (declarator.kind !== 'name') ctx.error('auto-type-declarator', span, { name });
  else if (initializer?.kind !== 'value') ctx.error('auto-type-initializer', span, { name });
}

/** An automatic object is in no section. */
export function checkLocalSection(ctx: SemaContext, { name, span, attributes }: Declared): void {
  if (attributes.section !== undefined) ctx.error('section-of-local', span, { name });
}

/** At the end of the unit: what an alias stands for is defined in it; a weak reference is no symbol of its own. */
export function checkAliases(ctx: SemaContext): void {
  const symbols: (ObjectSymbol | FunctionSymbol)[] = [...ctx.objects, ...ctx.functionSymbols];
  const aliases = symbols.filter(({ attributes }) => attributes.alias !== undefined);
  const references = symbols.filter(({ attributes }) => attributes.weakref !== undefined);
  for (const { name, span, linkage } of references)
    if (linkage === 'external') ctx.error('weakref-not-static', span, { name });
  if (aliases.length === 0) return;
  const defined = new Set<string>();
  for (const { attributes, name, isDefined } of symbols)
    if (isDefined === true || attributes.alias !== undefined || attributes.resolver !== undefined)
      defined.add(attributes.asmLabel ?? name);
  for (const { attributes, name, span } of aliases) {
    const target = attributes.alias ?? '';
    if (attributes.weakref === undefined && !defined.has(target))
      ctx.error('alias-undefined', span, { name, target });
  }
}
