import { join } from 'node:path';
import { it } from 'node:test';

import { openBrowser } from './browser.mjs';
import { emptyFilm } from './camera.mjs';
import { Cast } from './people.mjs';

const PATIENCE_MILLIS = 120_000;

/** Where all stories play: one demo, one browser, one camera. */
class Stage {
  async open(demo, target) {
    this.demo = demo;
    this.target = target;
    this.film = join(target, 'camera.y4m');
    emptyFilm(this.film);
    this.browser = await openBrowser(this.film);
  }

  async close() {
    await this.browser.close();
  }
}

export const stage = new Stage();

/** One story: told with people of its own, none of whose pages may break or speak to anybody but the gateway. */
export function story(name, tell, patienceMillis = PATIENCE_MILLIS) {
  it(name, { timeout: patienceMillis }, async () => {
    const cast = new Cast(stage.browser, stage.demo, join(stage.target, 'failed'));
    try {
      await tell(cast);
      cast.assertNobodyLeft();
    } catch (failure) {
      await cast.photograph(name);
      throw failure;
    } finally {
      await cast.leave();
    }
  });
}
