import { Select } from '@mantine/core'
import { useState } from 'react'
import { CopyField } from '../../../components/ui/copy-field.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { LocalAddressNote } from './local-address-note.tsx'

type Props = { rounds: readonly { slug: string; title: string }[] }

/** How to submit from Python or a shell, with this server's address and the chosen round filled in. */
export function ScriptsPanel({ rounds }: Props) {
  const { t, locale } = useTexts()
  const [chosen, setChosen] = useState<string | null>(null)
  const slug = chosen ?? rounds[0]?.slug ?? 'ROUND'
  const { origin } = window.location
  const at = `--server ${origin}`
  const curl = [
    'curl -H "x-api-key: $TAIKAI_KEY"',
    `-F 'meta={"preprocessing":{"preset":"unit"}}'`,
    '-F files=@model.json -F files=@weights.bin',
    `${origin}/api/rounds/${slug}/submissions`,
  ]
  return (
    <Panel title={t('scripts.title')}>
      <p>{t('scripts.lead')}</p>
      <LocalAddressNote />
      {rounds.length > 0 && (
        <Select
          label={t('scripts.round')}
          value={slug}
          onChange={setChosen}
          allowDeselect={false}
          data={rounds.map((round) => ({ value: round.slug, label: round.title }))}
        />
      )}
      <CopyField label={t('scripts.fetch')} value={`curl -O ${origin}/taikai.py`} />
      <CopyField label={t('scripts.login')} value={`python taikai.py login ${at}`} />
      <CopyField
        label={t('scripts.submit')}
        value={`python taikai.py submit ${at} --round ${slug} model.keras --preprocessing unit --wait`}
      />
      <CopyField
        label={t('scripts.leaderboard')}
        value={`python taikai.py leaderboard ${at} --round ${slug}`}
      />
      <CopyField label={t('scripts.curl')} value={curl.join(' ')} />
      <p>
        <a href="/taikai.py">taikai.py</a> · <a href={`/starter.${locale}.ipynb`}>{t('scripts.notebook')}</a>
      </p>
    </Panel>
  )
}
