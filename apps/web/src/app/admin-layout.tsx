import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { meQuery } from '../features/account/api/me.ts'
import { useTexts } from '../i18n/i18n.ts'
import classes from './admin-layout.module.css'

/** What the pages of instructors share: the way from one to the other. */
export function AdminLayout() {
  const { t } = useTexts()
  const { data: me } = useQuery(meQuery)
  return (
    <>
      {me?.role === 'INSTRUCTOR' && (
        <nav className={classes.nav} aria-label={t('admin.navigation')}>
          <Link to="/admin" activeOptions={{ exact: true }}>
            {t('overview.title')}
          </Link>
          <Link to="/admin/submissions">{t('table.title')}</Link>
          <Link to="/admin/people">{t('people.title')}</Link>
          <Link to="/admin/datasets">{t('app.datasets')}</Link>
          <Link to="/admin/audit">{t('audit.title')}</Link>
        </nav>
      )}
      <Outlet />
    </>
  )
}
