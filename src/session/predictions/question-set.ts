/**
 * Sets of questions that teachers keep: in a comment block of the C file, or in NAME.questions.json beside it.
 *
 * In a comment that begins with `memory-atlas questions`, a line each, leading `*` and blanks aside:
 *
 *     title: Where do things live?
 *
 *     question: What does the second malloc return?
 *     at: malloc 2
 *     ask: result
 *
 *     question: Which of these is never true?
 *     - malloc(0) returns NULL
 *     + free tells the kernel at once
 *     because: small chunks stay in malloc’s lists
 *
 * `at` and `ask` are described in ask-question.ts; with `-` and `+` lines, one of them `+`, `ask` is `choice`. A field goes on
 * in lines that begin with no word and colon. The JSON file has the same fields:
 * `{ "title": "…", "questions": [{ "question": "…", "at": "…", "ask": "…", "choices": ["…"], "correct": 0, "because": "…" }] }`.
 */
import { renderText } from '../../core/text/all-texts.ts';
import { sayPrediction } from '../../core/text/prediction-texts.ts';
import type { predictionTexts } from '../../core/text/prediction-texts.ts';
import type { Language, TextArguments } from '../../core/text/text.ts';
import type { QuestionSpec } from '../../protocol/lessons.ts';

/** What is wrong, and where it is written: a line, or a path into JSON. */
export interface SetProblem {
  readonly origin: string;
  readonly text: string;
}

export interface QuestionSet {
  /** Empty when the set has none. */
  readonly title: string;
  readonly specs: readonly QuestionSpec[];
  readonly problems: readonly SetProblem[];
}

type Key = keyof typeof predictionTexts;

/** Collects specs and problems. */
class SetBuilder {
  title = '';
  readonly specs: QuestionSpec[] = [];
  readonly problems: SetProblem[] = [];
  readonly #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  problem(origin: string, key: Key, args?: TextArguments): void {
    this.problems.push({ origin, text: renderText(sayPrediction(key, args), this.#language) });
  }

  /** Adds a question when it is complete. */
  add(spec: QuestionSpec): void {
    const isOwn = spec.ask === 'choice';
    const right = spec.choices.filter(({ isCorrect }) => isCorrect).length;
    if (spec.ask === '') this.problem(spec.origin, 'prediction.set.noAsk');
    else if (isOwn && spec.choices.length < 2) this.problem(spec.origin, 'prediction.set.fewChoices');
    else if (isOwn && right !== 1) this.problem(spec.origin, 'prediction.set.oneRight', { right });
    else if (!isOwn && spec.choices.length > 0)
      this.problem(spec.origin, 'prediction.set.ownChoices', { ask: spec.ask });
    else if (spec.text === '' && needsText(spec.ask)) this.problem(spec.origin, 'prediction.set.noText');
    else this.specs.push(spec);
  }
}

/** What is asked about a call or an object has a sentence of its own. */
const needsText = (ask: string): boolean => /^(?:heap|value|choice)\b/.test(ask);

// ---- a comment block ----

const heading = 'memory-atlas questions';

interface Draft {
  line: number;
  fields: Map<string, string>;
  choices: { text: string; isCorrect: boolean }[];
}

const fieldNames: ReadonlySet<string> = new Set(['title', 'question', 'at', 'ask', 'because']);

/** The set in the comment blocks of a C file; undefined when it has none. */
export function questionsInComments(text: string, language: Language): QuestionSet | undefined {
  const builder = new SetBuilder(language);
  let isThere = false;
  for (const block of text.matchAll(/\/\*([\s\S]*?)\*\//g)) {
    const content = block[1] ?? '';
    if (!/^[\s*]*memory-atlas questions[\t ]*(?:\r?\n|$)/.test(content)) continue;
    isThere = true;
    const firstLine = text.slice(0, block.index).split('\n').length;
    readBlock(content, firstLine, builder);
  }
  return isThere ? builder : undefined;
}

function readBlock(content: string, firstLine: number, builder: SetBuilder): void {
  let draft: Draft | undefined;
  let last: { append(text: string): void } | undefined;
  const finish = (): void => {
    if (draft !== undefined) builder.add(specOf(draft));
    draft = undefined;
    last = undefined;
  };
  for (const [offset, raw] of content.split('\n').entries()) {
    const line = firstLine + offset;
    const origin = String(line);
    const text = raw.replace(/^[\t ]*\*?[\t ]*/, '').trim();
    if (text === '' || text === heading) continue;
    const choice = /^([-+])\s+(.*)$/.exec(text);
    const field = /^([a-z]+):\s*(.*)$/.exec(text);
    if (choice !== null) {
      if (draft === undefined) {
        builder.problem(origin, 'prediction.set.outside', { text });
        continue;
      }
      const added = { text: choice[2] ?? '', isCorrect: choice[1] === '+' };
      draft.choices.push(added);
      last = { append: (more) => void (added.text += ` ${more}`) };
    } else if (field !== null && fieldNames.has(field[1] ?? '')) {
      const [, name = '', value = ''] = field;
      if (name === 'title') {
        builder.title = value;
        last = { append: (more) => void (builder.title += ` ${more}`) };
        continue;
      }
      if (name === 'question') {
        finish();
        draft = { line, fields: new Map(), choices: [] };
      }
      const own = draft;
      if (own === undefined) {
        builder.problem(origin, 'prediction.set.outside', { text });
        continue;
      }
      own.fields.set(name, value);
      last = { append: (more) => own.fields.set(name, `${own.fields.get(name) ?? ''} ${more}`.trim()) };
    } else if (field !== null && !/\s/.test(field[1] ?? '') && last === undefined) {
      builder.problem(origin, 'prediction.set.unknownField', { name: field[1] ?? '' });
    } else if (last === undefined) builder.problem(origin, 'prediction.set.outside', { text });
    else last.append(text);
  }
  finish();
}

function specOf({ line, fields, choices }: Draft): QuestionSpec {
  const ask = fields.get('ask') ?? (choices.length > 0 ? 'choice' : '');
  return {
    text: fields.get('question') ?? '',
    at: fields.get('at') ?? '',
    ask,
    choices,
    because: fields.get('because') ?? '',
    origin: String(line),
  };
}

// ---- a JSON file ----

/** The set in a JSON file; every mistake is told with its path. */
export function questionsInJson(text: string, language: Language): QuestionSet {
  const builder = new SetBuilder(language);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    builder.problem('', 'prediction.set.noJson', { reason });
    return builder;
  }
  if (!isRecord(value)) {
    builder.problem('', 'prediction.set.wrongType', { path: '/', wanted: 'object' });
    return builder;
  }
  unknownMembers(value, ['$schema', 'title', 'questions'], '', builder);
  builder.title = textMember(value, 'title', '', builder);
  const { questions } = value;
  if (!Array.isArray(questions)) {
    builder.problem('questions', 'prediction.set.wrongType', { path: 'questions', wanted: 'array' });
    return builder;
  }
  for (const [index, one] of (questions as readonly unknown[]).entries())
    readJsonQuestion(one, `questions[${String(index)}]`, builder);
  return builder;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readJsonQuestion(value: unknown, path: string, builder: SetBuilder): void {
  if (!isRecord(value)) {
    builder.problem(path, 'prediction.set.wrongType', { path, wanted: 'object' });
    return;
  }
  const before = builder.problems.length;
  unknownMembers(value, ['question', 'at', 'ask', 'choices', 'correct', 'because'], path, builder);
  const choices = readChoices(value, path, builder);
  const ask = textMember(value, 'ask', path, builder);
  const spec: QuestionSpec = {
    text: textMember(value, 'question', path, builder),
    at: textMember(value, 'at', path, builder),
    ask: ask === '' && choices.length > 0 ? 'choice' : ask,
    choices,
    because: textMember(value, 'because', path, builder),
    origin: path,
  };
  if (builder.problems.length === before) builder.add(spec);
}

function readChoices(
  value: Readonly<Record<string, unknown>>,
  path: string,
  builder: SetBuilder,
): QuestionSpec['choices'] {
  const { choices, correct } = value;
  if (choices === undefined) return [];
  if (!Array.isArray(choices) || !choices.every((one): one is string => typeof one === 'string')) {
    builder.problem(`${path}.choices`, 'prediction.set.wrongType', {
      path: `${path}.choices`,
      wanted: 'string[]',
    });
    return [];
  }
  if (typeof correct !== 'number' || !Number.isInteger(correct) || correct < 0 || correct >= choices.length) {
    builder.problem(`${path}.correct`, 'prediction.set.noSuchChoice', { count: choices.length - 1 });
    return [];
  }
  return choices.map((text, index) => ({ text, isCorrect: index === correct }));
}

function textMember(
  value: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
  builder: SetBuilder,
): string {
  const member = value[name];
  if (member === undefined) return '';
  if (typeof member === 'string') return member.trim();
  const where = path === '' ? name : `${path}.${name}`;
  builder.problem(where, 'prediction.set.wrongType', { path: where, wanted: 'string' });
  return '';
}

function unknownMembers(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: string,
  builder: SetBuilder,
): void {
  for (const name of Object.keys(value))
    if (!known.includes(name))
      builder.problem(path === '' ? name : `${path}.${name}`, 'prediction.set.unknownField', { name });
}
