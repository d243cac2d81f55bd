/** How members and parts of a gateway are, as its API says it (gateway/src/main/resources/openapi.yaml). */

export interface ChainMember {
  readonly channel: 'payments' | 'votes';
  readonly chain: string;
  readonly name: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly power: number;
  /** Absent when it has signed none of the last blocks. */
  readonly lastHeight?: number;
  readonly lastSignedAt?: string;
}

export interface Part {
  readonly part: 'payments' | 'votes' | 'database' | 'projection' | 'settlement' | 'issuance' | 'webhooks' | 'disk';
  readonly state: 'good' | 'look' | 'down';
  readonly height?: number;
  readonly lastBlockAt?: string;
  readonly waiting?: number;
  readonly bytes?: number;
  readonly behind?: number;
  readonly open?: number;
  readonly oldestDay?: string;
  readonly unmatched?: number;
  readonly enabled?: number;
  readonly failing?: number;
  readonly disabled?: number;
  readonly freeBytes?: number;
  readonly totalBytes?: number;
}

export interface SystemHealth {
  readonly time: string;
  readonly members: readonly ChainMember[];
  readonly parts: readonly Part[];
}
