/**
 * A difference of moments as marks for the map: what has addresses, in the order of the text.
 */
import type { Language } from '../core/text/text.ts';
import type { MarkView } from '../protocol/view-model.ts';
import { diffGroups } from './diff-text.ts';
import type { DiffLine } from './diff-text.ts';
import type { MomentDiff } from './moment-diff.ts';

const kinds: Readonly<Record<DiffLine['sign'], MarkView['kind']>> = {
  '+': 'added',
  '-': 'removed',
  '~': 'changed',
};

/** The marks of a difference. */
export const diffMarks = (diff: MomentDiff, language: Language): readonly MarkView[] =>
  diffGroups(diff, language).flatMap(({ lines }) =>
    lines.flatMap(({ sign, text, range }): MarkView[] =>
      range === undefined ? [] : [{ ...range, kind: kinds[sign], text }],
    ),
  );
