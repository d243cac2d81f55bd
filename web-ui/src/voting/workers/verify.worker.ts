import { BallotPool } from './ballot-pool';
import { ownPort, spawned } from './port';
import { serveVerification } from './verify-service';

serveVerification(ownPort(), (workers) => {
  const spawn = (): Worker => new Worker(new URL('./ballots.worker.ts', import.meta.url), { type: 'module' });
  return new BallotPool(Array.from({ length: workers }, () => spawned(spawn())));
});
