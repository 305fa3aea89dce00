import '@mantine/dates/styles.css'
import 'dayjs/locale/ja'
import { DateTimePicker, type DateTimePickerProps } from '@mantine/dates'
import { useTexts } from '../../../i18n/i18n.ts'
import { zoneName } from '../../../lib/format.ts'

type Props = Pick<DateTimePickerProps, 'value' | 'onChange' | 'error' | 'mt' | 'mb'> & {
  label: string
  timeZone: string
  /** An end: a day that is chosen belongs to it wholly, until its time is set. */
  ends?: boolean
}

/** A wall-clock time of a zone, `YYYY-MM-DD HH:mm:ss`; it may be left empty. */
export function DateField({ timeZone, ends = false, ...field }: Props) {
  const { t, locale } = useTexts()
  return (
    <DateTimePicker
      valueFormat="YYYY-MM-DD HH:mm"
      locale={locale}
      clearable
      highlightToday
      {...(ends && { defaultTimeValue: '23:59' })}
      monthLabelFormat={locale === 'ja' ? 'YYYY年 M月' : 'MMMM YYYY'}
      firstDayOfWeek={0}
      clearButtonProps={{ 'aria-label': t('admin.clearDate') }}
      submitButtonProps={{ 'aria-label': t('app.save') }}
      description={t('admin.datesHint', { zone: zoneName(timeZone, locale) })}
      {...field}
    />
  )
}
