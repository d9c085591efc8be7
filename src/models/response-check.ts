import { hostOf } from './base-url.ts';
import { complainsOfStreamOptions, errorObjectFault, statusFault, type Asked } from './faults.ts';
import { asRecord, parseJson } from './json.ts';
import { ModelError } from './port.ts';

/** The endpoint does not take `stream_options`: the request may be sent again without. */
export class StreamOptionsRefused extends ModelError {}

/**
 * The response with a body that reports every piece of bytes to `hear`, once it is certain that it
 * may be a stream of a chat completion.
 *
 * @throws ModelError for HTTP errors, web pages and whole JSON bodies; StreamOptionsRefused where
 * `withUsage` was the reason.
 */
export async function checkedResponse(
  response: Response,
  asked: Asked,
  withUsage: boolean,
  hear: () => void,
): Promise<Response> {
  if (!response.ok) {
    const body = await response.text();
    const fault = statusFault(response.status, response.headers, body, asked);
    if (!withUsage || !complainsOfStreamOptions(response.status, body)) throw fault;
    throw new StreamOptionsRefused(fault.fault, fault.message, { status: response.status });
  }
  const type = response.headers.get('content-type') ?? '';
  if (/\bhtml\b/i.test(type)) {
    throw refusal(asked, 'answered with a web page', 'It may be a login page, a proxy, or the address of a site instead of its API.');
  }
  if (/\bjson\b/i.test(type)) throw wholeBodyFault(await response.text(), asked);
  if (response.body === null) throw refusal(asked, 'answered with nothing');
  return heardResponse(response, response.body, hear);
}

/** A JSON body where a stream was asked for. */
function wholeBodyFault(text: string, asked: Asked): ModelError {
  const body = parseJson(text);
  const record = asRecord(body);
  if (record?.['error'] != null) return errorObjectFault(record['error'], asked);
  if (Array.isArray(record?.['choices'])) {
    return refusal(asked, 'answered all at once instead of streaming', 'Switch on streaming in the server or the proxy before it.');
  }
  return refusal(asked, body === undefined ? 'answered with broken JSON' : 'answered with JSON that is no chat completion');
}

function refusal(asked: Asked, what: string, hint = ''): ModelError {
  const advice = 'Check that the base URL is that of an OpenAI-compatible API (most end in /v1).';
  return new ModelError('not-a-model', `${hostOf(asked.baseUrl)} ${what}. ${hint === '' ? advice : `${hint} ${advice}`}`);
}

/**
 * `response`, whose body reports its pieces as they are read. Its own body is put in the place of
 * the inherited one: a second response around a second stream costs more than all else that is done
 * with a short reply. Whoever reads it must iterate, as the SDK does with what can be iterated.
 */
function heardResponse(response: Response, body: ReadableStream<Uint8Array>, hear: () => void): Response {
  const heard: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]() {
      const reader = body.getReader();
      return {
        next: () =>
          reader.read().then((piece) => {
            if (!piece.done) hear();
            return piece;
          }),
        return: async () => {
          await reader.cancel();
          return { done: true, value: undefined };
        },
      };
    },
  };
  return Object.defineProperty(response, 'body', { value: heard });
}
