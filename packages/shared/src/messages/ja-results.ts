import type { ErrorCode } from '../errors.ts'
import type { ErrorText } from './error-message.ts'

/** 結果発表まわりの日本語の文です。 */
export const jaResults = {
  ROUND_NOT_PUBLISHED: {
    title: 'このラウンドの結果は、まだ発表されていません。',
    action: '発表までは、公開分の画像でのランキングをご覧ください。',
  },
  ROUND_RUNS_UNFINISHED: {
    title: '採点の終わっていない提出が {count} 件あります。',
    action:
      '採点が終わるのを待ってから発表してください。待たずに発表すると、これらの提出は最終順位に入りません。',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>
