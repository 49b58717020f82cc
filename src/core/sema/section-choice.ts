/**
 * Which section gcc puts a static or thread-local object into, and where the linker takes it.
 *
 * Source: gcc/varasm.cc: bss_initializer_p, categorize_decl_for_section, default_section_type_flags, compute_reloc_for_constant;
 * the default linker script of GNU ld 2.40 (output sections); System V ABI, chapter 4 (special sections).
 */
import { unsupportedPart } from './expression-parts.ts';
import { CONST, VOLATILE } from './type.ts';
import type { QualType } from './type.ts';
import type { CompileOptions, Segment } from './placement.ts';
import type { ConstantValue, InitializerEntry, ObjectInitializer, ObjectSymbol } from './typed-tree.ts';

/** What an initialiser amounts to. */
export interface InitializerFacts {
  /** Every byte is zero. */
  readonly isZero: boolean;
  /** Addresses in it, which need relocations. */
  readonly relocations: number;
  /** Some address is of a symbol that this file does not define. */
  readonly hasForeignAddress: boolean;
}

/** Why an object is where it is; keys of the placement texts. */
export type PlacementRule =
  | 'bss-tentative'
  | 'bss-zero'
  | 'common'
  | 'data'
  | 'data-zero-kept'
  | 'data-volatile-const'
  | 'data-addresses'
  | 'data-foreign-addresses'
  | 'rodata'
  | 'rodata-zero'
  | 'rodata-addresses'
  | 'rodata-never-written'
  | 'relro'
  | 'relro-foreign'
  | 'relro-never-written'
  | 'tdata'
  | 'tbss'
  | 'section-attribute';

/** The place of an object in the object file and in the linked program. */
export interface SectionChoice {
  readonly objectSection: string;
  readonly section: string;
  readonly segment: Segment;
  readonly isRelro: boolean;
  readonly rule: PlacementRule;
}

/** What is known of initialisers: tables may have many thousand entries. */
const knownFacts = new WeakMap<ObjectInitializer, InitializerFacts>();
const noInitializer: InitializerFacts = { isZero: true, relocations: 0, hasForeignAddress: false };

/** What the initialiser of a static object amounts to. */
export function initializerFacts({ initializer }: ObjectSymbol): InitializerFacts {
  if (initializer === undefined) return noInitializer;
  let facts = knownFacts.get(initializer);
  if (facts === undefined) {
    facts = factsOf(initializer);
    knownFacts.set(initializer, facts);
  }
  return facts;
}

function factsOf({ entries }: ObjectInitializer): InitializerFacts {
  let isZero = true;
  let relocations = 0;
  let hasForeignAddress = false;
  for (const entry of lastEntries(entries)) {
    const { constant } = entry;
    if (constant === undefined) {
      // What the engine cannot compute is a value beyond the range of double, or a function of one: hardly ever zero.
      if (unsupportedPart(entry.value) !== undefined) isZero = false;
      continue;
    }
    if (!isZeroConstant(constant)) isZero = false;
    if (constant.kind === 'address') {
      relocations += 1;
      hasForeignAddress ||= isForeign(constant.base);
    }
  }
  return { isZero, relocations, hasForeignAddress };
}

/** Entries that a later one for the same place does not replace. */
function lastEntries(entries: readonly InitializerEntry[]): Iterable<InitializerEntry> {
  if (areAscending(entries)) return entries;
  const byPlace = new Map<number, InitializerEntry>();
  for (const entry of entries) byPlace.set(entry.bitOffset ?? entry.offset * 8, entry);
  return byPlace.values();
}

/** Whether each place stands behind the one before it, as without designators: then none is given twice. */
function areAscending(entries: readonly InitializerEntry[]): boolean {
  let last = -1;
  for (const { bitOffset, offset } of entries) {
    const place = bitOffset ?? offset * 8;
    if (place <= last) return false;
    last = place;
  }
  return true;
}

function isZeroConstant(constant: ConstantValue): boolean {
  switch (constant.kind) {
    case 'integer':
      return constant.value === 0n;
    case 'floating':
      // -0.0 has a bit set.
      return Object.is(constant.value, 0);
    case 'complex':
      return Object.is(constant.real, 0) && Object.is(constant.imaginary, 0);
    case 'bytes':
      return constant.bytes.every((byte) => byte === 0);
    case 'address':
    case 'label-difference':
      return false;
  }
}

/** Whether a symbol is not defined by this file, so that its address is only known to the dynamic linker. */
function isForeign(base: (ConstantValue & { kind: 'address' })['base']): boolean {
  if ('bytes' in base) return false;
  switch (base.kind) {
    case 'object':
      return base.storage === 'declared-only' && base.attributes.alias === undefined;
    case 'function':
      return !base.isDefined && base.attributes.alias === undefined;
    case 'label':
      return false;
  }
}

/** Whether gcc treats an object as read-only: `const`, elements of arrays included, and not `volatile`. */
export function isReadOnly(type: QualType): boolean {
  const quals = allQualifiers(type);
  return (quals & CONST) !== 0 && (quals & VOLATILE) === 0;
}

/** Whether an object, or the elements of an array, are `const`. */
export function isConstant(type: QualType): boolean {
  return (allQualifiers(type) & CONST) !== 0;
}

/** Whether an object, or the elements of an array, are `volatile`. */
export function isVolatile(type: QualType): boolean {
  return (allQualifiers(type) & VOLATILE) !== 0;
}

/** The qualifiers of a type and of the elements of an array. */
function allQualifiers(type: QualType): number {
  let quals = type.quals;
  let inner = type.type;
  for (;;) {
    if (inner.kind === 'typedef') {
      quals |= inner.aliased.quals;
      inner = inner.aliased.type;
    } else if (inner.kind === 'array') {
      quals |= inner.element.quals;
      inner = inner.element.type;
    } else break;
  }
  return quals;
}

/** `const volatile`: nobody may write it, yet it may change. */
function isVolatileConstant(type: QualType): boolean {
  const quals = allQualifiers(type);
  return (quals & CONST) !== 0 && (quals & VOLATILE) !== 0;
}

/**
 * Chooses the section of an object with static or thread storage duration.
 *
 * @param isNeverWritten - whether optimisation found that nothing writes the object: it is as good as `const`
 */
export function chooseSection(
  object: ObjectSymbol,
  facts: InitializerFacts,
  options: CompileOptions,
  isNeverWritten = false,
): SectionChoice {
  const { attributes } = object;
  if (attributes.section !== undefined) return namedSection(object, attributes.section, facts, options);
  if (object.storage === 'thread') {
    const isBss = facts.isZero && (object.initializer === undefined || options.zeroInBss);
    return isBss ? place('.tbss', '.tbss', 'tls', 'tbss') : place('.tdata', '.tdata', 'tls', 'tdata');
  }
  if (isCommon(object, options)) return place('COMMON', '.bss', 'bss', 'common');
  const isConst = isReadOnly(object.type) || (isNeverWritten && object.initializer !== undefined);
  if (!isConst && object.initializer === undefined && !isVolatileConstant(object.type))
    return place('.bss', '.bss', 'bss', 'bss-tentative');
  // Constants do not go to .bss, volatile ones neither.
  if (!isConst && facts.isZero && !isVolatileConstant(object.type)) {
    return options.zeroInBss
      ? place('.bss', '.bss', 'bss', 'bss-zero')
      : place('.data', '.data', 'data', 'data-zero-kept');
  }
  const needsRelocation = facts.relocations > 0 && options.pie;
  if (!isConst) {
    if (!needsRelocation) {
      const rule = isVolatileConstant(object.type) ? 'data-volatile-const' : 'data';
      return place('.data', '.data', 'data', rule);
    }
    return facts.hasForeignAddress
      ? place('.data.rel', '.data', 'data', 'data-foreign-addresses')
      : place('.data.rel.local', '.data', 'data', 'data-addresses');
  }
  if (!isReadOnly(object.type)) {
    if (!needsRelocation) return place('.rodata', '.rodata', 'rodata', 'rodata-never-written');
    const objectSection = facts.hasForeignAddress ? '.data.rel.ro' : '.data.rel.ro.local';
    return place(objectSection, '.data.rel.ro', 'data', 'relro-never-written', true);
  }
  if (needsRelocation) {
    return facts.hasForeignAddress
      ? place('.data.rel.ro', '.data.rel.ro', 'data', 'relro-foreign', true)
      : place('.data.rel.ro.local', '.data.rel.ro', 'data', 'relro', true);
  }
  const rule = facts.relocations > 0 ? 'rodata-addresses' : facts.isZero ? 'rodata-zero' : 'rodata';
  return place('.rodata', '.rodata', 'rodata', rule);
}

function place(
  objectSection: string,
  section: string,
  segment: Segment,
  rule: PlacementRule,
  isRelro = false,
): SectionChoice {
  return { objectSection, section, segment, isRelro, rule };
}

/** `-fcommon` or `__attribute__((common))`: only external tentative definitions without a section of their own. */
export function isCommon(object: ObjectSymbol, options: Pick<CompileOptions, 'common'>): boolean {
  const { attributes } = object;
  if (object.linkage !== 'external' || object.initializer !== undefined) return false;
  if (attributes.isWeak === true || attributes.isNoCommon === true || attributes.section !== undefined)
    return false;
  return attributes.isCommon === true || options.common;
}

// gcc: the flags of a named section follow from the object, or from well-known beginnings of the name.
function namedSection(
  object: ObjectSymbol,
  name: string,
  facts: InitializerFacts,
  options: CompileOptions,
): SectionChoice {
  const begins = (family: string): boolean => name === family || name.startsWith(`${family}.`);
  const rule = 'section-attribute';
  if (object.storage === 'thread' || begins('.tdata') || begins('.tbss')) {
    return place(name, begins('.tbss') ? '.tbss' : begins('.tdata') ? '.tdata' : name, 'tls', rule);
  }
  if (begins('.bss')) return place(name, '.bss', 'bss', rule);
  if (begins('.sbss')) return place(name, name, 'bss', rule);
  if (name.startsWith('.gnu.linkonce.b.')) return place(name, '.bss', 'bss', rule);
  if (begins('.lbss')) return place(name, '.lbss', 'bss', rule);
  if (name.startsWith('.gnu.linkonce.d.')) return place(name, '.data', 'data', rule);
  if (name.startsWith('.gnu.linkonce.r.')) return place(name, '.rodata', 'rodata', rule);
  if (begins('.noinit') || begins('.persistent.bss')) return place(name, name, 'bss', rule);
  if (begins('.init_array') || begins('.fini_array') || begins('.preinit_array'))
    return place(name, name, 'data', rule, true);
  if (begins('.data.rel.ro')) return place(name, '.data.rel.ro', 'data', rule, true);
  if (begins('.data')) return place(name, '.data', 'data', rule);
  if (begins('.rodata')) {
    const isWritable = facts.relocations > 0 && options.pie;
    return place(name, '.rodata', isWritable ? 'data' : 'rodata', rule);
  }
  const isWritable = !isReadOnly(object.type) || (facts.relocations > 0 && options.pie);
  return place(name, name, isWritable ? 'data' : 'rodata', rule);
}
