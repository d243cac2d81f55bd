import { createHash, randomBytes } from 'node:crypto';

import { ed25519 } from '@noble/curves/ed25519.js';

import { base64url, concat, hex, utf8 } from '../src/chain/bytes';
import { type JsonObject, write } from '../src/chain/canonical-json';
import { headerHash } from '../src/chain/header';
import { MAX_RECEIPT_BYTES } from '../src/chain/receipt';
import { sha256 } from '../src/chain/sha256';
import { type Signer, makeStatement, transactionHash } from '../src/chain/statement';
import type { Choice } from '../src/voting/answer';
import { checkBallot } from '../src/voting/ballot-check';
import { trackerOf } from '../src/voting/ballot';
import { encryptBallot } from '../src/voting/ballot-encryption';
import { Board } from '../src/voting/board';
import { readCredentialList } from '../src/voting/credential-list';
import { partialDecryption, readDecryption } from '../src/voting/decryption';
import type { Question } from '../src/voting/election';
import { groupNamed } from '../src/voting/group/groups';
import { refusedBy } from '../src/voting/refusal';
import { countsOf, decryptedTally, resultText } from '../src/voting/result';
import { tallyText } from '../src/voting/tally';
import { readTrustees } from '../src/voting/trustees';
import { ArchiveWriter } from './archive-writer';
import { SampleChain } from './sample-chain';
import { type MadeElection, makeElection, makeTrustees } from './sample-election';

/** A refusal of a route below. */
export class VotesProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: string,
  ) {
    super(problem);
  }
}

interface PostedHash {
  readonly hash: string;
  readonly transaction: string;
  readonly height: number;
}

interface CastBallot {
  readonly text: string;
  readonly tracker: string;
  readonly transaction: string;
  readonly height: number;
}

/** A small real election: its ballots, proofs and counts are what they say they are. */
export class SampleElection {
  stage: 'announced' | 'open' | 'closed' | 'decrypting' | 'finished' | 'withdrawn' = 'open';
  readonly ballots: CastBallot[] = [];
  readonly opened = new Set<string>();
  readonly decryptions = new Map<number, string>();
  tally: string | undefined;
  result: string | undefined;
  resultTransaction: string | undefined;

  constructor(
    readonly made: MadeElection,
    readonly opensAt: number,
    public closesAt: number,
    readonly leastBallots: number,
  ) {}

  get id(): string {
    return this.made.election.uuid;
  }

  board(): Board {
    const board = new Board(this.made.election, readCredentialList(this.made.credentialsText));
    for (const { text } of this.ballots) board.add(text);
    return board;
  }

  archive(): ArchiveWriter {
    const { election, trustees, credentialsText } = this.made;
    const archive = new ArchiveWriter().setup(election.text, trustees.text, credentialsText);
    for (const { text } of this.ballots) archive.ballot(text);
    if (this.stage === 'open' || this.stage === 'announced') return archive;
    archive.endBallots();
    if (!this.tally) return archive;
    const counted = this.board().counted();
    archive.tally(this.tally, counted.length, counted.reduce((sum, { weight }) => sum + Number(weight), 0));
    for (const [owner, text] of this.decryptions) archive.decryption(owner, text);
    return this.result ? archive.result(this.result) : archive;
  }

  /** Closes, adds up, decrypts and counts, as the roles would. */
  finish(): void {
    const { election, trustees } = this.made;
    const { group, fingerprint } = election;
    const board = this.board();
    this.stage = 'finished';
    this.closesAt = Math.min(this.closesAt, Date.now());
    if (board.counted().length < this.leastBallots) return;
    const tally = board.tally();
    this.tally = tallyText(group, tally);
    const parts = readTrustees(group, trustees.text);
    const read = new Map();
    for (const owner of trustees.enough) {
      const text = partialDecryption(group, fingerprint, trustees.secrets[owner - 1]!, tally);
      this.decryptions.set(owner, text);
      read.set(owner, readDecryption(group, fingerprint, parts.all[owner - 1]!, tally, text));
    }
    const weight = board.counted().reduce((sum, one) => sum + one.weight, 0n);
    this.result = resultText(countsOf(group, decryptedTally(group, parts, tally, read), weight));
  }

  view(): object {
    const { election, voters, trustees } = this.made;
    const counted = this.board().counted();
    const archive = this.archive();
    return {
      id: this.id, name: election.name, description: election.description, group: election.group.name, stage: this.stage,
      opensAt: new Date(this.opensAt).toISOString(), closesAt: new Date(this.closesAt).toISOString(), leastBallots: this.leastBallots,
      fingerprint: election.fingerprint, credentials: voters.length, weight: voters.reduce((sum, { weight }) => sum + weight, 0),
      trustees: { count: trustees.secrets.length, threshold: trustees.enough.length },
      ballots: {
        accepted: this.ballots.length, counted: counted.length,
        weightCounted: counted.reduce((sum, { weight }) => sum + Number(weight), 0),
      },
      head: archive.head, events: archive.events, decryptedBy: [...this.decryptions.keys()],
      ...(this.result ? { result: (JSON.parse(this.result) as { result: number[][] }).result, resultTransaction: this.resultTransaction } : {}),
      questions: (JSON.parse(election.text) as { questions: Question[] }).questions,
    };
  }

  boardItems(): object[] {
    const counts = new Set(this.board().counted().map(({ tracker }) => tracker));
    const item = ({ tracker, transaction, height }: CastBallot) => ({ tracker, transaction, state: counts.has(tracker) ? 'counts' : 'replaced', height });
    return this.ballots.map(item).reverse();
  }
}

const HOUR = 3_600_000;
const group = groupNamed('Ed25519');

/** The voting channel and its elections in memory, for developing and looking at the pages. */
export class SampleVotes {
  readonly chain = new SampleChain('madang-demo-votes', ['Hanbit City', 'Hanbit University', 'Saemaul Bank', 'Citizens’ Audit']);
  readonly elections: SampleElection[] = [];
  /** One that another system holds. */
  readonly attached = {
    id: 'DormitoryCounci1',
    title: { ko: '기숙사 자치회장 선거', en: 'Dormitory council' },
    key: '',
    ballots: [] as PostedHash[],
    result: '한솔 4표, 나래 2표, 기권 1표 / Hansol 4 votes, Narae 2, abstained 1',
  };
  /** What every voter's one-time code is here. */
  readonly code = '482913';
  /** Called after each ballot. */
  oncast: (election: SampleElection) => void = () => undefined;

  private readonly tokens = new Map<string, { election: string; voter: string }>();
  private readonly receipts = new Map<string, { height: number }>();

  /** One election of each kind that a list can hold. */
  static async make(): Promise<SampleVotes> {
    const votes = new SampleVotes();
    const now = Date.now();
    const blank = { question: '누구를 총학생회장으로 뽑을까요? / Who should be the student president?', answers: ['김가람 Kim Garam', '이누리 Lee Nuri', '박다솜 Park Dasom'], min: 1, max: 1, blank: true };
    const clubs = { question: '어떤 동아리를 지원할까요? / Which clubs should be supported?', answers: ['합창 / Choir', '천문 / Astronomy', '등산 / Hiking', '도예 / Pottery', '연극 / Theatre'], min: 0, max: 2, blank: false };
    const open = await votes.add(
      { name: '총학생회장 선거 / Student president', description: '2026년 2학기 총학생회장과 동아리 지원을 함께 정해요. / We choose the president and the clubs of the second term of 2026.' },
      [blank, clubs], new Array<number>(18).fill(1), now - 20 * HOUR, now + 30 * HOUR, 10,
    );
    for (let voter = 6; voter < 18; voter++) votes.vote(open, voter, [voter % 5 === 0 ? 'blank' : [voter % 3], [voter % 5]]);
    votes.vote(open, 17, [[0], []]);

    const coming = await votes.add(
      { name: '주민참여예산 투표 / Participatory budget', description: '우리 동네에 쓸 예산을 함께 골라요. / Neighbours choose what to spend on.' },
      [{ question: '어디에 먼저 쓸까요? / What comes first?', answers: ['놀이터 고치기 / Playground', '가로등 / Street lights', '도서관 책 / Library books'], min: 1, max: 2, blank: true }],
      new Array<number>(40).fill(1), now + 50 * HOUR, now + 120 * HOUR, 10,
    );
    coming.stage = 'announced';

    const finished = await votes.add(
      { name: '한빛시장 상인회 대표 / Market association', description: '점포 수만큼 표의 무게가 달라요. / Votes weigh as many shops as a merchant has.' },
      [
        { question: '대표를 뽑아요 / The chair', answers: ['정하늘 Jung Haneul', '오바다 Oh Bada', '한별 Han Byeol'], min: 1, max: 1, blank: true },
        { question: '토요일 야시장을 열까요? / A night market on Saturdays?', answers: ['찬성 / Yes', '반대 / No'], min: 1, max: 1, blank: false },
      ],
      Array.from({ length: 26 }, (_, i) => (i % 6 === 0 ? 3 : 1)), now - 200 * HOUR, now - 100 * HOUR, 10,
    );
    for (let voter = 0; voter < 21; voter++) votes.vote(finished, voter, [voter % 7 === 0 ? 'blank' : [voter % 2 ? 0 : voter % 3], [voter % 4 === 0 ? 1 : 0]]);
    votes.vote(finished, 3, [[1], [0]]);
    finished.finish();
    const result = { election: finished.id, result: finished.result! };
    finished.resultTransaction = (await votes.put(new Uint8Array(randomBytes(32)), 'election.result', result)).transaction;

    const small = await votes.add(
      { name: '합창반 반장 / Choir captain', description: '' },
      [{ question: '반장을 뽑아요 / The captain', answers: ['하나 Hana', '두리 Duri'], min: 1, max: 1, blank: false }],
      new Array<number>(12).fill(1), now - 300 * HOUR, now - 250 * HOUR, 10,
    );
    for (let voter = 0; voter < 4; voter++) votes.vote(small, voter, [[voter % 2]]);
    small.finish();

    const seed = new Uint8Array(randomBytes(32));
    votes.attached.key = base64url(ed25519.getPublicKey(seed));
    for (let ballot = 0; ballot < 7; ballot++) {
      const hash = base64url(randomBytes(32));
      votes.attached.ballots.push({ hash, ...(await votes.put(seed, 'attached.ballots', { election: votes.attached.id, hashes: [hash] })) });
    }
    return votes;
  }

  private async add(
    words: { name: string; description: string },
    questions: readonly Question[],
    weights: readonly number[],
    opensAt: number,
    closesAt: number,
    leastBallots: number,
  ): Promise<SampleElection> {
    const made = makeElection(group, await makeTrustees(group, 0, { size: 3, threshold: 2 }), questions, weights, words);
    const election = new SampleElection(made, opensAt, closesAt, leastBallots);
    this.elections.push(election);
    return election;
  }

  private vote(election: SampleElection, voter: number, choices: readonly Choice[]): void {
    this.cast(election, encryptBallot(election.made.election, election.made.voters[voter]!.credential, choices).text);
  }

  /** Puts a ballot on the board and into a block, in the chain's envelope. */
  cast(election: SampleElection, text: string): CastBallot {
    const hash = sha256(utf8(text));
    const seed = sha256(concat(utf8('madang/ballot-envelope/v1'), Uint8Array.of(0), utf8(text)));
    const operation = { ballot: text, election: election.id };
    const ballot = { text, tracker: trackerOf(text), ...this.wrapped(seed, 'ballot', operation, Buffer.from(hash).toString('hex').slice(0, 32)) };
    election.ballots.push(ballot);
    this.oncast(election);
    return ballot;
  }

  private wrapped(seed: Uint8Array, purpose: string, operation: Record<string, string>, id: string): { transaction: string; height: number } {
    const header = utf8(`{"alg":"EdDSA","kid":"${base64url(ed25519.getPublicKey(seed))}"}`);
    const validUntilMillis = Math.ceil(Date.now() / HOUR) * HOUR + HOUR;
    const payload = write({ chain: this.chain.name, id, operation, purpose, validUntilMillis, version: 1 });
    const signed = `${base64url(header)}.${base64url(payload)}`;
    return this.block(`${signed}.${base64url(ed25519.sign(utf8(signed), seed))}`, operation.election!);
  }

  private async put(seed: Uint8Array, purpose: string, operation: JsonObject & { readonly election: string }): Promise<{ transaction: string; height: number }> {
    const signer: Signer = { algorithm: 'EdDSA', kid: base64url(ed25519.getPublicKey(seed)), sign: async (message) => ed25519.sign(message, seed) };
    const payload = { chain: this.chain.name, id: randomBytes(16).toString('hex'), operation, purpose, validUntilMillis: Date.now() + HOUR };
    return this.block(await makeStatement(signer, payload), operation.election);
  }

  private block(text: string, election: string): { transaction: string; height: number } {
    this.chain.addBlock([text], [{ code: 0, data: write({ election }) }], Date.now());
    const { height } = this.chain;
    this.chain.addBlock([], [], Date.now() + 5); // the proof block
    const transaction = transactionHash(text);
    this.receipts.set(transaction, { height });
    return { transaction, height };
  }

  /** Answers a call below /v1/votes, /v1/elections, /v1/attached; undefined for what is not here. */
  answer(method: string, url: URL, body: string, bearer: string): object | Uint8Array | string | undefined {
    const [, , room, id = '', part = '', item = '', more = ''] = url.pathname.split('/').map(decodeURIComponent);
    if (room === 'votes') return this.channel(method, id, part);
    if (room === 'attached') return this.attachedAnswer(id, part, item, url);
    if (room !== 'elections') return undefined;
    if (!id) return { items: this.elections.map((election) => election.view()) };
    const election = this.elections.find((one) => one.id === id) ?? refuse(404, 'unknown-election');
    const voter = (): string => {
      const session = this.tokens.get(bearer);
      return session?.election === id ? session.voter : refuse(401, 'unauthorized');
    };
    const asked = <Body>() => JSON.parse(body) as Body;
    switch (`${method} ${part}${item && part !== 'ballots' && part !== 'records' ? `/${item}${more && `/${more}`}` : ''}`) {
      case 'GET ':
        return election.view();
      case 'GET records':
        return { election: election.made.election.text, trustees: election.made.trustees.text, credentials: election.made.credentialsText }[item];
      case 'GET ballots': {
        if (!item) return page(election.boardItems(), url);
        const tracker = item.replace(/-/g, '+').replace(/_/g, '/');
        const found = (election.boardItems() as { tracker: string; transaction: string }[]).find((one) => one.tracker === tracker);
        return found ? { ...found, receipt: `/v1/votes/receipts/${found.transaction}` } : refuse(404, 'ballot-not-on-board');
      }
      case 'POST ballots':
        voter();
        return this.take(election, body);
      case 'POST opened':
        voter();
        election.opened.add(asked<{ tracker: string }>().tracker);
        return {};
      case 'GET archive':
        return election.archive().bytes();
      case 'POST sign-in/codes':
        return {};
      case 'POST sign-in': {
        const { voter: name, code } = asked<{ voter: string; code: string }>();
        if (code !== this.code) refuse(401, 'wrong-code');
        const token = `vs_${randomBytes(12).toString('hex')}`;
        this.tokens.set(token, { election: id, voter: name });
        return { token, expiresAt: new Date(Date.now() + HOUR / 2).toISOString(), passkeys: true };
      }
      case 'GET me':
        return { voter: voter(), name: '', tookPart: false, reward: { asset: 'S-COIN', amount: 1_000 } };
      case 'PUT me':
        return { voter: voter(), name: '', tookPart: true, ...asked<object>() };
      default:
        return undefined;
    }
  }

  private take(election: SampleElection, text: string): object {
    const tracker = createHash('sha256').update(text).digest('base64').replace(/=$/, '');
    if (election.stage !== 'open') refuse(409, election.stage === 'announced' ? 'not-open-yet' : 'voting-ended');
    if (election.opened.has(tracker)) refuse(409, 'ballot-was-opened');
    const verdict = checkBallot(election.made.election, text);
    if (!verdict.valid) refuse(422, verdict.reason);
    try {
      election.board().add(text);
    } catch (error) {
      refuse(409, refusedBy(error).reason);
    }
    const { transaction, height } = this.cast(election, text);
    return { tracker, transaction, position: `${height}.0`, time: new Date().toISOString() };
  }

  private attachedAnswer(id: string, part: string, item: string, url: URL): object {
    const { ballots, result, ...words } = this.attached;
    const view = {
      ...words, administratorKey: words.key, closesAt: new Date(Date.now() - HOUR).toISOString(), stage: 'finished', ballots: ballots.length,
      head: base64url(sha256(utf8(JSON.stringify(ballots)))), result: { text: result, hash: base64url(sha256(utf8(result))) },
    };
    if (!id) return { items: [view] };
    if (id !== words.id) refuse(404, 'unknown-election');
    if (!part) return view;
    const items = ballots.map((ballot, position) => ({ ...ballot, position }));
    if (item) return items.find(({ hash }) => hash === item) ?? refuse(404, 'hash-not-on-board');
    const from = Number(url.searchParams.get('from') ?? 0);
    return { items: items.slice(from, from + Number(url.searchParams.get('limit') ?? 100)) };
  }

  private channel(method: string, part: string, item: string): object | Uint8Array | undefined {
    switch (`${method} ${part}`) {
      case 'GET ':
        return {
          chain: this.chain.name, height: this.chain.height, time: new Date().toISOString(),
          members: this.chain.members().members.map(({ name, publicKey, power }) => ({ key: base64url(publicKey), name, power: Number(power) })),
        };
      case 'GET blocks': {
        const { header } = this.chain.blocks.at(-1)!;
        const time = new Date(Number(header.time.seconds) * 1000).toISOString();
        return { items: [{ height: this.chain.height, time, hash: hex(headerHash(header)).toUpperCase(), stateHash: '', transactions: 0 }] };
      }
      case 'GET members':
        return this.chain.membersFile();
      case 'GET receipts': {
        const known = this.receipts.get(item) ?? refuse(404, 'not-found');
        return write(this.chain.receipt(known.height, 0), MAX_RECEIPT_BYTES);
      }
      default:
        return undefined;
    }
  }
}

function refuse(status: number, problem: string): never {
  throw new VotesProblem(status, problem);
}

function page<Item>(items: readonly Item[], url: URL): object {
  const limit = Number(url.searchParams.get('limit') ?? 20);
  const from = Number(url.searchParams.get('cursor') ?? 0);
  return { items: items.slice(from, from + limit), ...(from + limit < items.length ? { next: String(from + limit) } : {}) };
}
