import assert from 'node:assert/strict';

/** Messages to the sample voters. */
async function mailbox(page) {
  return (await (await page.request.get('/v1/demo/mailbox')).json()).items;
}

const PATIENCE_MILLIS = 240_000;

/** An election of the demo at a stage. The demo serves before its sample elections are held: a dozen people vote in one of them. */
export async function electionAt(page, stage) {
  return await eventually(page, '/v1/elections', { stage });
}

/** Asks until an answer has an item with these values. */
async function eventually(page, path, values, known = []) {
  const giveUp = Date.now() + PATIENCE_MILLIS;
  while (Date.now() < giveUp) {
    const { items } = await (await page.request.get(path)).json();
    const found = items.find((item) => !known.includes(item.id) && Object.entries(values).every(([name, value]) => item[name] === value));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert.fail(`${path} has nothing with ${JSON.stringify(values)}`);
}

/** The election that visitors of the demo vote in. It is announced after the other one is finished. */
export async function openElection(page) {
  await electionAt(page, 'finished');
  return await electionAt(page, 'open');
}

/** The demo's election that another system holds, with its result. */
export async function attachedElection(page) {
  return await eventually(page, '/v1/attached', { stage: 'finished' });
}

/** The letters with credentials of an election, as the registrar sent them. */
async function lettersOf(page, election) {
  const letters = (await mailbox(page)).filter((message) => message.kind === 'credential' && message.election === election);
  return letters.map(({ to, credential }) => ({ to, voter: to.split('@')[0], credential, election }));
}

/** The letter of one of the sample voters; each story takes its own. */
export async function sampleLetter(cast, at) {
  const visitor = await cast.visitor({ room: 'vote' });
  const election = await openElection(visitor.page);
  const letters = await lettersOf(visitor.page, election.id);
  assert.ok(letters.length > at, 'too few letters in the mailbox');
  return { election, letter: letters[at] };
}

/** Somebody who votes at the booth, with a letter from the registrar. */
export class BoothVoter {
  constructor(visitor, letter) {
    this.visitor = visitor;
    this.page = visitor.page;
    this.letter = letter;
  }

  /** Comes to the front of the election, by the address in the letter. */
  static async come(cast, letter, options = {}) {
    return await this.at(await cast.visitor({ room: 'vote', path: `/vote#${letter.election}.${letter.credential}`, ...options }), letter);
  }

  /** The same in another window of the browser that somebody's wallet is in. */
  static async beside(cast, shopper, letter) {
    return await this.at(await cast.another(shopper.visitor, { room: 'vote', path: `/vote#${letter.election}.${letter.credential}` }), letter);
  }

  static async at(visitor, letter) {
    await visitor.page.getByTestId('fingerprint').waitFor();
    assert.ok(!visitor.page.url().includes(letter.credential), 'the credential is still in the address');
    return new BoothVoter(visitor, letter);
  }

  async signsIn() {
    const { visitor, letter } = this;
    await visitor.button('front.sign-in').click();
    await visitor.field('sign-in.voter').fill(letter.voter);
    const known = await this.asksForCode();
    await visitor.field('sign-in.code').fill(await this.code(known));
    await visitor.button('sign-in.go').click();
    await visitor.heading('credential.title').waitFor();
  }

  /** Returns the messages that were there before. */
  async asksForCode() {
    const known = (await mailbox(this.page)).map(({ id }) => id);
    await this.visitor.button('sign-in.send').click();
    await this.visitor.field('sign-in.code').waitFor();
    return known;
  }

  /** The code that came since. */
  async code(known) {
    const { to, election } = this.letter;
    return (await eventually(this.page, '/v1/demo/mailbox', { kind: 'code', to, election }, known)).code;
  }

  async givesCredential() {
    await this.visitor.field('credential.label').fill(this.letter.credential);
    await this.visitor.button('next').click();
    await this.page.getByRole('group').waitFor();
  }

  /** @param choices for each question the places of the answers, or 'blank' */
  async chooses(choices) {
    const { visitor, page } = this;
    for (const [index, choice] of choices.entries()) {
      await visitor.heading('choose.title', { number: index + 1, all: choices.length }).waitFor();
      const boxes = page.getByRole('group').locator('input');
      if (choice === 'blank') await boxes.last().check();
      else for (const place of choice) await boxes.nth(place).check();
      await visitor.button(index === choices.length - 1 ? 'choose.review' : 'next').click();
    }
    await visitor.heading('review.title').waitFor();
  }

  /** Encrypts; returns the tracker. */
  async seals() {
    await this.visitor.button('review.seal').click();
    return await this.tracker();
  }

  async tracker() {
    return await this.page.getByTestId('sealed').getByTestId('tracker').getAttribute('data-text');
  }

  /** Opens the ballot instead of casting it, and encrypts a new one. Returns the file for another machine. */
  async opens() {
    await this.visitor.button('seal.audit').click();
    await this.page.locator('[data-testid=opened][data-verdict=right]').waitFor();
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.visitor.button('opened.save').click()]);
    await this.visitor.button('opened.again').click();
    return await download.path();
  }

  async casts() {
    await this.visitor.button('seal.cast').click();
    await this.seesOnBoard();
  }

  async seesOnBoard() {
    await this.visitor.sees('cast', 'cast');
    await this.page.locator('[data-testid=ballot-receipt][data-verdict=valid]').waitFor();
  }

  /** From the front of the election to the board; returns the tracker. */
  async votes(choices) {
    await this.signsIn();
    await this.givesCredential();
    await this.chooses(choices);
    const tracker = await this.seals();
    await this.casts();
    return tracker;
  }

  /** Has the reward sent to the wallet of the same browser. */
  async wantsReward() {
    await this.visitor.button('reward.own').click();
    await this.visitor.button('reward.save').click();
    await this.visitor.text('reward.saved').waitFor();
  }

  async leaves() {
    await this.visitor.button('cast.leave').click();
    await this.visitor.button('front.sign-in').waitFor();
  }
}
