import { Progress } from '@mantine/core'
import { useTexts } from '../../i18n/i18n.ts'
import { fileSize } from '../../lib/format.ts'
import { secondsLeft, type UploadProgress } from '../../lib/upload.ts'

/** Bytes sent and time left; after the last byte, what the server is doing. Null: nothing is sent, and the place stays empty. */
export function UploadStatus({ progress, after }: { progress: UploadProgress | null; after: string }) {
  return (
    <div style={{ minHeight: 60, paddingTop: 12 }} role="status">
      {progress !== null && <Sending progress={progress} after={after} />}
    </div>
  )
}

function Sending({ progress, after }: { progress: UploadProgress; after: string }) {
  const { t } = useTexts()
  const { sentBytes, totalBytes } = progress
  const seconds = secondsLeft(progress)
  const text =
    sentBytes >= totalBytes
      ? after
      : t('submit.sending', { sent: fileSize(sentBytes), total: fileSize(totalBytes) })
  return (
    <>
      <p className="num" style={{ margin: '0 0 8px' }}>
        {text}
        {sentBytes < totalBytes && seconds !== null && ` · ${t('submit.secondsLeft', { seconds })}`}
      </p>
      <Progress.Root size="lg">
        <Progress.Section
          value={totalBytes === 0 ? 0 : (100 * sentBytes) / totalBytes}
          aria-label={text}
          color="shu"
        />
      </Progress.Root>
    </>
  )
}
