import { call } from '../api/client';
import type { ChainInfo } from '../api/types';
import { knowAssets } from '../i18n/format';

let known: Promise<ChainInfo> | undefined;

/** What the chain says of itself; asked once. @throws Refusal or Unreachable */
export function chainInfo(): Promise<ChainInfo> {
  known ??= call<ChainInfo>('GET', '/v1/chain').then(
    (info) => {
      knowAssets(info.assets);
      return info;
    },
    (error: unknown) => {
      known = undefined;
      throw error;
    },
  );
  return known;
}
