/**
 * setjmp and longjmp, sigsetjmp and siglongjmp, __builtin_setjmp and __builtin_longjmp; jumps out of nested functions.
 *
 * setjmp fills the program's jmp_buf as glibc does: rbp, rsp and the return address, mangled with the pointer guard of
 * the thread. longjmp reads them back from there and throws them as a WebAssembly exception; the function whose frame
 * pointer and return address they are catches it and goes on at the statement that holds the call, which this time has
 * the value given to longjmp. So a buffer that was overwritten leads nowhere, as in the real process.
 *
 * sigsetjmp keeps the signal mask behind the registers where it is asked to, and siglongjmp sets it again, so that a
 * handler that is left by a jump can be called once more.
 *
 * Source: glibc 2.36, sysdeps/x86_64/setjmp.S, __longjmp.S, sysdeps/i386 likewise (PTR_MANGLE), setjmp/sigjmp.c,
 * setjmp/longjmp.c; gcc/builtins.cc (expand_builtin_setjmp_setup) for the buffer of five words.
 * Simplified: the other callee-saved registers are stored as zero; a call of setjmp after side effects in the same
 * expression is not modelled (C17 7.13.1.1 forbids it).
 */
import { invariant } from '../../base/assert.ts';
import { hasSideEffects, operandsOf, walkExpression } from '../image/tree-walk.ts';
import type { LabelSymbol, TypedExpression, TypedStatement } from '../sema/typed-tree.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { noteReturnAddress, pushReturnAddress, pushStackPointer } from './call.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState, NonlocalLabel, SetjmpSite } from './function-state.ts';
import { loadPlace, pushAddress, storePlace } from './place.ts';
import type { Place } from './place.ts';
import { absoluteAddress } from './program-state.ts';
import { accesses } from './value-type.ts';
import { CodeWriter, op } from './wasm-module.ts';
import type { WasmModule, WasmSignature } from './wasm-module.ts';

/** Frame pointer, return address, value. */
export const LONGJMP_TAG: WasmSignature = { parameters: ['i64', 'i64', 'i32'], result: undefined };

const setjmpNames: ReadonlySet<string> = new Set([
  'setjmp',
  '_setjmp',
  'sigsetjmp',
  '__sigsetjmp',
  '__sigsetjmp_cancel',
  '__builtin_setjmp',
]);
const longjmpNames: ReadonlySet<string> = new Set(['longjmp', '_longjmp', 'siglongjmp', '__builtin_longjmp']);

/** A call of setjmp or longjmp. */
export type Jump = Extract<TypedExpression, { kind: 'call' | 'builtin' }>;

function nameOf(expression: TypedExpression): string | undefined {
  if (expression.kind === 'builtin') return expression.name;
  if (expression.kind !== 'call') return undefined;
  let { callee } = expression;
  while (callee.kind === 'convert' && callee.conversion === 'function-pointer') callee = callee.operand;
  return callee.kind === 'function' && !callee.function.isDefined ? callee.function.name : undefined;
}

/** Whether the expression is a call of setjmp or one of its relatives. */
export function isSetjmp(expression: TypedExpression): boolean {
  const name = nameOf(expression);
  return name !== undefined && setjmpNames.has(name);
}

/** Whether the expression is a call of longjmp or one of its relatives. */
export function isLongjmp(expression: TypedExpression): boolean {
  const name = nameOf(expression);
  return name !== undefined && longjmpNames.has(name);
}

/** The expressions that a statement evaluates itself, those of statements inside it left out. */
function ownExpressions(statement: TypedStatement): readonly TypedExpression[] {
  switch (statement.kind) {
    case 'declare':
      return statement.initializer?.entries.map((entry) => entry.value) ?? [];
    case 'expression':
      return [statement.expression];
    case 'if':
    case 'while':
    case 'do':
      return [statement.condition];
    case 'for':
      return statement.condition === undefined ? [] : [statement.condition];
    case 'switch':
      return [statement.value];
    case 'return':
      return statement.value === undefined ? [] : [statement.value];
    default:
      return [];
  }
}

/** The call of setjmp in a statement's own expressions. */
export function setjmpIn(statement: TypedStatement): Jump | undefined {
  let found: Jump | undefined;
  for (const expression of ownExpressions(statement)) {
    found ??= setjmpOf(expression);
  }
  return found;
}

function setjmpOf(expression: TypedExpression): Jump | undefined {
  let found: Jump | undefined;
  walkExpression(expression, {
    expression: (inner) => {
      if ((inner.kind === 'call' || inner.kind === 'builtin') && isSetjmp(inner)) found ??= inner;
    },
  });
  return found;
}

/** Whether nothing with side effects is evaluated before the call, so that its statement can be begun again. */
export function isEvaluatedFirst(statement: TypedStatement, call: Jump): boolean {
  const [first] = ownExpressions(statement);
  return first !== undefined && comesFirst(first, call);
}

function comesFirst(expression: TypedExpression, call: Jump): boolean {
  if (expression === call) return !call.args.some(hasSideEffects);
  for (const operand of operandsOf(expression)) {
    if (setjmpOf(operand) !== undefined) return comesFirst(operand, call);
    if (hasSideEffects(operand)) return false;
  }
  return false;
}

/** Encodes a word as PTR_MANGLE does: exclusive or with the guard, rotated left. */
function mangle(state: FunctionState, pushWord: () => void): void {
  const { code, program } = state;
  pushWord();
  pushGuard(state);
  const isWide = program.pointer === 'i64';
  code.emit(isWide ? op.i64_xor : op.i32_xor);
  if (isWide) code.i64Const(0x11);
  else code.i32Const(9);
  code.emit(isWide ? op.i64_rotl : op.i32_rotl);
}

function unmangle(state: FunctionState, pushWord: () => void): void {
  const { code, program } = state;
  const isWide = program.pointer === 'i64';
  pushWord();
  if (isWide) code.i64Const(0x11);
  else code.i32Const(9);
  code.emit(isWide ? op.i64_rotr : op.i32_rotr);
  pushGuard(state);
  code.emit(isWide ? op.i64_xor : op.i32_xor);
}

/** The pointer guard lies in the thread control block: fs:0x30, gs:0x18. */
function pushGuard(state: FunctionState): void {
  state.code.globalGet(state.program.globals.threadPointer);
  const isWide = state.program.pointer === 'i64';
  loadPlace(state, { kind: 'pointer', offset: isWide ? 0x30 : 0x18 }, isWide ? accesses.i64 : accesses.i32);
}

/** Words of glibc's jmp_buf: frame pointer, stack pointer, program counter; the others are other registers. i386 mangles no ebp. */
export const jumpBufferLayouts = {
  x86_64: { words: 8, frame: 1, stack: 6, counter: 7, manglesFrame: true },
  i386: { words: 6, frame: 3, stack: 4, counter: 5, manglesFrame: false },
} as const;

/** Code of a call of setjmp: fills the buffer and gives 0, or the value of the longjmp that led here. */
export function generateSetjmp(state: FunctionState, call: Jump): void {
  const { code, program } = state;
  const site = state.setjmps.find((one) => one.call === call);
  const [buffer] = call.args;
  if (site === undefined || buffer === undefined) {
    throw new UnsupportedConstruct(
      sayCodegen('codegen.unsupported-construct', { name: 'setjmp' }),
      call.span,
    );
  }
  const { pointer } = program;
  const word = pointer === 'i64' ? accesses.i64 : accesses.i32;
  code.localGet(state.resumed);
  code.open(op.if, 'i32');
  code.i32Const(0);
  code.localSet(state.resumed);
  code.localGet(state.jumpValue);
  code.else();
  const local = state.temp(pointer);
  state.value(buffer);
  code.localSet(local);
  const place = (index: number): Place => ({
    kind: 'pinned',
    local,
    isOwned: false,
    offset: index * program.wordBytes,
  });
  const pushFrame = (): void => code.localGet(state.rbp);
  const pushCounter = (): void => state.pointerConst(site.counter);
  if (call.kind === 'builtin') {
    storePlace(state, place(0), word, pushFrame);
    storePlace(state, place(1), word, pushCounter);
    storePlace(state, place(2), word, () => pushStackPointer(state));
  } else {
    const layout = jumpBufferLayouts[program.target];
    for (let index = 0; index < layout.words; index += 1) {
      const pushWord =
        index === layout.frame
          ? pushFrame
          : index === layout.stack
            ? () => pushStackPointer(state)
            : index === layout.counter
              ? pushCounter
              : undefined;
      storePlace(state, place(index), word, () => {
        if (pushWord === undefined) state.pointerConst(0);
        else if (pushWord === pushFrame && !layout.manglesFrame) pushFrame();
        else mangle(state, pushWord);
      });
    }
    saveMask(state, call, place(layout.words), place(layout.words + 1));
  }
  state.release(pointer, local);
  code.i32Const(0);
  code.close();
}

/** Whether the call keeps or restores the signal mask, for which it calls sigprocmask. */
export function keepsMask(call: TypedExpression): boolean {
  const name = call.kind === 'call' ? nameOf(call) : undefined;
  return name !== undefined && name !== '_setjmp' && (setjmpNames.has(name) || longjmpNames.has(name));
}

const SIG_BLOCK = 0;
const SIG_SETMASK = 2;

/** What follows the registers: whether the mask is saved, and the mask. `setjmp` of <setjmp.h> is _setjmp, which saves none. */
function saveMask(state: FunctionState, call: Jump, flag: Place, mask: Place): void {
  const { code } = state;
  if (!keepsMask(call)) {
    storePlace(state, flag, accesses.i32, () => code.i32Const(0));
    return;
  }
  const isWanted = state.temp('i32');
  const [, argument] = call.args;
  if (argument === undefined) code.i32Const(1);
  else state.value(argument);
  code.i32Const(0);
  code.emit(op.i32_ne);
  code.localTee(isWanted);
  code.openIf('unlikely');
  changeMask(state, call, SIG_BLOCK, () => {
    state.pointerConst(0);
    pushAddress(state, mask);
  });
  code.close();
  storePlace(state, flag, accesses.i32, () => code.localGet(isWanted));
  state.release('i32', isWanted);
}

/** Sets the mask that sigsetjmp has saved, if it has. */
function restoreMask(state: FunctionState, call: Jump, flag: Place, mask: Place): void {
  const { code } = state;
  loadPlace(state, flag, accesses.i32);
  code.openIf('unlikely');
  changeMask(state, call, SIG_SETMASK, () => {
    pushAddress(state, mask);
    state.pointerConst(0);
  });
  code.close();
}

function changeMask(state: FunctionState, call: Jump, how: number, pushSets: () => void): void {
  const { code, program } = state;
  const callee = program.rewriteTargets.get('sigprocmask');
  invariant(callee !== undefined && call.kind === 'call', 'sigprocmask is imported');
  code.i32Const(how);
  pushSets();
  pushReturnAddress(state, call);
  code.call(callee);
  code.emit(op.drop);
  state.writePosition();
}

/** Makes the function that the machine calls to jump out of functions: it throws what longjmp does. @returns its index */
export function makeJump(module: WasmModule): number {
  const index = module.declareFunction('jump', LONGJMP_TAG);
  const code = new CodeWriter();
  for (const parameter of [0, 1, 2]) code.localGet(parameter);
  code.throw(module.tag(LONGJMP_TAG));
  module.defineFunction(index, [], code);
  return index;
}

/** Code of a call of longjmp. */
export function generateLongjmp(state: FunctionState, call: Jump): void {
  const { code, program } = state;
  const [buffer, value] = call.args;
  if (buffer === undefined || value === undefined) {
    throw new UnsupportedConstruct(
      sayCodegen('codegen.unsupported-construct', { name: 'longjmp' }),
      call.span,
    );
  }
  const { pointer } = program;
  const word = pointer === 'i64' ? accesses.i64 : accesses.i32;
  const [local, result] = [state.temp(pointer), state.temp('i32')];
  state.value(buffer);
  code.localSet(local);
  state.value(value);
  code.localSet(result);
  const layout = jumpBufferLayouts[program.target];
  const place = (index: number): Place => ({
    kind: 'pinned',
    local,
    isOwned: false,
    offset: index * program.wordBytes,
  });
  const load = (index: number): void => {
    loadPlace(state, place(index), word);
  };
  const isBuiltin = call.kind === 'builtin';
  if (!isBuiltin) restoreMask(state, call, place(layout.words), place(layout.words + 1));
  const pushWord = (index: number): void => {
    if (isBuiltin || (index === layout.frame && !layout.manglesFrame)) load(index);
    else unmangle(state, () => load(index));
    if (pointer === 'i32') code.emit(op.i64_extend_i32_u);
  };
  pushWord(isBuiltin ? 2 : layout.stack);
  code.globalSet(program.globals.sp);
  pushWord(isBuiltin ? 0 : layout.frame);
  pushWord(isBuiltin ? 1 : layout.counter);
  // A value of 0 would look like the first return.
  code.localGet(result);
  code.i32Const(1);
  code.localGet(result);
  code.emit(op.select);
  code.throw(program.module.tag(LONGJMP_TAG));
  state.release(pointer, local);
  state.release('i32', result);
}

/**
 * A jump from a nested function to a label of one around it: the buffer in that one's frame holds its frame pointer and
 * stack pointer (gcc/builtins.cc: expand_builtin_nonlocal_goto).
 */
export function generateNonlocalGoto(
  state: FunctionState,
  { label, buffer }: Extract<TypedStatement, { kind: 'nonlocal-goto' }>,
): void {
  const { code, program } = state;
  const { pointer, wordBytes } = program;
  const word = pointer === 'i64' ? accesses.i64 : accesses.i32;
  const local = state.temp(pointer);
  state.value(buffer);
  code.localSet(local);
  const pushWord = (index: number): void => {
    loadPlace(state, { kind: 'pinned', local, isOwned: false, offset: index * wordBytes }, word);
    if (pointer === 'i32') code.emit(op.i64_extend_i32_u);
  };
  pushWord(1);
  code.globalSet(program.globals.sp);
  pushWord(0);
  code.i64Const(absoluteAddress(program, label));
  code.i32Const(0);
  code.throw(program.module.tag(LONGJMP_TAG));
  state.release(pointer, local);
}

/** Notes the labels of a function to which nested functions jump. */
export function collectNonlocalLabels(state: FunctionState, labels: Iterable<LabelSymbol>): void {
  for (const label of labels) {
    if (label.isNonlocal === true)
      state.nonlocalLabels.push({ label, counter: absoluteAddress(state.program, label) });
  }
}

/** Notes the calls of setjmp of a function with the statements at which execution goes on. */
export function collectSetjmps(state: FunctionState, sites: ReadonlyMap<TypedStatement, Jump>): void {
  for (const [statement, call] of sites) {
    state.setjmps.push({ statement, call, counter: counterOf(state, call) });
  }
}

/** The address that the call pushes; the built-in one has a label of its own, here the function's address and a count. */
function counterOf(state: FunctionState, call: Jump): number {
  if (call.kind === 'call') return noteReturnAddress(state, call);
  return absoluteAddress(state.program, state.fn.symbol) + state.setjmps.length + 1;
}

/**
 * Runs `generate` and catches what longjmp throws for this frame. `resume` sends execution to the statement of a call
 * and is followed by a new turn.
 */
export function catchingLongjmp(
  state: FunctionState,
  generate: () => void,
  resume: (site: SetjmpSite | NonlocalLabel) => void,
): void {
  const { code, program } = state;
  if (state.setjmps.length === 0 && state.nonlocalLabels.length === 0) {
    generate();
    return;
  }
  const [frame, counter] = [state.local('i64'), state.local('i64')];
  const again = code.open(op.loop);
  code.open(op.try);
  generate();
  code.catch(program.module.tag(LONGJMP_TAG));
  code.localSet(state.jumpValue);
  code.localSet(counter);
  code.localTee(frame);
  code.localGet(state.rbp);
  if (program.pointer === 'i32') code.emit(op.i64_extend_i32_u);
  code.emit(op.i64_eq);
  code.open(op.if);
  for (const site of [...state.setjmps, ...state.nonlocalLabels]) {
    code.localGet(counter);
    code.i64Const(site.counter);
    code.emit(op.i64_eq);
    code.open(op.if);
    if ('call' in site) {
      code.i32Const(1);
      code.localSet(state.resumed);
    }
    code.localGet(frame);
    code.globalSet(program.globals.fp);
    resume(site);
    code.branch(again);
    code.close();
  }
  code.close();
  code.rethrow(0);
  code.close();
  code.close();
}
