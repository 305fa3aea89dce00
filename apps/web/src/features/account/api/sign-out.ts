import { sendWithoutAnswer } from '../../../lib/api-client.ts'

export const signOut = () => sendWithoutAnswer('POST', '/api/auth/sign-out')
