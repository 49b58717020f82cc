/** Texts of hovers: labels and the facts about names that have no place in memory. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const editorTexts = {
  'editor.segment.text': { en: 'text segment', zh: '代码段' },
  'editor.segment.rodata': { en: 'read-only data', zh: '只读数据段' },
  'editor.segment.data': { en: 'data segment', zh: '数据段' },
  'editor.segment.bss': { en: 'BSS', zh: 'BSS 段' },
  'editor.segment.tls': { en: 'thread-local storage', zh: '线程局部存储' },
  'editor.segment.stack': { en: 'stack', zh: '栈' },
  'editor.segment.register': { en: 'register', zh: '寄存器' },
  'editor.segment.heap': { en: 'heap', zh: '堆' },
  'editor.segment.mmap': { en: 'mmap region', zh: 'mmap 区域' },
  'editor.segment.none': { en: 'no memory', zh: '不占内存' },
  'editor.label.size': { en: 'size', zh: '大小' },
  'editor.label.align': { en: 'alignment', zh: '对齐' },
  'editor.label.address': { en: 'address', zh: '地址' },
  'editor.label.section': { en: 'section', zh: '节' },
  'editor.label.storage': { en: 'storage duration', zh: '存储期' },
  'editor.label.linkage': { en: 'linkage', zh: '链接' },
  'editor.label.value': { en: 'value', zh: '值' },
  'editor.bytes': { en: '{bytes} bytes', zh: '{bytes} 字节' },
  'editor.byte': { en: '1 byte', zh: '1 字节' },
  'editor.sizeAtRunTime': { en: 'known only at run time', zh: '运行时才知道' },
  'editor.emittedAlign': { en: '{align} (gcc emits {emitted})', zh: '{align}（gcc 实际用 {emitted}）' },
  'editor.linkAddress': {
    en: '{addr:hex} in the file, {loaded:hex} at run time without address randomisation',
    zh: '文件内 {addr:hex}；关闭地址随机化时运行地址为 {loaded:hex}',
  },
  'editor.frameOffset': {
    en: 'rbp {sign} {bytes} in the frame of {name}',
    zh: '在 {name} 的栈帧中：rbp {sign} {bytes}',
  },
  'editor.frameSize': {
    en: 'stack frame of {bytes} bytes, besides return address and saved rbp',
    zh: '栈帧 {bytes} 字节（另有返回地址和保存的 rbp）',
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
    en: 'A typedef names a type; it occupies no memory. Objects of this type take {bytes} bytes.',
    zh: 'typedef 只是类型的名字，不占内存。该类型的对象占 {bytes} 字节。',
  },
  'editor.typedefIncomplete': {
    en: 'A typedef names a type; it occupies no memory.',
    zh: 'typedef 只是类型的名字，不占内存。',
  },
  'editor.record': {
    en: 'A type occupies no memory. An object of it takes {bytes} bytes, {padding} of them padding.',
    zh: '类型本身不占内存。一个对象占 {bytes} 字节，其中填充 {padding} 字节。',
  },
  'editor.recordIncomplete': {
    en: 'An incomplete type: its members are not known here.',
    zh: '不完整类型：此处不知道它的成员。',
  },
  'editor.enum': {
    en: 'A type occupies no memory. An object of it takes {bytes} bytes.',
    zh: '类型本身不占内存。一个对象占 {bytes} 字节。',
  },
  'editor.member': {
    en: 'Member of {record} at offset {offset}, size {bytes}.',
    zh: '{record} 中偏移 {offset} 处的成员，大小 {bytes} 字节。',
  },
  'editor.bitField': {
    en: 'Bit-field of {record}: bits {first} to {last}.',
    zh: '{record} 的位域：第 {first} 到 {last} 位。',
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
    en: 'A macro is replaced by the preprocessor; it occupies no memory by itself.',
    zh: '宏由预处理器替换，本身不占内存。',
  },
  'editor.library': {
    en: '‘{name}’ is a function of libc: its code is in the mapping of libc.so.6, and the call goes through the program’s PLT.',
    zh: '“{name}”是 libc 的函数：代码位于 libc.so.6 的映射中，调用经过程序的 PLT。',
  },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayEditor = textMaker(editorTexts);
