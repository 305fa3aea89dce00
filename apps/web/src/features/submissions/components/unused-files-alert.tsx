import { Alert } from '@mantine/core'
import type { Inspection } from '@taikai/shared/model/inspection'
import { useTexts } from '../../../i18n/i18n.ts'

/** Names the files of an upload that no part of the model was read from, such as a README. */
export function UnusedFilesAlert({ inspection: { unusedFiles } }: { inspection: Inspection }) {
  const { t } = useTexts()
  if (unusedFiles === undefined) return null
  return (
    <Alert color="yellow" variant="light" c="var(--ink)" my="md" title={t('submission.unusedFiles')}>
      {t('submission.unusedFilesText', { files: unusedFiles.join(', ') })}
    </Alert>
  )
}
