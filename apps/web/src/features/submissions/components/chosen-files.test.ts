import { expect, it } from 'vitest'
import { refusalOf, withFiles } from './chosen-files.ts'

const file = (name: string, bytes = 1) => new File([new Uint8Array(bytes)], name)

it('adds files, in place of those of the same name, and leaves out what systems put into folders', () => {
  const old = [file('model.json'), file('weights.bin')]
  const added = ['weights.bin', '.DS_Store', '._weights.bin', 'Thumbs.db', 'extra.bin'].map((name) =>
    file(name, 2),
  )
  const files = withFiles(old, added)
  expect(files.map(({ name, size }) => [name, size])).toEqual([
    ['model.json', 1],
    ['weights.bin', 2],
    ['extra.bin', 2],
  ])
})

it('tells what the server would refuse unseen', () => {
  const twice = withFiles([], [file('model.json'), file('a.bin'), file('a.bin')])
  expect(refusalOf(twice, 10)).toEqual({ code: 'UPLOAD_NAME_REPEATED', params: { name: 'a.bin' } })
  const large = [file('a', 6), file('b', 5)]
  expect(refusalOf(large, 10)).toEqual({ code: 'UPLOAD_TOO_LARGE', params: { limitBytes: 10 } })
  expect(refusalOf(large, 11)).toBeNull()
  const many = Array.from({ length: 201 }, (_, at) => ({ name: String(at), size: 0 }))
  expect(refusalOf(many, 10)).toEqual({ code: 'UPLOAD_TOO_MANY_FILES', params: { limit: 200 } })
  expect(refusalOf(many.slice(1), 10)).toBeNull()
})
