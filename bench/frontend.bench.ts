/**
 * Lexing and parsing of a file of 10,000 lines: the budget of the editor features is 25 ms for each, warmed.
 */
import { parse } from '../src/core/syntax/parser.ts';
import { preprocess } from '../src/core/syntax/preprocessor.ts';

const functionText = (n: number): string => `static int counter_${n} = ${n};

/* Puts a node in front of a list. */
static struct node *push_${n}(struct node *head, int key, const char *name)
{
    struct node *node = malloc(sizeof(struct node));
    if (node == NULL)
        return head;
    node->next = head;
    node->key = key + counter_${n}++;
    for (int k = 0; k < 15 && name[k] != '\\0'; k++) {
        node->name[k] = name[k];
        node->name[k + 1] = 0;
    }
    return node;
}

int work_${n}(int argc, char **argv)
{
    struct node *list = NULL;
    int total = 0;
    for (int k = 1; k < argc; k++)
        list = push_${n}(list, k * 3 + (argc << 2), argv[k]);
    while (list) {
        struct node *dead = list;
        total += list->key ? list->key : -1;
        list = list->next;
        free(dead);
    }
    printf("%d %s\\n", total, "done");
    return total & 0xff;
}

`;

const head =
  '#include <stdio.h>\n#include <stdlib.h>\n\nstruct node { struct node *next; int key; char name[16]; };\n\n';
const text = head + Array.from({ length: 300 }, (_item, n) => functionText(n)).join('');

/** Best and median time of a task, in milliseconds. */
function measure(task: () => void): string {
  const times: number[] = [];
  for (let round = 0; round < 40; round++) {
    const start = performance.now();
    task();
    if (round >= 10) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return `best ${times[0]?.toFixed(1)} ms, median ${times[times.length >> 1]?.toFixed(1)} ms`;
}

const input = { name: 'bench.c', text, target: 'x86_64' } as const;
const { tokens, files } = preprocess(input);
console.log(`${text.split('\n').length} lines, ${tokens.length} tokens`);
console.log(`preprocess: ${measure(() => preprocess(input))}`);
console.log(`parse:      ${measure(() => parse(tokens, { files }))}`);
