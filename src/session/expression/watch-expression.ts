/**
 * C expressions that people write while a program stands still: read with the macros, types and names of the place.
 */
import { preprocess } from '../../core/syntax/preprocessor.ts';
import { parse } from '../../core/syntax/parser.ts';
import type { Expression } from '../../core/syntax/ast.ts';
import type { FileScopeName } from '../../core/syntax/name-scopes.ts';
import { analyzeInScope } from '../../core/sema/scoped-expression.ts';
import type { TypedExpression } from '../../core/sema/typed-tree.ts';
import { dataModelOf } from '../../core/target/data-model.ts';
import { sayExpression } from '../../core/text/expression-texts.ts';
import type { UnitAnalysis } from '../analysis.ts';
import type { BuiltProgram } from '../build.ts';
import { EvaluationError } from './evaluate.ts';
import type { ScopePlace } from './frame-scope.ts';

/** Reads and types an expression as if it stood at a place. @throws EvaluationError saying what is wrong with it */
export function readExpression(program: BuiltProgram, place: ScopePlace, text: string): TypedExpression {
  const { compile } = program.analysis.options;
  const preprocessed = preprocess({
    name: '<expression>',
    text: `void f(void){\n${text}\n;}`,
    target: compile.target,
    dialect: compile,
    defines: definesOf(place.unit),
  });
  const parsed = parse(preprocessed.tokens, {
    files: preprocessed.files,
    dialect: compile,
    continues: { names: typeNamesOf(place), usesColumnOne: false },
  });
  const [problem] = [...preprocessed.diagnostics, ...parsed.diagnostics].filter(
    ({ severity }) => severity !== 'warning',
  );
  if (problem !== undefined) throw new EvaluationError(problem.text);
  const [definition, ...more] = parsed.unit.declarations;
  const node: Expression | undefined =
    definition?.kind === 'function-definition' && more.length === 0
      ? onlyExpression(definition.body.items)
      : undefined;
  if (node === undefined) throw new EvaluationError(sayExpression('expression.notOne'));
  const { expression, diagnostics } = analyzeInScope(
    {
      unit: place.unit.unit,
      model: dataModelOf(compile.target),
      owner: place.fn?.symbol,
      objects: place.objects,
    },
    node,
  );
  const wrong = diagnostics.find(({ severity }) => severity !== 'warning');
  if (wrong?.code === 'undeclared-at-file-scope')
    throw new EvaluationError(sayExpression('expression.unknownName', wrong.text.args));
  if (wrong !== undefined) throw new EvaluationError(wrong.text);
  return expression;
}

function onlyExpression(items: readonly { readonly kind: string }[]): Expression | undefined {
  const [item, ...more] = items as readonly { readonly kind: string; readonly expression?: Expression }[];
  const isAlone = more.every(({ kind }) => kind === 'null');
  return item?.kind === 'expression' && isAlone ? item.expression : undefined;
}

/** The unit's own macros, as gcc's -D takes them. */
function definesOf(unit: UnitAnalysis): readonly string[] {
  return [...unit.preprocessed.macros.values()].flatMap((macro) => {
    if (macro.isPredefined || macro.kind === 'builtin') return [];
    const names = macro.parameters.map((name) => (name === '__VA_ARGS__' ? '...' : name));
    const head = macro.kind === 'function' ? `${macro.name}(${names.join(',')})` : macro.name;
    return [`${head}=${macro.bodyText}`];
  });
}

function typeNamesOf({ unit, fn, objects }: ScopePlace): readonly FileScopeName[] {
  const typedefs = unit.unit.typedefs
    .filter(({ owner }) => owner === undefined || owner === fn?.symbol)
    .map(({ name }) => ({ name, kind: 'typedef' as const }));
  const ordinary = [
    ...unit.unit.functionSymbols,
    ...unit.unit.objects,
    ...unit.unit.enums.flatMap(({ enumerators }) => enumerators),
    ...objects,
  ].map(({ name }) => ({ name, kind: 'ordinary' as const }));
  return [...typedefs, ...ordinary];
}
