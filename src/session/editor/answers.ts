/**
 * What an analysis answers to the questions of the editor, as plain data in the reader's language.
 */
import { renderText } from '../../core/text/all-texts.ts';
import type { Text } from '../../core/text/text.ts';
import type { Language } from '../../protocol/messages.ts';
import type { ProgramAnalysis } from '../analysis.ts';
import { executableJson } from '../executable-json.ts';
import { hoverFactsAt, tellsAddress } from '../hover-facts.ts';
import { leakFix, overflowFix } from '../memory-fixes.ts';
import { problemViews } from '../problem-views.ts';
import { segmentTree } from '../segment-tree.ts';
import { sourceMarks } from '../source-marks.ts';
import type {
  Ask,
  FixView,
  HoverRowView,
  HoverView,
  Mendable,
  QuestionName,
  QuestionParams,
  QuestionResult,
} from './analysis-messages.ts';
import { gutterLines } from './gutter-lines.ts';
import { whereAnswer } from './where-answer.ts';

type Render = (text: Text) => string;

/** An analysis to ask, and how its sentences are said. */
interface Asked {
  readonly analysis: ProgramAnalysis;
  readonly language: Language;
  readonly render: Render;
}

type Handlers = {
  readonly [Name in QuestionName]: (asked: Asked, params: QuestionParams<Name>) => QuestionResult<Name>;
};

/** Answers a question about the first unit of a program. */
export function answerOf(
  analysis: ProgramAnalysis,
  { name, params }: Pick<Ask, 'name' | 'params'>,
  language: Language,
): unknown {
  const handler = handlers[name] as (asked: Asked, params: unknown) => unknown;
  return handler({ analysis, language, render: (text) => renderText(text, language) }, params);
}

/** Whether a program has to be linked for an answer. */
export function needsLink(analysis: ProgramAnalysis, ask: Ask): boolean {
  switch (ask.name) {
    case 'hover':
      return tellsAddress(analysis, 0, (ask.params as QuestionParams<'hover'>).offset);
    case 'segments':
    case 'size':
    case 'where':
      return true;
    default:
      return false;
  }
}

const handlers: Handlers = {
  hover: hoverView,
  gutter: ({ analysis }) => gutterLines(analysis),
  marks: ({ analysis }, { kinds, start, end }) =>
    sourceMarks(analysis, 0).filter(
      (mark) => mark.start >= start && mark.start <= end && kinds.includes(mark.kind),
    ),
  segments: ({ analysis, render }) => segmentTree(analysis, render),
  size: ({ analysis }) => {
    const isProgram = analysis.units.some(({ unit }) =>
      unit.functions.some(({ symbol }) => symbol.name === 'main'),
    );
    return isProgram ? executableJson(analysis).size : undefined;
  },
  problems: ({ analysis, render }) => {
    const [unit] = analysis.units;
    return unit === undefined ? [] : problemViews(unit, render);
  },
  fixes: (asked, { findings }) => findings.map((finding) => fixOf(asked, finding)),
  where: ({ analysis, language }, { name }) => whereAnswer(analysis, language, name),
};

function hoverView(
  { analysis, render }: Asked,
  { offset }: { readonly offset: number },
): HoverView | undefined {
  const facts = hoverFactsAt(analysis, 0, offset);
  if (facts === undefined) return undefined;
  return {
    start: facts.start,
    end: facts.end,
    declaration: facts.declaration,
    segment: facts.segment,
    section: facts.section,
    rows: facts.rows.map(({ label, value }): HoverRowView => ({
      label: label === undefined ? '' : render(label),
      value: typeof value === 'string' ? value : render(value),
      isCode: typeof value === 'string' && !/^\d+$/.test(value),
    })),
    reason: render(facts.reason),
    moves: facts.moves === undefined ? undefined : render(facts.moves),
    live: facts.live,
  };
}

function fixOf({ analysis, render }: Asked, finding: Mendable): FixView | undefined {
  const [unit] = analysis.units;
  if (unit === undefined) return undefined;
  const fix = finding.kind === 'mistake' ? overflowFix(unit, finding.mistake) : leakFix(unit, finding.leak);
  return fix === undefined ? undefined : { ...fix, title: render(fix.title) };
}
