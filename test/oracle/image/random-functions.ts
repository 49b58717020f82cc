/**
 * Random C functions for comparing stack frames and code with gcc's: nested blocks, loops, switches, jumps, scalars,
 * arrays, records, variables whose address is taken, parameters of all classes.
 *
 * The functions are compiled, never run: loops need not end. The same seed gives the same text.
 */

/** A small linear congruential generator. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number in [0, bound). */
  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * bound);
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

const prelude = `struct s1 { char c; };
struct s3 { char c[3]; };
struct s8 { int a, b; };
struct s12 { int a[3]; };
struct s16 { long a; double b; };
struct s24 { long a; char c[10]; };
struct s48 { long a[6]; };
union un { int i; double d; };
enum color { red, green = 5 };
extern int external(int);
extern int external2(int, long);
extern void take(void *);
extern double real(double);
extern int global;
extern int table[10];
`;

const scalars = [
  'int',
  'int',
  'int',
  'long',
  'char',
  'short',
  'unsigned',
  'unsigned char',
  'unsigned long',
  'double',
  'float',
  '_Bool',
  'enum color',
  'long long',
] as const;
const records = [
  'struct s1',
  'struct s3',
  'struct s8',
  'struct s12',
  'struct s16',
  'struct s24',
  'struct s48',
  'union un',
] as const;

type Kind = 'integer' | 'float' | 'pointer' | 'array' | 'record';

interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly type: string;
}

/** What the generator may use. */
export interface FunctionShape {
  readonly functions: number;
  readonly seed: number;
}

/** A file of random functions, each definition and declaration on a line of its own. */
export function randomFunctions(shape: FunctionShape): string {
  const random = new Random(shape.seed);
  const parts = [prelude];
  for (let index = 0; index < shape.functions; index += 1) {
    parts.push(new FunctionWriter(random, index).write());
  }
  return parts.join('\n');
}

class FunctionWriter {
  readonly #random: Random;
  readonly #index: number;
  readonly #lines: string[] = [];
  readonly #scopes: Variable[][] = [[]];
  #names = 0;
  #loops = 0;
  #switches = 0;

  constructor(random: Random, index: number) {
    this.#random = random;
    this.#index = index;
  }

  write(): string {
    const random = this.#random;
    const parameters: string[] = [];
    const count = random.chance(20) ? random.below(10) : random.below(4);
    for (let index = 0; index < count; index += 1) {
      const name = `p${index}`;
      if (random.chance(12)) parameters.push(this.#declared(random.pick(records), name, 'record'));
      else if (random.chance(20)) parameters.push(this.#declared('int *', name, 'pointer'));
      else parameters.push(this.#scalar(name));
    }
    const storage = random.chance(30) ? 'static ' : '';
    const result = random.pick(['int', 'int', 'void', 'long', 'double']);
    this.#lines.push(`${storage}${result} f${this.#index}(${parameters.join(', ') || 'void'})`, '{');
    this.#block(2 + random.below(4), 1);
    if (result !== 'void')
      this.#line(1, `return ${result === 'double' ? this.#float(2) : this.#integer(2)};`);
    this.#lines.push('}', '');
    return this.#lines.join('\n');
  }

  #line(depth: number, text: string): void {
    this.#lines.push(`${'  '.repeat(depth)}${text}`);
  }

  #declared(type: string, name: string, kind: Kind): string {
    this.#scopes.at(-1)?.push({ name, kind, type });
    return type.endsWith('*') ? `${type}${name}` : `${type} ${name}`;
  }

  #scalar(name: string): string {
    const type = this.#random.pick(scalars);
    return this.#declared(type, name, type === 'double' || type === 'float' ? 'float' : 'integer');
  }

  #block(statements: number, depth: number): void {
    this.#scopes.push([]);
    for (let count = this.#random.below(4); count > 0; count -= 1) this.#declaration(depth);
    for (let count = 0; count < statements; count += 1) this.#statement(depth);
    this.#scopes.pop();
  }

  #declaration(depth: number): void {
    const random = this.#random;
    const name = `v${(this.#names += 1)}`;
    const roll = random.below(100);
    if (roll < 66) {
      const value = random.chance(60)
        ? ` = ${random.chance(50) ? String(random.below(100)) : this.#integer(2)}`
        : '';
      this.#line(depth, `${this.#scalar(name)}${value};`);
    } else if (roll < 72) {
      const element = random.pick(['int', 'char', 'long', 'short', 'double']);
      const length = 1 + random.below(random.chance(20) ? 60 : 9);
      this.#scopes.at(-1)?.push({ name, kind: 'array', type: element });
      this.#line(depth, `${element} ${name}[${length}];`);
    } else if (roll < 84) {
      const type = random.pick(records);
      this.#line(depth, `${this.#declared(type, name, 'record')};`);
    } else {
      const target = this.#find('integer', 'int');
      this.#line(
        depth,
        `${this.#declared('int *', name, 'pointer')} = ${target === undefined ? '0' : `&${target.name}`};`,
      );
    }
  }

  #statement(depth: number): void {
    const random = this.#random;
    const roll = random.below(100);
    const small = 1 + random.below(3);
    if (depth > 3 || roll < 58) {
      this.#simple(depth);
    } else if (roll < 66) {
      this.#line(depth, `if (${this.#condition()}) {`);
      this.#block(small, depth + 1);
      if (random.chance(40)) {
        this.#line(depth, '} else {');
        this.#block(1 + random.below(2), depth + 1);
      }
      this.#line(depth, '}');
    } else if (roll < 74) {
      const name = `i${(this.#names += 1)}`;
      const bound = this.#integer(1);
      this.#scopes.push([{ name, kind: 'integer', type: 'int' }]);
      this.#line(depth, `for (int ${name} = 0; ${name} < ${bound}; ${name}++) {`);
      this.#loopBody(small, depth);
      this.#line(depth, '}');
      this.#scopes.pop();
    } else if (roll < 80) {
      this.#line(depth, `while (${this.#condition()}) {`);
      this.#loopBody(small, depth);
      this.#line(depth, '}');
    } else if (roll < 84) {
      this.#line(depth, 'do {');
      this.#loopBody(small, depth);
      this.#line(depth, `} while (${this.#condition()});`);
    } else if (roll < 89) {
      this.#line(depth, `switch (${this.#operands(1)[0]}) {`);
      const cases = 1 + random.below(random.chance(30) ? 9 : 4);
      this.#switches += 1;
      const step = random.pick([1, 1, 2, 7]);
      for (let index = 0; index < cases; index += 1) {
        this.#line(depth, `case ${index * step}:`);
        this.#block(1 + random.below(2), depth + 1);
        if (random.chance(70)) this.#line(depth + 1, 'break;');
      }
      if (random.chance(50)) {
        this.#line(depth, 'default:');
        this.#simple(depth + 1);
      }
      this.#switches -= 1;
      this.#line(depth, '}');
    } else if (roll < 93) {
      this.#line(depth, '{');
      this.#block(small, depth + 1);
      this.#line(depth, '}');
    } else if (roll < 97 && (this.#loops > 0 || this.#switches > 0)) {
      const jump = this.#loops > 0 && random.chance(50) ? 'continue' : 'break';
      this.#line(depth, `if (${this.#condition()}) ${jump};`);
    } else this.#simple(depth);
  }

  #loopBody(statements: number, depth: number): void {
    this.#loops += 1;
    this.#block(statements, depth + 1);
    this.#loops -= 1;
  }

  #simple(depth: number): void {
    const random = this.#random;
    const roll = random.below(100);
    const integer = this.#find('integer');
    const float = this.#find('float');
    const array = this.#find('array');
    const record = this.#find('record', 'struct s8');
    const pointer = this.#find('pointer');
    if (roll < 30 && integer !== undefined) this.#line(depth, `${integer.name} = ${this.#integer(2)};`);
    else if (roll < 40 && integer !== undefined) {
      const value = this.#integer(1);
      const other = value.includes(integer.name) ? '3' : value;
      this.#line(depth, `${integer.name} ${random.pick(['+=', '-=', '|=', '^='])} ${other};`);
    } else if (roll < 46 && integer !== undefined) this.#line(depth, `${integer.name}++;`);
    else if (roll < 54 && float !== undefined) this.#line(depth, `${float.name} = ${this.#float(2)};`);
    else if (roll < 64 && array !== undefined) this.#line(depth, `${array.name}[0] = ${this.#integer(1)};`);
    else if (roll < 70 && record !== undefined) this.#line(depth, `${record.name}.b = ${this.#integer(2)};`);
    else if (roll < 76 && pointer !== undefined) this.#line(depth, `*${pointer.name} = ${this.#integer(1)};`);
    else if (roll < 82 && array !== undefined) this.#line(depth, `take(${array.name});`);
    else if (roll < 86 && integer !== undefined) this.#line(depth, `take(&${integer.name});`);
    else if (roll < 90) this.#line(depth, `global = ${this.#integer(2)};`);
    else this.#line(depth, `external(${this.#integer(2)});`);
  }

  #find(kind: Kind, type?: string): Variable | undefined {
    const all = this.#scopes
      .flat()
      .filter((one) => one.kind === kind && (type === undefined || one.type === type));
    return all[this.#random.below(all.length)];
  }

  #condition(): string {
    const random = this.#random;
    if (random.chance(15)) return `${this.#comparison()} ${random.pick(['&&', '||'])} ${this.#comparison()}`;
    return random.chance(25) ? this.#operands(1)[0] : this.#comparison();
  }

  #comparison(): string {
    const [left, right] = this.#operands(1);
    return `${left} ${this.#random.pick(['<', '>', '==', '!=', '<=', '>='])} ${right}`;
  }

  /** Two different operands, the left one no constant: what the compiler folds is another test's subject. */
  #operands(depth: number): readonly [string, string] {
    const variable = this.#find('integer');
    const left = variable === undefined ? 'global' : this.#random.chance(70) ? variable.name : this.#loaded();
    const right = this.#integer(depth);
    return [left, right.includes(left) ? String(1 + this.#random.below(40)) : right];
  }

  #loaded(): string {
    const pointer = this.#find('pointer');
    return pointer === undefined ? 'table[3]' : `*${pointer.name}`;
  }

  #integer(depth: number): string {
    const random = this.#random;
    const roll = random.below(100);
    const variable = this.#find('integer');
    if (roll < 45 && variable !== undefined) return variable.name;
    if (roll < 60 || depth === 0) return String(random.below(50));
    if (roll < 80) {
      const [left, right] = this.#operands(depth - 1);
      return `(${left} ${random.pick(['+', '-', '*', '&', '|', '^'])} ${right})`;
    }
    const array = this.#find('array');
    if (roll < 84 && array !== undefined && array.type !== 'double') return `${array.name}[0]`;
    const pointer = this.#find('pointer');
    if (roll < 88 && pointer !== undefined) return `*${pointer.name}`;
    const record = this.#find('record', 'struct s8');
    if (roll < 91 && record !== undefined) return `${record.name}.a`;
    if (roll < 94) return 'global';
    if (roll < 98) return `external(${this.#integer(depth - 1)})`;
    return `external2(${this.#integer(depth - 1)}, ${this.#integer(depth - 1)})`;
  }

  #float(depth: number): string {
    const random = this.#random;
    const variable = this.#find('float');
    if (variable !== undefined && random.chance(50)) return variable.name;
    if (depth === 0 || random.chance(40)) return `${random.below(20)}.5`;
    if (random.chance(20)) return `real(${this.#float(depth - 1)})`;
    const left = variable?.name ?? 'real(1.5)';
    return `(${left} ${random.pick(['+', '-', '*'])} ${this.#float(depth - 1)})`;
  }
}
