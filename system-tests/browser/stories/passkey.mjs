import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { story } from '../stage.mjs';
import { BoothVoter, sampleLetter } from '../voters.mjs';

describe('a voter', () => {
  story('needs no code when a passkey was added before, and nobody else’s passkey will do', async (cast) => {
    const { letter } = await sampleLetter(cast, 4);
    const voter = await BoothVoter.come(cast, letter);
    const { visitor, page } = voter;
    const device = await Authenticator.in(page);
    await voter.signsIn();
    await visitor.goes(`#/${letter.election}`);
    await visitor.button('passkey.add').click();
    await visitor.text('passkey.added').waitFor();
    assert.equal(await device.passkeys(), 1);
    await visitor.button('sign-out').click();

    await signsInWithPasskey(visitor, letter.voter);
    await visitor.heading('credential.title').waitFor();
    await voter.givesCredential();
    await visitor.goes(`#/${letter.election}`);
    await visitor.button('sign-out').click();

    const { letter: another } = await sampleLetter(cast, 7);
    await signsInWithPasskey(visitor, another.voter);
    await visitor.text('sign-in.passkey.not').waitFor();
  });
});

async function signsInWithPasskey(visitor, voter) {
  await visitor.button('front.sign-in').click();
  await visitor.field('sign-in.voter').fill(voter);
  await visitor.button('sign-in.passkey').click();
}

/** What a phone has inside: makes passkeys, and takes every touch for its owner's. */
class Authenticator {
  static async in(page) {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    return new Authenticator(session, authenticatorId);
  }

  constructor(session, authenticatorId) {
    this.session = session;
    this.authenticatorId = authenticatorId;
  }

  async passkeys() {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', { authenticatorId: this.authenticatorId });
    return credentials.length;
  }
}
