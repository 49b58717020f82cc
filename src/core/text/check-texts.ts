/** Texts of the checks of a run: what is wrong, and with what. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const checkTexts = {
  'check.use-after-free': {
    en: '{access} of {bytes:bytes} at {addr:hex}, {offset:bytes} into a block of {size:bytes} that was freed',
    zh: '{access} {bytes} 字节，地址 {addr:hex}：位于已释放的 {size} 字节块内偏移 {offset} 处',
  },
  'check.stale-after-realloc': {
    en: '{access} of {bytes:bytes} at {addr:hex}, {offset:bytes} into a block of {size:bytes} that realloc has moved: the pointer is stale',
    zh: '{access} {bytes} 字节，地址 {addr:hex}：位于已被 realloc 移走的 {size} 字节块内偏移 {offset} 处，指针已失效',
  },
  'check.double-free': {
    en: 'free of {addr:hex}, a block of {size:bytes} that was freed before',
    zh: '释放 {addr:hex}：该 {size} 字节块此前已被释放',
  },
  'check.invalid-free': {
    en: 'free of {addr:hex}, which malloc did not give{where}',
    zh: '释放 {addr:hex}：该地址并非由 malloc 返回{where}',
  },
  'check.heap-overflow': {
    en: '{access} of {bytes:bytes} at {addr:hex}, {offset:bytes} behind a block of {size:bytes}',
    zh: '{access} {bytes} 字节，地址 {addr:hex}：位于 {size} 字节块末尾之后 {offset} 字节处',
  },
  'check.slack': {
    en: 'runs fine: {usable} usable bytes, {size} asked for',
    zh: '运行无碍：可用 {usable} 字节，申请了 {size} 字节',
  },
  'check.corrupts': {
    en: 'it is behind the {usable} usable bytes: the header of the next chunk is hit',
    zh: '超出了可用的 {usable} 字节：触及下一个 chunk 的头部',
  },
  'check.heap-underflow': {
    en: '{access} of {bytes:bytes} at {addr:hex}, {offset:bytes} before a block of {size:bytes}: the header of its chunk is there',
    zh: '{access} {bytes} 字节，地址 {addr:hex}：位于 {size} 字节块之前 {offset} 字节处，那里是其 chunk 的头部',
  },
  'check.heap-wild': {
    en: '{access} of {bytes:bytes} at {addr:hex}, in memory of malloc that belongs to no block',
    zh: '{access} {bytes} 字节，地址 {addr:hex}：属于 malloc 但不在任何块内',
  },
  'check.uninitialised': {
    en: 'the value that is read at {addr:hex} was never initialised{where}',
    zh: '读取地址 {addr:hex} 处的值，但它从未被初始化{where}',
  },
  'check.dead-local': {
    en: '{access} of {bytes:bytes} at {addr:hex}, in the stack frame of a function that has returned{where}',
    zh: '{access} {bytes} 字节，地址 {addr:hex}：位于已返回函数的栈帧中{where}',
  },
  'check.null-access': {
    en: '{access} through a null pointer, at {addr:hex}',
    zh: '通过空指针{access}，地址 {addr:hex}',
  },
  'check.wild-access': {
    en: '{access} at {addr:hex}, where nothing is mapped that allows it',
    zh: '{access}地址 {addr:hex}：没有映射允许这样的访问',
  },
  'check.read-only-write': {
    en: 'write to read-only memory at {addr:hex}',
    zh: '写入只读内存，地址 {addr:hex}',
  },
  'check.stack-overflow': {
    en: 'the stack is used up, at {addr:hex}',
    zh: '栈已耗尽，地址 {addr:hex}',
  },
  'check.out-of-bounds': {
    en: '{access} of {bytes:bytes} at {addr:hex}, outside of the variable{where}',
    zh: '{access} {bytes} 字节，地址 {addr:hex}：超出变量范围{where}',
  },
  'check.return-address': {
    en: '{access} of {bytes:bytes} at {addr:hex}, where a function keeps the saved rbp and the address it returns to{where}',
    zh: '{access} {bytes} 字节，地址 {addr:hex}：那里保存着函数的旧 rbp 和返回地址{where}',
  },
  'check.overlap': {
    en: 'copy of {bytes:bytes} to {addr:hex} whose source and destination overlap',
    zh: '复制 {bytes} 字节到 {addr:hex}：源与目标重叠',
  },
  'check.access.read': { en: 'read', zh: '读取' },
  'check.access.write': { en: 'write', zh: '写入' },
  'check.access.execute': { en: 'jump', zh: '跳转' },
  'check.access.free': { en: 'free', zh: '释放' },
  'check.variable': { en: ' ({name})', zh: '（{name}）' },
  'check.inBlock': {
    en: ' ({offset:bytes} into a block of {size:bytes})',
    zh: '（{size} 字节块内偏移 {offset} 处）',
  },
  'check.leak.definite': {
    en: '{bytes:bytes} in {count:blocks} definitely lost',
    zh: '{count} 个块共 {bytes} 字节确定泄漏',
  },
  'check.leak.indirect': {
    en: '{bytes:bytes} in {count:blocks} indirectly lost',
    zh: '{count} 个块共 {bytes} 字节间接泄漏',
  },
  'check.leak.possible': {
    en: '{bytes:bytes} in {count:blocks} possibly lost',
    zh: '{count} 个块共 {bytes} 字节可能泄漏',
  },
  'check.leak.reachable': {
    en: '{bytes:bytes} in {count:blocks} still reachable',
    zh: '{count} 个块共 {bytes} 字节仍可访问',
  },
  'check.fix.terminator': {
    en: 'Make room for the terminator: strlen(…) + 1',
    zh: '为结束符留出空间：strlen(…) + 1',
  },
  'check.fix.sizeof': {
    en: 'Take the size of what {name} points to: sizeof *{name}',
    zh: '取 {name} 所指对象的大小：sizeof *{name}',
  },
  'check.fix.free': {
    en: 'Free {name} at the end of {function}',
    zh: '在 {function} 末尾释放 {name}',
  },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayCheck = textMaker<typeof checkTexts>();
