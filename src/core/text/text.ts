/**
 * CONTRACT. Texts for people, as data.
 *
 * Core never writes a finished sentence: it names an entry of a table and the arguments. A face (hover, view model,
 * command line) renders it in the user's language. Both languages stand beside each other, so that a missing
 * translation is a type error. Every area has a table file in this folder; `templates.ts` joins them.
 */

/** Languages of the user interface. */
export type Language = 'en' | 'zh-cn';

/**
 * One sentence in every language. `{name}` is replaced by the argument, `{name:hex}` by it as 0x…, and for
 * English `{name:bytes}` by `1 byte` or `4 bytes`; as well blocks, chunks, pages, calls.
 */
export interface TextEntry {
  readonly en: string;
  readonly zh: string;
}

/** Entries by key. Keys are `area.name`, for example `placement.bss`. */
export type TextTable = Readonly<Record<string, TextEntry>>;

/** Arguments of a text; texts among them are rendered in the same language, lists of them as a row of sentences. */
export type TextArguments = Readonly<Record<string, string | number | Text | readonly Text[]>>;

/** A sentence not yet rendered; plain data, crosses worker and webview borders. */
export interface Text {
  readonly key: string;
  readonly args?: TextArguments;
}

/**
 * Makes the constructor of an area's texts: `const say = textMaker<typeof placementTexts>(); say('placement.bss', { bytes })`.
 * Unknown keys are type errors. The table is a type only: who names a sentence need not hold the words of all.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it names the table, of which there is no value
export function textMaker<Table extends TextTable>(): (
  key: keyof Table & string,
  args?: TextArguments,
) => Text {
  return (key, args) => (args === undefined ? { key } : { key, args });
}

/** The template in a language. */
export const textOf = (entry: TextEntry, language: Language): string =>
  language === 'zh-cn' ? entry.zh : entry.en;

/** Renders a template with its arguments. A missing argument stays visible as `{name}`. */
export function fillTemplate(template: string, args: TextArguments | undefined): string {
  return template.replace(
    /\{(\w+)(?::(hex|bytes|blocks|chunks|pages|calls))?\}/g,
    (whole, name: string, format: string | undefined) => {
      const value = args?.[name];
      if (value === undefined || typeof value === 'object') return whole;
      if (format === undefined) return String(value);
      if (format === 'hex') return typeof value === 'number' ? `0x${value.toString(16)}` : value;
      return `${String(value)} ${value === 1 ? format.slice(0, -1) : format}`;
    },
  );
}
