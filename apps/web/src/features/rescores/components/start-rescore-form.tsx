import { Button, NativeSelect } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { engineNames } from '@taikai/shared/model/engine-name'
import type { DatasetSummary } from '@taikai/shared/wire/dataset'
import type { Rescore } from '@taikai/shared/wire/rescore'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { startRescore } from '../api/rescores.ts'

type Props = {
  slug: string
  /** The round's own dataset, and all that there are. */
  dataset: DatasetSummary
  datasets: readonly DatasetSummary[]
  onStarted(rescore: Rescore): void
}

export function StartRescoreForm({ slug, dataset, datasets, onStarted }: Props) {
  const { t } = useTexts()
  const [datasetId, setDatasetId] = useState('')
  const [engineName, setEngineName] = useState('')
  const engine = engineNames.find((name) => name === engineName)
  const start = useMutation({
    mutationFn: () =>
      startRescore(slug, { ...(datasetId !== '' && { datasetId }), ...(engine !== undefined && { engine }) }),
    onSuccess: (rescore) => {
      notifications.show({ message: t('rescore.started') })
      onStarted(rescore)
    },
  })
  const nameOf = ({ name, version }: DatasetSummary) => t('receipt.version', { name, version })
  return (
    <Panel title={t('rescore.start')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          start.mutate()
        }}
      >
        <NativeSelect
          label={t('rescore.dataset')}
          value={datasetId}
          onChange={(event) => setDatasetId(event.currentTarget.value)}
          data={[
            { value: '', label: t('rescore.sameDataset', { name: nameOf(dataset) }) },
            ...datasets
              .filter((other) => other.id !== dataset.id && isSameTask(other, dataset))
              .map((other) => ({ value: other.id, label: nameOf(other) })),
          ]}
        />
        <NativeSelect
          mt="md"
          label={t('rescore.engine')}
          description={t('rescore.engineHint')}
          value={engineName}
          onChange={(event) => setEngineName(event.currentTarget.value)}
          data={[{ value: '', label: t('rescore.sameEngine') }, ...engineNames]}
        />
        <ProblemAlert error={start.error} />
        <Button type="submit" mt="md" loading={start.isPending}>
          {t('rescore.start')}
        </Button>
      </form>
    </Panel>
  )
}

/** Whether models of the one can be scored on the other; the server has the last word. */
function isSameTask(a: DatasetSummary, b: DatasetSummary): boolean {
  return String(a.imageShape) === String(b.imageShape) && String(a.classNames) === String(b.classNames)
}
