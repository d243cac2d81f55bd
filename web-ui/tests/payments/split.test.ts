import { describe, expect, it } from 'vitest';
import type { EarningProgramme } from '../../src/payments/offers';
import { type Purchase, type Purse, canUse, givesBack, split } from '../../src/payments/split';
import { Random, seeds } from '../seeds';

const NOW = Date.parse('2026-11-22T03:00:00Z');
const ALL = { points: true, vouchers: true };
const coin: Purse = { asset: 'S-COIN', kind: 'coin', scale: 0, available: 20_000, held: 0 };
const points: Purse = { asset: 'POINT', kind: 'point', scale: 0, available: 2_000, held: 0 };
const gift: Purse = { asset: 'GIFT-26', kind: 'voucher', scale: 0, available: 5_000, held: 0, rules: { gifts: false, categories: ['5814'] } };
const earning: EarningProgramme = { code: 'DAYS', asset: 'POINT', rate: 250, perPerson: 1_000, left: 50_000, fundAvailable: 9_000 };
const cafe: Purchase = { price: 12_000, coin: 'S-COIN', shop: { category: '5814' }, nowMillis: NOW };

describe('the split of a price', () => {
  it('uses points, then vouchers, then coins, and earns on the coins', () => {
    expect(split(cafe, [coin, gift, points], ALL, [earning])).toEqual({
      legs: [{ asset: 'POINT', amount: 2_000 }, { asset: 'GIFT-26', amount: 5_000 }, { asset: 'S-COIN', amount: 5_000 }],
      earned: { programme: 'DAYS', asset: 'POINT', amount: 125 },
      missing: 0,
    });
  });

  it('leaves points or vouchers alone on request', () => {
    expect(split(cafe, [coin, gift, points], { points: false, vouchers: true }, []).legs).toEqual([
      { asset: 'GIFT-26', amount: 5_000 },
      { asset: 'S-COIN', amount: 7_000 },
    ]);
    expect(split(cafe, [coin, gift, points], { points: false, vouchers: false }, []).legs).toEqual([{ asset: 'S-COIN', amount: 12_000 }]);
  });

  it('needs no coins when points and vouchers are enough', () => {
    expect(split({ ...cafe, price: 1_500 }, [{ ...coin, available: 0 }, points], ALL, [earning])).toEqual({
      legs: [{ asset: 'POINT', amount: 1_500 }],
      missing: 0,
    });
  });

  it('says what is missing', () => {
    expect(split(cafe, [{ ...coin, available: 1_000 }, points], ALL, []).missing).toBe(9_000);
  });

  it.each([
    ['another trade', { shop: { category: '5942' } }, {}],
    ['no trade', { shop: {} }, {}],
    ['another region', {}, { regions: ['KR-26'] }],
    ['expired', {}, { expiresAt: '2026-11-22T03:00:00Z' }],
  ])('uses no voucher that the shop does not take: %s', (_, purchase, rules) => {
    const bound = { ...gift, rules: { ...gift.rules!, ...rules } };
    expect(split({ ...cafe, ...purchase }, [coin, bound], ALL, []).legs).toEqual([{ asset: 'S-COIN', amount: 12_000 }]);
    expect(canUse('voucher', { ...cafe, ...purchase }, [coin, bound])).toBe(false);
  });

  it('keeps to the caps of a payment and of a day', () => {
    const capped = { ...gift, spentToday: 700, rules: { gifts: false, perPayment: 3_000, perDay: 1_000 } };
    expect(split(cafe, [coin, capped], ALL, []).legs[0]).toEqual({ asset: 'GIFT-26', amount: 300 });
    expect(split({ ...cafe, limits: { perPayment: 200 } }, [coin, capped], ALL, []).legs[0]).toEqual({ asset: 'GIFT-26', amount: 200 });
  });

  it('uses first what expires first, and names the legs by their codes', () => {
    const soon = { ...gift, asset: 'GIFT-Z', available: 4_000, rules: { gifts: false, expiresAt: '2026-12-01T00:00:00Z' } };
    const later = { ...gift, asset: 'GIFT-A', available: 9_000, rules: { gifts: false, expiresAt: '2027-12-01T00:00:00Z' } };
    expect(split({ ...cafe, price: 5_000 }, [coin, later, soon], ALL, []).legs).toEqual([
      { asset: 'GIFT-A', amount: 1_000 },
      { asset: 'GIFT-Z', amount: 4_000 },
    ]);
  });

  it('claims what gives most, and never more than there is room, share and fund for', () => {
    const better = { ...earning, code: 'MORE', rate: 500, mine: { left: 60 } };
    const own = split({ ...cafe, price: 8_000 }, [coin, points], { ...ALL, points: false }, [earning, better]);
    expect(own.earned).toEqual({ programme: 'DAYS', asset: 'POINT', amount: 200 });
    const full = { ...points, rules: { gifts: true, holdingCap: 2_010 } };
    expect(split(cafe, [coin, full], { ...ALL, points: false }, [earning]).earned?.amount).toBe(10);
    expect(split(cafe, [coin, full], ALL, [earning]).earned?.amount).toBe(250);
  });

  it('does not split a price that is not in a coin', () => {
    expect(split({ ...cafe, coin: 'POINT', price: 500 }, [coin, points, gift], ALL, [earning])).toEqual({
      legs: [{ asset: 'POINT', amount: 500 }],
      missing: 0,
    });
  });

  it.each(seeds(200))('is what a plain model says, seed %i', (seed) => {
    const random = new Random(seed);
    const purses: Purse[] = [{ ...coin, available: random.below(3_000) }];
    for (let i = random.below(9); i > 0; i--) purses.push(randomPurse(random, `${random.one(['A', 'B', 'C'])}-${i}`));
    const purchase = { ...cafe, price: 1 + random.below(4_000), shop: { category: random.one(['5814', '5942']) } };
    const wish = { points: random.below(4) > 0, vouchers: random.below(4) > 0 };
    const programme = { ...earning, rate: 1 + random.below(5_000), left: random.below(500) };
    const found = split(purchase, purses, wish, [programme]);
    expect(found.legs).toEqual(model(purchase, purses, wish));

    expect(found.legs.reduce((sum, { amount }) => sum + amount, 0)).toBe(purchase.price);
    const coins = found.legs.find(({ asset }) => asset === 'S-COIN')?.amount ?? 0;
    expect(found.missing).toBe(Math.max(0, coins - purses[0]!.available));
    const purse = purses.find(({ asset }) => asset === 'POINT');
    expect(found.earned?.amount ?? 0).toBe(purse ? Math.min(Number((BigInt(coins) * BigInt(programme.rate)) / 10_000n), programme.left, 1_000) : 0);
  });
});

function randomPurse(random: Random, asset: string): Purse {
  const rules = {
    gifts: true,
    ...(random.below(2) ? { categories: [random.one(['5814', '5942'])] } : {}),
    ...(random.below(2) ? { perPayment: 1 + random.below(300) } : {}),
    ...(random.below(2) ? { expiresAt: new Date(NOW + (random.below(5) - 1) * 86_400_000).toISOString() } : {}),
  };
  return { asset, kind: random.one(['point', 'voucher']), scale: 0, available: random.below(900), held: 0, rules };
}

/** Won by won: each is taken from the first that may still give one. */
function model({ price, shop }: Purchase, purses: readonly Purse[], wish: { points: boolean; vouchers: boolean }) {
  const used = new Map<string, number>();
  const queue = purses
    .filter(({ kind }) => (kind === 'point' && wish.points) || (kind === 'voucher' && wish.vouchers))
    .map((purse) => ({ purse, ends: purse.rules?.expiresAt ? Date.parse(purse.rules.expiresAt) : Number.MAX_SAFE_INTEGER }))
    .filter(({ purse, ends }) => ends > NOW && (purse.rules?.categories ?? [shop.category]).includes(shop.category!))
    .sort((a, b) => a.purse.kind.localeCompare(b.purse.kind) || a.ends - b.ends || a.purse.asset.localeCompare(b.purse.asset));
  for (let won = 0; won < price; won++) {
    const next = queue.find(({ purse }) => {
      const so = used.get(purse.asset) ?? 0;
      const isNew = so === 0 && used.size - (used.has('S-COIN') ? 1 : 0) === 7;
      return !isNew && so < purse.available && so < (purse.rules?.perPayment ?? Infinity);
    });
    const asset = next?.purse.asset ?? 'S-COIN';
    used.set(asset, (used.get(asset) ?? 0) + 1);
  }
  const order = ['point', 'voucher', 'coin'];
  const kindOf = (asset: string) => order.indexOf(purses.find((purse) => purse.asset === asset)!.kind);
  return [...used]
    .map(([asset, amount]) => ({ asset, amount }))
    .sort((a, b) => kindOf(a.asset) - kindOf(b.asset) || a.asset.localeCompare(b.asset));
}

describe('what a refund gives back', () => {
  it('takes the last leg first, whatever came back before', () => {
    const legs = [
      { asset: 'POINT', amount: 2_000, refunded: 0 },
      { asset: 'GIFT-26', amount: 5_000, refunded: 1_000 },
      { asset: 'S-COIN', amount: 5_000, refunded: 5_000 },
    ];
    expect(givesBack(legs, 4_500).map(({ amount }) => amount)).toEqual([500, 4_000, 0]);
  });

  it.each(seeds(50))('comes to the same in one refund or in many, seed %i', (seed) => {
    const random = new Random(seed);
    const paid = ['POINT', 'GIFT-26', 'S-COIN'].map((asset) => ({ asset, amount: 1 + random.below(50) }));
    const whole = paid.reduce((sum, { amount }) => sum + amount, 0);
    let legs = paid.map((leg) => ({ ...leg, refunded: 0 }));
    for (let left = whole; left > 0; ) {
      const now = 1 + random.below(left);
      const back = givesBack(legs, now);
      expect(back.reduce((sum, { amount }) => sum + amount, 0)).toBe(now);
      legs = legs.map((leg, at) => ({ ...leg, refunded: leg.refunded + back[at]!.amount }));
      left -= now;
      const given = whole - left;
      expect(legs.map(({ refunded }) => refunded)).toEqual(lastFirst(paid, given));
    }
  });
});

function lastFirst(paid: readonly { readonly amount: number }[], given: number): number[] {
  const won = paid.flatMap(({ amount }, at) => Array.from({ length: amount }, () => at)).slice(-given);
  return paid.map((_, at) => won.filter((one) => one === at).length);
}
