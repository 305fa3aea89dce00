import { Textarea, TextInput } from '@mantine/core'
import type { PreprocessingPreset } from '@taikai/shared/preprocessing'
import type { Round } from '@taikai/shared/wire/round'
import type { Submission } from '@taikai/shared/wire/submission'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { wasDropped } from '../../../lib/request-error.ts'
import type { UploadProgress } from '../../../lib/upload-progress.ts'
import { createBaseline, createSubmission } from '../api/create-submission.ts'
import { PreflightPanel } from '../preflight/preflight-panel.tsx'
import { RefusalAlert } from '../preflight/refusal-alert.tsx'
import { SendAnyway } from '../preflight/send-anyway.tsx'
import { useAdvice } from '../preflight/use-advice.ts'
import { usePreflight } from '../preflight/use-preflight.ts'
import { refusalOf } from './chosen-files.ts'
import { FilePicker } from './file-picker.tsx'
import { firstChoice, toPreprocessing } from './preprocessing-choice.ts'
import { PreprocessingField } from './preprocessing-field.tsx'
import { SubmitPanel } from './submit-panel.tsx'
import { useUploadKey } from './use-upload-key.ts'

/** Marks an upload of this form among the mutations. */
export const submitKey = ['submit']

/** `quotaUsed`: nothing more can be submitted now; what is filled in stays for the next slot. */
type Props = {
  round: Round
  quotaUsed: boolean
  /** An instructor's: it has a name for the ranking. */
  asBaseline?: boolean
  /** What is left of the quota, in words. */
  quota?: ReactNode
  onDone(submission: Submission): void
}

/** What was chosen stays chosen when an upload is refused, so that only what is wrong has to be corrected. */
export function SubmitForm({ round, quotaUsed, asBaseline = false, quota, onDone }: Props) {
  const { t } = useTexts()
  const [files, setFiles] = useState<File[]>([])
  const [choice, setChoice] = useState(firstChoice)
  const [name, setName] = useState('')
  const [label, setLabel] = useState('')
  const [note, setNote] = useState('')
  const [asking, setAsking] = useState(false)
  const [progress, setProgress] = useState<UploadProgress | null>(null)
  const stop = useRef<AbortController>(null)
  const uploadKey = useUploadKey()
  const preprocessing = toPreprocessing(choice)
  const preflight = usePreflight(round, files, preprocessing)
  const advice = useAdvice(choice.preset, preflight.tried)
  const choosePreset = (preset: PreprocessingPreset) => setChoice({ ...choice, preset })

  const upload = useMutation({
    mutationKey: submitKey,
    mutationFn: async () => {
      if (preprocessing === null) throw new Error('The form was sent with numbers that cannot be read')
      const controller = new AbortController()
      stop.current = controller
      setProgress(null)
      const meta = { label, note, preprocessing }
      const submission = { meta, files }
      const sending = { signal: controller.signal, onProgress: setProgress }
      return asBaseline
        ? createBaseline(round.slug, submission, name, sending)
        : createSubmission(round.slug, submission, uploadKey(files, JSON.stringify(meta)), sending)
    },
    onSuccess: onDone,
  })
  const unseen = refusalOf(files, round.rules.uploadMaxBytes)
  // The server reads files in the same way. A rule that a model breaks may have been changed since; that is for the server to say.
  const unreadable = preflight.refused !== null && preflight.inspected === null
  const accepted = unseen === null && preflight.refused === null && preflight.inspected?.violation == null
  // What broke off may have arrived, and taken the last of the quota: sending it again costs nothing then.
  const obstacle =
    quotaUsed && !wasDropped(upload.error)
      ? t('quota.used')
      : files.length === 0
        ? t('submit.goNeedsFiles')
        : preprocessing === null
          ? t('submit.goNeedsNumbers')
          : unseen !== null
            ? t('sending.goNeedsFewer')
            : unreadable
              ? t('preflight.goNeedsOthers')
              : null

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (advice === null) upload.mutate()
        else setAsking(true)
      }}
    >
      <Panel title={t('submit.files')} step={{ number: 1, done: files.length > 0 && accepted }}>
        <FilePicker
          files={files}
          limitBytes={round.rules.uploadMaxBytes}
          disabled={upload.isPending}
          onChange={setFiles}
        />
        <RefusalAlert preflight={preflight} />
      </Panel>
      <Panel title={t('submit.preprocessing')} step={{ number: 2, done: false }}>
        <PreprocessingField dataset={round.dataset} choice={choice} onChange={setChoice} />
      </Panel>
      {files.length > 0 && preprocessing !== null && !unreadable && (
        <PreflightPanel
          preflight={preflight}
          chosen={choice.preset}
          classNames={round.dataset.classNames}
          onChoose={choosePreset}
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
      <SubmitPanel
        action={t(asBaseline ? 'desk.baselineGo' : 'submit.go')}
        obstacle={upload.isPending ? null : obstacle}
        sending={upload.isPending ? { progress, stop: () => stop.current?.abort() } : null}
        error={upload.error}
        quota={quota}
      />
      <SendAnyway
        advice={advice}
        opened={asking}
        onClose={() => setAsking(false)}
        onChange={choosePreset}
        onSend={() => upload.mutate()}
      />
    </form>
  )
}
