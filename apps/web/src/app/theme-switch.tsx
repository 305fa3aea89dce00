import { useMantineColorScheme } from '@mantine/core'
import { useHydrated } from '@tanstack/react-router'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useTexts } from '../i18n/i18n.ts'

const order = { auto: 'light', light: 'dark', dark: 'auto' } as const
const icons = { auto: Monitor, light: Sun, dark: Moon }

/** Goes through: same as the device, light, dark. */
export function ThemeSwitch() {
  const { t } = useTexts()
  const { colorScheme: chosen, setColorScheme } = useMantineColorScheme()
  // The server does not know what was chosen on this device.
  const colorScheme = useHydrated() ? chosen : 'auto'
  const names = { auto: t('app.themeAuto'), light: t('app.themeLight'), dark: t('app.themeDark') }
  const Icon = icons[colorScheme]
  const label = `${t('app.theme')}: ${names[colorScheme]}`
  return (
    <button type="button" aria-label={label} title={label} onClick={() => setColorScheme(order[colorScheme])}>
      <Icon size={18} aria-hidden="true" />
    </button>
  )
}
