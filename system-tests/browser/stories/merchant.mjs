import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { describe } from 'node:test';

import { DESK } from '../people.mjs';
import { story } from '../stage.mjs';

/** A shop's own server: keeps what it is sent, and answers with a status. */
class Server {
  received = [];
  status = 200;

  async open() {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        this.received.push({ headers: request.headers, body });
        response.writeHead(this.status).end('noted');
      });
    });
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.server.address().port}/hook`;
  }

  /** Whether what arrived was signed with a secret (Standard Webhooks 1.0). */
  static isSigned({ headers, body }, secret) {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
    return headers['webhook-signature'].split(' ').includes(signature);
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function owner(cast, options = {}) {
  const visitor = await cast.visitor({ room: 'merchant', viewport: DESK, ...options });
  const { merchant } = await (await visitor.page.request.get('/v1/demo')).json();
  await visitor.button('signin.demo', { name: merchant.name[visitor.language] }).click();
  await visitor.page.getByTestId('today').waitFor();
  return visitor;
}

describe('the desk of a shop', () => {
  story('shows a payment as it comes, finds it, and gives it back', async (cast) => {
    const desk = await owner(cast);
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.pays(await cashier.asks(7_770), 7_770);

    const sale = desk.page.getByTestId('sales').getByRole('listitem').filter({ hasText: desk.money(7_770) });
    await sale.waitFor();
    await desk.field('search').fill('7,770');
    await desk.button('search.button').click();
    await desk.heading('sales.found').waitFor();
    await sale.getByRole('button').click();
    await desk.page.getByRole('dialog').getByRole('button', { name: desk.money(7_770) }).click();
    await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
    await sale.getByText(desk.t('sale.refunded')).waitFor();
    assert.equal(await sale.getByRole('button').count(), 0, 'nothing is left to give back');
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(30_000);
  });

  story('sends a payment to the shop’s own server, shows how it went, and sends it again', async (cast) => {
    const server = new Server();
    const address = await server.open();
    try {
      const desk = await owner(cast);
      await desk.link('nav.webhooks').click();
      await desk.button('webhook.new').click();
      await desk.field('webhook.url').fill(address);
      await desk.field('webhook.description').fill('주문 서버');
      await desk.button('webhook.make').click();
      const secret = await desk.page.getByTestId('secret').innerText();
      await desk.button('once.done').click();
      await desk.page.getByTestId('webhooks').getByRole('link').filter({ hasText: '주문 서버' }).first().click();
      await desk.sees('webhook', 'on');

      await desk.button('test').click();
      await desk.page.locator('[data-testid=delivery][data-state=delivered]').waitFor();
      const shopper = await cast.shopper();
      const cashier = await cast.cashier();
      await shopper.pays(await cashier.asks(1_230), 1_230);
      await desk.page.reload();
      const payment = desk.page.locator('[data-testid=delivery][data-state=delivered]').filter({ hasText: desk.t('event.payment.captured') });
      await payment.first().waitFor();
      const sent = server.received.map(({ body }) => JSON.parse(body).type);
      assert.deepEqual(sent, ['webhook.test', 'payment.captured']);
      assert.ok(server.received.every((one) => Server.isSigned(one, secret)));
      assert.equal(JSON.parse(server.received[1].body).data.amount, 1_230);

      await payment.first().getByText(desk.t('event.payment.captured')).click();
      await payment.first().getByText('noted').waitFor();
      await desk.button('replay.one').click();
      await payment.first().getByText(desk.t('outcome.status', { status: 200 })).nth(1).waitFor();
      assert.equal(server.received[2].headers['webhook-id'], server.received[1].headers['webhook-id']);

      await desk.button('delete').click();
      await desk.button('delete.confirm').click();
      await desk.heading('nav.webhooks').waitFor();
    } finally {
      server.close();
    }
  });

  story('makes a key for a cashier, who opens the till with it until it is ended', async (cast) => {
    const desk = await owner(cast);
    await desk.link('nav.staff').click();
    await desk.button('staff.add').click();
    await desk.field('staff.name').fill('김하나');
    await desk.field('staff.till').fill('TILL-9');
    await desk.button('staff.make').click();
    const key = await desk.page.getByTestId('secret').innerText();
    await desk.button('once.done').click();

    const till = await cast.visitor({ room: 'till', viewport: DESK });
    await till.field('signin.key').fill(key);
    await till.button('signin.button').click();
    await till.page.getByTestId('amount').waitFor();

    const row = desk.page.getByTestId('staff').getByRole('listitem').filter({ hasText: '김하나' });
    await row.getByRole('button').click();
    await desk.button('staff.end.confirm').click();
    await row.waitFor({ state: 'detached' });
    await till.page.reload();
    await till.field('signin.key').waitFor();
  });
});
