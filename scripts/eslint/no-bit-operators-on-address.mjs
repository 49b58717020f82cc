/**
 * ESLint rule: no bit operators on addresses.
 *
 * A bit operator of JavaScript cuts its operands at 32 bits, so that `addr & ~0xfff` is silently wrong above 4 GiB.
 * An operand is an address when its type is, or is a union with, the brand `Address` of src/base/address.ts.
 */
import { ESLintUtils } from '@typescript-eslint/utils';

const bitOperators = new Set(['&', '|', '^', '<<', '>>', '>>>', '&=', '|=', '^=', '<<=', '>>=', '>>>=']);

/**
 * @param {import('typescript').Type} type
 * @returns {boolean} whether a value of this type may be an address
 */
function isAddress(type) {
  if (type.aliasSymbol?.name === 'Address') return true;
  if (type.isUnion()) return type.types.some(isAddress);
  // The alias is lost when TypeScript normalises the type; the brand's property is not.
  return (
    type.isIntersection() &&
    type.getProperties().some((property) => property.escapedName.toString().includes('addressBrand'))
  );
}

export const noBitOperatorsOnAddress = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    docs: { description: 'Disallow operators that cut an address at 32 bits' },
    messages: {
      cut: 'The operator {{operator}} cuts an address at 32 bits; use the functions of src/base/address.ts.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    /**
     * @param {import('@typescript-eslint/utils').TSESTree.Node} node
     * @param {string} operator
     * @param {readonly import('@typescript-eslint/utils').TSESTree.Node[]} operands
     */
    const check = (node, operator, operands) => {
      if (operands.some((operand) => isAddress(services.getTypeAtLocation(operand)))) {
        context.report({ node, messageId: 'cut', data: { operator } });
      }
    };
    return {
      BinaryExpression(node) {
        if (bitOperators.has(node.operator)) check(node, node.operator, [node.left, node.right]);
      },
      AssignmentExpression(node) {
        if (bitOperators.has(node.operator)) check(node, node.operator, [node.left, node.right]);
      },
      UnaryExpression(node) {
        if (node.operator === '~') check(node, '~', [node.argument]);
      },
    };
  },
});
