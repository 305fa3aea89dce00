type Headers = {
  origin?: string | undefined
  host?: string | undefined
  'sec-fetch-site'?: string | string[] | undefined
}

/**
 * Whether a state-changing request may be acted on with the browser's cookies: it must come from our own pages.
 * Browsers say where a request comes from in Sec-Fetch-Site (https and localhost only) and in Origin. A request with neither
 * is no browser's, so no cookie was lent to it. Without a public URL, our own origin is the host that was asked.
 */
export function isSameOrigin(headers: Headers, publicUrl: string | null): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (headers.origin === undefined) return true
  if (!URL.canParse(headers.origin)) return false
  const origin = new URL(headers.origin)
  return publicUrl === null ? origin.host === headers.host : origin.origin === new URL(publicUrl).origin
}
