/** Texts of predictions: questions about a step, their answers, what is wrong with a set of questions. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const predictionTexts = {
  'prediction.noCall': {
    en: 'the program calls {name} {seen} times, there is no call number {nth}',
    zh: '程序调用 {name} {seen} 次，没有第 {nth} 次调用',
  },
  'prediction.noLine': {
    en: 'no line of the program contains “{code}”',
    zh: '程序中没有包含“{code}”的行',
  },
  'prediction.notReached': {
    en: 'the line with “{code}” is done {seen} times only',
    zh: '包含“{code}”的行只执行了 {seen} 次',
  },
  'prediction.noVariant': {
    en: 'the program cannot be run with {change}',
    zh: '程序无法以 {change} 运行',
  },
  'prediction.noCallHere': {
    en: 'what is shown here is not the end of a call',
    zh: '此处所示的不是一次调用的结束',
  },
  'prediction.noNumber': {
    en: 'the value of {expression} is not a whole number or an address',
    zh: '{expression} 的值不是整数或地址',
  },
  'prediction.notMapped': {
    en: '{expression} is an address that is not mapped here',
    zh: '{expression} 是此处未映射的地址',
  },
  'prediction.unknownAsk': {
    en: '“{ask}” cannot be asked: it is one of result, kernel, faults, destination, segment NAME, heap, value EXPRESSION, choice',
    zh: '无法询问“{ask}”：可用的是 result、kernel、faults、destination、segment 名称、heap、value 表达式、choice',
  },
  'prediction.unknownMoment': {
    en: '“{at}” names no moment: write start, end, before CODE, or a call such as malloc 2',
    zh: '“{at}”不是一个时刻：请写 start、end、before 代码，或 malloc 2 这样的调用',
  },
  'prediction.needsCall': {
    en: '“{ask}” is asked about a call: at must be one such as malloc 2',
    zh: '“{ask}”是关于一次调用的：at 必须是 malloc 2 这样的调用',
  },
  'prediction.notOfThisCall': {
    en: '“{ask}” cannot be asked about {name}',
    zh: '无法就 {name} 询问“{ask}”',
  },
  'prediction.noObject': {
    en: 'the program has no object or function called {name} with a place in memory',
    zh: '程序中没有名为 {name} 且在内存中有位置的对象或函数',
  },

  'prediction.set.noAsk': {
    en: 'the question has neither ask nor choices',
    zh: '该问题既没有 ask 也没有选项',
  },
  'prediction.set.noText': {
    en: 'the question has no text',
    zh: '该问题没有文字',
  },
  'prediction.set.fewChoices': {
    en: 'a question with choices needs at least two',
    zh: '带选项的问题至少需要两个选项',
  },
  'prediction.set.oneRight': {
    en: 'exactly one choice is marked as right, here {right} are',
    zh: '应恰好有一个选项标为正确，这里有 {right} 个',
  },
  'prediction.set.ownChoices': {
    en: '“{ask}” makes its choices itself: leave out those of the question, or leave out ask',
    zh: '“{ask}”会自己生成选项：请去掉问题中的选项，或去掉 ask',
  },
  'prediction.set.outside': {
    en: '“{text}” stands before the first question',
    zh: '“{text}”位于第一个问题之前',
  },
  'prediction.set.unknownField': {
    en: 'there is no field {name}',
    zh: '没有 {name} 这个字段',
  },
  'prediction.set.noJson': {
    en: 'the file is not JSON: {reason}',
    zh: '该文件不是 JSON：{reason}',
  },
  'prediction.set.wrongType': {
    en: '{path} must be of type {wanted}',
    zh: '{path} 的类型必须是 {wanted}',
  },
  'prediction.set.noSuchChoice': {
    en: 'correct must be the number of a choice, from 0 to {count}',
    zh: 'correct 必须是选项的序号，从 0 到 {count}',
  },

  'prediction.ask.result': { en: 'What will {call} return?', zh: '{call} 会返回什么？' },
  'prediction.ask.kernel': {
    en: 'What will {call} ask the kernel for?',
    zh: '{call} 会向内核请求什么？',
  },
  'prediction.ask.faults': {
    en: 'How many page faults will happen inside {call}?',
    zh: '{call} 内部会发生多少次缺页？',
  },
  'prediction.ask.destination': {
    en: 'Where will {call} put the chunk?',
    zh: '{call} 会把 chunk 放到哪里？',
  },
  'prediction.ask.cause': {
    en: 'Page fault: {call}. How will the kernel answer it?',
    zh: '缺页：{call}。内核会如何应答？',
  },
  'prediction.ask.segment': { en: 'Which segment does {name} live in?', zh: '{name} 位于哪个段？' },

  'prediction.kernel.nothing': { en: 'nothing: no system call', zh: '什么也不请求：没有系统调用' },
  'prediction.kernel.brk': { en: 'to move the program break (brk)', zh: '移动 program break（brk）' },
  'prediction.kernel.mmap': { en: 'for a new mapping (mmap)', zh: '一个新的映射（mmap）' },
  'prediction.kernel.munmap': { en: 'to take a mapping away (munmap)', zh: '解除一个映射（munmap）' },
  'prediction.kernel.mremap': { en: 'to resize a mapping (mremap)', zh: '调整映射的大小（mremap）' },
  'prediction.kernel.madvise': { en: 'to take page frames back (madvise)', zh: '收回页框（madvise）' },

  'prediction.to.tcache': {
    en: 'onto a list of the thread’s cache (tcache)',
    zh: '放入线程缓存（tcache）的链表',
  },
  'prediction.to.fastbin': { en: 'onto a fast bin', zh: '放入 fast bin' },
  'prediction.to.unsorted': {
    en: 'into the unsorted bin, joined with free neighbours',
    zh: '放入 unsorted bin，并与空闲的邻居合并',
  },
  'prediction.to.top': { en: 'into the top chunk', zh: '并入 top chunk' },
  'prediction.to.munmap': { en: 'back to the kernel, by munmap', zh: '用 munmap 归还内核' },

  'prediction.cause.demand-zero': { en: 'with a new page frame of zeros', zh: '给出一个全零的新页框' },
  'prediction.cause.huge-page': {
    en: 'with a huge page of zeros at once',
    zh: '一次给出一个全零的大页',
  },
  'prediction.cause.zero-page': {
    en: 'with the page of zeros that all share, read-only',
    zh: '映射所有进程共享的只读零页',
  },
  'prediction.cause.copy-on-write': { en: 'with a copy of its own', zh: '给出一份自己的副本' },
  'prediction.cause.file': { en: 'with a page of a file', zh: '映射文件的一页' },
  'prediction.cause.stack-growth': {
    en: 'by making the stack’s mapping larger first',
    zh: '先扩大栈的映射',
  },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayPrediction = textMaker<typeof predictionTexts>();
