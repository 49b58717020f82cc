/**
 * Makes functions that can be left at a call and entered there again, so that several threads run on one instance.
 *
 * A pass over the finished bodies: whatever construct of C they come from, they are structured WebAssembly. Each call that
 * may wait is a site, numbered in order within its function. In a sequence of instructions
 *
 *     a  call  b  loop … call … end  c
 *
 * the operands that are alive at a site, or at a construct with sites in it, are put into locals of their own, one for each
 * height and type, so that control can come in from elsewhere:
 *
 *     block
 *       block
 *         (br_table: the site to go to, none at first)
 *         a
 *       end
 *       operands; call; is the stack being left? then: note the site, leave
 *       b
 *     end
 *     loop … end                  as here, inside
 *     c
 *
 * The condition of an `if` with sites is such an operand, too: it still is what it was when control comes in again. A
 * function that is left saves all its locals in {@link SUSPENSION_AREA} and tells the host, which keeps them; a function
 * that is entered again begins by asking for them. See process/thread-switch.ts for the host's part.
 *
 * Source: the idea of Binaryen's Asyncify pass (unwind and rewind by a state, locals saved by each function); there control
 * flow is flattened and skipped over by ifs, here it is entered by tables.
 */
import { invariant } from '../../base/assert.ts';
import type { WasmType } from './compiled-program.ts';
import type { FunctionBody, ModuleTypes } from './module-pass.ts';
import { pushNothing } from './register-value.ts';
import { CodeWriter, op } from './wasm-module.ts';
import type { BranchHint, WasmModule } from './wasm-module.ts';
import { loadValue, storeValue } from './wasm-values.ts';
import { applyEffect, readBody } from './wasm-tree.ts';
import type { ConstructNode, PlainNode, WasmNode } from './wasm-tree.ts';

/** Host address of the area through which functions save and restore their locals, and its size in bytes. */
export const SUSPENSION_AREA = 0x8000;
export const SUSPENSION_AREA_BYTES = 0xf000 - SUSPENSION_AREA;

/** Values of the global `switch_state`. */
export const SWITCH_RUNNING = 0;
export const SWITCH_UNWINDING = 1;
export const SWITCH_REWINDING = 2;

/** Bytes of a local of a function in the area, and how many fit. */
function slotsOf(locals: readonly WasmType[]): { readonly slotBytes: number; readonly slots: number } {
  const slotBytes = locals.includes('v128') ? 16 : 8;
  return { slotBytes, slots: SUSPENSION_AREA_BYTES / slotBytes };
}

/** What the pass needs in the module. */
export interface SuspensionImports {
  /** Global with the state. */
  readonly state: number;
  /** frame_save(bytes: i32), frame_restore(). */
  readonly save: number;
  readonly restore: number;
}

/** How many functions {@link importSuspension} imports. */
export const SUSPENSION_IMPORTS = 2;

/** Imports what suspendable functions need. Call it while functions are imported. */
export function importSuspension(module: WasmModule): Omit<SuspensionImports, 'state'> {
  return {
    save: module.importFunction('frame_save', { parameters: ['i32'], result: undefined }),
    restore: module.importFunction('frame_restore', { parameters: [], result: undefined }),
  };
}

/**
 * Rewrites all functions of a module that may be on the stack when a thread waits.
 *
 * @param isWaiting - whether the import with this name may wait
 */
export function makeSuspendable(
  module: WasmModule,
  imports: SuspensionImports,
  isWaiting: (name: string) => boolean,
): void {
  module.rewriteBodies((functions, types) => {
    const trees = new Map(functions.map((one) => [one.index, readBody(one.body)]));
    const suspending = suspendingFunctions(trees, types, isWaiting);
    return functions.flatMap((own) => {
      const tree = trees.get(own.index);
      if (tree === undefined || !suspending.has(own.index)) return [];
      return [new Rewriter(own, types, imports, suspending).rewrite(tree)];
    });
  });
}

/** The functions that wait, and those that call one of them. */
function suspendingFunctions(
  trees: ReadonlyMap<number, readonly WasmNode[]>,
  types: ModuleTypes,
  isWaiting: (name: string) => boolean,
): ReadonlySet<number> {
  const found = new Set<number>();
  const callers = new Map<number, number[]>();
  const queue: number[] = [];
  const add = (index: number): void => {
    if (found.has(index)) return;
    found.add(index);
    queue.push(index);
  };
  for (const [caller, tree] of trees) {
    forEachPlain(tree, ({ opcode, immediate }) => {
      if (opcode === op.call_indirect) add(caller);
      if (opcode !== op.call) return;
      const name = types.importName(immediate);
      if (name !== undefined && isWaiting(name)) add(immediate);
      const known = callers.get(immediate);
      if (known === undefined) callers.set(immediate, [caller]);
      else known.push(caller);
    });
  }
  for (let index = queue.pop(); index !== undefined; index = queue.pop())
    for (const caller of callers.get(index) ?? []) add(caller);
  return found;
}

function forEachPlain(nodes: readonly WasmNode[], visit: (node: PlainNode) => void): void {
  for (const node of nodes) {
    if (node.kind === 'plain') visit(node);
    else for (const part of partsOf(node)) forEachPlain(part, visit);
  }
}

function partsOf(node: ConstructNode): readonly (readonly WasmNode[])[] {
  return [node.body, node.otherwise ?? [], node.handler?.body ?? []];
}

/** Writes one function anew. */
class Rewriter {
  readonly #own: FunctionBody;
  readonly #types: ModuleTypes;
  readonly #imports: SuspensionImports;
  readonly #suspending: ReadonlySet<number>;
  readonly #code: CodeWriter;
  /** Types of parameters and locals, those added here included. */
  readonly #locals: WasmType[];
  readonly #hints: ReadonlyMap<number, BranchHint>;
  /** Sites in a node, where there are any. */
  readonly #sites = new Map<WasmNode, number>();
  /** Blocks that are open, as the old code counts them: their numbers in the new code. */
  readonly #labels: number[] = [];
  /** The operand stack, from the bottom of the function. */
  readonly #stack: WasmType[] = [];
  /** Local of an operand, by height and type. */
  readonly #operands = new Map<string, number>();
  /** Local: the site to go to, 0 for none. */
  readonly #site: number;
  /** Block that a function that is left leaves. */
  #unwind = 0;
  #nextSite = 1;

  constructor(
    own: FunctionBody,
    types: ModuleTypes,
    imports: SuspensionImports,
    suspending: ReadonlySet<number>,
  ) {
    this.#own = own;
    this.#types = types;
    this.#imports = imports;
    this.#suspending = suspending;
    this.#code = new CodeWriter(own.body.length * 2);
    this.#locals = [...own.signature.parameters, ...own.locals];
    this.#hints = new Map(own.hints.map(({ at, hint }) => [at, hint]));
    this.#site = this.#local('i32');
  }

  rewrite(tree: readonly WasmNode[]): FunctionBody {
    const { signature, index } = this.#own;
    this.#countSites(tree);
    // The locals are known when the body is written; what restores them stands before it.
    this.#unwind = this.#code.open(op.block);
    this.#sequence(tree);
    this.#code.emit(op.return);
    this.#code.close();
    this.#save();
    if (signature.result !== undefined) pushNothing(this.#code, signature.result);
    const restore = this.#restore();
    const body = new Uint8Array(restore.length + this.#code.length);
    body.set(restore.view());
    body.set(this.#code.view(), restore.length);
    const hints = this.#code.hints.map(({ at, hint }) => ({ at: at + restore.length, hint }));
    return {
      index,
      signature,
      locals: this.#locals.slice(signature.parameters.length),
      body,
      hints: [...restore.hints, ...hints],
    };
  }

  #local(type: WasmType): number {
    this.#locals.push(type);
    return this.#locals.length - 1;
  }

  #isSite({ opcode, immediate }: PlainNode): boolean {
    return opcode === op.call_indirect || (opcode === op.call && this.#suspending.has(immediate));
  }

  #countSites(nodes: readonly WasmNode[]): number {
    let total = 0;
    for (const node of nodes) {
      let count = 0;
      if (node.kind === 'plain') count = this.#isSite(node) ? 1 : 0;
      else {
        for (const part of [node.body, node.otherwise ?? []]) count += this.#countSites(part);
        invariant(
          this.#countSites(node.handler?.body ?? []) === 0,
          'no function is called where an exception is caught',
        );
      }
      if (count > 0) this.#sites.set(node, count);
      total += count;
    }
    return total;
  }

  // ---- instructions ----

  /** A sequence of instructions; its operands begin at the height that the stack has now. */
  #sequence(nodes: readonly WasmNode[]): void {
    const base = this.#stack.length;
    const stops = nodes.filter((node) => this.#sites.has(node));
    const entries = stops.map(() => 0);
    for (let index = stops.length - 1; index >= 0; index -= 1) entries[index] = this.#code.open(op.block);
    this.#enter(stops, entries);
    for (const node of nodes) {
      if (!this.#sites.has(node)) {
        this.#straight(node);
        continue;
      }
      this.#putAway(base);
      this.#code.close();
      if (node.kind === 'plain') this.#call(node);
      else this.#construct(node);
      this.#takeBack(base);
    }
  }

  /** Goes to the site that the function was left at, when it is one of this sequence. */
  #enter(stops: readonly WasmNode[], entries: readonly number[]): void {
    const code = this.#code;
    const [only] = entries;
    if (only === undefined) return;
    code.localGet(this.#site);
    if (entries.length === 1) {
      code.branchIf(only, 'unlikely');
      return;
    }
    code.openIf('unlikely');
    const first = this.#nextSite;
    const table = stops.flatMap((node, index) =>
      Array.from({ length: this.#sites.get(node) ?? 0 }, () => entries[index] ?? only),
    );
    code.localGet(this.#site);
    code.i32Const(first);
    code.emit(op.i32_sub);
    code.branchTable(table, only);
    code.close();
  }

  #operand(height: number): number {
    const type = this.#stack[height];
    invariant(type !== undefined, 'an operand lies on the stack');
    const key = `${height}:${type}`;
    const local = this.#operands.get(key) ?? this.#local(type);
    this.#operands.set(key, local);
    return local;
  }

  /** Puts the operands from a height on into their locals. */
  #putAway(base: number): void {
    for (let height = this.#stack.length - 1; height >= base; height -= 1)
      this.#code.localSet(this.#operand(height));
  }

  #takeBack(base: number): void {
    for (let height = base; height < this.#stack.length; height += 1)
      this.#code.localGet(this.#operand(height));
  }

  /** A call that may wait; all operands are in their locals before and after. */
  #call(node: PlainNode): void {
    const code = this.#code;
    const stack = this.#stack;
    const isIndirect = node.opcode === op.call_indirect;
    const signature = isIndirect
      ? this.#types.signatures[node.immediate]
      : this.#types.functionSignature(node.immediate);
    invariant(signature !== undefined, 'a call names a function or a type');
    const first = stack.length - signature.parameters.length - (isIndirect ? 1 : 0);
    code.i32Const(0);
    code.localSet(this.#site);
    this.#takeBack(first);
    code.append(this.#own.body.subarray(node.start, node.end));
    // The operands stay in their locals: the result may be of no meaning, and the call be made again.
    code.globalGet(this.#imports.state);
    code.openIf('unlikely');
    code.i32Const(this.#nextSite);
    code.localSet(this.#site);
    code.branch(this.#unwind);
    code.close();
    applyEffect(node, stack, this.#types, this.#locals);
    this.#putAway(first);
    this.#nextSite += 1;
  }

  /** A construct with sites; all operands are in their locals before and after. */
  #construct(node: ConstructNode): void {
    const code = this.#code;
    const stack = this.#stack;
    // The condition keeps its place, so that nothing inside takes its local.
    if (node.opcode === op.if) code.localGet(this.#operand(stack.length - 1));
    const height = stack.length;
    this.#open(node);
    this.#sequence(node.body);
    stack.length = height;
    if (node.otherwise !== undefined) {
      code.else();
      this.#sequence(node.otherwise);
      stack.length = height;
    }
    if (node.handler !== undefined) {
      code.catch(node.handler.tag);
      for (const inner of node.handler.body) this.#unchanged(inner);
    }
    this.#close();
    if (node.opcode === op.if) stack.pop();
    if (node.result === undefined) return;
    stack.push(node.result);
    code.localSet(this.#operand(stack.length - 1));
  }

  /** Instructions in a sequence that are as they were. */
  #straight(node: WasmNode): void {
    this.#unchanged(node);
    if (node.kind === 'plain') {
      applyEffect(node, this.#stack, this.#types, this.#locals);
      return;
    }
    if (node.opcode === op.if) this.#stack.pop();
    if (node.result !== undefined) this.#stack.push(node.result);
  }

  #unchanged(node: WasmNode): void {
    if (node.kind === 'plain') {
      this.#plain(node);
      return;
    }
    this.#open(node);
    for (const inner of node.body) this.#unchanged(inner);
    if (node.otherwise !== undefined) {
      this.#code.else();
      for (const inner of node.otherwise) this.#unchanged(inner);
    }
    if (node.handler !== undefined) {
      this.#code.catch(node.handler.tag);
      for (const inner of node.handler.body) this.#unchanged(inner);
    }
    this.#close();
  }

  #open(node: ConstructNode): void {
    const hint = this.#hints.get(node.start);
    const { opcode, result } = node;
    const label = hint === undefined ? this.#code.open(opcode, result) : this.#code.openIf(hint, result);
    this.#labels.push(label);
  }

  #close(): void {
    this.#labels.pop();
    this.#code.close();
  }

  #plain(node: PlainNode): void {
    const code = this.#code;
    switch (node.opcode) {
      case op.br:
        code.branch(this.#label(node.immediate));
        return;
      case op.br_if:
        code.branchIf(this.#label(node.immediate), this.#hints.get(node.start));
        return;
      case op.br_table: {
        const blocks = (node.depths ?? []).map((depth) => this.#label(depth));
        code.branchTable(blocks.slice(0, -1), blocks.at(-1) ?? 0);
        return;
      }
      case op.rethrow:
        code.rethrow(code.depth - this.#label(node.immediate));
        return;
      default:
        code.append(this.#own.body.subarray(node.start, node.end));
    }
  }

  #label(depth: number): number {
    const label = this.#labels[this.#labels.length - 1 - depth];
    invariant(label !== undefined, 'a branch names a block that is open');
    return label;
  }

  // ---- locals ----

  /** Saves all locals; the area is filled as often as there is need. */
  #save(): void {
    const code = this.#code;
    const { slotBytes, slots } = slotsOf(this.#locals);
    for (let from = 0; from < this.#locals.length; from += slots) {
      const part = this.#locals.slice(from, from + slots);
      part.forEach((type, slot) => {
        code.i32Const(0);
        code.localGet(from + slot);
        storeValue(code, type, SUSPENSION_AREA + slot * slotBytes);
      });
      code.i32Const(part.length * slotBytes);
      code.call(this.#imports.save);
    }
  }

  /** Takes all locals back when the function is entered again. What was saved last comes first. */
  #restore(): CodeWriter {
    const code = new CodeWriter(this.#locals.length * 8);
    code.globalGet(this.#imports.state);
    code.i32Const(SWITCH_REWINDING);
    code.emit(op.i32_eq);
    code.openIf('unlikely');
    const { slotBytes, slots } = slotsOf(this.#locals);
    const last = this.#locals.length - 1;
    for (let from = last - (last % slots); from >= 0; from -= slots) {
      code.call(this.#imports.restore);
      this.#locals.slice(from, from + slots).forEach((type, slot) => {
        code.i32Const(0);
        loadValue(code, type, SUSPENSION_AREA + slot * slotBytes);
        code.localSet(from + slot);
      });
    }
    code.close();
    return code;
  }
}
