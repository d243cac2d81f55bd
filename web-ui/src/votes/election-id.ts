/** Whether it has the form of an election's identifier. */
export function isElectionId(text: string): boolean {
  return /^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(text);
}
