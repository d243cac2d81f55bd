import { describe, expect, test } from 'vitest';

import { credentialSecret, publicCredential } from '../../src/voting/credential';
import { checkCredential, readCredentialList } from '../../src/voting/credential-list';
import { groupNamed } from '../../src/voting/group/groups';
import { MAX_VOTERS, aboutText, changesTo, entitled, publicList, readAbout, readRegister, readVoters, registerText, reissued } from '../../src/voting/register';

const group = groupNamed('Ed25519');
const ELECTION = '7HAFgTqYbNj3Wm';
const voters = [
  { identity: 'minji@campus.example', weight: 1 },
  { identity: '서준 2026-0413', weight: 1 },
  { identity: '동아리연합회', weight: 3 },
];

describe('a list of voters', () => {
  test.each([
    ['a line for each', 'minji@campus.example\n서준 2026-0413\n동아리연합회,3\n'],
    ['Windows line ends, empty lines and a byte order mark', '\ufeffminji@campus.example\r\n\r\n 서준 2026-0413 ,1\r\n동아리연합회, 3'],
    ['a heading', 'voter,weight\nminji@campus.example\n서준 2026-0413,1\n동아리연합회,3'],
    ['a heading in another language', '이름,무게\nminji@campus.example\n서준 2026-0413,1\n동아리연합회,3'],
    ['JSON', JSON.stringify(['minji@campus.example', { voter: '서준 2026-0413' }, { voter: '동아리연합회', weight: 3 }])],
    ['JSON with a name around the list', JSON.stringify({ voters: ['minji@campus.example', '서준 2026-0413', { voter: '동아리연합회', weight: '3' }] })],
  ])('is read from %s', (_, text) => {
    expect(readVoters(text)).toEqual({ valid: true, value: voters });
  });

  test.each([
    ['nobody', '\n \n', 'empty', 0],
    ['somebody twice, whatever the case', 'a@x\nb@x\nA@X', 'twice', 3],
    ['a weight of nothing', 'a\nb,0', 'weight', 2],
    ['a weight with a fraction', 'a,1.5', 'weight', 1],
    ['a third column', 'a,1\nb,1,x', 'weight', 2],
    ['a quote', 'a"b', 'voter-characters', 1],
    ['a control character', 'a\tb', 'voter-characters', 1],
    ['half a character', 'a\ud800', 'voter-characters', 1],
    ['no name before the weight', ',3', 'voter-length', 1],
    ['a name without end', 'x'.repeat(201), 'voter-length', 1],
    ['broken JSON', '[1,', 'json', 0],
    ['JSON of something else', '{"a":1}', 'json', 0],
    ['JSON with somebody nameless', '["a",{"weight":1}]', 'json', 2],
    ['all weights together too large', 'a,999999999999\nb,999999999999', 'total-weight', 0],
    ['too many', Array.from({ length: MAX_VOTERS + 1 }, (_, i) => `v${i}`).join('\n'), 'too-many', 0],
  ])('is refused with %s', (_, text, problem, line) => {
    expect(readVoters(text)).toEqual({ valid: false, problem, line });
  });
});

describe('a register', () => {
  const register = entitled(voters);

  test('is read back as it was written', () => {
    expect(readRegister(`${registerText(register)}\r\n`)).toEqual({ valid: true, value: register });
    const about = { election: ELECTION, group: 'Ed25519', title: '총학생회장 "선거" / President' };
    expect(readAbout(`${aboutText(about)}\n`)).toEqual(about);
  });

  test.each([
    ['another heading', 'voter,credential\na,b', 'columns', 1],
    ['a missing column', 'voter,weight,credential\na,1', 'columns', 2],
    ['no credential', 'voter,weight,credential\na,1,abc', 'credential', 2],
  ])('is refused with %s', (_, text, problem, line) => {
    expect(readRegister(text)).toEqual({ valid: false, problem, line });
  });

  test('gives everybody another credential, and keeps those that are there', () => {
    expect(new Set(register.map(({ credential }) => credential)).size).toBe(voters.length);
    const more = [...voters.slice(1), { identity: 'new', weight: 2 }];
    const next = entitled(more, register);
    expect(next.map(({ credential }) => credential).slice(0, 2)).toEqual(register.slice(1).map(({ credential }) => credential));
    expect(changesTo(register, [...more.slice(0, 1), { identity: '동아리연합회', weight: 5 }, more[2]!])).toEqual({
      added: ['new'], removed: ['minji@campus.example'], reweighted: ['동아리연합회'],
    });
  });

  test('reissues one credential and no other', () => {
    const changed = reissued(register, '서준 2026-0413');
    expect(changed.filter(({ credential }, i) => credential !== register[i]!.credential).map(({ identity }) => identity)).toEqual(['서준 2026-0413']);
  });

  test('gives away public credentials with their weights, in an order that says nothing', () => {
    const text = publicList(group, ELECTION, register);
    const list = readCredentialList(text);
    for (const { credential, weight } of register) {
      const element = publicCredential(group, credentialSecret(group, ELECTION, credential));
      expect(list.weights.get(element)).toBe(BigInt(weight));
      checkCredential(group, element);
      expect(text).not.toContain(credential);
    }
    const items = JSON.parse(text) as string[];
    expect(items).toEqual([...items].sort());
  });
});
