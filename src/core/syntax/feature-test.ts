/**
 * What __has_attribute, __has_c_attribute and __has_builtin answer, as gcc 12 does for C.
 */
import { builtinNames } from './builtin-names.ts';

const attributes: ReadonlySet<string> = new Set(
  (
    'access alias aligned alloc_align alloc_size always_inline artificial assume_aligned cleanup cold common const ' +
    'constructor copy deprecated designated_init destructor error externally_visible fallthrough flatten format ' +
    'format_arg gnu_inline hot ifunc leaf malloc may_alias mode naked no_icf no_instrument_function no_reorder ' +
    'no_sanitize no_sanitize_address no_split_stack no_stack_limit no_stack_protector nocommon noclone noinit noinline ' +
    'noipa nonnull nonstring noplt noreturn nothrow optimize packed patchable_function_entry persistent pure ' +
    'retain returns_nonnull returns_twice scalar_storage_order section sentinel simd stack_protect symver target ' +
    'target_clones tls_model transparent_union unavailable unused used vector_size visibility warn_if_not_aligned ' +
    'warn_unused_result warning weak weakref zero_call_used_regs'
  ).split(' '),
);

const standardAttributes: Readonly<Record<string, number>> = {
  deprecated: 201904,
  fallthrough: 201904,
  maybe_unused: 201904,
  nodiscard: 202003,
};

const bare = (name: string): string => /^__(.+)__$/.exec(name)?.[1] ?? name;

/** True for the attributes that gcc knows in C; `__name__` is the same as `name`. */
export function hasAttribute(name: string): boolean {
  return attributes.has(bare(name));
}

/** The date of a standard attribute, 1 for gcc's own with the `gnu` prefix, 0 for what is unknown. */
export function hasStandardAttribute(name: string, scope: string | undefined): number {
  if (scope !== undefined) return bare(scope) === 'gnu' && hasAttribute(name) ? 1 : 0;
  return standardAttributes[bare(name)] ?? 0;
}

/** True for the built-in functions that gcc knows in C on x86, but for those of the vector instructions. */
export function hasBuiltin(name: string): boolean {
  const prefix = '__builtin_';
  if (!name.startsWith(prefix)) return isAmong('library', name) || isAmong('atomic', name);
  const plain = name.slice(prefix.length);
  return isAmong('compiler', plain) || isAmong('library', plain);
}

const known = new Map<keyof typeof builtinNames, ReadonlySet<string>>();

function isAmong(kind: keyof typeof builtinNames, name: string): boolean {
  let names = known.get(kind);
  if (names === undefined) {
    names = new Set(builtinNames[kind].split(' '));
    known.set(kind, names);
  }
  return names.has(name);
}
