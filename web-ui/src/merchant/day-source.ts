import type { SettledDay } from '../api/settlements';
import { Unreachable, call, download } from '../api/client';
import type { BlockResults, Page, ReceivedPayment } from '../api/types';
import type { Line } from '../settlements/checks';
import type { BlockSource } from '../settlements/day-on-the-chain';
import type { DaySource } from '../settlements/prove-day';
import { desk } from './desk.svelte';

/** As long as a proof may take, the gateway may ask for a pause. */
const PAUSE_MILLIS = 1_000;
const MOST = 100;

/** What a proof checks, from the gateway. */
export function daySource(asset: string, day: string, signal: AbortSignal): DaySource {
  const path = `/v1/settlements/${asset}/${day}`;
  const page = (query: string, cursor: string | undefined) => `?${query}limit=${MOST}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
  return {
    attempts: async () => {
      const settled = await patiently(signal, () => desk.call<SettledDay>('GET', path));
      return settled.attempts ?? [settled];
    },
    lines: (cursor) => patiently(signal, () => desk.call<Page<Line>>('GET', `${path}/lines${page('', cursor)}`)),
    payments: async (cursor) => {
      const read = () => desk.call<Page<ReceivedPayment>>('GET', `/v1/merchant/payments${page(`from=${day}&until=${day}&`, cursor)}`);
      const { items, next } = await patiently(signal, read);
      const ofAsset = items.flatMap(({ position, legs, ...whole }) =>
        (legs ?? [whole]).filter((part) => part.asset === asset).map(({ amount }) => ({ position, change: amount })),
      );
      return next === undefined ? { items: ofAsset } : { items: ofAsset, next };
    },
    receipt: (transaction) => patiently(signal, () => download(`/v1/receipts/${transaction}`)),
  };
}

/** How many blocks are asked for at once; the gateway gives fewer of them when they are full. */
const BLOCKS = 500;

/** Blocks and results, as everybody may read them. */
export function blockSource(signal: AbortSignal): BlockSource {
  return {
    below: async (height) => (await patiently(signal, () => call<BlockResults>('GET', `/v1/results?below=${height}&limit=${BLOCKS}`))).items,
  };
}

async function patiently<Answer>(signal: AbortSignal, read: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Unreachable) || error.reason !== 'busy' || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
    }
  }
}
