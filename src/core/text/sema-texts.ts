/**
 * What the analyser says about the C text, in both languages. The English words follow gcc's where those are clear.
 */
import type { TextTable } from './text.ts';

/** Texts of the semantic analysis. */
export const semaTexts = {
  'sema.undeclared-identifier': {
    en: '‘{name}’ is not declared in this function or above it',
    zh: '“{name}”未声明（本函数内及之前都没有它的声明）',
  },
  'sema.undeclared-at-file-scope': {
    en: '‘{name}’ is not declared here (not in a function)',
    zh: '“{name}”在此处未声明（不在函数内）',
  },
  'sema.did-you-mean': {
    en: 'did you mean ‘{name}’?',
    zh: '是不是想写“{name}”？',
  },
  'sema.implicit-function': {
    en: 'implicit declaration of function ‘{name}’: it is taken as ‘int {name}()’',
    zh: '隐式声明函数“{name}”：按“int {name}()”处理',
  },
  'sema.implicit-library-function': {
    en: 'implicit declaration of library function ‘{name}’: its header is not included',
    zh: '隐式声明库函数“{name}”：没有包含它的头文件',
  },
  'sema.implicit-int': {
    en: 'type defaults to ‘int’ in the declaration of ‘{name}’',
    zh: '“{name}”的声明缺少类型，默认为“int”',
  },
  'sema.implicit-int-result': {
    en: 'return type of ‘{name}’ defaults to ‘int’',
    zh: '“{name}”的返回类型缺失，默认为“int”',
  },
  'sema.unknown-type': {
    en: 'unknown type name ‘{name}’',
    zh: '未知的类型名“{name}”',
  },
  'sema.two-types': {
    en: 'two or more data types in declaration specifiers',
    zh: '声明说明符中有两个或更多数据类型',
  },
  'sema.invalid-type-words': {
    en: 'these type words do not go together',
    zh: '这些类型关键字不能组合在一起',
  },
  'sema.duplicate-storage-class': { en: 'duplicate ‘{word}’', zh: '重复的“{word}”' },
  'sema.multiple-storage-classes': {
    en: 'multiple storage classes in declaration specifiers',
    zh: '声明说明符中有多个存储类',
  },
  'sema.typedef-as-expression': {
    en: '‘{name}’ is a type name, an expression is needed here',
    zh: '“{name}”是类型名，此处需要表达式',
  },
  'sema.invalid-number': {
    en: 'invalid number ‘{text}’',
    zh: '无效的数字“{text}”',
  },
  'sema.later-truth': {
    en: '‘{name}’ is a keyword of C23 only; gcc 12 needs #include <stdbool.h> for it',
    zh: '“{name}”在 C23 中才是关键字；gcc 12 需要 #include <stdbool.h>',
  },
  'sema.later-nullptr': {
    en: '‘nullptr’ is a keyword of C23, which gcc knows from release 13 on (-std=c23); for gcc 12 write NULL',
    zh: '“nullptr”是 C23 的关键字，gcc 从 13 版起才支持（-std=c23）；用 gcc 12 时请写 NULL',
  },
  'sema.inline-in-empty': { en: '‘inline’ in empty declaration', zh: '空声明中有 ‘inline’' },
  'sema.later-separator': {
    en: 'digit separators are of C23: gcc 12 takes them with -std=c2x only',
    zh: '数字分隔符属于 C23：gcc 12 只在 -std=c2x 下接受',
  },
  'sema.scalar-required': {
    en: 'a value of type ‘{type}’ is used where a number or pointer is required',
    zh: '此处需要数值或指针，却用了“{type}”类型的值',
  },
  'sema.void-value': {
    en: 'void value not ignored as it ought to be',
    zh: 'void 类型没有值，不能使用',
  },
  'sema.wrong-operand': {
    en: 'wrong type argument to ‘{operator}’: ‘{type}’',
    zh: '“{operator}”的操作数类型错误：“{type}”',
  },
  'sema.invalid-operands': {
    en: 'invalid operands to binary ‘{operator}’ (have ‘{left}’ and ‘{right}’)',
    zh: '二元运算符“{operator}”的操作数无效（左边“{left}”，右边“{right}”）',
  },
  'sema.not-a-pointer': {
    en: 'invalid type argument of unary ‘*’ (have ‘{type}’)',
    zh: '一元“*”的操作数类型无效（为“{type}”）',
  },
  'sema.dereferencing-void': {
    en: 'dereferencing a ‘void *’ pointer gives no value',
    zh: '对“void *”指针解引用：得不到值',
  },
  'sema.lvalue-required-address': {
    en: 'an lvalue is required as the operand of unary ‘&’',
    zh: '一元“&”的操作数必须是左值',
  },
  'sema.lvalue-required-assignment': {
    en: 'an lvalue is required as the left operand of an assignment',
    zh: '赋值的左操作数必须是左值',
  },
  'sema.lvalue-required-increment': {
    en: 'an lvalue is required as the operand of ‘++’',
    zh: '“++”的操作数必须是左值',
  },
  'sema.lvalue-required-decrement': {
    en: 'an lvalue is required as the operand of ‘--’',
    zh: '“--”的操作数必须是左值',
  },
  'sema.address-of-bit-field': {
    en: 'cannot take the address of bit-field ‘{name}’',
    zh: '不能取位域“{name}”的地址',
  },
  'sema.address-of-register': {
    en: 'address of register variable ‘{name}’ requested',
    zh: '不能取寄存器变量“{name}”的地址',
  },
  'sema.assignment-to-array': {
    en: 'assignment to an expression with array type',
    zh: '不能对数组类型的表达式赋值',
  },
  'sema.read-only-variable': {
    en: 'assignment of read-only variable ‘{name}’',
    zh: '对只读变量“{name}”赋值',
  },
  'sema.read-only-parameter': {
    en: 'assignment of read-only parameter ‘{name}’',
    zh: '对只读形参“{name}”赋值',
  },
  'sema.read-only-member': {
    en: 'assignment of member ‘{name}’ in a read-only object',
    zh: '对只读对象的成员“{name}”赋值',
  },
  'sema.read-only-location': {
    en: 'assignment of a read-only location',
    zh: '对只读位置赋值',
  },
  'sema.incomplete-pointer-arithmetic': {
    en: 'arithmetic on a pointer to the incomplete type ‘{type}’',
    zh: '对指向不完整类型“{type}”的指针做算术运算',
  },
  'sema.incomplete-type-used': {
    en: 'invalid use of the incomplete type ‘{type}’',
    zh: '使用了不完整类型“{type}”',
  },
  'sema.incomplete-variable': {
    en: 'storage size of ‘{name}’ is not known: ‘{type}’ is incomplete',
    zh: '“{name}”的存储大小未知：“{type}”是不完整类型',
  },
  'sema.incomplete-parameter': {
    en: 'parameter ‘{name}’ has the incomplete type ‘{type}’',
    zh: '形参“{name}”的类型“{type}”不完整',
  },
  'sema.incomplete-result': {
    en: 'the return type ‘{type}’ is an incomplete type',
    zh: '返回类型“{type}”是不完整类型',
  },
  'sema.variable-is-void': {
    en: 'variable ‘{name}’ declared void',
    zh: '变量“{name}”声明为 void',
  },
  'sema.parameter-is-void': {
    en: '‘void’ must be the only parameter',
    zh: '“void”只能是唯一的形参',
  },
  'sema.division-by-zero': {
    en: 'division by zero',
    zh: '除以零',
  },
  'sema.comparison-of-distinct-pointers': {
    en: 'comparison of distinct pointer types (‘{left}’ and ‘{right}’) lacks a cast',
    zh: '比较不同的指针类型（“{left}”与“{right}”）而没有强制转换',
  },
  'sema.comparison-pointer-integer': {
    en: 'comparison between pointer and integer',
    zh: '指针与整数比较',
  },
  'sema.conditional-pointer-mismatch': {
    en: 'pointer type mismatch in conditional expression (‘{left}’ and ‘{right}’)',
    zh: '条件表达式中指针类型不匹配（“{left}”与“{right}”）',
  },
  'sema.conditional-pointer-integer': {
    en: 'pointer/integer type mismatch in conditional expression',
    zh: '条件表达式中指针与整数类型不匹配',
  },
  'sema.conditional-mismatch': {
    en: 'type mismatch in conditional expression (‘{left}’ and ‘{right}’)',
    zh: '条件表达式中类型不匹配（“{left}”与“{right}”）',
  },
  'sema.not-a-function': {
    en: 'the called object is not a function or function pointer (it has type ‘{type}’)',
    zh: '被调用的对象不是函数或函数指针（其类型为“{type}”）',
  },
  'sema.too-few-arguments': {
    en: 'too few arguments to function ‘{name}’: expected {expected}, have {given}',
    zh: '函数“{name}”的实参太少：需要 {expected} 个，给了 {given} 个',
  },
  'sema.too-many-arguments': {
    en: 'too many arguments to function ‘{name}’: expected {expected}, have {given}',
    zh: '函数“{name}”的实参太多：需要 {expected} 个，给了 {given} 个',
  },
  'sema.declared-here': {
    en: '‘{name}’ is declared here',
    zh: '“{name}”在此处声明',
  },
  'sema.expected-argument-type': {
    en: 'expected ‘{to}’ by the function declared here',
    zh: '此处声明的函数需要“{to}”',
  },
  'sema.not-a-va-list': {
    en: 'the first argument is not a ‘va_list’ (it has type ‘{type}’)',
    zh: '第一个实参不是“va_list”（其类型为“{type}”）',
  },
  'sema.builtin-not-modelled': {
    en: '‘{name}’ is not modelled: the program runs up to this call',
    zh: '尚未模拟“{name}”：程序运行到此调用为止',
  },
  'sema.builtin-mismatch': {
    en: 'conflicting types for built-in function ‘{name}’',
    zh: '与内建函数“{name}”的类型冲突',
  },
  'sema.subscript-of-non-array': {
    en: 'the subscripted value is neither array nor pointer',
    zh: '下标作用的对象既不是数组也不是指针',
  },
  'sema.subscript-not-integer': {
    en: 'the array subscript is not an integer',
    zh: '数组下标不是整数',
  },
  'sema.arrow-on-record': {
    en: '‘->’ on ‘{type}’, which is no pointer: use ‘.{name}’',
    zh: '“->”作用于非指针“{type}”：请用“.{name}”',
  },
  'sema.arrow-on-non-pointer': {
    en: 'invalid type argument of ‘->’ (have ‘{type}’)',
    zh: '“->”的操作数类型无效（为“{type}”）',
  },
  'sema.dot-on-pointer': {
    en: '‘{type}’ is a pointer: use ‘->{name}’',
    zh: '“{type}”是指针：请用“->{name}”',
  },
  'sema.member-of-non-record': {
    en: 'request for member ‘{name}’ in ‘{type}’, which is no structure or union',
    zh: '在“{type}”中请求成员“{name}”，但它不是结构体或联合体',
  },
  'sema.no-such-member': {
    en: '‘{type}’ has no member named ‘{name}’',
    zh: '“{type}”没有名为“{name}”的成员',
  },
  'sema.sizeof-bit-field': {
    en: '‘sizeof’ applied to a bit-field',
    zh: '“sizeof”不能用于位域',
  },
  'sema.sizeof-incomplete': {
    en: '‘sizeof’ applied to the incomplete type ‘{type}’',
    zh: '“sizeof”不能用于不完整类型“{type}”',
  },
  'sema.alignof-incomplete': {
    en: '‘_Alignof’ applied to the incomplete type ‘{type}’',
    zh: '“_Alignof”不能用于不完整类型“{type}”',
  },
  'sema.alignment-not-power-of-two': {
    en: 'requested alignment {value} is not a positive power of 2',
    zh: '要求的对齐值 {value} 不是 2 的幂',
  },
  'sema.cast-to-aggregate': {
    en: 'conversion to non-scalar type requested',
    zh: '不能强制转换为非标量类型',
  },
  'sema.cast-to-array': {
    en: 'cast specifies array type',
    zh: '不能强制转换为数组类型',
  },
  'sema.cast-to-function': {
    en: 'cast specifies function type',
    zh: '不能强制转换为函数类型',
  },
  'sema.invalid-cast': {
    en: 'cannot convert from ‘{from}’ to ‘{to}’',
    zh: '不能从“{from}”转换为“{to}”',
  },
  'sema.generic-no-match': {
    en: '‘_Generic’ selector of type ‘{type}’ is not compatible with any association',
    zh: '“_Generic”的控制表达式类型“{type}”与任何分支都不匹配',
  },
  'sema.choose-not-constant': {
    en: 'first argument of ‘__builtin_choose_expr’ is not a constant',
    zh: '“__builtin_choose_expr”的第一个实参不是常量',
  },
  'sema.statement-expression-outside': {
    en: 'a statement expression is allowed only inside a function',
    zh: '语句表达式只能出现在函数内',
  },
  'sema.nesting-too-deep': {
    en: 'nested too deeply: what is inside is not analysed',
    zh: '嵌套太深：其内部不再分析',
  },
  'sema.array-of-void': {
    en: '‘{name}’ declared as array of voids',
    zh: '“{name}”声明为 void 的数组',
  },
  'sema.array-of-functions': {
    en: '‘{name}’ declared as array of functions',
    zh: '“{name}”声明为函数的数组',
  },
  'sema.array-of-incomplete': {
    en: 'the array type has the incomplete element type ‘{type}’',
    zh: '数组的元素类型“{type}”不完整',
  },
  'sema.array-size-not-integer': {
    en: 'size of array ‘{name}’ has non-integer type',
    zh: '数组“{name}”的大小不是整数类型',
  },
  'sema.array-size-negative': {
    en: 'size of array ‘{name}’ is negative',
    zh: '数组“{name}”的大小为负',
  },
  'sema.array-too-large': {
    en: 'size of array ‘{name}’ is too large',
    zh: '数组“{name}”太大',
  },
  'sema.main-status': {
    en: '‘main’ returns {type}, not int: the exit status is what happens to be in register eax, which is not modelled; here it is 0',
    zh: '“main”返回 {type} 而不是 int：退出状态是寄存器 eax 中碰巧留下的值，尚未模拟；这里为 0',
  },
  'sema.main-record': {
    en: '‘main’ returns {type}, not int: this is not modelled: the program does not start',
    zh: '“main”返回 {type} 而不是 int，尚未模拟：程序不会启动',
  },
  'sema.array-beyond-model': {
    en: 'array ‘{name}’ of more than 2^53 bytes is not modelled: the program does not start',
    zh: '尚未模拟超过 2^53 字节的数组“{name}”：程序不会启动',
  },
  'sema.quadruple-beyond-model': {
    en: 'the constant {name} is outside the range of double, in which __float128 is computed here: the program runs up to it',
    zh: '常量 {name} 超出 double 的范围，而此处的 __float128 按 double 计算：程序运行到此为止',
  },
  'sema.array-words-misplaced': {
    en: '‘static’ or a qualifier between the brackets of an array that is no parameter',
    zh: '数组不是形参，方括号里却有“static”或限定符',
  },
  'sema.array-star-in-definition': {
    en: '‘[*]’ is allowed in function prototypes only, not in a definition',
    zh: '“[*]”只能用在函数原型中，不能用在函数定义中',
  },
  'sema.shuffle-operands': {
    en: '‘{name}’ takes vectors of matching lanes, and integers for the lanes to choose',
    zh: '“{name}”需要元素相匹配的向量，以及用来选择元素的整数',
  },
  'sema.scalar-truncated': {
    en: 'conversion of scalar ‘{scalar}’ to vector ‘{type}’ involves truncation',
    zh: '标量 ‘{scalar}’ 转换为向量 ‘{type}’ 时会被截断',
  },
  'sema.tls-model': {
    en: 'argument of ‘tls_model’ must be one of "local-exec", "initial-exec", "local-dynamic" or "global-dynamic"',
    zh: '‘tls_model’ 的参数必须是 "local-exec"、"initial-exec"、"local-dynamic" 或 "global-dynamic"',
  },
  'sema.vector-size-zero': { en: 'the vector size must be greater than zero', zh: '向量的大小必须大于零' },
  'sema.vector-size-multiple': {
    en: 'the vector size ({bytes:bytes}) is not a multiple of the size of its elements',
    zh: '向量的大小（{bytes} 字节）不是元素大小的整数倍',
  },
  'sema.vector-lanes': {
    en: 'the number of elements of a vector must be a power of 2',
    zh: '向量的元素个数必须是 2 的幂',
  },
  'sema.auto-type-alone': {
    en: '‘__auto_type’ may declare only one name',
    zh: '“__auto_type”一次只能声明一个名字',
  },
  'sema.auto-type-initializer': {
    en: '‘__auto_type’ needs an initial value (an expression, no list) for ‘{name}’',
    zh: '“__auto_type”要求“{name}”有初始值（表达式，而不是花括号列表）',
  },
  'sema.auto-type-declarator': {
    en: '‘__auto_type’ needs a plain identifier: ‘{name}’ cannot be declared as pointer, array or function',
    zh: '“__auto_type”之后只能是标识符：“{name}”不能声明为指针、数组或函数',
  },
  'sema.alias-undefined': {
    en: '‘{name}’ is an alias of ‘{target}’, which is not defined in this file',
    zh: '“{name}”是“{target}”的别名，但本文件没有定义“{target}”',
  },
  'sema.weakref-not-static': {
    en: 'the ‘weakref’ symbol ‘{name}’ must be static',
    zh: '“weakref”符号“{name}”必须声明为 static',
  },
  'sema.section-of-local': {
    en: 'a section cannot be chosen for ‘{name}’: it is a local variable and lives on the stack',
    zh: '不能为“{name}”指定节：它是局部变量，位于栈上',
  },
  'sema.array-assumed-one': {
    en: 'array ‘{name}’ is assumed to have one element',
    zh: '假定数组“{name}”有一个元素',
  },
  'sema.variable-size-at-file-scope': {
    en: '‘{name}’ has a variable size, which is not possible at file scope',
    zh: '文件作用域的“{name}”不能是大小可变的类型',
  },
  'sema.static-vla': {
    en: 'storage size of static ‘{name}’ is not constant',
    zh: '静态对象“{name}”的存储大小不是常量',
  },
  'sema.function-returns-array': {
    en: 'a function cannot return an array',
    zh: '函数不能返回数组',
  },
  'sema.function-returns-function': {
    en: 'a function cannot return a function',
    zh: '函数不能返回函数',
  },
  'sema.function-initialized': {
    en: 'function ‘{name}’ is initialized like a variable',
    zh: '函数“{name}”像变量一样被初始化',
  },
  'sema.bit-field-not-constant': {
    en: 'bit-field width is not an integer constant',
    zh: '位域宽度不是整数常量',
  },
  'sema.bit-field-type': {
    en: 'bit-field ‘{name}’ has an invalid type',
    zh: '位域“{name}”的类型无效',
  },
  'sema.bit-field-negative': {
    en: 'negative width in bit-field ‘{name}’',
    zh: '位域“{name}”的宽度为负',
  },
  'sema.bit-field-too-wide': {
    en: 'width of bit-field ‘{name}’ exceeds its type',
    zh: '位域“{name}”的宽度超过其类型',
  },
  'sema.bit-field-zero': {
    en: 'zero width for bit-field ‘{name}’: only a bit-field without a name may have it',
    zh: '位域“{name}”的宽度为零：只有无名位域的宽度可以为零',
  },
  'sema.member-incomplete': {
    en: 'member ‘{name}’ has the incomplete type ‘{type}’',
    zh: '成员“{name}”的类型“{type}”不完整',
  },
  'sema.member-is-function': {
    en: 'member ‘{name}’ declared as a function',
    zh: '成员“{name}”声明为函数',
  },
  'sema.member-variable-size': {
    en: 'a member must not have a variable size',
    zh: '成员的大小不能可变',
  },
  'sema.variable-member': {
    en: 'the member ‘{name}’ of variable size is not modelled: the program runs up to here',
    zh: '尚未模拟大小可变的成员“{name}”：程序运行到此为止',
  },
  'sema.duplicate-member': {
    en: 'duplicate member ‘{name}’',
    zh: '成员“{name}”重复',
  },
  'sema.flexible-not-last': {
    en: 'a flexible array member must be at the end of the struct',
    zh: '柔性数组成员必须位于结构体末尾',
  },
  'sema.flexible-alone': {
    en: 'a flexible array member in a struct with no other named member',
    zh: '结构体中除柔性数组成员外没有其他具名成员',
  },
  'sema.declaration-declares-nothing': {
    en: 'this declaration does not declare anything',
    zh: '此声明没有声明任何东西',
  },
  'sema.enumerator-not-constant': {
    en: 'enumerator value is not an integer constant',
    zh: '枚举值不是整数常量',
  },
  'sema.wrong-kind-of-tag': {
    en: '‘{tag}’ was declared as another kind of tag (struct, union, enum)',
    zh: '标签“{tag}”先前声明为另一种（struct、union 或 enum）',
  },
  'sema.redefinition-of-tag': {
    en: 'redefinition of ‘{tag}’',
    zh: '“{tag}”重定义',
  },
  'sema.defined-here': {
    en: 'it is defined here',
    zh: '在此处定义',
  },
  'sema.redeclaration': {
    en: 'redeclaration of ‘{name}’',
    zh: '“{name}”重复声明',
  },
  'sema.redefinition': {
    en: 'redefinition of ‘{name}’',
    zh: '“{name}”重定义',
  },
  'sema.redefinition-of-parameter': {
    en: 'redefinition of parameter ‘{name}’',
    zh: '形参“{name}”重定义',
  },
  'sema.redeclared-differently': {
    en: '‘{name}’ redeclared as a different kind of symbol',
    zh: '“{name}”被重新声明为另一种符号',
  },
  'sema.conflicting-types': {
    en: 'conflicting types for ‘{name}’: ‘{type}’, but before it was ‘{earlier}’',
    zh: '“{name}”的类型冲突：此处是“{type}”，之前是“{earlier}”',
  },
  'sema.previous-declaration': {
    en: 'the previous declaration is here',
    zh: '之前的声明在此处',
  },
  'sema.previous-definition': {
    en: 'the previous definition is here',
    zh: '之前的定义在此处',
  },
  'sema.static-after-non-static': {
    en: 'static declaration of ‘{name}’ follows a non-static one',
    zh: '“{name}”先有非静态声明，此处却声明为静态',
  },
  'sema.non-static-after-static': {
    en: 'non-static declaration of ‘{name}’ follows a static one',
    zh: '“{name}”先有静态声明，此处却声明为非静态',
  },
  'sema.static-used-not-defined': {
    en: '‘{name}’ is used but never defined',
    zh: '“{name}”被使用但从未定义',
  },
  'sema.extern-initialized': {
    en: '‘{name}’ has both ‘extern’ and an initializer',
    zh: '“{name}”既有“extern”又有初始值',
  },
  'sema.initialized-vla': {
    en: 'a variable-sized object may not be initialized',
    zh: '大小可变的对象不能初始化',
  },
  'sema.initializer-not-constant': {
    en: 'the initializer element is not constant',
    zh: '初始值不是常量',
  },
  'sema.initializer-too-large': {
    en: 'this range of initializers is too large to be modelled: only its first element is set',
    zh: '初始值范围太大，无法模拟：只设置第一个元素',
  },
  'sema.array-initializer': {
    en: 'an array is initialized by something that is no list and no string',
    zh: '数组只能用花括号列表或字符串初始化',
  },
  'sema.string-too-long': {
    en: 'the initializer-string is too long for the array',
    zh: '初始化字符串对数组来说太长',
  },
  'sema.excess-in-array': {
    en: 'excess elements in array initializer',
    zh: '数组初始值中元素过多',
  },
  'sema.excess-in-struct': {
    en: 'excess elements in struct initializer',
    zh: '结构体初始值中元素过多',
  },
  'sema.excess-in-union': {
    en: 'excess elements in union initializer',
    zh: '联合体初始值中元素过多',
  },
  'sema.excess-in-scalar': {
    en: 'excess elements in scalar initializer',
    zh: '标量初始值中元素过多',
  },
  'sema.designator-not-constant': {
    en: 'the array index in the initializer is not a constant',
    zh: '初始值中的数组下标不是常量',
  },
  'sema.designator-out-of-bounds': {
    en: 'the array index in the initializer exceeds the array bounds',
    zh: '初始值中的数组下标越界',
  },
  'sema.empty-index-range': {
    en: 'empty index range in the initializer',
    zh: '初始值中的下标范围为空',
  },
  'sema.field-designator-in-non-record': {
    en: 'a member name in the initializer of something that is no struct or union',
    zh: '初始化的对象不是结构体或联合体，却用了成员名',
  },
  'sema.index-designator-in-non-array': {
    en: 'an array index in the initializer of something that is no array',
    zh: '初始化的对象不是数组，却用了下标',
  },
  'sema.initializer-not-modelled': {
    en: 'the value of this initializer is not modelled: the program does not start',
    zh: '尚未模拟此初始化的值：程序不会启动',
  },
  'sema.transparent-union': {
    en: 'passing an argument to a transparent union is not modelled: the program runs up to this call',
    zh: '尚未模拟向透明联合体传递实参：程序运行到此调用为止',
  },
  'sema.static-assert-failed': {
    en: 'static assertion failed',
    zh: '静态断言失败',
  },
  'sema.static-assert-failed-message': {
    en: 'static assertion failed: {message}',
    zh: '静态断言失败：{message}',
  },
  'sema.static-assert-not-constant': {
    en: 'the expression of a static assertion is not constant',
    zh: '静态断言的表达式不是常量',
  },
  'sema.break-outside': {
    en: '‘break’ outside of a loop or ‘switch’',
    zh: '“break”不在循环或“switch”内',
  },
  'sema.continue-outside': {
    en: '‘continue’ outside of a loop',
    zh: '“continue”不在循环内',
  },
  'sema.case-outside-switch': {
    en: '‘case’ outside of a ‘switch’',
    zh: '“case”不在“switch”内',
  },
  'sema.default-outside-switch': {
    en: '‘default’ outside of a ‘switch’',
    zh: '“default”不在“switch”内',
  },
  'sema.duplicate-default': {
    en: 'multiple ‘default’ labels in one ‘switch’',
    zh: '一个“switch”中有多个“default”',
  },
  'sema.duplicate-case': {
    en: 'duplicate case value {value}',
    zh: 'case 值 {value} 重复',
  },
  'sema.previously-used': {
    en: 'it was used here before',
    zh: '之前在此处用过',
  },
  'sema.case-not-constant': {
    en: 'the case label is not an integer constant',
    zh: 'case 标号不是整数常量',
  },
  'sema.empty-case-range': {
    en: 'empty case range',
    zh: 'case 范围为空',
  },
  'sema.switch-not-integer': {
    en: 'the ‘switch’ quantity is not an integer',
    zh: '“switch”的值不是整数',
  },
  'sema.duplicate-label': {
    en: 'duplicate label ‘{name}’',
    zh: '标号“{name}”重复',
  },
  'sema.undefined-label': {
    en: 'label ‘{name}’ is used but not defined',
    zh: '标号“{name}”被使用但未定义',
  },
  'sema.jump-into-variable-size': {
    en: 'jump into the scope of an identifier with variably modified type (an array of variable length, or a type made of one)',
    zh: '跳转进入了变长类型（可变修改类型）标识符的作用域',
  },
  'sema.jump-into-statement-expression': {
    en: 'jump into a statement expression',
    zh: '跳转进入了语句表达式',
  },
  'sema.switch-into-variable-size': {
    en: 'the ‘switch’ jumps into the scope of an identifier with variably modified type (an array of variable length, or a type made of one)',
    zh: '“switch”跳转进入了变长类型（可变修改类型）标识符的作用域',
  },
  'sema.switch-into-statement-expression': {
    en: 'the ‘switch’ jumps into a statement expression',
    zh: '“switch”跳转进入了语句表达式',
  },
  'sema.label-defined-here': {
    en: 'label ‘{name}’ is defined here',
    zh: '标号“{name}”在此定义',
  },
  'sema.switch-starts-here': {
    en: 'the ‘switch’ starts here',
    zh: '“switch”从这里开始',
  },
  'sema.label-outside-function': {
    en: 'label ‘{name}’ referenced outside of any function',
    zh: '在函数之外引用了标号“{name}”',
  },
  'sema.goto-not-pointer': {
    en: 'the target of a computed ‘goto’ is not a pointer',
    zh: '计算型“goto”的目标不是指针',
  },
  'sema.return-without-value': {
    en: '‘return’ with no value, in a function returning non-void',
    zh: '有返回值的函数中“return”没有给出值',
  },
  'sema.return-with-value': {
    en: '‘return’ with a value, in a function returning void',
    zh: '返回 void 的函数中“return”给出了值',
  },
  'sema.return-local-address': {
    en: 'function returns address of local variable: gcc returns a null pointer instead',
    zh: '函数返回局部变量的地址：gcc 改为返回空指针',
  },
  'sema.inline-assembly': {
    en: 'assembly code is not modelled: the program runs up to here',
    zh: '尚未模拟汇编代码：程序运行到此为止',
  },
  'sema.nested-function-missing': {
    en: 'the nested function ‘{name}’ is declared but never defined',
    zh: '嵌套函数“{name}”只有声明，没有定义',
  },
  'sema.nested-variable-size': {
    en: 'a nested function that needs the size of a variable length array around it is not modelled: the program runs up to here',
    zh: '尚未模拟嵌套函数使用外层变长数组的大小：程序运行到此为止',
  },
  'sema.knr-not-a-parameter': {
    en: 'declaration for parameter ‘{name}’, but there is no such parameter',
    zh: '声明了形参“{name}”，但形参列表中没有它',
  },
  'sema.knr-defaults-to-int': {
    en: 'type of ‘{name}’ defaults to ‘int’',
    zh: '“{name}”的类型默认为“int”',
  },
  'sema.variably-modified-linkage': {
    en: '‘{name}’ has a variably modified type: such objects have no linkage',
    zh: '“{name}”具有可变修改类型，这样的对象不能有链接',
  },
  'sema.file-scope-auto': {
    en: '‘{name}’ is declared outside of functions and cannot be ‘auto’',
    zh: '在函数之外声明的“{name}”不能用“auto”',
  },
  'sema.file-scope-register': {
    en: '‘register’ at file scope needs the name of a register for ‘{name}’',
    zh: '文件作用域的 register 变量“{name}”没有指定寄存器名',
  },
  'sema.typedef-initialized': {
    en: 'typedef ‘{name}’ is initialized (use ‘__typeof__’ instead)',
    zh: '“typedef {name}”被初始化（请改用“__typeof__”）',
  },
  'sema.extern-after-local': {
    en: 'extern declaration of ‘{name}’ follows a declaration with no linkage',
    zh: '“{name}”的 extern 声明出现在一个无链接的声明之后',
  },
  'sema.parameter-storage': {
    en: 'storage class specified for a parameter: only ‘register’ is possible',
    zh: '不能为形参指定存储类',
  },
  'sema.generic-same-type': {
    en: '‘_Generic’ specifies two compatible types',
    zh: '“_Generic”中有两个相容的类型',
  },
  'sema.generic-two-defaults': {
    en: 'duplicate ‘default’ case in ‘_Generic’',
    zh: '“_Generic”中有重复的“default”',
  },
  'sema.alignas-reduces': {
    en: '‘_Alignas’ cannot reduce the alignment of ‘{name}’',
    zh: '“_Alignas”不能减小“{name}”的对齐',
  },
  'sema.alignas-misplaced': {
    en: 'alignment specified for ‘{name}’, which cannot have one of its own',
    zh: '为“{name}”指定了对齐，但它不能有自己的对齐',
  },
  'sema.conflicting-implicit': {
    en: 'conflicting types for ‘{name}’: it returns ‘{type}’, but was taken to return ‘{earlier}’',
    zh: '与“{name}”的类型冲突：它返回“{type}”，但先前被当作返回“{earlier}”',
  },
  'sema.enumerator-overflow': { en: 'overflow in enumeration values', zh: '枚举值溢出' },
  'sema.flexible-automatic': {
    en: 'initialization of a flexible array member that is not static',
    zh: '初始化了非静态对象的柔性数组成员',
  },
  'sema.function-storage': {
    en: 'invalid storage class for function ‘{name}’',
    zh: '函数“{name}”的存储类无效',
  },
  'sema.thread-local-automatic': {
    en: '‘{name}’ is automatic: ‘_Thread_local’ needs ‘static’ or ‘extern’ beside it here',
    zh: '“{name}”是自动变量：此处的“_Thread_local”需要“static”或“extern”',
  },
  'sema.thread-local-mismatch': {
    en: 'declarations of ‘{name}’ disagree about ‘_Thread_local’',
    zh: '“{name}”的各个声明对“_Thread_local”的指定不一致',
  },
  'sema.atomic-type': {
    en: '‘_Atomic’ cannot qualify the type ‘{type}’',
    zh: '“_Atomic”不能限定类型“{type}”',
  },
  'sema.empty-scalar': { en: 'empty scalar initializer', zh: '标量的初始化列表为空' },
  'sema.va-start-in-fixed': {
    en: '‘va_start’ used in a function with fixed arguments',
    zh: '在参数固定的函数中使用了“va_start”',
  },
  'sema.empty-character': { en: 'empty character constant', zh: '空的字符常量' },
  'sema.escape-without-digits': {
    en: '\\x used with no following hex digits',
    zh: '\\x 后面没有十六进制数字',
  },
  'sema.short-universal-name': {
    en: 'incomplete universal character name ‘{text}’',
    zh: '不完整的通用字符名“{text}”',
  },
  'sema.invalid-universal-name': {
    en: '{text} is not a valid universal character',
    zh: '{text} 不是有效的通用字符',
  },
  'sema.mixed-string-prefixes': {
    en: 'string literals with different prefixes cannot be joined',
    zh: '前缀不同的字符串不能拼接',
  },
  'sema.lvalue-required-asm': {
    en: 'lvalue required in ‘asm’ statement',
    zh: '“asm”语句中需要左值',
  },
  'sema.decimal-floating': {
    en: 'decimal floating constants are not modelled',
    zh: '不支持十进制浮点常量',
  },
  'sema.assign-pointer-from-integer': {
    en: 'assignment to ‘{to}’ from ‘{from}’ makes pointer from integer without a cast',
    zh: '以“{from}”赋给“{to}”时未经强制转换就从整数得到指针',
  },
  'sema.assign-integer-from-pointer': {
    en: 'assignment to ‘{to}’ from ‘{from}’ makes integer from pointer without a cast',
    zh: '以“{from}”赋给“{to}”时未经强制转换就从指针得到整数',
  },
  'sema.assign-incompatible-pointer': {
    en: 'assignment to ‘{to}’ from the incompatible pointer type ‘{from}’',
    zh: '以“{from}”赋给“{to}”时指针类型不兼容',
  },
  'sema.assign-discards-qualifier': {
    en: 'assignment to ‘{to}’ from ‘{from}’ discards the ‘{qualifier}’ qualifier from the pointer target',
    zh: '以“{from}”赋给“{to}”时丢弃了指针目标的“{qualifier}”限定符',
  },
  'sema.assign-incompatible-types': {
    en: 'incompatible types: assignment to ‘{to}’ from ‘{from}’',
    zh: '以“{from}”赋给“{to}”时类型不兼容',
  },
  'sema.initialize-pointer-from-integer': {
    en: 'initialization of ‘{to}’ from ‘{from}’ makes pointer from integer without a cast',
    zh: '以“{from}”初始化“{to}”时未经强制转换就从整数得到指针',
  },
  'sema.initialize-integer-from-pointer': {
    en: 'initialization of ‘{to}’ from ‘{from}’ makes integer from pointer without a cast',
    zh: '以“{from}”初始化“{to}”时未经强制转换就从指针得到整数',
  },
  'sema.initialize-incompatible-pointer': {
    en: 'initialization of ‘{to}’ from the incompatible pointer type ‘{from}’',
    zh: '以“{from}”初始化“{to}”时指针类型不兼容',
  },
  'sema.initialize-discards-qualifier': {
    en: 'initialization of ‘{to}’ from ‘{from}’ discards the ‘{qualifier}’ qualifier from the pointer target',
    zh: '以“{from}”初始化“{to}”时丢弃了指针目标的“{qualifier}”限定符',
  },
  'sema.initialize-incompatible-types': {
    en: 'incompatible types: initialization of ‘{to}’ from ‘{from}’',
    zh: '以“{from}”初始化“{to}”时类型不兼容',
  },
  'sema.return-pointer-from-integer': {
    en: 'returning ‘{from}’ from a function with return type ‘{to}’ makes pointer from integer without a cast',
    zh: '在返回类型为“{to}”的函数中返回“{from}”时未经强制转换就从整数得到指针',
  },
  'sema.return-integer-from-pointer': {
    en: 'returning ‘{from}’ from a function with return type ‘{to}’ makes integer from pointer without a cast',
    zh: '在返回类型为“{to}”的函数中返回“{from}”时未经强制转换就从指针得到整数',
  },
  'sema.return-incompatible-pointer': {
    en: 'returning ‘{from}’ from a function with return type ‘{to}’: incompatible pointer types',
    zh: '在返回类型为“{to}”的函数中返回“{from}”时指针类型不兼容',
  },
  'sema.return-discards-qualifier': {
    en: 'returning ‘{from}’ from a function with return type ‘{to}’ discards the ‘{qualifier}’ qualifier from the pointer target',
    zh: '在返回类型为“{to}”的函数中返回“{from}”时丢弃了指针目标的“{qualifier}”限定符',
  },
  'sema.return-incompatible-types': {
    en: 'incompatible types when returning ‘{from}’ from a function with return type ‘{to}’',
    zh: '在返回类型为“{to}”的函数中返回“{from}”时类型不兼容',
  },
  'sema.argument-pointer-from-integer': {
    en: 'passing argument {index} of ‘{function}’ makes pointer from integer without a cast (‘{to}’ from ‘{from}’)',
    zh: '传递“{function}”的第 {index} 个实参时未经强制转换就从整数得到指针（需要“{to}”，给的是“{from}”）',
  },
  'sema.argument-integer-from-pointer': {
    en: 'passing argument {index} of ‘{function}’ makes integer from pointer without a cast (‘{to}’ from ‘{from}’)',
    zh: '传递“{function}”的第 {index} 个实参时未经强制转换就从指针得到整数（需要“{to}”，给的是“{from}”）',
  },
  'sema.argument-incompatible-pointer': {
    en: 'passing argument {index} of ‘{function}’ from the incompatible pointer type ‘{from}’, expected ‘{to}’',
    zh: '传递“{function}”的第 {index} 个实参时指针类型不兼容（需要“{to}”，给的是“{from}”）',
  },
  'sema.argument-discards-qualifier': {
    en: 'passing argument {index} of ‘{function}’ discards the ‘{qualifier}’ qualifier from the pointer target (‘{to}’ from ‘{from}’)',
    zh: '传递“{function}”的第 {index} 个实参时丢弃了指针目标的“{qualifier}”限定符（需要“{to}”，给的是“{from}”）',
  },
  'sema.argument-incompatible-types': {
    en: 'incompatible type for argument {index} of ‘{function}’: expected ‘{to}’, have ‘{from}’',
    zh: '传递“{function}”的第 {index} 个实参时类型不兼容（需要“{to}”，给的是“{from}”）',
  },
} as const satisfies TextTable;
