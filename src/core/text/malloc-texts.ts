/**
 * Texts of malloc: the trail of decisions that explains an address. Words a student of C understands; the numbers are
 * those the allocator read.
 */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of malloc's texts. */
export const mallocTexts = {
  'malloc.tunable.noValue': {
    en: '“{entry}” has no value: write glibc.malloc.NAME=NUMBER or MALLOC_NAME_=NUMBER.',
    zh: '“{entry}”没有值：请写成 glibc.malloc.名称=数值 或 MALLOC_名称_=数值。',
  },
  'malloc.tunable.unknown': {
    en: '“{name}” is no tunable of malloc.',
    zh: '“{name}”不是 malloc 的可调参数。',
  },
  'malloc.tunable.noNumber': {
    en: '“{value}” is no number: {name} takes a decimal, octal (0…) or hexadecimal (0x…) number.',
    zh: '“{value}”不是数值：{name} 需要十进制、八进制（0…）或十六进制（0x…）的数值。',
  },
  'malloc.tunable.outside': {
    en: '{value} is outside of what {name} may be: glibc ignores it.',
    zh: '{value} 超出了 {name} 的取值范围：glibc 会忽略它。',
  },
  'malloc.tunable.notInRelease': {
    en: 'glibc {release} does not have {name}.',
    zh: 'glibc {release} 没有 {name}。',
  },
  'malloc.request': {
    en: 'Requested size {bytes}: with the size field and rounding the chunk needs {size:bytes}.',
    zh: '请求 {bytes} 字节：加上长度字段并按对齐取整后，chunk 需要 {size} 字节。',
  },
  'malloc.requestTooLarge': {
    en: 'Request of {bytes:bytes} is above the limit of half the address space: it fails at once with ENOMEM.',
    zh: '请求 {bytes} 字节，超过地址空间一半的上限：立即失败，errno 为 ENOMEM。',
  },
  'malloc.productOverflow': {
    en: '{count} × {bytes} overflows: the call fails at once with ENOMEM.',
    zh: '{count} × {bytes} 溢出：调用立即失败，errno 为 ENOMEM。',
  },
  'malloc.tcacheHit': {
    en: 'tcache bin {bin} (chunks of {size:bytes}) holds {count}: the one put in last is taken.',
    zh: 'tcache bin {bin}（{size} 字节的 chunk）中有 {count} 个：取出最后放入的那个。',
  },
  'malloc.tcacheEmpty': {
    en: 'tcache bin {bin} (chunks of {size:bytes}) is empty.',
    zh: 'tcache bin {bin}（{size} 字节的 chunk）为空。',
  },
  'malloc.tcacheTooLarge': {
    en: 'Chunks of {size} bytes are too large for the tcache.',
    zh: '{size} 字节的 chunk 太大，不进入 tcache。',
  },
  'malloc.tcacheSkipped': {
    en: 'This function does not take chunks from the tcache in this glibc release.',
    zh: '在这个 glibc 版本中，该函数不从 tcache 取 chunk。',
  },
  'malloc.tcacheAligned': {
    en: 'tcache bin {bin} holds a chunk that is already aligned to {alignment}: it is taken.',
    zh: 'tcache bin {bin} 中有一个已按 {alignment} 对齐的 chunk：取出它。',
  },
  'malloc.tcacheCreate': {
    en: 'The thread has no tcache yet: its structure ({bins} bins, {size:bytes}) is allocated on the heap first.',
    zh: '线程还没有 tcache：先在堆上分配它的结构（{bins} 个 bin，{size} 字节）。',
  },
  'malloc.tcachePut': {
    en: 'The chunk of {size} bytes goes to the head of tcache bin {bin}, which now holds {count}.',
    zh: '{size} 字节的 chunk 放到 tcache bin {bin} 的表头，该 bin 现有 {count} 个。',
  },
  'malloc.tcacheFull': {
    en: 'tcache bin {bin} (chunks of {size:bytes}) is full with {count}.',
    zh: 'tcache bin {bin}（{size} 字节的 chunk）已满，有 {count} 个。',
  },
  'malloc.doubleFreeFound': {
    en: 'The chunk already is in tcache bin {bin}, at position {position}: it was freed before.',
    zh: '该 chunk 已在 tcache bin {bin} 中（第 {position} 位）：它已被释放过。',
  },
  'malloc.fastHit': {
    en: 'Fast bin {bin} (chunks of {size:bytes}) is not empty: the chunk freed last is taken.',
    zh: 'fastbin {bin}（{size} 字节的 chunk）非空：取出最后释放的 chunk。',
  },
  'malloc.fastEmpty': {
    en: 'Fast bin {bin} (chunks of {size:bytes}) is empty.',
    zh: 'fastbin {bin}（{size} 字节的 chunk）为空。',
  },
  'malloc.fastPut': {
    en: 'The chunk of {size} bytes goes to the head of fast bin {bin}; it is not merged with its neighbours.',
    zh: '{size} 字节的 chunk 放到 fastbin {bin} 的表头；不与相邻 chunk 合并。',
  },
  'malloc.smallHit': {
    en: 'Small bin {bin} (chunks of {size:bytes}) is not empty: the oldest chunk is taken.',
    zh: 'small bin {bin}（{size} 字节的 chunk）非空：取出最旧的 chunk。',
  },
  'malloc.smallEmpty': {
    en: 'Small bin {bin} (chunks of {size:bytes}) is empty.',
    zh: 'small bin {bin}（{size} 字节的 chunk）为空。',
  },
  'malloc.stashed': {
    en: 'The search moves others of that bin to tcache bin {bin} on the way: {count}.',
    zh: '该 bin 中另有 {count} 个 chunk 移到 tcache bin {bin}。',
  },
  'malloc.consolidate': {
    en: 'The fast bins are emptied: their chunks merge with free neighbours.',
    zh: '清空 fastbin：其中的 chunk 与相邻的空闲 chunk 合并。',
  },
  'malloc.unsortedExact': {
    en: 'The unsorted list has a chunk of exactly {size:bytes} at {chunk:hex}: it is taken.',
    zh: 'unsorted 链表中有一个恰好 {size} 字节的 chunk，位于 {chunk:hex}：取出它。',
  },
  'malloc.unsortedCached': {
    en: 'The unsorted list has a chunk of exactly {size:bytes} at {chunk:hex}: it is put into tcache bin {bin} and the scan goes on.',
    zh: 'unsorted 链表中 {chunk:hex} 处的 chunk 恰好 {size} 字节：放入 tcache bin {bin}，继续扫描。',
  },
  'malloc.takeCached': {
    en: 'The chunk that the scan put into tcache bin {bin} last is taken.',
    zh: '取出扫描时最后放入 tcache bin {bin} 的 chunk。',
  },
  'malloc.splitLastRemainder': {
    en: 'The last remainder at {chunk:hex} is split: {size:bytes} for the request, {rest} stay as the new remainder.',
    zh: '切分位于 {chunk:hex} 的 last remainder：{size} 字节给请求，剩下 {rest} 字节成为新的 remainder。',
  },
  'malloc.binned': {
    en: 'The unsorted chunk at {chunk:hex} ({size:bytes}) does not fit: it is sorted into bin {bin}.',
    zh: 'unsorted 链表中 {chunk:hex} 处的 chunk（{size} 字节）不合适：归入 bin {bin}。',
  },
  'malloc.largeFit': {
    en: 'Large bin {bin}: the smallest chunk that is big enough is at {chunk:hex}, {size:bytes}.',
    zh: 'large bin {bin}：足够大的最小 chunk 位于 {chunk:hex}，{size} 字节。',
  },
  'malloc.largeEmpty': {
    en: 'Large bin {bin} has no chunk of {size:bytes} or more.',
    zh: 'large bin {bin} 中没有不小于 {size} 字节的 chunk。',
  },
  'malloc.biggerBin': {
    en: 'The next bin that is not empty is bin {bin}: its smallest chunk is at {chunk:hex}, {size:bytes}.',
    zh: '下一个非空的 bin 是 bin {bin}：其中最小的 chunk 位于 {chunk:hex}，{size} 字节。',
  },
  'malloc.noBiggerBin': {
    en: 'No bin has a bigger chunk.',
    zh: '没有任何 bin 有更大的 chunk。',
  },
  'malloc.split': {
    en: 'It is split: {size:bytes} for the request, the other {rest} go to the unsorted list.',
    zh: '切分：{size} 字节给请求，其余 {rest} 字节进入 unsorted 链表。',
  },
  'malloc.useWhole': {
    en: 'It is used whole ({size:bytes}): what would remain is too small for a chunk.',
    zh: '整个使用（{size} 字节）：剩余部分太小，不足以成为一个 chunk。',
  },
  'malloc.cutTop': {
    en: 'Top has {top:bytes}: {size} are cut from its low end, {rest} remain.',
    zh: 'top 有 {top} 字节：从低端切下 {size} 字节，剩 {rest} 字节。',
  },
  'malloc.topShort': {
    en: 'Top has {top:bytes}, too few for {size}: the system is asked.',
    zh: 'top 只有 {top} 字节，不够 {size} 字节：向系统申请。',
  },
  'malloc.aboveThreshold': {
    en: '{size} bytes reach the mmap threshold of {threshold}: the chunk gets a mapping of its own.',
    zh: '{size} 字节达到 mmap 阈值 {threshold}：该 chunk 使用单独的映射。',
  },
  'malloc.belowThreshold': {
    en: '{size} bytes are below the mmap threshold of {threshold}: no mapping of its own, the heap grows.',
    zh: '{size} 字节低于 mmap 阈值 {threshold}：不单独映射，而是扩大堆。',
  },
  'malloc.tooManyMmaps': {
    en: 'Mmapped chunks are at their limit ({count} of {maximum}): the break is used.',
    zh: '已有 {count} 个 mmap 的 chunk，上限是 {maximum}：改用 break。',
  },
  'malloc.mmapped': {
    en: 'mmap gives {bytes:bytes} (whole pages) at {start:hex}.',
    zh: 'mmap 在 {start:hex} 给出 {bytes} 字节（整页）。',
  },
  'malloc.mmapFailed': {
    en: 'mmap of {bytes:bytes} fails.',
    zh: 'mmap {bytes} 字节失败。',
  },
  'malloc.needBreak': {
    en: 'Top has {top:bytes}, {size} are needed and {pad} are kept in reserve: the break must rise by {bytes} (whole pages).',
    zh: 'top 有 {top} 字节，需要 {size} 字节，另留 {pad} 字节备用：break 须上移 {bytes} 字节（整页）。',
  },
  'malloc.topGrew': {
    en: 'The new memory continues top, which grows by {bytes:bytes}.',
    zh: '新内存与 top 相连，top 增大 {bytes} 字节。',
  },
  'malloc.newTop': {
    en: 'Top starts anew at {start:hex} with {size:bytes}.',
    zh: 'top 从 {start:hex} 重新开始，有 {size} 字节。',
  },
  'malloc.newArena': {
    en: 'The thread gets an arena of its own at {arena:hex}; there are {count} arenas now.',
    zh: '线程得到自己的 arena，位于 {arena:hex}；现在共有 {count} 个 arena。',
  },
  'malloc.freeArena': {
    en: 'The arena at {arena:hex} is free since its thread ended: this thread takes it over.',
    zh: '位于 {arena:hex} 的 arena 在其线程结束后空闲：由本线程接管。',
  },
  'malloc.reusedArena': {
    en: 'There are as many arenas as allowed: the thread shares the one at {arena:hex}.',
    zh: 'arena 数量已达上限：线程共用位于 {arena:hex} 的 arena。',
  },
  'malloc.retry': {
    en: 'This arena has no memory: another arena is tried.',
    zh: '该 arena 没有内存：改试另一个 arena。',
  },
  'malloc.newHeap': {
    en: 'A heap for the arena is made at {start:hex}: {reserved} bytes are reserved, {bytes} of them opened.',
    zh: '在 {start:hex} 为 arena 建立 heap：保留 {reserved} 字节，其中开放 {bytes} 字节。',
  },
  'malloc.heapGrew': {
    en: 'The heap at {start:hex} is opened further, to {size:bytes}.',
    zh: '位于 {start:hex} 的 heap 继续开放，达到 {size} 字节。',
  },
  'malloc.heapDeleted': {
    en: 'The heap at {start:hex} holds nothing but top: all its {bytes} bytes go back to the system.',
    zh: '位于 {start:hex} 的 heap 只剩 top：其 {bytes} 字节全部归还给系统。',
  },
  'malloc.fenceposts': {
    en: 'Somebody else moved the break: the old top ({size:bytes}) is closed with two fenceposts and freed.',
    zh: '别处移动过 break：旧的 top（{size} 字节）用两个 fencepost 封住并释放。',
  },
  'malloc.mmapFallback': {
    en: 'The break cannot rise: a mapping of {bytes:bytes} takes its place.',
    zh: 'break 无法上移：改用 {bytes} 字节的映射。',
  },
  'malloc.noMemory': {
    en: 'The system gives no memory: the call returns NULL, errno is ENOMEM.',
    zh: '系统没有给出内存：调用返回 NULL,errno 为 ENOMEM。',
  },
  'malloc.freeNull': {
    en: 'free(NULL) does nothing.',
    zh: 'free(NULL) 什么也不做。',
  },
  'malloc.mergeBelow': {
    en: 'The chunk below is free ({below:bytes}): both become one of {size:bytes} at {chunk:hex}.',
    zh: '前面的 chunk 空闲（{below} 字节）：合并为 {chunk:hex} 处的 {size} 字节。',
  },
  'malloc.mergeAbove': {
    en: 'The chunk above is free ({above:bytes} at {chunk:hex}): it is absorbed, {size:bytes} together.',
    zh: '后面的 chunk 空闲（{chunk:hex} 处 {above} 字节）：并入，共 {size} 字节。',
  },
  'malloc.mergeTop': {
    en: 'It touches top and becomes part of it: top now has {size:bytes}.',
    zh: '它与 top 相邻，并入 top:top 现有 {size} 字节。',
  },
  'malloc.putUnsorted': {
    en: 'The free chunk of {size} bytes goes to the front of the unsorted list.',
    zh: '{size} 字节的空闲 chunk 放到 unsorted 链表的表头。',
  },
  'malloc.putSmall': {
    en: 'The free chunk of {size} bytes goes to the front of small bin {bin}.',
    zh: '{size} 字节的空闲 chunk 放到 small bin {bin} 的表头。',
  },
  'malloc.noTrim': {
    en: 'Top has {top:bytes}, below the trim threshold of {threshold}: the system gets nothing back.',
    zh: 'top 有 {top} 字节，低于 trim 阈值 {threshold}：不归还给系统。',
  },
  'malloc.trimTooLittle': {
    en: 'Top has {top:bytes} and {pad} are kept: there is no whole page to give back.',
    zh: 'top 有 {top} 字节，须保留 {pad} 字节：没有整页可归还。',
  },
  'malloc.trimForeign': {
    en: 'Top does not end at the break (somebody else moved it): nothing can be given back.',
    zh: 'top 的末尾不在 break 处（别处移动过它）：无法归还。',
  },
  'malloc.trimmed': {
    en: '{bytes:bytes} at the end of top go back to the system, {pad} are kept in reserve.',
    zh: 'top 末尾的 {bytes} 字节归还给系统，保留 {pad} 字节备用。',
  },
  'malloc.madvise': {
    en: 'Whole pages inside the free chunk at {chunk:hex} are given back: {bytes:bytes}.',
    zh: '{chunk:hex} 处空闲 chunk 内的整页归还给系统：{bytes} 字节。',
  },
  'malloc.thresholdRaised': {
    en: 'A freed mapping raises the mmap threshold to {threshold} and the trim threshold to {trim}.',
    zh: '释放的映射把 mmap 阈值提高到 {threshold}，trim 阈值提高到 {trim}。',
  },
  'malloc.munmap': {
    en: 'The chunk is a mapping of its own: munmap gives all {bytes:bytes} back at once.',
    zh: '该 chunk 是单独的映射：munmap 立即归还全部 {bytes} 字节。',
  },
  'malloc.reallocNull': {
    en: 'realloc of NULL is malloc.',
    zh: 'realloc(NULL, …) 等同于 malloc。',
  },
  'malloc.reallocZero': {
    en: 'realloc to 0 bytes is free.',
    zh: 'realloc 到 0 字节等同于 free。',
  },
  'malloc.reallocKeeps': {
    en: 'The block has {usable} usable bytes: it stays as it is.',
    zh: '该块有 {usable} 字节可用：保持不变。',
  },
  'malloc.reallocFits': {
    en: 'The chunk has {old:bytes}, {size} are needed: it stays in place.',
    zh: '该 chunk 有 {old} 字节，需要 {size} 字节：原地不动。',
  },
  'malloc.reallocIntoTop': {
    en: 'Top lies right behind: the chunk grows in place from {old} to {size:bytes}.',
    zh: '后面紧接 top:chunk 原地从 {old} 增大到 {size} 字节。',
  },
  'malloc.reallocIntoNext': {
    en: 'The chunk behind is free: with it there are {size:bytes}, enough to grow in place.',
    zh: '后面的 chunk 空闲：合起来有 {size} 字节，足以原地增大。',
  },
  'malloc.reallocMoves': {
    en: 'There is no room to grow: a new chunk is allocated, {bytes} bytes are copied, the old one is freed.',
    zh: '无处增大：分配新的 chunk，复制 {bytes} 字节，释放旧的。',
  },
  'malloc.reallocTail': {
    en: 'The {bytes:bytes} left over are cut off and freed.',
    zh: '多出的 {bytes} 字节切下并释放。',
  },
  'malloc.mremapSame': {
    en: 'The mapping of {bytes:bytes} is just right: nothing changes.',
    zh: '{bytes} 字节的映射正合适：不变。',
  },
  'malloc.mremap': {
    en: 'The kernel changes the mapping from {old} to {bytes:bytes}; no byte is copied.',
    zh: '内核把映射从 {old} 改为 {bytes} 字节；不复制任何字节。',
  },
  'malloc.mremapFailed': {
    en: 'mremap to {bytes:bytes} fails.',
    zh: 'mremap 到 {bytes} 字节失败。',
  },
  'malloc.alignedRequest': {
    en: 'Alignment {alignment}: {size} bytes are requested from the arena, so that an aligned place is inside.',
    zh: '对齐 {alignment}：向 arena 请求 {size} 字节，使其中必有对齐的位置。',
  },
  'malloc.alignedPlain': {
    en: 'Every block is aligned to {alignment} anyway: this is malloc.',
    zh: '任何块本来就按 {alignment} 对齐：等同于 malloc。',
  },
  'malloc.alignedLead': {
    en: 'The {bytes:bytes} below the aligned address are cut off and freed.',
    zh: '对齐地址之前的 {bytes} 字节切下并释放。',
  },
  'malloc.alignedTail': {
    en: 'The {bytes:bytes} behind the block are cut off and freed.',
    zh: '块之后的 {bytes} 字节切下并释放。',
  },
  'malloc.badAlignment': {
    en: 'An alignment of {alignment} is not allowed: the call fails with EINVAL.',
    zh: '不允许的对齐 {alignment}：调用失败，错误为 EINVAL。',
  },
  'malloc.callocClears': {
    en: '{bytes} bytes are set to zero.',
    zh: '把 {bytes} 字节清零。',
  },
  'malloc.callocFresh': {
    en: 'Memory fresh from the kernel is zero already: only {bytes} bytes are cleared.',
    zh: '内核新给的内存本来为零：只清 {bytes} 字节。',
  },
  'malloc.callocByHook': {
    en: 'Up to glibc 2.33 the first call of all goes through a start-up hook: calloc is malloc there, followed by a memset of all {bytes:bytes}.',
    zh: '在 glibc 2.33 及更早版本中，进程的第一次调用要经过启动钩子：这里的 calloc 就是 malloc 加上对全部 {bytes} 字节的 memset。',
  },
  'malloc.callocMapping': {
    en: 'A fresh mapping is zero already: nothing is cleared.',
    zh: '新映射本来为零：不必清零。',
  },
  'malloc.optionSet': {
    en: 'Parameter {parameter} is set to {value}.',
    zh: '参数 {parameter} 设为 {value}。',
  },
  'malloc.optionRefused': {
    en: 'Parameter {parameter} does not take the value {value}.',
    zh: '参数 {parameter} 不接受值 {value}。',
  },
} as const satisfies TextTable;

/** Makes a text of malloc. */
export const say = textMaker<typeof mallocTexts>();
