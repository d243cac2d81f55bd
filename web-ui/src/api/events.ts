/**
 * Live news from the gateway: server-sent events read with fetch, because EventSource cannot carry a token. A lost stream is resumed after
 * the last event that arrived; a silent one (the gateway writes a comment every ten seconds) counts as lost.
 */
export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

export interface EventStream {
  close(): void;
}

interface Listener {
  onevent(event: ServerEvent): void;
  /** Each time the stream begins (again) or is lost. On `true` ask for the present state: news may have been missed. */
  onlive?(live: boolean): void;
}

const SILENCE_MILLIS = 25_000;
const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 15_000;

/** @param path of the stream, such as `/v1/events?topics=blocks` */
export function listen(path: string, token: () => string | undefined, listener: Listener): EventStream {
  let closed = false;
  let lastId = '';
  let waitMillis = FIRST_WAIT_MILLIS;
  let current = new AbortController();
  let wake = () => {};

  async function run(): Promise<void> {
    while (!closed) {
      current = new AbortController();
      try {
        await stream(current);
      } catch {
        // Lost; the loop begins again.
      }
      if (closed) return;
      listener.onlive?.(false);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, waitMillis * (0.7 + 0.6 * Math.random()));
      });
      waitMillis = Math.min(waitMillis * 2, LONGEST_WAIT_MILLIS);
    }
  }

  async function stream(controller: AbortController): Promise<void> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    const bearer = token();
    if (bearer) headers.Authorization = `Bearer ${bearer}`;
    if (lastId) headers['Last-Event-ID'] = lastId;
    let silence = setTimeout(() => controller.abort(), SILENCE_MILLIS);
    try {
      const response = await fetch(path, { headers, signal: controller.signal, cache: 'no-store' });
      if (!response.ok || !response.body) return;
      listener.onlive?.(true);
      const parser = new EventParser((event) => {
        if (event.id) lastId = event.id;
        listener.onevent(event);
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        waitMillis = FIRST_WAIT_MILLIS;
        clearTimeout(silence);
        silence = setTimeout(() => controller.abort(), SILENCE_MILLIS);
        parser.push(value);
      }
    } finally {
      clearTimeout(silence);
    }
  }

  const online = () => {
    waitMillis = FIRST_WAIT_MILLIS;
    wake();
  };
  addEventListener('online', online);
  void run();
  return {
    close() {
      closed = true;
      removeEventListener('online', online);
      current.abort();
      wake();
    },
  };
}

/** Takes the stream apart (WHATWG HTML, section 9.2.6). */
export class EventParser {
  private rest = '';
  private id = '';
  private event = '';
  private data: string[] = [];

  constructor(private readonly onevent: (event: ServerEvent) => void) {}

  push(chunk: string): void {
    this.rest += chunk;
    const lines = this.rest.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop()!;
    for (const line of lines) this.line(line);
  }

  private line(line: string): void {
    if (line === '') return this.dispatch();
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === 'id') this.id = value;
    else if (name === 'event') this.event = value;
    else if (name === 'data') this.data.push(value);
  }

  private dispatch(): void {
    if (this.data.length > 0) {
      let data: unknown;
      try {
        data = JSON.parse(this.data.join('\n'));
      } catch {
        data = undefined;
      }
      this.onevent({ id: this.id, event: this.event || 'message', data });
    }
    this.event = '';
    this.data = [];
  }
}
