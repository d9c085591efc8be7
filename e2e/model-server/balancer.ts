import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Certificate } from './certificate.ts';
import { flatHeaders, listen, type Incoming, type Outgoing } from './listen.ts';

export interface Balancer {
  /** Base URL, ending in `/v1`. */
  readonly url: string;
  /** Requests that each backend answered to their end, by port. */
  readonly answered: ReadonlyMap<number, number>;
  /** Requests that were sent to another backend, because the first took no connection. */
  readonly movedOn: () => number;
  /** Requests that died with the backend that had them. */
  readonly lost: () => number;
  close(): Promise<void>;
}

const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
const PREFLIGHT = {
  ...CORS,
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '600',
};

/**
 * HTTP/2 over TLS in front of several HTTP/1.1 backends, one after the other, as in the README: it
 * answers preflights itself, asks another backend where one takes no connection, and hands what dies
 * in the middle back as a 502 or a broken stream, as balancers do that cannot know what was done.
 */
export async function startBalancer(ports: readonly number[], certificate: Certificate): Promise<Balancer> {
  const answered = new Map(ports.map((port) => [port, 0]));
  let turn = 0;
  let movedOn = 0;
  let lost = 0;

  const receive = (request: Incoming, response: Outgoing) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.method === 'OPTIONS') {
        response.writeHead(204, PREFLIGHT);
        response.end();
      } else forward(request, Buffer.concat(parts), response, 0);
    });
  };

  const forward = (request: Incoming, body: Buffer, response: Outgoing, tried: number) => {
    const port = ports[turn++ % ports.length];
    let begun = false;
    let over = false;
    const die = (error: NodeJS.ErrnoException) => {
      if (over || response.gone) return;
      over = true;
      if (error.code === 'ECONNREFUSED' && tried + 1 < ports.length) {
        movedOn++;
        forward(request, body, response, tried + 1);
        return;
      }
      lost++;
      if (begun) response.cut();
      else {
        response.writeHead(502, { ...CORS, 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'The backend is gone.' } }));
      }
    };
    const { method, url: path } = request;
    const { 'content-length': _length, host: _host, ...headers } = flatHeaders(request);
    const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers: { ...headers, 'content-length': body.length } });
    onward.on('error', die);
    onward.on('response', (answer: IncomingMessage) => {
      begun = true;
      response.writeHead(answer.statusCode ?? 502, { ...CORS, 'content-type': answer.headers['content-type'] ?? 'text/plain' });
      answer.on('data', (part: Buffer) => void response.write(part));
      answer.on('error', die);
      answer.on('end', () => {
        over = true;
        if (port !== undefined && path?.endsWith('/chat/completions')) answered.set(port, (answered.get(port) ?? 0) + 1);
        response.end();
      });
    });
    response.onEnd((whole) => {
      if (!whole) onward.destroy();
    });
    onward.end(body);
  };

  const { origin, close } = await listen(receive, 0, certificate);
  return { url: `${origin}/v1`, answered, movedOn: () => movedOn, lost: () => lost, close };
}
