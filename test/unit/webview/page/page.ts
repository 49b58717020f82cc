/** Entry of the page for people and screenshots: the view with a fake host. `#scene` chooses what is shown. */
import '../../../../webview/components/mem-app.ts';
import { FakeHost } from '../../../../webview/fake-host.ts';
import { mappingId } from '../../../../webview/layout/map-layout.ts';
import { start } from '../../../../webview/start.ts';
import { bigHeap, menagerie } from './large.ts';
import { mallocOne, readMallocOne } from './malloc-one.ts';

const [scene = 'malloc-one', first = '3', selected] = location.hash.slice(1).split(',');

/** With a third part everything is open and the row of that id is selected. */
const saved =
  selected === undefined
    ? undefined
    : {
        version: 1,
        open: mallocOne[4]?.mappings.map((mapping) => [mappingId(mapping), true]),
        selected: decodeURIComponent(selected),
      };

const readMemory: NonNullable<ConstructorParameters<typeof FakeHost>[0]['readMemory']> = (snapshot, params) =>
  readMallocOne(snapshot, params.start, params.length);

switch (scene) {
  case 'empty':
    start(new FakeHost({ snapshots: [] }), 'mem-app');
    break;
  case 'failed':
    start(new FakeHost({ snapshots: [], refuse: { hello: 'timeout' } }), 'mem-app');
    break;
  case 'big':
    start(new FakeHost({ snapshots: bigHeap(5_000, 400), readMemory }), 'mem-app');
    break;
  case 'menagerie':
    start(new FakeHost({ snapshots: [menagerie], readMemory }), 'mem-app');
    break;
  default:
    start(new FakeHost({ snapshots: mallocOne, first: Number(first), readMemory, saved }), 'mem-app');
}
