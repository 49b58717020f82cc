/**
 * The one place where a text becomes a sentence.
 */
import { templates } from './templates.ts';
import { fillTemplate } from './text.ts';
import type { Language, Text, TextArguments } from './text.ts';

/** The sentence in a language; a text whose key is in no table shows its key. */
export function renderText(text: Text, language: Language): string {
  const template = templates[language].get(text.key);
  if (template === undefined) return text.key;
  return fillTemplate(template, plainArguments(text.args, language));
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
