import { describe, expect, test } from 'vitest';
import { hostOf, isLoopback, normaliseBaseUrl } from './base-url.ts';

describe('normaliseBaseUrl', () => {
  test.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['  https://api.openai.com/v1/  ', 'https://api.openai.com/v1'],
    ['api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https://openrouter.ai/api/v1/chat/completions', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api/v1/chat/completions/', 'https://openrouter.ai/api/v1'],
    ['localhost:11434/v1', 'http://localhost:11434/v1'],
    ['LOCALHOST:11434', 'http://localhost:11434'],
    ['127.0.0.1:1234/v1//', 'http://127.0.0.1:1234/v1'],
    ['[::1]:8080/v1', 'http://[::1]:8080/v1'],
    ['https://localhost:8443/v1', 'https://localhost:8443/v1'],
    ['localhost.example.com/v1', 'https://localhost.example.com/v1'],
    ['http://192.168.1.5:8000', 'http://192.168.1.5:8000'],
    ['https://generativelanguage.googleapis.com/v1beta/openai#keys', 'https://generativelanguage.googleapis.com/v1beta/openai'],
    ['https://host/', 'https://host'],
  ])('%s becomes %s', (typed, url) => {
    expect(normaliseBaseUrl(typed)).toEqual({ ok: true, url });
    expect(normaliseBaseUrl(url)).toEqual({ ok: true, url });
  });

  test.each([
    ['', /Enter the base URL/],
    ['   ', /Enter the base URL/],
    ['not a url', /not a web address/],
    ['https://', /not a web address/],
    ['javascript:alert(1)', /not a web address/],
    ['ftp://host/v1', /https:\/\/ or http:\/\//],
    ['file:///etc/passwd', /https:\/\/ or http:\/\//],
    ['https://me:hunter2@host/v1', /password/],
    ['me:hunter2@host/v1', /password/],
    ['https://host/v1?key=hunter2', /before the “\?”/],
  ])('%j is refused with a sentence that does not repeat it', (typed, words) => {
    const result = normaliseBaseUrl(typed);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.message).toMatch(words);
    expect(result.message).not.toContain('hunter2');
  });
});

test('isLoopback and hostOf', () => {
  expect(['http://localhost:1/v1', 'http://127.8.9.1', 'http://[::1]/', 'http://a.localhost'].map(isLoopback)).toEqual([true, true, true, true]);
  expect(['https://localhost.evil.com', 'http://10.0.0.1', 'https://127.0.0.1.nip.io'].map(isLoopback)).toEqual([false, false, false]);
  expect(hostOf('http://localhost:11434/v1')).toBe('localhost:11434');
});
