/**
 * What the parser says: gcc's words in English, and the same in Chinese.
 *
 * Most messages are "expected X before Y"; they are made of a table of X and a table of the ways to name the token Y,
 * so that every pair has its key: `syntax.expected-expression.token`.
 */
import type { Text, TextArguments, TextEntry } from './text.ts';

/** What was expected, as named in `expected …`. */
const wanted = {
  expression: { en: 'expression', zh: '表达式' },
  statement: { en: 'statement', zh: '语句' },
  identifier: { en: 'identifier', zh: '标识符' },
  'identifier-or-paren': { en: 'identifier or ‘(’', zh: '标识符或 ‘(’' },
  'identifier-or-star': { en: 'identifier or ‘*’', zh: '标识符或 ‘*’' },
  'string-literal': { en: 'string literal', zh: '字符串字面量' },
  'declaration-specifiers': { en: 'declaration specifiers or ‘...’', zh: '声明说明符或 ‘...’' },
  'specifier-qualifier-list': { en: 'specifier-qualifier-list', zh: '类型说明符和限定符' },
  'type-name': { en: 'type name', zh: '类型名' },
  'declaration-or-statement': { en: 'declaration or statement', zh: '声明或语句' },
  'after-declarator': {
    en: '‘=’, ‘,’, ‘;’, ‘asm’ or ‘__attribute__’',
    zh: '‘=’、‘,’、‘;’、‘asm’ 或 ‘__attribute__’',
  },
  'after-initializer': { en: '‘,’ or ‘;’', zh: '‘,’ 或 ‘;’' },
  'after-member': {
    en: '‘:’, ‘,’, ‘;’, ‘}’ or ‘__attribute__’',
    zh: '‘:’、‘,’、‘;’、‘}’ 或 ‘__attribute__’',
  },
  'after-type-definition': { en: '‘;’, identifier or ‘(’', zh: '‘;’、标识符或 ‘(’' },
  'after-enumerator': { en: '‘,’ or ‘}’', zh: '‘,’ 或 ‘}’' },
  'after-parameter': { en: '‘;’, ‘,’ or ‘)’', zh: '‘;’、‘,’ 或 ‘)’' },
  'function-body': { en: '‘{’', zh: '‘{’' },
  semicolon: { en: '‘;’', zh: '‘;’' },
  comma: { en: '‘,’', zh: '‘,’' },
  colon: { en: '‘:’', zh: '‘:’' },
  'colon-or-ellipsis': { en: '‘:’ or ‘...’', zh: '‘:’ 或 ‘...’' },
  equal: { en: '‘=’', zh: '‘=’' },
  'open-paren': { en: '‘(’', zh: '‘(’' },
  'close-paren': { en: '‘)’', zh: '‘)’' },
  'close-bracket': { en: '‘]’', zh: '‘]’' },
  'open-brace': { en: '‘{’', zh: '‘{’' },
  'close-brace': { en: '‘}’', zh: '‘}’' },
  while: { en: '‘while’', zh: '‘while’' },
} as const satisfies Record<string, TextEntry>;

/** Ways to name the token that stood there instead. */
const found = {
  token: { en: 'expected {wanted} before ‘{token}’ token', zh: '在 ‘{token}’ 之前应有{wanted}' },
  word: { en: 'expected {wanted} before ‘{token}’', zh: '在 ‘{token}’ 之前应有{wanted}' },
  number: { en: 'expected {wanted} before numeric constant', zh: '在数值常量之前应有{wanted}' },
  character: { en: 'expected {wanted} before {token}', zh: '在 {token} 之前应有{wanted}' },
  string: { en: 'expected {wanted} before string constant', zh: '在字符串常量之前应有{wanted}' },
  end: { en: 'expected {wanted} at end of input', zh: '输入结束处应有{wanted}' },
} as const satisfies Record<string, TextEntry>;

/** Names of what the parser can miss. */
export type Wanted = keyof typeof wanted;
/** How the token is named that was found instead. */
export type Found = keyof typeof found;

type ExpectedKey = `syntax.expected-${Wanted}.${Found}`;

function expectedTexts(): Record<ExpectedKey, TextEntry> {
  const entries = Object.entries(wanted).flatMap(([name, what]) =>
    Object.entries(found).map(([how, frame]): [string, TextEntry] => [
      `syntax.expected-${name}.${how}`,
      { en: frame.en.replace('{wanted}', what.en), zh: frame.zh.replace('{wanted}', what.zh) },
    ]),
  );
  return Object.fromEntries(entries) as Record<ExpectedKey, TextEntry>;
}

const otherTexts = {
  'syntax.unknown-type-name': { en: 'unknown type name ‘{name}’', zh: '未知的类型名 ‘{name}’' },
  'syntax.later-word': {
    en: '‘{name}’ is a keyword of C23, which gcc knows from release 13 on (-std=c23); gcc 12 does not',
    zh: '‘{name}’ 是 C23 的关键字，gcc 从 13 版起才支持（-std=c23）；gcc 12 不支持',
  },
  'syntax.later-word-of-header': {
    en: '‘{name}’ is a keyword of C23 only; gcc 12 needs #include {header} for it',
    zh: '‘{name}’ 在 C23 中才是关键字；gcc 12 需要 #include {header}',
  },
  'syntax.unsupported-type': { en: 'type ‘{name}’ is not modelled', zh: '尚未模拟类型 ‘{name}’' },
  'syntax.unsupported-builtin': { en: '‘{name}’ is not modelled', zh: '尚未模拟 ‘{name}’' },
  'syntax.for-declaration': {
    en: 'for loop initial declarations are only allowed in C99 or C11 mode',
    zh: '只有 C99 或 C11 模式才允许在 for 循环中声明变量',
  },
  'syntax.misplaced-fallthrough': {
    en: 'invalid use of attribute ‘fallthrough’',
    zh: '属性 ‘fallthrough’ 使用不当',
  },
  'syntax.duplicate-word': { en: 'duplicate ‘{word}’', zh: '重复的 ‘{word}’' },
  'syntax.thread-typedef': { en: '‘{word}’ used with ‘typedef’', zh: '‘{word}’ 不能与 ‘typedef’ 同用' },
  'syntax.thread-before': { en: '‘__thread’ before ‘{word}’', zh: '‘__thread’ 出现在 ‘{word}’ 之前' },
  'syntax.attribute-without-arguments': {
    en: '‘{name}’ attribute does not take any arguments',
    zh: '属性 ‘{name}’ 不接受参数',
  },
  'syntax.attribute-string': {
    en: 'the argument of the ‘{name}’ attribute must be one string',
    zh: '属性 ‘{name}’ 的参数必须是一个字符串',
  },
  'syntax.no-type-or-storage-class': {
    en: 'data definition has no type or storage class',
    zh: '数据定义没有类型或存储类',
  },
  'syntax.else-without-if': { en: '‘else’ without a previous ‘if’', zh: '‘else’ 之前没有 ‘if’' },
  'syntax.empty-enum': { en: 'empty enum is invalid', zh: '枚举不能为空' },
  'syntax.no-semicolon-in-record': {
    en: 'no semicolon at end of struct or union',
    zh: '结构体或联合体末尾缺少分号',
  },
  'syntax.attributes-after-declarator': {
    en: 'attributes should be specified before the declarator in a function definition',
    zh: '函数定义中的属性应写在声明符之前',
  },
  'syntax.old-style-in-prototype': {
    en: 'old-style parameter declarations in prototyped function definition',
    zh: '带原型的函数定义中出现旧式参数声明',
  },
  'syntax.ellipsis-without-parameter': {
    en: 'ISO C requires a named argument before ‘...’',
    zh: 'ISO C 要求 ‘...’ 之前有具名参数',
  },
  'syntax.missing-close-brace': {
    en: 'expected ‘}’ before ‘{token}’; this line starts a new function or declaration',
    zh: '在 ‘{token}’ 之前应有 ‘}’：从这一行开始是新的函数或声明',
  },
  'syntax.extra-close-brace': {
    en: 'extra ‘}’: the function goes on after it',
    zh: '多余的 ‘}’：函数在其后仍在继续',
  },
  'syntax.opened-here': { en: 'to match this ‘{bracket}’', zh: '与此 ‘{bracket}’ 匹配' },
  'syntax.nesting-too-deep': {
    en: 'nested more than {limit} levels deep; the rest is skipped',
    zh: '嵌套超过 {limit} 层；其余部分被跳过',
  },
  'syntax.pack-no-paren': {
    en: 'missing ‘(’ after ‘#pragma pack’ - ignored',
    zh: '‘#pragma pack’ 后缺少 ‘(’，已忽略',
  },
  'syntax.pack-malformed': {
    en: 'malformed ‘#pragma pack’ - ignored',
    zh: '‘#pragma pack’ 格式错误，已忽略',
  },
  'syntax.pack-unknown-action': {
    en: 'unknown action ‘{action}’ for ‘#pragma pack’ - ignored',
    zh: '‘#pragma pack’ 的操作 ‘{action}’ 未知，已忽略',
  },
  'syntax.pack-alignment': {
    en: 'alignment must be a small power of two, not {value}',
    zh: '对齐值必须是较小的 2 的幂，而不是 {value}',
  },
  'syntax.pack-pop-without-push': {
    en: '#pragma pack (pop) encountered without matching #pragma pack (push)',
    zh: '#pragma pack (pop) 没有对应的 #pragma pack (push)',
  },
} as const satisfies Record<string, TextEntry>;

const tableOfAll = (): Record<ExpectedKey | keyof typeof otherTexts, TextEntry> => ({
  ...expectedTexts(),
  ...otherTexts,
});

/** Texts of the parser's diagnostics; bundles that render none leave them out. */
export const syntaxTexts = /* @__PURE__ */ tableOfAll();

/** Names of the diagnostics that are not of the form "expected … before …". */
export type SyntaxCode = keyof typeof otherTexts extends `syntax.${infer Code}` ? Code : never;

/** The text of a diagnostic. */
export function saySyntax(code: SyntaxCode, args?: TextArguments): Text {
  return args === undefined ? { key: `syntax.${code}` } : { key: `syntax.${code}`, args };
}

/** The text "expected … before …". */
export function sayExpected(what: Wanted, how: Found, token: string): Text {
  return { key: `syntax.expected-${what}.${how}`, args: { token } };
}
