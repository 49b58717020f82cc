/** Entry of the memory map. */
import './components/mem-app.ts';
import { vsCodeHost } from './host.ts';
import { start } from './start.ts';

start(vsCodeHost(), 'mem-app');
