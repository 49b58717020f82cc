/**
 * Words of the view *Lessons*, in two languages. Lessons and questions come rendered from the session.
 */
import type { Language } from '../src/protocol/messages.ts';

const english = {
  title: 'Lessons',
  list: 'All lessons',
  done: 'done',
  page: (page: number, pages: number): string => `Page ${String(page)} of ${String(pages)}`,
  question: (index: number, count: number): string => `Question ${String(index)} of ${String(count)}`,
  predict: 'Predict',
  choices: 'Your prediction',
  number: 'Your prediction: a number, decimal or 0x…',
  address: 'Your prediction: an address, 0x…',
  bytes: 'Your prediction: bytes, as 4096 or 4 KiB',
  check: 'Check',
  unreadable: 'This is not a number.',
  right: 'Right.',
  wrong: 'Not so.',
  answer: (answer: string): string => `It is: ${answer}`,
  given: (given: string): string => `You said: ${given}`,
  because: 'Why',
  next: 'Next step',
  nextQuestion: 'Next question',
  finish: 'Show the score',
  previous: 'Previous step',
  close: 'Close',
  copy: 'Edit a copy of the program',
  ask: 'Ask about this step',
  askHint: 'Makes questions of the step of the open run.',
  score: (score: number, count: number): string => `${String(score)} of ${String(count)} right`,
  export: 'Export the score',
  exam: 'Exam: hovers, hints, map and lists show nothing until the question is answered.',
};

export type LessonsTexts = typeof english;

const chinese: LessonsTexts = {
  title: '课程',
  list: '全部课程',
  done: '已完成',
  page: (page, pages) => `第 ${String(page)} 页，共 ${String(pages)} 页`,
  question: (index, count) => `第 ${String(index)} 题，共 ${String(count)} 题`,
  predict: '预测',
  choices: '你的预测',
  number: '你的预测：一个数，十进制或 0x…',
  address: '你的预测：一个地址，0x…',
  bytes: '你的预测：字节数，如 4096 或 4 KiB',
  check: '检查',
  unreadable: '这不是一个数。',
  right: '正确。',
  wrong: '不对。',
  answer: (answer) => `答案是：${answer}`,
  given: (given) => `你的回答：${given}`,
  because: '原因',
  next: '下一步',
  nextQuestion: '下一题',
  finish: '显示得分',
  previous: '上一步',
  close: '关闭',
  copy: '编辑程序的副本',
  ask: '就此步骤提问',
  askHint: '根据当前运行的这一步生成问题。',
  score: (score, count) => `${String(count)} 题中答对 ${String(score)} 题`,
  export: '导出得分',
  exam: '考试：在回答问题之前，悬停、提示、地图和列表都不显示任何内容。',
};

let current: LessonsTexts = english;

/** Sets the language of the page. */
export function speakLessons(language: Language): void {
  current = language === 'zh-cn' ? chinese : english;
}

/** The words in the language of the page. */
export const lessonsWords = (): LessonsTexts => current;
