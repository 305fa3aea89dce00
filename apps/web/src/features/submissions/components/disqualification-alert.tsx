import { Alert } from '@mantine/core'
import type { Submission } from '@taikai/shared/wire/submission'
import { useTexts } from '../../../i18n/i18n.ts'

type Props = { disqualified: Submission['disqualified']; what: 'submission' | 'team' }

/** Tells the owners that a submission, or their team, counts in no ranking, and why. */
export function DisqualificationAlert({ disqualified, what }: Props) {
  const { t } = useTexts()
  if (disqualified === null) return null
  return (
    <Alert color="shu" variant="light" c="var(--ink)" my="md" title={t(`disqualification.${what}`)}>
      <p style={{ margin: '0 0 8px', whiteSpace: 'pre-wrap' }}>
        {t('disqualification.reason')}: {disqualified.reason}
      </p>
      <p style={{ margin: 0 }}>{t('disqualification.ask')}</p>
    </Alert>
  )
}
