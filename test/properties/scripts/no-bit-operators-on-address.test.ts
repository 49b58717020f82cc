import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { noBitOperatorsOnAddress } from '../../../scripts/eslint/no-bit-operators-on-address.mjs';

/** The brand as src/base/address.ts declares it, and values to work on. */
const prelude = `
declare const addressBrand: unique symbol;
type Address = number & { readonly [addressBrand]: true };
interface Chunk { readonly start: Address; readonly sizeBytes: number }
declare let addr: Address;
declare let maybe: Address | undefined;
declare const chunk: Chunk;
declare let size: number;
declare const table: readonly Address[];
`;

/** Operators that the rule reports in a statement, in order. */
function reported(statement: string): string[] {
  const file = 'file.ts';
  const text = `${prelude}${statement}`;
  const options: ts.CompilerOptions = { strict: true, target: ts.ScriptTarget.ES2022, types: [] };
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, text, version, true) : fromDisk(name, version);
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  host.readFile = (name) => (name === file ? text : ts.sys.readFile(name));
  const program = ts.createProgram([file], options, host);
  assert.deepEqual(
    program.getSyntacticDiagnostics().map(({ messageText }) => messageText),
    [],
  );
  const messages = new Linter({ configType: 'flat' }).verify(
    text,
    {
      files: ['**/*.ts'],
      languageOptions: {
        parser: tseslint.parser as unknown as Linter.Parser,
        parserOptions: { programs: [program] },
      },
      plugins: { atlas: { rules: { bits: noBitOperatorsOnAddress as never } } },
      rules: { 'atlas/bits': 'error' },
    },
    { filename: file },
  );
  return messages.map(({ message }) => /^The operator (\S+) cuts an address/.exec(message)?.[1] ?? message);
}

describe('the lint rule against bit operators on addresses', function () {
  this.timeout(20_000); // each program reads the library of TypeScript

  it('reports every bit operator, on either side and when assigning', () => {
    const statements = [
      'addr & 1',
      'addr | 1',
      'addr ^ 1',
      'addr << 1',
      'addr >> 1',
      'addr >>> 1',
      '1 & addr',
      '~addr',
    ];
    const assignments = ['size &= addr', 'size >>>= addr'];
    assert.deepEqual(reported([...statements, ...assignments].join(';\n')), [
      ...['&', '|', '^', '<<', '>>', '>>>', '&', '~'],
      ...['&=', '>>>='],
    ]);
  });

  it('sees an address in a property, an element, a union and an inferred variable', () => {
    assert.deepEqual(
      reported(
        'const copy = addr; chunk.start & 1; table[0]! | 1; maybe! ^ 1; (maybe ?? addr) >> 1; copy << 1;',
      ),
      ['&', '|', '^', '>>', '<<'],
    );
  });

  it('leaves plain numbers and the arithmetic on addresses alone', () => {
    assert.deepEqual(
      reported('size & 1; chunk.sizeBytes >>> 3; ~size; addr + 1; addr % 4096; addr === addr; !addr;'),
      [],
    );
  });
});
