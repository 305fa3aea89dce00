import { Button, CloseButton, Group } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { fileSize } from '../../../lib/format.ts'
import { refusalOf, withFiles } from './chosen-files.ts'
import classes from './submit.module.css'

type Props = { files: readonly File[]; limitBytes: number; disabled: boolean; onChange(files: File[]): void }

/** Files are added by dropping (folders, too) or choosing; a file of the same name replaces the one before. */
export function FilePicker({ files, limitBytes, disabled, onChange }: Props) {
  const { t, locale, gap } = useTexts()
  const open = useRef<() => void>(null)
  const choose = useRef<HTMLButtonElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const add = (added: readonly File[]) => onChange(withFiles(files, added))
  // The button that was pressed is gone then: who works with the keyboard goes on from here.
  const keep = (kept: File[]) => {
    onChange(kept)
    choose.current?.focus()
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const refusal = refusalOf(files, limitBytes)
  const refused = refusal === null ? null : errorMessage(refusal.code, refusal.params, locale)
  return (
    <>
      <Dropzone
        onDrop={add}
        openRef={open}
        activateOnClick={false}
        activateOnKeyboard={false}
        disabled={disabled}
        className={classes.drop}
        inputProps={{ 'aria-label': t('submit.chooseFiles') }}
      >
        <b>{t('submit.drop')}</b>
        <div className="muted">{t('submit.dropHint', { limit: fileSize(limitBytes) })}</div>
        {/* In a tab of its own: what was chosen here stays. */}
        <Link to="/guide/models" target="_blank">
          {t('submit.guide')}
        </Link>
        <Group mt="sm">
          <Button ref={choose} variant="default" disabled={disabled} onClick={() => open.current?.()}>
            {t('submit.chooseFiles')}
          </Button>
          <Button variant="default" disabled={disabled} onClick={() => folder.current?.click()}>
            {t('submit.chooseFolder')}
          </Button>
        </Group>
      </Dropzone>
      <input
        ref={folder}
        type="file"
        webkitdirectory=""
        hidden
        aria-label={t('submit.chooseFolder')}
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])])
          // Else the same folder could not be chosen again after it was removed.
          currentTarget.value = ''
        }}
      />
      {files.length > 0 && (
        <>
          <ul className={classes.files}>
            {files.map((file) => (
              <li key={`${file.name} ${file.size} ${file.lastModified}`} className={classes.file}>
                {file.name} <span className="num">{fileSize(file.size)}</span>
                <CloseButton
                  size="lg"
                  disabled={disabled}
                  aria-label={t('submit.remove', { name: file.name })}
                  onClick={() => keep(files.filter((other) => other !== file))}
                />
              </li>
            ))}
          </ul>
          <Group justify="space-between" mt="xs">
            <p className="muted" role="status" style={{ margin: 0 }}>
              {t('submit.chosen', { count: files.length, size: fileSize(bytes) })}
            </p>
            {files.length > 1 && (
              <Button variant="subtle" color="ai" disabled={disabled} onClick={() => keep([])}>
                {t('sending.removeAll')}
              </Button>
            )}
          </Group>
          {refused !== null && (
            <p role="alert" className={classes.refused}>
              {refused.title}
              {gap}
              {refused.action}
            </p>
          )}
        </>
      )}
    </>
  )
}
