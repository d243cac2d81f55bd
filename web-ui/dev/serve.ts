import { SampleGateway } from './sample-gateway';

/** Serves the built pages with the sample gateway: npm run build, then npm run sample. */
const gateway = new SampleGateway('target/classes/webroot');
console.log(await gateway.listen(Number(process.env.PORT ?? 8090)));
