/**
 * Texts of the lessons: titles, pages, questions, answers. `{name}` stands for a number of the run, looked up when the
 * text is shown.
 */
import type { TextTable } from './text.ts';

/** The table of this area; keys are `lesson.ID.NAME`. */
export const lessonTexts = {
  // ---- 1 ----
  'lesson.halves.title': { en: 'The user and the kernel half', zh: '用户半区与内核半区' },
  'lesson.halves.intro': {
    en: 'Every process sees an address space of its own. Its low half is the process’s; the high half belongs to the kernel, the same in every process and closed to all of them.',
    zh: '每个进程都看到自己的地址空间。低半区属于进程；高半区属于内核，在每个进程中都相同，并对所有进程关闭。',
  },
  'lesson.halves.question': {
    en: 'Where does the part end that a 64-bit process can use? (First address that it can never have.)',
    zh: '64 位进程能使用的部分到哪里为止？（它永远得不到的第一个地址。）',
  },
  'lesson.halves.answer': {
    en: 'The processor translates the lower bits of an address only; the low half of what they can name is the user’s, less one page that the kernel leaves out as a guard.',
    zh: '处理器只转换地址的低位部分；它们所能表示的低半区归用户，再减去内核留作防护的一页。',
  },
  'lesson.halves.parts': {
    en: 'Code lies at {code}, data at {data}, the heap at {heap}, the stack at {stack}: all of it below {end}. The stack begins right at the top.',
    zh: '代码位于 {code}，数据位于 {data}，堆位于 {heap}，栈位于 {stack}：全都低于 {end}。栈就从顶端开始。',
  },
  'lesson.halves.kernel': {
    en: 'From {end} up to {kernel} there is a hole that no address may point into: it is not canonical. From {kernel} on the kernel lives. Zoom the map out to see all three parts.',
    zh: '从 {end} 到 {kernel} 是一个任何地址都不能指向的空洞：它不是规范地址。{kernel} 以上是内核。缩小地图即可看到全部三个部分。',
  },
  'lesson.halves.narrow': {
    en: 'The same program with 32-bit addresses on a 64-bit kernel: code at {code}, stack at {stack}, and nearly everything that such addresses can name is the process’s, up to {end}. The kernel lives beyond.',
    zh: '同一程序使用 32 位地址、运行在 64 位内核上：代码位于 {code}，栈位于 {stack}，这种地址所能表示的范围几乎全归进程，直到 {end}。内核在此之外。',
  },
  'lesson.halves.crash': {
    en: 'The program reads a byte of the kernel’s half. The page tables say that only the kernel may: the processor faults, the kernel sends {message}.',
    zh: '程序读取内核半区的一个字节。页表规定只有内核可以访问：处理器产生异常，内核发送 {message}。',
  },
  // ---- 2 ----
  'lesson.sections.title': { en: 'Text, data, BSS, and the executable', zh: 'text、data、BSS 与可执行文件' },
  'lesson.sections.intro': {
    en: 'Three arrays of the same size: one has a value, one has none, one is constant. In memory they are alike; in the file they are not.',
    zh: '三个同样大小的数组：一个有初值，一个没有，一个是常量。在内存中它们相似，在文件中却不同。',
  },
  'lesson.sections.question': {
    en: 'Each array takes {array} when the program runs. Which one takes no room in the executable file?',
    zh: '程序运行时每个数组占 {array}。哪一个在可执行文件中不占空间？',
  },
  'lesson.sections.zeroed': { en: 'zeroed: all of it is zero', zh: 'zeroed：全部为零' },
  'lesson.sections.data': {
    en: 'data: only its first element has a value',
    zh: 'data：只有第一个元素有初值',
  },
  'lesson.sections.table': { en: 'table: it is constant', zh: 'table：它是常量' },
  'lesson.sections.all': { en: 'none: each is in the file', zh: '没有：每个都在文件里' },
  'lesson.sections.answer': {
    en: 'What is zero need not be stored: .bss has a size and an address, and no bytes in the file. One element that is not zero is enough to store all of an array.',
    zh: '为零的内容无需存储：.bss 只有大小和地址，在文件中没有字节。只要有一个元素不为零，整个数组就要存储。',
  },
  'lesson.sections.sizes': {
    en: 'As size(1) counts: text {text} (code and constants), data {data}, bss {bss}.',
    zh: '按 size(1) 的统计：text 为 {text}（代码和常量），data 为 {data}，bss 为 {bss}。',
  },
  'lesson.sections.file': {
    en: 'The writable segment has {file} in the file and {memory} in memory. What is missing in the file is the BSS: the kernel maps fresh zeros for it.',
    zh: '可写段在文件中为 {file}，在内存中为 {memory}。文件里缺的就是 BSS：内核为它映射全零的内存。',
  },
  'lesson.sections.read': {
    en: 'An element of zeroed was read. Its mapping of {mapping} has {resident} resident: a read is answered by the one page of zeros that all processes share.',
    zh: '读取了 zeroed 的一个元素。它所在的映射为 {mapping}，其中常驻 {resident}：读取由所有进程共享的那一页零来应答。',
  },
  'lesson.sections.written': {
    en: 'Now it was written: {more} more are resident. The first write gives the page a frame of its own.',
    zh: '现在写入了它：常驻内存增加 {more}。第一次写入让该页得到自己的页框。',
  },
  // ---- 3 ----
  'lesson.malloc-one.title': { en: 'malloc(1) takes a whole heap', zh: 'malloc(1) 占用整个堆' },
  'lesson.malloc-one.intro': {
    en: 'The program has no heap yet: no line [heap] in /proc/PID/maps. Its first request is for one byte.',
    zh: '程序还没有堆：/proc/PID/maps 中没有 [heap] 一行。它的第一个请求是一个字节。',
  },
  'lesson.malloc-one.question': {
    en: 'malloc(1) is the program’s first request. How large is the heap right after it?',
    zh: 'malloc(1) 是程序的第一个请求。之后堆有多大？',
  },
  'lesson.malloc-one.answer': {
    en: 'malloc asks the kernel for the request and a large reserve on top (M_TOP_PAD), rounded up to whole pages, so that the next requests need no system call.',
    zh: 'malloc 向内核申请所需的大小外加一大块储备（M_TOP_PAD），并向上取整到整页，这样后续请求无需系统调用。',
  },
  'lesson.malloc-one.heap': {
    en: 'Right after the call the heap has {heap}, made by {calls:calls} of brk: one asks where the break is, one moves it, by a whole number of pages of {page}.',
    zh: '调用之后堆有 {heap}，由 {calls} 次 brk 调用得到：一次询问 break 在哪里，一次移动它，移动量是 {page} 页的整数倍。',
  },
  'lesson.malloc-one.offset': {
    en: 'The pointer is {offset} above the start of the heap. First comes the chunk of the cache of this thread (tcache), {cache} in all, then the header of our chunk. glibc {withoutCache} has no such cache and gives {older}: the header alone.',
    zh: '指针比堆的起点高 {offset}。最前面是本线程缓存（tcache）的 chunk，共 {cache}，然后是我们这个 chunk 的头部。glibc {withoutCache} 没有该缓存，给出 {older}：只有头部。',
  },
  'lesson.malloc-one.chunk': {
    en: 'The second malloc(1) lies {distance} further on: each chunk has {chunk}, the least there is. The heap did not grow: the chunk was cut off the top.',
    zh: '第二个 malloc(1) 在其后 {distance} 处：每个 chunk 为 {chunk}，这是最小值。堆没有增长：chunk 是从 top 上切下来的。',
  },
  'lesson.malloc-one.kept': {
    en: 'Both blocks are freed, and the heap still has {heap}: they wait in the tcache for the next malloc of that size.',
    zh: '两块都已释放，堆仍有 {heap}：它们在 tcache 中等待下一次同样大小的 malloc。',
  },
  // ---- 4 ----
  'lesson.threshold.title': { en: 'brk, mmap, and a threshold that moves', zh: 'brk、mmap 与会移动的阈值' },
  'lesson.threshold.intro': {
    en: 'Requests below the mmap threshold come from the heap, larger ones get a mapping of their own. The same large request is made twice here.',
    zh: '低于 mmap 阈值的请求来自堆，更大的得到独立的映射。这里两次提出同样大的请求。',
  },
  'lesson.threshold.question': {
    en: 'A block of {asked} had a mapping of its own and was freed. Where does the same request get its memory now?',
    zh: '一个 {asked} 的块曾有独立的映射，并已释放。同样的请求现在从哪里得到内存？',
  },
  'lesson.threshold.heap': { en: 'from the heap, which grows by brk', zh: '来自堆，堆用 brk 增长' },
  'lesson.threshold.mapping': { en: 'from a new mapping of its own', zh: '来自新的独立映射' },
  'lesson.threshold.null': { en: 'nowhere: it returns NULL', zh: '得不到：返回 NULL' },
  'lesson.threshold.answer': {
    en: 'When a mapped block is freed, free raises the threshold to its size: a program that frees such blocks will want them again, and mapping them each time is slow.',
    zh: '释放映射块时，free 会把阈值提高到它的大小：释放这种块的程序还会再要，而每次都映射太慢。',
  },
  'lesson.threshold.below': {
    en: 'Below the threshold: the block lies in the heap, {offset} above its start. The heap has {heap}.',
    zh: '低于阈值：块位于堆中，比堆的起点高 {offset}。堆有 {heap}。',
  },
  'lesson.threshold.above': {
    en: 'Above it: a chunk of {chunk} by mmap. It lies in a mapping of {mapping}, because the kernel joins it with its neighbour. The heap stays at {heap}.',
    zh: '高于阈值：用 mmap 得到 {chunk} 的 chunk。它位于 {mapping} 的映射中，因为内核把它与相邻映射合并了。堆仍为 {heap}。',
  },
  'lesson.threshold.freed': {
    en: 'free gave it back with munmap ({calls} so far), and raised the threshold to {threshold}, the size of that chunk.',
    zh: 'free 用 munmap 归还了它（至今 {calls} 次），并把阈值提高到 {threshold}，即那个 chunk 的大小。',
  },
  'lesson.threshold.again': {
    en: 'The same request now comes from the heap, {offset} above its start; the heap has grown to {heap}.',
    zh: '同样的请求现在来自堆，比堆的起点高 {offset}；堆增长到 {heap}。',
  },
  // ---- 5 ----
  'lesson.demand-paging.title': { en: 'Virtual is not physical', zh: '虚拟不等于物理' },
  'lesson.demand-paging.intro': {
    en: 'The block was promised, not given. The first loop only reads: one byte of each page.',
    zh: '内存只是被承诺，尚未给出。第一个循环只读取：每页一个字节。',
  },
  'lesson.demand-paging.question': {
    en: 'The first loop reads one byte of each of {pages} fresh pages. How much more memory is resident (RSS) after it?',
    zh: '第一个循环读取 {pages} 个新页各一个字节。之后常驻内存（RSS）增加多少？',
  },
  'lesson.demand-paging.answer': {
    en: 'Reading a page that was never written maps the one page of zeros that all share. It costs a page fault, but no memory.',
    zh: '读取从未写过的页会映射到大家共享的那一页零。这要花一次缺页，但不占内存。',
  },
  'lesson.demand-paging.promised': {
    en: 'The chunk has {chunk} of address space. The mapping that it lies in ({mapping}, with a neighbour of libc’s) has {resident} resident: no page of the block but the one with its header.',
    zh: '这个 chunk 占 {chunk} 的地址空间。它所在的映射（{mapping}，含 libc 的相邻部分）常驻 {resident}：除了含头部的那一页，块的其他页都没有。',
  },
  'lesson.demand-paging.read': {
    en: '{pages:pages} were read: {faults} page faults, and {more} more resident.',
    zh: '读取了 {pages} 页：{faults} 次缺页，常驻增加 {more}。',
  },
  'lesson.demand-paging.written': {
    en: 'Then they were written: {faults} page faults again, and {more} more resident, a frame of {page} for each.',
    zh: '然后写入：又是 {faults} 次缺页，常驻增加 {more}，每页一个 {page} 的页框。',
  },
  // ---- 6 ----
  'lesson.free.title': { en: 'free: what stays, what goes back', zh: 'free：什么留下，什么归还' },
  'lesson.free.intro': {
    en: 'Two blocks of the same small size were freed, a first, then b, and a large one. Now the small size is asked for again.',
    zh: '两个同样小的块已释放，先 a 后 b，还释放了一个大块。现在再次申请那个小的大小。',
  },
  'lesson.free.question': {
    en: 'free(a), then free(b), both of {asked}. Which address does the next malloc of that size return?',
    zh: '先 free(a) 再 free(b)，都是 {asked}。下一次同样大小的 malloc 返回哪个地址？',
  },
  'lesson.free.answer': {
    en: 'Small freed blocks are put on a list by size, and taken from its front: last in, first out. So b comes first; it is the one most likely still in the processor’s cache.',
    zh: '释放的小块按大小放入链表，从表头取出：后进先出。所以先得到 b；它最可能还在处理器缓存里。',
  },
  'lesson.free.header': {
    en: 'How free knows the size: {distance} before the block stands the word {header}: the size of the chunk, {chunk}, and a flag in its lowest bit (the chunk before it is in use).',
    zh: 'free 怎么知道大小：块前 {distance} 处是一个字 {header}：chunk 的大小 {chunk}，最低位是标志（前一个 chunk 在使用中）。',
  },
  'lesson.free.kept': {
    en: 'All three are freed; {calls:calls} of munmap, and the heap still has {heap}. The large chunk of {chunk} went to the unsorted bin, where it could be joined with free neighbours.',
    zh: '三块都已释放；munmap 调用 {calls} 次，堆仍有 {heap}。{chunk} 的大 chunk 进入 unsorted bin，在那里它可与空闲的邻居合并。',
  },
  'lesson.free.again': {
    en: 'malloc returned {again}. b was {b}: the block that was freed last.',
    zh: 'malloc 返回 {again}。b 原为 {b}：最后释放的那一块。',
  },
  // ---- 7 ----
  'lesson.brk-mmap.title': { en: 'brk against mmap, counted', zh: 'brk 与 mmap，数一数' },
  'lesson.brk-mmap.intro': {
    en: 'The first loop is over: blocks below the threshold. The second one does the same with blocks above it.',
    zh: '第一个循环已结束：低于阈值的块。第二个循环用高于阈值的块做同样的事。',
  },
  'lesson.brk-mmap.question': {
    en: 'The second loop allocates and frees a block above the mmap threshold {rounds} times. How many system calls does that take?',
    zh: '第二个循环把高于 mmap 阈值的块分配并释放 {rounds} 次。这需要多少次系统调用？',
  },
  'lesson.brk-mmap.answer': {
    en: 'Each round maps and unmaps: two system calls. And the pages are fresh each time, so the first write faults again.',
    zh: '每一轮都映射并解除映射：两次系统调用。而且每次都是新的页，所以第一次写入又会缺页。',
  },
  'lesson.brk-mmap.brk': {
    en: 'Below the threshold, over all rounds of the first loop: {calls} system calls, page faults: {faults}. The heap stays at {heap}, and its pages stay resident.',
    zh: '低于阈值，第一个循环的所有轮次：{calls} 次系统调用，缺页 {faults} 次。堆保持 {heap}，它的页一直常驻。',
  },
  'lesson.brk-mmap.mmap': {
    en: 'Above it: {mmap:calls} of mmap, {munmap} of munmap, {faults} page faults. The threshold was set by mallopt and does not move any more.',
    zh: '高于阈值：mmap {mmap} 次，munmap {munmap} 次，缺页 {faults} 次。阈值由 mallopt 设定，不再移动。',
  },
  // ---- 8 ----
  'lesson.fragmentation.title': { en: 'Growing sizes: fragmentation', zh: '不断变大的尺寸：碎片' },
  'lesson.fragmentation.intro': {
    en: 'Rows that get longer and longer were built, each in a scratch buffer that was freed. Every byte is accounted for; valgrind would report nothing.',
    zh: '构造了越来越长的行，每行都用过一个已释放的草稿缓冲区。每个字节都有着落；valgrind 不会报告任何问题。',
  },
  'lesson.fragmentation.question': {
    en: 'The rows that are alive take {live}. How large is the heap?',
    zh: '存活的行占 {live}。堆有多大？',
  },
  'lesson.fragmentation.answer': {
    en: 'Each hole is smaller than the next request, and the rows between the holes keep them from joining. So every scratch buffer came from the top of the heap.',
    zh: '每个空洞都比下一个请求小，而空洞之间的行使它们无法合并。所以每个草稿缓冲区都取自堆的顶部。',
  },
  'lesson.fragmentation.first': {
    en: 'The third row is about to be built. The hole before the second row has {hole}, and {bytes} are asked for: it does not fit.',
    zh: '即将构造第三行。第二行之前的空洞为 {hole}，而申请的是 {bytes}：放不下。',
  },
  'lesson.fragmentation.holes': {
    en: 'The heap has {heap}; {live} are alive, and {holes} lie free in {count} holes. That is no leak: free knows all of it. It is fragmentation.',
    zh: '堆有 {heap}；其中 {live} 存活，{holes} 空闲地分布在 {count} 个空洞中。这不是泄漏：free 全都知道。这是碎片。',
  },
  'lesson.fragmentation.end': {
    en: 'When the rows are freed too, holes and rows join; the top takes them in and the heap shrinks to {heap}.',
    zh: '行也释放之后，空洞与行合并；top 将其收入，堆缩小到 {heap}。',
  },
  // ---- 9 ----
  'lesson.stack.title': { en: 'The stack and its limit', zh: '栈和它的上限' },
  'lesson.stack.intro': {
    en: 'The function dive calls itself for ever, with a large array in each frame. The stack grows by itself, and it has a limit (ulimit -s).',
    zh: '函数 dive 无休止地调用自己，每个栈帧里有一个大数组。栈会自动增长，但有上限（ulimit -s）。',
  },
  'lesson.stack.question': {
    en: 'Each call has an array of {buffer}; the stack may grow to {limit}. How deep does it get? (Number of calls that fill their array.)',
    zh: '每次调用有一个 {buffer} 的数组；栈最多增长到 {limit}。能到多深？（填满数组的调用次数。）',
  },
  'lesson.stack.forever': { en: 'as deep as it likes: the stack grows', zh: '想多深就多深：栈会增长' },
  'lesson.stack.answer': {
    en: 'A frame holds more than the array (saved registers, the return address, padding), and the top of the stack is taken by arguments and environment. So it is one less than limit divided by array.',
    zh: '栈帧不只包含数组（还有保存的寄存器、返回地址、填充），而栈顶部被参数和环境变量占用。所以比上限除以数组大小要少一次。',
  },
  'lesson.stack.start': {
    en: 'At the start the stack’s mapping has {mapping}: not the limit, only what the kernel made for arguments, environment and a first reserve.',
    zh: '开始时栈的映射为 {mapping}：不是上限，只是内核为参数、环境变量和最初的储备所建的部分。',
  },
  'lesson.stack.frames': {
    en: 'Some frames deep: two arrays lie {distance} apart though each has {buffer}. The mapping has grown to {mapping}, by page faults below its end.',
    zh: '深入几个栈帧后：两个数组相距 {distance}，尽管每个只有 {buffer}。映射已因其末端以下的缺页增长到 {mapping}。',
  },
  'lesson.stack.overflow': {
    en: 'Call number {depth} was the last to fill its array. The next frame lies below the limit of {limit}: the kernel does not grow the stack any more, and sends {message}.',
    zh: '第 {depth} 次调用是最后一次填满数组的。下一个栈帧低于 {limit} 的上限：内核不再增长栈，而是发送 {message}。',
  },
  // ---- 10 ----
  'lesson.rss.title': { en: 'Why RSS stays high after free', zh: '为什么 free 之后 RSS 仍然很高' },
  'lesson.rss.intro': {
    en: 'Many blocks were filled. All of them but the last one are about to be freed.',
    zh: '许多块已经填满。除最后一个外，它们都将被释放。',
  },
  'lesson.rss.question': {
    en: '{resident} of the heap are resident. All blocks but the last are freed. How much is resident then?',
    zh: '堆中有 {resident} 常驻。除最后一块外全部释放。此时常驻多少？',
  },
  'lesson.rss.answer': {
    en: 'free gives memory back to malloc, not to the kernel. The break can only move down from the end, and there stands the last block.',
    zh: 'free 把内存还给 malloc，而不是内核。break 只能从末端下移，而末端正是最后那一块。',
  },
  'lesson.rss.full': {
    en: 'The heap has {heap}; {resident} of it are resident: all but pages of the top that were never touched.',
    zh: '堆有 {heap}；其中 {resident} 常驻：除了 top 中从未触碰的页以外全部。',
  },
  'lesson.rss.freed': {
    en: 'After freeing all but one: heap {heap}, resident {resident}. Nothing has changed for the kernel.',
    zh: '释放到只剩一块之后：堆 {heap}，常驻 {resident}。对内核来说什么都没变。',
  },
  'lesson.rss.trimmed': {
    en: 'malloc_trim(0) tells the kernel which whole pages are free (madvise): heap {heap}, resident {resident}. The addresses stay, the frames are gone.',
    zh: 'malloc_trim(0) 告诉内核哪些整页是空闲的（madvise）：堆 {heap}，常驻 {resident}。地址还在，页框已归还。',
  },
  // ---- 11 ----
  'lesson.double-free.title': { en: 'Use after free and double free', zh: '释放后使用与重复释放' },
  'lesson.double-free.intro': {
    en: 'The block was freed, then written to. Now it is freed a second time.',
    zh: '块已释放，之后又被写入。现在它将被第二次释放。',
  },
  'lesson.double-free.question': {
    en: 'The block was freed, all of its first bytes were overwritten, and it is freed again. What do the next two mallocs of its size do?',
    zh: '块已释放，开头的字节全被覆盖，然后再次释放。接下来两次同样大小的 malloc 会怎样？',
  },
  'lesson.double-free.twice': { en: 'both return the same block', zh: '两次都返回同一块' },
  'lesson.double-free.abort': { en: 'nothing: the second free aborts', zh: '不会执行：第二次 free 中止程序' },
  'lesson.double-free.crash': { en: 'one crashes with SIGSEGV', zh: '其中一次以 SIGSEGV 崩溃' },
  'lesson.double-free.ignored': {
    en: 'they return two blocks: the second free is ignored',
    zh: '返回两个不同的块：第二次 free 被忽略',
  },
  'lesson.double-free.answer': {
    en: 'glibc notices a double free by a mark in the freed block. The write after free wiped the mark out, so the block is on the list twice.',
    zh: 'glibc 靠已释放块中的标记发现重复释放。释放后的写入抹掉了标记，所以这块在链表中出现两次。',
  },
  'lesson.double-free.freed': {
    en: 'The freed block is still mapped. Its first word is now a link of the tcache’s list, and the word behind it ({key} on) the mark that says: freed.',
    zh: '已释放的块仍然映射着。它的第一个字现在是 tcache 链表的链接，其后 {key} 处的字是表示“已释放”的标记。',
  },
  'lesson.double-free.wiped': {
    en: 'The program wrote over both, and nobody noticed: the page is writable. Then it freed the block again, and that was not noticed either.',
    zh: '程序覆盖了这两个字，没有人发现：该页可写。然后它又释放了这块，同样没被发现。',
  },
  'lesson.double-free.shared': {
    en: 'Two mallocs returned {one} and {two}: one block with two owners. Whoever writes last wins.',
    zh: '两次 malloc 返回 {one} 和 {two}：一块内存两个主人。谁最后写谁说了算。',
  },
  'lesson.double-free.noticed': {
    en: 'free(one) set the mark anew; free(two) is the same block and finds it: glibc prints “{message}” and aborts.',
    zh: 'free(one) 重新设置了标记；free(two) 是同一块，发现了它：glibc 打印“{message}”并中止程序。',
  },
  // ---- 12 ----
  'lesson.releases.title': { en: 'One program, two glibc releases', zh: '一个程序，两个 glibc 版本' },
  'lesson.releases.intro': {
    en: 'Two of three blocks were freed. The next malloc asks for the same size, in the newer release and in an older one.',
    zh: '三块中释放了两块。下一次 malloc 申请同样大小，分别在较新与较旧的版本中。',
  },
  'lesson.releases.question': {
    en: 'first, then second was freed. What does the next malloc of that size return in this release ({release})?',
    zh: '先释放 first，再释放 second。在本版本（{release}）中，下一次同样大小的 malloc 返回什么？',
  },
  'lesson.releases.answer': {
    en: 'The cache of a thread (tcache) takes the first few freed blocks of a size, and gives the last one back first.',
    zh: '线程缓存（tcache）接收同一大小的最先几个已释放块，并先交出最后一个。',
  },
  'lesson.releases.cached': {
    en: 'Release {release}: first was {first}, second {second}, and next is {next}: second again, from the cache.',
    zh: '{release} 版：first 为 {first}，second 为 {second}，next 为 {next}：又是 second，来自缓存。',
  },
  'lesson.releases.older': {
    en: 'Release {withoutCache}: first {first}, second {second}, next {next}. There both were joined into one free chunk, and its front was cut off. *Compare Two glibc Releases* shows all events beside each other.',
    zh: '{withoutCache} 版：first 为 {first}，second 为 {second}，next 为 {next}。那里两块合并成一个空闲 chunk，从前端切下。*比较两个 glibc 版本* 可并排显示全部事件。',
  },
} as const satisfies TextTable;
