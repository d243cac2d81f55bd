/**
 * Speaks with the gateway. Three kinds of answer are kept apart: what was asked for; a refusal, which is final and says why; and
 * not knowing (no connection, an overloaded or broken server), after which the same request may be sent again.
 */

/** The server said no (RFC 9457). */
export class Refusal extends Error {
  constructor(
    /** The last segment of the problem's type, such as `intent-expired`. */
    readonly problem: string,
    readonly status: number,
    readonly members: Readonly<Record<string, unknown>>,
  ) {
    super(problem);
  }
}

/** We do not know whether it was done. */
export class Unreachable extends Error {
  constructor(readonly reason: 'network' | 'server' | 'busy') {
    super(reason);
  }
}

export interface RequestOptions {
  readonly body?: unknown;
  /** A JSON body as it is, for what is signed or hashed and must not be encoded a second time. */
  readonly text?: string;
  readonly token?: string | undefined;
  readonly idempotencyKey?: string;
  readonly timeoutMillis?: number;
  /** What kind of answer is wanted; JSON unless it says otherwise. */
  readonly accept?: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const DEFAULT_TIMEOUT_MILLIS = 15_000;

/** @throws Refusal or Unreachable */
export async function call<Answer>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await send(method, path, options);
  const text = await response.text().catch(() => {
    throw new Unreachable('network');
  });
  return (text ? parsed(text) : undefined) as Answer;
}

/** The bytes of an answer, for what is signed and must not be encoded a second time. @throws Refusal or Unreachable */
export async function download(path: string, options: RequestOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send('GET', path, options);
  return new Uint8Array(
    await response.arrayBuffer().catch(() => {
      throw new Unreachable('network');
    }),
  );
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: options.accept ?? 'application/json' };
  const body = options.text ?? (options.body === undefined ? null : JSON.stringify(options.body));
  if (body !== null) headers['Content-Type'] = 'application/json';
  if (options.token) headers.Authorization = `Bearer ${options.token}`;
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body,
      signal: AbortSignal.timeout(options.timeoutMillis ?? DEFAULT_TIMEOUT_MILLIS),
      cache: 'no-store',
    });
  } catch {
    throw new Unreachable('network');
  }
  if (response.ok) return response;
  throw await failure(response);
}

async function failure(response: Response): Promise<Refusal | Unreachable> {
  if (response.status === 429 || response.status === 408 || response.status === 425) return new Unreachable('busy');
  if (response.status >= 500) return new Unreachable('server');
  const problem = parsed(await response.text().catch(() => '')) as Record<string, unknown> | undefined;
  const type = typeof problem?.type === 'string' ? problem.type : '';
  return new Refusal(type.split('/').at(-1) || String(response.status), response.status, problem ?? {});
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
