import { Alert } from '@mantine/core'
import type { Submission } from '@taikai/shared/wire/submission'
import { useTexts } from '../../../i18n/i18n.ts'

/** Tells an instructor that the outputs are not those of the round's engine, and why; others get no note. */
export function EngineNoteAlert({ engineNote }: Pick<Submission['run'], 'engineNote'>) {
  const { t } = useTexts()
  if (engineNote === null) return null
  return (
    <Alert color="yellow" variant="light" c="var(--ink)" my="md" title={t('submission.engineNote.title')}>
      {t(`submission.engineNote.${engineNote}`)}
    </Alert>
  )
}
