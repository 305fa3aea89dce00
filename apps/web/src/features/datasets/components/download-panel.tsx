import { Alert, Button, Group, Progress } from '@mantine/core'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { type Download, type OfficialFormat, officialFormats } from '@taikai/shared/wire/dataset'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { fileSize } from '../../../lib/format.ts'
import { downloadsQuery, startDownload } from '../api/downloads.ts'

const names: Record<OfficialFormat, string> = {
  cifar10: 'CIFAR-10',
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
}

/** Official datasets that the server fetches itself, with what is going on. */
export function DownloadPanel() {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const downloads = useQuery(downloadsQuery)
  const start = useMutation({
    mutationFn: (format: OfficialFormat) => startDownload({ format, name: names[format] }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: downloadsQuery.queryKey }),
  })
  const current = downloads.data ?? []
  const isRunning = (format: OfficialFormat) =>
    current.some((download) => download.format === format && download.state !== 'failed')
  return (
    <Panel title={t('datasets.downloadTitle')}>
      <p className="muted">{t('datasets.downloadLead')}</p>
      <Group>
        {officialFormats.map((format) => (
          <Button
            key={format}
            variant="default"
            disabled={isRunning(format)}
            onClick={() => start.mutate(format)}
          >
            {t('datasets.download', { name: names[format] })}
          </Button>
        ))}
      </Group>
      <ProblemAlert error={start.error ?? downloads.error} />
      <div role="status">
        {current.map((download) => (
          <DownloadState key={download.format} download={download} />
        ))}
      </div>
    </Panel>
  )
}

function DownloadState({ download }: { download: Download }) {
  const { t, locale } = useTexts()
  const { name, state, receivedBytes, totalBytes, problem } = download
  if (problem !== null) {
    const { title, action } = errorMessage(problem.code, problem.params, locale)
    return (
      <Alert color="shu" variant="light" title={`${name}: ${title}`} my="md" c="var(--ink)">
        {action}
      </Alert>
    )
  }
  const text =
    state === 'importing'
      ? t('datasets.downloadImporting', { name })
      : t('datasets.downloading', { name, received: fileSize(receivedBytes), total: fileSize(totalBytes) })
  return (
    <div style={{ marginTop: 12 }}>
      <p className="num" style={{ margin: '0 0 8px' }}>
        {text}
      </p>
      <Progress.Root size="lg">
        <Progress.Section value={(100 * receivedBytes) / totalBytes} aria-label={text} color="shu" />
      </Progress.Root>
    </div>
  )
}
