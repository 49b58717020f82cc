/**
 * The span of a node from the spans of its first and last part.
 */
import type { Span } from '../source/text-span.ts';

/**
 * From the start of one span to the end of another.
 *
 * Parts that come out of one macro's arguments keep their spelling. When the spellings lie in several places (macro
 * bodies, included files), the node is where the outermost macro is invoked: at its name.
 */
export function joinSpans(first: Span, last: Span): Span {
  if (first === last) return first;
  if (first.expandedAt === undefined && last.expandedAt === undefined && first.file === last.file) {
    return { file: first.file, start: first.start, end: Math.max(first.start, last.end) };
  }
  return joinExpanded(first, last);
}

function joinExpanded(first: Span, last: Span): Span {
  const from = first.expandedAt ?? first;
  const to = last.expandedAt ?? last;
  if (first.expandedAt !== undefined && last.expandedAt !== undefined && isSame(from, to)) {
    if (isArgument(first, from) && isArgument(last, from) && first.start <= last.end) {
      return { file: from.file, start: first.start, end: last.end, expandedAt: from };
    }
    return wholeExpansion(from);
  }
  const end = from.file === to.file ? Math.max(from.end, to.end) : from.end;
  return { file: from.file, start: from.start, end };
}

/** The last answer of {@link wholeExpansion}: the nodes of one expansion ask one after the other. */
let lastWhole: Span | undefined;

/** Where an expansion stands, for nodes inside it: one span for all of them, there may be a million. */
function wholeExpansion(from: Span): Span {
  if (lastWhole?.expandedAt !== from)
    lastWhole = { file: from.file, start: from.start, end: from.end, expandedAt: from };
  return lastWhole;
}

function isSame(a: Span, b: Span): boolean {
  return a === b || (a.file === b.file && a.start === b.start && a.end === b.end);
}

/** Spelled behind the macro's name in the same file: in its arguments, since a definition comes before its uses. */
function isArgument(spelled: Span, name: Span): boolean {
  return spelled.file === name.file && spelled.start >= name.end;
}
