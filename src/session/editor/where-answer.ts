/**
 * Where a named thing of a program lives, with all that the command `segments` tells of it.
 */
import type { Language } from '../../protocol/messages.ts';
import type { ProgramAnalysis } from '../analysis.ts';
import { segmentsJson } from '../segments-json.ts';
import type { QuestionResult } from './analysis-messages.ts';

/**
 * What language models are told of a name, or of all names.
 *
 * @param name - as it is written in the program; of all that the program defines when it is `undefined`
 */
export function whereAnswer(
  analysis: ProgramAnalysis,
  language: Language,
  name: string | undefined,
): QuestionResult<'where'> {
  const { objects, functions, strings, types, executable } = segmentsJson(analysis, language);
  if (name === undefined) return { json: spelled({ objects, functions, strings, size: executable.size }) };
  const isAsked = (one: { readonly name: string | null }): boolean => one.name === name;
  const found = {
    objects: objects.filter(isAsked),
    functions: functions.filter(isAsked),
    types: types.filter((type) => type.name === name || type.name === `struct ${name}`),
    strings: strings.filter(({ source }) => source === name || source === `"${name}"`),
  };
  if (Object.values(found).every((list) => list.length === 0))
    return { problem: `nothing in the program is called ${name}` };
  return { json: spelled(found) };
}

const spelled = (value: unknown): string => JSON.stringify(value, undefined, 1);
