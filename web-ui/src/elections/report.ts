import type { Election } from '../api/elections';
import type { Language } from '../i18n/language.svelte';
import en from '../messages/en/report';
import ko from '../messages/ko/report';
import { answerCounts, percentOf, questionsOf } from './view';

/** What ties an election's end to the chain. */
export interface ChainEnd {
  readonly chain: string;
  readonly members: readonly { readonly name: string; readonly key: string }[];
  /** The newest block when the report was made. */
  readonly head: { readonly height: number; readonly hash: string; readonly time: string };
  /** The receipt of the result's transaction, exactly as it was checked. */
  readonly receipt?: { readonly transaction: string; readonly position: string; readonly text: string };
}

const words = { ko, en };
type Key = keyof typeof ko;

/**
 * The report of an election: one HTML file in Korean and English that needs neither network nor scripts, for archives and for paper. It
 * claims nothing that its reader cannot check: it says how.
 *
 * @param address where the election was found
 */
export function reportHtml(election: Election, chain: ChainEnd, address: string, madeAt: Date): string {
  return `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(election.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(election.name)}</h1>
<nav><a href="#ko" lang="ko">${escaped(words.ko.language)}</a> <a href="#en" lang="en">${escaped(words.en.language)}</a></nav>
${(['ko', 'en'] as const).map((language) => section(election, chain, address, madeAt, language)).join('\n')}
</main>
</body>
</html>
`;
}

function section(election: Election, chain: ChainEnd, address: string, madeAt: Date, language: Language): string {
  const t = (key: Key, values: Record<string, string | number> = {}) =>
    escaped(words[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')));
  const number = (value: number | bigint) => new Intl.NumberFormat(language).format(value);
  const time = (value: string | Date) => new Date(value).toISOString();
  const { ballots } = election;
  const file = `${election.id}.bel`;
  const fact = (label: Key, value: string, code = false) =>
    `<tr><th scope="row">${t(label)}</th><td${code ? ' class="code"' : ''}>${escaped(value)}</td></tr>`;

  return `<section lang="${language}" id="${language}">
<h2>${t('title')}</h2>
<p>${t('made', { time: time(madeAt), address })}</p>
${election.description ? `<p dir="auto">${escaped(election.description)}</p>` : ''}
${election.result ? results(election, t, number) : `<p><strong>${t('no-result', { least: election.leastBallots })}</strong></p>`}
<h3>${t('turnout')}</h3>
<table>
${fact('voters', number(election.credentials))}
${fact('counted', `${number(ballots.counted)} (${percentOf(BigInt(ballots.counted), BigInt(election.credentials))}%)`)}
${fact('replaced', number(ballots.accepted - ballots.counted))}
${fact('weight', `${number(ballots.weightCounted)} / ${number(election.weight)}`)}
${fact('opens', time(election.opensAt))}
${fact('closes', time(election.closedAt ?? election.closesAt))}
</table>
<h3>${t('fingerprints')}</h3>
<p>${t('fingerprints.text')}</p>
<table>
${fact('id', election.id, true)}
${fact('fingerprint', election.fingerprint, true)}
${fact('head', election.head, true)}
${fact('events', number(election.events))}
${fact('group', election.group, true)}
${fact('trustees', t('trustees.value', { ...election.trustees, by: election.decryptedBy.join(', ') || '-' }))}
</table>
<h3>${t('chain')}</h3>
<p>${t('chain.text')}</p>
<table>
${fact('chain.name', chain.chain, true)}
${fact('chain.height', number(chain.head.height))}
${fact('chain.hash', chain.head.hash, true)}
${fact('chain.time', chain.head.time)}
${chain.receipt ? fact('chain.transaction', `${chain.receipt.transaction} (${chain.receipt.position})`, true) : ''}
${chain.members.map(({ name, key }) => `<tr><th scope="row">${escaped(name)}</th><td class="code">${escaped(key)}</td></tr>`).join('\n')}
</table>
${chain.receipt ? `<details><summary>${t('chain.receipt')}</summary><pre>${escaped(chain.receipt.text)}</pre></details>` : ''}
<h3>${t('repeat')}</h3>
<ol>
<li><p>${t('repeat.archive', { address: `${address}/v1/elections/${election.id}/archive`, file })}</p></li>
<li><p>${t('repeat.belenios')}</p><pre>mkdir check &amp;&amp; mv ${file} check/
belenios-tool election verify --dir check</pre></li>
<li><p>${t('repeat.madang')}</p><pre>./madang election verify ${file}
./madang election show ${file}</pre></li>
<li><p>${t('repeat.page', { address: `${address}/elections#/file` })}</p></li>
<li><p>${t('repeat.compare')}</p></li>
</ol>
</section>`;
}

function results(election: Election, t: (key: Key, values?: Record<string, string | number>) => string, number: (value: number | bigint) => string): string {
  const total = BigInt(election.ballots.weightCounted);
  const questions = questionsOf(election).map((question, index) => {
    const rows = answerCounts(question, election.result![index]!.map(BigInt), total).map(
      ({ answer, votes, percent }) =>
        `<tr><th scope="row" dir="auto">${answer === undefined ? t('blank') : escaped(answer)}</th><td>${number(votes)}</td><td>${percent}%<div class="bar" style="width:${percent}%"></div></td></tr>`,
    );
    return `<table class="counts"><caption dir="auto">${escaped(question.question)}</caption>
<thead><tr><th scope="col">${t('answer')}</th><th scope="col">${t('votes')}</th><th scope="col">${t('share')}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>`;
  });
  return `<h3>${t('result')}</h3>\n<p>${t('result.of', { total: number(total) })}</p>\n${questions.join('\n')}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2321; --soft: #59605b; --paper: #fffefb; --line: #d9d2c3; --bar: #0f6b54; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1eee6; --soft: #aab1ab; --paper: #131614; --line: #3a413c; --bar: #63cba8; } }
body { margin: 0; padding: 24px 16px; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Malgun Gothic', sans-serif; word-break: keep-all; overflow-wrap: anywhere; }
main { max-width: 760px; margin: 0 auto; }
h1 { line-height: 1.3; }
section { margin-top: 40px; padding-top: 8px; border-top: 3px solid var(--bar); }
h3 { margin-top: 32px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.counts { margin-top: 16px; }
caption { padding: 8px 0; font-weight: 700; text-align: start; }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
thead th, tbody + th { color: var(--soft); font-size: 14px; }
th[scope=row] { font-weight: 500; min-width: 8em; }
.counts td:nth-child(2) { text-align: end; font-weight: 700; }
.counts td:last-child { width: 38%; padding-left: 12px; }
.bar { height: 10px; margin-top: 4px; border-radius: 5px; background: var(--bar); min-width: 1px; print-color-adjust: exact; }
.code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 14px; word-break: break-all; }
pre { padding: 12px; border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; }
a, summary { color: var(--bar); }
nav a { margin-right: 16px; }
`;
