/**
 * Calls of library functions that gcc turns into others: what is executed is what gcc's code executes.
 * Which calls those are is decided in sema/library-call-rewrite.ts.
 */
import { invariant } from '../../base/assert.ts';
import { evaluate } from '../sema/constant.ts';
import { literalArgument, rewriteLibraryCall } from '../sema/library-call-rewrite.ts';
import { asPointer } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { pushReturnAddress } from './call.ts';
import type { ExternalFunction } from './compiled-program.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { storeBytes } from './initializer.ts';
import { withinObject } from './lvalue.ts';
import { holdCallResult } from './missing-return.ts';
import { pushInteger, scalarOf } from './operands.ts';
import { loadPlace } from './place.ts';
import type { Place } from './place.ts';
import { absoluteAddress } from './program-state.ts';
import { accesses } from './value-type.ts';
import { op } from './wasm-module.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** Functions that calls are turned into or that code calls for itself, with the wasm types of their arguments: p is a pointer or size_t. */
const targets: Readonly<Record<string, string>> = {
  puts: 'p>i',
  putchar: 'i>i',
  fputc: 'ip>i',
  fputs: 'pp>i',
  fwrite: 'pppp>p',
  strchr: 'pi>p',
  memcpy: 'ppp>p',
  sigprocmask: 'ipp>i',
};

/** An argument that is a pointer as it is written: parameters of memcpy and its like are void pointers. */
function pointedTo(argument: TypedExpression): TypedExpression {
  return argument.kind === 'convert' && argument.conversion === 'pointer'
    ? pointedTo(argument.operand)
    : argument;
}

/** The import that a rewritten call needs. */
export function importOfTarget(
  name: string,
  pointer: 'i32' | 'i64',
): Omit<ExternalFunction, 'tableIndex' | 'isWeak'> | undefined {
  const signature = targets[name];
  if (signature === undefined) return undefined;
  const [parameters = '', result = ''] = signature.split('>');
  const typeOf = (letter: string): 'i32' | 'i64' => (letter === 'p' ? pointer : 'i32');
  return { name, parameters: Array.from(parameters, typeOf), result: typeOf(result), isVariadic: false };
}

/**
 * Emits the call that gcc makes of a call, or the code that takes its place.
 *
 * @returns false when gcc leaves the call as it is
 */
export function generateRewritten(state: FunctionState, call: Call, isValueUsed: boolean): boolean {
  if (generateKnown(state, call, isValueUsed)) return true;
  const rewritten = rewriteLibraryCall(call, isValueUsed);
  if (rewritten === undefined || call.callee.kind !== 'function') return false;
  const writer = new RewrittenCall(state, call, isValueUsed);
  if (rewritten.callee === undefined) writer.inline(call.callee.function.name);
  else writer.call(call.callee.function.name, rewritten.callee);
  return true;
}

/** A number or an address that gcc computes: the literals in such a call may not exist. */
function generateKnown(state: FunctionState, call: Call, isValueUsed: boolean): boolean {
  const known = evaluate(call, { foldObjects: false, wordBytes: state.program.wordBytes });
  if (known?.kind !== 'integer' && known?.kind !== 'address') return false;
  if (!isValueUsed) return true;
  if (known.kind === 'integer') {
    if (asPointer(call.type.type) === undefined) pushInteger(state, scalarOf(call), known.value);
    else state.pointerConst(Number(known.value));
    return true;
  }
  if (!('bytes' in known.base)) return false;
  state.pointerConst(absoluteAddress(state.program, known.base) + known.offset);
  return true;
}

class RewrittenCall {
  readonly #state: FunctionState;
  readonly #call: Call;
  readonly #isValueUsed: boolean;

  constructor(state: FunctionState, call: Call, isValueUsed: boolean) {
    this.#state = state;
    this.#call = call;
    this.#isValueUsed = isValueUsed;
  }

  /** Calls `target` instead of `name`. */
  call(name: string, target: string): void {
    const { code } = this.#state;
    switch (name) {
      case 'printf':
      case 'vprintf':
        this.#print(target, 0, () => undefined);
        break;
      case 'fprintf':
      case 'vfprintf':
        this.#print(target, 1, () => this.#value(0));
        break;
      case 'fputs':
        this.#write(target, 0, () => this.#value(1));
        break;
      case 'memmove':
        for (const index of this.#call.args.keys()) this.#value(index);
        break;
      case 'strstr':
      case 'strpbrk':
        this.#value(0);
        code.i32Const(this.#text(1).charCodeAt(0));
        break;
      default:
        this.#unsupported();
    }
    const callee = this.#state.program.rewriteTargets.get(target);
    invariant(callee !== undefined, `${target} is imported`);
    pushReturnAddress(this.#state, this.#call);
    code.call(callee);
    this.#state.writePosition();
    if (this.#isValueUsed) return;
    const result = importOfTarget(target, this.#state.program.pointer)?.result ?? 'i32';
    if (!holdCallResult(this.#state, this.#call, this.#call.type.type, result)) code.emit(op.drop);
  }

  /** printf and fprintf: the format is argument `at`, what follows goes with it; `pushStream` pushes the stream. */
  #print(target: string, at: number, pushStream: () => void): void {
    const { code } = this.#state;
    const format = this.#text(at);
    const isConversion = format.startsWith('%');
    switch (target) {
      case 'putchar':
      case 'fputc':
        if (format === '%c') this.#value(at + 1);
        else code.i32Const(byteOf(format === '%s' ? this.#text(at + 1) : format));
        pushStream();
        return;
      case 'puts':
      case 'fputs':
        this.#value(isConversion ? at + 1 : at);
        pushStream();
        return;
      default:
        this.#write(target, isConversion ? at + 1 : at, pushStream);
    }
  }

  /** fputs of a constant: fputc, or fwrite(text, 1, length, stream). */
  #write(target: string, at: number, pushStream: () => void): void {
    const { code } = this.#state;
    const text = this.#text(at);
    if (target === 'fputc') {
      code.i32Const(byteOf(text));
      pushStream();
      return;
    }
    this.#value(at);
    this.#state.pointerConst(1);
    this.#state.pointerConst(text.length);
    pushStream();
  }

  /** No call is left: immediate values, or nothing. */
  inline(name: string): void {
    const { code } = this.#state;
    switch (name) {
      case 'printf':
      case 'vprintf':
      case 'fprintf':
      case 'vfprintf':
      case 'fputs':
        for (const argument of this.#call.args) this.#state.effect(argument);
        return;
      case 'strlen':
        this.#state.pointerConst(this.#text(0).length);
        this.#finish();
        return;
      case 'strcmp':
        this.#compare();
        this.#finish();
        return;
      case 'memcmp':
      case 'strncmp':
      case 'strncasecmp':
        this.#state.effect(this.#argument(0));
        if (literalArgument(this.#argument(1)) === undefined) this.#state.effect(this.#argument(1));
        code.i32Const(0);
        this.#finish();
        return;
      case 'strspn':
        this.#state.effect(this.#argument(0));
        this.#state.pointerConst(0);
        this.#finish();
        return;
      case 'strcspn':
        this.#value(0);
        code.call(this.#state.program.helper('string_length'));
        this.#finish();
        return;
      case 'strstr':
        this.#value(0);
        this.#finish();
        return;
      case 'strpbrk':
        this.#state.effect(this.#argument(0));
        this.#state.pointerConst(0);
        this.#finish();
        return;
      default:
        this.#copy(name);
    }
  }

  /** strcpy and its relatives: the characters are immediate values. */
  #copy(name: string): void {
    const { code } = this.#state;
    const { pointer } = this.#state.program;
    const literal = literalArgument(this.#call.args[1]);
    const text = this.#text(1);
    const count = this.#call.args[2];
    const length = count?.kind === 'integer' ? Number(count.value) : undefined;
    if (literal === undefined) this.#unsupported();
    const to = this.#state.temp(pointer);
    this.#value(0);
    code.localSet(to);
    const isAppended = name === 'strcat' || name === 'strncat';
    let at = to;
    if (isAppended) {
      at = this.#state.temp(pointer);
      code.localGet(to);
      code.localGet(to);
      code.call(this.#state.program.helper('string_length'));
      this.#state.pointerAdd();
      code.localSet(at);
    }
    const [target] = this.#call.args;
    const pinned: Place = { kind: 'pinned', local: at, isOwned: false, offset: 0 };
    const place = target === undefined ? pinned : withinObject(this.#state, pinned, pointedTo(target));
    const bytes = new Uint8Array(
      name === 'strncpy' || name.startsWith('mem') ? (length ?? 0) : text.length + 1,
    );
    bytes.set(literal.bytes.subarray(0, bytes.length));
    // After the NUL strncpy fills up with zeros; the bytes of a literal behind its first NUL are not copied.
    if (name === 'strncpy' && text.length < bytes.length) bytes.fill(0, text.length);
    if (name.startsWith('mem') && length === undefined) this.#unsupported();
    storeBytes(this.#state, place, 0, bytes);
    code.localGet(to);
    if (name === 'stpcpy') this.#state.addConst(text.length);
    if (name === 'mempcpy') this.#state.addConst(bytes.length);
    this.#finish();
    if (isAppended) this.#state.release(pointer, at);
    this.#state.release(pointer, to);
  }

  /** strcmp with an empty string looks at one character; with two constants it is one. */
  #compare(): void {
    const { code } = this.#state;
    const [left, right] = [literalArgument(this.#call.args[0]), literalArgument(this.#call.args[1])];
    if (left !== undefined && right !== undefined) {
      const [a, b] = [this.#text(0), this.#text(1)];
      code.i32Const(a < b ? -1 : a > b ? 1 : 0);
      return;
    }
    const { pointer } = this.#state.program;
    const text = this.#state.temp(pointer);
    if (left !== undefined) code.i32Const(0);
    this.#value(left === undefined ? 0 : 1);
    code.localSet(text);
    loadPlace(this.#state, { kind: 'pinned', local: text, isOwned: false, offset: 0 }, accesses.u8);
    if (left !== undefined) code.emit(op.i32_sub);
    this.#state.release(pointer, text);
  }

  #finish(): void {
    if (!this.#isValueUsed) this.#state.code.emit(op.drop);
  }

  #argument(index: number): TypedExpression {
    return this.#call.args[index] ?? this.#unsupported();
  }

  /** Pushes an argument; of a literal the address of what gcc made of it. */
  #value(index: number): void {
    const literal = literalArgument(this.#call.args[index]);
    if (literal === undefined) this.#state.value(this.#argument(index));
    else this.#state.pointerConst(absoluteAddress(this.#state.program, literal));
  }

  /** The characters of a literal argument before its first NUL, one a byte. */
  #text(index: number): string {
    const literal = literalArgument(this.#call.args[index]);
    if (literal === undefined) this.#unsupported();
    const end = literal.bytes.indexOf(0);
    return Array.from(literal.bytes.subarray(0, end), (byte) => String.fromCharCode(byte)).join('');
  }

  #unsupported(): never {
    throw new UnsupportedConstruct(
      sayCodegen('codegen.unsupported-construct', { name: 'library call' }),
      this.#call.span,
    );
  }
}

function byteOf(text: string): number {
  return text.charCodeAt(0);
}
