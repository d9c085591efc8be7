import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const HEADERS_FILE = 'public/_headers';
const CSP = 'Content-Security-Policy';

interface HeaderRule {
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Reads the format of Netlify and Cloudflare Pages: a path, then its headers, indented. */
function readHeaderRules(): HeaderRule[] {
  const rules: { path: string; headers: [string, string][] }[] = [];
  for (const line of readFileSync(new URL(HEADERS_FILE, import.meta.url), 'utf8').split('\n')) {
    const header = /^\s+([^:]+):\s*(.+)$/.exec(line);
    if (header?.[1] && header[2]) rules.at(-1)?.headers.push([header[1], header[2].trim()]);
    else if (line.startsWith('/')) rules.push({ path: line.trim(), headers: [] });
  }
  return rules;
}

function headersFor(path: string): Record<string, string> {
  const matching = readHeaderRules().filter((rule) =>
    rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path,
  );
  return Object.fromEntries(matching.flatMap((rule) => rule.headers));
}

function contentSecurityPolicy(): string {
  const policy = headersFor('/')[CSP];
  if (!policy) throw new Error(`${HEADERS_FILE} has no ${CSP} for /*`);
  return policy;
}

/**
 * One policy, in `public/_headers`, for every place that needs it. A `<meta>` policy does not
 * govern workers, so hosts must send the header as well; the meta is the belt for those that cannot.
 */
function securityHeaders(): Plugin {
  return {
    name: 'security-headers',
    config(_, { command, isPreview }) {
      if (command === 'build' || isPreview) return undefined;
      // React refresh needs an inline script, and Vite puts styles inline and talks over a socket.
      const relaxed = contentSecurityPolicy()
        .replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
        .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
        .replace("connect-src 'self'", "connect-src 'self' ws:");
      return { server: { headers: { [CSP]: relaxed } } };
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        if (!bundle) return [];
        const content = contentSecurityPolicy()
          .split('; ')
          // A meta policy ignores this directive, with a warning in the console.
          .filter((directive) => !directive.startsWith('frame-ancestors'))
          .join('; ');
        const attrs = { 'http-equiv': CSP, content };
        return [{ tag: 'meta', attrs, injectTo: 'head-prepend' }];
      },
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://preview').pathname;
        for (const [name, value] of Object.entries(headersFor(path))) response.setHeader(name, value);
        next();
      });
    },
  };
}

/** What pdf.js asks for by name: character maps, the standard fonts, its decoders, colour profiles. */
const PDF_FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/**
 * Serves the files of pdf.js that src/documents/extract/pdf-library.ts names, under their own names in
 * `assets/pdf-<version>/`: what lies in assets/ is kept for a year, so the folder changes with them.
 */
function pdfAssets(): Plugin {
  const root = new URL('node_modules/pdfjs-dist/', import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const folder = `assets/pdf-${version}/`;
  const files = new Set(
    PDF_FOLDERS.flatMap((name) => readdirSync(new URL(`${name}/`, root)).map((file) => `${name}/${file}`)),
  );
  return {
    name: 'pdf-assets',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://dev');
        const file = pathname.startsWith(`/${folder}`) ? decodeURIComponent(pathname.slice(folder.length + 1)) : '';
        if (!files.has(file)) return next();
        response.setHeader('Content-Type', file.endsWith('.wasm') ? 'application/wasm' : file.endsWith('.js') ? 'text/javascript' : 'application/octet-stream');
        createReadStream(new URL(file, root)).pipe(response);
      });
    },
    generateBundle() {
      for (const file of files) {
        this.emitFile({ type: 'asset', fileName: folder + file, source: readFileSync(new URL(file, root)) });
      }
    },
  };
}

/** Says in one sentence that the port is taken, where Vite would show a stack. */
function portCheck(): Plugin {
  return {
    name: 'port-check',
    async configResolved({ preview, command }) {
      if (command !== 'serve' || process.argv[2] !== 'preview') return;
      const { port } = preview;
      const host = String(preview.host);
      const taken = await new Promise<boolean>((resolve) => {
        const probe = createServer();
        probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
        probe.listen(port, host, () => probe.close(() => resolve(false)));
      });
      if (!taken) return;
      process.stderr.write(
        `Port ${port} on ${host} is taken: stop what runs there, or choose another with ` +
          `\`npx vite preview --port ${port + 1}\`.\n`,
      );
      process.exit(1);
    },
  };
}

export default defineConfig({
  // Relative, so that the built page works under any path of any static host.
  base: './',
  // One page and no routes: a missing file is a 404, not the page again.
  appType: 'mpa',
  plugins: [react(), securityHeaders(), pdfAssets(), portCheck()],
  // The umbrella package brings four builds of QuickJS along; its core brings none, and src/repl
  // names the one that is used.
  resolve: { alias: [{ find: /^quickjs-emscripten$/, replacement: 'quickjs-emscripten-core' }] },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/worker-[name]-[hash].js',
        chunkFileNames: 'assets/worker-[name]-[hash].js',
      },
    },
  },
  build: {
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    // A font or icon as a data: URL would break the policy.
    assetsInlineLimit: 0,
    // e2e/size-budget.ts judges sizes, by what the first load needs, gzipped.
    chunkSizeWarningLimit: 2000,
    manifest: true,
  },
  // Workers' dependencies are found at the start, not in the middle of a run, which would reload.
  optimizeDeps: { entries: ['index.html', 'src/worker/*.worker.ts'] },
  server: { host: '127.0.0.1', port: 5173 },
  preview: { host: '127.0.0.1', port: 4173, strictPort: true },
});
