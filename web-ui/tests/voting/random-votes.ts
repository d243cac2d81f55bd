import type { Choice } from '../../src/voting/answer';
import type { Question } from '../../src/voting/election';
import type { Random } from '../seeds';

export function randomQuestion(random: Random): Question {
  const answers = Array.from({ length: 1 + random.below(4) }, (_, i) => `답 ${i + 1}`);
  const min = random.below(answers.length + 1);
  return { question: '무엇을 고를까요?', answers, min, max: min + random.below(answers.length - min + 1), blank: random.below(2) === 0 };
}

export function randomChoice(random: Random, { answers, min, max, blank }: Question): Choice {
  if (blank && random.below(4) === 0) return 'blank';
  const indexes = answers.map((_, index) => index);
  const count = min + random.below(max - min + 1);
  return Array.from({ length: count }, () => indexes.splice(random.below(indexes.length), 1)[0]!).sort();
}
