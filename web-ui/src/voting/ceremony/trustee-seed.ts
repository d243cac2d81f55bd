import { generatorOf } from '../group/fixed-base';
import { type Group, textOfElement } from '../group/group';
import { exponentOf } from '../hashes';
import { BASE58, randomBase58 } from '../randomness';
import { refuseUnless } from '../refusal';

/** What a threshold trustee keeps: 22 characters of Base58, from which both of its keys come. Never leaves its device. */
const CHARACTERS = 22;

export function newTrusteeSeed(): string {
  return randomBase58(CHARACTERS);
}

/** The two keys of a seed: one signs what the trustee sends, one opens what it receives. */
export interface ChannelKeys {
  readonly signing: bigint;
  readonly decryption: bigint;
  readonly verificationText: string;
  readonly encryptionText: string;
}

/** @throws Refusal for anything that is no seed */
export function channelKeys(group: Group, seed: string): ChannelKeys {
  refuseUnless(seed.length === CHARACTERS && [...seed].every((character) => BASE58.includes(character)), 'wrong-seed');
  const signing = exponentOf(group, `sk|${seed}`);
  const decryption = exponentOf(group, `dk|${seed}`);
  const publicText = (secret: bigint): string => textOfElement(group, generatorOf(group).secretPower(secret));
  return { signing, decryption, verificationText: publicText(signing), encryptionText: publicText(decryption) };
}
