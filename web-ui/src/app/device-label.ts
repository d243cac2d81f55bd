import { common } from '../i18n/common';

const SYSTEMS = ['android', 'iphone', 'mac', 'windows'] as const;
const BROWSERS = ['firefox', 'chrome', 'safari'] as const;

/** What kind of device this is, in the few characters that a key's label allows; never a person's name. */
export function deviceLabel(): string {
  const agent = navigator.userAgent;
  const system = /Android/.test(agent)
    ? 'android'
    : /iPhone|iPad/.test(agent)
      ? 'iphone'
      : /Mac OS/.test(agent)
        ? 'mac'
        : /Windows/.test(agent)
          ? 'windows'
          : 'browser';
  const browser = /Firefox/.test(agent) ? 'firefox' : /Chrome/.test(agent) ? 'chrome' : /Safari/.test(agent) ? 'safari' : 'web';
  return `${system} ${browser}`;
}

/** The label in the reader's words; as it is when this program did not make it. */
export function deviceName(label: string): string {
  const system = SYSTEMS.find((one) => label.startsWith(`${one} `));
  const browser = BROWSERS.find((one) => label === `${system ?? 'browser'} ${one}`);
  if (!browser) return label;
  return system ? `${common(`device.${system}`)} · ${common(`device.${browser}`)}` : common(`device.${browser}`);
}
