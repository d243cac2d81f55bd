import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { story } from '../stage.mjs';

describe('the pages', () => {
  for (const room of ['front', 'wallet', 'till', 'explorer']) {
    story(`ask nobody but their own origin, and may not (${room})`, async (cast) => {
      const visitor = await cast.visitor({ room });
      await visitor.page.getByRole('heading').first().waitFor();
      await visitor.page.waitForLoadState('load');
      assert.ok(visitor.requests.length > 3, 'requests are seen at all');
      visitor.assertStayedAtHome();

      // Not only do they not ask: the browser would not let them.
      const refused = await visitor.page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => false, () => true));
      assert.ok(refused);
      assert.match(visitor.troubles.splice(0).join(), /Content Security Policy/);
      visitor.elsewhere.splice(0);
    });
  }
});
