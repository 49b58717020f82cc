/**
 * The files that a command line names, and the headers that they include.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { decodeSource } from '../base/utf8.ts';
import type { IncludeHost } from '../core/syntax/preprocessor.ts';
import type { DataFile } from '../protocol/messages.ts';
import type { AnalysisOptions, SourceInput } from '../session/analysis.ts';
import { flagsOfComments, withGccOption } from './gcc-options.ts';
import type { GccOptions } from './gcc-options.ts';
import type { CommandLine } from './usage.ts';
import { UsageError } from './usage.ts';

/**
 * Reads the C files.
 *
 * @throws UsageError for one that cannot be read
 */
export function readSources(files: readonly string[]): readonly SourceInput[] {
  return files.map((name) => ({ name, text: readText(name) }));
}

export function readText(name: string): string {
  try {
    return sourceText(readFileSync(name));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : `cannot read ${name}`);
  }
}

/** The text of a source; bytes that are not UTF-8 stay what they are. */
export function sourceText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? decodeSource(bytes) : text;
}

/**
 * Reads standard input for a program: bytes as they are; `-` is the command's own standard input.
 *
 * @throws UsageError for a file that cannot be read
 */
export function readBytes(name: string): Uint8Array {
  try {
    return readFileSync(name === '-' ? 0 : name);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : `cannot read ${name}`);
  }
}

/**
 * Reads the files of which the program gets copies.
 *
 * @throws UsageError for one that cannot be read, or that is not in the folder of the command or below it
 */
export function readDataFiles(names: readonly string[]): readonly DataFile[] {
  return names.map((given) => {
    const name = posix.normalize(given.replaceAll(sep, '/'));
    if (name.startsWith('/') || name === '..' || name.startsWith('../'))
      throw new UsageError(`--data takes files of this folder, not ${given}`);
    return { name, bytes: readBytes(given) };
  });
}

/** `#include "x" looks beside the including file, then in the -I folders; `#include <x>` in the -I folders. */
function includeHost(folders: readonly string[]): IncludeHost {
  return {
    resolve: (name, kind, includer) => {
      const places = kind === 'quoted' ? [dirname(includer.name), ...folders] : folders;
      for (const folder of places) {
        const path = join(folder, name);
        try {
          return { name: path, text: sourceText(readFileSync(path)) };
        } catch {
          // Not here: the next folder, then the built-in headers.
        }
      }
      return undefined;
    },
  };
}

/** Options of the analysis, as the command line has them. */
export function analysisOptions(line: GccOptions): AnalysisOptions {
  return {
    compile: line.compile,
    host: includeHost(line.includeFolders),
    defines: line.defines,
    undefines: line.undefines,
    forcedIncludes: line.forcedIncludes,
  };
}

/** A program as it is to be compiled. */
export interface ProgramFiles {
  readonly sources: readonly SourceInput[];
  readonly options: AnalysisOptions;
  /** Lines for people: flags in comments that mean nothing here. */
  readonly warnings: readonly string[];
}

/**
 * Reads the C files; `// flags: …` comments in them count like options of the command line.
 *
 * @throws UsageError for a file that cannot be read
 */
export function readProgram(line: CommandLine): ProgramFiles {
  const sources = readSources(line.files);
  const warnings: string[] = [];
  let options: GccOptions = line;
  for (const { name, text } of sources) {
    const words = flagsOfComments(text)[Symbol.iterator]();
    for (let next = words.next(); next.done !== true; next = words.next()) {
      const changed = withGccOption(options, next.value, () => {
        const following = words.next();
        return following.done === true ? '' : following.value;
      });
      if (changed === undefined)
        warnings.push(`${name}: warning: unknown option in a flags comment: ${next.value}`);
      else options = changed;
    }
  }
  return { sources, options: analysisOptions(options), warnings };
}
