import { OneAtATime, type Reply } from './one-at-a-time';
import { type Spawned, spawned } from './port';
import type { TrusteeAnswer, TrusteeRequest } from './trustee-service';

/** The page's side of the worker that makes a trustee's key and decrypts with it. */
export class TrusteeWorker extends OneAtATime<TrusteeRequest, TrusteeAnswer> {
  constructor(
    worker: Spawned<TrusteeRequest, Reply<TrusteeAnswer>> = spawned(
      new Worker(new URL('./trustee.worker.ts', import.meta.url), { type: 'module' }),
    ),
  ) {
    super(worker);
  }
}
