import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { ROOT } from './demo.mjs';
import { DESK } from './people.mjs';
import { wordsOf } from './words.mjs';

const file = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

/** Saves what a click offers, and reads it as the person could. */
async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** Somebody with an office in an election: their room's words, and those that all rooms of officers share. */
class Officer {
  constructor(visitor, shared) {
    this.visitor = visitor;
    this.page = visitor.page;
    this.shared = shared;
  }

  static async comes(cast, room, path, options) {
    const visitor = await cast.visitor({ room, path, viewport: DESK, ...options });
    return new this(visitor, await wordsOf('roles', visitor.language));
  }

  async opensFile(name, text) {
    await this.page.locator('input[type=file]').first().setInputFiles(file(name, text));
  }

  /** Saves a secret's file, proves that it was saved, and goes on. */
  async backsUp() {
    const { page, shared } = this;
    const onwards = page.getByRole('button', { name: shared('backup.on'), exact: true });
    await page.getByTestId('backup').waitFor();
    assert.ok(await onwards.isDisabled(), 'one can go on without a backup');
    const { name, text } = await saved(page, () => page.getByRole('button', { name: shared('backup.save'), exact: true }).click());
    assert.ok(await onwards.isDisabled(), 'one can go on with a backup that was not checked');
    await this.opensFile(name, text);
    await onwards.click();
    await page.getByTestId('backup').waitFor({ state: 'detached' });
    return text;
  }
}

/** Who writes the election, and signs. */
export class Administrator extends Officer {
  static async come(cast, options) {
    const administrator = await this.comes(cast, 'administrator', '/administrator', options);
    await administrator.unlocks();
    await administrator.visitor.link('elections.new').waitFor();
    return administrator;
  }

  /** Opens the desk with the sample key. */
  async unlocks() {
    const { administratorKeyFile } = await (await this.page.request.get('/v1/demo')).json();
    await this.opensFile('administrator.key', await readFile(resolve(ROOT, administratorKeyFile), 'utf8'));
  }

  /** Comes back to an election after the page was loaded again. */
  async opensDesk(id) {
    await this.unlocks();
    await this.visitor.goes(`#/election/${id}`);
    await this.page.getByTestId('election').waitFor();
  }

  field(key, label) {
    return this.page.getByLabel(this.visitor.t(key, { label: this.visitor.t(...label) }), { exact: true });
  }

  /**
   * Writes an election of one question with a blank vote, to be decrypted by 2 of 3 or by all of so many trustees; returns its identifier
   * and links.
   */
  async writes({ name, question, answers, leastBallots, allOf, reward }) {
    const { visitor, page } = this;
    await visitor.link('elections.new').click();
    await this.field('text.ko', ['editor.name']).fill(name);
    await this.field('text.ko', ['question.text']).fill(question);
    for (const [index, answer] of answers.entries()) {
      if (index > 1) await visitor.button('answer.add').click();
      await this.field('text.ko', ['answer.number', { number: index + 1 }]).fill(answer);
    }
    await visitor.field('editor.least').fill(String(leastBallots));
    if (allOf) {
      await visitor.field('editor.trustees.count').fill(String(allOf));
      await page.getByRole('radio', { name: visitor.t('editor.needed.all') }).check();
    }
    if (reward) await visitor.field('editor.reward').fill(String(reward));
    await page.getByRole('radio', { name: 'Ed25519' }).check();
    await visitor.button('editor.save').click();
    await page.getByTestId('links').waitFor();
    const link = async (who) => await page.getByTestId(who).getAttribute('data-link');
    const registrar = await link('registrar');
    return { id: /#([^.]+)/.exec(registrar)[1], registrar, trustees: await Promise.all(Array.from({ length: allOf ?? 3 }, (_, index) => link(`trustee-${index + 1}`))) };
  }

  async uploadsRoll(roll, voters) {
    await this.opensFile('roll.csv', roll);
    await this.visitor.button('roll.upload', { count: String(voters) }).click();
    await this.visitor.sees('roll', 'there');
  }

  /** Lets it open as soon as it can. */
  async setsTimes(opensMillis, closesMillis) {
    const { visitor } = this;
    await visitor.link('terms.change').click();
    // The pages of all stories are in Seoul.
    const local = (millis) => new Date(millis + 9 * 3_600_000).toISOString().slice(0, 19);
    await visitor.field('editor.opens').fill(local(opensMillis));
    await visitor.field('editor.closes').fill(local(closesMillis));
    await visitor.button('editor.save').click();
    await this.page.getByTestId('announce').waitFor();
  }

  async announces() {
    const { visitor, page } = this;
    await visitor.button('announce.examine').click();
    await visitor.sees('announce', 'good');
    await visitor.button('announce.sign').click();
    await page.getByRole('dialog').getByRole('button', { name: visitor.t('announce.do'), exact: true }).click();
    await page.locator('[data-testid=act][data-purpose="election.setup"]').waitFor();
  }

  async seesStage(stage) {
    await this.page.locator(`[data-testid=election][data-stage=${stage}]`).waitFor();
  }

  /** Signs one of its acts; those that end something ask for the name. */
  async signs(kind, name) {
    const { visitor, page } = this;
    await visitor.button(`act.${kind}`).click();
    const dialog = page.getByRole('dialog');
    const act = dialog.getByRole('button', { name: visitor.t(`act.${kind}.do`), exact: true });
    if (name !== undefined) {
      assert.ok(await act.isDisabled(), 'a stray finger could end it');
      await dialog.getByRole('textbox').fill(name);
    }
    await act.click();
    await page.locator(`[data-testid=act][data-purpose="election.${kind}"]`).waitFor();
  }

  /** Has the rewards paid, and sees what came of it. */
  async paysRewards(state) {
    const { visitor, page } = this;
    await visitor.button('act.rewards').click();
    await page.getByRole('dialog').getByRole('button', { name: visitor.t('act.rewards.do'), exact: true }).click();
    await visitor.sees('rewards', state);
  }

  /** The receipt of what was signed last, verified in the page. */
  async checksReceipt() {
    const act = this.page.getByTestId('act').first();
    await act.getByRole('button').click();
    await act.getByText(this.visitor.t('log.genuine'), { exact: true }).waitFor();
  }
}

/** Who makes credentials. */
export class Registrar extends Officer {
  static async come(cast, link, options) {
    return await this.comes(cast, 'registrar', link, options);
  }

  /** Makes, keeps and hands in; returns who has which credential. */
  async issues(voters) {
    const { visitor } = this;
    await visitor.button('make.button', { count: String(voters) }).click();
    const register = await this.backsUp();
    await visitor.button('give.button', { count: String(voters) }).click();
    await visitor.sees('given', 'same');
    return new Map(register.split('\n').slice(1).map((line) => [line.split(',')[0], line.split(',')[2]]));
  }
}

/** Who holds a part of the key. */
export class Trustee extends Officer {
  static async come(cast, link, options) {
    return await this.comes(cast, 'trustee', link, options);
  }

  async task(task) {
    await this.page.locator(`[data-testid=trustee][data-task=${task}]`).waitFor();
  }

  async makesCertificate() {
    await this.visitor.button('make.button').click();
    this.ceremonyFile = await this.backsUp();
  }

  /** Comes back on another day, with the file. */
  async returns() {
    await this.page.reload();
    await this.task('share');
    await this.opensFile('ceremony.json', this.ceremonyFile);
  }

  /** All of a key, where every trustee is needed. */
  async makesKey() {
    await this.task('make');
    await this.visitor.button('make.button').click();
    this.keyFile = await this.backsUp();
    await this.task('kept');
  }

  async sharesOut() {
    await this.visitor.button('share.button').click();
    await this.visitor.button('share.button').waitFor({ state: 'detached' });
  }

  async completesKey() {
    await this.visitor.button('finish.button').click();
    this.keyFile = await this.backsUp();
    await this.task('kept');
  }

  /** Verifies the whole board, and then publishes her part. */
  async decrypts() {
    const { visitor, page } = this;
    await this.task('decrypt');
    await visitor.button('decrypt.verify').click();
    await page.locator('[data-testid=board-verdict][data-verdict=valid]').waitFor();
    await this.opensFile('private.json', this.keyFile);
    await visitor.button('review.publish').click();
    await page.getByTestId('decrypted').waitFor();
  }
}
