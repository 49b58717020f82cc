/**
 * Entry of the extension in VS Code for the Web.
 */
export { activate } from './extension.ts';
