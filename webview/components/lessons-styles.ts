/** Styles of the view *Lessons*. */
import { css } from 'lit';

export const lessonsStyles = css`
  h1,
  h2,
  h3 {
    margin: 0.9em 0 0.3em;
    font-size: 1em;
    font-weight: 600;
  }
  h1 {
    font-size: 1.15em;
    margin-block-start: 0.2em;
  }
  p {
    margin: 0.4em 0;
  }
  .page,
  .place,
  legend,
  .number span {
    color: var(--atlas-dim);
    font-size: 0.92em;
  }
  ol {
    margin: 0;
    padding-inline-start: 1.9em;
  }
  .exam {
    padding: 0.4em 0.7em;
    border-inline-start: 3px solid var(--atlas-orange);
  }
  button {
    padding: 0.35em 0.9em;
    border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
    border-radius: 2px;
    background: var(--vscode-button-background, #0060c0);
    color: var(--vscode-button-foreground, #fff);
    font: inherit;
    cursor: pointer;
  }
  button:hover:enabled {
    background: var(--vscode-button-hoverBackground, #004f9e);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button:focus-visible,
  input:focus-visible {
    outline: 1px solid var(--atlas-focus);
    outline-offset: 2px;
  }
  .previous {
    background: var(--vscode-button-secondaryBackground, #5f6a79);
    color: var(--vscode-button-secondaryForeground, #fff);
  }
  .previous:hover:enabled {
    background: var(--vscode-button-secondaryHoverBackground, #4c5561);
  }
  .plain,
  .lesson {
    padding: 0.15em 0;
    border: none;
    background: none;
    color: var(--atlas-link);
    text-align: start;
  }
  .plain:hover:enabled,
  .lesson:hover:enabled {
    background: none;
    text-decoration: underline;
  }
  .lesson {
    display: flex;
    gap: 0.6em;
    inline-size: 100%;
  }
  .lesson[aria-current] {
    font-weight: 600;
  }
  .done {
    color: var(--atlas-text);
    white-space: nowrap;
  }
  .word {
    font-size: 0.92em;
  }
  .buttons,
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
    margin-block: 0.7em;
  }
  .links {
    gap: 1.2em;
  }
  form {
    padding: 0.2em 0.8em 0.7em;
    border: 1px solid var(--atlas-line);
    border-radius: 4px;
  }
  fieldset {
    margin: 0.4em 0 0.6em;
    padding: 0;
    border: none;
  }
  label {
    display: flex;
    align-items: baseline;
    gap: 0.5em;
    padding: 0.15em 0;
  }
  .number {
    flex-direction: column;
    margin-block-end: 0.6em;
  }
  .number input {
    inline-size: 100%;
    box-sizing: border-box;
    padding: 0.3em 0.5em;
    border: 1px solid var(--vscode-input-border, var(--atlas-line));
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, inherit);
    font: inherit;
    font-family: var(--atlas-mono);
  }
  .verdict {
    font-weight: 600;
  }
  .result {
    padding-inline-start: 0.7em;
    border-inline-start: 3px solid var(--atlas-red);
  }
  .result[data-right='yes'] {
    border-color: var(--atlas-green);
  }
  .bad {
    color: var(--vscode-errorForeground, #b00020);
  }
  .because {
    margin: 0;
    padding-inline-start: 1.2em;
  }
`;
