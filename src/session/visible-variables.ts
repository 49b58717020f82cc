/**
 * Which variables of a frame are in scope where the frame is (C17 6.2.1).
 */
import type { CodePosition, FrameVariable } from '../core/codegen/compiled-program.ts';
import type { CallFrame } from '../core/process/machine.ts';

/** The variables in scope, in the order of the frame. Where a function is entered only its parameters are. */
export function visibleVariables(
  frame: CallFrame,
  position: CodePosition | undefined,
): readonly FrameVariable[] {
  const { variables } = frame.function;
  if (position === undefined) return variables;
  if (position.role === 'entry') return variables.filter(({ isParameter }) => isParameter);
  const at = position.span.expandedAt ?? position.span;
  // The closing brace of the body ends its scope: the frame is still there, though, and so is what it holds.
  const start = position.role === 'exit' ? at.start - 1 : at.start;
  return variables.filter(({ scope }) => scope.file === at.file && start >= scope.start && start < scope.end);
}
