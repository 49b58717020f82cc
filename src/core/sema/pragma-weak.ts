/**
 * `#pragma weak NAME` makes a symbol weak; `#pragma weak NAME = TARGET` makes it a weak alias as well.
 *
 * Source: gcc 12 manual, "Weak Pragmas"; gcc/c-family/c-pragma.cc: handle_pragma_weak, apply_pragma_weak.
 */
import type { Token } from '../syntax/token.ts';
import type { FunctionSymbol, ObjectSymbol, TypedUnit } from './typed-tree.ts';

/**
 * Gives the symbols of a unit the attributes that its pragmas ask for; doing it twice changes nothing.
 *
 * @param all - the tokens of all pragmas
 */
export function applyWeakPragmas(unit: TypedUnit, all: readonly Token[]): void {
  const pragmas = all.filter(({ text }) => /\bweak\b/.test(text));
  if (pragmas.length === 0) return;
  const symbols = new Map<string, ObjectSymbol | FunctionSymbol>();
  for (const symbol of [...unit.objects, ...unit.functionSymbols]) {
    if (symbol.linkage === 'external') symbols.set(symbol.name, symbol);
  }
  for (const { text } of pragmas) {
    const match = /\bweak\s+(\w+)(?:\s*=\s*(\w+))?/.exec(text);
    const symbol = symbols.get(match?.[1] ?? '');
    if (symbol === undefined) continue;
    const alias = match?.[2];
    symbol.attributes = {
      ...symbol.attributes,
      isWeak: true,
      ...(alias === undefined ? {} : { alias }),
    };
  }
}
