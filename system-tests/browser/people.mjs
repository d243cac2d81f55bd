import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { money, wordsOf } from './words.mjs';

/** How long somebody waits for one thing to appear: a machine that does much else is slow, a thing that never comes is still found. */
const PATIENCE_MILLIS = 120_000;

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 800 };

/** Somebody with a browser of their own: its storage, its language, its page. */
export class Visitor {
  static async come(browser, origin, { room, path = `/${room === 'front' ? '' : room}`, language = 'ko', viewport = PHONE, ...options }) {
    const context = await browser.newContext({
      baseURL: origin,
      locale: language === 'ko' ? 'ko-KR' : 'en-GB',
      timezoneId: 'Asia/Seoul',
      viewport,
      acceptDownloads: true,
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MILLIS);
    const visitor = new Visitor(context, origin, room, language, await wordsOf(room, language));
    await context.addInitScript(listenToTones);
    visitor.page = await context.newPage();
    await visitor.page.goto(path);
    return visitor;
  }

  constructor(context, origin, room, language, words) {
    this.context = context;
    this.room = room;
    this.language = language;
    this.t = words;
    this.requests = [];
    this.elsewhere = [];
    this.troubles = [];
    context.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      this.requests.push(`${request.method()} ${request.url()}`);
      if (!['blob:', 'data:'].includes(protocol) && asked !== origin) this.elsewhere.push(request.url());
    });
    context.on('weberror', (error) => this.troubles.push(String(error.error())));
    context.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.troubles.push(message.text());
    });
  }

  button(key, values) {
    return this.page.getByRole('button', { name: this.t(key, values), exact: true });
  }

  link(key, values) {
    return this.page.getByRole('link', { name: this.t(key, values), exact: true });
  }

  field(key) {
    return this.page.getByLabel(this.t(key), { exact: true });
  }

  heading(key, values) {
    return this.page.getByRole('heading', { name: this.t(key, values), exact: true });
  }

  text(key, values) {
    return this.page.getByText(this.t(key, values), { exact: true });
  }

  money(amount) {
    return money(amount, this.language);
  }

  /** Waits until a part of the page is in a state. */
  async sees(testId, state) {
    await this.page.locator(`[data-testid="${testId}"][data-state="${state}"]`).waitFor();
  }

  /** Waits until screen readers are told this. */
  async isTold(text) {
    await this.page.getByTestId('live').filter({ hasText: text }).waitFor({ state: 'attached' });
  }

  /** The frequencies of the tones that were played so far. */
  async heard() {
    return await this.page.evaluate(() => globalThis.tonesPlayed);
  }

  /** Goes to another screen of the room, as a link of the page would. */
  async goes(hash) {
    await this.page.evaluate((place) => (location.hash = place), hash);
  }

  assertStayedAtHome() {
    assert.deepEqual(this.elsewhere, [], 'requests left the origin');
    assert.deepEqual(this.troubles, [], 'the page had errors');
  }
}

/** Runs in the page before its own scripts: notes each tone that is played. */
function listenToTones() {
  globalThis.tonesPlayed = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    globalThis.tonesPlayed.push(Math.round(this.frequency.value));
    return start.apply(this, when);
  };
}

/** Somebody with a wallet. */
export class Shopper {
  constructor(visitor) {
    this.visitor = visitor;
    this.page = visitor.page;
  }

  async opensWallet() {
    await this.visitor.button('welcome.start').click();
    await this.page.getByTestId('balance').waitFor();
  }

  /** Tops up by 30,000, which is chosen at first; with a discount, if one is offered, that is what one gets. */
  async charges() {
    await this.visitor.link('home.charge').first().click();
    await this.page.locator('form button[type="submit"]').click();
    await this.visitor.sees('charge', 'confirmed');
    await this.visitor.link('paid.home').click();
  }

  /** Types or pastes what stands on the till's screen. */
  async enters(code) {
    await this.visitor.link('home.scan').click();
    await this.visitor.field('scan.code').fill(code);
    await this.visitor.button('scan.code.go').click();
  }

  /** Shows the wallet's own code; returns its text, as a scanner would read it. */
  async showsCode() {
    await this.visitor.link('home.code').click();
    return await this.code();
  }

  /** The text of the code on the screen. */
  async code() {
    return await this.page.getByTestId('customer-code').getByTestId('qr').getAttribute('data-qr');
  }

  confirmSheet() {
    return this.page.getByRole('dialog');
  }

  async confirms(amount) {
    await this.visitor.button('pay.button', { amount: this.visitor.money(amount) }).click();
  }

  async seesPaid() {
    await this.visitor.sees('payment', 'paid');
  }

  async leavesPaidScreen() {
    await this.visitor.button('paid.home').click();
  }

  async seesBalance(amount) {
    await this.page.getByTestId('balance').filter({ hasText: this.visitor.money(amount) }).waitFor();
  }

  /** From the code on the till to the paid screen. */
  async pays(code, amount) {
    await this.enters(code);
    await this.confirms(amount);
    await this.seesPaid();
  }
}

/** Somebody behind a till. */
export class Cashier {
  constructor(visitor) {
    this.visitor = visitor;
    this.page = visitor.page;
  }

  async opensTill() {
    const demo = await (await this.page.request.get('/v1/demo')).json();
    this.shop = demo.merchant.name;
    await this.visitor.button('signin.demo', { name: this.shop[this.visitor.language] }).click();
    await this.page.getByTestId('amount').waitFor();
  }

  /** Shows a QR for an amount; returns the short code below it. */
  async asks(amount) {
    for (const digit of String(amount)) await this.page.getByRole('button', { name: digit, exact: true }).click();
    await this.visitor.button('amount.show').click();
    await this.visitor.sees('intent', 'created');
    return await this.page.getByTestId('short-code').innerText();
  }

  qr() {
    return this.page.getByTestId('qr');
  }

  /** Opens what scans the customer's code, instead of showing one. A camera may have found one before anybody looks. */
  async scans() {
    await this.visitor.button('scan.open').click();
  }

  /** As a scanner that types. */
  async scansText(code) {
    await this.scans();
    await this.visitor.field('scan.text').fill(code);
    await this.visitor.button('scan.go').click();
  }

  /** Closes the sheet that scans, and gives the payment up. */
  async givesUp() {
    await this.page.keyboard.press('Escape');
    await this.visitor.button('waiting.cancel').click();
    await this.visitor.sees('intent', 'cancelled');
    await this.visitor.button('ended.next').click();
  }

  async seesPaid() {
    await this.visitor.sees('intent', 'paid');
  }

  async nextCustomer() {
    await this.visitor.button('paid.next').click();
    await this.page.getByTestId('last-payments').waitFor();
  }

  /** The newest payment in the list. */
  newest() {
    return this.page.getByTestId('last-payments').getByRole('listitem').first();
  }
}

/** Everybody in one story. Nobody's page may ask another origin for anything, or break. */
export class Cast {
  constructor(browser, demo, pictures) {
    this.browser = browser;
    this.demo = demo;
    this.pictures = pictures;
    this.visitors = [];
  }

  /** @param origin the gateway's address, where another of its names is needed */
  async visitor({ origin = this.demo.address, ...options }) {
    const visitor = await Visitor.come(this.browser, origin, options);
    this.visitors.push(visitor);
    return visitor;
  }

  /** Another window of somebody's browser. */
  async another(visitor, { room, path }) {
    const window = new Visitor(visitor.context, new URL(visitor.page.url()).origin, room, visitor.language, await wordsOf(room, visitor.language));
    window.page = await visitor.context.newPage();
    await window.page.goto(path);
    this.visitors.push(window);
    return window;
  }

  /** A shopper at the wallet's first page. */
  async newcomer(options = {}) {
    return new Shopper(await this.visitor({ room: 'wallet', ...options }));
  }

  /** A shopper with 30,000 in the wallet. */
  async shopper(options = {}) {
    const shopper = await this.newcomer(options);
    await shopper.opensWallet();
    await shopper.charges();
    await shopper.seesBalance(30_000);
    return shopper;
  }

  /** A cashier at an open till. */
  async cashier(options = {}) {
    const cashier = new Cashier(await this.visitor({ room: 'till', viewport: DESK, ...options }));
    await cashier.opensTill();
    return cashier;
  }

  assertNobodyLeft() {
    for (const visitor of this.visitors) visitor.assertStayedAtHome();
  }

  /** What everybody saw at the end, for whoever looks for the reason of a failure. */
  async photograph(name) {
    mkdirSync(this.pictures, { recursive: true });
    for (const [at, visitor] of this.visitors.entries()) {
      const file = `${name.replace(/[^a-z0-9]+/gi, '-')}-${at}-${visitor.room}.png`;
      await visitor.page.screenshot({ path: join(this.pictures, file) }).catch(() => undefined);
    }
  }

  async leave() {
    for (const visitor of this.visitors) await visitor.context.close();
  }
}
