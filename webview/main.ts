/** Entry of the webview. */
import { vsCodeHost } from './host.ts';
import { start } from './start.ts';

start(vsCodeHost());
