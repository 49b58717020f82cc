/**
 * A tree of the side panel that shows a part of the run's current moment.
 */
import { EventEmitter, window } from 'vscode';
import type { Disposable, TreeDataProvider, TreeItem } from 'vscode';
import type { Snapshot } from '../protocol/view-model.ts';
import type { RunController } from './run-controller.ts';

/** How the nodes of such a tree are made. */
export interface TreeMaker<Node> {
  roots(snapshot: Snapshot): readonly Node[];
  children(node: Node): readonly Node[];
  item(node: Node): TreeItem;
}

export class RunTree<Node> implements TreeDataProvider<Node>, Disposable {
  readonly #controller: RunController;
  readonly #maker: TreeMaker<Node>;
  readonly #changed = new EventEmitter<undefined>();
  readonly #subscriptions: Disposable[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(viewId: string, controller: RunController, maker: TreeMaker<Node>) {
    this.#controller = controller;
    this.#maker = maker;
    this.#subscriptions = [
      this.#changed,
      window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true }),
      controller.onDidChange(() => {
        this.#changed.fire(undefined);
      }),
    ];
  }

  getChildren(node?: Node): Node[] {
    if (node !== undefined) return [...this.#maker.children(node)];
    const snapshot = this.#controller.current?.snapshot;
    return snapshot === undefined ? [] : [...this.#maker.roots(snapshot)];
  }

  getTreeItem(node: Node): TreeItem {
    return this.#maker.item(node);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
