/**
 * The view *Lessons*: the list of lessons, the page that is open, the question to answer before it reveals.
 *
 * It shows what the extension says and asks for what the user wants; it knows no answers before they are told.
 */
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { AskedView, LessonsAction, LessonsActivity, LessonsState } from '../../src/protocol/lessons.ts';
import type { Host } from '../host.ts';
import { lessonsWords } from '../lessons-texts.ts';
import { lessonsStyles } from './lessons-styles.ts';
import { tokens } from './styles.ts';

type OpenLesson = Extract<LessonsActivity, { kind: 'lesson' }>;
type OpenQuestions = Extract<LessonsActivity, { kind: 'questions' }>;
type Score = Extract<LessonsActivity, { kind: 'score' }>;

@customElement('mem-lessons')
export class MemLessons extends LitElement {
  static override readonly styles = [
    tokens,
    lessonsStyles,
    css`
      :host {
        display: block;
        min-block-size: 100vh;
        box-sizing: border-box;
        padding: 0.4em 0 1.2em;
        background: var(--vscode-sideBar-background, var(--atlas-background));
        color: var(--atlas-text);
        font: var(--atlas-font-size) / 1.5 var(--atlas-sans);
      }
    `,
  ];

  @state() private accessor view: LessonsState | undefined;
  #host: Host | undefined;
  #fallSilent: (() => void) | undefined;

  /** Starts talking to the extension. */
  connect(host: Host): void {
    this.#host = host;
    this.#fallSilent = host.listen((message) => {
      if (isState(message)) this.view = message;
    });
    this.#post({ type: 'ready' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#fallSilent?.();
  }

  #post(action: LessonsAction): void {
    this.#host?.post(action);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (view === undefined) return nothing;
    const texts = lessonsWords();
    return html`<main>
      ${view.isExam ? html`<p class="exam">${texts.exam}</p>` : nothing} ${this.#activity(view.activity)}
      ${
        view.hasRun && view.activity.kind === 'none'
          ? html`<p>
              <button class="plain ask" title=${texts.askHint} @click=${this.#do('ask')}>${texts.ask}</button>
            </p>`
          : nothing
      }
      <h2 id="list">${texts.list}</h2>
      <ol aria-labelledby="list" @keydown=${this.#onListKey}>
        ${view.lessons.map(
          ({ id, title, isDone, isOpen }) =>
            html`<li>
              <button
                class="lesson"
                data-lesson=${id}
                aria-current=${isOpen ? 'true' : nothing}
                @click=${() => {
                  this.#post({ type: 'open', id });
                }}
              >
                <span class="name">${title}</span>
                ${isDone ? html`<span class="done">✓ <span class="word">${texts.done}</span></span>` : nothing}
              </button>
            </li>`,
        )}
      </ol>
    </main>`;
  }

  #activity(activity: LessonsActivity): TemplateResult | typeof nothing {
    switch (activity.kind) {
      case 'none':
        return nothing;
      case 'lesson':
        return this.#lesson(activity);
      case 'questions':
        return this.#questions(activity);
      case 'score':
        return this.#score(activity);
    }
  }

  #lesson({ id, title, page, pages, text, asked }: OpenLesson): TemplateResult {
    const texts = lessonsWords();
    return html`<section aria-labelledby="open" data-open=${id} data-page=${page}>
      <h1 id="open">${title}</h1>
      <p class="page">${texts.page(page + 1, pages)}</p>
      <p class="text" aria-live="polite">${text}</p>
      ${asked === undefined ? nothing : this.#asked(asked)}
      <div class="buttons">
        <button class="previous" ?disabled=${page === 0} @click=${this.#do('previous')}>
          ${texts.previous}
        </button>
        <button class="next" ?disabled=${page === pages - 1} @click=${this.#do('next')}>${texts.next}</button>
      </div>
      <div class="links">
        <button class="plain copy" @click=${this.#do('copy')}>${texts.copy}</button>
        <button class="plain close" @click=${this.#do('close')}>${texts.close}</button>
      </div>
    </section>`;
  }

  #questions({ title, index, count, asked }: OpenQuestions): TemplateResult {
    const texts = lessonsWords();
    return html`<section aria-labelledby="open" data-question=${index}>
      <h1 id="open">${title}</h1>
      <p class="page">${texts.question(index + 1, count)}</p>
      ${this.#asked(asked)}
      <div class="buttons">
        <button class="previous" ?disabled=${index === 0} @click=${this.#do('previous')}>
          ${texts.previous}
        </button>
        <button class="next" @click=${this.#do('next')}>
          ${index === count - 1 ? texts.finish : texts.nextQuestion}
        </button>
      </div>
      <div class="links">
        <button class="plain close" @click=${this.#do('close')}>${texts.close}</button>
      </div>
    </section>`;
  }

  #score({ title, score, count }: Score): TemplateResult {
    const texts = lessonsWords();
    return html`<section aria-labelledby="open">
      <h1 id="open">${title}</h1>
      <p class="score" role="status">${texts.score(score, count)}</p>
      <div class="links">
        <button class="plain export" @click=${this.#do('export')}>${texts.export}</button>
        <button class="plain close" @click=${this.#do('close')}>${texts.close}</button>
      </div>
    </section>`;
  }

  #asked(asked: AskedView): TemplateResult {
    const texts = lessonsWords();
    const { result } = asked;
    return html`<form
      class="asked"
      data-answered=${result === undefined ? 'no' : 'yes'}
      @submit=${this.#onSubmit}
    >
      <h2>${texts.predict}</h2>
      <p class="question">${asked.text}</p>
      ${asked.place === undefined ? nothing : html`<p class="place">${asked.place}</p>`}
      ${asked.choices.length > 0 ? this.#choices(asked) : this.#number(asked)}
      ${
        result === undefined
          ? html`<button class="check" type="submit">${texts.check}</button>
              ${asked.isUnreadable ? html`<p class="bad" role="alert">${texts.unreadable}</p>` : nothing}`
          : html`<div class="result" role="status" data-right=${result.isRight ? 'yes' : 'no'}>
              <p class="verdict">${result.isRight ? `✓ ${texts.right}` : `✗ ${texts.wrong}`}</p>
              <p class="answer">${texts.answer(result.answer)}</p>
              ${
                result.because.length === 0
                  ? nothing
                  : html`<h3>${texts.because}</h3>
                      <ul class="because">
                        ${result.because.map((sentence) => html`<li>${sentence}</li>`)}
                      </ul>`
              }
            </div>`
      }
    </form>`;
  }

  #choices({ choices, given, result }: AskedView): TemplateResult {
    return html`<fieldset ?disabled=${result !== undefined}>
      <legend>${lessonsWords().choices}</legend>
      ${choices.map(
        (choice, index) =>
          html`<label>
            <input
              type="radio"
              name="answer"
              value=${String(index)}
              .checked=${given === String(index)}
              required
            />
            <span>${choice}</span>
          </label>`,
      )}
    </fieldset>`;
  }

  #number({ form, given, result }: AskedView): TemplateResult {
    const texts = lessonsWords();
    const label = form === 'address' ? texts.address : form === 'bytes' ? texts.bytes : texts.number;
    return html`<label class="number">
      <span>${label}</span>
      <input
        type="text"
        name="answer"
        autocomplete="off"
        spellcheck="false"
        .value=${given ?? ''}
        ?disabled=${result !== undefined}
        required
      />
    </label>`;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const given = new FormData(form).get('answer');
    if (typeof given === 'string') this.#post({ type: 'answer', text: given });
  };

  #do(type: 'next' | 'previous' | 'ask' | 'copy' | 'export' | 'close'): () => void {
    return () => {
      this.#post({ type });
    };
  }

  /** Up and down go through the list, as in a tree. */
  readonly #onListKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    const buttons = [...(this.shadowRoot?.querySelectorAll<HTMLButtonElement>('.lesson') ?? [])];
    const at = buttons.findIndex((button) => button === this.shadowRoot?.activeElement);
    buttons[at + by]?.focus();
    event.preventDefault();
  };

  /** A new question starts with nothing chosen, whatever the form held before; a new page is shown from its top. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const before = changed.get('view') as LessonsState | undefined;
    if (before === undefined) return;
    if (pageOf(before) !== pageOf(this.view)) window.scrollTo(0, 0);
    if (questionOf(before) === questionOf(this.view)) return;
    this.shadowRoot?.querySelector<HTMLFormElement>('form.asked')?.reset();
  }
}

function questionOf(view: LessonsState | undefined): string {
  const activity = view?.activity;
  switch (activity?.kind) {
    case 'lesson':
      return activity.id;
    case 'questions':
      return `${activity.title} ${String(activity.index)}`;
    default:
      return '';
  }
}

function pageOf(view: LessonsState | undefined): string {
  const activity = view?.activity;
  return `${questionOf(view)} ${activity?.kind === 'lesson' ? String(activity.page) : ''}`;
}

/** Whether a message is what this view shows; the extension is the only one that posts here. */
function isState(message: unknown): message is LessonsState {
  return (
    typeof message === 'object' && message !== null && (message as { type?: unknown }).type === 'lessons'
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-lessons': MemLessons;
  }
}
