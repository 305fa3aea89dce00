import { Button, Group, Radio, Stack } from '@mantine/core'
import type { Person, PersonLink } from '@taikai/shared/wire/person'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ButtonLink } from '../../../components/ui/button-link.tsx'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { createLinks } from '../api/people.ts'

type Props = { invited: readonly Person[]; onMade(links: PersonLink[]): void }

/** Chooses for whom links are made: those who have none, or, after a question, all who are invited. */
export function InvitationMaker({ invited, onMade }: Props) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const fresh = invited.filter(({ linkExpiresAt }) => linkExpiresAt === null)
  const [who, setWho] = useState('fresh')
  async function make(people: readonly Person[]): Promise<void> {
    onMade(await createLinks(people.map(({ id }) => id)))
    await queryClient.invalidateQueries({ queryKey: ['people'] })
  }
  const makeFresh = useMutation({ mutationFn: () => make(fresh) })
  if (invited.length === 0) {
    return (
      <>
        <p>{t('invitations.nobody')}</p>
        <ButtonLink to="/admin/people/roster">{t('people.toRoster')}</ButtonLink>
      </>
    )
  }
  return (
    <Panel title={t('invitations.make')}>
      <Radio.Group label={t('invitations.who')} value={who} onChange={setWho}>
        <Stack mt="xs" gap="xs">
          <Radio value="fresh" label={t('invitations.fresh', { count: fresh.length })} />
          <Radio
            value="all"
            disabled={fresh.length === invited.length}
            label={t('invitations.all', { count: invited.length })}
          />
        </Stack>
      </Radio.Group>
      <ProblemAlert error={makeFresh.error} />
      <Group mt="md">
        {who === 'fresh' ? (
          <Button
            disabled={fresh.length === 0}
            loading={makeFresh.isPending}
            onClick={() => makeFresh.mutate()}
          >
            {t('invitations.make')}
          </Button>
        ) : (
          <ConfirmButton
            label={t('invitations.remake')}
            question={t('invitations.remakeSure', { count: invited.length - fresh.length })}
            onConfirm={async () => {
              await make(invited)
              // Nobody is left there: pressing once more by accident does nothing.
              setWho('fresh')
            }}
          />
        )}
      </Group>
    </Panel>
  )
}
