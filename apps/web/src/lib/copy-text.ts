/**
 * Puts text on the clipboard. On plain http (a seminar room's network) browsers have no clipboard API: there the text is
 * copied from a hidden field. Gives whether it worked.
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text)
    return true
  }
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  // Within an open dialog or form the focus must not leave for long, and the page must not scroll.
  field.style.position = 'fixed'
  field.style.opacity = '0'
  const focused = document.activeElement
  document.body.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
