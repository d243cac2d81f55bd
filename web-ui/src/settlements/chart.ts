/** One bar of a chart: what came, and what was given back. */
export interface Bar {
  readonly key: string;
  readonly up: number;
  readonly down: number;
}

interface Point {
  readonly at: string;
  readonly captures: number;
  readonly refunds: number;
}

/** The bars of a period, those without sales too: 24 hours of a day (`2026-11-20`), or all days of a month (`2026-11`). */
export function barsOf(period: string, points: readonly Point[]): readonly Bar[] {
  const known = new Map(points.map((point) => [point.at, point]));
  return keysOf(period).map((key) => ({ key, up: known.get(key)?.captures ?? 0, down: known.get(key)?.refunds ?? 0 }));
}

function keysOf(period: string): readonly string[] {
  const [year, month, day] = period.split('-').map(Number);
  const two = (number: number) => String(number).padStart(2, '0');
  if (day !== undefined) return Array.from({ length: 24 }, (_, hour) => two(hour));
  const days = new Date(Date.UTC(year!, month!, 0)).getUTCDate();
  return Array.from({ length: days }, (_, at) => `${period}-${two(at + 1)}`);
}
