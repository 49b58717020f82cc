/** Small expressions of the compiler's own, and questions about expressions. */
import type { IntegerType } from '../../sema/type.ts';
import type { TypedExpression } from '../../sema/typed-tree.ts';

/** The type int. */
export const intType: IntegerType = { kind: 'integer', name: 'int', isSigned: true, size: 4, align: 4 };

/** The type to which small integers are promoted. */
export function promotedType(type: IntegerType | undefined): IntegerType {
  return type === undefined || type.size < 4 ? intType : type;
}

/** The expression converted to a type. */
export function converted(operand: TypedExpression, type: TypedExpression['type']): TypedExpression {
  return { kind: 'convert', conversion: 'arithmetic', operand, isExplicit: false, type, span: operand.span };
}
