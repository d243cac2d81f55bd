import type { Election } from '../api/elections';
import type { Question } from '../voting/election';
import type { Reason } from '../voting/refusal';
import type { VerifiedReport } from '../voting/workers/verification-report';

/** What the page takes: an archive of 100,000 ballots fits. The file is read in portions, but what the ballots add up to stays in memory. */
export const MOST_BYTES = 2 ** 30;

const MOST_SHOWN = 300;

export type VoteState = 'counted' | 'replaced' | 'absent';

/** What became of the ballot with a tracker. */
export function voteState({ counted, replaced }: Pick<VerifiedReport, 'counted' | 'replaced'>, tracker: string): VoteState {
  if (counted.has(tracker)) return 'counted';
  return replaced.has(tracker) ? 'replaced' : 'absent';
}

const EVENTS = ['Setup', 'Ballot', 'EndBallots', 'EncryptedTally', 'PartialDecryption', 'Result'] as const;

/** One step on the way to what is wrong; numbers count as people do, but an event's and a part's are those of the archive. */
export type PlaceStep =
  | { readonly kind: 'event'; readonly number: number; readonly event: (typeof EVENTS)[number] }
  | { readonly kind: 'record' | 'trustee' | 'credential' | 'question' | 'answer'; readonly number: number };

/** The steps of a refusal's place that have words. The place itself, with all of its steps, is for those who want it. */
export function stepsTo(place: string): PlaceStep[] {
  const [start = ''] = place.split('/', 1);
  const steps: PlaceStep[] = [];
  const event = /^event (\d+) \((\w+)\)$/.exec(start);
  const name = EVENTS.find((known) => known === event?.[2]);
  if (event && name) steps.push({ kind: 'event', number: Number(event[1]), event: name });
  const record = /^record (\d+)$/.exec(start);
  if (record) steps.push({ kind: 'record', number: Number(record[1]) });
  const inner = place.slice(start.length);
  const credential = /^\/credentials\/(\d+)/.exec(inner);
  if (credential) steps.push({ kind: 'credential', number: Number(credential[1]) + 1 });
  const trustee = /\/trustee (\d+)/.exec(inner);
  if (trustee) steps.push({ kind: 'trustee', number: Number(trustee[1]) });
  const question = /^\/(?:answers|result)\/(\d+)(?:\/(?:choices\/)?(\d+))?/.exec(inner);
  if (question) steps.push({ kind: 'question', number: Number(question[1]) + 1 });
  if (question?.[2] !== undefined) steps.push({ kind: 'answer', number: Number(question[2]) + 1 });
  return steps;
}

/** Whether a refusal only says that the election uses what this page does not know: the file may be right or wrong. */
export function isUnknownHere(reason: Reason): boolean {
  return /^(unknown-(group|kind-of-question|version)|unsupported-.*)$/.test(reason);
}

export interface AnswerCount {
  /** Undefined for the blank vote. */
  readonly answer: string | undefined;
  readonly votes: bigint;
  /** Of all votes that could have gone to this answer, to a tenth. */
  readonly percent: number;
}

/** A question's answers in their order, the blank vote last, with what they got. */
export function answerCounts({ answers, blank }: Question, counts: readonly bigint[], totalWeight: bigint): AnswerCount[] {
  const named = (answer: string | undefined, votes: bigint): AnswerCount => ({
    answer,
    votes,
    percent: percentOf(votes, totalWeight),
  });
  const [first = 0n, ...rest] = counts;
  const ofAnswers = (blank ? rest : counts).map((votes, index) => named(answers[index], votes));
  return blank ? [...ofAnswers, named(undefined, first)] : ofAnswers;
}

/** A part of a whole in percent, to the nearest tenth. */
export function percentOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 2000n + whole) / (2n * whole)) / 10;
}

/** The questions in the form that the protocol's functions take. */
export function questionsOf({ questions }: Pick<Election, 'questions'>): Question[] {
  return questions.map((question) => ({ ...question, blank: question.blank === true }));
}

/** A text of an archive as much of it as a page can show: an election's name may have 200,000 characters. */
export function clipped(text: string): string {
  const characters = [...text.slice(0, 2 * MOST_SHOWN + 2)];
  return characters.length <= MOST_SHOWN ? text : `${characters.slice(0, MOST_SHOWN).join('')}…`;
}
