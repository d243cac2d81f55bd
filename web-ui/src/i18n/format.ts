import { language } from './language.svelte';
import { common } from './common';

/** How people write money and time. Reads the language, so templates that use it follow a switch. */

const points = new Set<string>();
const names = new Map<string, { readonly ko: string; readonly en: string }>();

/** Tells which assets are points rather than won, and how they are called, as the chain says. */
export function knowAssets(assets: readonly { code: string; kind: string; name?: { readonly ko: string; readonly en: string } }[]): void {
  for (const asset of assets) {
    if (asset.kind === 'point') points.add(asset.code);
    if (asset.name) names.set(asset.code, asset.name);
  }
}

/** How people call an asset; its code when nobody said. */
export function assetName(code: string): string {
  return names.get(code)?.[language.current] ?? code;
}

export interface AmountParts {
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

/** Won after the number in Korean, its sign before it in English; points likewise by their own word. */
export function amountParts(amount: number, asset: string): AmountParts {
  const digits = new Intl.NumberFormat(language.current).format(amount);
  if (points.has(asset)) return { before: '', digits, after: common('unit.points') };
  return { before: common('unit.before'), digits, after: common('unit.after') };
}

export function money(amount: number, asset: string): string {
  const { before, digits, after } = amountParts(amount, asset);
  return before + digits + after;
}

export function count(value: number | bigint): string {
  return new Intl.NumberFormat(language.current).format(value);
}

/** As people say it: just now, minutes ago, today 14:03, yesterday 14:03, 20 November. What is to come by day and time of day. */
export function spokenTime(time: string | number | Date, now: number = Date.now()): string {
  const date = new Date(time);
  const age = now - date.getTime();
  // A clock may be a minute off.
  if (age < -60_000) return clockTime(date, now);
  if (age < 60_000) return common('time.now');
  if (age < 3_600_000) return common('time.minutes', { minutes: Math.floor(age / 60_000) });
  const clock = date.toLocaleTimeString(language.current, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const days = Math.round((startOfDay(now) - startOfDay(date.getTime())) / 86_400_000);
  if (days === 0) return common('time.today', { clock });
  if (days === 1) return common('time.yesterday', { clock });
  const sameYear = new Date(now).getFullYear() === date.getFullYear();
  const day = date.toLocaleDateString(language.current, {
    month: 'long',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
  return `${day} ${clock}`;
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

export function exactTime(time: string | number | Date): string {
  return new Date(time).toLocaleString(language.current, { dateStyle: 'long', timeStyle: 'medium', hourCycle: 'h23' });
}

/** A day and a time of day, for what is to come and for deadlines: 22 November, 18:00. The year only where it is another one. */
export function clockTime(time: string | number | Date, now: number = Date.now()): string {
  const date = new Date(time);
  const sameYear = new Date(now).getFullYear() === date.getFullYear();
  return date.toLocaleString(language.current, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** A business day, such as 2026-11-22, as people say it; it has no time of day and belongs to no other zone. */
export function dayName(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(language.current, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  });
}

/** A heading for a day in a list. */
export function spokenDay(time: string | number | Date, now: number = Date.now()): string {
  const date = new Date(time);
  const days = Math.round((startOfDay(now) - startOfDay(date.getTime())) / 86_400_000);
  if (days === 0) return common('day.today');
  if (days === 1) return common('day.yesterday');
  return date.toLocaleDateString(language.current, { month: 'long', day: 'numeric', weekday: 'short' });
}

/** A day of the calendar such as 2026-11-20, as a statement names it: the same everywhere, whatever the time there. */
export function calendarDay(day: string, now: number = Date.now()): string {
  return inCalendar(`${day}T00:00:00Z`, { month: 'long', day: 'numeric', weekday: 'short' }, now);
}

/** A month such as 2026-11. */
export function calendarMonth(month: string, now: number = Date.now()): string {
  return inCalendar(`${month}-01T00:00:00Z`, { month: 'long' }, now);
}

function inCalendar(time: string, parts: Intl.DateTimeFormatOptions, now: number): string {
  const date = new Date(time);
  const sameYear = new Date(now).getUTCFullYear() === date.getUTCFullYear();
  return date.toLocaleDateString(language.current, { timeZone: 'UTC', ...(sameYear ? {} : { year: 'numeric' }), ...parts });
}

/** The time of day in Korea, by whose days shops are settled. */
export function koreanClock(time: string | number | Date): string {
  return new Date(time).toLocaleTimeString(language.current, { timeZone: 'Asia/Seoul', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** The start and the end of a long identifier. */
export function shortened(identifier: string): string {
  return identifier.length <= 16 ? identifier : `${identifier.slice(0, 8)}…${identifier.slice(-6)}`;
}
