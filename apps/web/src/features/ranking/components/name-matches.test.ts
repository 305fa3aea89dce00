import { expect, it } from 'vitest'
import { nameMatches } from './name-matches.ts'

it.each([
  ['ReLU坂46', 'relu'],
  ['ReLU坂46', 'ＲＥＬＵ坂４６'],
  ['ドロップ同盟', 'ﾄﾞﾛｯﾌﾟ'],
  ['CNN 3層', ' cnn '],
  ['CNN 3層', ''],
])('%s is found by “%s”', (name, typed) => {
  expect(nameMatches(name, typed)).toBe(true)
})

it('a name without it is not', () => {
  expect(nameMatches('ReLU坂46', 'relu46')).toBe(false)
})
