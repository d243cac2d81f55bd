import { ownPort } from './port';
import { serveTrustee } from './trustee-service';

serveTrustee(ownPort());
