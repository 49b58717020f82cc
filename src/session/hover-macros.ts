/**
 * Hovers on names of macros: definition, what this use became, and the literal that came out of it.
 */
import { LineIndex } from '../core/source/text-span.ts';
import type { Span } from '../core/source/text-span.ts';
import { macroHead } from '../core/syntax/macro.ts';
import type { MacroInfo } from '../core/syntax/macro.ts';
import { expansionText } from '../core/syntax/preprocess-result.ts';
import type { MacroUse } from '../core/syntax/preprocess-result.ts';
import { sayEditor } from '../core/text/editor-texts.ts';
import type { UnitAnalysis } from './analysis.ts';
import type { Facts } from './hover-facts.ts';
import { bytesText } from './hover-rows.ts';
import type { HoverRow } from './hover-rows.ts';

/** Longest text of a macro that is shown whole, in UTF-16 code units. */
const mostCharacters = 200;

/** The facts about one use of a macro. */
export function macroFacts(unit: UnitAnalysis, use: MacroUse): Facts {
  const { macro } = use;
  const rows: HoverRow[] = [];
  const expansion = expansionText(unit.preprocessed, use);
  if (expansion !== undefined && expansion !== '')
    rows.push({ label: sayEditor('editor.label.expansion'), value: shortened(expansion) });
  const literal = unit.unit.strings.find(
    ({ span }) => span.expandedAt?.file === use.span.file && span.expandedAt.start === use.span.start,
  );
  const placement = literal === undefined ? undefined : unit.placementOf.get(literal);
  if (literal !== undefined && placement?.section !== undefined) {
    rows.push({ label: sayEditor('editor.label.section'), value: placement.section });
    rows.push({
      label: sayEditor('editor.label.size'),
      value: bytesText(placement.size ?? literal.bytes.length),
    });
  }
  rows.push(...definitionRows(unit, use));
  return {
    declaration: definitionText(macro),
    segment: 'none',
    section: undefined,
    rows,
    reason: sayEditor(
      use.kind !== 'expansion'
        ? 'editor.macroTest'
        : macro.isPredefined
          ? 'editor.macroPredefined'
          : 'editor.macro',
    ),
    moves: undefined,
  };
}

/** The facts about a macro where it is defined. */
export function definitionFacts(macro: MacroInfo): Facts {
  return {
    declaration: definitionText(macro),
    segment: 'none',
    section: undefined,
    rows: [],
    reason: sayEditor('editor.macro'),
    moves: undefined,
  };
}

const definitionText = (macro: MacroInfo): string =>
  shortened(`#define ${macroHead(macro)} ${macro.bodyText}`.trimEnd());

function definitionRows(unit: UnitAnalysis, { macro }: MacroUse): HoverRow[] {
  const { span } = macro;
  return span === undefined || macro.isPredefined ? [] : definedRows(unit, span);
}

/** In which file and line something is defined. */
export function definedRows(unit: UnitAnalysis, span: Span): HoverRow[] {
  const file = unit.files[span.file];
  if (file === undefined) return [];
  const isMain = span.file === 0;
  const index = new LineIndex(isMain ? unit.places.text : file.text);
  const { line } = index.lineColumn(isMain ? unit.places.toDocument(span.start) : span.start);
  return [
    {
      label: sayEditor('editor.label.defined'),
      value: sayEditor('editor.definedAt', { file: file.name, line }),
    },
  ];
}

function shortened(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)} …` : text;
}
