import { expect, it } from 'vitest'
import { isSameOrigin } from './same-origin.ts'

const host = '192.168.0.7:3000'

it.each([
  ['a page of ours on plain http', { host, origin: 'http://192.168.0.7:3000' }, null, true],
  [
    'a page of ours that says so',
    { host, origin: 'http://192.168.0.7:3000', 'sec-fetch-site': 'same-origin' },
    null,
    true,
  ],
  ['a script without a browser', { host }, null, true],
  ['another host', { host, origin: 'http://evil.example' }, null, false],
  ['another port of this host', { host, origin: 'http://192.168.0.7:8080' }, null, false],
  ['an opaque origin', { host, origin: 'null' }, null, false],
  ['a sister domain', { host: 'taikai.example', 'sec-fetch-site': 'same-site' }, null, false],
  ['another site', { host, 'sec-fetch-site': 'cross-site' }, null, false],
  [
    'the public URL behind a proxy',
    { host: '127.0.0.1:3000', origin: 'https://taikai.example' },
    'https://taikai.example/',
    true,
  ],
  [
    'http where the public URL is https',
    { host: 'taikai.example', origin: 'http://taikai.example' },
    'https://taikai.example',
    false,
  ],
  [
    'a rebound name where a public URL is set',
    { host: 'evil.example', origin: 'http://evil.example' },
    'http://taikai.example',
    false,
  ],
])('%s', (_name, headers, publicUrl, expected) => {
  expect(isSameOrigin(headers, publicUrl)).toBe(expected)
})
