import type { Proposal } from '../../api/rules';
import { named } from '../../app/names';
import { shortened } from '../../i18n/format';
import { assetName } from '../words';
import { t } from './texts';

/** What a proposal is about, as a title. */
export function proposalName(proposal: Proposal): string {
  return t(`proposal.${proposal.purpose}`, { about: about(proposal) });
}

function about(proposal: Proposal): string {
  switch (proposal.purpose) {
    case 'programme.set':
      return named(proposal.name) || proposal.about;
    case 'account.attributes':
      return shortened(proposal.about);
    case 'asset.rules':
    case 'asset.sweep':
      return assetName(proposal.about);
  }
}
