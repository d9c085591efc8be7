import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { constants, createSecureServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2';
import type { Certificate } from './certificate.ts';

export type Incoming = IncomingMessage | Http2ServerRequest;

/** An answer in the making, over either. */
export interface Outgoing {
  writeHead(status: number, headers: OutgoingHttpHeaders): unknown;
  /** Resolves when the bytes have left the process, or never will. */
  write(bytes: string | Uint8Array): Promise<void>;
  end(text?: string): void;
  /** Breaks the connection, or the stream of HTTP/2, in the middle. */
  cut(): void;
  /** The other side has gone, or it was cut. */
  readonly gone: boolean;
  /** Once, when no more is sent; `whole` where all of it was. */
  onEnd(listener: (whole: boolean) => void): void;
}

/** A server that listens on 127.0.0.1. */
export interface Listening {
  readonly port: number;
  /** Without path, `http://127.0.0.1:1234`. */
  readonly origin: string;
  /** Destroys open connections. */
  close(): Promise<void>;
}

/** As many as a page may want; Node's own number is unlimited, and Chromium takes a hundred by itself. */
const MOST_STREAMS = 1_000;

/** HTTP/1.1, or HTTP/2 over TLS where there is a certificate. @param port 0 is the system's choice. */
export async function listen(
  receive: (request: Incoming, response: Outgoing) => void,
  port = 0,
  certificate?: Certificate,
): Promise<Listening> {
  const answer = (request: Incoming, response: ServerResponse | Http2ServerResponse) =>
    receive(request, outgoing(response));
  const sessions = new Set<ServerHttp2Session>();
  const open = () => {
    if (!certificate) {
      const server = createServer(answer);
      // Idle connections outlive pauses of a test, as they do with real providers.
      server.keepAliveTimeout = 60_000;
      return { server, end: () => server.closeAllConnections() };
    }
    const server = createSecureServer({ ...certificate, settings: { maxConcurrentStreams: MOST_STREAMS } }, answer);
    server.on('session', (session) => {
      sessions.add(session);
      session.on('close', () => sessions.delete(session));
    });
    return { server, end: () => sessions.forEach((session) => session.destroy()) };
  };
  const { server, end } = open();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    port: address.port,
    origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        end();
      }),
  };
}

function outgoing(response: ServerResponse | Http2ServerResponse): Outgoing {
  return {
    writeHead: (status, headers) => response.writeHead(status, headers),
    write: (bytes) =>
      new Promise((resolve) => {
        const done = () => resolve();
        if ('stream' in response) response.write(bytes, done);
        else response.write(bytes, done);
      }),
    end: (text) => void response.end(text ?? ''),
    cut() {
      if ('stream' in response) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      else response.destroy();
    },
    get gone() {
      return 'stream' in response ? response.stream.destroyed : response.destroyed;
    },
    onEnd(listener) {
      let open = true;
      const end = (whole: boolean) => {
        if (open) listener(whole);
        open = false;
      };
      // The next request on a connection may come before 'close', so 'finish' counts first.
      response.on('finish', () => end(true));
      response.on('close', () => end(false));
    },
  };
}

/** Lower-case names; those of HTTP/2's own left out. */
export function flatHeaders(request: Incoming): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(':')) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
