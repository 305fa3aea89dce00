import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTexts } from '../i18n/i18n.ts'
import { sendWithoutAnswer } from '../lib/api-client.ts'
import { dateTime } from '../lib/format.ts'
import classes from './layout.module.css'

/** Says on every page as whom an instructor sees it, and ends that. */
export default function ViewAsBanner({ name, until }: { name: string; until: string }) {
  const { t, locale } = useTexts()
  const queryClient = useQueryClient()
  const router = useRouter()

  async function end(): Promise<void> {
    await sendWithoutAnswer('DELETE', '/api/view-as')
    // What was fetched was fetched as the student.
    queryClient.clear()
    await router.navigate({ to: '/admin/people' })
    await queryClient.invalidateQueries()
  }

  return (
    <section className={classes.viewAs} aria-label={t('people.viewAs')}>
      <span>{t('people.viewing', { name, time: dateTime(until, locale) })}</span>
      <button type="button" onClick={() => void end()}>
        {t('people.viewEnd')}
      </button>
    </section>
  )
}
