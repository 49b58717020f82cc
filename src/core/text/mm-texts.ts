/** Texts about the address space: page faults and system calls. */
import { textMaker } from './text.ts';
import type { TextTable } from './text.ts';

/** Sentences of the mm, by key. */
export const mmTexts = {
  'mm.fault.demandZero': {
    en: 'First write to page {page:hex}: the kernel gives it a page frame filled with zeros.',
    zh: '首次写入页 {page:hex}：内核为它分配一个清零的页帧。',
  },
  'mm.fault.shmem': {
    en: 'First access to page {page:hex} of shared memory: the kernel allots a page frame to the hidden file behind it.',
    zh: '首次访问共享内存的页 {page:hex}：内核为其背后的隐藏文件分配一个页帧。',
  },
  'mm.fault.zeroPage': {
    en: 'Page {page:hex} was never written: the read maps the shared page of zeros and uses no memory.',
    zh: '页 {page:hex} 从未被写过：读取时映射共享的零页，不占用内存。',
  },
  'mm.fault.cowZero': {
    en: 'Page {page:hex} was mapped read-only to the page of zeros; the write gives it a frame of its own.',
    zh: '页 {page:hex} 原先只读映射到零页；写入使它得到自己的页帧（写时复制）。',
  },
  'mm.fault.cowFile': {
    en: 'Page {page:hex} is a private mapping of {file}; the write copies it into a frame of its own (copy on write).',
    zh: '页 {page:hex} 是 {file} 的私有映射；写入时把它复制到自己的页帧（写时复制）。',
  },
  'mm.fault.file': {
    en: 'Page {page:hex} of {file} is mapped from the page cache, together with its cached neighbours.',
    zh: '{file} 的页 {page:hex} 从页缓存映射进来，相邻的已缓存页一并映射。',
  },
  'mm.fault.fileWrite': {
    en: 'Page {page:hex} of {file} is mapped for writing; the change goes to the page cache that all share.',
    zh: '{file} 的页 {page:hex} 以可写方式映射；修改进入大家共享的页缓存。',
  },
  'mm.fault.stackGrowth': {
    en: 'The access lies below the stack: the kernel extends the stack down to {start:hex} ({kilobytes} KB).',
    zh: '访问位于栈的下方：内核把栈向下扩展到 {start:hex}（{kilobytes} KB）。',
  },
  'mm.brk.asked': {
    en: 'The program break is {after:hex}.',
    zh: '程序中断点（program break）位于 {after:hex}。',
  },
  'mm.brk.below': {
    en: '{asked:hex} is below the start of the heap, {startBrk:hex}: the break stays.',
    zh: '{asked:hex} 低于堆的起点 {startBrk:hex}：中断点不变。',
  },
  'mm.brk.refused': {
    en: 'The break cannot move to {asked:hex} (a limit, or a mapping in the way): it stays at {before:hex}.',
    zh: '中断点无法移到 {asked:hex}（受限制，或被其他映射挡住）：仍在 {before:hex}。',
  },
  'mm.brk.grew': {
    en: 'The heap grows by {bytes:bytes}: the break moves from {before:hex} to {after:hex}. No page frame is used before the first touch.',
    zh: '堆增长 {bytes} 字节：中断点从 {before:hex} 移到 {after:hex}。首次访问之前不占用页帧。',
  },
  'mm.brk.shrank': {
    en: 'The heap shrinks by {bytes:bytes}: the break moves from {before:hex} to {after:hex}, the pages between are given back.',
    zh: '堆缩小 {bytes} 字节：中断点从 {before:hex} 移到 {after:hex}，其间的页被归还。',
  },
  'mm.mmap.fixed': {
    en: 'MAP_FIXED: {length:bytes} exactly at {result:hex}; whatever was there is gone.',
    zh: 'MAP_FIXED：{length} 字节正好放在 {result:hex}；原有映射被替换。',
  },
  'mm.mmap.hint': {
    en: 'The hint {result:hex} is free: {length} bytes are mapped there.',
    zh: '提示地址 {result:hex} 空闲：在那里映射 {length} 字节。',
  },
  'mm.mmap.aligned': {
    en: '{length:bytes} at {result:hex}, a multiple of 2 MiB, so that a huge page could be used.',
    zh: '{length} 字节放在 {result:hex}，按 2 MiB 对齐，以便使用大页。',
  },
  'mm.mmap.below': {
    en: '{length:bytes} at {result:hex}: the highest free hole that is large enough ends at the mapping at {neighbour:hex}.',
    zh: '{length} 字节放在 {result:hex}：足够大的最高空隙在 {neighbour:hex} 处的映射下方。',
  },
  'mm.mmap.hole': {
    en: '{length:bytes} at {result:hex}: the upper end of the highest free hole below {base:hex} that is large enough.',
    zh: '{length} 字节放在 {result:hex}：{base:hex} 以下足够大的最高空隙的上端。',
  },
  'mm.mmap.noMemory': {
    en: 'No mapping of {length:bytes}: no hole, a limit, or more memory than the machine has (ENOMEM).',
    zh: '无法映射 {length} 字节：没有空隙、达到限制，或超过机器内存（ENOMEM）。',
  },
  'mm.mmap.refused': {
    en: 'The mapping of {length:bytes} was refused (errno {errno}).',
    zh: '映射 {length} 字节被拒绝（errno {errno}）。',
  },
  'mm.munmap.done': {
    en: '[{addr:hex}, {end:hex}) is no longer mapped; {freedPages} page frames went back.',
    zh: '[{addr:hex}, {end:hex}) 不再映射；归还了 {freedPages} 个页帧。',
  },
  'mm.munmap.refused': { en: 'munmap was refused (errno {errno}).', zh: 'munmap 被拒绝（errno {errno}）。' },
  'mm.mprotect.done': {
    en: '[{addr:hex}, {end:hex}) is now {protection}.',
    zh: '[{addr:hex}, {end:hex}) 的权限现在是 {protection}。',
  },
  'mm.mprotect.refused': { en: 'mprotect failed (errno {errno}).', zh: 'mprotect 失败（errno {errno}）。' },
  'mm.mremap.moved': {
    en: 'There is no room above: the mapping moved from {oldAddr:hex} to {result:hex}. Its page frames moved along, no byte was copied.',
    zh: '上方没有空间：映射从 {oldAddr:hex} 移到 {result:hex}。页帧随之移动，没有复制任何字节。',
  },
  'mm.mremap.inPlace': {
    en: 'The mapping at {result:hex} now has {newLength:bytes}, in place.',
    zh: '{result:hex} 处的映射就地变为 {newLength} 字节。',
  },
  'mm.mremap.shrank': {
    en: 'The mapping at {result:hex} was cut to {newLength:bytes}.',
    zh: '{result:hex} 处的映射被截短为 {newLength} 字节。',
  },
  'mm.mremap.refused': { en: 'mremap failed (errno {errno}).', zh: 'mremap 失败（errno {errno}）。' },
  'mm.madvise.dontneed': {
    en: 'MADV_DONTNEED: {freedPages} page frames went back at once; the next touch reads zeros.',
    zh: 'MADV_DONTNEED：立即归还 {freedPages} 个页帧；下次访问读到零。',
  },
  'mm.madvise.noted': { en: 'The kernel noted advice {advice}.', zh: '内核记下了建议 {advice}。' },
  'mm.fault.hugePage': {
    en: 'First access to the 2 MiB at {start:hex}: the kernel maps a huge page, 512 page frames filled with zeros, with one fault.',
    zh: '首次访问 {start:hex} 起的 2 MiB：内核以一次缺页映射一个大页，即 512 个清零的页帧。',
  },
  'mm.bad.bus': {
    en: '{addr:hex} lies in a mapping of {file}, behind its last page: the file has {bytes:bytes} (SIGBUS).',
    zh: '{addr:hex} 位于 {file} 的映射中，但在文件最后一页之后：文件只有 {bytes} 字节（SIGBUS）。',
  },
  'mm.bad.nonCanonical': {
    en: 'The address lies in the hole between the user half and the kernel half: the processor refuses it before any page table is looked at, and does not tell which it was.',
    zh: '该地址位于用户半区与内核半区之间的空洞：处理器在查页表之前就拒绝，且不报告具体地址。',
  },
  'mm.bad.kernel': {
    en: '{address} belongs to the kernel: no process may touch it.',
    zh: '{address} 属于内核：任何进程都不得访问。',
  },
  'mm.bad.guard': {
    en: '{addr:hex} lies in {name} ({start:hex} to {end:hex}), which allows no access at all (PROT_NONE): a guard or a reserve.',
    zh: '{addr:hex} 位于 {name}（{start:hex} 至 {end:hex}），该映射不允许任何访问（PROT_NONE）：保护区或预留区。',
  },
  'mm.bad.read': {
    en: '{addr:hex} lies in {name} ({start:hex} to {end:hex}), which may not be read.',
    zh: '{addr:hex} 位于 {name}（{start:hex} 至 {end:hex}），该映射不可读。',
  },
  'mm.bad.write': {
    en: '{addr:hex} lies in {name} ({start:hex} to {end:hex}), which may not be written.',
    zh: '{addr:hex} 位于 {name}（{start:hex} 至 {end:hex}），该映射不可写。',
  },
  'mm.bad.execute': {
    en: '{addr:hex} lies in {name} ({start:hex} to {end:hex}), which may not be executed.',
    zh: '{addr:hex} 位于 {name}（{start:hex} 至 {end:hex}），该映射不可执行。',
  },
  'mm.bad.null': {
    en: '{addr:hex} is near zero, where nothing can be mapped: a null pointer, or a member or element behind one.',
    zh: '{addr:hex} 接近零，那里不可能有映射：空指针，或经由空指针访问的成员或元素。',
  },
  'mm.bad.stackLimit': {
    en: '{addr:hex} is further below the top of the stack than its limit of {kilobytes} KB: the stack does not grow there (stack overflow).',
    zh: '{addr:hex} 距栈顶超过 {kilobytes} KB 的限制：栈不能增长到那里（栈溢出）。',
  },
  'mm.bad.stackGuard': {
    en: '{addr:hex} is too near to {name}, which ends at {end:hex}: the kernel keeps 1 MiB free below the stack, so it does not grow.',
    zh: '{addr:hex} 离 {name}（止于 {end:hex}）太近：内核在栈下方保留 1 MiB 空隙，因此栈不增长。',
  },
  'mm.bad.gap': {
    en: 'Nothing is mapped at {addr:hex}: it lies in the gap between {below}, which ends at {start:hex}, and {above}, which starts at {end:hex}.',
    zh: '{addr:hex} 处没有映射：它落在 {below}（止于 {start:hex}）与 {above}（始于 {end:hex}）之间的空隙中。',
  },
  'mm.bad.unmapped': { en: 'Nothing is mapped at {addr:hex}.', zh: '{addr:hex} 处没有映射。' },
  'mm.bad.outOfMemory': {
    en: 'The machine has no page frame left: the kernel ends the process (SIGKILL).',
    zh: '机器已没有可用页帧：内核终止该进程（SIGKILL）。',
  },
  'mm.mlock.done': {
    en: 'The pages of [{addr:hex}, {end:hex}) are locked: they come into memory now and stay. Locked in all: {kilobytes} KB.',
    zh: '[{addr:hex}, {end:hex}) 的页被锁定：立即进入内存并留在内存中。共锁定 {kilobytes} KB。',
  },
  'mm.mlock.refused': {
    en: 'The pages were not locked or unlocked (errno {errno}): a hole, pages that allow no access, or the limit of locked memory.',
    zh: '未能锁定或解锁这些页（errno {errno}）：存在空洞、页不允许访问，或达到锁定内存的限制。',
  },
  'mm.munlock.done': {
    en: '[{addr:hex}, {end:hex}) is no longer locked; its pages stay until memory is scarce. Locked in all: {kilobytes} KB.',
    zh: '[{addr:hex}, {end:hex}) 不再锁定；其页保留到内存紧张为止。共锁定 {kilobytes} KB。',
  },
  'mm.msync.done': {
    en: 'Changed pages of files are on disk; the page table does not change.',
    zh: '文件中已修改的页写回磁盘；页表不变。',
  },
  'mm.msync.refused': { en: 'msync failed (errno {errno}).', zh: 'msync 失败（errno {errno}）。' },
  'mm.mseal.done': {
    en: '[{addr:hex}, {end:hex}) is sealed: from now on nobody can unmap it, move it or change its protection.',
    zh: '[{addr:hex}, {end:hex}) 已封存：此后无法解除映射、移动或更改权限。',
  },
  'mm.mseal.refused': { en: 'mseal failed (errno {errno}).', zh: 'mseal 失败（errno {errno}）。' },
  'mm.mincore.done': {
    en: '{resident} of {pages:pages} are in memory.',
    zh: '{pages} 页中有 {resident} 页在内存中。',
  },
  'mm.mincore.refused': { en: 'mincore failed (errno {errno}).', zh: 'mincore 失败（errno {errno}）。' },
  'mm.madvise.refused': {
    en: 'madvise({advice}) failed (errno {errno}).',
    zh: 'madvise({advice}) 失败（errno {errno}）。',
  },
  'mm.region.user': {
    en: 'What a process can map: its program, heap, libraries and stacks.',
    zh: '进程可以映射的范围：程序、堆、库和栈。',
  },
  'mm.region.user-guard': {
    en: 'The end of the user half, kept free so that no access runs over it.',
    zh: '用户半区的末端，保持空闲以防访问越界。',
  },
  'mm.region.non-canonical': {
    en: 'The hole between the halves: bits above the highest that is translated are not all equal, so the processor refuses the address before it looks at any page table.',
    zh: '两个半区之间的空洞：最高转换位以上的各位不全相同，处理器在查页表之前就拒绝该地址。',
  },
  'mm.region.kernel-guard': {
    en: 'The start of the kernel half, kept free for a hypervisor.',
    zh: '内核半区的开头，为虚拟机监控程序保留。',
  },
  'mm.region.ldt-remap': {
    en: 'Local descriptor tables of processes, where page tables are isolated.',
    zh: '进程的局部描述符表（页表隔离时）。',
  },
  'mm.region.direct-map': {
    en: 'All physical memory, one after the other: every page frame has an address here too.',
    zh: '全部物理内存的直接映射：每个页帧在这里也有一个地址。',
  },
  'mm.region.vmalloc': {
    en: 'Memory that the kernel maps page by page: vmalloc, ioremap, stacks of threads in the kernel.',
    zh: '内核逐页映射的内存：vmalloc、ioremap、内核线程的栈。',
  },
  'mm.region.vmemmap': {
    en: 'The array of struct page: one entry for each page frame.',
    zh: 'struct page 数组：每个页帧一项。',
  },
  'mm.region.kasan': {
    en: 'Shadow memory of the address sanitizer, where the kernel has it.',
    zh: '内核地址检查器（KASAN）的影子内存。',
  },
  'mm.region.cpu-entry-area': {
    en: 'What each processor needs when it enters the kernel: entry stacks, descriptor tables.',
    zh: '处理器进入内核时所需：入口栈、描述符表。',
  },
  'mm.region.espfix': {
    en: 'Small stacks for returns to 16-bit code.',
    zh: '返回 16 位代码时使用的小栈。',
  },
  'mm.region.efi': { en: 'Run-time services of the firmware.', zh: '固件的运行时服务。' },
  'mm.region.kernel-image': { en: 'Code and data of the kernel itself.', zh: '内核自身的代码和数据。' },
  'mm.region.modules': { en: 'Loaded kernel modules.', zh: '已加载的内核模块。' },
  'mm.region.fixmap': {
    en: 'Addresses that are fixed when the kernel is built, for early boot and devices.',
    zh: '内核编译时固定的地址，用于早期启动和设备。',
  },
  'mm.region.vsyscall': {
    en: 'The page of the old vsyscall interface: the one page up here that a process may execute.',
    zh: '旧 vsyscall 接口所在的页：这里唯一允许进程执行的一页。',
  },
  'mm.region.low-memory': {
    en: 'The first 896 MiB of physical memory, mapped one to one.',
    zh: '前 896 MiB 物理内存的一对一映射。',
  },
  'mm.region.unused': { en: 'Not used.', zh: '未使用。' },
} as const satisfies TextTable;

/** Makes a text of this area. */
export const sayMm = textMaker<typeof mmTexts>();
