import { translator } from '../i18n/translator';
import en from '../messages/en/banks';
import ko from '../messages/ko/banks';

const t = translator({ ko, en });

/** Codes of Korean banks as the clearing house has them (bank codes of KFTC), those that merchants use most; each has a name in the messages. */
export const BANKS = [
  '004', '088', '020', '081', '011', '003', '090', '092', '089', '045', '048', '071', '007', '002', '023', '027', '031', '032', '034', '035', '037', '039',
] as const;

type Bank = (typeof BANKS)[number];

function isBank(code: string): code is Bank {
  return (BANKS as readonly string[]).includes(code);
}

/** The name of a bank, or its code where we have none. */
export function bankName(code: string): string {
  return isBank(code) ? t(`bank.${code}`) : code;
}
