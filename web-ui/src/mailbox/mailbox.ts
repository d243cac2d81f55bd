/** A message to a sample voter, in the demo. */
export interface Message {
  readonly id: string;
  readonly to: string;
  readonly kind: 'credential' | 'code' | 'notice';
  readonly at: string;
  readonly subject: string;
  readonly text: string;
  readonly election?: string;
  /** With kind `credential`. */
  readonly credential?: string;
  /** With kind `code`. */
  readonly code?: string;
}

export interface Mailbox {
  readonly owner: string;
  readonly messages: readonly Message[];
}

/** Messages by their owner, in the order of the addresses; in each the newest first. */
export function mailboxes(messages: readonly Message[]): Mailbox[] {
  const byOwner = new Map<string, Message[]>();
  for (const message of [...messages].sort((a, b) => (a.at < b.at ? 1 : -1))) {
    const own = byOwner.get(message.to) ?? [];
    byOwner.set(message.to, [...own, message]);
  }
  return [...byOwner].map(([owner, own]) => ({ owner, messages: own })).sort((a, b) => a.owner.localeCompare(b.owner));
}

/** Whether the letter's text says nothing more than what the page shows large. */
export function repeatsSecret({ text, code, credential }: Message): boolean {
  const plain = text.replace(/\s/g, '');
  return [code, credential].some((secret) => secret !== undefined && plain.includes(secret.replace(/\s/g, '')));
}

/** Where a message leads: straight to the vote, with the credential where it is one. */
export function voteLink({ election, credential }: Message): string | undefined {
  if (!election) return undefined;
  return credential ? `/vote#${election}.${credential}` : `/vote#${election}`;
}
