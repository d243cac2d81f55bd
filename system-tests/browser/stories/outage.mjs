import { join } from 'node:path';
import { describe, it } from 'node:test';

import { Demo } from '../demo.mjs';
import { Cast } from '../people.mjs';
import { stage, story } from '../stage.mjs';

describe('when the connection is lost', () => {
  story('every room says so, and carries on when it is back', async (cast) => {
    const shopper = await cast.shopper();
    await shopper.visitor.context.setOffline(true);
    await shopper.visitor.text('offline').waitFor();
    await shopper.seesBalance(30_000);
    await shopper.visitor.context.setOffline(false);
    await shopper.visitor.text('offline').waitFor({ state: 'detached' });
  });

  it('and the gateway stopped, a payment waits for it and is then made, once', { timeout: 600_000 }, async () => {
    const demo = await new Demo(join(stage.target, 'outage')).start();
    const cast = new Cast(stage.browser, demo, join(stage.target, 'failed'));
    try {
      const shopper = await cast.shopper();
      const cashier = await cast.cashier();
      await shopper.enters(await cashier.asks(11_000));
      await shopper.confirmSheet().waitFor();

      await demo.stop();
      await shopper.confirms(11_000);
      await shopper.visitor.sees('payment', 'waiting');
      await shopper.visitor.text('paid.waiting.network').waitFor();
      await cashier.visitor.text('live.lost').waitFor();

      await demo.start();
      await shopper.seesPaid();
      await cashier.seesPaid();
      await cashier.nextCustomer();
      await cashier.visitor.text('live.lost').waitFor({ state: 'detached' });
      await shopper.leavesPaidScreen();
      await shopper.seesBalance(19_000);
      cast.assertNobodyLeft();
    } catch (failure) {
      await cast.photograph('outage');
      throw failure;
    } finally {
      await cast.leave();
      await demo.stop();
    }
  });
});
