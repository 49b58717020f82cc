/**
 * fnmatch: whether a name matches a pattern of the shell. Bytes are characters.
 *
 * Source: POSIX 2.13; glibc 2.36, posix/fnmatch_loop.c (behaviour).
 */
import { NotModelled } from '../trace/not-modelled.ts';
import { characterClasses } from './character-classes.ts';
import type { LibcTable } from './libc-context.ts';
import { f } from './libc-context.ts';

const FNM_PATHNAME = 1;
const FNM_NOESCAPE = 2;
const FNM_PERIOD = 4;
const FNM_LEADING_DIR = 8;
const FNM_CASEFOLD = 16;
const FNM_EXTMATCH = 32;
const FNM_NOMATCH = 1;

const SLASH = 0x2f;
const DOT = 0x2e;
const BACKSLASH = 0x5c;
const STAR = 0x2a;
const QUESTION = 0x3f;
const BRACKET = 0x5b;

/** Whether a name matches; flags as fnmatch has them. */
export function matchesPattern(pattern: Uint8Array, name: Uint8Array, flags: number): boolean {
  const fold = (c: number): number => ((flags & FNM_CASEFOLD) !== 0 && c >= 0x41 && c <= 0x5a ? c + 32 : c);
  const isPath = (flags & FNM_PATHNAME) !== 0;
  /** A period that only a period matches. */
  const isHidden = (at: number): boolean =>
    (flags & FNM_PERIOD) !== 0 && name[at] === DOT && (at === 0 || (isPath && name[at - 1] === SLASH));

  const match = (patternAt: number, nameAt: number): boolean => {
    let p = patternAt;
    let n = nameAt;
    for (; p < pattern.length; p++) {
      const c = fold(pattern[p] ?? 0);
      const found = name[n];
      if (c === STAR) return star(p, n);
      if (found === undefined) return false;
      if (c === QUESTION) {
        if ((found === SLASH && isPath) || isHidden(n)) return false;
      } else if (c === BRACKET) {
        if (isHidden(n) || (found === SLASH && isPath)) return false;
        const list = inList(p, fold(found));
        if (list === undefined) {
          if (found !== BRACKET) return false;
        } else if (!list.holds) return false;
        else p = list.end;
      } else if (c === BACKSLASH && (flags & FNM_NOESCAPE) === 0) {
        p += 1;
        if (p >= pattern.length || fold(pattern[p] ?? 0) !== fold(found)) return false;
      } else if (c !== fold(found)) return false;
      n += 1;
    }
    return n === name.length || ((flags & FNM_LEADING_DIR) !== 0 && name[n] === SLASH);
  };

  const star = (starAt: number, nameAt: number): boolean => {
    if (isHidden(nameAt)) return false;
    let p = starAt + 1;
    let n = nameAt;
    for (; pattern[p] === STAR || pattern[p] === QUESTION; p++) {
      if (pattern[p] !== QUESTION) continue;
      if (n >= name.length || (name[n] === SLASH && isPath)) return false;
      n += 1;
    }
    for (; ; n++) {
      if (match(p, n)) return true;
      if (n >= name.length || (name[n] === SLASH && isPath)) return false;
    }
  };

  /** The list at `[`: whether it holds the character, and where `]` is; undefined for a bracket that is none. */
  const inList = (
    open: number,
    found: number,
  ): { readonly holds: boolean; readonly end: number } | undefined => {
    let p = open + 1;
    const isNegated = pattern[p] === 0x21 || pattern[p] === 0x5e;
    if (isNegated) p += 1;
    let holds = false;
    for (let isFirst = true; ; isFirst = false) {
      let c = pattern[p];
      if (c === undefined) return undefined;
      if (c === 0x5d && !isFirst) return { holds: holds !== isNegated, end: p };
      if (c === SLASH && isPath) return undefined;
      if (c === BRACKET && pattern[p + 1] === 0x3a) {
        const named = /^\[:([a-z]+):\]/.exec(String.fromCharCode(...pattern.subarray(p, p + 16)));
        if (named !== null) {
          holds ||= characterClasses[named[1] ?? '']?.(found) === true;
          p += named[0].length;
          continue;
        }
      }
      if (c === BACKSLASH && (flags & FNM_NOESCAPE) === 0) {
        p += 1;
        c = pattern[p];
        if (c === undefined) return undefined;
      }
      p += 1;
      let last = c;
      if (pattern[p] === 0x2d && pattern[p + 1] !== undefined && pattern[p + 1] !== 0x5d) {
        p += 1;
        if (pattern[p] === BACKSLASH && (flags & FNM_NOESCAPE) === 0) p += 1;
        const end = pattern[p];
        if (end === undefined) return undefined;
        last = end;
        p += 1;
      }
      if (found >= fold(c) && found <= fold(last)) holds = true;
    }
  };
  return match(0, 0);
}

/** <fnmatch.h> */
export const fnmatchFunctions: LibcTable = {
  fnmatch: f('ippi', (ctx, [pattern = 0, name = 0, flags = 0]) => {
    if ((flags & FNM_EXTMATCH) !== 0) throw new NotModelled('fnmatch with FNM_EXTMATCH');
    const isMatch = matchesPattern(ctx.memory.readCString(pattern), ctx.memory.readCString(name), flags);
    return isMatch ? 0 : FNM_NOMATCH;
  }),
};
