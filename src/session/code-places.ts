/**
 * Places in the source text of positions in a compiled program.
 */
import type { CodePosition } from '../core/codegen/compiled-program.ts';
import { LineIndex } from '../core/source/text-span.ts';
import type { SourceFile } from '../core/source/text-span.ts';
import type { PlaceView } from '../protocol/view-model.ts';
import type { BuiltProgram } from './build.ts';

/** The places of one program. */
export class CodePlaces {
  readonly #program: BuiltProgram;
  readonly #indices = new Map<SourceFile, LineIndex>();

  constructor(program: BuiltProgram) {
    this.#program = program;
  }

  /** File, line and column of a position; undefined for one that is in no file of the program. */
  placeOf(position: CodePosition): PlaceView | undefined {
    const unit = this.#unitOf(position.functionIndex);
    const span = position.span.expandedAt ?? position.span;
    const file = unit?.files.find((candidate) => candidate.id === span.file);
    if (file === undefined) return undefined;
    let index = this.#indices.get(file);
    if (index === undefined) {
      index = new LineIndex(file.text);
      this.#indices.set(file, index);
    }
    return { file: file.name, ...index.lineColumn(span.start) };
  }

  /** The unit that defines a function, told from the functions' common order. */
  #unitOf(functionIndex: number): BuiltProgram['analysis']['units'][number] | undefined {
    const name = this.#program.compiled.functions[functionIndex];
    let before = 0;
    for (const unit of this.#program.analysis.units) {
      before += unit.unit.functions.length;
      if (name !== undefined && functionIndex < before) return unit;
    }
    return undefined;
  }
}
