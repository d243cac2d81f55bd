/** A statement's place in the room: `settlements/S-COIN/2026-11-20`, of a month `settlements/S-COIN/2026-11`, and a day's `…/proof`. */
export interface StatementPlace {
  readonly asset: string;
  readonly period: string;
  readonly proof: boolean;
}

/** Undefined for any other place: what stands in the address is put into calls. */
export function statementPlace(path: readonly string[]): StatementPlace | undefined {
  const [screen, asset, period, proof, ...more] = path;
  if (screen !== 'settlements' || more.length > 0 || (proof !== undefined && proof !== 'proof')) return undefined;
  if (asset === undefined || !/^[A-Z][A-Z0-9-]{0,11}$/.test(asset)) return undefined;
  if (period === undefined || !/^\d{4}-(0[1-9]|1[0-2])(-\d\d)?$/.test(period)) return undefined;
  if (proof !== undefined && period.length !== '2026-11-20'.length) return undefined;
  return { asset, period, proof: proof !== undefined };
}
