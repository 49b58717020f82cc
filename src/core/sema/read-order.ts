/**
 * The order in which gcc's operations read and write the variables that a function names: it decides where what nested
 * functions share lies.
 *
 * Source: gcc/gimplify.cc, gcc/gimple-walk.cc (walk_gimple_op: right sides before left ones): behaviour.
 */
import { operandsOf } from './expression-parts.ts';
import { isVariablyModified, qualsOf, resolve } from './type-relations.ts';
import { ATOMIC, VOLATILE } from './type.ts';
import type { CType } from './type.ts';
import type { ObjectSymbol, TypedExpression, TypedStatement } from './typed-tree.ts';

/**
 * Tells the variables that a function names in the order in which gcc's operations do: an operation comes after those
 * that compute its operands, and an assignment reads before it writes. A scalar is read by the operation itself.
 */
export class ReadOrder {
  readonly #note: (object: ObjectSymbol) => void;

  constructor(note: (object: ObjectSymbol) => void) {
    this.#note = note;
  }

  #noteAll(objects: readonly ObjectSymbol[]): void {
    for (const object of objects) this.#note(object);
  }

  type(type: CType): void {
    const resolved = resolve(type);
    if (resolved.kind === 'pointer' && isVariablyModified(type)) this.type(resolved.target.type);
    if (resolved.kind !== 'array') return;
    this.type(resolved.element.type);
    if (resolved.sizeExpression !== undefined) this.#noteAll(this.#side(resolved.sizeExpression));
  }

  /** What one operation reads, when what it needs has been computed. */
  #side(node: TypedExpression): readonly ObjectSymbol[] {
    switch (node.kind) {
      case 'object':
        return [node.object];
      case 'assign': {
        const value = this.#side(node.value);
        this.#noteAll([...value, ...this.#side(node.target)]);
        return [];
      }
      case 'call': {
        const args = [...node.args].reverse().map((argument) => this.#operand(argument));
        const callee = this.#operand(node.callee);
        this.#noteAll([...callee, ...args.reverse().flat()]);
        return [];
      }
      case 'builtin': {
        const args = [...node.args].reverse().map((argument) => this.#operand(argument));
        return args.reverse().flat();
      }
      case 'compound-assign': {
        const value = this.#operand(node.value);
        const target = this.#side(node.target);
        this.#noteAll([...target, ...value, ...target]);
        return [];
      }
      case 'increment':
        this.#noteAll(this.#side(node.target));
        return [];
      case 'statement-expression':
        this.statement(node.body);
        return node.value === undefined ? [] : this.#side(node.value);
      case 'logical':
      case 'comma':
        this.#noteAll(this.#side(node.left));
        return this.#side(node.right);
      case 'conditional':
        this.#noteAll(this.#side(node.condition));
        if (node.then !== undefined) this.#noteAll(this.#side(node.then));
        this.#noteAll(this.#side(node.otherwise));
        return [];
      case 'convert':
        return node.conversion === 'arithmetic' ? this.#operand(node.operand) : this.#side(node.operand);
      case 'member':
      case 'real-part':
      case 'imaginary-part':
      case 'address-of':
      case 'deref':
        return operandsOf(node).flatMap((operand) => this.#side(operand));
      default:
        return operandsOf(node).flatMap((operand) => this.#operand(operand));
    }
  }

  /** A scalar variable stays an operand; anything else is computed before. */
  #operand(node: TypedExpression): readonly ObjectSymbol[] {
    const side = this.#side(node);
    if (isPlainScalar(node)) return side;
    this.#noteAll(side);
    return [];
  }

  statement(node: TypedStatement): void {
    const value = (part: TypedExpression | undefined): void => {
      if (part !== undefined) this.#noteAll(this.#side(part));
    };
    switch (node.kind) {
      case 'block':
        for (const inner of node.statements) this.statement(inner);
        return;
      case 'declare':
        if (isVariablyModified(node.object.type.type)) this.type(node.object.type.type);
        for (const entry of node.initializer?.entries ?? []) value(entry.value);
        return;
      case 'expression':
        value(node.expression);
        return;
      case 'if':
        value(node.condition);
        this.statement(node.then);
        if (node.otherwise !== undefined) this.statement(node.otherwise);
        return;
      case 'while':
      case 'do':
        this.statement(node.body);
        value(node.condition);
        return;
      case 'for':
        for (const init of node.init) this.statement(init);
        this.statement(node.body);
        value(node.step);
        value(node.condition);
        return;
      case 'switch':
        value(node.value);
        this.statement(node.body);
        return;
      case 'case':
      case 'default':
      case 'label':
        this.statement(node.body);
        return;
      case 'computed-goto':
        value(node.target);
        return;
      case 'return':
        value(node.value);
        return;
      case 'null':
      case 'goto':
      case 'nonlocal-goto':
      case 'break':
      case 'continue':
      case 'unsupported':
        return;
    }
  }
}

/** A variable that gcc may keep in a register, or its value. */
function isPlainScalar(node: TypedExpression): boolean {
  if (node.kind === 'convert' && (node.conversion === 'load' || node.conversion === 'none'))
    return isPlainScalar(node.operand);
  if (node.kind !== 'object') return false;
  const { kind } = resolve(node.type.type);
  return (
    !node.object.isAddressTaken &&
    (qualsOf(node.type) & (VOLATILE | ATOMIC)) === 0 &&
    kind !== 'record' &&
    kind !== 'array'
  );
}
