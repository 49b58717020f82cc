/** The section of a module that says which branches hardly ever happen. */
import assert from 'node:assert/strict';
import { CodeWriter, op, WasmModule } from '../../../../src/core/codegen/wasm-module.ts';

/** What the types of Node leave out. */
const engine = WebAssembly.Module as unknown as {
  readonly customSections: (module: WebAssembly.Module, name: string) => readonly ArrayBuffer[];
};

/** The offsets and hints of the only function with hints. */
function hintsOf(module: WebAssembly.Module): readonly (readonly [offset: number, hint: number])[] {
  const [section] = engine.customSections(module, 'metadata.code.branch_hint');
  assert.ok(section !== undefined);
  const [functions, , count, ...rest] = new Uint8Array(section);
  assert.equal(functions, 1);
  assert.equal(rest.length, (count ?? 0) * 3);
  return Array.from({ length: count ?? 0 }, (_, i) => {
    assert.equal(rest[3 * i + 1], 1, 'a hint is one byte long');
    return [rest[3 * i] ?? 0, rest[3 * i + 2] ?? 0];
  });
}

function moduleOf(write: (code: CodeWriter) => void): WebAssembly.Module {
  const module = new WasmModule('env');
  const index = module.declareFunction('f', { parameters: ['i32'], result: undefined });
  const code = new CodeWriter();
  write(code);
  module.defineFunction(index, ['i32', 'i64'], code);
  return new WebAssembly.Module(module.finish());
}

describe('branch hints', () => {
  it('name the instruction by its offset from the declarations of locals', () => {
    const module = moduleOf((code) => {
      const out = code.open(op.block);
      code.localGet(0);
      code.branchIf(out, 'unlikely');
      code.localGet(0);
      code.openIf('likely');
      code.close();
      code.close();
    });
    // One byte for the runs of locals and two for each of two; block, its type; local.get and its index: br_if is next.
    assert.deepEqual(hintsOf(module), [
      [9, 0],
      [13, 1],
    ]);
  });

  it('go with the code that is taken back', () => {
    const module = moduleOf((code) => {
      code.localGet(0);
      const { length } = code;
      code.openIf('likely');
      code.close();
      code.truncate(length);
      code.emit(op.drop);
      code.localGet(0);
      code.openIf('unlikely');
      code.close();
    });
    assert.deepEqual(hintsOf(module), [[10, 0]]);
  });
});
