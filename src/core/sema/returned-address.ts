/**
 * Whether a value that a function returns is plainly the address of one of its own variables: gcc returns a null pointer then.
 *
 * Source: gcc 12, gcc/c/c-typeck.cc: c_finish_return (-Wreturn-local-addr), array_to_pointer_conversion.
 * Simplified: `(array + 1)->member` counts like `array[1].member`; a conditional whose condition is constant is not looked into.
 */
import type { FunctionSymbol, TypedExpression } from './typed-tree.ts';

/**
 * Looks through conversions, offsets, members and elements, not through `?:`, `,`, assignments and variables.
 *
 * @param value - what is returned, converted to the pointer type of the result
 * @param owner - the function that returns
 */
export function isAddressOfLocal(value: TypedExpression, owner: FunctionSymbol): boolean {
  switch (value.kind) {
    case 'convert':
      if (value.conversion === 'load') return false;
      return value.conversion === 'decay'
        ? isPlaceInLocal(value.operand, owner)
        : isAddressOfLocal(value.operand, owner);
    case 'pointer-add':
      return isAddressOfLocal(value.pointer, owner);
    case 'arithmetic':
      if (value.operator === '-' && isConvertedPointer(value.right)) return false;
      return (value.operator === '+' || value.operator === '-') && isAddressOfLocal(value.left, owner);
    case 'address-of':
      return isPlaceInLocal(value.operand, owner);
    default:
      return false;
  }
}

/** The place whose address is taken: `&*p` and an array `*p` are p again. */
function isPlaceInLocal(place: TypedExpression, owner: FunctionSymbol): boolean {
  return place.kind === 'deref' ? isAddressOfLocal(place.operand, owner) : isPartOfLocal(place, owner);
}

/** Whether an lvalue is an automatic variable or parameter of the function, or a member or element of one. */
function isPartOfLocal(lvalue: TypedExpression, owner: FunctionSymbol): boolean {
  let inner: TypedExpression | undefined = lvalue;
  while (inner !== undefined && inner.kind !== 'object') inner = enclosingObject(inner);
  return inner?.object.storage === 'automatic' && inner.object.owner === owner;
}

/** What an lvalue is a part of; `p->member` has a pointer in between also where that is an array. */
function enclosingObject(part: TypedExpression): TypedExpression | undefined {
  switch (part.kind) {
    case 'member':
      return part.base;
    case 'real-part':
    case 'imaginary-part':
      return part.operand;
    case 'deref': {
      const { operand } = part;
      if (operand.kind === 'address-of') return operand.operand;
      if (operand.kind !== 'pointer-add') return undefined;
      const { pointer } = operand;
      return pointer.kind === 'convert' && pointer.conversion === 'decay' ? pointer.operand : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a number was a pointer: the difference of two is no address. */
function isConvertedPointer(value: TypedExpression): boolean {
  return value.kind === 'convert' && (value.conversion === 'pointer' || isConvertedPointer(value.operand));
}
