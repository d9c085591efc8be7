import { createServer } from 'node:http';

export interface ServedFile {
  readonly body: string | Buffer;
  readonly type: string;
  /** Lets pages of other origins read it. */
  readonly cors: boolean;
  readonly status?: number;
}

export interface FileServer {
  /** Without path, `http://127.0.0.1:1234`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves files by their path on 127.0.0.1, each with or without CORS. */
export async function serveFiles(files: Readonly<Record<string, ServedFile>>): Promise<FileServer> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : (file.status ?? 200), {
      'content-type': file?.type ?? 'text/plain',
      ...(file?.cors === false ? {} : { 'access-control-allow-origin': '*' }),
    });
    response.end(file?.body ?? 'There is nothing here.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server of files has no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
