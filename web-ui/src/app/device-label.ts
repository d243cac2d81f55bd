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
