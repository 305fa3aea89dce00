import { useRef } from 'react'

/**
 * Gives the key of an upload: the same for as long as its parts are the same, so that sending it again after a broken connection
 * makes no second submission.
 */
export function useUploadKey(): (...parts: readonly unknown[]) => string {
  const last = useRef<{ parts: readonly unknown[]; key: string } | null>(null)
  return (...parts) => {
    const known = last.current
    if (known?.parts.every((part, index) => part === parts[index])) return known.key
    const key = randomUuid()
    last.current = { parts, key }
    return key
  }
}

/** A UUID of version 4 (RFC 9562). `crypto.randomUUID` is not there on plain http, as in a seminar room's network. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
