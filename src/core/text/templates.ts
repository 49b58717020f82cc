/**
 * The tables of all areas joined: the template of a sentence by its key.
 *
 * In what ships, `scripts/support/data-modules.mjs` puts a file for each language in this module's place, which is read
 * when the first sentence of that language is made.
 */
import { checkTexts } from './check-texts.ts';
import { codegenTexts } from './codegen-texts.ts';
import { constraintTexts } from './constraint-texts.ts';
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
import { textOf } from './text.ts';
import type { Language, TextTable } from './text.ts';
import { threadTexts } from './thread-texts.ts';

const tables: readonly TextTable[] = [
  checkTexts,
  codegenTexts,
  constraintTexts,
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

const templatesIn = (language: Language): ReadonlyMap<string, string> =>
  new Map(
    tables.flatMap((table) => Object.entries(table).map(([key, entry]) => [key, textOf(entry, language)])),
  );

const known: Partial<Record<Language, ReadonlyMap<string, string>>> = {};

/** Templates by key, in each language: put together when the first sentence of that language is made. */
export const templates: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  get en() {
    return (known.en ??= templatesIn('en'));
  },
  get 'zh-cn'() {
    return (known['zh-cn'] ??= templatesIn('zh-cn'));
  },
};
