/**
 * Lint rules. Every rule is an error or off; a rule that is off says why.
 */
import { defineConfig } from 'eslint/config';
import jsdoc from 'eslint-plugin-jsdoc';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';
import { noBitOperatorsOnAddress } from './scripts/eslint/no-bit-operators-on-address.mjs';

const pureLayers = [
  'src/base/**/*.ts',
  'src/core/**/*.ts',
  'src/protocol/**/*.ts',
  'src/session/**/*.ts',
  'webview/layout/**/*.ts',
];

const notInPureLayers = 'is not allowed in a pure layer: nothing there may depend on the host';

/** What a pure layer must not use: it would tie a run to its host, or to the moment. */
const hostGlobals = [
  'console',
  'process',
  'Buffer',
  'global',
  'window',
  'self',
  'document',
  'navigator',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'requestAnimationFrame',
  'queueMicrotask',
  'Date',
  'Intl',
  'SharedArrayBuffer',
  'Atomics',
  'WeakRef',
  'FinalizationRegistry',
].map((name) => ({ name, message: `${name} ${notInPureLayers}.` }));

const namedExportsOnly = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only.',
};

export default defineConfig(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'out/',
      '.hosts/',
      'media/',
      'test/fixtures/',
      'test/golden/',
      '.dependency-cruiser.cjs',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },

  // Everything written in TypeScript.
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { atlas: { rules: { 'no-bit-operators-on-address': noBitOperatorsOnAddress } } },
    rules: {
      'atlas/no-bit-operators-on-address': 'error',
      'no-restricted-syntax': ['error', namedExportsOnly],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers in texts are what this program is about; the other kinds stay forbidden.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `while (true)` with a step limit inside is the clearest form of an interpreter's loop.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // A counted loop over typed arrays is faster than for-of and has the index at hand.
      '@typescript-eslint/prefer-for-of': 'off',
      // Dense tables are written as index signatures where the key has a meaning.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Both forms are used on purpose: `type` for unions and data, `interface` for what is implemented.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // An empty method of a null object (no tracing) is a decision, not an omission.
      '@typescript-eslint/no-empty-function': 'off',
      // `a || b` on text where empty means absent is meant.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // Arrow functions that only call something are readable without braces.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A method handed over by name is checked by the types; `this` is declared where it matters.
      '@typescript-eslint/unbound-method': 'off',
      // `delete map[key]` does not occur with Map; the rule also rejects tables made of plain objects.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Non-null assertions are replaced by invariants, never by a type assertion in disguise.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    },
  },

  // Pure layers: no host, no clock, no randomness, no output.
  {
    files: pureLayers,
    rules: {
      'no-restricted-globals': ['error', ...hostGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: `Math.random ${notInPureLayers}.` },
        { object: 'globalThis', message: `globalThis ${notInPureLayers}.` },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: ['vscode', ...builtinModules].map((name) => ({ name, message: `It ${notInPureLayers}.` })),
          patterns: [{ group: ['node:*'], message: `A Node built-in ${notInPureLayers}.` }],
        },
      ],
    },
  },

  // Exported items of the engine say what they mean.
  {
    files: ['src/base/**/*.ts', 'src/core/**/*.ts', 'src/protocol/**/*.ts', 'src/session/**/*.ts'],
    plugins: { jsdoc },
    settings: { jsdoc: { mode: 'typescript' } },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: { esm: true },
          require: { FunctionDeclaration: true, ClassDeclaration: true },
          // Not listed: types, whose members carry the comments, and constants that a header of glibc or the kernel
          // names (ENOMEM), which a comment above their group explains.
          contexts: [
            'ExportNamedDeclaration > VariableDeclaration:not([declarations.0.id.name=/^[A-Z][A-Z0-9_]*$/])',
          ],
          enableFixer: false,
        },
      ],
      'jsdoc/require-description': ['error', { contexts: ['any'] }],
      'jsdoc/no-types': 'error',
      'jsdoc/check-param-names': ['error', { checkDestructured: false, disableMissingParamChecks: true }],
      'jsdoc/check-tag-names': ['error', { definedTags: ['source'] }],
      'jsdoc/empty-tags': 'error',
    },
  },

  // The webview.
  {
    files: ['webview/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/best-practice']],
    rules: {
      // The content security policy of the view blocks the attribute, which the first render of styleMap writes too.
      'no-restricted-syntax': [
        'error',
        namedExportsOnly,
        {
          selector:
            'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=/]',
          message: 'No style attribute: put it into static styles and set custom properties from code.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['lit/directives/style-map*'],
              message: 'styleMap writes a style attribute; set custom properties.',
            },
          ],
        },
      ],
      'lit/no-template-map': 'off', // a list that does not keep state per row needs no repeat()
      'lit/no-legacy-imports': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/prefer-static-styles': 'error',
      'lit/attribute-names': 'off', // properties without a dash in their attribute are set by templates only
      'wc/file-name-matches-element': 'off', // the file is named after the tag, which the next rule compares
      'wc/tag-name-matches-class': 'off', // `<mem-chunk>` is defined by the class MemChunk
      'wc/guard-super-call': 'off', // LitElement always has the callbacks
      'wc/require-listener-teardown': 'error',
    },
  },

  // One file knows the host of the view; the app runs in a plain page too.
  {
    files: ['webview/**/*.ts'],
    ignores: ['webview/host.ts', 'webview/layout/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'acquireVsCodeApi', message: 'Only webview/host.ts talks to the host.' },
      ],
    },
  },

  // Tests: strict about promises and types, lax where a test is clearer for it.
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // a failing assertion is a failing test
      '@typescript-eslint/no-unnecessary-condition': 'off', // tests check what the types promise
      '@typescript-eslint/no-unsafe-assignment': 'off', // recordings are parsed JSON
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/require-await': 'off', // fakes of asynchronous interfaces
      'no-restricted-syntax': [
        'error',
        namedExportsOnly,
        {
          selector:
            'MemberExpression[object.name=/^(describe|it|context|suite|test)$/][property.name=/^(only|skip)$/]',
          message: 'No .only and no skipped tests.',
        },
        {
          selector: 'CallExpression[callee.name=/^(xit|xdescribe|xcontext|xspecify)$/]',
          message: 'No skipped tests.',
        },
      ],
    },
  },

  // Tools are plain JavaScript checked by tsc; ESLint holds their form.
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.recommended],
    rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error', 'object-shorthand': 'error' },
  },
);
