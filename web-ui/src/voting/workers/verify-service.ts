import { type Chunks, chunksOf } from '../archive/byte-source';
import { type Progress, verifyArchive } from '../verification';
import type { BallotPool } from './ballot-pool';
import type { Port } from './port';
import { type VerificationReport, reportOf } from './verification-report';

/** An archive: a file that somebody chose, or where to fetch it. */
export type ArchiveSource = Blob | string;

export interface VerifyRequest {
  readonly type: 'verify';
  readonly source: ArchiveSource;
  /** How many workers check ballots. */
  readonly workers: number;
}

export type VerifyReply =
  | { readonly type: 'progress'; readonly progress: Progress; readonly totalBytes: number | undefined }
  | { readonly type: 'verdict'; readonly report: VerificationReport }
  /** No verdict: the archive could not be fetched, or something broke. */
  | { readonly type: 'failed'; readonly message: string };

export function serveVerification(port: Port<VerifyRequest, VerifyReply>, pool: (workers: number) => BallotPool): void {
  port.onmessage = async ({ data: { source, workers } }) => {
    const checker = pool(workers);
    try {
      const { chunks, totalBytes } = await opened(source);
      const onProgress = (progress: Progress): void => port.postMessage({ type: 'progress', progress, totalBytes });
      port.postMessage({ type: 'verdict', report: reportOf(await verifyArchive(chunks, { checker, onProgress })) });
    } catch (error) {
      port.postMessage({ type: 'failed', message: String(error) });
    } finally {
      checker.close();
    }
  };
}

async function opened(source: ArchiveSource): Promise<{ chunks: Chunks; totalBytes: number | undefined }> {
  if (typeof source !== 'string') return { chunks: chunksOf(source.stream()), totalBytes: source.size };
  const response = await fetch(source);
  if (!response.ok || !response.body) throw new Error(`the archive could not be fetched (${response.status})`);
  const length = Number(response.headers.get('content-length'));
  return { chunks: chunksOf(response.body), totalBytes: length > 0 ? length : undefined };
}
