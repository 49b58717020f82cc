/**
 * The tree of segments: sections and sizes are those that gcc 12 and `size -A` give for the same text.
 */
import assert from 'node:assert/strict';
import { analyzeProgram, defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { segmentTree } from '../../../src/session/segment-tree.ts';
import type { SegmentNode, TreeNode } from '../../../src/session/segment-tree.ts';
import { childrenOf } from '../../../src/session/tree-order.ts';
import type { TreeOrder } from '../../../src/session/tree-order.ts';

const text = `#include <stdio.h>
int answer = 42;
static char buffer[4096];
int counter;
const char *const names[] = { "one", "two", "one" };
static int unused_function(void);
static __thread long depth = 3;
int main(void)
{
    int local = 1;
    static int calls;
    depth += ++calls + local + buffer[0] + counter;
    puts(names[answer & 1]);
    return 0;
}
`;

function tree(): readonly SegmentNode[] {
  return segmentTree(analyzeProgram([{ name: 'main.c', text }], defaultAnalysisOptions), ({ key }) => key);
}

function segment(name: string): SegmentNode {
  const found = tree().find((node) => node.segment === name);
  assert.ok(found, `there is a segment ${name}`);
  return found;
}

const names = (nodes: readonly TreeNode[]): string[] =>
  nodes.map((node) => (node.kind === 'segment' || node.kind === 'others' ? node.segment : node.name));

/** Names of what is in a section, in an order. */
function objectsOf(segmentName: string, section: string, order: TreeOrder = 'address'): string[] {
  const node = segment(segmentName).sections.find(({ name }) => name === section);
  assert.ok(node, `there is a section ${section}`);
  return names(childrenOf(node, order));
}

describe('the tree of segments', () => {
  it('has the segments of the program in the order of the address space, then the stack', () => {
    assert.deepEqual(names(tree()), ['text', 'rodata', 'tls', 'data', 'bss', 'stack']);
  });

  it('puts each object in its section', () => {
    assert.deepEqual(objectsOf('data', '.data'), ['answer']);
    assert.deepEqual(objectsOf('data', '.data.rel.ro'), ['names']);
    assert.deepEqual(objectsOf('tls', '.tdata'), ['depth']);
    assert.deepEqual(objectsOf('text', '.text'), ['main']);
    assert.deepEqual(objectsOf('rodata', '.rodata'), ['"one"', '"two"']);
  });

  it('sorts by address or by size', () => {
    assert.deepEqual(objectsOf('bss', '.bss', 'size')[0], 'buffer');
    assert.deepEqual(new Set(objectsOf('bss', '.bss')), new Set(['buffer', 'counter', 'calls']));
    const [bss] = segment('bss').sections;
    const addresses =
      (bss?.objects ?? []).length === 0 || bss === undefined ? [] : childrenOf(bss, 'address');
    const at = addresses.map((node) => (node.kind === 'object' ? (node.address ?? 0) : 0));
    assert.deepEqual(
      at,
      [...at].sort((a, b) => a - b),
    );
  });

  it('accounts for every byte of a section', () => {
    for (const { segment: name, size, sections, others } of tree()) {
      if (size === undefined) continue;
      const all = [...sections, ...(others?.sections ?? [])];
      assert.equal(
        all.reduce((sum, section) => sum + section.size, 0),
        size,
        name,
      );
      for (const { objects, otherBytes, ...section } of all) {
        const known = objects.reduce((sum, object) => sum + (object.size ?? 0), 0);
        assert.equal(known + otherBytes, section.size, section.name);
      }
    }
  });

  it('shows the frame of a function with its locals, parameters first', () => {
    const [frame] = segment('stack').frames;
    assert.equal(frame?.name, 'main');
    // gcc -O0 -fstack-usage: main 32 static.
    assert.equal(frame.size, 32);
    assert.deepEqual(
      frame.objects.map(({ name, address }) => [name, address]),
      [['local', -4]],
    );
  });

  it('knows where each name is written', () => {
    const place = segment('data').sections.find(({ name }) => name === '.data')?.objects[0]?.place;
    assert.deepEqual(place, {
      unit: 0,
      start: text.indexOf('answer'),
      end: text.indexOf('answer') + 'answer'.length,
    });
  });

  it('is empty of objects, not broken, for a text without any', () => {
    const program = analyzeProgram([{ name: 'main.c', text: '' }], defaultAnalysisOptions);
    assert.ok(segmentTree(program, ({ key }) => key).every(({ sections }) => sections.length === 0));
  });
});
