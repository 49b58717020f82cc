/**
 * The string literals of a unit and what became of them, in the words of the schema `segments-truth/1`: one entry for each
 * literal of the preprocessed text, adjacent ones joined, those of `asm` and attributes included.
 */
import type { StringLiteral } from '../core/sema/typed-tree.ts';
import { renderText } from '../core/text/all-texts.ts';
import type { Language } from '../core/text/text.ts';
import { joinSpans } from '../core/syntax/join-spans.ts';
import type { Token } from '../core/syntax/token.ts';
import { TypeTable } from '../core/sema/basic-types.ts';
import { parseString } from '../core/sema/literal-value.ts';
import type { ProgramAnalysis } from './analysis.ts';
import { dataModelOf } from '../core/target/data-model.ts';
import { constantPlace } from './constants-json.ts';
import type { ConstantPlaceJson } from './constants-json.ts';
import { LiteralFates } from './literal-fates.ts';
import type { LiteralFateJson } from './literal-fates.ts';
import type { UnitPlaces } from './segments-json.ts';

/** One literal. */
export interface StringJson extends ConstantPlaceJson {
  readonly line: number;
  /** As spelled, the parts of joined ones with a blank between them. */
  readonly source: string;
  /** What stands around a literal that is no object of the program at all. */
  readonly context?: 'asm' | 'attribute' | 'sizeof' | 'static-assert';
  readonly prefix?: string;
  readonly bytes: number;
  readonly element: number;
  readonly emitted: 'pooled' | 'rewritten' | 'in-object' | 'in-image' | 'no';
  /** The array that it initialises. */
  readonly object?: string;
  /** How it was changed. */
  readonly note?: string;
  /** One sentence: why it is there, or why it is not. */
  readonly reason?: string;
}

/** Adjacent string tokens. */
interface Group {
  readonly tokens: readonly Token[];
  readonly context: StringJson['context'];
}

/** The literals of a unit's own files, in order of the text. */
export function stringsJson(
  analysis: ProgramAnalysis,
  places: UnitPlaces,
  unitIndex: number,
  language: Language,
): StringJson[] {
  const file = analysis.linked.objectFiles[unitIndex];
  const fates = file === undefined ? undefined : new LiteralFates(places, file);
  const types = new TypeTable(dataModelOf(analysis.options.compile.target));
  const { unit, preprocessed, placementOf } = places.analysis;
  const literals = new Map<string, StringLiteral[]>();
  for (const literal of unit.strings) {
    const key = keyOf(literal.span);
    literals.set(key, [...(literals.get(key) ?? []), literal]);
  }
  return groupsOf(preprocessed.tokens).flatMap(({ tokens, context }): StringJson[] => {
    const [first] = tokens;
    if (first === undefined || !places.isOwn(first.span)) return [];
    const literal = literals.get(keyOf(joinSpans(first.span, (tokens.at(-1) ?? first).span)))?.shift();
    const placement = literal === undefined ? undefined : placementOf.get(literal);
    const prefix = tokens.reduce((last, token) => /^[A-Za-z0-9]+/.exec(token.text)?.[0] ?? last, '');
    const element = prefix === 'L' || prefix === 'U' ? 4 : prefix === 'u' ? 2 : 1;
    const { line } = places.lineColumn(first.span);
    // The analyser does not keep literals of assembly and attributes.
    const bytes =
      literal?.bytes ??
      parseString(
        types,
        tokens.map((token) => token.text),
      ).bytes;
    return [
      {
        line,
        source: tokens.map((token) => token.text).join(' '),
        ...(context === undefined ? {} : { context }),
        ...(prefix === '' ? {} : { prefix }),
        bytes: bytes.length,
        element,
        ...fateJson(analysis, places, fates?.find(bytes, element, line)),
        ...(placement === undefined ? {} : { reason: renderText(placement.reason, language) }),
      },
    ];
  });
}

const keyOf = ({ file, start, expandedAt }: Token['span']): string =>
  `${file}:${start}${expandedAt === undefined ? '' : `@${expandedAt.file}:${expandedAt.start}`}`;

function fateJson(
  analysis: ProgramAnalysis,
  places: UnitPlaces,
  fate: LiteralFateJson | undefined,
): Pick<StringJson, 'emitted'> & Partial<StringJson> {
  if (fate === undefined || fate.emitted === 'no') return { emitted: 'no' };
  if (fate.emitted === 'in-object') return { emitted: 'in-object', object: fate.object };
  return {
    emitted: fate.emitted,
    ...(fate.emitted === 'rewritten' ? { note: rewrittenNote } : {}),
    ...constantPlace(analysis, places, fate.of, fate.constant),
  };
}

const rewrittenNote = 'printf of a constant line became puts: final newline dropped';

const attributesWithText =
  /^_*(?:section|alias|weakref|visibility|tls_model|ifunc|deprecated|error|warning|symver|target|optimize|format)_*$/;

/** Gathers adjacent string tokens, and says what stands around each. */
function groupsOf(tokens: readonly Token[]): Group[] {
  const groups: Group[] = [];
  /** For each open parenthesis: what a literal in it belongs to. */
  const around: StringJson['context'][] = [];
  let current: Token[] | undefined;
  tokens.forEach((token, index) => {
    if (token.kind === 'string') {
      if (current === undefined) {
        current = [];
        groups.push({ tokens: current, context: contextAt(tokens, index, around) });
      }
      current.push(token);
      return;
    }
    current = undefined;
    if (token.kind !== 'punctuator') return;
    if (token.text === '(') around.push(openedBy(tokens, index) ?? around.at(-1));
    else if (token.text === ')') around.pop();
    else if (token.text === ';' || token.text === '{' || token.text === '}') around.length = 0;
  });
  return groups;
}

function openedBy(tokens: readonly Token[], index: number): StringJson['context'] {
  for (let at = index - 1; at >= 0; at -= 1) {
    const { text } = tokens[at] ?? { text: '' };
    if (/^(?:__)?(?:asm|asm__)$/.test(text)) return 'asm';
    if (/^(?:volatile|__volatile__|__volatile|goto|inline)$/.test(text)) continue;
    if (text === '_Static_assert') return 'static-assert';
    return attributesWithText.test(text) ? 'attribute' : undefined;
  }
  return undefined;
}

function contextAt(
  tokens: readonly Token[],
  index: number,
  around: readonly StringJson['context'][],
): StringJson['context'] {
  const before = tokens[index - 1]?.text;
  if (before === 'sizeof' || (before === '(' && tokens[index - 2]?.text === 'sizeof')) return 'sizeof';
  const context = around.at(-1);
  if (context === 'attribute' && before !== '(') return undefined;
  if (context === 'static-assert' && before !== ',') return undefined;
  return context;
}
