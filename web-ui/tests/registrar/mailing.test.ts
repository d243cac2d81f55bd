import { expect, test } from 'vitest';

import { mailingText, voteAddress } from '../../src/registrar/mailing';
import { roleLink } from '../../src/app/role-link';

const ELECTION = '7HAFgTqYbNj3Wm';

test('a mailing list has a line for each voter, with names that hold commas and quotes', () => {
  const register = [{ identity: 'a@x', weight: 1, credential: 'abcde-fghijk-mnopq-rstuvw' }, { identity: 'b@x', weight: 3, credential: '12345-678912-34567-891234' }];
  const text = mailingText(register, new Map([['a@x', '박, "하늘"']]), { election: ELECTION, fingerprint: 'tXH5HsVtsKFmsr7x' }, 'https://vote.example');
  expect(text.split('\r\n')).toEqual([
    '"voter","name","weight","credential","link","fingerprint"',
    `"a@x","박, ""하늘""","1","abcde-fghijk-mnopq-rstuvw","https://vote.example/vote#${ELECTION}.abcde-fghijk-mnopq-rstuvw","tXH5HsVtsKFmsr7x"`,
    `"b@x","","3","12345-678912-34567-891234","https://vote.example/vote#${ELECTION}.12345-678912-34567-891234","tXH5HsVtsKFmsr7x"`,
  ]);
  expect(mailingText(register, new Map(), { election: ELECTION, fingerprint: undefined }, '')).not.toContain('/vote');
  expect(voteAddress('', ELECTION, 'x')).toBe(`/vote#${ELECTION}.x`);
});

test('a link names an election and carries a token, and nothing else is a link', () => {
  expect(roleLink(`#${ELECTION}.et_0123456789abcdef-_`)).toEqual({ election: ELECTION, token: 'et_0123456789abcdef-_' });
  expect(roleLink(`#${ELECTION}`)).toEqual({ election: ELECTION, token: undefined });
  for (const hash of ['', '#', '#/new', '#short.token', `#${ELECTION}.a b`, `#${ELECTION}.`, `#${ELECTION}0.tokentoken`]) expect(roleLink(hash)).toBeUndefined();
});
