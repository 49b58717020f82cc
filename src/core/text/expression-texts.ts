/** Texts about expressions that are evaluated while a program stands still. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const expressionTexts = {
  'expression.notOne': {
    en: 'this is not one expression',
    zh: '这不是一个表达式',
  },
  'expression.unknownName': {
    en: '‘{name}’ is not declared here',
    zh: '‘{name}’ 在此处未声明',
  },
  'expression.sideEffect': {
    en: '{what} would change the program; expressions here only look',
    zh: '{what} 会改变程序；这里的表达式只能查看',
  },
  'expression.notModelled': {
    en: '{what} cannot be evaluated here',
    zh: '这里无法求值 {what}',
  },
  'expression.unreadable': {
    en: 'the {size:bytes} at {addr} cannot be read',
    zh: '地址 {addr} 处的 {size} 字节不可读',
  },
  'expression.noAddress': {
    en: '{name} has no address here',
    zh: '{name} 在这里没有地址',
  },
  'expression.zeroDivision': {
    en: 'division by zero',
    zh: '除以零',
  },
  'expression.notScalar': {
    en: 'a condition needs a value that is zero or not',
    zh: '条件需要一个可判断是否为零的值',
  },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayExpression = textMaker<typeof expressionTexts>();
