/**
 * Assertions of the preprocessor (GNU, obsolete): `#assert machine(x86)` makes `#if #machine(x86)` true.
 *
 * Source: gcc 12 "The C Preprocessor", "Obsolete Features"; gcc/config/linux.h, gcc/config/i386/i386-c.cc.
 */
import type { TargetName } from '../target/data-model.ts';

/** What is asserted: answers by predicate. */
export class Assertions {
  readonly #answers = new Map<string, Set<string>>();

  constructor(target: TargetName) {
    for (const system of ['linux', 'unix', 'posix']) this.add('system', system);
    this.add('cpu', target);
    this.add('machine', target);
  }

  /**
   * Asserts an answer.
   *
   * @param answer - spellings of the tokens between the parentheses, joined by spaces
   */
  add(predicate: string, answer: string): void {
    const answers = this.#answers.get(predicate);
    if (answers === undefined) this.#answers.set(predicate, new Set([answer]));
    else answers.add(answer);
  }

  /** Takes one answer back, or all of a predicate. */
  remove(predicate: string, answer: string | undefined): void {
    if (answer === undefined) this.#answers.delete(predicate);
    else this.#answers.get(predicate)?.delete(answer);
  }

  /** Whether that is asserted; without an answer, whether anything is. */
  has(predicate: string, answer: string | undefined): boolean {
    const answers = this.#answers.get(predicate);
    return answers !== undefined && (answer === undefined ? answers.size > 0 : answers.has(answer));
  }
}
