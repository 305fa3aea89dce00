import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { useHydrated } from '@tanstack/react-router'
import { useId } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { nameMatches } from './name-matches.ts'
import classes from './name-search.module.css'

type Props = {
  rows: readonly Pick<LeaderboardRow, 'name'>[]
  search: string
  onSearch(text: string): void
}

/** A field that narrows the rows to names, and says how many are left. Escape shows all again. */
export function NameSearch({ rows, search, onSearch }: Props) {
  const { t } = useTexts()
  const id = useId()
  const hydrated = useHydrated()
  const count = rows.filter(({ name }) => nameMatches(name, search)).length
  return (
    <search className={classes.search}>
      <label htmlFor={id}>{t('ranking.search')}</label>
      {/* Mantine's field would be more to load than all of the table. */}
      <input
        id={id}
        type="search"
        maxLength={100}
        // Nothing hears what is typed before the script runs.
        readOnly={!hydrated}
        value={search}
        onChange={({ currentTarget: { value } }) => onSearch(value)}
        onKeyDown={({ key }) => key === 'Escape' && onSearch('')}
      />
      <span role="status">
        {search.trim() !== '' && (count > 0 ? t('ranking.found', { count }) : t('ranking.notFound'))}
      </span>
    </search>
  )
}
