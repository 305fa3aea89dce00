import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { GlossaryWord } from '../../lib/glossary-words.ts'

/** Leads to a word's place in the glossary. */
export function GlossaryLink({ word, children }: { word: GlossaryWord; children: ReactNode }) {
  return (
    <Link to="/guide/glossary" hash={word}>
      {children}
    </Link>
  )
}
