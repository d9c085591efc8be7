import type { ModelServerOptions } from './types.ts';

/** Headers of the answer to a preflight; null where the server knows nothing of CORS. */
export function preflightHeaders(options: ModelServerOptions, asked: string | undefined): Record<string, string> | null {
  const mode = options.cors ?? 'full';
  if (mode === 'none') return null;
  return {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': mode === 'strict' ? 'authorization, content-type' : (asked ?? '*'),
    ...(options.preflightMaxAge === undefined ? {} : { 'access-control-max-age': String(options.preflightMaxAge) }),
  };
}

/** Headers of an answer with this status. */
export function corsHeaders(options: ModelServerOptions, status: number): Record<string, string> {
  const mode = options.cors ?? 'full';
  if (mode === 'none' || (mode === 'errors-without' && status >= 400)) return {};
  return {
    'access-control-allow-origin': '*',
    ...(options.exposeRetryAfter === false ? {} : { 'access-control-expose-headers': 'retry-after, retry-after-ms' }),
  };
}
