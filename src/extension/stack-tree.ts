/**
 * The tree *Call stack and variables*: the frames of the current moment, innermost first, with the values of their variables.
 */
import { ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type { FrameView, VariableView } from '../protocol/view-model.ts';
import type { TreeMaker } from './run-tree.ts';
import { segmentIcon } from './segment-signs.ts';

interface FrameNode {
  readonly kind: 'frame';
  readonly frame: FrameView;
  /** 0 is the innermost. */
  readonly depth: number;
}
interface VariableNode {
  readonly kind: 'variable';
  readonly variable: VariableView;
}
export type StackNode = FrameNode | VariableNode;

/** Makes the tree of the stack. */
export const stackTree: TreeMaker<StackNode> = {
  roots: ({ frames }) => frames.map((frame, depth) => ({ kind: 'frame', frame, depth })),
  children: (node) =>
    node.kind === 'frame' ? node.frame.variables.map((variable) => ({ kind: 'variable', variable })) : [],
  item: (node) => (node.kind === 'frame' ? frameItem(node) : variableItem(node.variable)),
};

function frameItem({ frame, depth }: FrameNode): TreeItem {
  const { place, variables } = frame;
  const state =
    variables.length === 0
      ? TreeItemCollapsibleState.None
      : depth === 0
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(`${frame.functionName}()`, state);
  item.id = frame.base;
  item.iconPath = segmentIcon('stack');
  item.description = place === undefined ? frame.base : `${place.file}:${String(place.line)}`;
  item.tooltip = l10n.t(
    'frame pointer {0}, lowest byte {1}, returns to {2}',
    frame.base,
    frame.low,
    frame.returnAddress,
  );
  if (place !== undefined) {
    item.command = {
      title: l10n.t('Show in the editor'),
      command: 'memoryAtlas.revealPlace',
      arguments: [place],
    };
  }
  return item;
}

function variableItem({ name, value, type, start, sizeBytes, isParameter }: VariableView): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  item.iconPath = new ThemeIcon(isParameter ? 'symbol-parameter' : 'symbol-variable');
  item.description = `= ${value}`;
  item.tooltip = l10n.t('{0}, {1} bytes at {2}', type, sizeBytes, start);
  item.command = {
    title: l10n.t('Show in the map'),
    command: 'memoryAtlas.showInMap',
    arguments: [start],
  };
  return item;
}
