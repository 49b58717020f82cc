/**
 * Where a place of the text stands after edits, as VS Code moves its own marks: it does not grow when somebody types at its
 * edges, and what lay in text that was removed shrinks with it.
 */
import { Position, Range } from 'vscode';
import type { TextDocumentContentChangeEvent } from 'vscode';

type Change = Pick<TextDocumentContentChangeEvent, 'range' | 'text'>;

/**
 * A range behind edits, in the order in which the editor tells of them.
 *
 * @returns undefined when nothing is left of its text
 */
export function movedRange(range: Range, changes: readonly Change[]): Range | undefined {
  let { start, end } = range;
  for (const change of changes) {
    const replaced = change.range;
    // What is typed at the start stands before the range, at the end behind it.
    if (start.isAfterOrEqual(replaced.start)) start = behind(start, change);
    if (end.isAfter(replaced.start)) end = end.isBefore(replaced.end) ? replaced.start : behind(end, change);
    if (end.isBefore(start)) end = start;
  }
  return start.isEqual(end) && !range.isEmpty ? undefined : new Range(start, end);
}

/** Where a position stands that is not before an edit; behind the new text when the old one held it. */
function behind(position: Position, { range: { start, end }, text }: Change): Position {
  const added = text.split('\n');
  const last = added.at(-1) ?? '';
  const endOfAdded = new Position(
    start.line + added.length - 1,
    added.length === 1 ? start.character + last.length : last.length,
  );
  if (position.isBefore(end)) return endOfAdded;
  const line = endOfAdded.line + position.line - end.line;
  return position.line === end.line
    ? new Position(line, endOfAdded.character + position.character - end.character)
    : new Position(line, position.character);
}
