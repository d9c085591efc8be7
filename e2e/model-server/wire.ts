import type { Answer, ChatBody, Fault } from './types.ts';

/** What goes over the wire for one answer, decided before the first byte is sent. */
export type Wire =
  | { readonly kind: 'reset' }
  | { readonly kind: 'silent' }
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly frames: readonly string[];
      readonly then: 'end' | 'destroy' | 'stall';
    };

const JSON_TYPE = 'application/json';
const STREAM_TYPE = 'text/event-stream; charset=utf-8';
const PAGE = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';

/** The wire form of an answer to a chat completion. */
export function wireOf(answer: Answer, body: ChatBody, chunkChars: number): Wire {
  const { fault } = answer;
  return (fault && wholeFault(fault, answer, body)) ?? (body.stream ? stream(answer, body, chunkChars) : whole(answer, body));
}

/** The wire form of an error as OpenAI words it. */
export function errorWire(fault: Extract<Fault, { kind: 'status' }>): Wire {
  const error = { message: fault.message ?? `status ${fault.status}`, type: 'error', param: null, code: fault.code ?? null };
  return http(fault.status, JSON_TYPE, fault.body ?? JSON.stringify({ error }), fault.headers);
}

/** Any complete HTTP answer. */
export function http(status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): Wire {
  return { kind: 'http', status, headers: { 'content-type': type, ...headers }, frames: [body], then: 'end' };
}

/** Faults that replace the whole answer; null for those that happen within a stream. */
function wholeFault(fault: Fault, answer: Answer, body: ChatBody): Wire | null {
  switch (fault.kind) {
    case 'status':
      return errorWire(fault);
    case 'reset':
    case 'silent':
      return { kind: fault.kind };
    case 'html':
      return http(200, fault.asStream ? STREAM_TYPE : 'text/html', PAGE);
    case 'malformed-json':
      return http(200, JSON_TYPE, '{"choices": [{"message": ');
    case 'body':
      return http(200, fault.type, fault.body);
    case 'no-stream':
      return whole(answer, body);
    case 'cut':
    case 'no-finish':
    case 'stall':
    case 'broken-sse':
    case 'error-event':
      return null;
  }
}

function whole(answer: Answer, body: ChatBody): Wire {
  const message = { role: 'assistant', content: answer.text ?? '', reasoning_content: answer.reasoning };
  const choices = [{ index: 0, message, finish_reason: answer.finishReason ?? 'stop' }];
  const usage = answer.usage === null ? undefined : (answer.usage ?? countedUsage(answer, body));
  return http(200, JSON_TYPE, JSON.stringify({ ...envelope(body, 'chat.completion'), choices, usage }));
}

function stream(answer: Answer, body: ChatBody, chunkChars: number): Wire {
  const head = JSON.stringify(envelope(body, 'chat.completion.chunk')).slice(0, -1);
  const style = answer.wire ?? {};
  const eol = style.crlf ? '\r\n' : '\n';
  const event = (data: string): string => `data: ${data}${eol}${eol}`;
  const chunk = (choices: string, rest = ''): string =>
    (style.comments ? `: PROCESSING${eol}${eol}` : '') + event(`${head},"choices":${choices}${rest}}`) +
    (style.emptyChoices ? event(`${head},"choices":[]}`) : '');
  const delta = (name: string, text: string): string =>
    chunk(`[{"index":0,"delta":{"${name}":${JSON.stringify(text)}},"finish_reason":null}]`);

  const frames = [chunk('[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]')];
  const reasoning = style.plainReasoning ? 'reasoning' : 'reasoning_content';
  for (const piece of pieces(answer.reasoning ?? '', chunkChars)) frames.push(delta(reasoning, piece));
  for (const piece of pieces(answer.text ?? '', chunkChars)) frames.push(delta('content', piece));

  const cut = (count: number | undefined): string[] => frames.slice(0, 1 + (count ?? 1));
  const sent = (list: readonly string[], then: 'end' | 'destroy' | 'stall' = 'end'): Wire => ({
    kind: 'http',
    status: 200,
    headers: { 'content-type': STREAM_TYPE, 'cache-control': 'no-cache' },
    frames: list,
    then,
  });

  const { fault } = answer;
  if (fault?.kind === 'cut') return sent(cut(fault.afterChunks), 'destroy');
  if (fault?.kind === 'stall') return sent(cut(fault.afterChunks), 'stall');
  if (fault?.kind === 'no-finish') return sent(cut(fault.afterChunks ?? Infinity));
  if (fault?.kind === 'broken-sse') return sent([...cut(fault.afterChunks), event('{"choices":[{"del')]);
  if (fault?.kind === 'error-event') return sent([...cut(fault.afterChunks), event(JSON.stringify({ error: fault.error }))]);

  frames.push(chunk(`[{"index":0,"delta":{},"finish_reason":${JSON.stringify(answer.finishReason ?? 'stop')}}]`));
  if (body.includeUsage && answer.usage !== null) {
    frames.push(chunk('[]', `,"usage":${JSON.stringify(answer.usage ?? countedUsage(answer, body))}`));
  }
  frames.push(event('[DONE]'));
  return sent(frames, style.keepOpen ? 'stall' : 'end');
}

function envelope(body: ChatBody, object: string): Record<string, unknown> {
  return { id: 'chatcmpl-local', object, created: 1_700_000_000, model: body.model };
}

function countedUsage(answer: Answer, body: ChatBody): Record<string, unknown> {
  const input = Math.ceil(body.messages.reduce((sum, each) => sum + each.content.length, 0) / 4);
  const reasoning = Math.ceil((answer.reasoning ?? '').length / 4);
  const output = Math.ceil((answer.text ?? '').length / 4) + reasoning;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}

/** Cuts between code points, so that every piece is well-formed. */
function pieces(text: string, size: number): string[] {
  const list: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + Math.max(1, size));
    const unit = text.charCodeAt(to - 1);
    if (unit >= 0xd800 && unit <= 0xdbff && to < text.length) to += 1;
    list.push(text.slice(from, to));
    from = to;
  }
  return list;
}
