/** Trackers: hashes of ballots, as people see them (43 characters of standard Base64) and as addresses hold them (base64url). */

const TRACKER = /^[A-Za-z0-9+/]{43}$/;
const IN_ADDRESS = /#\/(?:attached\/)?[1-9A-HJ-NP-Za-km-z]{14,64}\/check\/([A-Za-z0-9_-]{43})$/;

/**
 * A tracker as typed, pasted or scanned: spaces, line ends and the = of padded Base64 are no part of it, base64url means the same, and of
 * the address in a tracker's QR only its end counts. Undefined for anything else.
 */
export function trackerIn(typed: string): string | undefined {
  const text = typed.replace(/\s/g, '');
  const bare = IN_ADDRESS.exec(text)?.[1] ?? text.replace(/=$/, '');
  const tracker = bare.replace(/-/g, '+').replace(/_/g, '/');
  return TRACKER.test(tracker) ? tracker : undefined;
}

/** The form that stands in paths. */
export function inPath(tracker: string): string {
  return tracker.replace(/\+/g, '-').replace(/\//g, '_');
}

/** The place of the check that an address leads to, for the code of another election than the one that is looked at. */
export function checkPlaceIn(address: string): string | undefined {
  return IN_ADDRESS.test(address.trim()) ? address.trim().slice(address.indexOf('#/') + 2) : undefined;
}

/** Where anybody checks the ballot. What follows # is not sent to a server when the page is loaded. */
export function checkAddress(origin: string, election: string, tracker: string): string {
  return `${origin}/elections#/${election}/check/${inPath(tracker)}`;
}
