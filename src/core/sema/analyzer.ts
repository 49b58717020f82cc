/**
 * Semantic analysis: a syntax tree becomes a typed tree (C17 6, GNU C as gcc 12 takes it).
 *
 * One pass in source order. Never throws for any tree: what is not understood becomes an `error` node with one
 * diagnostic, and errors do not spread.
 */
import { finish } from '../../base/steps.ts';
import type { Steps } from '../../base/steps.ts';
import type { ExternalDeclaration, TranslationUnit } from '../syntax/ast.ts';
import type { DataModel } from '../target/data-model.ts';
import { defaultDialect } from '../target/dialect.ts';
import type { Dialect } from '../target/dialect.ts';
import { SemaContext } from './context.ts';
import type { Analyses } from './context.ts';
import { analyzeDeclaration, analyzeStaticAssert, finishObjects } from './declarations.ts';
import { analyzeFunctionDefinition, analyzeNestedFunction } from './function-definitions.ts';
import { typeOfName } from './declarators.ts';
import { expression } from './expressions.ts';
import { analyzeInitializerList } from './initializers.ts';
import { analyzeSpecifiers } from './specifiers.ts';
import { statementExpressionBlock } from './statements.ts';
import type { NameUse, TypedUnit } from './typed-tree.ts';

/** What an analysis depends on. */
export interface AnalyzeOptions {
  readonly model: DataModel;
  /** That of `gcc file.c` if absent. */
  readonly dialect?: Dialect;
}

const analyses: Analyses = {
  expression,
  typeName: typeOfName,
  parameterSpecifiers: analyzeSpecifiers,
  block: statementExpressionBlock,
  initializerList: analyzeInitializerList,
  declaration: analyzeDeclaration,
  nestedFunction: analyzeNestedFunction,
  staticAssert: analyzeStaticAssert,
};

/** Analyses a translation unit. */
export function analyze(unit: TranslationUnit, options: AnalyzeOptions): TypedUnit {
  return finish(analyzeSteps(unit, options));
}

/** The same, with a pause after each external declaration. */
export function* analyzeSteps(unit: TranslationUnit, options: AnalyzeOptions): Steps<TypedUnit> {
  const ctx = newContext(options.model, options.dialect ?? defaultDialect);
  for (const declaration of unit.declarations) {
    analyzeExternal(ctx, declaration);
    yield;
  }
  finishObjects(ctx);
  return {
    objects: ctx.objects,
    functionSymbols: ctx.functionSymbols,
    functions: ctx.functions,
    strings: ctx.strings,
    literalObjects: ctx.literalObjects,
    blockExterns: ctx.blockExterns,
    records: ctx.records,
    enums: ctx.enums,
    typedefs: ctx.typedefs,
    uses: inOrder(ctx.uses),
    literals: ctx.literals,
    diagnostics: ctx.sink.list,
  };
}

/** A context for a unit, or for a part of one that was analysed before. */
export function newContext(model: DataModel, dialect: Dialect, earlier?: SemaContext): SemaContext {
  return new SemaContext(model, dialect, analyses, earlier);
}

/** Analyses one external declaration. */
export function analyzeExternal(ctx: SemaContext, declaration: ExternalDeclaration): void {
  switch (declaration.kind) {
    case 'declaration':
      analyzeDeclaration(ctx, declaration, []);
      break;
    case 'function-definition':
      analyzeFunctionDefinition(ctx, declaration);
      break;
    case 'static-assert':
      analyzeStaticAssert(ctx, declaration);
      break;
    case 'asm':
      ctx.unsupported('inline-assembly', declaration.span);
      break;
    case 'empty':
    case 'error':
      break;
  }
}

/** Uses come nearly sorted: members of a struct are noted when it is complete, headers before their includer. */
function inOrder(uses: NameUse[]): NameUse[] {
  for (let i = 1; i < uses.length; i++) {
    const before = uses[i - 1];
    const use = uses[i];
    if (before !== undefined && use !== undefined && inOrderOfText(before, use) > 0)
      return uses.sort(inOrderOfText);
  }
  return uses;
}

function inOrderOfText(a: NameUse, b: NameUse): number {
  return a.span.file - b.span.file || a.span.start - b.span.start;
}
