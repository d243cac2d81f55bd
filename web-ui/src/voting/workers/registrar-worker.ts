import { OneAtATime } from './one-at-a-time';
import { spawned } from './port';
import type { RegistrarAnswer, RegistrarRequest } from './registrar-service';

/** The page's side of the worker that makes credentials. Who starts the worker decides how: from its own file, or from inside the page. */
export class RegistrarWorker extends OneAtATime<RegistrarRequest, RegistrarAnswer> {
  constructor(worker: Worker) {
    super(spawned(worker));
  }
}
