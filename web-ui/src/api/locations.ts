/** Where a merchant sells, as the gateway's API says it. */

export interface Location {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly region: string;
}

export interface Till {
  readonly till: string;
  /** How many keys belong to it and were not ended. */
  readonly keys: number;
  /** Where it stands; absent when nobody has said. */
  readonly location?: string;
}

export interface Locations {
  readonly items: readonly Location[];
  readonly tills: readonly Till[];
}
