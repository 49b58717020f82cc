/** Texts about threads: what they wait for, how a program hangs. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const threadTexts = {
  'threads.deadlock': {
    en: 'deadlock: every thread waits, the process would hang for ever. {waits}',
    zh: '死锁：所有线程都在等待，进程将永远挂起。{waits}',
  },
  'threads.waits': {
    en: 'Thread {thread} waits at line {place}: {what}.',
    zh: '线程 {thread} 在第 {place} 行等待：{what}。',
  },
  'threads.mutex': {
    en: 'for mutex {name}, held by thread {owner}',
    zh: '等待互斥量 {name}（由线程 {owner} 持有）',
  },
  'threads.ownMutex': { en: 'for mutex {name}, which it holds itself', zh: '等待自己已持有的互斥量 {name}' },
  'threads.freeMutex': { en: 'for mutex {name}', zh: '等待互斥量 {name}' },
  'threads.join': { en: 'for the end of thread {thread}', zh: '等待线程 {thread} 结束' },
  'threads.condition': { en: 'for condition variable {name}', zh: '等待条件变量 {name}' },
  'threads.readLock': { en: 'to read under lock {name}', zh: '等待读写锁 {name}（读）' },
  'threads.writeLock': { en: 'to write under lock {name}', zh: '等待读写锁 {name}（写）' },
  'threads.barrier': { en: 'at barrier {name}', zh: '在屏障 {name} 处等待' },
  'threads.semaphore': { en: 'for semaphore {name}', zh: '等待信号量 {name}' },
  'threads.once': {
    en: 'for another thread in pthread_once ({name})',
    zh: '等待另一线程完成 pthread_once（{name}）',
  },
  'threads.signal': { en: 'for a signal', zh: '等待信号' },
  'threads.sleep': { en: 'asleep', zh: '睡眠中' },
  'threads.ready': { en: 'for its turn', zh: '等待被调度' },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayThreads = textMaker<typeof threadTexts>();
