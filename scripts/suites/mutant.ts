/**
 * Mutates C text token by token, so that much of it still compiles: another operator, another name or number of the same
 * text, a statement gone or twice. Seeded.
 */
import { lex, RawKind } from '../../src/core/syntax/lexer.ts';

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const operators = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '<',
  '>',
  '<=',
  '>=',
  '==',
  '!=',
  '&&',
  '||',
];
const assignments = ['=', '+=', '-=', '*=', '|=', '&=', '^='];
const specifiers = ['char', 'short', 'int', 'long', 'unsigned', 'signed', 'float', 'double'];
const groups = [operators, assignments, specifiers, ['++', '--'], ['!', '~'], ['.', '->'], ['while', 'if']];

const keywords = new Set(
  'auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof static struct switch typedef union unsigned void volatile while'.split(
    ' ',
  ),
);

function tokensOf(text: string): readonly Token[] {
  const raw = lex(text);
  const tokens: Token[] = [];
  for (let at = 0; at < raw.count; at++) {
    const [start = 0, end = 0] = [raw.starts[at], raw.ends[at]];
    if (raw.kinds[at] !== RawKind.end) tokens.push({ start, end, text: text.slice(start, end) });
  }
  return tokens;
}

const isName = ({ text }: Token): boolean => /^[A-Za-z_]/.test(text) && !keywords.has(text);
const isNumber = ({ text }: Token): boolean => /^\d/.test(text);

/** What a token becomes. */
function replacement(token: Token, tokens: readonly Token[], below: (limit: number) => number): string {
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const group = groups.find((one) => one.includes(token.text));
  if (group !== undefined) return pick(group);
  if (isName(token)) return pick(tokens.filter(isName).map((one) => one.text));
  if (isNumber(token)) {
    const others = tokens.filter(isNumber).map((one) => one.text);
    return pick([...others, '0', '1', '-1', '255', '2147483647', '0x80000000', '1.5']);
  }
  return below(2) === 0 ? '' : `${token.text} ${token.text}`;
}

/** The statement, more or less, in which a token stands: from behind one `;` or brace to the next `;`. */
function statementAround(
  tokens: readonly Token[],
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  const isEdge = (token: Token | undefined): boolean => token !== undefined && /^[;{}]$/.test(token.text);
  let first = at;
  while (first > 0 && !isEdge(tokens[first - 1])) first--;
  let last = at;
  while (last < tokens.length && !isEdge(tokens[last])) last++;
  const [from, to] = [tokens[first], tokens[last]];
  return from === undefined || to?.text !== ';' ? undefined : { start: from.start, end: to.end };
}

/** One text with one to three mutations. */
export function mutantOf(text: string, below: (limit: number) => number): string {
  let result = text;
  for (let times = 1 + below(3); times > 0; times--) {
    const tokens = tokensOf(result);
    const at = below(Math.max(1, tokens.length));
    const token = tokens[at];
    if (token === undefined) return result;
    const statement = below(5) === 0 ? statementAround(tokens, at) : undefined;
    if (statement === undefined)
      result = result.slice(0, token.start) + replacement(token, tokens, below) + result.slice(token.end);
    else {
      const { start, end } = statement;
      result =
        below(2) === 0
          ? result.slice(0, start) + result.slice(end)
          : `${result.slice(0, end)} ${result.slice(start)}`;
    }
  }
  return result;
}
