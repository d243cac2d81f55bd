import { SampleGateway } from './sample-gateway';
import { SampleVotes } from './sample-votes';

/** Serves the built pages with the sample gateway: npm run build, then npm run sample. */
const gateway = new SampleGateway('target/classes/webroot');
gateway.votes = await SampleVotes.make();
for (const { id, made } of gateway.votes.elections) console.log(id, made.election.name, made.voters[0]!.credential, `code ${gateway.votes.code}`);
console.log(await gateway.listen(Number(process.env.PORT ?? 8090)));
