import { corsHeaders, preflightHeaders } from './cors.ts';
import { flatHeaders, listen, type Incoming, type Outgoing } from './listen.ts';
import { readChatBody } from './read-body.ts';
import { isRootConversation } from './script.ts';
import { send, type Pace } from './send.ts';
import type { Answer, CallKind, ChatBody, ModelServer, ModelServerOptions, RecordedRequest, ScriptedCall } from './types.ts';
import { errorWire, http, wireOf, type Wire } from './wire.ts';

const AT_ONCE: Pace = { chunkDelayMs: 0, splitBytes: undefined };

/**
 * A local OpenAI-compatible server, over HTTP/1.1 or with a certificate HTTP/2, whose replies a script decides: for unit tests,
 * end-to-end tests and benchmarks. It records every request and can misbehave in every way that
 * real endpoints do.
 */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const started = performance.now();
  const requests: RecordedRequest[] = [];
  const attempts = new Map<string, number>();
  const arrived: Record<CallKind, number> = { root: 0, sub: 0 };
  const inFlight: Record<CallKind, number> = { root: 0, sub: 0 };
  const most = { root: 0, sub: 0, all: 0 };
  const counts = { models: 0, preflights: 0, refused: 0, aborted: 0, biggestRequest: 0 };
  const latency = { calls: 0, totalMs: 0 };

  function receive(request: Incoming, response: Outgoing): void {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => route(request, response, Buffer.concat(parts)));
  }

  function route(request: Incoming, response: Outgoing, bytes: Buffer): void {
    const received = performance.now();
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const headers = flatHeaders(request);
    const record = (call: ScriptedCall | null): void => {
      counts.biggestRequest = Math.max(counts.biggestRequest, bytes.length);
      requests.push({
        at: performance.now() - started,
        method: request.method ?? '',
        path,
        headers,
        origin: headers['origin'] ?? null,
        size: bytes.length,
        call,
      });
    };
    const answer = (wire: Wire, pace: Pace = AT_ONCE): void => {
      const cors = wire.kind === 'http' ? corsHeaders(options, wire.status) : {};
      void send(response, wire, cors, pace);
    };

    if (request.method === 'OPTIONS') {
      counts.preflights += 1;
      record(null);
      const allowed = preflightHeaders(options, headers['access-control-request-headers']);
      response.writeHead(allowed === null ? 405 : 204, allowed ?? {});
      response.end();
      return;
    }
    if (options.key !== undefined && headers['authorization'] !== `Bearer ${options.key}`) {
      counts.refused += 1;
      record(null);
      answer(refusal(headers['authorization'], options.echoKey ?? 'masked'));
      return;
    }
    if (request.method === 'GET' && path === '/v1/models') {
      counts.models += 1;
      record(null);
      answer(modelList(options));
      return;
    }
    if (request.method !== 'POST' || path !== '/v1/chat/completions') {
      record(null);
      answer(errorWire({ kind: 'status', status: 404, message: `No such path: ${path}` }));
      return;
    }

    const raw = bytes.toString();
    const body = readChatBody(raw);
    if (body === null) {
      record(null);
      answer(errorWire({ kind: 'status', status: 400, message: 'The body is not a chat completion request.' }));
      return;
    }
    const call = callOf(raw, body);
    record(options.keepBodies === false ? null : call);
    const scripted = options.script(call);
    const reply: Answer = typeof scripted === 'string' ? { text: scripted } : scripted;
    const wire = wireOf(withUsage(reply), body, reply.chunkChars ?? options.chunkChars ?? 64);
    track(call.kind, response, wire);
    const pace = { chunkDelayMs: reply.chunkDelayMs ?? options.chunkDelayMs ?? 0, splitBytes: reply.wire?.splitBytes };
    const answerCall = (): void => {
      answer(wire, pace);
      latency.calls += 1;
      latency.totalMs += performance.now() - received;
    };
    const delay = reply.latencyMs ?? options.latencyMs ?? 0;
    if (reply.after !== undefined) void reply.after.then(answerCall);
    else if (delay > 0) setTimeout(answerCall, delay);
    else answerCall();
  }

  const withUsage = (reply: Answer): Answer =>
    options.usage === false && reply.usage === undefined ? { ...reply, usage: null } : reply;

  function callOf(raw: string, body: ChatBody): ScriptedCall {
    const attempt = (attempts.get(raw) ?? 0) + 1;
    attempts.set(raw, attempt);
    const kind = (options.isRoot ?? isRootConversation)(body.messages) ? 'root' : 'sub';
    return {
      kind,
      body,
      prompt: body.messages.findLast((each) => each.role === 'user')?.content ?? '',
      turn: body.messages.filter((each) => each.role === 'assistant').length,
      attempt,
      index: arrived[kind]++,
    };
  }

  /** Counts the call in flight until its last byte is out, or its connection gone. */
  function track(kind: CallKind, response: Outgoing, wire: Wire): void {
    inFlight[kind] += 1;
    most[kind] = Math.max(most[kind], inFlight[kind]);
    most.all = Math.max(most.all, inFlight.root + inFlight.sub);
    const cutByUs = wire.kind === 'reset' || (wire.kind === 'http' && wire.then === 'destroy');
    response.onEnd((whole) => {
      inFlight[kind] -= 1;
      if (!whole && !cutByUs) counts.aborted += 1;
    });
  }

  const { port, origin, close } = await listen(receive, options.port, options.certificate);
  return {
    url: `${origin}/v1`,
    port,
    requests,
    stats: () => ({ ...arrived, ...counts, maxInFlight: { ...most }, meanLatencyMs: latency.totalMs / Math.max(1, latency.calls) }),
    close,
  };
}

function modelList(options: ModelServerOptions): Wire {
  const models = options.models ?? ['root-model', 'sub-model'];
  if ('status' in models) return http(models.status, models.type, models.body);
  const data = models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'local' }));
  return http(200, 'application/json', JSON.stringify({ object: 'list', data }));
}

/** A 401 in OpenAI's words, which repeat the key. */
function refusal(authorization: string | undefined, echo: 'none' | 'masked' | 'whole'): Wire {
  const key = (authorization ?? '').replace(/^Bearer /, '');
  const masked = `${key.slice(0, 8)}${'*'.repeat(12)}${key.slice(-4)}`;
  const said = { none: '', masked: `: ${masked}`, whole: `: ${key}` }[echo];
  const message =
    key === ''
      ? "You didn't provide an API key."
      : `Incorrect API key provided${said}. You can find your API key in your account.`;
  return errorWire({ kind: 'status', status: 401, message, code: 'invalid_api_key' });
}
