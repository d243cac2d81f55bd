import { join } from 'node:path';
import { it } from 'node:test';

import { openBrowser } from './browser.mjs';
import { emptyFilm } from './camera.mjs';
import { Cast } from './people.mjs';

/** Long enough for a machine that does much else; a story that hangs is still found. */
const PATIENCE_MILLIS = 400_000;

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
    emptyFilm(stage.film); // every camera of this browser plays it: one story's code must not be found in the next
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
