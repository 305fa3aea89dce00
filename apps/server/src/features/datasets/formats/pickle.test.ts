import { describe, expect, it } from 'vitest'
import { PickleError, readPickle } from './pickle.ts'

const pickle = (body: string) => readPickle(Buffer.from(`\x80\x02${body}`, 'latin1'))

describe('readPickle', () => {
  it.each<[string, string, unknown]>([
    ['small and large numbers', '(K\x07M\x00\x01J\xff\xff\xff\xfft.', { kind: 'tuple', items: [7, 256, -1] }],
    ['constants', 'N\x88\x89\x87.', { kind: 'tuple', items: [null, true, false] }],
    [
      'strings',
      'U\x02abT\x01\x00\x00\x00c\x86.',
      { kind: 'tuple', items: [Buffer.from('ab'), Buffer.from('c')] },
    ],
    ['lists, one by one and many at once', ']K\x01a(K\x02K\x03e.', [1, 2, 3]],
    ['memory', 'K\x05q\x00h\x00\x86.', { kind: 'tuple', items: [5, 5] }],
    ['dicts', '}U\x01aK\x01s.', { kind: 'dict', entries: new Map([['a', 1]]) }],
  ])('reads %s', (_, body, value) => {
    expect(pickle(body)).toEqual(value)
  })

  it.each([
    ['a name beyond the list', 'cos\nsystem\n.'],
    ['a listed name split otherwise', 'cnumpy dtype\n\n.'],
    ['an extension', '\x82\x01.'],
    ['an instance of a class', '(ios\nsystem\n.'],
    ['a new object', 'cnumpy\ndtype\n)\x81.'],
    ['a persistent id', 'Pfile\n.'],
    ['a call of what is no name', 'K\x01K\x02\x86R.'],
    ['a dict with a number as key', '}K\x01K\x02s.'],
    ['a string that is cut off', 'U\x05ab'],
    ['a string of negative length', 'T\xff\xff\xff\xff.'],
    ['an empty stack', '.'],
    ['what was never memorised', 'h\x03.'],
    ['an end without stop', 'K\x01'],
  ])('refuses %s', (_, body) => {
    expect(() => pickle(body)).toThrow(PickleError)
  })

  it('refuses other protocols', () => {
    expect(() => readPickle(Buffer.from('\x80\x04N.', 'latin1'))).toThrow(PickleError)
    expect(() => readPickle(Buffer.from('(dp0\n.', 'latin1'))).toThrow(PickleError)
  })
})
