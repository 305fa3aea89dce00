import { Modal, type ModalProps } from '@mantine/core'
import { useTexts } from '../../i18n/i18n.ts'

/** What lies over the page until it is answered or closed. */
export function Dialog(props: Pick<ModalProps, 'opened' | 'onClose' | 'title' | 'size' | 'children'>) {
  const { t } = useTexts()
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('app.cancel') }}
      centered
      // Locking the page would write a style element without this page's nonce, which the security policy refuses.
      lockScroll={false}
      {...props}
    />
  )
}
