import { describe, expect, test } from 'vitest';

import { bodyOf, formOf, localTime, newForm, newQuestion, problemsOf } from '../../src/administrator/form';

const NOW = new Date(2026, 10, 22, 15, 0).getTime();

function filled() {
  const form = newForm(NOW);
  form.name = { ko: '총학생회장 선거', en: 'Student president' };
  form.questions[0]!.question = { ko: '누구?', en: '' };
  form.questions[0]!.answers.forEach(({ text }, i) => (text.ko = `답 ${i}`));
  return form;
}

describe('an election as it is written', () => {
  test('begins with what is usual, and needs its words', () => {
    const problems = problemsOf(newForm(NOW), NOW);
    expect([...problems.keys()].sort()).toEqual(['answer.0.0', 'answer.0.1', 'name', 'question.0']);
    expect(problemsOf(filled(), NOW).size).toBe(0);
  });

  test('becomes a draft, and the draft a form again', () => {
    const form = filled();
    form.reward = '1,000';
    const body = bodyOf(form);
    expect(body).toMatchObject({
      name: { ko: '총학생회장 선거', en: 'Student president' }, description: '',
      questions: [{ question: '누구?', answers: ['답 0', '답 1'], blank: true, min: 1, max: 1 }],
      trustees: { count: 3, threshold: 2 }, leastBallots: 10, reward: { asset: 'S-COIN', amount: 1000 },
    });
    expect(bodyOf(formOf(body))).toEqual(body);
    form.needed = 'all';
    form.reward = '';
    expect(bodyOf(form).trustees).toEqual({ count: 3 });
    expect(bodyOf(form)).not.toHaveProperty('reward');
    expect(formOf(bodyOf(form)).needed).toBe('all');
  });

  test('keeps the rule of each question', () => {
    const form = filled();
    const [question] = form.questions;
    for (const [rule, min, max, expected] of [['one', '5', '9', [1, 1]], ['any', '', '', [0, 2]], ['some', '0', '1', [0, 1]]] as const) {
      Object.assign(question!, { rule, min, max });
      const body = bodyOf(form);
      expect([body.questions[0]!.min, body.questions[0]!.max]).toEqual(expected);
      expect(formOf(body).questions[0]!.rule).toBe(rule);
    }
  });

  test.each([
    ['opens in the past', { opens: localTime(new Date(NOW - 60_000)) }, 'opens', 'past'],
    ['closes before it opens', { closes: localTime(new Date(NOW)) }, 'closes', 'order'],
    ['lasts for years', { closes: localTime(new Date(NOW + 400 * 86_400_000)) }, 'closes', 'order'],
    ['has no times', { opens: '' }, 'opens', 'missing'],
    ['has nobody to decrypt', { trustees: '0' }, 'trustees', 'number'],
    ['needs as many trustees as there are, as a threshold', { threshold: '3' }, 'threshold', 'threshold'],
    ['opens a result without ballots', { leastBallots: '0' }, 'leastBallots', 'number'],
    ['pays words', { reward: 'much' }, 'reward', 'number'],
  ])('is refused when it %s', (_, changed, field, problem) => {
    expect(problemsOf({ ...filled(), ...changed }, NOW).get(field)).toBe(problem);
  });

  test('is refused when more may be chosen than there is', () => {
    const form = filled();
    form.questions.push({ ...newQuestion(), rule: 'some', min: '2', max: '3' });
    expect(problemsOf(form, NOW).get('max.1')).toBe('max');
    Object.assign(form.questions[1]!, { max: '2', min: '3' });
    expect(problemsOf(form, NOW).get('min.1')).toBe('min');
  });
});
