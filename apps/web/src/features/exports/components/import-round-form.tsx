import { Button, FileInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ButtonLink } from '../../../components/ui/button-link.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { UploadStatus } from '../../../components/ui/upload-status.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import type { UploadProgress } from '../../../lib/upload-progress.ts'
import { importRound } from '../api/import-round.ts'

/** Takes the zip of a round from another server, and says what came in. */
export function ImportRoundForm() {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [progress, setProgress] = useState<UploadProgress | null>(null)
  const upload = useMutation({
    mutationFn: (zip: File) => {
      setProgress(null)
      return importRound(zip, { signal: new AbortController().signal, onProgress: setProgress })
    },
    onSuccess: async () => {
      setFile(null)
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Panel title={t('exports.file')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (file !== null) upload.mutate(file)
        }}
      >
        <p className="muted">{t('exports.importLead')}</p>
        <FileInput
          clearable
          clearButtonProps={{ 'aria-label': t('exports.clear') }}
          label={t('exports.file')}
          placeholder={t('exports.choose')}
          value={file}
          onChange={setFile}
        />
        <ProblemAlert error={upload.error} />
        <Button type="submit" mt="lg" loading={upload.isPending} disabled={file === null}>
          {t('exports.import')}
        </Button>
        <UploadStatus progress={upload.isPending ? progress : null} after={t('exports.importing')} />
      </form>
      {upload.data !== undefined && (
        <div role="status">
          <h3>{t('exports.imported', { title: upload.data.title })}</h3>
          <p>
            {t('exports.importedCounts', {
              entries: count(upload.data.entries),
              submissions: count(upload.data.submissions),
              matched: count(upload.data.peopleMatched),
              created: count(upload.data.peopleCreated),
            })}
          </p>
          {upload.data.slugWasTaken && <p>{t('exports.slugTaken', { slug: upload.data.slug })}</p>}
          <ButtonLink to="/admin/rounds/$slug" params={{ slug: upload.data.slug }}>
            {t('exports.open')}
          </ButtonLink>
        </div>
      )}
    </Panel>
  )
}
