/**
 * All tables joined, and the one place where a text becomes a sentence.
 */
import { checkTexts } from './check-texts.ts';
import { codegenTexts } from './codegen-texts.ts';
import { editorTexts } from './editor-texts.ts';
import { expressionTexts } from './expression-texts.ts';
import { lessonTexts } from './lesson-texts.ts';
import { mallocTexts } from './malloc-texts.ts';
import { mmTexts } from './mm-texts.ts';
import { placementTexts } from './placement-texts.ts';
import { predictionTexts } from './prediction-texts.ts';
import { preprocessTexts } from './preprocess-texts.ts';
import { processTexts } from './process-texts.ts';
import { reportTexts } from './report-texts.ts';
import { segmentTexts } from './segment-texts.ts';
import { semaTexts } from './sema-texts.ts';
import { sessionTexts } from './session-texts.ts';
import { syntaxTexts } from './syntax-texts.ts';
import { threadTexts } from './thread-texts.ts';
import { fillTemplate, textOf } from './text.ts';
import type { Language, Text, TextArguments, TextTable } from './text.ts';

const tables: readonly TextTable[] = [
  checkTexts,
  codegenTexts,
  editorTexts,
  expressionTexts,
  lessonTexts,
  mallocTexts,
  mmTexts,
  placementTexts,
  predictionTexts,
  preprocessTexts,
  processTexts,
  reportTexts,
  segmentTexts,
  semaTexts,
  sessionTexts,
  syntaxTexts,
  threadTexts,
];

const entries = new Map(tables.flatMap((table) => Object.entries(table)));

/** The sentence in a language; a text whose key is in no table shows its key. */
export function renderText(text: Text, language: Language): string {
  const entry = entries.get(text.key);
  if (entry === undefined) return text.key;
  return fillTemplate(textOf(entry, language), plainArguments(text.args, language));
}

/** Texts among arguments, rendered. */
function plainArguments(args: TextArguments | undefined, language: Language): TextArguments | undefined {
  if (args === undefined) return undefined;
  const render = (value: string | number | Text | readonly Text[]): string | number => {
    if (typeof value === 'string' || typeof value === 'number') return value;
    const texts: readonly Text[] = 'key' in value ? [value] : value;
    return texts.map((one) => renderText(one, language)).join(language === 'zh-cn' ? '' : ' ');
  };
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, render(value)]));
}
