import { textOf, utf8 } from '../chain/bytes';

/** A ballot that was opened for a check instead of being cast, with all that another machine needs to check it. */
export interface OpenedBallot {
  /** The exact texts of the election's record, of the ballot, and of what it was made of. */
  readonly election: string;
  readonly ballot: string;
  readonly openings: string;
}

const FORMAT = 'madang-opened-ballot';
const MOST_BYTES = 8 << 20;

export function openedBallotFile({ election, ballot, openings }: OpenedBallot): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify({ format: FORMAT, version: 1, election, ballot, openings }));
}

/** Undefined for anything but such a file. */
export function readOpenedBallot(bytes: Uint8Array): OpenedBallot | undefined {
  if (bytes.length > MOST_BYTES) return undefined;
  try {
    const { format, version, election, ballot, openings } = JSON.parse(textOf(bytes)) as Record<string, unknown>;
    if (format !== FORMAT || version !== 1) return undefined;
    if (typeof ballot !== 'string' || typeof election !== 'string' || typeof openings !== 'string') return undefined;
    return { election, ballot, openings };
  } catch {
    return undefined;
  }
}
