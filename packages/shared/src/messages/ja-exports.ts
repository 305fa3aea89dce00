import type { ErrorText } from './error-message.ts'
import type { ExportCode } from './export-code.ts'

/** ラウンドの取り込みが断られた理由。 */
export const jaExports: Record<ExportCode, ErrorText> = {
  ROUND_ARCHIVE_INVALID: {
    title: 'このファイルはラウンドの zip ではないか、壊れています（{detail}）。',
    action: '元のサーバーの「書き出し」で zip を作り直して、開いたり直したりせずに、そのまま選んでください。',
  },
  ROUND_ARCHIVE_NEWER: {
    title: 'この zip は、別の版の大会で作られています。',
    action: '両方のサーバーを同じ版にしてから、zip を作り直してください。',
  },
}
