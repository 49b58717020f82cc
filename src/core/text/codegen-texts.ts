/** Texts of the code generator: what it does not model. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** Entries of the area `codegen`. */
export const codegenTexts = {
  'codegen.unsupported-type': {
    en: 'Values of type {type} are not modelled yet.',
    zh: '尚未模拟 {type} 类型的值。',
  },
  'codegen.unsupported-builtin': {
    en: 'The built-in function {name} is not modelled yet.',
    zh: '尚未模拟内建函数 {name}。',
  },
  'codegen.unsupported-construct': {
    en: 'This construct is not modelled yet: {name}.',
    zh: '尚未模拟这种写法：{name}。',
  },
  'codegen.no-address': {
    en: '{name} has no place in the program.',
    zh: '{name} 在程序中没有位置。',
  },
  'codegen.error-in-source': {
    en: 'The program has an error here.',
    zh: '程序在此处有错误。',
  },
} as const satisfies TextTable;

/** Makes texts of the area `codegen`. */
export const sayCodegen = textMaker<typeof codegenTexts>();
