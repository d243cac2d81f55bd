import { describe, expect, test } from 'vitest';

import { readRoll } from '../../src/administrator/roll';

const both = [
  { voter: '2026-0101', contact: 'minji@campus.example', name: '김민지' },
  { voter: '2026-0102', contact: 'union@campus.example', name: '박, 하늘', weight: 3 },
];

describe('a roll', () => {
  test.each([
    ['columns in their usual order', '2026-0101,minji@campus.example,김민지,1\r\n2026-0102,union@campus.example,"박, 하늘",3\r\n'],
    ['a heading in another order', '\ufeffname,weight,Voter,contact\n김민지,,2026-0101,minji@campus.example\n"박, 하늘",3,2026-0102,union@campus.example'],
    ['JSON', JSON.stringify(both)],
    ['JSON with a name around the list', JSON.stringify({ voters: both })],
  ])('is read from %s', (_, text) => {
    expect(readRoll(text)).toEqual({ valid: true, voters: both });
  });

  test('takes an address as its own contact', () => {
    expect(readRoll('voter\nminji@campus.example')).toEqual({ valid: true, voters: [{ voter: 'minji@campus.example', contact: 'minji@campus.example' }] });
  });

  test('takes quoted quotes and line ends in quotes', () => {
    const read = readRoll('voter,contact,name\na,a@x,"Min ""Mini"" Ji\nKim"\nb,b@x,');
    expect(read).toMatchObject({ valid: true, voters: [{ name: 'Min "Mini" Ji\nKim' }, { voter: 'b' }] });
  });

  test.each([
    ['nobody', '\n\n', 'empty', 0],
    ['a heading and nobody', 'voter,contact\n', 'empty', 0],
    ['a column that nobody knows', 'voter,contact,colour\na,a@x,red', 'columns', 0],
    ['no address', 'voter\nminji', 'contact', 2],
    ['somebody twice', 'a,a@x\nA,b@x', 'twice', 2],
    ['a weight of nothing', 'a,a@x,,0', 'weight', 1],
    ['a voter whom no register can hold', '"a,b",a@x', 'voter', 1],
    ['broken JSON', '[{]', 'json', 0],
    ['JSON without a list', '{"voters":3}', 'json', 0],
  ])('is refused with %s', (_, text, problem, line) => {
    expect(readRoll(text)).toEqual({ valid: false, problem, line });
  });
});
