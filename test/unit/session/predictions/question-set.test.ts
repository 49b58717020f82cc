import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { questionsInComments, questionsInJson } from '../../../../src/session/predictions/question-set.ts';

const inC = (...lines: readonly string[]) => questionsInComments(lines.join('\n'), 'en');

describe('sets of questions', () => {
  it('reads a comment block, with fields that go on in the next line', () => {
    const set = inC(
      'int x;',
      '/* memory-atlas questions',
      ' *',
      ' * title: Blocks',
      ' *',
      ' * question: What does the second',
      ' *   malloc return?',
      ' * at: malloc 2',
      ' * ask: result',
      ' *',
      ' * question: Which is true?',
      ' * - the first',
      ' * + the second,',
      ' *   of course',
      ' * because: it is so',
      ' */',
      'int main(void) { return 0; }',
    );
    assert.deepEqual(set?.problems, []);
    assert.equal(set.title, 'Blocks');
    assert.deepEqual(set.specs, [
      {
        text: 'What does the second malloc return?',
        at: 'malloc 2',
        ask: 'result',
        choices: [],
        because: '',
        origin: '6',
      },
      {
        text: 'Which is true?',
        at: '',
        ask: 'choice',
        choices: [
          { text: 'the first', isCorrect: false },
          { text: 'the second, of course', isCorrect: true },
        ],
        because: 'it is so',
        origin: '11',
      },
    ]);
  });

  it('has nothing to say about other comments', () => {
    assert.equal(inC('/* memory-atlas questions are fun */', '/* memory */'), undefined);
  });

  it('says in which line what is wrong', () => {
    const set = inC(
      '/* memory-atlas questions',
      'ask: result',
      'question: no ask',
      'question: one choice',
      '+ yes',
      'question: two right',
      '+ yes',
      '+ also',
      'question: both',
      'ask: result',
      '+ yes',
      '- no',
      'question:',
      'ask: heap',
      '*/',
    );
    assert.deepEqual(
      set?.problems.map(({ origin, text }) => `${origin}: ${text}`),
      [
        '2: “ask: result” stands before the first question',
        '3: the question has neither ask nor choices',
        '4: a question with choices needs at least two',
        '6: exactly one choice is marked as right, here 2 are',
        '9: “result” makes its choices itself: leave out those of the question, or leave out ask',
        '13: the question has no text',
      ],
    );
  });

  it('reads a JSON file', () => {
    const set = questionsInJson(
      JSON.stringify({
        title: 'Set',
        questions: [
          { at: 'free 1', ask: 'destination' },
          { question: 'Q', choices: ['a', 'b'], correct: 1, because: 'B' },
        ],
      }),
      'en',
    );
    assert.deepEqual(set.problems, []);
    assert.deepEqual(
      set.specs.map(({ text, at, ask, choices, origin }) => [text, at, ask, choices.length, origin]),
      [
        ['', 'free 1', 'destination', 0, 'questions[0]'],
        ['Q', '', 'choice', 2, 'questions[1]'],
      ],
    );
  });

  it('tells the path of each mistake in a JSON file', () => {
    const set = questionsInJson(
      JSON.stringify({
        titel: 'Set',
        questions: [{ question: 3, ask: 'heap' }, 'x', { question: 'Q', choices: ['a', 'b'], correct: 2 }],
      }),
      'en',
    );
    assert.deepEqual(set.specs, []);
    assert.deepEqual(
      set.problems.map(({ origin, text }) => `${origin}: ${text}`),
      [
        'titel: there is no field titel',
        'questions[0].question: questions[0].question must be of type string',
        'questions[1]: questions[1] must be of type object',
        'questions[2].correct: correct must be the number of a choice, from 0 to 1',
      ],
    );
    assert.match(questionsInJson('{', 'en').problems[0]?.text ?? '', /^the file is not JSON: /);
    assert.equal(questionsInJson('[]', 'en').problems[0]?.text, '/ must be of type object');
    assert.equal(questionsInJson('{}', 'en').problems[0]?.text, 'questions must be of type array');
  });

  it('knows the fields that the schema of the editor knows', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../../../media/lessons/questions.schema.json', import.meta.url), 'utf8'),
    ) as { properties: { questions: { items: { properties: object } } } };
    for (const name of Object.keys(schema.properties.questions.items.properties)) {
      const { problems } = questionsInJson(JSON.stringify({ questions: [{ [name]: {} }] }), 'en');
      assert.ok(!problems.some(({ text }) => text.startsWith('there is no field')), name);
    }
  });
});
