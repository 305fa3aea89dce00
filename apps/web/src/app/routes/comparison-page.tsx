import type { Comparison } from '@taikai/shared/wire/comparison'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { SignedInOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { comparisonQuery } from '../../features/submissions/api/comparison.ts'
import { ComparisonView } from '../../features/submissions/components/comparison-view.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { dateTime } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/submissions/$id/compare/$other')

export function ComparisonPage() {
  const { t } = useTexts()
  usePageTitle(t('comparison.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('comparison.title')}</h1>
      <SignedInOnly me={me}>{() => <Loaded />}</SignedInOnly>
    </>
  )
}

function Loaded() {
  const { id, other } = route.useParams()
  const comparison = useQuery(comparisonQuery(id, other))
  return <QueryView query={comparison}>{(data) => <Compared comparison={data} />}</QueryView>
}

function Compared({ comparison }: { comparison: Comparison }) {
  const { t } = useTexts()
  const { roundSlug, first, second } = comparison
  const { data: round } = useQuery(roundQuery(roundSlug))
  return (
    <>
      <ul>
        <li>
          {t('comparison.first')}: <Compare {...first} />
        </li>
        <li>
          {t('comparison.second')}: <Compare {...second} />
        </li>
      </ul>
      <ComparisonView comparison={comparison} classNames={round?.dataset.classNames ?? null} />
    </>
  )
}

function Compare({ id, label, receivedAt }: Comparison['first']) {
  const { t, locale } = useTexts()
  return (
    <Link to="/submissions/$id" params={{ id }}>
      {label === '' ? t('submission.untitled') : label} ({dateTime(receivedAt, locale)})
    </Link>
  )
}
