/** Elections that other systems hold, as the gateway's API tells them (gateway/src/main/resources/openapi.yaml). */
export interface AttachedElection {
  readonly id: string;
  readonly title: { readonly ko: string; readonly en: string };
  /** The only key that posts to the board. */
  readonly key: string;
  /** Who opened the board. */
  readonly administratorKey: string;
  readonly closesAt: string;
  readonly stage: 'open' | 'closed' | 'finished';
  /** How many hashes are on the board. */
  readonly ballots: number;
  /** Base64url; commits to the board in its order. */
  readonly head: string;
  /** As the other system tells it. The hash is base64url of SHA-256 of the document that the system publishes. */
  readonly result?: { readonly text: string; readonly hash: string };
}

export interface AttachedBallot {
  /** From 0. */
  readonly position: number;
  /** Base64url of the ballot's SHA-256: the tracker. */
  readonly hash: string;
}

export interface PostedBallot extends AttachedBallot {
  readonly transaction: string;
  readonly height: number;
}
