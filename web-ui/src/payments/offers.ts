import { Refusal } from '../api/client';
import type { Balance } from '../api/types';
import type { Purse } from './split';

/** What beside coins can be used and earned, as the public routes of rules and programmes say it. */

export type SeriesKind = 'coin' | 'point' | 'voucher';

/** The rules that hold for an asset now (docs/formats.md section 14). */
export interface AssetRules {
  readonly expiresAt?: string;
  readonly categories?: readonly string[];
  readonly regions?: readonly string[];
  readonly gifts: boolean;
  readonly perPayment?: number;
  readonly perDay?: number;
  readonly holdingCap?: number;
}

export interface Series {
  readonly code: string;
  readonly kind: SeriesKind;
  readonly scale: number;
  readonly rules?: AssetRules;
}

/** A programme that gives a share of what is paid in coins. */
export interface EarningProgramme {
  readonly code: string;
  readonly asset: string;
  /** In hundredths of a percent. */
  readonly rate: number;
  readonly perPerson: number;
  readonly left: number;
  readonly fundAvailable: number;
  /** Of whoever asks. */
  readonly mine?: { readonly left: number };
}

export interface Offers {
  readonly series: readonly Series[];
  readonly earning: readonly EarningProgramme[];
}

interface Programme extends Omit<EarningProgramme, 'rate'> {
  readonly kind: string;
  readonly state: string;
  readonly rate?: number;
}

type Read = <Answer>(method: 'GET', path: string) => Promise<Answer>;

/**
 * Asks what can be used and earned. A gateway without programmes has none: then a payment is one of coins.
 *
 * @throws Unreachable
 */
export async function offers(read: Read): Promise<Offers> {
  const [series, programmes] = await Promise.all([list<Series>(read, '/v1/assets'), list<Programme>(read, '/v1/programmes')]);
  return {
    series,
    earning: programmes.flatMap(({ kind, state, rate, ...rest }) =>
      kind === 'earning' && state === 'running' && rate !== undefined ? { ...rest, rate } : [],
    ),
  };
}

async function list<Item>(read: Read, path: string): Promise<readonly Item[]> {
  try {
    return (await read<{ readonly items: readonly Item[] }>('GET', path)).items;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return [];
    throw error;
  }
}

/** What a person has, with the rules that bind it. */
export function purses(balances: readonly Balance[], { series }: Offers): readonly Purse[] {
  return balances.flatMap((balance) => {
    const one = series.find(({ code }) => code === balance.asset);
    if (!one) return [];
    return { ...balance, kind: one.kind, scale: one.scale, ...(one.rules ? { rules: one.rules } : {}) };
  });
}
