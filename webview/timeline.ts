/** Entry of the timeline in the side panel. */
import './components/mem-timeline.ts';
import { vsCodeHost } from './host.ts';
import { start } from './start.ts';

start(vsCodeHost(), 'mem-timeline');
