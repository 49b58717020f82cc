/** Where gcc exchanges operands; the walk over live code asks, too. */
export { exchangesOperands, withoutSameSizeConversions } from '../sema/operand-order.ts';
