/**
 * Jumps that would pass by the evaluation of a size: into the scope of a variably modified type (C17 6.8.6.1p1, 6.8.4.2p2),
 * and, in GNU C, into a statement expression.
 *
 * What may not be jumped into is a barrier; those in force at a place form a chain, as scopes nest. Every barrier opens and
 * closes at a moment of the analysis, so that whether one is in force at a `goto` is told by two comparisons.
 *
 * Source: gcc/c/c-decl.cc: check_earlier_gotos, c_check_switch_jump_warnings.
 */
import type { Span } from '../source/text-span.ts';
import type { FunctionState, LabelState, SemaContext } from './context.ts';

/** A declaration or a statement expression that may not be jumped into. */
export interface JumpBarrier {
  readonly kind: 'variable-size' | 'statement-expression';
  /** What is declared; empty for a statement expression. */
  readonly name: string;
  readonly span: Span;
  readonly outer: JumpBarrier | undefined;
  readonly opened: number;
  /** Infinity while in force. */
  closed: number;
}

/** A `goto` with the moment at which it stands. */
export interface Jump {
  readonly span: Span;
  readonly at: number;
}

/** Puts up a barrier that is in force to the end of its scope. */
export function openBarrier(fn: FunctionState, kind: JumpBarrier['kind'], name: string, span: Span): void {
  fn.moment += 1;
  fn.barrier = { kind, name, span, outer: fn.barrier, opened: fn.moment, closed: Infinity };
}

/** Ends a scope: the barriers that were put up in it are gone. */
export function closeBarriers(fn: FunctionState, outer: JumpBarrier | undefined): void {
  if (fn.barrier === outer) return;
  fn.moment += 1;
  for (let barrier = fn.barrier; barrier !== undefined && barrier !== outer; barrier = barrier.outer)
    barrier.closed = fn.moment;
  fn.barrier = outer;
}

/** Complains about every `goto` that goes to a label from outside of a barrier around it. */
export function checkJumps(ctx: SemaContext, label: LabelState): void {
  const { barrier, jumps, symbol } = label;
  if (barrier === undefined) return;
  for (const { span, at } of jumps) {
    if (at >= barrier.opened && at < barrier.closed) continue;
    const notes = [ctx.note('label-defined-here', symbol.span, { name: symbol.name })];
    if (barrier.kind === 'statement-expression')
      ctx.error('jump-into-statement-expression', span, undefined, notes);
    else {
      notes.push(ctx.note('declared-here', barrier.span, { name: barrier.name }));
      ctx.error('jump-into-variable-size', span, undefined, notes);
    }
  }
}

/** Complains about a `case` or `default` with a barrier between it and its `switch`. */
export function checkSwitchJump(ctx: SemaContext, label: Span, startedAt: number, start: Span): void {
  const barrier = ctx.fn?.barrier;
  if (barrier === undefined || barrier.opened <= startedAt) return;
  const notes = [ctx.note('switch-starts-here', start)];
  if (barrier.kind === 'statement-expression')
    ctx.error('switch-into-statement-expression', label, undefined, notes);
  else {
    notes.push(ctx.note('declared-here', barrier.span, { name: barrier.name }));
    ctx.error('switch-into-variable-size', label, undefined, notes);
  }
}
