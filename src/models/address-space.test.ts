import { expect, test } from 'vitest';
import { addressSpaceInit, addressSpaceOf, needsLocalPermission, whyNotAllowed } from './address-space.ts';

test.each([
  ['http://localhost:11434/v1', 'loopback'],
  ['http://127.0.0.1:1', 'loopback'],
  ['http://[::1]:8000/v1', 'loopback'],
  ['https://10.0.0.7/v1', 'local'],
  ['https://192.168.1.20:8443/v1', 'local'],
  ['https://172.16.0.1', 'local'],
  ['https://172.32.0.1', 'public'],
  ['https://[fd00::1]/v1', 'local'],
  ['https://gpu.local/v1', 'local'],
  ['https://api.openai.com/v1', 'public'],
  ['https://10.example.com', 'public'],
])('%s is %s', (url, space) => {
  expect(addressSpaceOf(url)).toBe(space);
});

test.each([
  ['https://app.example', 'http://localhost:1/v1', true],
  ['https://app.example', 'https://192.168.1.2/v1', true],
  ['https://192.168.1.2', 'http://localhost:1/v1', true],
  ['http://localhost:4173', 'http://localhost:1/v1', false],
  ['http://localhost:4173', 'https://192.168.1.2/v1', false],
  ['https://app.example', 'https://api.openai.com/v1', false],
  [null, 'http://localhost:1/v1', false],
])('a page of %s asks for %s: permission %s', (origin, url, needed) => {
  expect(needsLocalPermission(origin, url)).toBe(needed);
  expect(Object.keys(addressSpaceInit(origin, url))).toEqual(needed ? ['targetAddressSpace'] : []);
});

test.each([
  ['http://localhost:11434/v1', null],
  ['http://127.0.0.1:8000/v1', null],
  ['https://192.168.1.2/v1', null],
  ['http://[::1]:8000/v1', /Write http:\/\/localhost:8000\/v1 instead/],
  ['http://0.0.0.0:11434/v1', /Write http:\/\/localhost:11434\/v1 instead/],
  ['http://192.168.1.2/v1', /https:\/\/ address/],
  ['http://api.example.com/v1', /https:\/\/ address/],
])('%s is refused by the page’s policy: %s', (url, why) => {
  if (why === null) expect(whyNotAllowed(url)).toBeNull();
  else expect(whyNotAllowed(url)).toMatch(why);
});
