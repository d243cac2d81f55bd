/**
 * The link that a registrar or a trustee was given: `/trustee#<election>.<token>`. What follows # never reaches a server by itself. The
 * address keeps it, so that a reload or a bookmark comes back.
 */
export interface RoleLink {
  readonly election: string;
  /** Absent when only the election is known: what is public works without. */
  readonly token: string | undefined;
}

export function roleLink(hash: string): RoleLink | undefined {
  const [, election, token] = /^#?\/?([1-9A-HJ-NP-Za-km-z]{14,64})(?:\.([A-Za-z0-9_-]{8,200}))?$/.exec(hash) ?? [];
  return election === undefined ? undefined : { election, token };
}
