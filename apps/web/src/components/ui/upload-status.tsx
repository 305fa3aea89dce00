import { Progress, VisuallyHidden } from '@mantine/core'
import { useTexts } from '../../i18n/i18n.ts'
import { duration } from '../../lib/duration.ts'
import { fileSize } from '../../lib/format.ts'
import { secondsLeft, type UploadProgress } from '../../lib/upload-progress.ts'

/**
 * Bytes sent and time left; after the last byte, what the server is doing. Null: nothing is sent, and the place stays empty. Screen
 * readers are told what begins, not every byte.
 */
export function UploadStatus({ progress, after }: { progress: UploadProgress | null; after: string }) {
  const { t } = useTexts()
  const arrived = progress !== null && progress.sentBytes >= progress.totalBytes
  return (
    <div style={{ minHeight: 60, paddingTop: 12 }}>
      {progress !== null && !arrived && <Sending progress={progress} />}
      <div role="status">
        {arrived ? after : progress !== null && <VisuallyHidden>{t('sending.begun')}</VisuallyHidden>}
      </div>
    </div>
  )
}

function Sending({ progress }: { progress: UploadProgress }) {
  const { t, locale } = useTexts()
  const { sentBytes, totalBytes } = progress
  const seconds = secondsLeft(progress)
  const text = t('submit.sending', { sent: fileSize(sentBytes), total: fileSize(totalBytes) })
  return (
    <>
      <p className="num" style={{ margin: '0 0 8px' }}>
        {text}
        {seconds !== null && ` · ${t('sending.left', { left: duration(seconds, locale) })}`}
      </p>
      <Progress.Root size="lg">
        <Progress.Section
          value={totalBytes === 0 ? 0 : (100 * sentBytes) / totalBytes}
          aria-label={t('sending.progress')}
          color="shu"
        />
      </Progress.Root>
    </>
  )
}
