import { Button, Radio, Stack } from '@mantine/core'
import type { Person, PersonLink } from '@taikai/shared/wire/person'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ButtonLink } from '../../../components/ui/button-link.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { createLinks } from '../api/people.ts'

type Props = { invited: readonly Person[]; onMade(links: PersonLink[]): void }

/** Chooses for whom links are made: those who have none, or all who are invited. */
export function InvitationMaker({ invited, onMade }: Props) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const fresh = invited.filter(({ linkExpiresAt }) => linkExpiresAt === null)
  const [chosen, setChosen] = useState('')
  const who = chosen === '' ? (fresh.length > 0 ? 'fresh' : 'all') : chosen
  const make = useMutation({
    mutationFn: () => createLinks((who === 'fresh' ? fresh : invited).map(({ id }) => id)),
    onSuccess: async (links) => {
      onMade(links)
      setChosen('')
      await queryClient.invalidateQueries({ queryKey: ['people'] })
    },
  })
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
      <Radio.Group label={t('invitations.who')} value={who} onChange={setChosen}>
        <Stack mt="xs" gap="xs">
          <Radio
            value="fresh"
            disabled={fresh.length === 0}
            label={t('invitations.fresh', { count: fresh.length })}
          />
          <Radio value="all" label={t('invitations.all', { count: invited.length })} />
        </Stack>
      </Radio.Group>
      <ProblemAlert error={make.error} />
      <Button mt="md" loading={make.isPending} onClick={() => make.mutate()}>
        {t('invitations.make')}
      </Button>
    </Panel>
  )
}
