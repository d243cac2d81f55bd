import type { DraftBody, DraftQuestion, Text } from '../api/drafts';

/** An election as it is being written: every field as typed. */
export interface TextForm {
  ko: string;
  en: string;
}

export type Rule = 'one' | 'some' | 'any';

export interface QuestionForm {
  readonly key: number;
  question: TextForm;
  answers: { readonly key: number; text: TextForm }[];
  /** One answer; from min to max; any number, as in approval voting. */
  rule: Rule;
  min: string;
  max: string;
  blank: boolean;
}

export interface ElectionForm {
  name: TextForm;
  description: TextForm;
  questions: QuestionForm[];
  group: string;
  trustees: string;
  /** All trustees are needed, or a threshold of them. */
  needed: 'all' | 'some';
  threshold: string;
  /** As a field for local times has them: `2026-11-22T09:00`. */
  opens: string;
  closes: string;
  leastBallots: string;
  administrator: string;
  credentialAuthority: string;
  reward: string;
}

/** What is wrong, by the field it is wrong in. */
export type Problems = ReadonlyMap<string, Problem>;
export type Problem = 'missing' | 'number' | 'threshold' | 'min' | 'max' | 'order' | 'past' | 'long';

const MAX_TRUSTEES = 20;
const USUAL_LEAST_BALLOTS = 10;
const MAX_ANSWERS = 200;
const MAX_TEXT = 2_000;
const YEAR_MILLIS = 365 * 24 * 3_600_000;

let nextKey = 0;

export function newAnswer(ko = '', en = ''): QuestionForm['answers'][number] {
  return { key: nextKey++, text: { ko, en } };
}

export function newQuestion(): QuestionForm {
  return { key: nextKey++, question: { ko: '', en: '' }, answers: [newAnswer(), newAnswer()], rule: 'one', min: '1', max: '2', blank: true };
}

/** A new election: tomorrow at nine, for a week. */
export function newForm(nowMillis: number): ElectionForm {
  const opens = new Date(nowMillis);
  opens.setDate(opens.getDate() + 1);
  opens.setHours(9, 0, 0, 0);
  const closes = new Date(opens);
  closes.setDate(closes.getDate() + 7);
  closes.setHours(18);
  return {
    name: { ko: '', en: '' }, description: { ko: '', en: '' }, questions: [newQuestion()], group: 'BELENIOS-2048',
    trustees: '3', needed: 'some', threshold: '2', opens: localTime(opens), closes: localTime(closes), leastBallots: String(USUAL_LEAST_BALLOTS), reward: '', administrator: '', credentialAuthority: '',
  };
}

/** A time as a field for local times takes it. */
export function localTime(date: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function formOf(draft: DraftBody): ElectionForm {
  return {
    name: textForm(draft.name), description: textForm(draft.description ?? ''),
    questions: draft.questions.map(questionForm),
    group: draft.group, trustees: String(draft.trustees.count),
    needed: draft.trustees.threshold === undefined ? 'all' : 'some', threshold: String(draft.trustees.threshold ?? Math.max(1, draft.trustees.count - 1)),
    opens: localTime(new Date(draft.opensAt)), closes: localTime(new Date(draft.closesAt)),
    leastBallots: String(draft.leastBallots ?? USUAL_LEAST_BALLOTS),
    administrator: draft.administrator ?? '', credentialAuthority: draft.credentialAuthority ?? '', reward: draft.reward ? String(draft.reward.amount) : '',
  };
}

function textForm(text: Text): TextForm {
  return typeof text === 'string' ? { ko: text, en: '' } : { ko: text.ko, en: text.en };
}

function questionForm({ question, answers, blank, min, max }: DraftQuestion): QuestionForm {
  const rule = min === 1 && max === 1 ? 'one' : min === 0 && max === answers.length ? 'any' : 'some';
  return {
    key: nextKey++, question: textForm(question), answers: answers.map((answer) => ({ key: nextKey++, text: textForm(answer) })),
    rule, min: String(min), max: String(max), blank: blank ?? false,
  };
}

/** A text in one language stands alone. */
export function textOf({ ko, en }: TextForm): Text {
  const [korean, english] = [ko.trim(), en.trim()];
  if (english === '' || korean === english) return korean;
  return korean === '' ? english : { ko: korean, en: english };
}

/** How many answers may be chosen, from the least to the most. */
export function boundsOf({ rule, min, max, answers }: QuestionForm): { min: number; max: number } {
  if (rule === 'one') return { min: 1, max: 1 };
  if (rule === 'any') return { min: 0, max: answers.length };
  return { min: Number(min), max: Number(max) };
}

function whole(text: string, least: number, most: number): boolean {
  return /^[0-9]{1,9}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

export function problemsOf(form: ElectionForm, nowMillis: number): Problems {
  const problems = new Map<string, Problem>();
  const need = (field: string, { ko, en }: TextForm, required = true): void => {
    if (required && ko.trim() === '' && en.trim() === '') problems.set(field, 'missing');
    else if (ko.length > MAX_TEXT || en.length > MAX_TEXT) problems.set(field, 'long');
  };
  need('name', form.name);
  need('description', form.description, false);
  form.questions.forEach((question, q) => {
    need(`question.${q}`, question.question);
    question.answers.forEach(({ text }, a) => need(`answer.${q}.${a}`, text));
    if (question.rule !== 'some') return;
    if (!whole(question.max, 1, Math.min(MAX_ANSWERS, question.answers.length))) problems.set(`max.${q}`, 'max');
    else if (!whole(question.min, 0, Number(question.max))) problems.set(`min.${q}`, 'min');
  });
  if (!whole(form.trustees, 1, MAX_TRUSTEES)) problems.set('trustees', 'number');
  else if (form.needed === 'some' && !whole(form.threshold, 1, Number(form.trustees) - 1)) problems.set('threshold', 'threshold');
  const [opens, closes] = [new Date(form.opens).getTime(), new Date(form.closes).getTime()];
  if (Number.isNaN(opens)) problems.set('opens', 'missing');
  else if (opens <= nowMillis) problems.set('opens', 'past');
  if (Number.isNaN(closes)) problems.set('closes', 'missing');
  else if (closes <= opens || closes > nowMillis + YEAR_MILLIS) problems.set('closes', 'order');
  if (!whole(form.leastBallots, 1, 1_000_000)) problems.set('leastBallots', 'number');
  if (form.reward.trim() !== '' && !whole(form.reward.replaceAll(',', ''), 1, 100_000)) problems.set('reward', 'number');
  return problems;
}

/** The draft that the gateway takes; the form must have no problems. */
export function bodyOf(form: ElectionForm): DraftBody {
  const reward = form.reward.replaceAll(',', '').trim();
  return {
    name: textOf(form.name), description: textOf(form.description),
    questions: form.questions.map((question) => ({
      question: textOf(question.question), answers: question.answers.map(({ text }) => textOf(text)), blank: question.blank, ...boundsOf(question),
    })),
    ...(form.administrator.trim() && { administrator: form.administrator.trim() }),
    ...(form.credentialAuthority.trim() && { credentialAuthority: form.credentialAuthority.trim() }),
    group: form.group,
    trustees: { count: Number(form.trustees), ...(form.needed === 'some' && { threshold: Number(form.threshold) }) },
    opensAt: new Date(form.opens).toISOString(), closesAt: new Date(form.closes).toISOString(),
    leastBallots: Number(form.leastBallots),
    ...(reward !== '' && { reward: { asset: 'S-COIN', amount: Number(reward) } }),
  };
}
