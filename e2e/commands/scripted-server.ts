import { engineScript } from '../bench/engine-script.ts';
import { startModelServer } from '../model-server/model-server.ts';

/**
 * The model of the engine benchmark in a process of its own. Writes its address as one JSON line,
 * and its counts for every line on stdin; ends with stdin.
 */
const mode = process.argv[3] === 'batched' ? 'batched' : 'sequential';
const server = await startModelServer({
  script: engineScript(mode),
  latencyMs: 50,
  keepBodies: false,
  preflightMaxAge: 600,
});
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
say({ url: server.url });
process.stdin.on('data', () => say(server.stats()));
await new Promise((resolve) => process.stdin.once('end', resolve));
await server.close();
