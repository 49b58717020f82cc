import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingProblem } from '../../../src/session/setting-check.ts';
import type { SettingSchema } from '../../../src/session/setting-check.ts';

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  readonly contributes: { readonly configuration: { readonly properties: Record<string, SettingSchema> } };
};
const schemas = manifest.contributes.configuration.properties;

describe('checks of settings', () => {
  it('find every default right', () => {
    assert.ok(Object.keys(schemas).length > 30);
    for (const [name, schema] of Object.entries(schemas))
      assert.equal(settingProblem(schema, schema.default), undefined, name);
  });

  it('find what every setting cannot be', () => {
    for (const [name, schema] of Object.entries(schemas))
      assert.ok(settingProblem(schema, { no: 'such value' }), name);
  });

  it('say what a value should have been', () => {
    const problem = (name: string, value: unknown) =>
      settingProblem(schemas[`memoryAtlas.${name}`] ?? {}, value);
    assert.deepEqual(problem('target', 'arm64'), { kind: 'one-of', choices: ['x86-64', 'i386'] });
    assert.deepEqual(problem('machine.stackLimitKiB', 1), { kind: 'range', least: 64, most: 65_536 });
    assert.deepEqual(problem('machine.stackLimitKiB', 100.5), { kind: 'type', type: 'integer' });
    assert.deepEqual(problem('run.args', 'one two'), { kind: 'type', type: 'string[]' });
    assert.deepEqual(problem('run.args', ['one', 2]), { kind: 'type', type: 'string[]' });
    assert.equal(problem('run.args', ['one', 'two']), undefined);
  });
});
