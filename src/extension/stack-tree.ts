/**
 * The tree *Call stack and variables*: the frames of the current moment, innermost first, with the values of their variables.
 * Where there are several threads, each has a node, the one that runs first.
 */
import { ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type { FrameView, Snapshot, VariableView } from '../protocol/view-model.ts';
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
interface ThreadNode {
  readonly kind: 'thread';
  readonly number: number;
  readonly frames: readonly FrameView[];
  readonly isRunning: boolean;
}
/** Threads that the snapshot does not tell one by one. */
interface MoreThreadsNode {
  readonly kind: 'more';
  readonly count: number;
}
export type StackNode = FrameNode | VariableNode | ThreadNode | MoreThreadsNode;

/** Makes the tree of the stack. */
export const stackTree: TreeMaker<StackNode> = {
  roots: (snapshot) => (snapshot.threadCount > 1 ? threadNodes(snapshot) : frameNodes(snapshot.frames)),
  children: (node) => {
    if (node.kind === 'thread') return frameNodes(node.frames);
    if (node.kind === 'frame')
      return node.frame.variables.map((variable) => ({ kind: 'variable', variable }));
    return [];
  },
  item: (node) => {
    switch (node.kind) {
      case 'frame':
        return frameItem(node);
      case 'variable':
        return variableItem(node.variable);
      case 'thread':
        return threadItem(node);
      case 'more':
        return new TreeItem(l10n.t('{0} more threads', node.count), TreeItemCollapsibleState.None);
    }
  },
};

function frameNodes(frames: readonly FrameView[]): readonly FrameNode[] {
  return frames.map((frame, depth) => ({ kind: 'frame', frame, depth }));
}

function threadNodes({ thread, frames, otherThreads, threadCount }: Snapshot): readonly StackNode[] {
  const untold = threadCount - 1 - otherThreads.length;
  return [
    { kind: 'thread', number: thread, frames, isRunning: true },
    ...otherThreads.map((other): ThreadNode => ({ kind: 'thread', isRunning: false, ...other })),
    ...(untold === 0 ? [] : [{ kind: 'more' as const, count: untold }]),
  ];
}

function threadItem({ number, frames, isRunning }: ThreadNode): TreeItem {
  const state =
    frames.length === 0
      ? TreeItemCollapsibleState.None
      : isRunning
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(l10n.t('Thread {0}', number), state);
  item.id = `thread ${String(number)}`;
  item.iconPath = new ThemeIcon(isRunning ? 'debug-start' : 'debug-pause');
  const place = frames[0]?.place;
  const where = place === undefined ? '' : `${place.file}:${String(place.line)}`;
  item.description = isRunning
    ? l10n.t('runs')
    : frames.length === 0
      ? l10n.t('is not in the program’s functions')
      : where;
  return item;
}

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
