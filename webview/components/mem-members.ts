/** Of what the selected object consists, as a table: the words of what the picture shows as boxes. */
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Params } from '../../src/protocol/messages.ts';
import { mostMemberUnits } from '../../src/protocol/messages.ts';
import type { MembersView, MemberView, TypedObjectView } from '../../src/protocol/view-model.ts';
import { formatCount } from '../layout/format.ts';
import type { AddressRange } from '../layout/hex.ts';
import { parseHex, toHex } from '../layout/hex.ts';
import { words } from '../texts.ts';

/** Asks the session for the members in a range. */
export type ReadMembers = (params: Params<'members'>) => Promise<MembersView>;

interface Line {
  readonly depth: number;
  readonly offset: string;
  readonly member: MemberView;
}

@customElement('mem-members')
export class MemMembers extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
    }
    h3 {
      margin: 1em 0 0.35em;
      font-size: 1em;
      font-weight: 600;
    }
    .scroll {
      overflow: auto;
      max-block-size: 24em;
    }
    .scroll:focus-visible {
      outline: 1px solid var(--atlas-focus);
    }
    table {
      border-collapse: collapse;
      font-family: var(--atlas-mono);
    }
    th {
      color: var(--atlas-dim);
      font-weight: normal;
      text-align: start;
    }
    td,
    th {
      padding: 0.1em 0.9em 0.1em 0;
      vertical-align: top;
    }
    .offset {
      color: var(--atlas-dim);
      text-align: end;
    }
    .value {
      overflow-wrap: anywhere;
    }
    .padding {
      color: var(--atlas-dim);
      font-style: italic;
    }
    p {
      margin: 0.3em 0;
      color: var(--atlas-dim);
    }
  `;

  /** Addresses of the object. */
  @property({ attribute: false }) accessor range: AddressRange | undefined;
  @property({ attribute: false }) accessor moment = 0;
  @property({ attribute: false }) accessor readMembers: ReadMembers | undefined;

  @state() private accessor answer: MembersView | undefined;

  /** Number of the last question: answers to earlier ones are dropped. */
  #question = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('range');
    const isOther = changed.has('range') && !(before !== undefined && isSame(before, this.range));
    if (isOther) this.answer = undefined;
    if (isOther || changed.has('moment')) void this.#ask();
  }

  protected override render(): TemplateResult | typeof nothing {
    const object = this.#object();
    if (object === undefined) return nothing;
    const texts = words();
    const all = object.sizeBytes;
    const pointed = object.kind === 'block' ? `${object.type}: ${texts.pointedTo(object.name)}` : '';
    return html`
      <h3>${texts.members}</h3>
      ${pointed === '' ? nothing : html`<p>${pointed}</p>`}
      ${object.parts.length === 0 ? html`<p>${object.value}</p>` : this.#table(object)}
      ${
        all > mostMemberUnits && object.parts.length > 0
          ? html`<p>${texts.membersOfFirst(formatCount(mostMemberUnits), formatCount(all))}</p>`
          : nothing
      }
      ${this.answer?.isCut === true ? html`<p>${texts.membersCut}</p>` : nothing}
    `;
  }

  /** What begins where the range does; a scalar, or text that the facts tell already, has no members to list. */
  #object(): TypedObjectView | undefined {
    const { range } = this;
    if (range === undefined) return undefined;
    const object = this.answer?.objects.find(({ start }) => parseHex(start) === range.start);
    return object === undefined || (object.kind !== 'block' && object.parts.length === 0)
      ? undefined
      : object;
  }

  #table(object: TypedObjectView): TemplateResult {
    const texts = words();
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${texts.members}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="offset">+</th>
            <th scope="col">${texts.name}</th>
            <th scope="col">${texts.type}</th>
            <th scope="col">${texts.value}</th>
          </tr>
        </thead>
        <tbody>
          ${linesOf(object).map(lineRow)}
        </tbody>
      </table>
    </div>`;
  }

  async #ask(): Promise<void> {
    const { range } = this;
    if (range === undefined || range.end <= range.start) return;
    const question = ++this.#question;
    const most = range.start + BigInt(mostMemberUnits);
    try {
      const answer = await this.readMembers?.({
        start: toHex(range.start),
        end: toHex(range.end < most ? range.end : most),
        unitBytes: 1,
      });
      if (question === this.#question) this.answer = answer;
    } catch {
      // The reason was reported where the request was made; without an answer nothing is listed.
      if (question === this.#question) this.answer = undefined;
    }
  }
}

const isSame = (some: AddressRange, other: AddressRange | undefined): boolean =>
  some.start === other?.start && some.end === other.end;

/** Members with theirs behind them. */
function linesOf({ start, parts }: TypedObjectView): readonly Line[] {
  const base = parseHex(start);
  const lines = (of: readonly MemberView[], depth: number): readonly Line[] =>
    of.flatMap((member) => [
      { depth, offset: String(parseHex(member.start) - base), member },
      ...lines(member.parts, depth + 1),
    ]);
  return lines(parts, 0);
}

function lineRow({ depth, offset, member }: Line): TemplateResult {
  const texts = words();
  const indent = '\u2003'.repeat(depth);
  const isPadding = member.kind === 'padding';
  const type = member.kind === 'bit-fields' ? texts.bitFields : member.type;
  return html`<tr class=${isPadding ? 'padding' : ''}>
    <td class="offset">${offset}</td>
    <th scope="row">${indent}${isPadding ? texts.frameParts.padding : member.name}</th>
    <td>${isPadding ? texts.bytes(formatCount(member.sizeBytes)) : type}</td>
    <td class="value">${member.value}</td>
  </tr>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-members': MemMembers;
  }
}
