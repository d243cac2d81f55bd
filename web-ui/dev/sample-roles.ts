import { randomBytes } from 'node:crypto';

import { base64url, fromBase64url, hex, textOf, utf8 } from '../src/chain/bytes';
import { type JsonObject, write } from '../src/chain/canonical-json';
import { sha256 } from '../src/chain/sha256';
import { transactionHash } from '../src/chain/statement';
import type { Choice } from '../src/voting/answer';
import { encryptBallot } from '../src/voting/ballot-encryption';
import { Board } from '../src/voting/board';
import { readCertificateSet } from '../src/voting/ceremony/certificate';
import { routedTo, thresholdRecord } from '../src/voting/ceremony/routing';
import { ElectionKey } from '../src/voting/ciphertext';
import { readCredentialList } from '../src/voting/credential-list';
import { type DecryptionFactors, readDecryption } from '../src/voting/decryption';
import { electionText, readElection } from '../src/voting/election';
import { groupNamed } from '../src/voting/group/groups';
import { hexHash } from '../src/voting/hashes';
import { randomBase58 } from '../src/voting/randomness';
import { countsOf, decryptedTally, resultText } from '../src/voting/result';
import { tallyText } from '../src/voting/tally';
import { readTrustees } from '../src/voting/trustees';
import { recordText } from '../src/roles/record-text';
import { ArchiveWriter } from './archive-writer';
import { SampleChain } from './sample-chain';
import { SampleGateway } from './sample-gateway';

type Body = Record<string, never>;

/** An operation of the voting channel, as far as this gateway looks. */
interface Operation {
  readonly election: string;
  readonly record: string;
  readonly index: number;
  readonly content: string;
  readonly tally: string;
  readonly ballots: number;
  readonly weight: number;
  readonly owner: number;
  readonly decryption: string;
  readonly result: string;
}

interface Draft {
  body: Record<string, never>;
  id: string;
  revision: number;
  administrator: string;
  voters: { voter: string; contact: string; name?: string; weight?: number }[];
  links: { registrar: string; trustees: string[] };
  messages: Map<string, string>[];
  credentials: string | undefined;
}

interface Held {
  readonly id: string;
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
  opensMillis: number;
  closesMillis: number;
  leastBallots: number;
  withdrawn: boolean;
  rewarded: boolean;
  /** Newest first. */
  readonly acts: object[];
  readonly archive: ArchiveWriter;
  readonly board: Board;
  ended: boolean;
  tally: string | undefined;
  readonly decryptions: Map<number, DecryptionFactors>;
  result: number[][] | undefined;
}

/** The sample gateway with those who run an election: drafts, ceremony, credentials and the voting channel, in memory. Never shipped. */
export class SampleRoles extends SampleGateway {
  readonly channel = new SampleChain('madang-demo-votes', ['Hanbit City', 'Hanbit University', 'Citizens’ Audit']);
  readonly drafts = new Map<string, Draft>();
  readonly held = new Map<string, Held>();
  readonly mail: object[] = [];
  private readonly signedIn = new Set<string>();
  private readonly parts = new Map<string, Map<string, Uint8Array[]>>();
  private readonly known = new Map<string, { height: number; data: JsonObject; text: string; time: string }>();

  protected override async answer(call: string, url: URL, body: Body, bearer: string): Promise<object> {
    const [method = ''] = call.split(' ');
    const [, , first = '', id = '', ...rest] = url.pathname.split('/');
    switch (`${method} ${first}`) {
      case 'GET votes':
        return this.votesAnswer(id, rest[0] ?? '');
      case 'POST votes':
        return this.statement(body.transaction!);
      case 'POST administrators':
        if (id === 'challenges') return { challenge: randomBytes(16).toString('hex'), audience: 'sample', chain: this.channel.name, expiresAt: this.in(120_000) };
        return this.session(body.login!);
      case 'GET demo':
        return id === 'mailbox' ? { items: this.mail } : super.answer(call, url, body, bearer);
      case 'GET elections':
      case 'POST elections':
        return id === '' ? { items: [...this.held.keys()].map((one) => this.view(this.held.get(one)!)) } : this.election(method, id, rest.join('/'), bearer);
      case 'GET election-drafts':
      case 'POST election-drafts':
      case 'PUT election-drafts':
        return this.draft(method!, id, rest.join('/'), body, bearer);
      default:
        return super.answer(call, url, body, bearer);
    }
  }

  private in(millis: number): string {
    return new Date(Date.now() + millis).toISOString();
  }

  private votesAnswer(what: string, hash: string): object {
    switch (what) {
      case '':
        return { chain: this.channel.name, height: this.channel.height, time: this.in(0), members: [] };
      case 'members':
        return this.channel.membersFile();
      case 'receipts':
        return write(this.channel.receipt((this.known.get(hash) ?? this.refuse(404, 'not-found')).height, 0));
      default:
        return this.finalAct(hash) ?? { status: 'unknown', hash };
    }
  }

  private finalAct(hash: string): object | undefined {
    const one = this.known.get(hash);
    return one && { status: 'final', hash, position: `${one.height}.0`, height: one.height, time: one.time, data: one.data, transaction: one.text };
  }

  private async session(login: string): Promise<object> {
    await this.signed(login, 'administrator.login');
    const token = `as_${randomBytes(12).toString('hex')}`;
    this.signedIn.add(token);
    return { token, expiresAt: this.in(3_600_000) };
  }

  private draft(method: string, id: string, what: string, body: Body, bearer: string): object {
    if (id === '') {
      if (!this.signedIn.has(bearer)) this.refuse(401, 'unauthorized');
      if (method === 'GET') return { items: [...this.drafts.values()].map((draft) => this.shownDraft(draft)).reverse() };
      const draft = this.newDraft(body);
      return { ...this.shownDraft(draft), links: draft.links };
    }
    const draft = this.drafts.get(id) ?? this.refuse(404, 'no-such-election');
    const index = draft.links.trustees.indexOf(bearer) + 1;
    switch (`${method} ${what}`) {
      case 'GET registrar':
        if (bearer !== draft.links.registrar) this.refuse(401, 'unauthorized');
        return {
          election: id, name: draft.body.name, group: draft.body.group, revision: draft.revision,
          voters: draft.voters.map(({ voter, weight = 1, name }) => ({ voter, weight, ...(name && { name }) })),
          ...(draft.credentials && { credentials: this.credentialsOf(draft) }),
        };
      case 'PUT credentials':
        if (bearer !== draft.links.registrar) this.refuse(401, 'unauthorized');
        draft.credentials = JSON.stringify(body);
        return this.credentialsOf(draft);
      case 'GET trustee':
        if (index === 0) this.refuse(401, 'unauthorized');
        return this.mailboxOf(draft, index);
      case 'POST trustee/messages':
        if (index === 0) this.refuse(401, 'unauthorized');
        draft.messages[index - 1]!.set(body.step!, body.message!);
        return {};
    }
    if (!this.signedIn.has(bearer)) this.refuse(401, 'unauthorized');
    switch (`${method} ${what}`) {
      case 'GET ':
        return this.shownDraft(draft);
      case 'PUT ':
        draft.body = body;
        draft.revision++;
        return this.shownDraft(draft);
      case 'PUT roll':
        draft.voters = (body as unknown as { voters: Draft['voters'] }).voters;
        return this.rollOf(draft);
      case 'GET roll':
        return { ...this.rollOf(draft), items: draft.voters };
      case 'POST links':
        draft.links = this.newLinks(draft.links.trustees.length);
        return { links: draft.links };
      case 'GET assembled':
        return this.assembled(draft) ?? this.refuse(409, 'not-assembled');
      default:
        throw this.refuse(404, 'no-such-route');
    }
  }

  /** A draft as the administrator's page makes it. */
  newDraft(body: object): Draft {
    const { trustees } = body as { trustees: { count: number } };
    const draft: Draft = {
      body: body as Body, id: randomBase58(14), revision: 1, administrator: '', voters: [], links: this.newLinks(trustees.count),
      messages: Array.from({ length: trustees.count }, () => new Map<string, string>()), credentials: undefined,
    };
    this.drafts.set(draft.id, draft);
    return draft;
  }

  private newLinks(trustees: number): Draft['links'] {
    const token = (prefix: string): string => `${prefix}_${base64url(randomBytes(16))}`;
    return { registrar: token('er'), trustees: Array.from({ length: trustees }, () => token('et')) };
  }

  private rollOf({ voters }: Draft): object {
    return { voters: voters.length, weight: voters.reduce((sum, { weight = 1 }) => sum + weight, 0), hash: base64url(sha256(utf8(JSON.stringify(voters)))) };
  }

  private credentialsOf({ credentials }: Draft): object {
    const list = readCredentialList(credentials!);
    return { count: list.weights.size, weight: Number(list.totalWeight), hash: list.fingerprint };
  }

  private shownDraft(draft: Draft): object {
    const trusteesDone = draft.messages.map((_, i) => ({ index: i + 1, step: this.mailboxOf(draft, i + 1).step }));
    return {
      ...(draft.body as object), id: draft.id, revision: draft.revision, state: this.held.has(draft.id) ? 'signed' : 'draft', trusteesDone,
      ...(draft.voters.length > 0 && { roll: this.rollOf(draft) }),
      ...(draft.credentials && { credentials: this.credentialsOf(draft) }),
    };
  }

  private mailboxOf(draft: Draft, index: number): { step: string } {
    const { name, group, trustees } = draft.body as unknown as { name: string; group: string; trustees: { count: number; threshold?: number } };
    const has = (what: string, who = index): boolean => draft.messages[who - 1]!.has(what);
    const all = (what: string): boolean => draft.messages.every((_, i) => has(what, i + 1));
    const inbox: object[] = [];
    let step = 'done';
    if (trustees.threshold === undefined) {
      if (!has('key')) step = 'key';
    } else {
      const texts = (what: string): string[] => draft.messages.map((one) => one.get(what)!);
      if (all('certificate')) inbox.push(...texts('certificate').map((message, i) => ({ step: 'certificate', from: i + 1, message })));
      if (all('polynomial')) {
        const set = readCertificateSet(groupNamed(group), texts('certificate'));
        inbox.push({ step: 'polynomial', message: routedTo(groupNamed(group), set, texts('polynomial'), index) });
      }
      if (!has('certificate')) step = 'certificate';
      else if (!all('certificate')) step = 'wait';
      else if (!has('polynomial')) step = 'polynomial';
      else if (!all('polynomial')) step = 'wait';
      else if (!has('voucher')) step = 'voucher';
    }
    return { election: draft.id, name, index, ...trustees, group, step, inbox } as { step: string };
  }

  private assembled(draft: Draft): { election: string; trustees: string; credentials: string } | undefined {
    const body = draft.body as unknown as { name: string; description: string; group: string; questions: never[]; trustees: { threshold?: number } };
    const group = groupNamed(body.group);
    const texts = (what: string): string[] => draft.messages.map((one) => one.get(what)!);
    const single = body.trustees.threshold === undefined;
    if (!draft.messages.every((one) => one.has(single ? 'key' : 'voucher')) || !draft.credentials) return undefined;
    const record = single
      ? texts('key').map((key) => ['Single', JSON.parse(key)])
      : [['Pedersen', thresholdRecord(group, readCertificateSet(group, texts('certificate')), texts('polynomial'), texts('voucher'))]];
    const trustees = JSON.stringify(record);
    const questions = body.questions.map(({ question, answers, blank, min, max }: { question: string; answers: string[]; blank: boolean; min: number; max: number }) => ({
      question: recordText(question), answers: answers.map(recordText), blank, min, max,
    }));
    const election = electionText(
      { name: recordText(body.name), description: recordText(body.description), questions, uuid: draft.id },
      new ElectionKey(group, readTrustees(group, trustees).publicKey),
    );
    return { election, trustees, credentials: draft.credentials };
  }

  private async statement(text: string): Promise<object> {
    const hash = transactionHash(text);
    if (this.known.has(hash)) return this.finalAct(hash)!;
    const purpose = (JSON.parse(textOf(fromBase64url(text.split('.')[1]!))) as { purpose: string }).purpose;
    const { payload, signer } = await this.signed(text, purpose);
    const operation = payload.operation as unknown as Operation;
    this.apply(purpose, operation);
    const data = { election: operation.election, events: 1 };
    this.channel.addBlock([text], [{ code: 0, data: write(data) }], Date.now());
    const { height } = this.channel;
    this.channel.addBlock([], [], Date.now() + 5);
    this.known.set(hash, { height, data, text, time: this.in(0) });
    if (purpose !== 'election.part') this.held.get(operation.election)?.acts.unshift({ purpose, key: signer.kid, height, time: this.in(0), transaction: hash });
    return this.finalAct(hash)!;
  }

  private apply(purpose: string, operation: Operation): void {
    const id = operation.election;
    if (purpose === 'election.part') {
      const records = this.parts.get(id) ?? new Map<string, Uint8Array[]>();
      this.parts.set(id, records);
      const parts = records.get(operation.record) ?? [];
      if (parts.length !== operation.index) this.refuse(409, 'part-out-of-order');
      records.set(operation.record, [...parts, fromBase64url(operation.content)]);
      return;
    }
    if (purpose === 'election.setup') return this.setUp(id, operation as never);
    const one = this.held.get(id) ?? this.refuse(404, 'unknown-election');
    const election = readElection(one.election);
    switch (purpose) {
      case 'election.withdraw':
        one.withdrawn = true;
        return;
      case 'election.close':
        one.closesMillis = Date.now();
        return;
      case 'election.tally':
        this.end(one);
        one.tally = operation.tally;
        one.archive.tally(one.tally, operation.ballots, operation.weight);
        return;
      case 'election.decryption': {
        const parts = readTrustees(election.group, one.trustees);
        const owner = operation.owner;
        if (one.decryptions.has(owner)) this.refuse(409, 'repeated-trustee');
        one.decryptions.set(owner, readDecryption(election.group, election.fingerprint, parts.all[owner - 1]!, one.board.tally(), operation.decryption));
        one.archive.decryption(owner, operation.decryption);
        return;
      }
      case 'election.result':
        one.result = (JSON.parse(operation.result) as { result: number[][] }).result;
        one.archive.result(operation.result);
        return;
      default:
        this.refuse(400, 'unknown-purpose');
    }
  }

  private setUp(id: string, { opensMillis, closesMillis, leastBallots, electionHash }: { opensMillis: number; closesMillis: number; leastBallots: number; electionHash: string }): void {
    const record = (name: string): string => textOf(Buffer.concat(this.parts.get(id)!.get(name)!));
    const [election, trustees, credentials] = [record('election'), record('trustees'), record('credentials')];
    if (base64url(sha256(utf8(election))) !== electionHash) this.refuse(409, 'wrong-hash');
    this.held.set(id, {
      id, election, trustees, credentials, opensMillis, closesMillis, leastBallots, withdrawn: false, rewarded: false, acts: [], ended: false, tally: undefined, decryptions: new Map(), result: undefined,
      archive: new ArchiveWriter().setup(election, trustees, credentials),
      board: new Board(readElection(election), readCredentialList(credentials)),
    });
  }

  private end(one: Held): void {
    if (!one.ended) one.archive.endBallots();
    one.ended = true;
  }

  /** A ballot as a booth would make it. */
  cast(id: string, credential: string, choices: readonly Choice[]): void {
    const one = this.held.get(id)!;
    const { text } = encryptBallot(readElection(one.election), credential, choices);
    one.board.add(text);
    one.archive.ballot(text);
  }

  private election(method: string, id: string, what: string, bearer: string): object {
    const one = this.held.get(id) ?? this.refuse(404, 'unknown-election');
    switch (what) {
      case '':
        return this.view(one);
      case 'acts':
        return { items: one.acts };
      case 'archive':
        if (Date.now() >= one.closesMillis) this.end(one);
        return one.archive.bytes();
      case 'tally':
        return utf8(tallyText(readElection(one.election).group, one.board.tally()));
      case 'computed-result': {
        const election = readElection(one.election);
        const parts = readTrustees(election.group, one.trustees);
        const weight = one.board.counted().reduce((sum, { weight }) => sum + weight, 0n);
        return utf8(resultText(countsOf(election.group, decryptedTally(election.group, parts, one.board.tally(), one.decryptions), weight)));
      }
      case 'rewards':
        if (!this.signedIn.has(bearer)) this.refuse(401, 'unauthorized');
        one.rewarded ||= method === 'POST';
        return { state: one.rewarded ? 'paid' : 'waiting', recipients: one.board.counted().length, paid: one.board.counted().length, refused: 0, amount: 1_000, asset: 'S-COIN', account: '00'.repeat(16) };
      default:
        return this.refuse(404, 'no-such-route');
    }
  }

  private view(one: Held): object {
    const election = readElection(one.election);
    const list = readCredentialList(one.credentials);
    const trustees = readTrustees(election.group, one.trustees);
    const [entry] = trustees.entries;
    const threshold = entry?.kind === 'Pedersen' ? entry.threshold : trustees.all.length;
    const counted = one.board.counted();
    const now = Date.now();
    const stage = one.withdrawn ? 'withdrawn' : one.result ? 'finished' : one.tally ? 'decrypting' : now >= one.closesMillis ? 'closed' : now >= one.opensMillis ? 'open' : 'announced';
    return {
      id: one.id, name: election.name, description: election.description, group: election.group.name, stage,
      opensAt: new Date(one.opensMillis).toISOString(), closesAt: new Date(one.closesMillis).toISOString(), leastBallots: one.leastBallots,
      fingerprint: election.fingerprint, credentials: list.weights.size, weight: Number(list.totalWeight),
      trustees: { count: trustees.all.length, threshold },
      ballots: { accepted: one.board.ballots, counted: counted.length, weightCounted: Number(counted.reduce((sum, { weight }) => sum + weight, 0n)) },
      head: hexHash(hex(utf8(one.id))), events: one.board.ballots + 1, decryptedBy: [...one.decryptions.keys()], ...(one.result && { result: one.result }),
      questions: election.questions,
    };
  }
}
