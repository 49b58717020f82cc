/**
 * pthread_getattr_np: what a running thread is like, and the attributes that new threads have by default.
 *
 * Of the main thread glibc looks up the stack in /proc/self/maps, with a stream and a line from malloc; of every thread it puts
 * the processors into an extension of the attribute object, from malloc as well. Both move what malloc gives later.
 *
 * Source: glibc 2.36, nptl/pthread_getattr_np.c, pthread_attr_extension.c, pthread_attr_setaffinity.c, pthread_attr_destroy.c,
 * pthread_getattr_default_np.c, pthread_setattr_default_np.c.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../../base/address.ts';
import { EINVAL, ENOMEM } from '../../mm/kernel.ts';
import { NotModelled } from '../../trace/not-modelled.ts';
import { asciiBytes } from '../ascii.ts';
import { callFromLibc, f, readWord, writeWord } from '../libc-context.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { getDelimited } from '../stdio-input.ts';
import { closeStream, openStream } from '../stream-open.ts';
import { attributesAt, freeExtension, writeAttributes } from './attributes.ts';
import { readField, readFieldWord } from './descriptor.ts';

const newline = 10;
/** sizeof (struct pthread_attr_extension): two words, a set of signals, a flag. */
const extensionBytes = (ctx: LibcContext): number => 3 * ctx.model.wordBytes + 128;
/** Bytes of the first set of processors that is tried, which is large enough. */
const processorBytes = 32;

const ATTR_FLAG_STACKADDR = 8;
const ATTR_FLAG_DETACHSTATE = 1;

/** A stack as attributes tell it. */
interface StackPlace {
  readonly end: number;
  readonly bytes: number;
}

/** The main stack: its end by the process's arguments, its size by the limit. */
function mainStack(ctx: LibcContext): StackPlace {
  const { stack: limit } = ctx.kernel.limits;
  if (!Number.isFinite(limit)) throw new NotModelled('pthread_getattr_np with an unlimited stack');
  const end = roundDown(argumentCountAt(ctx), PAGE_SIZE) + PAGE_SIZE;
  const found = findMapping(ctx, end - PAGE_SIZE);
  const bytes = roundDown(limit - (found.end - end), PAGE_SIZE);
  return { end, bytes: Math.min(bytes, end - found.before) };
}

/** Where argc lies, which the start code calls __libc_stack_end: below argv, which is below the environment. */
function argumentCountAt(ctx: LibcContext): number {
  const { wordBytes } = ctx.model;
  const skip = (from: number): number => {
    let at = from - wordBytes;
    while (readWord(ctx, at) !== 0) at -= wordBytes;
    return at;
  };
  // Down from the end of the environment to the end of argv, and on to the word that counts what was passed.
  let at = skip(ctx.auxiliaryVector - wordBytes) - wordBytes;
  for (let count = 0; readWord(ctx, at) !== count; count += 1) at -= wordBytes;
  return at;
}

/** The mapping that holds an address, as /proc/self/maps tells it, and the end of the one before. */
function findMapping(ctx: LibcContext, addr: number): { readonly end: number; readonly before: number } {
  const { wordBytes } = ctx.model;
  const path = asciiBytes('/proc/self/maps\0');
  const bytes = new Uint8Array(path.length + 2 * wordBytes);
  bytes.set(path, 2 * wordBytes);
  return ctx.withStackBytes(bytes, (line) => {
    const file = openStream(ctx, line + 2 * wordBytes, 'rce');
    let found = { end: addr + PAGE_SIZE, before: 0 };
    let before = 0;
    while (getDelimited(ctx, line, line + wordBytes, newline, file) > 0) {
      const text = String.fromCharCode(...ctx.memory.readCString(readWord(ctx, line)));
      const [start = 0, end = 0] = text.split(/[- ]/, 2).map((word) => Number.parseInt(word, 16));
      if (start <= addr && addr < end) {
        found = { end, before };
        break;
      }
      before = end;
    }
    closeStream(ctx, file);
    callFromLibc(ctx, 'pthread_getattr_np', () => {
      ctx.malloc.free(readWord(ctx, line));
    });
    return found;
  });
}

/** The processors of the thread, in an extension of the attribute object. @returns its address, 0 where there is no memory */
function makeExtension(ctx: LibcContext): number {
  return callFromLibc(ctx, 'pthread_getattr_np', () => {
    const { malloc, memory } = ctx;
    const processors = malloc.realloc(0, processorBytes);
    memory.fill(processors, 0, processorBytes);
    memory.writeU8(processors, 1);
    const extension = malloc.calloc(1, extensionBytes(ctx));
    const copy = malloc.realloc(0, processorBytes);
    memory.writeBytes(copy, memory.readBytes(processors, processorBytes));
    writeWord(ctx, extension, copy);
    writeWord(ctx, extension + ctx.model.wordBytes, processorBytes);
    malloc.free(processors);
    return extension;
  });
}

/** pthread_getattr_np. @returns 0 or an errno */
function getAttributes(ctx: LibcContext, descriptor: number, target: number): number {
  const block = readFieldWord(ctx, descriptor, 'stackBlock');
  const guard = readFieldWord(ctx, descriptor, 'guardSize');
  const size = readFieldWord(ctx, descriptor, 'stackBlockSize');
  const stack = block === 0 ? mainStack(ctx) : { end: block + size, bytes: size - guard };
  const isDetached = readFieldWord(ctx, descriptor, 'joinId') === descriptor;
  const extension = makeExtension(ctx);
  if (extension === 0) return ENOMEM;
  writeAttributes(ctx, target, {
    flags:
      readField(ctx, descriptor, 'flags') | ATTR_FLAG_STACKADDR | (isDetached ? ATTR_FLAG_DETACHSTATE : 0),
    guard: readFieldWord(ctx, descriptor, 'reportedGuardSize'),
    stackEnd: stack.end,
    stackSize: stack.bytes,
    extension,
  });
  return 0;
}

/** <pthread.h>: facts about running threads, and the defaults of new ones. */
export const stackFactFunctions: LibcTable = {
  pthread_getattr_np: f('ipp', (ctx, [descriptor = 0, target = 0]) => getAttributes(ctx, descriptor, target)),
  pthread_getattr_default_np: f('ip', (ctx, [target = 0]) => {
    const { size, guard } = ctx.threads.nptl.defaultStack;
    writeAttributes(ctx, target, { flags: 0, guard, stackEnd: 0, stackSize: size, extension: 0 });
    return 0;
  }),
  pthread_setattr_default_np: f('ip', (ctx, [addr = 0]) => {
    const { stackSize, guard, stackEnd } = attributesAt(ctx, addr);
    if (stackEnd !== undefined) return EINVAL;
    const { defaultStack } = ctx.threads.nptl;
    defaultStack.size = roundUp(stackSize, PAGE_SIZE);
    defaultStack.guard = guard;
    return 0;
  }),
  pthread_attr_destroy: f('ip', (ctx, [addr = 0]) => {
    freeExtension(ctx, addr);
    return 0;
  }),
};
