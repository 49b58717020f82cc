/** Texts of the view model: what mappings and chunks are. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** The table of this area. */
export const sessionTexts = {
  'session.mapping.headers': {
    en: 'ELF header and the tables that the dynamic loader needs',
    zh: 'ELF 头以及动态加载器需要的表',
  },
  'session.mapping.text': {
    en: 'machine code of the program (.text), read-only and executable',
    zh: '程序的机器码（.text），只读可执行',
  },
  'session.mapping.rodata': {
    en: 'constants and string literals of the program (.rodata)',
    zh: '程序的常量和字符串字面量（.rodata）',
  },
  'session.mapping.relro': {
    en: 'written by the dynamic loader, then made read-only (RELRO)',
    zh: '由动态加载器写入，随后设为只读（RELRO）',
  },
  'session.mapping.data': {
    en: 'initialised variables (.data), and .bss as far as it fits into the last page',
    zh: '已初始化的变量（.data），以及能放进最后一页的 .bss',
  },
  'session.mapping.bss': {
    en: 'zero-initialised variables (.bss): memory without a counterpart in the file',
    zh: '零初始化的变量（.bss）：文件中没有对应内容的内存',
  },
  'session.mapping.heap': {
    en: 'the brk area: small blocks of malloc, ends at the program break',
    zh: 'brk 区域：malloc 的小块内存，止于 program break',
  },
  'session.mapping.library': { en: 'the C library, mapped from its file', zh: 'C 库，映射自文件' },
  'session.mapping.libraryBss': { en: '.bss of the C library', zh: 'C 库的 .bss' },
  'session.mapping.loader': {
    en: 'the dynamic loader ld.so, mapped from its file',
    zh: '动态加载器 ld.so，映射自文件',
  },
  'session.mapping.loaderHeap': { en: 'working memory of the dynamic loader', zh: '动态加载器的工作内存' },
  'session.mapping.tls': {
    en: 'thread-local storage and control block of the main thread',
    zh: '主线程的线程局部存储和控制块',
  },
  'session.mapping.tlsMmap': {
    en: 'thread-local storage of the main thread, and below it blocks that malloc took by mmap',
    zh: '主线程的线程局部存储；其下方是 malloc 用 mmap 取得的块',
  },
  'session.mapping.threadStack': {
    en: 'stack of thread {thread}, at its top the thread-local storage and control block',
    zh: '线程 {thread} 的栈，其顶部是线程局部存储和控制块',
  },
  'session.mapping.threadGuard': {
    en: 'guard below the stack of thread {thread}: an access is an overflow',
    zh: '线程 {thread} 栈下方的保护页：访问即溢出',
  },
  'session.mapping.cachedStack': {
    en: 'stack of a thread that has ended, kept for the next one',
    zh: '已结束线程的栈，留给下一个线程使用',
  },
  'session.mapping.arenaHeap': {
    en: 'heap of malloc’s arena {arena}, which serves threads besides the main one',
    zh: 'malloc 第 {arena} 个 arena 的堆，供主线程以外的线程使用',
  },
  'session.mapping.arenaReserve': {
    en: 'room for the heap of malloc’s arena {arena} to grow',
    zh: '供 malloc 第 {arena} 个 arena 的堆增长的空间',
  },
  'session.mapping.mmap': {
    en: 'anonymous memory taken by mmap: large blocks of malloc, or the program’s own',
    zh: '用 mmap 取得的匿名内存：malloc 的大块，或程序自己的映射',
  },
  'session.mapping.stack': {
    en: 'the stack: frames grow downwards, arguments and environment lie at the top',
    zh: '栈：栈帧向下增长，参数和环境变量在顶部',
  },
  'session.mapping.vdso': {
    en: 'code that the kernel lends: system calls without a switch',
    zh: '内核提供的代码：无需切换即可完成的系统调用',
  },
  'session.mapping.vvar': {
    en: 'data of the kernel for the vdso, read-only',
    zh: '内核供 vdso 使用的数据，只读',
  },
  'session.mapping.vsyscall': {
    en: 'old fixed page for system calls, in the kernel half',
    zh: '内核半区中旧式的固定系统调用页',
  },
  'session.mapping.file': { en: 'a file mapped into memory', zh: '映射到内存的文件' },
  'session.chunk.inUse': { en: 'in use', zh: '使用中' },
  'session.chunk.internal': { en: 'in use by malloc itself: the tcache', zh: 'malloc 自己使用：tcache 结构' },
  'session.chunk.top': {
    en: 'top: what is left of the heap up to the break',
    zh: 'top：堆中直到 break 的剩余部分',
  },
  'session.chunk.arenaTop': {
    en: 'top: what is left of the part of the heap that is in use',
    zh: 'top：堆中已启用部分的剩余',
  },
  'session.chunk.fencepost': { en: 'fencepost: closes a part of the heap', zh: '栅栏块：堆的一段到此为止' },
  'session.chunk.tcache': {
    en: 'free, in tcache bin {bin} ({bytes} bytes), number {place} of {count}',
    zh: '空闲，在 tcache 第 {bin} 号链（{bytes} 字节）中，第 {place}/{count} 个',
  },
  'session.chunk.threadTcache': {
    en: 'free, in tcache bin {bin} ({bytes} bytes) of thread {thread}, number {place} of {count}',
    zh: '空闲，在线程 {thread} 的 tcache 第 {bin} 号链（{bytes} 字节）中，第 {place}/{count} 个',
  },
  'session.chunk.fastbin': { en: 'free, in fastbin {bin}', zh: '空闲，在 fastbin {bin} 中' },
  'session.chunk.unsorted': { en: 'free, in the unsorted bin', zh: '空闲，在 unsorted bin 中' },
  'session.chunk.small': { en: 'free, in small bin {bin}', zh: '空闲，在 small bin {bin} 中' },
  'session.chunk.large': { en: 'free, in large bin {bin}', zh: '空闲，在 large bin {bin} 中' },
  'session.chunk.mmapped': { en: 'in use, a mapping of its own', zh: '使用中，单独的映射' },
  'session.chunk.corrupted': { en: 'the header is damaged', zh: '头部已损坏' },
  'session.libc': { en: 'buffer of {name}, allocated by libc', zh: '{name} 的缓冲区，由 libc 分配' },
  'session.value.uninitialised': { en: 'uninitialised', zh: '未初始化' },
  'session.value.unreadable': { en: 'not readable', zh: '不可读' },
  'session.value.block': { en: '{name}({bytes}) line {line}', zh: '第 {line} 行的 {name}({bytes})' },
  'session.value.libcBlock': {
    en: '{name}({bytes}) by {caller} line {line}',
    zh: '第 {line} 行 {caller} 的 {name}({bytes})',
  },
  'session.value.freed': { en: 'freed in line {line}', zh: '已在第 {line} 行释放' },
  'session.fault.huge-page': { en: 'first access: a huge page of 2 MiB', zh: '首次访问：分配 2 MiB 大页' },
  'session.fault.demand-zero': { en: 'first write: a zeroed page frame', zh: '首次写入：分配清零的页框' },
  'session.fault.zero-page': { en: 'first read: the shared zero page', zh: '首次读取：映射共享零页' },
  'session.fault.copy-on-write': {
    en: 'first write to a shared page: a copy of its own',
    zh: '首次写共享页：复制一份',
  },
  'session.fault.file': { en: 'a page of a file, from the page cache', zh: '文件页，来自页缓存' },
  'session.fault.stack-growth': { en: 'the stack grows', zh: '栈增长' },
  'session.line.fault.read': {
    en: 'page fault: read at {addr} ({severity}, {cause})',
    zh: '缺页：读 {addr}（{severity}，{cause}）',
  },
  'session.line.fault.write': {
    en: 'page fault: write at {addr} ({severity}, {cause})',
    zh: '缺页：写 {addr}（{severity}，{cause}）',
  },
  'session.line.fault.execute': {
    en: 'page fault: execute at {addr} ({severity}, {cause})',
    zh: '缺页：执行 {addr}（{severity}，{cause}）',
  },
  'session.diff.none': { en: 'no difference', zh: '没有差异' },
  'session.diff.mappings': { en: 'mappings', zh: '映射' },
  'session.diff.pages': { en: 'pages', zh: '页' },
  'session.diff.chunks': { en: 'chunks', zh: 'chunk' },
  'session.diff.bins': { en: 'bins', zh: 'bin' },
  'session.diff.variables': { en: 'variables', zh: '变量' },
  'session.diff.globals': { en: 'globals', zh: '全局变量' },
  'session.diff.counters': { en: 'counters', zh: '计数' },
  'session.diff.mapping': {
    en: '{range} {permissions} {name}, {pages} pages resident',
    zh: '{range} {permissions} {name}，常驻 {pages} 页',
  },
  'session.diff.anonymous': { en: '(anonymous)', zh: '（匿名）' },
  'session.diff.bytes': { en: '{bytes} bytes', zh: '{bytes} 字节' },
  'session.diff.pageCount': { en: '{state}, {count:pages}', zh: '{state}，{count} 页' },
  'session.diff.binOfArena': { en: '{name} of arena {arena}', zh: 'arena {arena} 的 {name}' },
  'session.diff.binOfThread': { en: '{name} of thread {thread}', zh: '线程 {thread} 的 {name}' },
  'session.diff.state.absent': { en: 'absent', zh: '不在内存' },
  'session.diff.state.zero': { en: 'zero', zh: '零页' },
  'session.diff.state.anonymous': { en: 'anonymous', zh: '匿名' },
  'session.diff.state.file': { en: 'file', zh: '文件页' },
  'session.diff.state.shared': { en: 'shared', zh: '共享' },
  'session.diff.state.mixed': { en: 'mixed', zh: '混合' },
  'session.diff.counter.virtualBytes': { en: 'virtualBytes', zh: '虚拟内存字节数' },
  'session.diff.counter.residentBytes': { en: 'residentBytes', zh: '常驻字节数' },
  'session.diff.counter.pageTableBytes': { en: 'pageTableBytes', zh: '页表字节数' },
  'session.diff.counter.heapBytes': { en: 'heapBytes', zh: '堆字节数' },
  'session.diff.counter.liveBytes': { en: 'liveBytes', zh: '存活字节数' },
  'session.diff.counter.minorFaults': { en: 'minorFaults', zh: '次缺页' },
  'session.diff.counter.majorFaults': { en: 'majorFaults', zh: '主缺页' },
  'session.diff.counter.systemCalls': { en: 'systemCalls', zh: '系统调用' },
  'session.diff.counter.mallocCalls': { en: 'mallocCalls', zh: 'malloc 调用' },
  'session.access.read': { en: 'read {addr}', zh: '读 {addr}' },
  'session.access.write': { en: 'write {addr}', zh: '写 {addr}' },
  'session.access.execute': { en: 'execute {addr}', zh: '执行 {addr}' },
  'session.cause.demand-zero': { en: 'demand-zero', zh: '按需清零' },
  'session.cause.zero-page': { en: 'zero-page', zh: '零页' },
  'session.cause.copy-on-write': { en: 'copy-on-write', zh: '写时复制' },
  'session.cause.file': { en: 'file', zh: '文件页' },
  'session.cause.stack-growth': { en: 'stack-growth', zh: '栈增长' },
  'session.cause.huge-page': { en: 'huge-page', zh: '大页' },
  'session.line.minor': { en: 'minor', zh: '次' },
  'session.line.major': { en: 'major', zh: '主' },
  'session.line.output': { en: 'output: {text}', zh: '输出：{text}' },
  'session.line.signal': { en: '{signal}: handler {handler}', zh: '{signal}：处理函数 {handler}' },
  'session.line.signal.alternate': {
    en: '{signal}: handler {handler} (alternate stack)',
    zh: '{signal}：处理函数 {handler}（备用栈）',
  },
  'session.line.signal.at': { en: '{signal} at {addr}', zh: '{signal}，地址 {addr}' },
  'session.line.start': { en: 'start', zh: '开始' },
  'session.line.exit': { en: 'exit({status})', zh: 'exit({status})' },
  'session.line.killed': { en: 'killed by {signal}', zh: '被 {signal} 终止' },
  'session.line.limit': { en: 'limit', zh: '达到限制' },
  'session.line.unsupported': { en: 'unsupported', zh: '不支持' },
  'session.field.top': {
    en: 'the chunk at the end of the heap, cut when no free chunk fits',
    zh: '位于堆末尾的 chunk；没有合适的空闲 chunk 时从它切出',
  },
  'session.field.lastRemainder': {
    en: 'what was left of the chunk that a small request split last',
    zh: '最近一次小请求切分 chunk 后剩下的部分',
  },
  'session.field.systemMem': {
    en: 'bytes that the arena has from the system at the moment',
    zh: '该 arena 目前从系统得到的字节数',
  },
  'session.field.maxSystemMem': { en: 'the most that system_mem ever was', zh: 'system_mem 曾达到的最大值' },
  'session.field.mmapThreshold': {
    en: 'requests from this size on get a mapping of their own when no free chunk serves them; freeing such a block raises it to the block’s size',
    zh: '没有空闲 chunk 可用时，不小于此值的请求会得到自己的映射；释放这样的块会把它提高到该块的大小',
  },
  'session.field.trimThreshold': {
    en: 'free gives the end of the heap back when top has grown to this size; raised to twice mmap_threshold along with it',
    zh: 'top 增长到此大小时，free 把堆的末尾还给系统；随 mmap_threshold 一起提高到它的两倍',
  },
  'session.field.topPad': {
    en: 'bytes that each extension of the heap asks for beyond the need, and that trimming keeps',
    zh: '每次扩展堆时多要的字节数，收缩时也会保留',
  },
  'session.field.nMmaps': { en: 'blocks that have a mapping of their own now', zh: '目前拥有自己映射的块数' },
  'session.field.nMmapsMax': { en: 'how many such blocks there may be', zh: '这样的块最多可有多少个' },
  'session.field.mmappedMem': { en: 'bytes of these mappings', zh: '这些映射的字节数' },
  'session.field.tcacheCount': {
    en: 'chunks that a tcache bin takes',
    zh: '一个 tcache bin 可容纳的 chunk 数',
  },
  'session.field.globalMaxFast': {
    en: 'free chunks up to this size go to fast bins',
    zh: '不超过此大小的空闲 chunk 进入 fastbin',
  },
  'session.link.multiple-definition': {
    en: 'multiple definition of ‘{name}’; it is first defined in {file}',
    zh: '“{name}”重复定义；首次定义在 {file} 中',
  },
  'session.link.undefined-reference': {
    en: 'undefined reference to ‘{name}’: no file of the program and no library defines it',
    zh: '对“{name}”的未定义引用：程序的文件和库都没有定义它',
  },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const saySession = textMaker<typeof sessionTexts>();
