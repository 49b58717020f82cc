/** A document for component tests: happy-dom's, put in the place of the browser's globals. */
import { Window } from 'happy-dom';

const window = new Window({ url: 'http://localhost/', width: 1200, height: 800 });

/** What Lit and the components take from the global object. */
const names = [
  'window',
  'document',
  'customElements',
  'CSSStyleSheet',
  'Document',
  'DocumentFragment',
  'Element',
  'Event',
  'HTMLElement',
  'HTMLInputElement',
  'KeyboardEvent',
  'MouseEvent',
  'MutationObserver',
  'Node',
  'ResizeObserver',
  'ShadowRoot',
  'cancelAnimationFrame',
  'matchMedia',
  'requestAnimationFrame',
] as const;

for (const name of names) {
  const value: unknown = name === 'window' ? window : Reflect.get(window, name);
  const isMethod = /^[a-z]/.test(name) && typeof value === 'function';
  const found = isMethod ? (value.bind(window) as unknown) : value;
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: found });
}

// There is no layout here, and the cascade of happy-dom is slow: only the size of the font is asked for.
Object.defineProperty(globalThis, 'getComputedStyle', {
  configurable: true,
  value: () => ({ fontSize: '13px' }),
});

/** Removes everything from the page. */
export function clearPage(): void {
  document.body.innerHTML = '';
}

/** Waits until all components have drawn: updates and the fake host's answers are microtasks. */
export async function drawn(): Promise<void> {
  for (let round = 0; round < 2; round++) await new Promise((resolve) => setTimeout(resolve, 0));
}

/** All elements below a root, shadow trees included. */
export function deep(root: Element | ShadowRoot): readonly Element[] {
  const found: Element[] = [];
  const visit = (parent: Element | ShadowRoot): void => {
    for (const element of Array.from(parent.childNodes)) {
      if (!(element instanceof Element)) continue;
      found.push(element);
      visit(element);
      if (element.shadowRoot !== null) visit(element.shadowRoot);
    }
  };
  visit(root);
  return found;
}

/** The text that a component shows, white space joined. */
export function textOf(element: Element): string {
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (node.nodeType === 3) parts.push(node.textContent ?? '');
    if (node.nodeType === 1 && ['STYLE', 'TITLE'].includes((node as Element).tagName.toUpperCase())) return;
    const shadow = (node as Element).shadowRoot ?? undefined;
    for (const child of [...(shadow ?? node).childNodes]) visit(child);
  };
  visit(element);
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}
