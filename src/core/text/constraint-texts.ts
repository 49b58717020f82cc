/**
 * What the analyser says where something goes against a constraint on declarations, or against what gcc asks of attributes,
 * builtins and assembly. The English words follow gcc's.
 */
import type { TextTable } from './text.ts';

/** Texts of such constraints; all others of the semantic analysis are in `sema-texts.ts`. */
export const constraintTexts = {
  'sema.function-definition-storage': {
    en: 'function definition declared ‘{word}’',
    zh: '函数定义被声明为“{word}”',
  },
  'sema.invalid-restrict': {
    en: 'invalid use of ‘restrict’: only pointers to objects can have it',
    zh: '“restrict”用法无效：只有指向对象的指针才能用它',
  },
  'sema.knr-twice': {
    en: 'multiple parameters named ‘{name}’',
    zh: '有多个名为“{name}”的形参',
  },
  'sema.for-static': {
    en: 'declaration of static variable ‘{name}’ in ‘for’ loop initial declaration',
    zh: '“for”循环的初始声明中声明了静态变量“{name}”',
  },
  'sema.for-extern': {
    en: 'declaration of ‘extern’ variable ‘{name}’ in ‘for’ loop initial declaration',
    zh: '“for”循环的初始声明中声明了“extern”变量“{name}”',
  },
  'sema.for-non-variable': {
    en: 'declaration of non-variable ‘{name}’ in ‘for’ loop initial declaration',
    zh: '“for”循环的初始声明中声明了非变量“{name}”',
  },
  'sema.for-tag': {
    en: '‘{tag}’ declared in ‘for’ loop initial declaration',
    zh: '“for”循环的初始声明中声明了“{tag}”',
  },
  'sema.generic-incomplete': {
    en: '‘_Generic’ association has the incomplete type ‘{type}’',
    zh: '“_Generic”的关联类型“{type}”不完整',
  },
  'sema.generic-function': {
    en: '‘_Generic’ association has the function type ‘{type}’',
    zh: '“_Generic”的关联类型“{type}”是函数类型',
  },
  'sema.generic-variable-length': {
    en: '‘_Generic’ association has the variable length type ‘{type}’',
    zh: '“_Generic”的关联类型“{type}”长度可变',
  },
  'sema.atomic-qualified': {
    en: '‘_Atomic’ applied to the qualified type ‘{type}’',
    zh: '“_Atomic”用于带限定符的类型“{type}”',
  },
  'sema.flexible-in-union': {
    en: 'flexible array member in a union',
    zh: '联合体中有柔性数组成员',
  },
  'sema.flexible-nested': {
    en: 'initialization of a flexible array member in a nested context',
    zh: '在嵌套的上下文中初始化柔性数组成员',
  },
  'sema.register-name': {
    en: 'invalid register name ‘{register}’ for ‘{name}’',
    zh: '“{name}”的寄存器名“{register}”无效',
  },
  'sema.register-initialized': {
    en: 'the global register variable ‘{name}’ has an initial value',
    zh: '全局寄存器变量“{name}”有初值',
  },
  'sema.asm-read-only': {
    en: '‘{name}’ is read-only and the output of an ‘asm’',
    zh: '“{name}”只读，却用作“asm”的输出',
  },
  'sema.asm-output-constraint': {
    en: 'output operand constraint lacks ‘=’',
    zh: '输出操作数的约束缺少“=”',
  },
  'sema.asm-output-position': {
    en: 'operand constraint contains incorrectly positioned ‘+’ or ‘=’',
    zh: '操作数约束中“+”或“=”的位置不对',
  },
  'sema.asm-output-matching': {
    en: 'matching constraint not valid in an output operand',
    zh: '输出操作数不能用匹配约束',
  },
  'sema.asm-input-constraint': {
    en: 'input operand constraint contains ‘{character}’',
    zh: '输入操作数的约束含有“{character}”',
  },
  'sema.asm-matching-number': {
    en: 'matching constraint references the invalid operand number {number}',
    zh: '匹配约束引用了无效的操作数编号 {number}',
  },
  'sema.asm-alternatives': {
    en: 'operand constraints of an ‘asm’ differ in the number of alternatives',
    zh: '“asm”各操作数约束的备选数目不同',
  },
  'sema.asm-undefined-name': {
    en: 'undefined named operand ‘{name}’',
    zh: '具名操作数“{name}”未定义',
  },
  'sema.asm-duplicate-name': {
    en: 'duplicate ‘asm’ operand name ‘{name}’',
    zh: '“asm”操作数名“{name}”重复',
  },
  'sema.overflow-operand': {
    en: 'argument {index} in a call of ‘{name}’ does not have integral type',
    zh: '调用“{name}”的第 {index} 个实参不是整数类型',
  },
  'sema.overflow-pointer': {
    en: 'argument 3 in a call of ‘{name}’ does not have pointer to integral type',
    zh: '调用“{name}”的第 3 个实参不是指向整数类型的指针',
  },
  'sema.overflow-const': {
    en: 'argument 3 in a call of ‘{name}’ has pointer to ‘const’ type (‘{type}’)',
    zh: '调用“{name}”的第 3 个实参是指向“const”类型的指针（“{type}”）',
  },
  'sema.atomic-operand': {
    en: 'operand type ‘{type}’ is incompatible with argument 1 of ‘{name}’',
    zh: '操作数类型“{type}”与“{name}”的第 1 个实参不兼容',
  },
  'sema.attribute-not-string': {
    en: 'the argument of the attribute ‘{name}’ is not a string constant',
    zh: '属性“{name}”的参数不是字符串常量',
  },
  'sema.visibility-unknown': {
    en: 'the argument of the attribute ‘visibility’ must be one of ‘default’, ‘hidden’, ‘protected’ or ‘internal’',
    zh: '属性“visibility”的参数必须是“default”、“hidden”、“protected”或“internal”之一',
  },
  'sema.weak-not-public': {
    en: 'weak declaration of ‘{name}’ must be public',
    zh: '“{name}”的弱声明必须是公开的',
  },
  'sema.cleanup-not-identifier': {
    en: 'the argument of the attribute ‘cleanup’ is not an identifier',
    zh: '属性“cleanup”的参数不是标识符',
  },
  'sema.cleanup-not-function': {
    en: 'the argument of the attribute ‘cleanup’, ‘{name}’, is not a function',
    zh: '属性“cleanup”的参数“{name}”不是函数',
  },
  'sema.priority-range': {
    en: '‘{name}’ priorities must be integers from 0 to 65535 inclusive',
    zh: '“{name}”的优先级必须是 0 到 65535 之间的整数',
  },
  'sema.mode-unknown': {
    en: 'unknown machine mode ‘{mode}’',
    zh: '未知的机器模式“{mode}”',
  },
  'sema.mode-inappropriate': {
    en: 'mode ‘{mode}’ applied to the inappropriate type ‘{type}’',
    zh: '模式“{mode}”用于不合适的类型“{type}”',
  },
  'sema.vector-element': {
    en: 'invalid vector type ‘{type}’ for the attribute ‘vector_size’',
    zh: '“{type}”不能作为属性“vector_size”的向量元素类型',
  },
  'sema.attribute-arguments': {
    en: 'wrong number of arguments specified for the attribute ‘{name}’',
    zh: '属性“{name}”的参数个数不对',
  },
  'sema.attribute-not-integer': {
    en: 'the argument of the attribute ‘{name}’ is not an integer constant',
    zh: '属性“{name}”的参数不是整数常量',
  },
  'sema.alignment-not-integer': {
    en: 'the requested alignment is not an integer constant',
    zh: '所要求的对齐不是整数常量',
  },
  'sema.section-not-allowed': {
    en: 'the attribute ‘section’ is not allowed for ‘{name}’',
    zh: '“{name}”不能有属性“section”',
  },
  'sema.format-archetype': {
    en: 'unrecognized format specifier',
    zh: '无法识别的格式类别',
  },
  'sema.format-result': {
    en: 'the function does not return a string type',
    zh: '函数的返回类型不是字符串类型',
  },
  'sema.format-strftime': {
    en: '‘strftime’ formats cannot format arguments',
    zh: '“strftime”格式不能格式化实参',
  },
  'sema.format-not-string': {
    en: 'a ‘format’ attribute argument, ‘{index}’, refers to the parameter type ‘{type}’',
    zh: '“format”属性的参数“{index}”所指的形参类型是“{type}”',
  },
  'sema.format-not-ellipsis': {
    en: 'the argument to be formatted is not ‘...’',
    zh: '被格式化的实参不是“...”',
  },
} as const satisfies TextTable;
