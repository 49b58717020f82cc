/**
 * Hovers on numbers, characters and `sizeof`: values that are no objects.
 */
import type { FloatingValue } from '../core/sema/floating-value.ts';
import { resolve, sizeOf } from '../core/sema/type-relations.ts';
import { typeSpelling } from '../core/sema/type-spelling.ts';
import { sayEditor } from '../core/text/editor-texts.ts';
import type { UnitAnalysis } from './analysis.ts';
import { shortestExtended } from './extended-text.ts';
import type { Facts } from './hover-facts.ts';
import type { LiteralUse } from './hover-index.ts';
import { bytesText } from './hover-rows.ts';
import type { HoverRow } from './hover-rows.ts';

/** The facts about a number; `undefined` for what is none. */
export function numberFacts(
  unit: UnitAnalysis,
  literal: LiteralUse,
  isInFunction: boolean,
): Facts | undefined {
  const { expression, span } = literal;
  const source = unit.files[0]?.text.slice(span.start, span.end) ?? '';
  const isSize = /^(?:sizeof|_Alignof|__alignof)/.test(source);
  const facts: Pick<Facts, 'declaration' | 'segment' | 'section' | 'moves'> = {
    declaration: source,
    segment: 'none',
    section: undefined,
    moves: undefined,
  };
  const type: HoverRow = { label: sayEditor('editor.label.type'), value: typeSpelling(expression.type) };
  const bytes = sizeOf(expression.type.type);
  const rows =
    bytes === undefined ? [type] : [type, { label: sayEditor('editor.label.size'), value: bytesText(bytes) }];
  switch (expression.kind) {
    case 'integer': {
      const value = integerText(expression.value);
      return {
        ...facts,
        rows: [{ label: sayEditor('editor.label.value'), value }, ...(isSize ? [type] : rows)],
        reason: isSize
          ? sayEditor('editor.sizeof')
          : sayEditor(isInFunction ? 'editor.integer' : 'editor.integerStatic'),
      };
    }
    case 'floating':
      return {
        ...facts,
        rows: [{ label: sayEditor('editor.label.value'), value: spelled(expression) }, ...rows],
        reason: sayEditor(isInFunction ? 'editor.floating' : 'editor.floatingStatic'),
      };
    case 'vla-size':
      return { ...facts, rows: [type], reason: sayEditor('editor.sizeofVla') };
    default:
      return resolve(expression.type.type).kind === 'complex'
        ? { ...facts, rows, reason: sayEditor(isInFunction ? 'editor.floating' : 'editor.floatingStatic') }
        : undefined;
  }
}

/** The digits of a floating constant. */
const spelled = ({ value, extended }: FloatingValue): string =>
  extended === undefined || Number.isNaN(value) ? String(value) : shortestExtended(extended);

function integerText(value: bigint): string {
  if (value >= 0n && value < 10n) return String(value);
  return value < 0n ? String(value) : `${String(value)} = 0x${value.toString(16)}`;
}
