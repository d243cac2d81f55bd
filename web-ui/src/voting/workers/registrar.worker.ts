import { ownPort } from './port';
import { serveRegistrar } from './registrar-service';

serveRegistrar(ownPort());
