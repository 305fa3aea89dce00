import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'

const RoundHistory = lazy(() => import('./round-history.tsx'))

type Props = Parameters<typeof RoundHistory>[0]

/** The course of the scores, which is loaded when it is asked for: the ranking itself must not wait for a chart. */
export function HistoryOnDemand(props: Props) {
  const { t } = useTexts()
  const [shown, setShown] = useState(false)
  return (
    <>
      <Button variant="default" mt="md" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {shown ? t('entry.historyHide') : t('entry.historyShow')}
      </Button>
      <Suspense>{shown && <RoundHistory {...props} />}</Suspense>
    </>
  )
}
