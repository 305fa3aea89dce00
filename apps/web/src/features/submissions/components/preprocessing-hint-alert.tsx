import { Alert } from '@mantine/core'
import { preprocessingHint } from '@taikai/shared/preprocessing-hint'
import type { Submission } from '@taikai/shared/wire/submission'
import { useTexts } from '../../../i18n/i18n.ts'

/** Says, before the score is there, that the model's first layers do not go with the declared preprocessing. */
export function PreprocessingHintAlert({
  submission: { inspection, preprocessing },
}: {
  submission: Pick<Submission, 'inspection' | 'preprocessing'>
}) {
  const { t } = useTexts()
  const hint = preprocessingHint(inspection.expects, preprocessing)
  if (hint === null) return null
  return (
    <Alert color="yellow" variant="light" c="var(--ink)" my="md" title={t('submission.hint.title')}>
      {t(hint.kind === 'scaled-twice' ? 'submission.hint.scaledTwice' : 'submission.hint.notScaled', {
        layer: hint.layer,
      })}
    </Alert>
  )
}
