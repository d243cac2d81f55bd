// @vitest-environment happy-dom
import { beforeAll, describe, expect, test } from 'vitest';

import { SampleVotes } from '../../dev/sample-votes';
import type { Election } from '../../src/api/elections';
import { type ChainEnd, reportHtml } from '../../src/elections/report';

const CHAIN: ChainEnd = {
  chain: 'madang-demo-votes',
  members: [{ name: 'Hanbit <City>', key: 'k'.repeat(43) }],
  head: { height: 77, hash: 'F0'.repeat(32), time: '2026-11-22T04:00:00.000Z' },
  receipt: { transaction: 'AB'.repeat(32), position: '75.0', text: '{"format":"madang-receipt"}' },
};
let finished: Election;
let small: Election;
beforeAll(async () => {
  const { elections } = await SampleVotes.make();
  finished = elections[2]!.view() as Election;
  small = elections[3]!.view() as Election;
});

const made = (election: Election) => reportHtml(election, CHAIN, 'https://vote.example', new Date(0));

describe('the report', () => {
  test('says the result, the fingerprints, the chain and how to check, in both languages', () => {
    const html = made(finished);
    for (const text of [finished.fingerprint, finished.head, CHAIN.head.hash, CHAIN.receipt!.transaction, `belenios-tool election verify`, `./madang election verify ${finished.id}.bel`]) {
      expect(html.split(escaped(text)).length - 1, text).toBeGreaterThanOrEqual(2);
    }
    const page = new DOMParser().parseFromString(html, 'text/html');
    for (const language of ['ko', 'en']) {
      const counts = [...page.querySelectorAll(`#${language} table.counts`)].map((table) => [...table.querySelectorAll('tbody td:nth-child(2)')].map((cell) => Number(cell.textContent)));
      expect(counts).toEqual(finished.result!.map((question, index) => (finished.questions[index]!.blank ? [...question.slice(1), question[0]] : question)));
    }
  });

  test('needs no script and nothing from elsewhere, whatever the election is called', () => {
    const evil = { ...finished, name: '<script>alert(1)</script>', description: '<img src=x onerror=alert(1)> "&\'', questions: finished.questions.map((question) => ({ ...question, question: '</table><iframe>', answers: question.answers.map(() => '<b>') })) };
    const page = new DOMParser().parseFromString(made(evil), 'text/html');
    expect(page.querySelectorAll('script, img, iframe, link, b, object, form')).toHaveLength(0);
    expect(page.querySelector('h1')!.textContent).toBe(evil.name);
    expect(made(finished)).not.toMatch(/(src|href)="(?!#)/);
  });

  test('says why there is no result', () => {
    const html = made(small);
    expect(html).toContain('Fewer than 10 ballots counted');
    expect(html).not.toContain('class="counts"');
  });
});

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
