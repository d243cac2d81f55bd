const CHECKS = ['database', 'engine', 'votes'] as const;

export interface Health {
  readonly up: boolean;
  readonly checks: readonly { readonly name: (typeof CHECKS)[number] | 'answer'; readonly up: boolean }[];
}

/** Whether the gateway can work now, in its own words; a gateway that is down says so with 503, and that is an answer here. */
export async function health(): Promise<Health> {
  try {
    const response = await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
    const body = (await response.json()) as { status: string; checks?: Record<string, string> };
    return { up: body.status === 'up', checks: CHECKS.map((name) => ({ name, up: body.checks?.[name] === 'up' })) };
  } catch {
    return { up: false, checks: [{ name: 'answer', up: false }] };
  }
}
