import { Button, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { CopyField } from '../../../components/ui/copy-field.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { QueryView } from '../../../components/ui/query-view.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import { apiKeysQuery, createApiKey, revokeApiKey } from '../api/api-keys.ts'

const defaultDays = 90

export function ApiKeysPanel() {
  const { t, locale } = useTexts()
  const queryClient = useQueryClient()
  const keys = useQuery(apiKeysQuery)
  const [name, setName] = useState('')
  const [expiresInDays, setDays] = useState(defaultDays)
  const refresh = () => queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey })
  const create = useMutation({
    mutationFn: () => createApiKey({ name, expiresInDays }),
    onSuccess: () => {
      setName('')
      return refresh()
    },
  })
  return (
    <Panel title={t('account.keysTitle')}>
      <p>{t('account.keysLead')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
        style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'end' }}
      >
        <TextInput
          label={t('account.keyName')}
          value={name}
          maxLength={60}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NumberInput
          label={t('account.keyDays')}
          value={expiresInDays}
          min={1}
          max={365}
          allowDecimal={false}
          required
          onChange={(value) => setDays(Number(value))}
        />
        <Button type="submit" loading={create.isPending}>
          {t('account.keyCreate')}
        </Button>
      </form>
      <ProblemAlert error={create.error} />
      {create.data !== undefined && (
        <div role="status">
          <p>
            <b>{t('account.keyOnce')}</b>
          </p>
          <CopyField label={t('account.keyValue')} value={create.data.key} />
        </div>
      )}
      <QueryView query={keys}>
        {(list) =>
          list.length === 0 ? (
            <p className="muted">{t('account.keysEmpty')}</p>
          ) : (
            <ul>
              {list.map((key) => (
                <li key={key.id} style={{ marginBottom: 12 }}>
                  <b>{key.name}</b> <code>{key.start}…</code>
                  <div className="muted">
                    {key.expiresAt !== null &&
                      `${t('account.keyExpires')}: ${dateTime(key.expiresAt, locale)} · `}
                    {t('account.keyLastUsed')}:{' '}
                    {key.lastUsedAt === null ? t('account.keyNever') : dateTime(key.lastUsedAt, locale)}
                  </div>
                  <ConfirmButton
                    label={t('account.keyRevoke')}
                    question={t('account.keyRevokeSure', { name: key.name })}
                    onConfirm={async () => {
                      await revokeApiKey(key.id)
                      await refresh()
                    }}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  )
}
