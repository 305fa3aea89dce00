import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.ts'
import { copyText } from '../../lib/copy-text.ts'

/** A text to be copied; it can be selected by hand as well. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTexts()
  const [copied, setCopied] = useState(false)
  return (
    <div style={{ display: 'flex', gap: 8, alignItems: 'end', margin: '8px 0' }}>
      <TextInput
        label={label}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        style={{ flex: 1 }}
      />
      <Button variant="default" onClick={() => void copyText(value).then(setCopied)}>
        <span aria-live="polite">{copied ? t('app.copied') : t('app.copy')}</span>
      </Button>
    </div>
  )
}
