import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { glossaryWords } from './glossary-words.ts'

it.each(['ja', 'en'])('every word to which pages lead stands in the glossary (%s)', (language) => {
  const file = join(import.meta.dirname, `../../../../docs/glossary.${language}.md`)
  const words = [...readFileSync(file, 'utf8').matchAll(/\]\(#([\w-]+)\)/g)].map(([, word]) => word)
  expect(words.toSorted()).toEqual(glossaryWords.toSorted())
})
