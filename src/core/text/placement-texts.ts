/**
 * Why things live where they live, and what would move them. One sentence or two that a student understands and an expert
 * can check: the rule, then its source.
 */
import type { TextTable } from './text.ts';

/** Texts of the placement. */
export const placementTexts = {
  'placement.bss-tentative': {
    en: '‘{name}’ has no initial value: it lives as long as the program (static storage duration, C17 6.2.4p3) and starts as zero (6.7.9p10), so gcc puts it into .bss, which has no bytes in the file: {bytes:bytes} saved.',
    zh: '“{name}”没有初始值：它具有静态存储期（C17 6.2.4p3），与程序同寿命，初值为零（6.7.9p10），所以 gcc 把它放进 .bss。.bss 在文件中不占字节：节省 {bytes} 字节。',
  },
  'placement.bss-static-local': {
    en: '‘{name}’ is a static local without an initial value: only its name is local, the object lives as long as the program (C17 6.2.4p3) and starts as zero (6.7.9p10). So it is in .bss, not on the stack: {bytes:bytes} saved in the file.',
    zh: '“{name}”是没有初始值的静态局部变量：只有名字是局部的，对象与程序同寿命（C17 6.2.4p3），初值为零（6.7.9p10）。所以它在 .bss，而不在栈上：文件中节省 {bytes} 字节。',
  },
  'placement.bss-zero': {
    en: 'Every byte of the initial value of ‘{name}’ is zero, which .bss gives for nothing: gcc leaves it out of the file ({bytes:bytes} saved; -fzero-initialized-in-bss, the default).',
    zh: '“{name}”的初始值每个字节都是零，而 .bss 本来就是零：gcc 不把它写进文件（节省 {bytes} 字节；-fzero-initialized-in-bss 是默认选项）。',
  },
  'placement.common': {
    en: '‘{name}’ is a tentative definition (C17 6.9.2p2) compiled with -fcommon: it is a COMMON symbol in the object file, and the linker merges those of one name and puts them into .bss ({bytes:bytes}, none in the file).',
    zh: '“{name}”是暂定定义（C17 6.9.2p2），并以 -fcommon 编译：在目标文件中它是 COMMON 符号，链接器合并同名者并放进 .bss（{bytes} 字节，文件中不占空间）。',
  },
  'placement.data': {
    en: '‘{name}’ can be changed and starts with a value that is not zero: it takes {bytes:bytes} of the file, mapped writable (.data).',
    zh: '“{name}”可以修改，且初始值不为零：它的 {bytes} 字节存放在文件中，并映射为可写（.data）。',
  },
  'placement.data-static-local': {
    en: '‘{name}’ is a static local with an initial value: only its name is local, the object lives as long as the program (C17 6.2.4p3). It takes {bytes:bytes} of the file, mapped writable (.data).',
    zh: '“{name}”是有初始值的静态局部变量：只有名字是局部的，对象与程序同寿命（C17 6.2.4p3）。它的 {bytes} 字节存放在文件中，并映射为可写（.data）。',
  },
  'placement.data-zero-kept': {
    en: 'The initial value of ‘{name}’ is zero, but -fno-zero-initialized-in-bss keeps explicit zeros in .data: {bytes:bytes} of the file.',
    zh: '“{name}”的初始值是零，但 -fno-zero-initialized-in-bss 让显式的零留在 .data：占文件 {bytes} 字节。',
  },
  'placement.data-volatile-const': {
    en: '‘{name}’ is const, but volatile too: something outside of the program may change it, so gcc keeps it in writable .data.',
    zh: '“{name}”是 const，但也是 volatile：程序之外的东西可能改变它，所以 gcc 把它放在可写的 .data。',
  },
  'placement.data-addresses': {
    en: '‘{name}’ can be changed and its initial value holds an address ({addresses} in all) of something in this file. Position-independent code knows such addresses only when the program is loaded: section .data.rel.local, linked into .data.',
    zh: '“{name}”可以修改，其初始值含有本文件中某物的地址（共 {addresses} 个）。位置无关代码要到装入时才知道这些地址：目标文件中为 .data.rel.local，链接后并入 .data。',
  },
  'placement.data-foreign-addresses': {
    en: '‘{name}’ can be changed and its initial value holds an address ({addresses} in all) of something that another file defines: section .data.rel, linked into .data; the dynamic loader fills the address in.',
    zh: '“{name}”可以修改，其初始值含有别的文件所定义之物的地址（共 {addresses} 个）：目标文件中为 .data.rel，链接后并入 .data；地址由动态装入器填写。',
  },
  'placement.rodata': {
    en: '‘{name}’ is const with a value known at compile time: it is in .rodata, mapped read-only and shared by all processes that run the program. Writing to it is undefined behaviour (C17 6.7.3p6) and ends with SIGSEGV here.',
    zh: '“{name}”是 const，其值在编译时已知：它在 .rodata，映射为只读，由运行该程序的所有进程共享。写它是未定义行为（C17 6.7.3p6），在这里以 SIGSEGV 结束。',
  },
  'placement.rodata-zero': {
    en: '‘{name}’ is const: it is in .rodata although it is all zero, since .bss is writable.',
    zh: '“{name}”是 const：虽然全为零，它仍在 .rodata，因为 .bss 是可写的。',
  },
  'placement.rodata-addresses': {
    en: '‘{name}’ is const and holds addresses ({addresses}). The program is not position-independent, so the linker knows them: plain .rodata.',
    zh: '“{name}”是 const，并含有地址（{addresses} 个）。程序不是位置无关的，链接器就知道这些地址：普通的 .rodata。',
  },
  'placement.rodata-never-written': {
    en: '‘{name}’ is not const, but no other file can see it and nothing in this one writes it: with optimisation gcc treats it as const, so it is in .rodata.',
    zh: '“{name}”不是 const，但别的文件看不到它，本文件也没有任何地方写它：开启优化时 gcc 把它当作 const，所以它在 .rodata。',
  },
  'placement.relro-never-written': {
    en: '‘{name}’ is not const, but no other file can see it and nothing in this one writes it: with optimisation gcc treats it as const. It holds addresses ({addresses}), which the loader writes once; then its pages are made read-only (RELRO).',
    zh: '“{name}”不是 const，但别的文件看不到它，本文件也没有任何地方写它：开启优化时 gcc 把它当作 const。它含有地址（{addresses} 个），由装入器写入一次，然后这些页变为只读（RELRO）。',
  },
  'placement.relro': {
    en: '‘{name}’ is const but holds addresses ({addresses}), which are known only when the program is loaded. So the loader must write it once: .data.rel.ro.local, and then its pages are made read-only (RELRO).',
    zh: '“{name}”是 const，但含有地址（{addresses} 个），这些地址要到装入时才知道。装入器必须写它一次：.data.rel.ro.local，然后这些页变为只读（RELRO）。',
  },
  'placement.relro-foreign': {
    en: '‘{name}’ is const but holds the address of something that another file or library defines. The loader writes it once (.data.rel.ro), and then its pages are made read-only (RELRO).',
    zh: '“{name}”是 const，但含有别的文件或库所定义之物的地址。装入器写它一次（.data.rel.ro），然后这些页变为只读（RELRO）。',
  },
  'placement.tdata': {
    en: '‘{name}’ is thread-local (C17 6.2.4p4) and starts with a value: .tdata is the pattern from which each thread gets its own copy.',
    zh: '“{name}”是线程局部的（C17 6.2.4p4）且有初始值：.tdata 是模板，每个线程都从它得到自己的副本。',
  },
  'placement.tbss': {
    en: '‘{name}’ is thread-local (C17 6.2.4p4) and starts as zero: .tbss has no bytes in the file, each thread gets {bytes:bytes} of its own, all zero.',
    zh: '“{name}”是线程局部的（C17 6.2.4p4）且初值为零：.tbss 在文件中不占字节，每个线程各得 {bytes} 个零字节。',
  },
  'placement.section-attribute': {
    en: '__attribute__((section("{section}"))) puts ‘{name}’ into the section {section}.',
    zh: '__attribute__((section("{section}"))) 把“{name}”放进 {section} 节。',
  },
  'placement.section-read-only': {
    en: '__attribute__((section("{section}"))) puts ‘{name}’ into the section {section}; the object is const, which decides whether that section is read-only.',
    zh: '__attribute__((section("{section}"))) 把“{name}”放进 {section} 节；该对象是 const，这决定该节是否只读。',
  },
  'placement.declared-only': {
    en: '‘{name}’ is only declared here (extern, C17 6.2.2): the object is in another file or library, and the linker finds it.',
    zh: '“{name}”在此只有声明（extern，C17 6.2.2）：对象在别的文件或库中，由链接器找到它。',
  },
  'placement.copy-relocation': {
    en: "‘{name}’ belongs to the C library, but this program refers to it directly: the linker reserves {bytes:bytes} for it in .bss, and the loader copies the library's object there (a copy relocation, R_X86_64_COPY or R_386_COPY). Program and library then both use this copy.",
    zh: '“{name}”属于 C 库，但本程序直接引用它：链接器在 .bss 中为它预留 {bytes} 字节，装入器把库中的对象复制到那里（复制重定位：R_X86_64_COPY 或 R_386_COPY）。之后程序和库都使用这份副本。',
  },
  'placement.block-extern': {
    en: 'extern inside a block only makes the name ‘{name}’ visible here: the object itself is declared at file scope or in another file (C17 6.2.2p4).',
    zh: '块内的 extern 只是让名字“{name}”在此可见：对象本身在文件作用域或别的文件中声明（C17 6.2.2p4）。',
  },
  'placement.no-code': {
    en: 'gcc emits nothing for ‘{name}’: the function that it belongs to has no code of its own.',
    zh: 'gcc 没有为“{name}”产生任何东西：它所属的函数没有自己的代码。',
  },
  'placement.inlined-local': {
    en: '‘{name}’ belongs to ‘{function}’, an always_inline function: gcc puts its code in place of each call, so the variable is in the stack frame of every caller and has no place of its own.',
    zh: '“{name}”属于 always_inline 函数“{function}”：gcc 用它的代码代替每次调用，所以该变量在每个调用者的栈帧里，没有自己单独的位置。',
  },
  'placement.dropped': {
    en: 'With optimisation gcc drops ‘{name}’: nothing refers to it, nothing reads it, or its value is known wherever it is read.',
    zh: '开启优化时 gcc 丢弃“{name}”：没有代码引用它，没有代码读它，或者每个读它的地方都已知道它的值。',
  },
  'placement.stack': {
    en: '‘{name}’ is a local variable (automatic storage duration, C17 6.2.4p5): it is in the stack frame of ‘{function}’ from the call to the return, and each call has one of its own.',
    zh: '“{name}”是局部变量（自动存储期，C17 6.2.4p5）：从调用到返回，它都在“{function}”的栈帧里，每次调用各有一个。',
  },
  'placement.stack-const': {
    en: '‘{name}’ is const, but a local variable all the same: it is in the stack frame of ‘{function}’, set anew by each call (C17 6.2.4p5). const only forbids the program text to change it.',
    zh: '“{name}”虽是 const，仍是局部变量：它在“{function}”的栈帧里，每次调用都重新设置（C17 6.2.4p5）。const 只是禁止程序文本修改它。',
  },
  'placement.stack-shared': {
    en: '‘{name}’ is a local variable that a nested function uses. gcc gathers what ‘{function}’ shares with the functions inside it in one object of its stack frame, FRAME; they get the address of that object with each call (the static chain), and find the variable in it.',
    zh: '“{name}”是被嵌套函数使用的局部变量。gcc 把“{function}”与其内部函数共享的东西集中到它栈帧里的一个对象 FRAME 中；每次调用时内部函数得到该对象的地址（静态链），从中找到这个变量。',
  },
  'placement.parameter-shared': {
    en: '‘{name}’ is a parameter that a nested function uses. At the start ‘{function}’ copies it into FRAME, the object of its stack frame that it shares with the functions inside it; from then on the copy is the variable.',
    zh: '“{name}”是被嵌套函数使用的形参。“{function}”一开始就把它复制到 FRAME，即栈帧里与内部函数共享的对象；此后该副本就是这个变量。',
  },
  'placement.constant-local': {
    en: '‘{name}’ is a const local with a value known at compile time, and nothing asks for its address. So gcc, even at -O0, makes one constant object of the whole program out of it instead of filling it in the stack frame of ‘{function}’ at each call: {bytes:bytes} in {section}.',
    zh: '“{name}”是 const 局部变量，其值在编译时已知，而且没有谁取它的地址。于是 gcc 即使在 -O0 下也把它做成整个程序的一个常量对象，而不在每次调用时到“{function}”的栈帧里填写：{section} 中的 {bytes} 字节。',
  },
  'placement.constant-literal': {
    en: 'A compound literal of const type inside a function has automatic storage (C17 6.5.2.5p5), but this one has a value known at compile time and nothing asks for its address. So gcc, even at -O0, makes one constant object of the whole program out of it: {bytes:bytes} in {section}.',
    zh: '函数里 const 类型的复合字面量具有自动存储期（C17 6.5.2.5p5），但这一个的值在编译时已知，而且没有谁取它的地址。于是 gcc 即使在 -O0 下也把它做成整个程序的一个常量对象：{section} 中的 {bytes} 字节。',
  },
  'placement.parameter': {
    en: '‘{name}’ is a parameter: a local variable of ‘{function}’ that starts with a copy of the argument (C17 6.5.2.2p4). At -O0 gcc stores it in the stack frame.',
    zh: '“{name}”是形参：“{function}”的局部变量，初值是实参的副本（C17 6.5.2.2p4）。在 -O0 下 gcc 把它存进栈帧。',
  },
  'placement.vla': {
    en: '‘{name}’ is an array of variable length (C17 6.7.6.2p4): its size is computed when the declaration is reached, and the stack pointer moves down by it. It is gone when its block ends (6.2.4p7).',
    zh: '“{name}”是变长数组（C17 6.7.6.2p4）：执行到声明时才计算大小，栈指针随之下移；所在的块结束时它就消失（6.2.4p7）。',
  },
  'placement.register': {
    en: '‘{name}’ is declared ‘register’ and its address is never taken: even at -O0 gcc keeps it in a processor register, and it has no address.',
    zh: '“{name}”声明为 register，且从未取地址：即使在 -O0 下 gcc 也把它放在处理器寄存器里，它没有地址。',
  },
  'placement.unused-register': {
    en: '‘{name}’ is declared ‘register’ and nothing uses it: gcc gives it neither a register nor a place in the stack frame.',
    zh: '“{name}”声明为 register，而且没有被使用：gcc 既不给它寄存器，也不在栈帧里给它位置。',
  },
  'placement.compound-literal': {
    en: 'A compound literal inside a function is an unnamed local object (C17 6.5.2.5p5): it is in the stack frame of ‘{function}’ until its block ends.',
    zh: '函数内的复合字面量是无名的局部对象（C17 6.5.2.5p5）：它在“{function}”的栈帧里，直到所在的块结束。',
  },
  'placement.function': {
    en: 'The machine code of ‘{name}’ is in {section}, mapped readable and executable, never writable.',
    zh: '“{name}”的机器码在 {section}，映射为可读、可执行，永远不可写。',
  },
  'placement.function-nested': {
    en: 'The machine code of the nested function ‘{name}’ is in {section} like that of any other; its symbol has a number, {name}.N. It finds the variables of ‘{enclosing}’ through an address that each call passes in r10 (i386: ecx). A pointer to it points to a trampoline, code that ‘{enclosing}’ writes into its own stack frame: therefore a program with such a pointer has an executable stack.',
    zh: '嵌套函数“{name}”的机器码与其他函数一样在 {section}；它的符号带编号：{name}.N。它通过每次调用时由 r10（i386：ecx）传来的地址找到“{enclosing}”的变量。指向它的指针指向一段跳板代码，由“{enclosing}”写在自己的栈帧里：所以有这种指针的程序，其栈是可执行的。',
  },
  'placement.function-nested-unused': {
    en: 'gcc emits no code for ‘{name}’: nothing that has code calls this nested function or takes its address.',
    zh: 'gcc 没有为“{name}”产生代码：有代码的部分都没有调用这个嵌套函数，也没有取它的地址。',
  },
  'placement.function-section': {
    en: '__attribute__((section("{section}"))) puts the code of ‘{name}’ into the section {section}.',
    zh: '__attribute__((section("{section}"))) 把“{name}”的代码放进 {section} 节。',
  },
  'placement.function-declared': {
    en: '‘{name}’ is only declared here: its code is in another file or library.',
    zh: '“{name}”在此只有声明：代码在别的文件或库中。',
  },
  'placement.function-intrinsic': {
    en: '‘{name}’ is an intrinsic: gcc puts the instructions themselves in place of each call, so there is no function and no symbol.',
    zh: '“{name}”是内建指令函数（intrinsic）：gcc 用指令本身代替每次调用，所以没有这个函数，也没有符号。',
  },
  'placement.function-inline-only': {
    en: '‘{name}’ is an inline definition that is not external (C17 6.7.4p7): gcc -O0 emits no code for it, calls go to an external definition elsewhere.',
    zh: '“{name}”是非外部的内联定义（C17 6.7.4p7）：gcc -O0 不为它产生代码，调用会转到别处的外部定义。',
  },
  'placement.function-always-inline': {
    en: '‘{name}’ is always_inline: gcc puts its code in place of each call, even at -O0, so it has no code of its own.',
    zh: '“{name}”是 always_inline 函数：即使在 -O0 下 gcc 也用它的代码代替每次调用，所以它没有自己单独的代码。',
  },
  'placement.function-unused': {
    en: 'gcc emits no code for ‘{name}’: no other file can see it (static), and nothing that has code calls it or takes its address.',
    zh: 'gcc 没有为“{name}”产生代码：别的文件看不到它（static），而有代码的部分既不调用它，也不取它的地址。',
  },
  'placement.literal': {
    en: 'A string literal is an array of static storage duration (C17 6.4.5p6). gcc puts it into .rodata, {bytes:bytes} with the terminating NUL; equal literals of the file share one copy. Writing to it is undefined behaviour (6.4.5p7) and ends with SIGSEGV here.',
    zh: '字符串字面量是静态存储期的数组（C17 6.4.5p6）。gcc 把它的 {bytes} 字节（含结尾的 NUL）放进 .rodata；文件内相同的字面量共用一份。写它是未定义行为（6.4.5p7），在这里以 SIGSEGV 结束。',
  },
  'placement.literal-merged': {
    en: 'A string literal is an array of static storage duration (C17 6.4.5p6). With optimisation its content ({bytes:bytes}) goes to a section whose strings the linker merges, equal tails included; in the program it is in .rodata.',
    zh: '字符串字面量是静态存储期的数组（C17 6.4.5p6）。开启优化时它的 {bytes} 字节进入由链接器合并字符串（包括相同的尾部）的节；在程序中它位于 .rodata。',
  },
  'placement.literal-rewritten': {
    en: 'gcc turns this printf into puts, which adds the newline itself: the constant in .rodata lacks the final ‘\\n’.',
    zh: 'gcc 把这个 printf 变成 puts，而 puts 会自己加上换行：.rodata 中的常量没有结尾的“\\n”。',
  },
  'placement.literal-in-object': {
    en: 'This literal is no object of its own: it is the initial value of ‘{name}’ and its bytes are there (C17 6.7.9p14).',
    zh: '这个字面量本身不是对象：它是“{name}”的初始值，字节就在那里（C17 6.7.9p14）。',
  },
  'placement.literal-unevaluated': {
    en: 'This literal is only looked at by the compiler (sizeof, an attribute, an assertion): no bytes of it exist in the program.',
    zh: '这个字面量只供编译器查看（sizeof、属性或断言）：程序中没有它的任何字节。',
  },
  'placement.literal-immediate': {
    en: 'The bytes of this literal are stored into the local array by the instructions themselves: no constant of it exists.',
    zh: '这个字面量的字节由指令本身存入局部数组：不存在它的常量。',
  },
  'placement.literal-dead-code': {
    en: 'The code that uses this literal is never emitted (a branch that cannot be reached, or a value known at compile time): no bytes of it exist.',
    zh: '使用这个字面量的代码不会产生（不可到达的分支，或编译时已知的值）：不存在它的字节。',
  },
  'placement.literal-rewritten-call': {
    en: 'gcc turns this call into another one that needs no such string (printf to putchar, strcpy to plain stores …): no bytes of it exist.',
    zh: 'gcc 把这个调用变成不需要该字符串的调用（printf 变为 putchar，strcpy 变为直接存储等）：不存在它的字节。',
  },
  'placement.move-bss': {
    en: 'An initial value that is not zero moves it to .data, ‘const’ to .rodata.',
    zh: '给它非零的初始值，它就移到 .data；加上 const，就移到 .rodata。',
  },
  'placement.move-bss-zero': {
    en: 'A value that is not zero moves it to .data, ‘const’ to .rodata.',
    zh: '初始值不为零，它就移到 .data；加上 const，就移到 .rodata。',
  },
  'placement.move-bss-volatile': {
    en: 'An initial value that is not zero moves it to .data, and so does ‘const’: what is volatile is never in .rodata.',
    zh: '给它非零的初始值，或加上 const，它都移到 .data：volatile 的对象不会在 .rodata。',
  },
  'placement.move-common': {
    en: 'An initial value, ‘static’ or -fno-common (the default since gcc 10) makes it an object of .data or .bss of this file.',
    zh: '加上初始值、static 或 -fno-common（gcc 10 起的默认选项），它就成为本文件 .data 或 .bss 中的对象。',
  },
  'placement.move-data': {
    en: '‘const’ moves it to .rodata, the initial value zero to .bss.',
    zh: '加上 const，它就移到 .rodata；初始值改为零，就移到 .bss。',
  },
  'placement.move-data-volatile': {
    en: 'The initial value zero moves it to .bss; ‘const’ leaves it here, for it is volatile.',
    zh: '初始值改为零，它就移到 .bss；加上 const 仍在这里，因为它是 volatile。',
  },
  'placement.move-copy-relocation': {
    en: 'Compiled with -fPIC, or on i386 as PIE, the program reaches it through the GOT and it stays in the library.',
    zh: '用 -fPIC 编译（或在 i386 上编译为 PIE），程序会通过 GOT 访问它，它就留在库里。',
  },
  'placement.move-data-zero-kept': {
    en: 'Without -fno-zero-initialized-in-bss it is in .bss.',
    zh: '去掉 -fno-zero-initialized-in-bss，它就在 .bss。',
  },
  'placement.move-data-volatile-const': {
    en: 'Without ‘volatile’ it is in .rodata.',
    zh: '去掉 volatile，它就在 .rodata。',
  },
  'placement.move-data-addresses': {
    en: '‘const’ on the object itself moves it to .data.rel.ro (read-only after loading), a null pointer to .bss.',
    zh: '对象本身加上 const，它就移到 .data.rel.ro（装入后只读）；改为空指针，就移到 .bss。',
  },
  'placement.move-constant-local': {
    en: 'Without ‘const’, or once something needs its address (‘&’, an index that is not constant, passing the array on), it is in the stack frame and set anew by each call.',
    zh: '去掉 const，或者一旦有谁需要它的地址（&、非常量下标、把数组传出去），它就在栈帧里，每次调用都重新设置。',
  },
  'placement.move-rodata': {
    en: 'Without ‘const’ it is in .data, or in .bss when it is all zero.',
    zh: '去掉 const，它就在 .data；若全为零，则在 .bss。',
  },
  'placement.move-rodata-addresses': {
    en: 'With -fPIE, the default, it is in .data.rel.ro.',
    zh: '使用默认的 -fPIE，它就在 .data.rel.ro。',
  },
  'placement.move-never-written': {
    en: 'Once something writes it, without ‘static’, or at -O0, it is in .data, or in .bss when it is all zero.',
    zh: '一旦有代码写它、去掉 static，或在 -O0 下，它就在 .data；若全为零，则在 .bss。',
  },
  'placement.move-relro': {
    en: 'Compiled with -fno-pie, or without addresses in it, it is in .rodata; without ‘const’ in .data.',
    zh: '用 -fno-pie 编译，或其中没有地址，它就在 .rodata；去掉 const，就在 .data。',
  },
  'placement.move-thread': {
    en: 'Without _Thread_local it is one object for all threads, in .data, .bss or .rodata.',
    zh: '去掉 _Thread_local，它就是所有线程共用的一个对象，位于 .data、.bss 或 .rodata。',
  },
  'placement.move-section-attribute': {
    en: 'Without the attribute gcc chooses .data, .bss or .rodata by its value.',
    zh: '去掉该属性，gcc 会按其值选择 .data、.bss 或 .rodata。',
  },
  'placement.move-declared-only': {
    en: 'A definition without ‘extern’ makes the object in this file.',
    zh: '不带 extern 的定义会在本文件中产生该对象。',
  },
  'placement.move-stack': {
    en: '‘static’ moves it to .data, .bss or .rodata: one object for all calls, alive until the program ends. Its initial value must then be a constant.',
    zh: '加上 static，它就移到 .data、.bss 或 .rodata：所有调用共用一个，直到程序结束。这时初始值必须是常量。',
  },
  'placement.move-parameter': {
    en: 'With optimisation a parameter usually stays in the register that it was passed in.',
    zh: '开启优化时，形参通常留在传递它的寄存器里。',
  },
  'placement.move-vla': {
    en: 'A constant size makes it an ordinary array of the frame; malloc puts it on the heap.',
    zh: '大小改为常量，它就是栈帧里的普通数组；用 malloc 则放到堆上。',
  },
  'placement.move-register': {
    en: 'Without ‘register’ it is in the stack frame at -O0.',
    zh: '去掉 register，它在 -O0 下就位于栈帧。',
  },
  'placement.move-compound-literal': {
    en: 'At file scope it has static storage duration and is in .data, .bss or .rodata.',
    zh: '在文件作用域它具有静态存储期，位于 .data、.bss 或 .rodata。',
  },
  'placement.move-function': {
    en: '__attribute__((section("name"))) puts it elsewhere.',
    zh: '__attribute__((section("name"))) 可以把它放到别处。',
  },
  'placement.move-literal': {
    en: 'As initial value of an array (char s[] = "…") the bytes belong to that array and can be changed.',
    zh: '作为数组的初始值（char s[] = "…"），这些字节就属于该数组，可以修改。',
  },
  'placement.move-literal-rewritten': {
    en: 'When the result of printf is used, gcc keeps the call and the whole literal.',
    zh: '若使用了 printf 的返回值，gcc 就保留该调用和完整的字面量。',
  },
} as const satisfies TextTable;
