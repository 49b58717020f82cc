/** Texts about runs: how they end, what is not modelled. */
import { textMaker } from './text.ts';
import type { Text, TextTable } from './text.ts';

/** The table of this area. */
export const processTexts = {
  'process.start': {
    en: 'main is called: the loader has mapped the program, libc and the stack',
    zh: '调用 main：加载器已映射程序、libc 和栈',
  },
  'process.exit': { en: 'the process exits with status {status}', zh: '进程以状态 {status} 退出' },
  'process.signal': { en: 'the process is killed by {signal}', zh: '进程被 {signal} 终止' },
  'process.signal.sent': {
    en: '{signal} was sent by {by}; its handler runs',
    zh: '{signal} 由 {by} 发送；执行其处理函数',
  },
  'process.signal.kernel': {
    en: 'the kernel raises {signal} by itself (a timer, an access that it does not describe); its handler runs',
    zh: '内核自行引发 {signal}（定时器，或未说明地址的访问）；执行其处理函数',
  },
  'process.signal.access': {
    en: 'the access to {addr} is refused with {signal}; its handler runs, and when it returns, the access is made again',
    zh: '对 {addr} 的访问被拒绝并引发 {signal}；执行其处理函数，返回后重新访问',
  },
  'process.signal.instruction': {
    en: 'the instruction raises {signal}; its handler runs, and when it returns, the instruction is executed again',
    zh: '该指令引发 {signal}；执行其处理函数，返回后重新执行该指令',
  },
  'process.signal.frame': {
    en: 'the kernel has put the registers on the stack of the program; the handler begins at {sp}, below them',
    zh: '内核已把寄存器保存在程序的栈上；处理函数从其下方的 {sp} 开始',
  },
  'process.signal.alternate': {
    en: 'the kernel has put the registers on the stack that sigaltstack gave; the handler begins at {sp}, below them',
    zh: '内核已把寄存器保存在 sigaltstack 给出的栈上；处理函数从其下方的 {sp} 开始',
  },
  'process.fault.read': {
    en: '{signal} ({code}): read at {addr}',
    zh: '{signal}（{code}）：读取 {addr}',
  },
  'process.fault.write': {
    en: '{signal} ({code}): write at {addr}',
    zh: '{signal}（{code}）：写入 {addr}',
  },
  'process.fault.execute': {
    en: '{signal} ({code}): instruction fetch at {addr}',
    zh: '{signal}（{code}）：在 {addr} 处取指令',
  },
  'process.abort': { en: 'aborted: {message}', zh: '异常中止：{message}' },
  'process.limit.fuel': {
    en: 'stopped: {value} loop iterations and calls used up (an endless loop?)',
    zh: '已停止：用完了 {value} 次循环与调用的限额（死循环？）',
  },
  'process.limit.memory': {
    en: 'stopped: the simulated machine is out of memory ({value} bytes)',
    zh: '已停止：模拟机器的内存已用尽（{value} 字节）',
  },
  'process.limit.output': {
    en: 'stopped: more than {value} bytes of output',
    zh: '已停止：输出超过 {value} 字节',
  },
  'process.limit.events': { en: 'stopped: more than {value} events', zh: '已停止：事件超过 {value} 个' },
  'process.limit.depth': {
    en: 'stopped: calls are nested deeper than the simulator can follow ({value})',
    zh: '已停止：调用嵌套深度超过模拟器的限度（{value}）',
  },
  'process.unsupported.function': {
    en: 'the function {name} is not modelled yet; the run stops where it is called',
    zh: '函数 {name} 尚未建模；运行到调用处为止',
  },
  'process.unsupported.static': {
    en: 'Running static programs is not modelled yet; hovers, segments and layout are.',
    zh: '尚未模拟运行静态链接的程序；悬停、segments 和 layout 可以使用。',
  },
  'process.unsupported.feature': {
    en: '{name} is not modelled yet; the run stops here',
    zh: '{name} 尚未建模；运行在此停止',
  },
  'process.unsupported.threadsBeside': {
    en: 'a thread waits for another process or a pipe, and only another thread of its process could end the wait; that this thread runs meanwhile is not modelled yet; the run stops here',
    zh: '一个线程在等待另一进程或管道，只有本进程的其他线程才能结束该等待；期间其他线程的运行尚未建模；运行在此停止',
  },
  'process.waitsForEver': {
    en: 'the process still waits when all others have ended or wait: it would never end',
    zh: '其他进程都已结束或在等待时，该进程仍在等待：它永远不会结束',
  },
  'process.end.exit': { en: 'exit status {status}', zh: '退出状态 {status}' },
  'process.end.signal': { en: 'killed by {signal}', zh: '被 {signal} 终止' },
  'process.end.none': { en: 'has not ended', zh: '尚未结束' },
  'process.none': {
    en: 'process {number} is not there: the run has processes 1 to {count}',
    zh: '没有进程 {number}：本次运行有进程 1 到 {count}',
  },
  'process.deadlock': {
    en: 'every process of the program waits for another one: it would never end',
    zh: '程序的所有进程都在互相等待：程序永远不会结束',
  },
  'process.unwritten': {
    en: 'the last {bytes} bytes of the output were still in the buffers of its streams: the program had printed them, and not yet written',
    zh: '输出的最后 {bytes} 字节仍在程序的流缓冲区中：程序已打印，但尚未写出',
  },
  'process.wait': {
    en: '{name} would wait here; in the simulation it returns at once',
    zh: '{name} 在真实系统中会等待；在模拟中立即返回',
  },
  'process.output': { en: '{bytes} bytes to descriptor {fd}', zh: '向描述符 {fd} 写出 {bytes} 字节' },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayProcess = textMaker<typeof processTexts>();

/** Why a call of a function of the library that is not there ends the run. */
export function unsupportedFunctionText(name: string): Text {
  return sayProcess('process.unsupported.function', { name });
}
