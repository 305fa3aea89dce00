import { Button, FileInput, Group, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { datasetFormats } from '@taikai/shared/wire/dataset'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { UploadStatus } from '../../../components/ui/upload-status.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import type { UploadProgress } from '../../../lib/upload-progress.ts'
import { datasetsQuery } from '../api/datasets.ts'
import { importDataset } from '../api/import-dataset.ts'
import { FormatFields } from './format-fields.tsx'
import { emptyImport, importMeta } from './import-values.ts'

export function ImportForm() {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [values, setValues] = useState(emptyImport)
  const [progress, setProgress] = useState<UploadProgress | null>(null)
  const { name, format, hidden, train } = values
  const change = (changes: Partial<typeof values>) => setValues((before) => ({ ...before, ...changes }))
  const upload = useMutation({
    mutationFn: () => {
      setProgress(null)
      const signal = new AbortController().signal
      return importDataset(importMeta(values), { hidden, train }, { signal, onProgress: setProgress })
    },
    onSuccess: async () => {
      notifications.show({ message: t('datasets.imported', { name }) })
      change({ name: '', hidden: [], train: [] })
      await queryClient.invalidateQueries({ queryKey: datasetsQuery.queryKey })
    },
  })
  return (
    <Panel title={t('datasets.importTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          upload.mutate()
        }}
      >
        <TextInput
          label={t('datasets.name')}
          value={name}
          maxLength={60}
          required
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Select
          mt="sm"
          label={t('datasets.format')}
          value={format}
          allowDeselect={false}
          data={datasetFormats.map((value) => ({ value, label: t(`datasets.formats.${value}`) }))}
          onChange={(value) => {
            const chosen = datasetFormats.find((candidate) => candidate === value)
            if (chosen !== undefined) change({ format: chosen })
          }}
        />
        <FileInput
          mt="sm"
          multiple
          clearable
          clearButtonProps={{ 'aria-label': t('datasets.clear') }}
          label={t('datasets.hiddenFiles')}
          description={t(`datasets.hiddenHints.${format}`)}
          placeholder={t('datasets.choose')}
          value={hidden}
          onChange={(files) => change({ hidden: files })}
        />
        <FileInput
          mt="sm"
          multiple
          clearable
          clearButtonProps={{ 'aria-label': t('datasets.clear') }}
          label={t('datasets.trainFiles')}
          description={t('datasets.trainHint')}
          placeholder={t('datasets.choose')}
          value={train}
          onChange={(files) => change({ train: files })}
        />
        <FormatFields values={values} onChange={change} />
        <ProblemAlert error={upload.error} />
        <Group mt="lg">
          <Button type="submit" loading={upload.isPending} disabled={hidden.length === 0}>
            {t('datasets.import')}
          </Button>
          {hidden.length === 0 && <span className="muted">{t('datasets.hiddenMissing')}</span>}
        </Group>
        <UploadStatus progress={upload.isPending ? progress : null} after={t('datasets.importing')} />
      </form>
    </Panel>
  )
}
