/**
 * What the open run says of an expression in the source at its current event: value, address, page.
 */
import { l10n } from 'vscode';
import type { Result } from '../protocol/messages.ts';
import type { PageWalkView } from '../protocol/view-model.ts';
import type { HoverRowView } from '../session/editor/analysis-messages.ts';
import type { RunController } from './run-controller.ts';

/** Milliseconds that a hover waits for the run: a long answer must not hold back what is known without it. */
const patienceMs = 250;

/**
 * Asks the open run.
 *
 * @param functionName the function that a local name belongs to: its innermost frame is asked
 * @returns nothing where the run cannot tell
 */
export async function liveRows(
  controller: RunController,
  expression: string,
  functionName: string | undefined,
): Promise<readonly HoverRowView[]> {
  const { frames } = controller.current?.snapshot ?? {};
  if (frames === undefined) return [];
  const frame = functionName === undefined ? 0 : frames.findIndex((one) => one.functionName === functionName);
  if (frame < 0)
    return [
      {
        label: l10n.t('Now'),
        value: l10n.t('‘{0}’ is not being called at this moment.', functionName ?? ''),
        isCode: false,
      },
    ];
  const answer = askAll(controller, expression, frame).catch(() => []);
  return Promise.race([answer, later([] as readonly HoverRowView[])]);
}

async function askAll(
  controller: RunController,
  expression: string,
  frame: number,
): Promise<readonly HoverRowView[]> {
  const found = (await controller.answer('evaluate', { expression, frame })) as Result<'evaluate'>;
  if (found.problem !== '') return [];
  const rows: HoverRowView[] = [{ label: l10n.t('Value now'), value: found.value, isCode: true }];
  const { address } = found;
  if (address === undefined) return rows;
  rows.push({ label: l10n.t('Address now'), value: address, isCode: true });
  const size = (await controller.answer('evaluate', {
    expression: `sizeof (${expression})`,
    frame,
  })) as Result<'evaluate'>;
  const pages = pagesOf(controller, BigInt(address), BigInt(/^\d+$/.test(size.value) ? size.value : 1));
  if (pages !== undefined && pages.all > 1) {
    const value = l10n.t('{0} of {1} pages are present', pages.present, pages.all);
    rows.push({ label: l10n.t('Pages now'), value, isCode: false });
    return rows;
  }
  const walk = (await controller.answer('walk', { address })) as PageWalkView;
  rows.push({ label: l10n.t('Page now'), value: pageText(walk), isCode: false });
  return rows;
}

/** Over how many pages an object reaches, and how many of them have a frame. */
function pagesOf(
  controller: RunController,
  address: bigint,
  bytes: bigint,
): { readonly all: number; readonly present: number } | undefined {
  const mapping = controller.current?.snapshot.mappings.find(
    ({ start, end }) => BigInt(start) <= address && address < BigInt(end),
  );
  if (mapping === undefined || bytes === 0n) return undefined;
  const page = (addr: bigint): number => Number((addr - BigInt(mapping.start)) / 4096n);
  const first = page(address);
  const end = page(address + bytes - 1n) + 1;
  let present = 0;
  let at = 0;
  for (const { state, pages } of mapping.pages) {
    const common = Math.min(at + pages, end) - Math.max(at, first);
    // A large mapping may tell its pages in groups; how many of a group are present is not known then.
    if (state === 'mixed' && common > 0) return undefined;
    if (state !== 'absent' && common > 0) present += common;
    at += pages;
  }
  return { all: end - first, present };
}

function pageText({ state, frame }: PageWalkView): string {
  if (state === 'absent')
    return l10n.t('not present: it has no frame yet, the next access makes a page fault');
  if (state === 'zero') return l10n.t('the shared page of zeros: only read so far');
  if (state === 'anonymous') return l10n.t('present, a frame of its own: {0}', String(frame));
  return state === 'file'
    ? l10n.t('present, a page of the file')
    : l10n.t('present, shared with other processes');
}

function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(value);
    }, patienceMs);
  });
}
