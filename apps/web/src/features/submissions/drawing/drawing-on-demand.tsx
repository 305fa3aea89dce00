import { Button } from '@mantine/core'
import type { Inspection } from '@taikai/shared/model/inspection'
import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'

const NetworkDrawing = lazy(() => import('./network-drawing.tsx'))

/** The model's diagram, which is loaded when it is asked for. */
export function DrawingOnDemand({ inspection }: { inspection: Inspection }) {
  const { t } = useTexts()
  const [shown, setShown] = useState(false)
  return (
    <>
      <Button variant="default" mt="md" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {shown ? t('drawing.hide') : t('drawing.show')}
      </Button>
      <Suspense fallback={<p>{t('app.loading')}</p>}>
        {shown && <NetworkDrawing inspection={inspection} />}
      </Suspense>
    </>
  )
}
