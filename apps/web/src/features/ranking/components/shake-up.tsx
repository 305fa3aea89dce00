import { useTexts } from '../../../i18n/i18n.ts'
import classes from './ranking-table.module.css'

/** How many places an entry gained or lost from the public ranking to the final one: ↑3, ↓2 or –, and in words. */
export function ShakeUp({ rank, publicRank }: { rank: number | null; publicRank: number | null }) {
  const { t } = useTexts()
  if (rank === null || publicRank === null) return null
  const gained = publicRank - rank
  const count = Math.abs(gained)
  const [sign, words] =
    gained > 0
      ? [`↑${count}`, t('ranking.rose', { count })]
      : gained < 0
        ? [`↓${count}`, t('ranking.fell', { count })]
        : ['–', t('ranking.stayed')]
  return (
    <span className={classes.shakeUp} data-gained={Math.sign(gained)} title={words}>
      <span aria-hidden="true">{sign}</span>
      <span className={classes.hidden}>{words}</span>
    </span>
  )
}
