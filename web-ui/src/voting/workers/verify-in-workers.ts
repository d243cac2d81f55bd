import type { Progress } from '../verification';
import { type Spawned, WorkerFailure, spawned } from './port';
import type { VerificationReport } from './verification-report';
import type { ArchiveSource, VerifyReply, VerifyRequest } from './verify-service';

export interface VerifyOptions {
  readonly onProgress?: (progress: Progress, totalBytes: number | undefined) => void;
  /** Stops the work at once. */
  readonly signal?: AbortSignal;
  /** How many workers check ballots; one for each processor, but the page's, if nothing is said. */
  readonly workers?: number;
}

/**
 * Verifies an archive without holding up the page.
 *
 * @throws the signal's reason when aborted, and WorkerFailure when there is no verdict (the archive could not be fetched)
 */
export function verifyInWorkers(
  source: ArchiveSource,
  { onProgress, signal, workers = Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1)) }: VerifyOptions = {},
  worker: Spawned<VerifyRequest, VerifyReply> = spawned(
    new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' }),
  ),
): Promise<VerificationReport> {
  return new Promise<VerificationReport>((resolve, reject) => {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.onerror = ({ message }) => reject(new WorkerFailure(message ?? 'the worker failed'));
    worker.onmessage = ({ data }) => {
      if (data.type === 'progress') onProgress?.(data.progress, data.totalBytes);
      else if (data.type === 'verdict') resolve(data.report);
      else reject(new WorkerFailure(data.message));
    };
    worker.postMessage({ type: 'verify', source, workers });
  }).finally(() => worker.terminate()); // and with it the workers that it started
}
