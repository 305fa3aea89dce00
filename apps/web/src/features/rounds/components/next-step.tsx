import { acceptsSubmissions } from '@taikai/shared/round-state'
import type { Me } from '@taikai/shared/wire/account'
import type { Round } from '@taikai/shared/wire/round'
import { ButtonLink } from '../../../components/ui/button-link.tsx'
import { useTexts } from '../../../i18n/i18n.ts'

/** The one thing that a viewer would do next in a round. Null when there is nothing to do but look. */
export function NextStep({
  round,
  me,
}: {
  round: Pick<Round, 'slug' | 'state' | 'entry' | 'rules'>
  me: Me | null
}) {
  const { t } = useTexts()
  const { slug } = round
  if (round.state !== 'scheduled' && !acceptsSubmissions(round.state)) return null
  if (round.entry !== null) {
    if (!acceptsSubmissions(round.state)) return null
    return (
      <ButtonLink to="/rounds/$slug/submit" params={{ slug }} size="md">
        {t('rounds.nextSubmit')}
      </ButtonLink>
    )
  }
  if (me === null) {
    return (
      <ButtonLink to="/sign-in" search={{ next: `/rounds/${slug}/overview` }} size="md">
        {t('rounds.nextSignIn')}
      </ButtonLink>
    )
  }
  if (me.role === 'INSTRUCTOR' || round.rules.joinPolicy === 'ROSTER') return null
  return (
    <ButtonLink to="/rounds/$slug/overview" params={{ slug }} size="md">
      {t('rounds.nextJoin')}
    </ButtonLink>
  )
}
