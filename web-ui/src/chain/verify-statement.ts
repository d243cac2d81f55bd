import { fromBase64url, utf8 } from './bytes';
import { verifyEd25519 } from './ed25519';
import type { Statement } from './statement';

/** Whether the signature in a statement is right under the key that it names. */
export async function isSignedRight(statement: Statement): Promise<boolean> {
  const end = statement.text.lastIndexOf('.');
  const message = utf8(statement.text.slice(0, end));
  const signature = fromBase64url(statement.text.slice(end + 1));
  const key = fromBase64url(statement.signer.kid);
  if (statement.signer.algorithm === 'EdDSA') return verifyEd25519(key, message, signature);
  // Most keys are Ed25519: the other curve is loaded only when one turns up.
  const { verifyP256 } = await import('./p256');
  return verifyP256(key, message, signature);
}
