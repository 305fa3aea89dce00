import type { Locale } from '../locale.ts'

type Words = Record<Locale, string>

/** What is on record in the audit log, by its code. An action without words cannot be recorded: it does not compile. */
const names = {
  'account.create': { ja: 'アカウントを作成', en: 'Account created' },
  'account.setup': { ja: '最初の先生を登録', en: 'First instructor set up' },
  'account.accept-invitation': { ja: '招待から登録', en: 'Invitation accepted' },
  'account.change-password': { ja: 'パスワードを変更', en: 'Password changed' },
  'account.change-role': { ja: '役割を変更', en: 'Role changed' },
  'account.create-links': { ja: '招待リンクを発行', en: 'Links made' },
  'account.deactivate': { ja: 'アカウントを停止', en: 'Account deactivated' },
  'account.delete': { ja: 'アカウントを削除', en: 'Account deleted' },
  'account.reactivate': { ja: 'アカウントの停止を解除', en: 'Account reactivated' },
  'account.reset-password': { ja: 'パスワードを再設定', en: 'Password reset' },
  'account.sign-in': { ja: 'サインイン', en: 'Signed in' },
  'account.sign-in-failed': { ja: 'サインインに失敗', en: 'Sign-in failed' },
  'account.sign-out': { ja: 'サインアウト', en: 'Signed out' },
  'account.view-as': { ja: '学生の画面を表示', en: 'Viewed as a student' },
  'account.view-as-end': { ja: '学生の画面の表示を終了', en: 'Stopped viewing as a student' },
  'announcement.post': { ja: 'お知らせを掲載', en: 'Announcement posted' },
  'announcement.edit': { ja: 'お知らせを変更', en: 'Announcement changed' },
  'announcement.delete': { ja: 'お知らせを削除', en: 'Announcement deleted' },
  'backup.create': { ja: 'バックアップを作成', en: 'Backup made' },
  'baseline.create': { ja: 'ベースラインを提出', en: 'Baseline submitted' },
  'dataset.import': { ja: 'データセットを登録', en: 'Dataset imported' },
  'dataset.delete': { ja: 'データセットを削除', en: 'Dataset deleted' },
  'demo.seed': { ja: 'デモラウンドを作成', en: 'Demo round made' },
  'entry.create': { ja: '学生をラウンドに追加', en: 'Student added to a round' },
  'entry.add-member': { ja: 'メンバーを追加', en: 'Member added to a team' },
  'entry.remove-member': { ja: 'メンバーを外す', en: 'Member taken off a team' },
  'entry.merge': { ja: 'チームを統合', en: 'Teams merged' },
  'entry.disqualify': { ja: 'チームを失格', en: 'Team disqualified' },
  'entry.requalify': { ja: 'チームの失格を取り消し', en: 'Team let back in' },
  'entry.mark-baseline': { ja: 'ベースラインに変更', en: 'Team made a baseline' },
  'entry.unmark-baseline': { ja: 'ベースラインをチームに変更', en: 'Baseline made a team' },
  'rescore.start': { ja: '再採点を開始', en: 'Rescore started' },
  'rescore.make-live': { ja: '再採点を反映', en: 'Rescore made live' },
  'rescore.abandon': { ja: '再採点を取りやめ', en: 'Rescore abandoned' },
  'roster.import': { ja: '名簿を取り込み', en: 'Roster imported' },
  'round.create': { ja: 'ラウンドを作成', en: 'Round created' },
  'round.clone': { ja: 'ラウンドを複製', en: 'Round cloned' },
  'round.update': { ja: 'ラウンドの設定を変更', en: 'Round changed' },
  'round.delete': { ja: 'ラウンドを削除', en: 'Round deleted' },
  'round.open': { ja: 'ラウンドを開始', en: 'Round opened' },
  'round.freeze': { ja: 'ランキングを凍結', en: 'Ranking frozen' },
  'round.unfreeze': { ja: 'ランキングの凍結を解除', en: 'Ranking unfrozen' },
  'round.close': { ja: 'ラウンドを終了', en: 'Round closed' },
  'round.reopen': { ja: 'ラウンドを再開', en: 'Round reopened' },
  'round.publish': { ja: '結果を発表', en: 'Results published' },
  'round.undo': { ja: '直前の操作を取り消し', en: 'Last action undone' },
  'round.export': { ja: 'ラウンドを書き出し', en: 'Round exported' },
  'round.export-predictions': { ja: '予測を書き出し', en: 'Predictions exported' },
  'round.import': { ja: 'ラウンドを取り込み', en: 'Round imported' },
  'submission.cancel': { ja: '提出を取り消し', en: 'Submission cancelled' },
  'submission.disqualify': { ja: '提出を失格', en: 'Submission disqualified' },
  'submission.requalify': { ja: '提出の失格を取り消し', en: 'Submission let back in' },
  'submission.pick': { ja: '最終提出の選択を変更', en: 'Final pick changed' },
  'submission.retry': { ja: '採点をやり直し', en: 'Scoring retried' },
} satisfies Record<string, Words>

export type AuditAction = keyof typeof names

// What older versions recorded is looked up here too.
const byCode: Readonly<Record<string, Words | undefined>> = names

/** The codes that have words. */
export const namedAuditActions: readonly string[] = Object.keys(names)

/** An action in words; one that is not known by its code. */
export function auditActionName(action: string, locale: Locale): string {
  return byCode[action]?.[locale] ?? action
}
