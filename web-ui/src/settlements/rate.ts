/** Basis points as people say them: 50 is 0.5 %, exactly and without zeros at the end. */
export function percentOf(basisPoints: number): string {
  return `${basisPoints / 100}%`;
}

/** What somebody typed as a percentage, in basis points; undefined when it is none from 0 to 100 with two decimals. */
export function basisPointsOf(text: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const basisPoints = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return basisPoints <= 10_000 ? basisPoints : undefined;
}
