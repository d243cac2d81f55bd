import { SampleRoles } from './sample-roles';

/** Serves the built pages with the sample gateway of those who run an election: npm run build, then node dev/run.js dev/serve-roles.ts. */
const gateway = new SampleRoles('target/classes/webroot');
console.log(await gateway.listen(Number(process.env.PORT ?? 8091)));
