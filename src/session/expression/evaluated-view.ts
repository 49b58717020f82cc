/**
 * What faces show of an expression: its value and type, or why it has none.
 */
import { renderText } from '../../core/text/all-texts.ts';
import { typeSpelling } from '../../core/sema/type-spelling.ts';
import { extendedOf } from '../../core/sema/floating-value.ts';
import { sizeOf } from '../../core/sema/type-relations.ts';
import type { QualType } from '../../core/sema/type.ts';
import { toBytes } from '../../core/target/extended-float.ts';
import type { Language, Result } from '../../protocol/messages.ts';
import { hex } from '../event-views.ts';
import type { Session } from '../session.ts';
import { formatValue } from '../value-format.ts';
import { EvaluationError } from './evaluate.ts';
import type { Value } from './evaluate.ts';

/** Evaluates an expression at the moment that a session shows. */
export function evaluatedView(
  session: Session,
  expression: string,
  frame: number,
  language: Language,
): Result<'evaluate'> {
  try {
    const { type, value, location } = session.evaluate(expression, frame);
    return {
      value: formatValue(type, bytesOf(type, value), session.names(language), location?.addr),
      type: typeSpelling(type),
      address: location === undefined ? undefined : hex(location.addr),
      problem: '',
    };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { value: '', type: '', address: undefined, problem: renderText(error.text, language) };
  }
}

/** The bytes that a value has in memory. */
function bytesOf(type: QualType, value: Value): Uint8Array | undefined {
  switch (value.kind) {
    case 'void':
      return undefined;
    case 'bytes':
      return value.bytes;
    case 'floating': {
      const size = sizeOf(type.type) ?? 8;
      const bytes = new Uint8Array(size);
      const view = new DataView(bytes.buffer);
      if (size === 4) view.setFloat32(0, value.value, true);
      else if (size === 8) view.setFloat64(0, value.value, true);
      else bytes.set(toBytes(extendedOf(value)));
      return bytes;
    }
    case 'integer': {
      const bytes = new Uint8Array(sizeOf(type.type) ?? 8);
      for (let i = 0; i < bytes.length; i++) bytes[i] = Number((value.value >> BigInt(8 * i)) & 0xffn);
      return bytes;
    }
  }
}
