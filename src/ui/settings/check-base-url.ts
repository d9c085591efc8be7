/** What is wrong with a base URL, or null. Plain http is for this machine only: a key must not travel in the open. */
export function checkBaseUrl(text: string): string | null {
  if (text === '') return 'Where is the model? For example https://api.openai.com/v1';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'Not an address. It begins with https://, or http://localhost for a model on this machine.';
  }
  if (url.username !== '' || url.password !== '') return 'Leave name and password out of it. The key has its own field.';
  const local = /^(?:localhost|127\.0\.0\.1)$/.test(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && local)) return null;
  return 'It must begin with https://. Only localhost and 127.0.0.1 may use http://, because keys are sent along.';
}
