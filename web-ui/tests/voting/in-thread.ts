import type { Port, Spawned } from '../../src/voting/workers/port';

/** A worker in this thread: the same service, the same messages, cloned as between threads. */
export function inThread<Request, Reply>(serve: (port: Port<Request, Reply>) => void): Spawned<Request, Reply> & { readonly ended: () => boolean } {
  const { port1: outside, port2: inside } = new MessageChannel();
  serve(inside as unknown as Port<Request, Reply>);
  let ended = false;
  const worker = outside as unknown as Spawned<Request, Reply>;
  return Object.assign(worker, {
    onerror: null,
    ended: () => ended,
    terminate: () => {
      ended = true;
      outside.close();
    },
  });
}
