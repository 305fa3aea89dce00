import type { ImportNote } from '@taikai/shared/wire/dataset'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'

/** What the import noticed, and what it did to the images, in words. */
export function ImportNotes({ notes }: { notes: readonly ImportNote[] }) {
  const { t } = useTexts()
  if (notes.length === 0) return <p>{t('datasets.checksNone')}</p>
  return (
    <ul>
      {notes.map((note) => (
        <li key={JSON.stringify(note)}>
          <Note note={note} />
        </li>
      ))}
    </ul>
  )
}

function Note({ note }: { note: ImportNote }) {
  const { t } = useTexts()
  switch (note.kind) {
    case 'KNOWN_FILE':
      return t('datasets.known', { file: note.file, what: note.what })
    case 'CLASS_IMBALANCE':
      return t('datasets.imbalance', { smallest: note.smallest, largest: note.largest })
    case 'CLASS_EMPTY':
      return t('datasets.classEmpty', { name: note.className })
    case 'DUPLICATE_IMAGES':
      return t('datasets.duplicates', { count: count(note.count) })
    case 'FILES_SKIPPED':
      return t('datasets.skipped', { count: count(note.count) })
    case 'IMAGES_RESIZED':
      return t('datasets.resized', { size: note.size })
    case 'HIDDEN_DRAWN':
      return t('datasets.drawn', { percent: note.hiddenPercent })
    case 'TRAINING_LEFT_OUT':
      return t('datasets.leftOut', { count: count(note.count) })
  }
}
