/** C text as long as wanted, of the kind that people write: functions of ten to twenty lines, lists, strings, some globals. */
export function programOfLines(lines: number): string {
  const parts = [head];
  for (let n = 0, count = lineCount(head); count < lines - 12; n++) {
    const text = functionsText(n);
    parts.push(text);
    count += lineCount(text);
  }
  return parts.join('') + tail;
}

const lineCount = (text: string): number => text.split('\n').length - 1;

/** What the functions need before them. */
export const head =
  '#include <stdio.h>\n#include <stdlib.h>\n\nstruct node { struct node *next; int key; char name[16]; };\n\n';

/** Two functions and what they count, with a number in each name. */
export const functionsText = (n: number): string => `static int counter_${n} = ${n};

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

const tail = `int main(int argc, char **argv)
{
    int status = work_0(argc, argv);
    return status;
}
`;
