import { ed25519 } from '@noble/curves/ed25519.js';

import type { Candidate, Element, Group } from './group';

/**
 * The prime-order subgroup of the curve of Ed25519 (RFC 8032), without cofactor tricks: nothing is multiplied by 8, so a point plus one
 * of small order is another point, and must be refused by the membership test.
 *
 * The text form is the compressed point as a number in 64 hexadecimal digits: the bytes of RFC 8032 in reverse order.
 */
const { Point } = ed25519;
type CurvePoint = typeof Point.BASE;

const HEX = /^[0-9a-f]{64}$/;

class Curve implements Group {
  readonly name = 'Ed25519';
  readonly order = Point.Fn.ORDER;
  readonly generator = opaque(Point.BASE) as Element;
  readonly neutral = opaque(Point.ZERO) as Element;

  times<T extends Candidate>(a: T, b: T): T {
    return opaque(point(a).add(point(b))) as T;
  }

  squared<T extends Candidate>(a: T): T {
    return opaque(point(a).double()) as T;
  }

  inverse<T extends Candidate>(a: T): T {
    return opaque(point(a).negate()) as T;
  }

  same(a: Candidate, b: Candidate): boolean {
    return point(a).equals(point(b));
  }

  /** One inversion serves all (Montgomery's trick): products of all but one, going up and coming down. */
  texts(elements: readonly Element[]): string[] {
    const field = Point.Fp;
    const before: bigint[] = [];
    let all = field.ONE;
    for (const element of elements) {
      before.push(all);
      all = field.mul(all, point(element).Z);
    }
    let inverse = field.inv(all);
    const texts = new Array<string>(elements.length);
    for (let i = elements.length - 1; i >= 0; i--) {
      const { X, Y, Z } = point(elements[i]!);
      const inverseZ = field.mul(inverse, before[i]!);
      inverse = field.mul(inverse, Z);
      const sign = field.mul(X, inverseZ) & 1n;
      texts[i] = (field.mul(Y, inverseZ) | (sign << 255n)).toString(16).padStart(64, '0');
    }
    return texts;
  }

  decode(text: string): Candidate | undefined {
    if (!HEX.test(text)) return undefined;
    const bytes = Uint8Array.from({ length: 32 }, (_, i) => parseInt(text.slice(62 - 2 * i, 64 - 2 * i), 16));
    try {
      return opaque(Point.fromBytes(bytes, false)); // strict: y below p, and no sign without an x
    } catch {
      return undefined;
    }
  }
}

function opaque(value: CurvePoint): Candidate {
  return value as unknown as Candidate;
}

function point(element: Candidate): CurvePoint {
  return element as unknown as CurvePoint;
}

export const ed25519Group: Group = new Curve();
