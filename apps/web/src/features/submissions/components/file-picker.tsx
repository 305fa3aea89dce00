import { Button, CloseButton, Group } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { fileSize } from '../../../lib/format.ts'
import classes from './submit.module.css'

type Props = { files: readonly File[]; limitBytes: number; disabled: boolean; onChange(files: File[]): void }

/** Files are added by dropping or choosing; a file of the same name replaces the one before. */
export function FilePicker({ files, limitBytes, disabled, onChange }: Props) {
  const { t } = useTexts()
  const open = useRef<() => void>(null)
  const folder = useRef<HTMLInputElement>(null)
  const add = (added: readonly File[]) => {
    const names = new Set(added.map(({ name }) => name))
    // What macOS puts into folders belongs to no model.
    const kept = [...files.filter(({ name }) => !names.has(name)), ...added]
    onChange(kept.filter(({ name }) => name !== '.DS_Store'))
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
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
          <Button variant="default" disabled={disabled} onClick={() => open.current?.()}>
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
        onChange={(event) => add([...(event.currentTarget.files ?? [])])}
      />
      {files.length > 0 && (
        <>
          <ul className={classes.files}>
            {files.map((file) => (
              <li key={file.name} className={classes.file}>
                {file.name} <span className="num">{fileSize(file.size)}</span>
                <CloseButton
                  size="lg"
                  disabled={disabled}
                  aria-label={t('submit.remove', { name: file.name })}
                  onClick={() => onChange(files.filter((other) => other !== file))}
                />
              </li>
            ))}
          </ul>
          <p className="muted" role="status">
            {t('submit.chosen', { count: files.length, size: fileSize(bytes) })}
          </p>
        </>
      )}
    </>
  )
}
