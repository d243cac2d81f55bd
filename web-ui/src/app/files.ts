/** Files that people keep, and open again. */

/** Hands a text to the browser to save. Where it ends up is the person's choice; whether it did, nobody tells us. */
export function saveFile(name: string, text: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The text of a file that somebody chose; undefined when it is too large or no text. */
export async function textOfFile(file: Blob, maxBytes: number): Promise<string | undefined> {
  if (file.size > maxBytes) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}
