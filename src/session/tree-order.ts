/**
 * How the nodes of the tree of segments stand below each other.
 */
import type { TreeNode } from './segment-tree.ts';

/** Order of siblings: as they lie in memory, or the largest first. */
export type TreeOrder = 'address' | 'size';

/** The nodes below one, in an order. */
export function childrenOf(node: TreeNode, order: TreeOrder): readonly TreeNode[] {
  switch (node.kind) {
    case 'segment':
      return [
        ...inOrder(node.sections, order),
        ...inOrder(node.frames, order),
        ...(node.others === undefined ? [] : [node.others]),
      ];
    case 'others':
      return inOrder(node.sections, order);
    case 'section':
    case 'frame':
      return inOrder(node.objects, order);
    case 'object':
      return [];
  }
}

function inOrder<Node extends TreeNode>(nodes: readonly Node[], order: TreeOrder): readonly Node[] {
  const key =
    order === 'size' ? (node: Node) => -(node.size ?? 0) : (node: Node) => addressOf(node) ?? Infinity;
  return [...nodes].sort((a, b) => key(a) - key(b) || 0);
}

const addressOf = (node: TreeNode): number | undefined =>
  node.kind === 'section' || node.kind === 'object' ? node.address : 0;
