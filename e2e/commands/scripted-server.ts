import { scriptOfMode, type EngineMode } from '../bench/engine-script.ts';
import { createCertificate } from '../model-server/certificate.ts';
import { startModelServer } from '../model-server/model-server.ts';

/**
 * The model of the engine benchmark in a process of its own: the script of a mode, over HTTP/2 where
 * the next argument is `h2`. Writes its address as one JSON line, and its counts for every line on
 * stdin; ends with stdin.
 */
const [mode, protocol] = process.argv.slice(3);
const server = await startModelServer({
  script: scriptOfMode(mode as EngineMode),
  latencyMs: 50,
  keepBodies: false,
  preflightMaxAge: 600,
  ...(protocol === 'h2' && { certificate: await createCertificate() }),
});
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
say({ url: server.url });
process.stdin.on('data', () => say(server.stats()));
await new Promise((resolve) => process.stdin.once('end', resolve));
await server.close();
