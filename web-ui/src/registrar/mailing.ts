import type { Entitled } from '../voting/register';

/** Where a voter goes with a credential: the part after # stays in the voter's browser. */
export function voteAddress(origin: string, election: string, credential: string): string {
  return `${origin}/vote#${election}.${credential}`;
}

/** A table for a mailing system (RFC 4180): every field in quotes, so that names may hold commas. */
export function mailingText(register: readonly Entitled[], names: ReadonlyMap<string, string>, about: { readonly election: string; readonly fingerprint: string | undefined }, origin: string): string {
  const { election, fingerprint } = about;
  const rows = register.map(({ identity, weight, credential }) => [
    identity,
    names.get(identity) ?? '',
    String(weight),
    credential,
    origin ? voteAddress(origin, election, credential) : '',
    fingerprint ?? '',
  ]);
  return [['voter', 'name', 'weight', 'credential', 'link', 'fingerprint'], ...rows]
    .map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(','))
    .join('\r\n');
}
