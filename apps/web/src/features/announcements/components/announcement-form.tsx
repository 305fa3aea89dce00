import { Button, Group, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'

type Props = {
  initialBody: string
  action: string
  onSubmit(body: string): Promise<unknown>
  onCancel?(): void
}

export function AnnouncementForm({ initialBody, action, onSubmit, onCancel }: Props) {
  const { t } = useTexts()
  const [body, setBody] = useState(initialBody)
  const send = useMutation({ mutationFn: onSubmit, onSuccess: () => setBody('') })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate(body)
      }}
    >
      <Textarea
        label={t('announcements.body')}
        autosize
        minRows={3}
        maxLength={10_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        required
      />
      <ProblemAlert error={send.error} />
      <Group mt="sm">
        <Button type="submit" loading={send.isPending} disabled={body.trim() === ''}>
          {action}
        </Button>
        {onCancel !== undefined && (
          <Button variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
      </Group>
    </form>
  )
}
