import crypto, { type BinaryLike, type ScryptOptions } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

// Hashing a password is slow on purpose, and nearly every test signs people in: here the same function runs at its least cost.
// The journeys go through the service as it is.
const { scrypt } = crypto
type Callback = (error: Error | null, key: Buffer) => void
Object.assign(crypto, {
  scrypt: (password: BinaryLike, salt: BinaryLike, length: number, options: ScryptOptions, done: Callback) =>
    scrypt(password, salt, length, { ...options, N: 2 }, done),
})
syncBuiltinESMExports()
