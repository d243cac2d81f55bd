import { serveEncryption } from './encrypt-service';
import { ownPort } from './port';

serveEncryption(ownPort());
