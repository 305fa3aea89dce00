import { QRCodeSVG } from 'qrcode.react'
import { useTexts } from '../../../i18n/i18n.ts'
import { linkAddress } from '../api/people.ts'

/** The link as a QR code, dark on white in both themes: many readers take no other. */
export function LinkCode({ name, token, size }: { name: string; token: string; size: number }) {
  const { t } = useTexts()
  return <QRCodeSVG value={linkAddress(token)} size={size} marginSize={2} title={t('people.qr', { name })} />
}
