import { Button, Group, Textarea, TextInput } from '@mantine/core'
import type { Round } from '@taikai/shared/wire/round'
import type { Submission } from '@taikai/shared/wire/submission'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { UploadStatus } from '../../../components/ui/upload-status.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import type { UploadProgress } from '../../../lib/upload.ts'
import { createBaseline, createSubmission } from '../api/create-submission.ts'
import { PreflightPanel } from '../preflight/preflight-panel.tsx'
import { usePreflight } from '../preflight/use-preflight.ts'
import { FilePicker } from './file-picker.tsx'
import { firstChoice, toPreprocessing } from './preprocessing-choice.ts'
import { PreprocessingField } from './preprocessing-field.tsx'

/** Marks an upload of this form among the mutations. */
export const submitKey = ['submit']

/** `quotaUsed`: nothing more can be submitted now; what is filled in stays for the next slot. */
type Props = {
  round: Round
  quotaUsed: boolean
  /** An instructor's: it has a name for the ranking. */
  asBaseline?: boolean
  onDone(submission: Submission): void
}

/** What was chosen stays chosen when an upload is refused, so that only what is wrong has to be corrected. */
export function SubmitForm({ round, quotaUsed, asBaseline = false, onDone }: Props) {
  const { t } = useTexts()
  const [files, setFiles] = useState<File[]>([])
  const [choice, setChoice] = useState(firstChoice)
  const [name, setName] = useState('')
  const [label, setLabel] = useState('')
  const [note, setNote] = useState('')
  const [progress, setProgress] = useState<UploadProgress | null>(null)
  const stop = useRef<AbortController>(null)
  const preprocessing = toPreprocessing(choice)
  const preflight = usePreflight(round, files, preprocessing)

  const upload = useMutation({
    mutationKey: submitKey,
    mutationFn: async () => {
      if (preprocessing === null) throw new Error('The form was sent with numbers that cannot be read')
      const controller = new AbortController()
      stop.current = controller
      setProgress(null)
      const submission = { meta: { label, note, preprocessing }, files }
      const sending = { signal: controller.signal, onProgress: setProgress }
      return asBaseline
        ? createBaseline(round.slug, submission, name, sending)
        : createSubmission(round.slug, submission, sending)
    },
    onSuccess: onDone,
  })
  const stopped = upload.error instanceof DOMException && upload.error.name === 'AbortError'

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        upload.mutate()
      }}
    >
      <Panel title={t('submit.files')} step={{ number: 1, done: files.length > 0 }}>
        <FilePicker
          files={files}
          limitBytes={round.rules.uploadMaxBytes}
          disabled={upload.isPending}
          onChange={setFiles}
        />
      </Panel>
      <Panel title={t('submit.preprocessing')} step={{ number: 2, done: false }}>
        <PreprocessingField dataset={round.dataset} choice={choice} onChange={setChoice} />
      </Panel>
      {files.length > 0 && preprocessing !== null && (
        <PreflightPanel
          preflight={preflight}
          chosen={choice.preset}
          classNames={round.dataset.classNames}
          onChoose={(preset) => setChoice({ ...choice, preset })}
        />
      )}
      <Panel title={t('submit.memo')} step={{ number: 3, done: label !== '' || note !== '' }}>
        {asBaseline && (
          <TextInput
            mb="sm"
            label={t('desk.baselineName')}
            required
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('submit.label')}
          description={t('submit.labelHint')}
          maxLength={60}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Textarea
          mt="sm"
          label={t('submit.note')}
          maxLength={2000}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Panel>
      <Panel title={t('submit.submit')} step={{ number: 4, done: false }}>
        <Group>
          <Button
            type="submit"
            size="md"
            loading={upload.isPending}
            disabled={files.length === 0 || preprocessing === null || (quotaUsed && !upload.isPending)}
          >
            {t(asBaseline ? 'desk.baselineGo' : 'submit.go')}
          </Button>
          {upload.isPending && (
            <Button variant="default" size="md" onClick={() => stop.current?.abort()}>
              {t('submit.stop')}
            </Button>
          )}
          {quotaUsed && <span className="muted">{t('quota.used')}</span>}
          {files.length === 0 && <span className="muted">{t('submit.goNeedsFiles')}</span>}
          {preprocessing === null && <span className="muted">{t('submit.goNeedsNumbers')}</span>}
        </Group>
        {upload.error === null || stopped ? (
          <UploadStatus progress={upload.isPending ? progress : null} after={t('submit.checking')} />
        ) : (
          <ProblemAlert error={upload.error}>
            <p style={{ margin: '8px 0 0' }}>{t('submit.errorKept')}</p>
          </ProblemAlert>
        )}
      </Panel>
    </form>
  )
}
