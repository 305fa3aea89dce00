import { Alert, Button, Group } from '@mantine/core'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { bulkActionMax, bulkActions } from '@taikai/shared/submission-table'
import type { BulkResult } from '@taikai/shared/wire/submission-table'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { runBulkAction } from '../api/table.ts'
import classes from './submission-table.module.css'

type Props = { selected: ReadonlySet<string>; onClear(): void }

/** What is done with the selected submissions at once, and what became of it. */
export function BulkBar({ selected, onClear }: Props) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [result, setResult] = useState<BulkResult | null>(null)
  const count = selected.size
  const tooMany = count > bulkActionMax
  return (
    <>
      <Group className={classes.bar} gap="sm">
        <b role="status">{t('table.selected', { count })}</b>
        {bulkActions.map((action) => (
          <ConfirmButton
            key={action}
            label={t(`table.actions.${action}`)}
            question={t(`table.sure.${action}`, { count })}
            disabled={count === 0 || tooMany}
            onConfirm={async () => {
              setResult(await runBulkAction({ action, ids: [...selected] }))
              onClear()
              await queryClient.invalidateQueries()
            }}
          />
        ))}
        <Button variant="subtle" color="gray" c="var(--ink-2)" disabled={count === 0} onClick={onClear}>
          {t('table.clear')}
        </Button>
        {tooMany && <span>{t('table.selectedMax', { max: bulkActionMax })}</span>}
      </Group>
      {result !== null && <Result result={result} onClose={() => setResult(null)} />}
    </>
  )
}

function Result({ result, onClose }: { result: BulkResult; onClose(): void }) {
  const { t, locale } = useTexts()
  const { done, refused } = result
  const codes = [...new Set(refused.map(({ code }) => code))]
  return (
    <Alert
      role="status"
      color={refused.length > 0 ? 'yellow' : 'gray'}
      variant="light"
      c="var(--ink)"
      my="sm"
      title={t('table.done', { count: done.length })}
      withCloseButton
      closeButtonLabel={t('app.close')}
      onClose={onClose}
    >
      {refused.length > 0 && (
        <>
          {t('table.refused', { count: refused.length })}
          <ul style={{ margin: 0 }}>
            {codes.map((code) => (
              <li key={code}>{errorMessage(code, {}, locale).title}</li>
            ))}
          </ul>
        </>
      )}
    </Alert>
  )
}
