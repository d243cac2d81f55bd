import { expect, test } from 'vitest';

import { type Message, mailboxes, repeatsSecret, voteLink } from '../../src/mailbox/mailbox';

const message = (id: string, to: string, at: string, more: Partial<Message> = {}): Message => ({ id, to, at, kind: 'notice', subject: '', text: '', ...more });

test('mailboxes stand in the order of their addresses, and the newest message first', () => {
  const boxes = mailboxes([message('1', 'b@x', '2026-11-22T05:00:00.000Z'), message('2', 'a@x', '2026-11-22T04:00:00.000Z'), message('3', 'b@x', '2026-11-22T06:00:00.000Z')]);
  expect(boxes.map(({ owner, messages }) => [owner, messages.map(({ id }) => id)])).toEqual([['a@x', ['2']], ['b@x', ['3', '1']]]);
});

test('a secret that the letter repeats is noticed, however it is spaced', () => {
  expect(repeatsSecret(message('1', 'a@x', '', { code: '402917', text: 'Your code: 402 917.' }))).toBe(true);
  expect(repeatsSecret(message('1', 'a@x', '', { code: '402917', text: 'Your code follows.' }))).toBe(false);
  expect(repeatsSecret(message('1', 'a@x', '', { text: 'A ballot was cast in your name.' }))).toBe(false);
});

test('a letter leads to the vote, with the credential where it is one', () => {
  expect(voteLink(message('1', 'a@x', '', { election: '7HAFgTqYbNj3Wm', credential: 'c' }))).toBe('/vote#7HAFgTqYbNj3Wm.c');
  expect(voteLink(message('1', 'a@x', '', { election: '7HAFgTqYbNj3Wm' }))).toBe('/vote#7HAFgTqYbNj3Wm');
  expect(voteLink(message('1', 'a@x', ''))).toBeUndefined();
});
