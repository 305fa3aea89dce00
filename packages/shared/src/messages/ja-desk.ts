import type { ErrorCode } from '../errors.ts'
import type { ErrorText } from './error-message.ts'

/** 先生の操作が断られたときの日本語の文です。 */
export const jaDesk = {
  RETRY_NOT_FAILED: {
    title: 'この提出は、採点に失敗した状態ではありません。',
    action: 'ページを読み直して、今の状態を確かめてください。採点済みの提出には「再採点」を使います。',
  },
  BASELINE_WITHOUT_MEMBERS: {
    title: 'このベースラインにはメンバーがいないため、チームに戻せません。',
    action: 'ランキングから外すには、失格にしてください。',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>
