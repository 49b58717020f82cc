import assert from 'node:assert/strict';
import { lessonTexts } from '../../../../src/core/text/lesson-texts.ts';
import type { Language } from '../../../../src/core/text/text.ts';
import { formatNumber } from '../../../../src/session/lessons/facts.ts';
import { lessons } from '../../../../src/session/lessons/lesson-table.ts';
import { checkLesson, openLesson, readSample } from '../../../support/lessons.ts';

/** C text without comments and without the blanks before and in them. */
const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/[\t ]+$/gm, '')
    .trim();

/** Names that have digits in them and are no numbers of a run. */
const names = /(?:64|32)-bit|(?:64|32) 位|size\(1\)|malloc\(1\)|malloc_trim\(0\)/g;

describe('the lessons', () => {
  it('are twelve', () => {
    assert.equal(lessons.length, 12);
    assert.deepEqual(
      lessons.map(({ sample }) => Number(sample.slice(0, 2))),
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });

  it('have no number typed into their texts', () => {
    for (const [key, { en, zh }] of Object.entries(lessonTexts))
      for (const text of [en, zh]) assert.doesNotMatch(text.replace(names, ''), /\d/, key);
  });

  it('have the same program in both languages', () => {
    for (const lesson of lessons)
      assert.equal(codeOf(readSample(lesson, 'zh-cn')), codeOf(readSample(lesson, 'en')), lesson.sample);
  });

  it('use every text', () => {
    const used = new Set(
      lessons.flatMap(({ id, question, steps }) =>
        [
          ...['title', 'intro', 'question', 'answer'],
          ...steps.map(({ name }) => name),
          ...question.choices.flatMap((choice) => ('text' in choice ? [choice.text] : [])),
        ].map((name) => `lesson.${id}.${name}`),
      ),
    );
    assert.deepEqual([...used].sort(), Object.keys(lessonTexts).sort());
  });

  for (const language of ['en', 'zh-cn'] as const satisfies readonly Language[]) {
    it(`tell every page of one of them in ${language}, with the numbers of the run`, () => {
      const lesson = lessons[2];
      assert.ok(lesson !== undefined);
      checkLesson(lesson, language);
    });
  }

  it('say what the release does: 0x2a0 with the cache, 0x10 without', () => {
    const lesson = lessons[2];
    assert.ok(lesson?.id === 'malloc-one');
    const { run } = openLesson(lesson);
    assert.deepEqual(run.page(1).facts, { heap: '135168', calls: '2', page: '4096' });
    assert.match(run.page(2).text, /is 0x2a0 above .* glibc 2\.23 has no such cache and gives 0x10:/);
  });
});

describe('numbers in texts', () => {
  it('are told with their unit in either language', () => {
    assert.equal(formatNumber(135168n, 'bytes', 'en'), '135,168 bytes (132 KiB)');
    assert.equal(formatNumber(1n, 'bytes', 'en'), '1 byte');
    assert.equal(formatNumber(67112960n, 'bytes', 'en'), '67,112,960 bytes');
    assert.equal(formatNumber(8388608n, 'bytes', 'zh-cn'), '8,388,608 字节（8 MiB）');
    assert.equal(formatNumber(672n, 'address', 'en'), '0x2a0');
    assert.equal(formatNumber(-16n, 'address', 'en'), '-0x10');
    assert.equal(formatNumber(1234567n, 'count', 'en'), '1,234,567');
  });
});
