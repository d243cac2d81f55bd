import { serveBallots } from './ballots-service';
import { ownPort } from './port';

serveBallots(ownPort());
