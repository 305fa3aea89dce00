/**
 * Style attributes of HTML are refused by the content security policy, which scripts are not: what the server writes has them
 * in a style element with the nonce, and the browser's script puts them back where React expects them.
 */
const marker = 'data-written-style'
const elementId = 'written-styles'
/** As an attribute would, such a rule has to win over what classes say. */
const heavy = ':not(#_)'

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
}

/** HTML written by React, its style attributes moved into rules. React escapes quotes in texts, so that none looks like one. */
export function moveStyles(html: string): { html: string; css: string } {
  const numbers = new Map<string, number>()
  const moved = html.replace(/ style="([^"]*)"/g, (_, written: string) => {
    const style = written.replace(/&(amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity)
    // Nothing may end the rule or the element that it stands in.
    if (/[<>{}]/.test(style)) throw new Error(`a style that cannot stand in a rule: ${style}`)
    const number = numbers.get(style) ?? numbers.size
    numbers.set(style, number)
    return ` ${marker}="${number}"`
  })
  const css = [...numbers].map(([style, number]) => `[${marker}="${number}"]${heavy}{${style}}`).join('')
  return { html: moved, css }
}

export function styleElement(css: string, nonce: string): string {
  return `<style id="${elementId}" nonce="${nonce}">${css}</style>`
}

/** Gives the elements their styles back. To be called before React takes the page over. */
export function restoreStyles(): void {
  const element = document.getElementById(elementId)
  if (!(element instanceof HTMLStyleElement)) return
  const styles = [...(element.sheet?.cssRules ?? [])].map((rule) =>
    rule instanceof CSSStyleRule ? rule.style.cssText : '',
  )
  for (const styled of document.querySelectorAll<HTMLElement | SVGElement>(`[${marker}]`)) {
    styled.style.cssText = styles[Number(styled.getAttribute(marker))] ?? ''
    styled.removeAttribute(marker)
  }
  element.remove()
}
