import { concat, fromBase64url, fromHex, utf8 } from './bytes';
import { readStatement } from './statement';

/**
 * The code that a customer shows and a till scans (docs/formats.md section 12): the parts of a mandate in the form of an EMVCo
 * consumer-presented code. Made without network; worth nothing when a single bit differs, because the mandate's signature is in it.
 */

const OUR_APPLICATION = 'f04d4144414e47';

/** @param mandate a statement `mandate`, as {@link makeStatement} signs it */
export function customerCode(mandate: string): string {
  const { signer, payload } = readStatement(mandate);
  const { asset, limit } = payload.operation;
  if (payload.purpose !== 'mandate' || typeof asset !== 'string' || typeof limit !== 'number') throw new Error('not a mandate');
  const opaque = concat(
    object(0xc1, fromBase64url(signer.kid)),
    object(0xc2, fromHex(payload.id)),
    object(0xc3, number(payload.validUntilMillis, 6)),
    object(0xc4, number(limit, 7)),
    object(0xc5, utf8(asset)),
    object(0xc6, fromBase64url(mandate.slice(mandate.lastIndexOf('.') + 1))),
  );
  const application = concat(object(0x4f, fromHex(OUR_APPLICATION)), object(0x5a, oneTimeNumber(payload.id)), object(0x63, opaque));
  return base64(concat(object(0x85, utf8('CPV01')), object(0x61, application)));
}

/** Whether a scanned text wants to be a customer's code; the gateway decides whether it is one. */
export function looksLikeCustomerCode(text: string): boolean {
  return text.startsWith('hQVDUFY');
}

/** BER-TLV: a tag of one byte, the length in one byte up to 127, else behind 81. */
function object(tag: number, value: Uint8Array): Uint8Array {
  return concat(Uint8Array.from(value.length <= 127 ? [tag, value.length] : [tag, 0x81, value.length]), value);
}

/** Big-endian. */
function number(value: number, length: number): Uint8Array {
  return fromHex(BigInt(value).toString(16).padStart(2 * length, '0'));
}

/** What readers take for a card number: 99, the id's first 8 bytes as 16 digits, the check digit (ISO/IEC 7812-1, annex B), F. */
function oneTimeNumber(id: string): Uint8Array {
  const digits = `99${String(BigInt(`0x${id.slice(0, 16)}`) % 10n ** 16n).padStart(16, '0')}`;
  const sum = [...digits].reverse().reduce((all, character, at) => {
    const weighted = Number(character) * (at % 2 === 0 ? 2 : 1);
    return all + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return fromHex(`${digits}${(10 - (sum % 10)) % 10}f`);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
