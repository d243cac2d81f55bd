/** One end of a conversation between a page and a worker: a worker, the inside of one, or a message port. */
export interface Port<In, Out> {
  postMessage(message: Out): void;
  onmessage: ((event: { readonly data: In }) => void) | null;
}

/** A worker as seen from outside. */
export interface Spawned<Request, Reply> extends Port<Reply, Request> {
  onerror: ((event: { readonly message?: string }) => void) | null;
  terminate(): void;
}

/** The inside of a dedicated worker. (The types of a page's `self` are another's.) */
export function ownPort<Request, Reply>(): Port<Request, Reply> {
  return self as unknown as Port<Request, Reply>;
}

/** A worker that speaks so. (The browser's types do not know what its messages are.) */
export function spawned<Request, Reply>(worker: Worker): Spawned<Request, Reply> {
  return worker as unknown as Spawned<Request, Reply>;
}

/** A worker died, or could not be loaded. */
export class WorkerFailure extends Error {}
