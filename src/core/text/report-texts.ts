/** Texts of the report about a run. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const reportTexts = {
  'report.title': { en: 'Memory report: {name}', zh: '内存报告：{name}' },
  'report.world': {
    en: '{target}, gcc 12 -O0, glibc {glibc}, Linux {kernel}; address randomisation off unless noted.',
    zh: '{target}，gcc 12 -O0，glibc {glibc}，Linux {kernel}；除非注明，否则地址随机化关闭。',
  },
  'report.random': { en: 'Address randomisation is on, seed {seed}.', zh: '地址随机化已打开，种子 {seed}。' },
  'report.outcome': { en: 'How it ended: {text}.', zh: '结束方式：{text}。' },
  'report.image': { en: 'The program file', zh: '程序文件' },
  'report.imageHint': {
    en: '`size` prints the same: text is what is read-only, data what is writable and in the file, bss what takes memory but no room in the file.',
    zh: '`size` 会打印同样的数字：text 是只读部分，data 是可写且在文件中的部分，bss 占内存但不占文件空间。',
  },
  'report.memory': { en: 'Memory over the run', zh: '运行期间的内存' },
  'report.counter': { en: 'counter', zh: '计数' },
  'report.peak': { en: 'most', zh: '最大' },
  'report.peakEvent': { en: 'at event', zh: '在事件' },
  'report.end': { en: 'at the end', zh: '结束时' },
  'report.virtual': { en: 'virtual size (VSZ)', zh: '虚拟内存大小（VSZ）' },
  'report.resident': { en: 'resident size (RSS)', zh: '常驻内存大小（RSS）' },
  'report.heap': { en: 'brk heap', zh: 'brk 堆' },
  'report.live': { en: 'live: asked for and not freed', zh: '存活：已申请且未释放' },
  'report.sites': { en: 'Who allocates', zh: '谁在分配' },
  'report.noSites': { en: 'Nothing was allocated.', zh: '没有分配任何内存。' },
  'report.place': { en: 'place', zh: '位置' },
  'report.calls': { en: 'calls', zh: '调用次数' },
  'report.bytes': { en: 'bytes asked for', zh: '申请的字节数' },
  'report.stillLive': { en: 'blocks not freed', zh: '未释放的块' },
  'report.liveBytes': { en: 'bytes not freed', zh: '未释放的字节数' },
  'report.systemCalls': { en: 'System calls', zh: '系统调用' },
  'report.faults': { en: 'Page faults', zh: '缺页' },
  'report.name': { en: 'name', zh: '名称' },
  'report.count': { en: 'count', zh: '次数' },
  'report.proof': { en: 'The same on a real machine', zh: '在真实机器上验证' },
  'report.proofHint': {
    en: 'With gcc 12 and glibc {glibc} at hand, these commands show the same system calls and `size`:',
    zh: '如果手边有 gcc 12 与 glibc {glibc}，下列命令会显示同样的系统调用与 `size`：',
  },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayReport = textMaker<typeof reportTexts>();
