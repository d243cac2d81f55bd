import { assetName, money } from '../i18n/format';

/** What a payment was made of, in one line: points 2,000P + S-Coin 5,000 won. Nothing when it was not of legs. */
export function partsText(legs: readonly { readonly asset: string; readonly amount: number }[] | undefined): string {
  return (legs ?? [])
    .filter(({ amount }) => amount > 0)
    .map(({ asset, amount }) => `${assetName(asset)} ${money(amount, asset)}`)
    .join(' + ');
}
