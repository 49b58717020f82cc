/** Texts of hovers: labels and the facts about names that have no place in memory. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const editorTexts = {
  'editor.label.size': { en: 'size', zh: '大小' },
  'editor.label.align': { en: 'alignment', zh: '对齐' },
  'editor.label.address': { en: 'address', zh: '地址' },
  'editor.label.section': { en: 'section', zh: '节' },
  'editor.label.storage': { en: 'storage duration', zh: '存储期' },
  'editor.label.linkage': { en: 'linkage', zh: '链接' },
  'editor.label.value': { en: 'value', zh: '值' },
  'editor.bytes': { en: '{bytes:bytes}', zh: '{bytes} 字节' },
  'editor.byte': { en: '1 byte', zh: '1 字节' },
  'editor.sizeAtRunTime': { en: 'known only at run time', zh: '运行时才知道' },
  'editor.emittedAlign': {
    en: '{align} (gcc emits {emitted})',
    zh: '{align}（gcc 实际用 {emitted}）',
  },
  'editor.linkAddress': {
    en: '{addr:hex} in the file, {loaded:hex} at run time without address randomisation',
    zh: '文件内 {addr:hex}；关闭地址随机化时运行地址为 {loaded:hex}',
  },
  'editor.frameOffset': {
    en: '{register} {sign} {bytes} in the frame of {name}',
    zh: '在 {name} 的栈帧中：{register} {sign} {bytes}',
  },
  'editor.frameSize': {
    en: '{bytes:bytes} below {register}, besides the return address and the saved {register}',
    zh: '{register} 之下 {bytes} 字节（另有返回地址和保存的 {register}）',
  },
  'editor.label.frame': { en: 'stack frame', zh: '栈帧' },
  'editor.storage.static': { en: 'static', zh: '静态' },
  'editor.storage.thread': { en: 'thread', zh: '线程' },
  'editor.storage.automatic': { en: 'automatic', zh: '自动' },
  'editor.storage.declared-only': { en: 'defined elsewhere', zh: '在别处定义' },
  'editor.storage.none-emitted': { en: 'not emitted', zh: '未生成' },
  'editor.linkage.external': { en: 'external', zh: '外部' },
  'editor.linkage.internal': { en: 'internal', zh: '内部' },
  'editor.linkage.none': { en: 'none', zh: '无' },
  'editor.enumerator': {
    en: 'An enumeration constant is a value in the instructions; it occupies no memory.',
    zh: '枚举常量是指令中的一个值，不占内存。',
  },
  'editor.typedef': {
    en: 'A typedef is a name for a type; it occupies no memory.',
    zh: 'typedef 只是类型的名字，不占内存。',
  },
  'editor.record': {
    en: 'A type occupies no memory; each object of it does.',
    zh: '类型本身不占内存，占内存的是它的每个对象。',
  },
  'editor.recordIncomplete': {
    en: 'An incomplete type: its members are not known here.',
    zh: '不完整类型：此处不知道它的成员。',
  },
  'editor.enum': {
    en: 'A type occupies no memory; each object of it does.',
    zh: '类型本身不占内存，占内存的是它的每个对象。',
  },
  'editor.member': {
    en: 'Member of {record} at offset {offset}: it lies inside of each object of that type.',
    zh: '{record} 中偏移 {offset} 处的成员：位于该类型的每个对象之内。',
  },
  'editor.bitField': {
    en: 'Bit-field of {record}, bits {first} to {last}: it has no address of its own (C17 6.5.3.2p1).',
    zh: '{record} 的位域，第 {first} 到 {last} 位：它没有自己的地址（C17 6.5.3.2p1）。',
  },
  'editor.label.padding': { en: 'layout', zh: '布局' },
  'editor.layoutTotals': {
    en: 'total: size {bytes}, alignment {align}, padding {padding}',
    zh: '合计：大小 {bytes}，对齐 {align}，填充 {padding}',
  },
  'editor.betterOrder': {
    en: 'In the order {names} it takes {size} bytes: {saved} fewer.',
    zh: '按 {names} 的顺序只占 {size} 字节：少 {saved} 字节。',
  },
  'editor.macro': {
    en: 'A macro: the preprocessor replaces the name by its text before the compiler sees it. It occupies no memory by itself.',
    zh: '宏：在编译器看到之前，预处理器就用其文本替换了名字。它本身不占内存。',
  },
  'editor.library': {
    en: '‘{name}’ is a function of libc: its code is in the mapping of libc.so.6, and the call goes through the program’s PLT.',
    zh: '“{name}”是 libc 的函数：代码位于 libc.so.6 的映射中，调用经过程序的 PLT。',
  },
  'editor.fixedAddress': {
    en: '{addr:hex}, the same in each run',
    zh: '{addr:hex}，每次运行都相同',
  },
  'editor.threadOffset': {
    en: '{bytes:bytes} below the thread pointer (fs:0 on x86-64, gs:0 on i386); each thread has one of its own',
    zh: '线程指针（x86-64 为 fs:0，i386 为 gs:0）之下 {bytes} 字节；每个线程各有一份',
  },
  'editor.frameNotModelled': {
    en: 'in the frame of {name}; gcc computes or realigns this frame in a way that is not modelled, so no offset is given',
    zh: '在 {name} 的栈帧中；gcc 计算或重新对齐该栈帧的方式未建模，因此不给出偏移',
  },
  'editor.frameRedZone': {
    en: '{bytes:bytes} below {register}; the function calls nothing, so part of them lies in the red zone below rsp',
    zh: '{register} 之下 {bytes} 字节；该函数不调用其他函数，所以其中一部分位于 rsp 之下的红区（red zone）',
  },
  'editor.label.inFile': {
    en: 'in the file',
    zh: '在文件中',
  },
  'editor.inFile.none': {
    en: 'nothing: the file only says how many bytes; they appear as zeros when the program is loaded',
    zh: '不占空间：文件只记录大小，装入时以零出现',
  },
  'editor.label.afterLoading': {
    en: 'after loading',
    zh: '装入后',
  },
  'editor.relro': {
    en: 'the loader writes the addresses, then makes the page read-only (PT_GNU_RELRO)',
    zh: '装入器写入地址，然后把所在的页设为只读（PT_GNU_RELRO）',
  },
  'editor.label.passedIn': {
    en: 'passed in',
    zh: '传入方式',
  },
  'editor.passedInteger': {
    en: '{registers} (class INTEGER); gcc -O0 then stores it in the frame',
    zh: '{registers}（INTEGER 类）；gcc -O0 随后存入栈帧',
  },
  'editor.passedSse': {
    en: '{registers} (class SSE); gcc -O0 then stores it in the frame',
    zh: '{registers}（SSE 类）；gcc -O0 随后存入栈帧',
  },
  'editor.passedMixed': {
    en: '{registers} (classes INTEGER and SSE); gcc -O0 then stores it in the frame',
    zh: '{registers}（INTEGER 类和 SSE 类）；gcc -O0 随后存入栈帧',
  },
  'editor.passedOnStack': {
    en: 'the stack: the caller leaves it at {register} + {bytes}',
    zh: '栈：由调用者放在 {register} + {bytes} 处',
  },
  'editor.label.pointsTo': {
    en: 'may point to',
    zh: '可能指向',
  },
  'editor.points.null': {
    en: 'nothing (null pointer)',
    zh: '空（空指针）',
  },
  'editor.points.unknown': {
    en: 'something that is not known here',
    zh: '此处无法得知的东西',
  },
  'editor.points.object': {
    en: '‘{name}’ ({segment})',
    zh: '“{name}”（{segment}）',
  },
  'editor.points.objectOf': {
    en: '‘{name}’ ({segment}, {bytes:bytes})',
    zh: '“{name}”（{segment}，{bytes} 字节）',
  },
  'editor.points.literal.stack': {
    en: 'a compound literal in the stack frame',
    zh: '栈帧中的复合字面量',
  },
  'editor.points.literal.static': {
    en: 'a compound literal of static storage duration',
    zh: '静态存储期的复合字面量',
  },
  'editor.points.string': {
    en: 'a string literal (.rodata, {bytes:bytes} with the NUL)',
    zh: '字符串字面量（.rodata，连同 NUL 共 {bytes} 字节）',
  },
  'editor.points.function': {
    en: 'the code of ‘{name}’',
    zh: '“{name}”的代码',
  },
  'editor.points.alloca': {
    en: 'the stack frame (alloca)',
    zh: '栈帧（alloca）',
  },
  'editor.points.mmap': {
    en: 'a mapping of its own ({by})',
    zh: '单独的映射（{by}）',
  },
  'editor.points.mmapOf': {
    en: 'a mapping of its own ({by}, {bytes:bytes})',
    zh: '单独的映射（{by}，{bytes} 字节）',
  },
  'editor.points.heap': {
    en: 'memory from {by}: the brk heap, or a mapping of its own when it is large',
    zh: '{by} 得到的内存：brk 堆；较大时为单独的映射',
  },
  'editor.points.heapOf': {
    en: '{bytes:bytes} from {by}: brk heap',
    zh: '{by} 得到的 {bytes} 字节：brk 堆',
  },
  'editor.points.heapMapped': {
    en: '{bytes:bytes} from {by}: mmap region, at or above the threshold of 128 KiB (brk heap once a free has raised the threshold)',
    zh: '{by} 得到的 {bytes} 字节：mmap 区域，达到 128 KiB 阈值（若先前的 free 提高了阈值，则在 brk 堆）',
  },
  'editor.points.reallocOf': {
    en: '{bytes:bytes} from {by}: brk heap; a block that had a mapping of its own keeps it',
    zh: '{by} 得到的 {bytes} 字节：brk 堆；原来有单独映射的块仍留在其映射中',
  },
  'editor.label.request': {
    en: 'request',
    zh: '请求',
  },
  'editor.label.chunk': {
    en: 'chunk',
    zh: 'chunk',
  },
  'editor.label.from': {
    en: 'comes from',
    zh: '来源',
  },
  'editor.label.freed': {
    en: 'when freed',
    zh: '释放时',
  },
  'editor.request.unknown': {
    en: 'size known only at run time',
    zh: '大小在运行时才知道',
  },
  'editor.request.refused': {
    en: 'too large: malloc returns a null pointer (ENOMEM)',
    zh: '过大：malloc 返回空指针（ENOMEM）',
  },
  'editor.chunk': {
    en: '{bytes} ({hex}) bytes with its header, {usable} of them usable',
    zh: '连同头部 {bytes}（{hex}）字节，其中可用 {usable}',
  },
  'editor.from.heap': {
    en: 'the brk heap: bins or the top chunk',
    zh: 'brk 堆：bin 或 top chunk',
  },
  'editor.from.heapOrMapping': {
    en: 'the brk heap: the old block, bins or the top chunk; a block that had a mapping of its own keeps it',
    zh: 'brk 堆：原来的块、bin 或 top chunk；原来有单独映射的块仍留在其映射中',
  },
  'editor.from.mmap': {
    en: 'a mapping of its own, {bytes:bytes} ({pages} pages): the request reaches the threshold of 128 KiB, unless a free chunk is large enough or an earlier free has raised the threshold',
    zh: '单独的映射，{bytes} 字节（{pages} 页）：请求达到 128 KiB 阈值；除非有足够大的空闲 chunk，或先前的 free 提高了阈值',
  },
  'editor.freed.tcache': {
    en: 'into the tcache bin of {bytes}-byte chunks, while that has fewer than 7',
    zh: '进入 {bytes} 字节 chunk 的 tcache bin（未满 7 个时）',
  },
  'editor.freed.unsorted': {
    en: 'merged with free neighbours, into the unsorted bin or top',
    zh: '与相邻的空闲 chunk 合并，进入 unsorted bin 或 top',
  },
  'editor.freed.munmap': {
    en: 'unmapped at once: later accesses end with SIGSEGV',
    zh: '立即解除映射：之后的访问以 SIGSEGV 结束',
  },
  'editor.label.O2': {
    en: 'with -O2',
    zh: '开启 -O2 时',
  },
  'editor.O2.literal': {
    en: 'may be merged with equal literals and with equal tails of others',
    zh: '可能与相同的字面量、以及其他字面量的相同尾部合并',
  },
  'editor.O2.staticFunction': {
    en: 'may be inlined everywhere and removed',
    zh: '可能全部被内联，自身被删除',
  },
  'editor.O2.function': {
    en: 'calls in this file may be inlined; the code stays for other files',
    zh: '本文件中的调用可能被内联；代码为其他文件保留',
  },
  'editor.O2.volatile': {
    en: 'stays in memory: it is volatile, each access is made as written',
    zh: '仍在内存中：它是 volatile，每次访问都按书写执行',
  },
  'editor.O2.unused': {
    en: 'is removed: nothing uses it',
    zh: '被删除：没有代码使用它',
  },
  'editor.O2.scalar': {
    en: 'may live in a register, or vanish; then it has no address',
    zh: '可能放在寄存器中或完全消失，此时没有地址',
  },
  'editor.O2.addressTaken': {
    en: 'stays in memory where its address is really used; else it may live in a register',
    zh: '真正用到地址时仍在内存中；否则可能放在寄存器中',
  },
  'editor.O2.aggregate': {
    en: 'may be split into parts that live in registers',
    zh: '可能被拆开，各部分放在寄存器中',
  },
  'editor.O2.dropped': {
    en: 'is removed: nothing refers to it',
    zh: '被删除：没有任何引用',
  },
  'editor.O2.static': {
    en: 'may be replaced by its value and removed, if nothing in this file changes it',
    zh: '若本文件中没有代码修改它，可能被其值取代并删除',
  },
  'editor.label.better': {
    en: 'better order',
    zh: '更好的顺序',
  },
  'editor.label.type': {
    en: 'type',
    zh: '类型',
  },
  'editor.label.expansion': {
    en: 'becomes',
    zh: '展开为',
  },
  'editor.label.defined': {
    en: 'defined in',
    zh: '定义于',
  },
  'editor.definedAt': {
    en: '{file}, line {line}',
    zh: '{file} 第 {line} 行',
  },
  'editor.macroTest': {
    en: 'A macro that is only asked about here: nothing of it reaches the compiler.',
    zh: '此处只是询问宏是否定义：没有任何内容到达编译器。',
  },
  'editor.macroPredefined': {
    en: 'A macro of the compiler itself (gcc 12). It occupies no memory by itself.',
    zh: '编译器自带的宏（gcc 12）。它本身不占内存。',
  },
  'editor.integer': {
    en: 'An integer constant is no object and has no address: gcc writes the value into the instructions that use it, or computes with it at compile time.',
    zh: '整数常量不是对象，没有地址：gcc 把它的值写进使用它的指令，或在编译时用它计算。',
  },
  'editor.integerStatic': {
    en: 'An integer constant outside of functions is used at compile time: as part of an initial value, a type or another constant. It has no address of its own.',
    zh: '函数之外的整数常量在编译时使用：作为初始值、类型或其他常量的一部分。它没有自己的地址。',
  },
  'editor.floating': {
    en: 'x86 instructions hold no floating value. gcc puts it into .rodata, once for equal ones, and loads it from there; zero is made by an instruction, and what is computed at compile time leaves nothing.',
    zh: 'x86 指令中不能写浮点值。gcc 把它放进 .rodata（相同的只放一份），使用时从那里读取；零由指令产生，编译时算出的值不留下任何东西。',
  },
  'editor.floatingStatic': {
    en: 'A floating constant outside of functions is part of an initial value: its bytes are in that object.',
    zh: '函数之外的浮点常量是初始值的一部分：它的字节就在那个对象中。',
  },
  'editor.sizeof': {
    en: 'sizeof and _Alignof are computed at compile time (C17 6.5.3.4): the operand is not evaluated, and the value is a number in the instructions.',
    zh: 'sizeof 和 _Alignof 在编译时算出（C17 6.5.3.4）：操作数不被求值，结果是指令中的一个数。',
  },
  'editor.sizeofVla': {
    en: 'The operand has a variable length: its size is computed when this place is reached (C17 6.5.3.4p2).',
    zh: '操作数是变长的：执行到此处时才计算它的大小（C17 6.5.3.4p2）。',
  },
  'editor.label.object': {
    en: 'part of',
    zh: '属于',
  },
  'editor.label.through': {
    en: 'through',
    zh: '经由',
  },
  'editor.memberAddress': {
    en: '‘{name}’, {addr:hex} in the file, {loaded:hex} at run time without address randomisation',
    zh: '“{name}”：文件内 {addr:hex}；关闭地址随机化时运行地址为 {loaded:hex}',
  },
  'editor.memberFixed': {
    en: '‘{name}’, {addr:hex}',
    zh: '“{name}”：{addr:hex}',
  },
  'editor.memberFrame': {
    en: '‘{name}’, {register} {sign} {bytes} in the frame of {function}',
    zh: '“{name}”：在 {function} 的栈帧中，{register} {sign} {bytes}',
  },
  'editor.memberOf': {
    en: '‘{name}’',
    zh: '“{name}”',
  },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayEditor = textMaker<typeof editorTexts>();
