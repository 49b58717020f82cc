/** What the selected row is: facts, source place, bytes. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { PAGE_SIZE } from '../../src/base/address.ts';
import type { Snapshot } from '../../src/protocol/view-model.ts';
import type { Fact } from '../facts.ts';
import { factsOf } from '../facts.ts';
import type { AddressRange } from '../layout/hex.ts';
import { parseHex, toHex } from '../layout/hex.ts';
import type { MapRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import { kindBadge, placeLink } from './drawing.ts';
import { SelectRowEvent } from './events.ts';
import './mem-bytes.ts';
import './mem-history.ts';
import type { ReadCalls } from './mem-history.ts';
import './mem-members.ts';
import type { ReadMembers } from './mem-members.ts';
import './mem-walk.ts';
import type { WalkPages } from './mem-walk.ts';
import type { ReadMemory } from './mem-bytes.ts';
import { badgeStyles, chunkStyles, kindColours, linkStyles } from './styles.ts';

@customElement('mem-details')
export class MemDetails extends LitElement {
  static override readonly styles = [
    kindColours,
    badgeStyles,
    chunkStyles,
    linkStyles,
    css`
      :host {
        display: block;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0.2em 0.6em;
      }
      h2 {
        margin: 0;
        font: 600 1.12em / 1.35 var(--atlas-mono);
        overflow-wrap: anywhere;
      }
      .sort {
        color: var(--atlas-dim);
      }
      .follow {
        display: flex;
        justify-content: space-between;
        gap: 0.6em;
        margin-block-end: 0.45em;
        color: var(--atlas-dim);
        font-size: 0.9em;
      }
      .explanation {
        margin: 0.45em 0 0;
        line-height: 1.5;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 0.3em 1em;
        margin: 0.75em 0 0;
      }
      dt {
        color: var(--atlas-dim);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .code {
        font-family: var(--atlas-mono);
      }
      .note {
        display: block;
        color: var(--atlas-dim);
        font-size: 0.92em;
        line-height: 1.45;
      }
      h3 {
        margin: 1em 0 0.35em;
        font-size: 1em;
        font-weight: 600;
      }
      .hint {
        margin: 0;
        color: var(--atlas-dim);
        line-height: 1.5;
      }
    `,
  ];

  @property({ attribute: false }) accessor row: MapRow | undefined;
  /** The user chose the row; otherwise it is the one of the current event. */
  @property({ attribute: false }) accessor isChosen = false;
  @property({ attribute: false }) accessor changed: Snapshot['changed'] = [];
  @property({ attribute: false }) accessor moment = 0;
  @property({ attribute: false }) accessor readMemory: ReadMemory | undefined;
  /** Index of the current event. */
  @property({ attribute: false }) accessor near = 0;
  @property({ attribute: false }) accessor readCalls: ReadCalls | undefined;
  @property({ attribute: false }) accessor readMembers: ReadMembers | undefined;
  @property({ attribute: false }) accessor walkPages: WalkPages | undefined;

  protected override render(): TemplateResult {
    const { row } = this;
    const texts = words();
    if (row === undefined) return html`<p class="hint">${texts.detailsHint}</p>`;
    const facts = factsOf(row, texts);
    const place = facts.place;
    return html`
      <div class="follow">
        ${
          this.isChosen
            ? html`<span>${texts.details}</span
                ><button type="button" class="place" @click=${this.#follow}>${texts.followEvent}</button>`
            : html`<span>${texts.details}</span><span>${texts.selectionFollows}</span>`
        }
      </div>
      <header>
        <h2>${signOf(row)}${facts.title}</h2>
        ${facts.sort === '' ? nothing : html`<span class="sort">${facts.sort}</span>`}
      </header>
      ${facts.explanation === '' ? nothing : html`<p class="explanation">${facts.explanation}</p>`}
      <dl>
        ${facts.facts.map(factLine)}
        ${
          place === undefined
            ? nothing
            : html`<dt>${texts.place}</dt>
                <dd class="code">${placeLink(place, false)}</dd>`
        }
      </dl>
      ${
        row.kind === 'chunk' && row.chunk.state !== 'top' && row.chunk.state !== 'internal'
          ? html`<mem-history
              .address=${row.chunk.mem}
              .near=${this.near}
              .readCalls=${this.readCalls}
            ></mem-history>`
          : nothing
      }
      ${
        mayHaveMembers(row)
          ? html`<mem-members
              .range=${objectRange(row)}
              .moment=${this.moment}
              .readMembers=${this.readMembers}
            ></mem-members>`
          : nothing
      }
      ${
        facts.hasBytes
          ? html`<h3>${texts.memory}</h3>
              <mem-bytes
                .start=${firstByteOf(row)}
                .end=${row.end}
                .changed=${this.changed}
                .moment=${this.moment}
                .readMemory=${this.readMemory}
                .labels=${labelsOf(row)}
              ></mem-bytes>`
          : nothing
      }
      <mem-walk
        .address=${toHex(firstByteOf(row))}
        .moment=${this.moment}
        .walkPages=${this.walkPages}
      ></mem-walk>
    `;
  }

  readonly #follow = (): void => {
    this.dispatchEvent(new SelectRowEvent(undefined));
  };
}

/** Whether the row may be of something that has members, as far as the row itself knows. */
const mayHaveMembers = ({ kind }: MapRow): boolean =>
  kind === 'variable' || kind === 'object' || kind === 'chunk';

/** Addresses of the object: of a chunk, those that the program got. */
const objectRange = (row: MapRow): AddressRange => ({
  start: row.kind === 'chunk' ? parseHex(row.chunk.mem) : row.start,
  end: row.end,
});

/** The sign that the row has in the map. */
function signOf(row: MapRow): TemplateResult | typeof nothing {
  if (row.kind === 'mapping') return html`${kindBadge(row.mapping.kind)} `;
  return row.kind === 'chunk' ? html`<span class="swatch" data-state=${row.chunk.state}></span> ` : nothing;
}

function factLine(fact: Fact): TemplateResult {
  return html`<dt>${fact.label}</dt>
    <dd>
      <span class=${fact.isCode === true ? 'code' : ''}>${fact.value}</span>
      ${fact.note === undefined || fact.note === '' ? nothing : html`<span class="note">${fact.note}</span>`}
    </dd>`;
}

/** Where the dump of a row starts: of a mapping, at its first page that has a page frame. */
function firstByteOf(row: MapRow): bigint {
  if (row.kind !== 'mapping') return row.start;
  let page = 0;
  for (const run of row.mapping.pages) {
    if (run.state !== 'absent') return row.start + BigInt(page) * BigInt(PAGE_SIZE);
    page += run.pages;
  }
  return row.start;
}

/** Names of the words of a chunk's header, of the saved registers of a frame. */
function labelsOf(row: MapRow): ReadonlyMap<bigint, string> {
  const texts = words();
  if (row.kind === 'chunk') {
    const mem = parseHex(row.chunk.mem);
    const word = (mem - row.start) / 2n;
    // With words of four bytes a line of eight holds both words of the header.
    return word === 8n
      ? new Map([
          [row.start, texts.prevSize],
          [row.start + word, texts.size],
          [mem, texts.mem],
        ])
      : new Map([[mem, texts.mem]]);
  }
  if (row.kind === 'frame') {
    const base = parseHex(row.frame.base);
    const labels = new Map(
      row.frame.variables.map((variable) => {
        const start = parseHex(variable.start);
        return [start - (start % 8n), variable.name] as const;
      }),
    );
    if (row.end - base === 16n) labels.set(base, texts.savedBase).set(base + 8n, texts.returnAddress);
    return labels;
  }
  return new Map();
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-details': MemDetails;
  }
}
