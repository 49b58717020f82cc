/** What people call the segments, apart from other texts: these are all that the editor's own thread says of them. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const segmentTexts = {
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
} as const satisfies TextTable;

/** Makes a text of this area. */
export const saySegment = textMaker<typeof segmentTexts>();
