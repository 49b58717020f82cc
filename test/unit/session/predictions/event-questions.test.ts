import assert from 'node:assert/strict';
import type { Question } from '../../../../src/protocol/lessons.ts';
import { askQuestion } from '../../../../src/session/predictions/ask-question.ts';
import { questionsHere } from '../../../../src/session/predictions/event-questions.ts';
import type { Session } from '../../../../src/session/session.ts';
import { openSession } from '../../../support/open-session.ts';

const program = `#include <stdlib.h>
int counter = 1;
int main(void) {
  char *a = malloc(24);
  char *big = malloc(200000);
  big[100000] = 1;
  free(a);
  free(big);
  return counter;
}`;

/** The questions of the first event at or after an index. */
function asked(session: Session, index: number): readonly Question[] {
  session.seek(index);
  return questionsHere(session, 'en');
}

/** `text => answer (wrong answers)` */
function spelled({ text, solution, answer }: Question): string {
  const wrong = solution.kind === 'choice' ? solution.choices.filter((one) => one !== answer) : [];
  return `${text} => ${answer}${wrong.length === 0 ? '' : ` (${wrong.join('; ')})`}`;
}

describe('questions about events', () => {
  let session: Session;
  let all: readonly Question[];

  before(() => {
    session = openSession(program);
    const questions = new Map<string, Question>();
    for (let index = 0; index < session.recording.count; index++)
      for (const question of asked(session, index)) questions.set(question.text, question);
    all = [...questions.values()];
  });

  it('asks what calls return, ask of the kernel, fault, and where blocks go', () => {
    const texts = all.map(spelled);
    const wanted = [
      'What will malloc(24) return? => 0x5555555592a0',
      'What will malloc(24) ask the kernel for? => to move the program break (brk)',
      'How many page faults will happen inside malloc(24)? => 1',
      'What will malloc(200000) ask the kernel for? => for a new mapping (mmap)',
      'Where will free(0x5555555592a0) put the chunk? => onto a list of the thread’s cache (tcache)',
      'Where will free(0x7ffff7d9e010) put the chunk? => back to the kernel, by munmap',
      'Page fault: write 0x7ffff7db66b0. How will the kernel answer it? => with a new page frame of zeros',
    ];
    for (const start of wanted)
      assert.ok(
        texts.some((text) => text.startsWith(start)),
        `${start}\n${texts.join('\n')}`,
      );
  });

  it('offers wrong answers that differ from the right one and from each other', () => {
    for (const { text, solution } of all) {
      if (solution.kind !== 'choice') continue;
      assert.ok(solution.choices.length >= 3, text);
      assert.equal(new Set(solution.choices).size, solution.choices.length, text);
    }
  });

  it('takes the run back before the call, and reveals after it, with the trail as the reason', () => {
    const question = all.find(({ text }) => text === 'What will malloc(200000) return?');
    assert.ok(
      question !== undefined && typeof question.before === 'number' && typeof question.reveal === 'number',
    );
    session.seek(question.before);
    assert.equal(session.machine.malloc.state.release.name, '2.36');
    assert.ok(session.recording.sinceAt(question.reveal) === question.before + 1);
    assert.ok(
      question.because.some((sentence) => sentence.includes('mmap threshold')),
      question.because.join('\n'),
    );
    assert.equal(question.place?.line, 5);
  });

  it('leaves the run where it is', () => {
    session.seek(3);
    questionsHere(session, 'en');
    assert.equal(session.index, 3);
    assert.equal(session.isAtStep, false);
    session.seekStep(4);
    questionsHere(session, 'zh-cn');
    assert.ok(session.isAtStep);
    assert.equal(session.step, 4);
  });

  it('has nothing to ask behind the last call', () => {
    assert.deepEqual(asked(session, session.recording.count - 1), []);
  });

  const ask = (at: string, what: string) =>
    askQuestion(session, { text: 'T', at, ask: what, choices: [], because: 'B', origin: 'line 7' }, 'en');

  it('computes what teachers ask', () => {
    const answer = (at: string, what: string): string => {
      const result = ask(at, what);
      return 'problem' in result ? result.problem : result.answer;
    };
    assert.equal(answer('', 'segment counter'), 'data segment');
    assert.equal(answer('', 'segment a'), 'stack');
    assert.equal(answer('malloc 1', 'result'), '0x5555555592a0');
    assert.equal(answer('free 2', 'destination'), 'back to the kernel, by munmap');
    assert.equal(answer('end', 'heap'), '135,168 bytes (132 KiB)');
    assert.equal(answer('before free(big)', 'value big[100000] + counter'), '2');
  });

  it('says what cannot be asked, and where it is written', () => {
    for (const [at, what, problem] of [
      ['malloc 3', 'result', 'the program calls malloc 2 times, there is no call number 3'],
      ['before nothing', 'heap', 'no line of the program contains “nothing”'],
      ['before free(a) #2', 'heap', 'the line with “free(a)” is done 1 times only'],
      ['start', 'result', '“result” is asked about a call: at must be one such as malloc 2'],
      ['malloc 1', 'destination', '“destination” cannot be asked about malloc'],
      ['12', 'heap', '“12” names no moment: write start, end, before CODE, or a call such as malloc 2'],
      ['', 'segment nobody', 'the program has no object or function called nobody with a place in memory'],
      ['start', 'value nobody', '‘nobody’ is not declared here'],
    ] as const)
      assert.deepEqual(ask(at, what), { problem: `line 7: ${problem}` });
  });
});
