import { createHash, randomBytes } from 'node:crypto'

/** 192 bits for a link that works once: nobody finds it by trying. */
export function newToken(): string {
  return randomBytes(24).toString('base64url')
}

/** What is stored of a token: whoever reads the database can open no link. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
