import { ElectionKey } from './ciphertext';
import { element } from './encodings';
import { type Group, textOfElement } from './group/group';
import { groupNamed } from './group/groups';
import { base64Hash } from './hashes';
import { Refusal, at, refuseUnless } from './refusal';
import { type Json, count, items, members, readJson, string, written } from './strict-json';

const MAX_ELECTION_CHARACTERS = 1 << 22;
const MAX_QUESTIONS = 100;
const MAX_ANSWERS = 200;

/** A question whose answers are counted one by one: choose from `min` to `max` of them, or vote blank where that is allowed. */
export interface Question {
  readonly question: string;
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly blank: boolean;
}

export interface ElectionDescription {
  readonly description: string;
  readonly name: string;
  readonly questions: readonly Question[];
  readonly uuid: string;
  readonly administrator?: string;
  readonly credentialAuthority?: string;
}

/** An election's record: what is voted on, under which key. */
export interface Election extends ElectionDescription {
  /** The record as it came. Its hash is in every ballot, so it is never written a second time. */
  readonly text: string;
  /** The hash of the record, which every ballot and every proof names. */
  readonly fingerprint: string;
  readonly group: Group;
  readonly key: ElectionKey;
}

/** How many ciphertexts an answer to the question has. */
export function ciphertextsOf({ answers, blank }: Question): number {
  return answers.length + (blank ? 1 : 0);
}

/** Reads and checks an election's record, its key's membership included. @throws Refusal */
export function readElection(text: string): Election {
  const record = members(
    readJson(text, MAX_ELECTION_CHARACTERS),
    'version,description,name,group,public_key,questions,uuid,administrator?,credential_authority?,language?',
  );
  refuseUnless(record.version === 1, 'unknown-version', 'version');
  const group = at('group', () => groupNamed(string(record.group)));
  const publicKey = at('public_key', () => element(group, record.public_key));
  // Under the neutral element every ballot would be open to read.
  refuseUnless(!group.same(publicKey, group.neutral), 'neutral-key', 'public_key');
  if (record.language !== undefined) at('language', () => items(record.language, 2, 2, (part) => string(part, 40)));
  const { administrator, credential_authority: authority } = record;
  return {
    text,
    fingerprint: base64Hash(text),
    group,
    key: new ElectionKey(group, publicKey),
    description: at('description', () => string(record.description, 200_000)),
    name: at('name', () => string(record.name, 200_000)),
    questions: at('questions', () => items(record.questions, 1, MAX_QUESTIONS, question)),
    uuid: at('uuid', () => uuid(record.uuid)),
    ...(administrator !== undefined && { administrator: at('administrator', () => string(administrator)) }),
    ...(authority !== undefined && { credentialAuthority: at('credential_authority', () => string(authority)) }),
  };
}

function question(value: Json): Question {
  if (typeof value === 'object' && value !== null && 'type' in value) throw new Refusal('unknown-kind-of-question');
  const record = members(value, 'answers,blank?,min,max,question');
  refuseUnless(record.blank === undefined || record.blank === true, 'wrong-shape', 'blank');
  const answers = at('answers', () => items(record.answers, 1, MAX_ANSWERS, (answer) => string(answer)));
  const max = at('max', () => count(record.max, answers.length));
  return {
    question: at('question', () => string(record.question)),
    answers,
    min: at('min', () => count(record.min, max)),
    max,
    blank: record.blank === true,
  };
}

function uuid(value: Json | undefined): string {
  const text = string(value, 64);
  refuseUnless(/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(text), 'wrong-shape');
  return text;
}

/** The record of an election under a key. Every trustee's key must be in it before, since nothing can be changed afterwards. */
export function electionText(description: ElectionDescription, { group, publicKey }: ElectionKey): string {
  return written({
    version: 1,
    description: description.description,
    name: description.name,
    group: group.name,
    public_key: textOfElement(group, publicKey.base),
    questions: description.questions.map(({ question, answers, min, max, blank }) => ({
      answers,
      ...(blank && { blank }),
      min,
      max,
      question,
    })),
    uuid: description.uuid,
    administrator: description.administrator,
    credential_authority: description.credentialAuthority,
  });
}
