/**
 * Helpers for tests of the analyser: C text in, one line of facts out.
 */
import assert from 'node:assert/strict';
import { analyze } from '../../src/core/sema/analyzer.ts';
import { integerConstant } from '../../src/core/sema/constant.ts';
import { paddingOf } from '../../src/core/sema/layout.ts';
import { placeUnit } from '../../src/core/sema/place-unit.ts';
import { debianDefaults } from '../../src/core/sema/placement.ts';
import type { CompileOptions, Placement } from '../../src/core/sema/placement.ts';
import { sizeOf } from '../../src/core/sema/type-relations.ts';
import { typeSpelling } from '../../src/core/sema/type-spelling.ts';
import type { ObjectSymbol, TypedUnit } from '../../src/core/sema/typed-tree.ts';
import { parse } from '../../src/core/syntax/parser.ts';
import { preprocess } from '../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../src/core/target/data-model.ts';
import type { TargetName } from '../../src/core/target/data-model.ts';

/** Analyses a text; errors of the lexer and the parser are the test's mistake, unless it is about them. */
export function analyzeText(text: string, target: TargetName = 'x86_64'): TypedUnit {
  const { tokens } = preprocess({ name: 'test.c', text, target });
  return analyze(parse(tokens).unit, { model: dataModelOf(target) });
}

function objectsOf(unit: TypedUnit): ObjectSymbol[] {
  return [
    ...unit.objects,
    ...unit.functions.flatMap((fn) => [...fn.parameters, ...fn.locals, ...fn.staticLocals]),
  ];
}

/** The object of a name, wherever it is declared. */
export function objectNamed(unit: TypedUnit, name: string): ObjectSymbol {
  const object = objectsOf(unit).find((candidate) => candidate.name === name);
  assert.ok(object !== undefined, `no object ${name}`);
  return object;
}

/** `size 8, align 4: c@0 [1], pad 3, n@4 [4]`: the layout of the last struct or union of a text. */
export function layoutText(text: string, target: TargetName = 'x86_64'): string {
  const record = analyzeText(text, target).records.at(-1);
  assert.ok(record?.members !== undefined, 'no complete struct');
  const parts: [number, string][] = record.members.map((member) =>
    member.bitWidth === undefined
      ? [member.offset * 8, `${member.name ?? '{}'}@${member.offset} [${sizeOf(member.type.type) ?? 0}]`]
      : [member.bitOffset ?? 0, `${member.name ?? ''}@${String(member.bitOffset)}:${member.bitWidth}`],
  );
  for (const hole of paddingOf(record)) {
    const text =
      hole.bits % 8 === 0 && hole.bitOffset % 8 === 0 ? `pad ${hole.bits / 8}` : `pad ${hole.bits} bits`;
    parts.push([hole.bitOffset, text]);
  }
  parts.sort((a, b) => a[0] - b[0]);
  return `size ${String(record.size)}, align ${record.align}: ${parts.map(([, part]) => part).join(', ')}`;
}

/** Checks a layout written as {@link layoutText} writes it. */
export function checkLayout(text: string, expected: string, target: TargetName = 'x86_64'): void {
  assert.equal(layoutText(text, target), expected);
}

/** Checks the type of `e` in a text that holds `__typeof__(e) result;` or an object `result`. */
export function checkType(text: string, expected: string, target: TargetName = 'x86_64'): void {
  const unit = analyzeText(text, target);
  assert.deepEqual(errorsOf(unit), []);
  assert.equal(typeSpelling(objectNamed(unit, 'result').type), expected);
}

/** Checks the value of a constant expression, as an enumerator sees it. */
export function checkConstant(expression: string, expected: bigint, target: TargetName = 'x86_64'): void {
  const unit = analyzeText(`long long result = ${expression};`, target);
  assert.deepEqual(errorsOf(unit), []);
  const value = objectNamed(unit, 'result').initializer?.entries[0];
  const constant = value?.constant?.kind === 'integer' ? value.constant.value : undefined;
  assert.equal(constant ?? (value && integerConstant(value.value, 8)), expected);
}

function errorsOf(unit: TypedUnit): string[] {
  return unit.diagnostics
    .filter((diagnostic) => diagnostic.severity === 'error')
    .map((diagnostic) => diagnostic.code);
}

/** Checks the diagnostics of a text: `severity code [text under it]`. */
export function checkDiagnostics(
  text: string,
  expected: readonly string[],
  target: TargetName = 'x86_64',
): void {
  const preprocessed = preprocess({ name: 'test.c', text, target });
  const unit = analyze(parse(preprocessed.tokens).unit, { model: dataModelOf(target) });
  const found = unit.diagnostics.map((diagnostic) => {
    const span = diagnostic.span.expandedAt ?? diagnostic.span;
    return `${diagnostic.severity} ${diagnostic.code} [${text.slice(span.start, span.end)}]`;
  });
  assert.deepEqual(found, expected);
}

/** The placement of a name in a text. */
export function placementOf(text: string, name: string, options: Partial<CompileOptions> = {}): Placement {
  const all: CompileOptions = { ...debianDefaults, ...options };
  const placement = placeUnit(analyzeText(text, all.target), all).find(
    (candidate) => candidate.name === name,
  );
  assert.ok(placement !== undefined, `no placement of ${name}`);
  return placement;
}

/** Checks `object section > section, segment, align N`, for what has no section `segment, align N`. */
export function checkPlacement(
  text: string,
  name: string,
  expected: string,
  options: Partial<CompileOptions> = {},
): void {
  const { objectSection, section, segment, emittedAlign, isRelro } = placementOf(text, name, options);
  const sections = objectSection === undefined ? '' : `${objectSection} > ${String(section)}, `;
  assert.equal(`${sections}${segment}${isRelro ? ' relro' : ''}, align ${emittedAlign}`, expected);
}
