import { Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Dataset } from '@taikai/shared/wire/dataset'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { datasetsQuery, deleteDataset } from '../api/datasets.ts'
import { DatasetDetails } from './dataset-details.tsx'
import { ImportNotes } from './import-notes.tsx'

export function DatasetList({ datasets }: { datasets: readonly Dataset[] }) {
  const { t } = useTexts()
  if (datasets.length === 0) return <p>{t('datasets.empty')}</p>
  return datasets.map((dataset) => <DatasetPanel key={dataset.id} dataset={dataset} />)
}

function DatasetPanel({ dataset }: { dataset: Dataset }) {
  const { t } = useTexts()
  const number = (value: number) => <span className="num">{count(value)}</span>
  return (
    <Panel title={t('receipt.version', dataset)}>
      <Facts
        facts={[
          [t('datasets.hidden'), number(dataset.hiddenCount)],
          [t('datasets.train'), number(dataset.trainCount)],
          [t('datasets.shape'), dataset.imageShape.join('×')],
          [t('datasets.classes'), dataset.classNames.join(', ')],
          [t('datasets.usedBy'), <Rounds key="rounds" rounds={dataset.rounds} />],
        ]}
      />
      <h3 style={{ fontSize: 15 }}>{t('datasets.checks')}</h3>
      <ImportNotes notes={dataset.importNotes} />
      <DatasetDetails dataset={dataset} />
      {dataset.rounds.length === 0 && <DeleteButton dataset={dataset} />}
    </Panel>
  )
}

function Rounds({ rounds }: Pick<Dataset, 'rounds'>) {
  const { t } = useTexts()
  if (rounds.length === 0) return t('datasets.unused')
  return rounds.map(({ slug, title }) => (
    <Link key={slug} to="/admin/rounds/$slug" params={{ slug }} style={{ marginRight: 8 }}>
      {title}
    </Link>
  ))
}

function DeleteButton({ dataset: { id, name, version } }: { dataset: Dataset }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  return (
    <Group mt="md">
      <ConfirmButton
        label={t('datasets.deleteLabel', { name, version })}
        question={t('datasets.deleteQuestion', { name, version })}
        onConfirm={async () => {
          await deleteDataset(id)
          notifications.show({ message: t('datasets.deleted', { name, version }) })
          await queryClient.invalidateQueries({ queryKey: datasetsQuery.queryKey })
        }}
      />
    </Group>
  )
}
