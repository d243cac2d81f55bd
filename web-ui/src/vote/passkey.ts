import { call } from '../api/client';
import { base64url, fromBase64url } from '../chain/bytes';
import type { Session } from './booth.svelte';

/**
 * Passkeys (WebAuthn level 3) as a voter's second factor after the first one-time code. The gateway's options come in the JSON form of
 * the standard; not every browser reads that form itself.
 */
interface OptionsJson {
  readonly challenge: string;
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly DescriptorJson[];
  readonly allowCredentials?: readonly DescriptorJson[];
  readonly [other: string]: unknown;
}

interface DescriptorJson {
  readonly id: string;
  readonly type: 'public-key';
  readonly transports?: readonly string[];
}

/** Browsers make passkeys for names, never for the numbers of an address. */
export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === 'function' && window.isSecureContext && !/^[\d.]+$|:/.test(location.hostname);
}

const STORED = 'madang.passkeys';

/** Elections for which this device has a passkey; nothing about who voted. */
function known(): readonly string[] {
  return (localStorage.getItem(STORED) ?? '').split(',');
}

export function hasPasskey(election: string): boolean {
  return passkeysWork() && known().includes(election);
}

/** Adds a passkey of this device. @throws Refusal, Unreachable, or DOMException when the voter or the device said no */
export async function addPasskey(election: string, token: string): Promise<void> {
  const options = await call<OptionsJson>('POST', `/v1/elections/${election}/passkeys/options`, { body: {}, token });
  const publicKey = { ...withBytes(options), user: { ...options.user!, id: fromBase64url(options.user!.id) } };
  const made = (await navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions })) as PublicKeyCredential;
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  await call('POST', `/v1/elections/${election}/passkeys`, {
    token,
    body: credentialJson(made, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) }),
  });
  localStorage.setItem(STORED, [...known().filter((one) => one && one !== election), election].slice(-50).join());
}

/** Signs in with one. @throws as {@link addPasskey} */
export async function signInWithPasskey(election: string, voter: string): Promise<Session> {
  const options = await call<OptionsJson>('POST', `/v1/elections/${election}/sign-in/passkey/options`, { body: { voter } });
  const found = (await navigator.credentials.get({ publicKey: withBytes(options) as unknown as PublicKeyCredentialRequestOptions })) as PublicKeyCredential;
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response as AuthenticatorAssertionResponse;
  return await call<Session>('POST', `/v1/elections/${election}/sign-in/passkey`, {
    body: {
      voter,
      credential: credentialJson(found, {
        clientDataJSON: text(clientDataJSON),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
        ...(userHandle && { userHandle: text(userHandle) }),
      }),
    },
  });
}

function withBytes(options: OptionsJson): object {
  const descriptors = (list: readonly DescriptorJson[] | undefined) => list?.map((one) => ({ ...one, id: fromBase64url(one.id) }));
  const { excludeCredentials, allowCredentials } = options;
  return {
    ...options,
    challenge: fromBase64url(options.challenge),
    ...(excludeCredentials && { excludeCredentials: descriptors(excludeCredentials) }),
    ...(allowCredentials && { allowCredentials: descriptors(allowCredentials) }),
  };
}

function credentialJson({ id, type, rawId }: PublicKeyCredential, response: object): object {
  return { id, type, rawId: text(rawId), response, clientExtensionResults: {} };
}

function text(bytes: ArrayBuffer): string {
  return base64url(new Uint8Array(bytes));
}
