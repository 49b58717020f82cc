/**
 * Which functions gcc -O2 puts in place of their calls: small ones, and static ones that are called once.
 *
 * Source: gcc/ipa-inline.cc (want_early_inline_function_p, want_inline_small_function_p, want_inline_function_to_all_callers_p),
 * gcc/tree-inline.cc (inline_forbidden_p), gcc/params.opt and opts.cc (limits at -O2: early-inlining-insns 6,
 * max-inline-insns-auto 15, max-inline-insns-single 70); gcc/tree-tailcall.cc: a call of itself at the end is a jump.
 * Simplified: how much known arguments shrink a function is not estimated, and limits of large functions are not counted.
 */
import { visitExpressions } from '../expression-parts.ts';
import type { FunctionSymbol, ObjectSymbol, TypedExpression, TypedFunction } from '../typed-tree.ts';
import type { CallSite } from './evaluator.ts';

/** Limits of -O2, in instructions by gcc's estimate. */
const EARLY_INLINING_INSNS = 6;
const MAX_INLINE_INSNS_AUTO = 15;
const MAX_INLINE_INSNS_SINGLE = 70;
const LARGE_FUNCTION_INSNS = 2700;

/** What is known of a function before decisions are made about it. */
export interface InlineFacts {
  /** Direct calls of it in code that exists, by others than itself. */
  callCount: number;
  /** Other mentions in code, and in initial values. */
  addressCount: number;
  /** Instructions; undefined where they could not be counted. */
  size: number | undefined;
  /** It calls other functions still. */
  hasCalls: boolean;
  readonly isForbidden: boolean;
  readonly argumentCount: number;
}

/** The facts that its text alone tells; `size` and `hasCalls` come later. */
export function inlineFacts(fn: TypedFunction): InlineFacts {
  return {
    callCount: 0,
    addressCount: 0,
    size: undefined,
    hasCalls: true,
    isForbidden: isForbidden(fn),
    argumentCount: fn.parameters.length,
  };
}

/** Whether a function that no other file sees is called once, so that its code goes where the call is. */
export function isCalledOnce(callee: FunctionSymbol, facts: InlineFacts): boolean {
  const { attributes, linkage } = callee;
  if (facts.isForbidden || attributes.isNoinline === true || attributes.isUsed === true) return false;
  return linkage === 'internal' && facts.addressCount === 0 && facts.callCount <= 1;
}

/** Whether the first passes, which look at one function at a time, put a function in place of this call. */
export function wantsEarlyInline(site: CallSite, facts: InlineFacts): boolean {
  const { callee, caller, isInLoop } = site;
  const { attributes } = callee;
  if (facts.isForbidden || attributes.isNoinline === true || attributes.isWeak === true) return false;
  if (attributes.isAlwaysInline === true) return true;
  if (facts.size === undefined) return false;
  const growth = facts.size - callSizeOf(callee, facts);
  if (growth <= 0) return true;
  return (!isCold(caller) || isInLoop) && growth <= EARLY_INLINING_INSNS && !facts.hasCalls;
}

/** Instructions of a call, by estimate_num_insns. */
function callSizeOf(callee: FunctionSymbol, { argumentCount }: InlineFacts): number {
  return 1 + argumentCount + (callee.type.result.type.kind === 'void' ? 0 : 1);
}

/** Whether gcc puts a function in place of this call. */
export function wantsInline(site: CallSite, facts: InlineFacts): boolean {
  const { callee, caller, isInLoop, isIndirect } = site;
  const { attributes } = callee;
  if (facts.isForbidden || attributes.isNoinline === true || attributes.isWeak === true) return false;
  if (attributes.isAlwaysInline === true) return true;
  const sites = facts.callCount + (isIndirect ? 1 : 0);
  const addresses = facts.addressCount - (isIndirect ? 1 : 0);
  const isRemoved = callee.linkage === 'internal' && addresses <= 0 && attributes.isUsed !== true;
  if (isRemoved && sites <= 1 && (facts.size ?? 0) < LARGE_FUNCTION_INSNS) return true;
  if (facts.size === undefined) return false;
  const growth = facts.size - callSizeOf(callee, facts);
  if (growth <= 0) return true;
  // Put in place of all calls, the code may become smaller altogether.
  if (isRemoved && sites * growth - facts.size <= 0) return true;
  // What runs once is not worth more code.
  if (isCold(caller) && !isInLoop) return false;
  if (growth <= EARLY_INLINING_INSNS && !facts.hasCalls) return true;
  return growth < (callee.isInline ? MAX_INLINE_INSNS_SINGLE : MAX_INLINE_INSNS_AUTO);
}

function isCold({ name, attributes }: FunctionSymbol): boolean {
  return (
    name === 'main' ||
    attributes.isCold === true ||
    attributes.constructorPriority !== undefined ||
    attributes.destructorPriority !== undefined
  );
}

const forbiddenNames =
  /^(?:__builtin_)?(?:va_start|alloca|setjmp|_setjmp|__sigsetjmp|sigsetjmp|apply_args|return_address)$/;

/** Code that cannot be moved into another function. */
function isForbidden(fn: TypedFunction): boolean {
  if (fn.nesting !== undefined || fn.labels.some(({ isAddressTaken }) => isAddressTaken)) return true;
  let isFound: boolean = fn.symbol.type.isVariadic;
  let selfCalls = 0;
  visitExpressions(fn.body, {
    expression: (node) => {
      if (node.kind === 'builtin' && forbiddenNames.test(node.name)) isFound = true;
      if (node.kind !== 'call' || node.callee.kind !== 'function') return;
      if (forbiddenNames.test(node.callee.function.name)) isFound = true;
      if (node.callee.function === fn.symbol) selfCalls += 1;
    },
    returned: (value) => {
      selfCalls -= tailCalls(value, fn.symbol);
    },
  });
  return isFound || selfCalls > 0;
}

/** Calls whose value is the value that a function gives back. */
function tailCalls(value: TypedExpression, callee: FunctionSymbol): number {
  switch (value.kind) {
    case 'call':
      return value.callee.kind === 'function' && value.callee.function === callee ? 1 : 0;
    case 'conditional':
      return (
        (value.then === undefined ? 0 : tailCalls(value.then, callee)) + tailCalls(value.otherwise, callee)
      );
    case 'convert':
      return value.conversion === 'none' ? tailCalls(value.operand, callee) : 0;
    default:
      return 0;
  }
}

/** Functions and objects that an expression names, calls and addresses apart. */
export function mentionsIn(
  fn: TypedFunction,
  told: {
    call(callee: FunctionSymbol): void;
    address(symbol: FunctionSymbol): void;
    object?(symbol: ObjectSymbol): void;
  },
): void {
  const called = new Set<TypedExpression>();
  visitExpressions(fn.body, {
    expression: (node) => {
      if (node.kind === 'call' && node.callee.kind === 'function') {
        called.add(node.callee);
        told.call(node.callee.function);
      }
      if (node.kind === 'function' && !called.has(node)) told.address(node.function);
      if (node.kind === 'object' && node.object.storage !== 'automatic') told.object?.(node.object);
    },
  });
}
