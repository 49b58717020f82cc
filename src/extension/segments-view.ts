/**
 * The tree *Segments*: segment → section → object of the program of the active editor; a click goes to the source.
 */
import {
  EventEmitter,
  MarkdownString,
  Range,
  TreeItem,
  TreeItemCollapsibleState,
  commands,
  l10n,
  window,
  workspace,
} from 'vscode';
import type { Disposable, ExtensionContext, TextDocument, TreeDataProvider, TreeView } from 'vscode';
import type { ObjectNode, TreeNode } from '../session/segment-tree.ts';
import { childrenOf } from '../session/tree-order.ts';
import type { TreeOrder } from '../session/tree-order.ts';
import type { AnalysisService } from './analysis-service.ts';
import { segmentIcon, segmentName } from './segment-signs.ts';

export const segmentsViewId = 'memoryAtlas.segments';

/** Milliseconds of quiet after an edit before the tree is made again. */
const quietMs = 400;
/** Where the order that was chosen last is remembered. */
const orderKey = 'memoryAtlas.segments.order';

export class SegmentsView implements TreeDataProvider<TreeNode>, Disposable {
  readonly #context: ExtensionContext;
  readonly #analysis: AnalysisService;
  readonly #changed = new EventEmitter<undefined>();
  readonly #subscriptions: Disposable[];
  readonly #view: TreeView<TreeNode>;
  #document: TextDocument | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(context: ExtensionContext, analysis: AnalysisService) {
    this.#context = context;
    this.#analysis = analysis;
    this.#view = window.createTreeView(segmentsViewId, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#changed,
      this.#view,
      window.onDidChangeActiveTextEditor(() => {
        this.#follow();
      }),
      analysis.onDidChangeVeil(() => {
        this.#view.message = analysis.isVeiled
          ? l10n.t('Hidden until the question of the exam is answered.')
          : '';
        this.#changed.fire(undefined);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document === this.#document && contentChanges.length > 0) this.#refreshSoon();
      }),
      workspace.onDidCloseTextDocument((document) => {
        if (document === this.#document) this.#show(undefined);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('memoryAtlas')) this.#changed.fire(undefined);
      }),
      commands.registerCommand('memoryAtlas.segments.sortBySize', () => this.#sort('size')),
      commands.registerCommand('memoryAtlas.segments.sortByAddress', () => this.#sort('address')),
    ];
    this.#tellOrder();
    this.#follow();
  }

  get #order(): TreeOrder {
    return this.#context.globalState.get<TreeOrder>(orderKey) === 'size' ? 'size' : 'address';
  }

  async #sort(order: TreeOrder): Promise<void> {
    await this.#context.globalState.update(orderKey, order);
    this.#tellOrder();
    this.#changed.fire(undefined);
  }

  #tellOrder(): void {
    void commands.executeCommand('setContext', 'memoryAtlas.segmentsOrder', this.#order);
  }

  /** Shows the C file that is being edited; the last one stays while something else has the focus. */
  #follow(): void {
    const document = window.activeTextEditor?.document;
    if (document?.languageId === 'c' && document !== this.#document) this.#show(document);
  }

  #show(document: TextDocument | undefined): void {
    this.#document = document;
    clearTimeout(this.#timer);
    this.#changed.fire(undefined);
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#changed.fire(undefined);
    }, quietMs);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node !== undefined) return [...childrenOf(node, this.#order)];
    const document = this.#document;
    if (document === undefined) return [];
    return [...((await this.#analysis.askUnveiled(document, 'segments', () => ({}))) ?? [])];
  }

  getTreeItem(node: TreeNode): TreeItem {
    switch (node.kind) {
      case 'segment': {
        const item = new TreeItem(segmentName(node.segment), TreeItemCollapsibleState.Expanded);
        item.iconPath = segmentIcon(node.segment);
        item.description = node.size === undefined ? l10n.t('per call') : bytes(node.size);
        item.id = node.segment;
        return item;
      }
      case 'section': {
        const state =
          node.objects.length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None;
        const item = new TreeItem(node.name, state);
        item.id = `${node.name}@${String(node.address)}`;
        item.description = `${bytes(node.size)} · ${hex(node.address)}`;
        item.tooltip =
          node.otherBytes > 0
            ? l10n.t(
                '{0}: {1} from the start-up files, the linker and padding',
                node.name,
                bytes(node.otherBytes),
              )
            : node.name;
        return item;
      }
      case 'others': {
        const item = new TreeItem(l10n.t('linker and start-up files'), TreeItemCollapsibleState.Collapsed);
        item.id = `others ${node.segment}`;
        item.description = bytes(node.size);
        return item;
      }
      case 'frame': {
        const state =
          node.objects.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
        const item = new TreeItem(node.name, state);
        item.id = `frame ${node.name} ${String(node.place?.unit)}`;
        item.iconPath = segmentIcon('stack');
        item.description = node.size === undefined ? l10n.t('known at run time') : bytes(node.size);
        this.#link(item, node);
        return item;
      }
      case 'object':
        return this.#objectItem(node);
    }
  }

  #objectItem(node: ObjectNode): TreeItem {
    const item = new TreeItem(node.name, TreeItemCollapsibleState.None);
    const parts = [node.size === undefined ? l10n.t('known at run time') : bytes(node.size)];
    if (node.address !== undefined)
      parts.push(node.segment === 'stack' ? offsetText(node.address) : hex(node.address));
    if (node.scope !== undefined && node.segment !== 'stack') parts.push(node.scope);
    item.description = parts.join(' · ');
    item.iconPath = segmentIcon(node.segment);
    item.tooltip = new MarkdownString().appendText(node.reason);
    this.#link(item, node);
    return item;
  }

  /** A click, or Enter, shows where the thing is written. */
  #link(item: TreeItem, { place }: Pick<ObjectNode, 'place'>): void {
    const document = this.#document;
    if (place === undefined || document === undefined) return;
    const selection = new Range(document.positionAt(place.start), document.positionAt(place.end));
    item.command = {
      title: l10n.t('Show in the editor'),
      command: 'vscode.open',
      arguments: [document.uri, { selection }],
    };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

const hex = (address: number): string => `0x${address.toString(16)}`;
const offsetText = (offset: number): string => `${offset < 0 ? '−' : '+'}${String(Math.abs(offset))}`;
const bytes = (count: number): string => (count === 1 ? l10n.t('1 byte') : l10n.t('{0} bytes', count));
