/**
 * Names that a syntax tree declares, wherever: what must survive damage elsewhere in the text.
 */
import { declaredName } from '../../src/core/syntax/parse-declarator.ts';
import type { Declarator, TranslationUnit } from '../../src/core/syntax/ast.ts';

/** Functions, objects and typedef names at file scope, in order. */
export function fileScopeNames(unit: TranslationUnit): readonly string[] {
  const names: string[] = [];
  const add = (declarator: Declarator): void => {
    const name = declaredName(declarator);
    if (name !== undefined) names.push(name.name);
  };
  for (const item of unit.declarations) {
    if (item.kind === 'function-definition') add(item.declarator);
    else if (item.kind === 'declaration') for (const { declarator } of item.declarators) add(declarator);
  }
  return names;
}

/** Names of all declarators in the tree, block scope and parameters included. */
export function allNames(unit: TranslationUnit): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) walk(item);
    } else if (typeof node === 'object' && node !== null) {
      if ('declarator' in node && node.declarator !== undefined) {
        const name = declaredName(node.declarator as Declarator);
        if (name !== undefined) names.add(name.name);
      }
      for (const value of Object.values(node)) walk(value);
    }
  };
  walk(unit);
  return names;
}
