import type { ErrorText } from './error-message.ts'
import type { ExportCode } from './export-code.ts'

/** ラウンドの取り込みや取り消しが断られた理由。 */
export const jaExports: Record<ExportCode, ErrorText> = {
  ROUND_UNDO_UNAVAILABLE: {
    title: '取り消せる操作がありません。',
    action: 'そのあとに提出や変更がありました。ページを読み直して、今の状態から操作してください。',
  },
  ROUND_ARCHIVE_INVALID: {
    title: 'このファイルはラウンドの zip ではないか、壊れています（{detail}）。',
    action: '元のサーバーの「書き出し」で zip を作り直して、開いたり直したりせずに、そのまま選んでください。',
  },
  ROUND_ARCHIVE_NEWER: {
    title: 'この zip は、別の版の大会で作られています。',
    action: '両方のサーバーを同じ版にしてから、zip を作り直してください。',
  },
}
