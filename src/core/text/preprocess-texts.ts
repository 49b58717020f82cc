/**
 * Texts of the lexer and the preprocessor. The English ones say what gcc says, so that people can look them up.
 */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** Diagnostics of translation phases 1 to 4; the key after the area is the diagnostic's code. */
export const preprocessTexts = {
  'preprocess.unterminated-comment': { en: 'unterminated comment', zh: '注释没有结束' },
  'preprocess.nul-character': { en: 'null character ignored', zh: '忽略空字符' },
  'preprocess.line-comment': {
    en: 'C++ style comments are not allowed in ISO C90',
    zh: 'ISO C90 不允许 // 注释',
  },
  'preprocess.trigraph': {
    en: 'this is a trigraph in the chosen standard; trigraphs are not replaced here',
    zh: '在所选标准中这是三字符组；此处不替换三字符组',
  },
  'preprocess.space-in-splice': {
    en: 'backslash and newline separated by space',
    zh: '反斜杠和换行符之间有空格',
  },
  'preprocess.unterminated-character': { en: "missing terminating ' character", zh: "缺少结尾的 ' 字符" },
  'preprocess.unterminated-string': { en: 'missing terminating " character', zh: '缺少结尾的 " 字符' },
  'preprocess.stray-character': { en: "stray '{character}' in program", zh: '程序中有多余的“{character}”' },
  'preprocess.token-limit': {
    en: 'the program has more than {limit} tokens; the rest is not read',
    zh: '程序超过 {limit} 个记号，其余部分不再读取',
  },

  'preprocess.invalid-directive': {
    en: 'invalid preprocessing directive #{name}',
    zh: '无效的预处理指令 #{name}',
  },
  'preprocess.directive-extra-tokens': {
    en: 'extra tokens at end of #{directive} directive',
    zh: '#{directive} 指令末尾有多余的记号',
  },
  'preprocess.directive-in-arguments': {
    en: '#{directive} inside the arguments of a macro is not modelled',
    zh: '尚未支持在宏的实参中使用 #{directive}',
  },
  'preprocess.assertion-malformed': { en: 'malformed assertion', zh: '断言的格式不对' },
  'preprocess.user-error': { en: '#error {message}', zh: '#error {message}' },
  'preprocess.user-warning': { en: '#warning {message}', zh: '#warning {message}' },
  'preprocess.line-not-positive': {
    en: '"{token}" after #line is not a positive integer',
    zh: '#line 之后的“{token}”不是正整数',
  },
  'preprocess.line-bad-file': { en: '"{token}" is not a valid file name', zh: '“{token}”不是有效的文件名' },

  'preprocess.else-without-if': { en: '#{directive} without #if', zh: '#{directive} 没有对应的 #if' },
  'preprocess.else-after-else': { en: '#{directive} after #else', zh: '#else 之后又有 #{directive}' },
  'preprocess.unterminated-conditional': { en: 'unterminated #{directive}', zh: '#{directive} 没有结束' },
  'preprocess.if-no-expression': {
    en: '#{directive} with no expression',
    zh: '#{directive} 没有表达式',
  },
  'preprocess.if-operator-without-operand': {
    en: "operator '{operator}' has no operand in a preprocessor expression",
    zh: '预处理表达式中运算符“{operator}”缺少操作数',
  },
  'preprocess.if-missing-operator': {
    en: 'missing binary operator before token "{token}"',
    zh: '记号“{token}”之前缺少二元运算符',
  },
  'preprocess.if-unbalanced-parenthesis': {
    en: "unbalanced '{token}' in preprocessor expression",
    zh: '预处理表达式中的“{token}”不配对',
  },
  'preprocess.if-colon-without-question': {
    en: "':' without preceding '?'",
    zh: '“:”之前没有“?”',
  },
  'preprocess.if-question-without-colon': { en: "'?' without following ':'", zh: '“?”之后没有“:”' },
  'preprocess.if-division-by-zero': {
    en: 'division by zero in preprocessor expression',
    zh: '预处理表达式中除以零',
  },
  'preprocess.if-overflow': {
    en: 'integer overflow in preprocessor expression',
    zh: '预处理表达式中整数溢出',
  },
  'preprocess.if-bad-token': {
    en: 'token "{token}" is not valid in preprocessor expressions',
    zh: '记号“{token}”不能用在预处理表达式中',
  },
  'preprocess.if-floating': {
    en: 'floating constant {token} in preprocessor expression',
    zh: '预处理表达式中有浮点常量 {token}',
  },
  'preprocess.if-bad-integer': { en: 'invalid integer constant {token}', zh: '无效的整数常量 {token}' },
  'preprocess.if-integer-too-large': {
    en: 'integer constant {token} is so large that it is unsigned',
    zh: '整数常量 {token} 太大，只能是无符号的',
  },
  'preprocess.later-separator': {
    en: 'digit separators are of C23: gcc 12 takes them with -std=c2x only',
    zh: '数字分隔符属于 C23：gcc 12 只在 -std=c2x 下接受',
  },
  'preprocess.if-assignment': {
    en: "'=' is not valid in preprocessor expressions (did you mean '=='?)",
    zh: '预处理表达式中不能用“=”（是否想写“==”？）',
  },
  'preprocess.defined-without-name': {
    en: 'operator "defined" requires an identifier',
    zh: '运算符 defined 需要一个标识符',
  },
  'preprocess.defined-unterminated': {
    en: 'missing \')\' after "defined"',
    zh: 'defined 之后缺少“)”',
  },
  'preprocess.character-empty': { en: 'empty character constant', zh: '空的字符常量' },
  'preprocess.character-multiple': { en: 'multi-character character constant', zh: '多字符的字符常量' },
  'preprocess.escape-unknown': {
    en: "unknown escape sequence: '\\{letter}'",
    zh: '未知的转义序列“\\{letter}”',
  },

  'preprocess.include-no-name': {
    en: '#{directive} expects "FILENAME" or <FILENAME>',
    zh: '#{directive} 需要 "文件名" 或 <文件名>',
  },
  'preprocess.include-empty-name': {
    en: 'empty filename in #{directive}',
    zh: '#{directive} 中的文件名为空',
  },
  'preprocess.include-not-found': {
    en: '{name}: no such header here; what it declares is unknown',
    zh: '找不到头文件 {name}，其中的声明未知',
  },
  'preprocess.include-too-deep': {
    en: '#include nested depth {depth} exceeds maximum of {limit}',
    zh: '#include 嵌套深度 {depth} 超过最大值 {limit}',
  },
  'preprocess.include-too-many': {
    en: 'more than {limit} headers are included; the rest is not read',
    zh: '包含的头文件超过 {limit} 个，其余部分不再读取',
  },
  'preprocess.has-include-outside': {
    en: '"{name}" used outside of preprocessing directive',
    zh: '在预处理指令之外使用了“{name}”',
  },
  'preprocess.has-operand': {
    en: 'operator "{name}" needs an operand in parentheses',
    zh: '运算符“{name}”需要放在括号里的操作数',
  },

  'preprocess.macro-name-missing': {
    en: 'no macro name given in #{directive} directive',
    zh: '#{directive} 指令没有给出宏名',
  },
  'preprocess.macro-name-not-identifier': { en: 'macro names must be identifiers', zh: '宏名必须是标识符' },
  'preprocess.macro-name-defined': {
    en: '"{name}" cannot be used as a macro name',
    zh: '“{name}”不能用作宏名',
  },
  'preprocess.macro-parameter-expected': {
    en: 'expected parameter name, found "{name}"',
    zh: '应为形参名，但遇到“{name}”',
  },
  'preprocess.macro-parameter-duplicate': {
    en: 'duplicate macro parameter "{name}"',
    zh: '宏形参“{name}”重复',
  },
  'preprocess.macro-parameters-unterminated': {
    en: "expected ')' before end of line",
    zh: '行末之前应有“)”',
  },
  'preprocess.macro-whitespace-missing': {
    en: 'missing whitespace after the macro name',
    zh: '宏名之后缺少空白',
  },
  'preprocess.macro-paste-at-end': {
    en: "'##' cannot appear at either end of a macro expansion",
    zh: '“##”不能出现在宏替换列表的两端',
  },
  'preprocess.macro-stringify-without-parameter': {
    en: "'#' is not followed by a macro parameter",
    zh: '“#”之后不是宏形参',
  },
  'preprocess.macro-va-args-outside': {
    en: '{name} can only appear in the expansion of a variadic macro',
    zh: '{name} 只能出现在变参宏的替换列表中',
  },
  'preprocess.macro-va-opt-unterminated': { en: 'unterminated __VA_OPT__', zh: '__VA_OPT__ 没有结束' },
  'preprocess.macro-va-opt-paste-at-end': {
    en: "'##' cannot appear at either end of __VA_OPT__",
    zh: '“##”不能出现在 __VA_OPT__ 的两端',
  },
  'preprocess.macro-redefined': { en: '"{name}" redefined', zh: '“{name}”重定义' },
  'preprocess.macro-redefined-here': {
    en: 'this is the location of the previous definition',
    zh: '上一个定义在此',
  },
  'preprocess.macro-builtin-redefined': {
    en: 'redefining built-in macro "{name}"',
    zh: '重定义内建宏“{name}”',
  },
  'preprocess.macro-builtin-undefined': { en: 'undefining "{name}"', zh: '取消定义“{name}”' },
  'preprocess.macro-too-few-arguments': {
    en: 'macro "{name}" requires {wanted} arguments, but only {given} given',
    zh: '宏“{name}”需要 {wanted} 个实参，但只给出 {given} 个',
  },
  'preprocess.macro-too-many-arguments': {
    en: 'macro "{name}" passed {given} arguments, but takes just {wanted}',
    zh: '宏“{name}”传入了 {given} 个实参，但只接受 {wanted} 个',
  },
  'preprocess.macro-arguments-unterminated': {
    en: 'unterminated argument list invoking macro "{name}"',
    zh: '调用宏“{name}”的实参列表没有结束',
  },
  'preprocess.paste-invalid': {
    en: 'pasting "{left}" and "{right}" does not give a valid preprocessing token',
    zh: '拼接“{left}”和“{right}”得不到有效的预处理记号',
  },
  'preprocess.expansion-limit': {
    en: 'macro expansion takes more than {limit} steps; the rest is not read',
    zh: '宏展开超过 {limit} 步，其余部分不再读取',
  },
  'preprocess.expansion-depth': {
    en: 'macro arguments are nested deeper than {limit}; the rest is not read',
    zh: '宏实参嵌套超过 {limit} 层，其余部分不再读取',
  },
  'preprocess.pragma-operand': {
    en: '_Pragma takes a parenthesized string literal',
    zh: '_Pragma 需要括号里的字符串字面量',
  },
  'preprocess.pragma-malformed': { en: 'invalid #pragma {name} directive', zh: '无效的 #pragma {name} 指令' },
  'preprocess.pragma-once-in-main': { en: '#pragma once in main file', zh: '主文件中有 #pragma once' },
  'preprocess.poisoned': { en: 'attempt to use poisoned "{name}"', zh: '使用了被禁用的标识符“{name}”' },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayPreprocess = textMaker<typeof preprocessTexts>();
