import type { Locale } from '../locale.ts'

type Words = Record<Locale, string>
type Table = Readonly<Record<string, Words | undefined>>

/** What an action was done to. A kind without words cannot be recorded: it does not compile. */
const subjects = {
  announcement: { ja: 'お知らせ', en: 'Announcement' },
  backup: { ja: 'バックアップ', en: 'Backup' },
  dataset: { ja: 'データセット', en: 'Dataset' },
  entry: { ja: 'チーム', en: 'Team' },
  rescore: { ja: '再採点', en: 'Rescore' },
  roster: { ja: '名簿', en: 'Roster' },
  round: { ja: 'ラウンド', en: 'Round' },
  submission: { ja: '提出', en: 'Submission' },
  user: { ja: '利用者', en: 'Person' },
} satisfies Record<string, Words>

export type AuditSubject = keyof typeof subjects

/** Fields of what is on record. `audited-routes.test.ts` holds that none is without words. */
const fields: Table = {
  body: { ja: '本文', en: 'Text' },
  closesAt: { ja: '締切', en: 'Closes' },
  datasetId: { ja: 'データセット', en: 'Dataset' },
  deactivatedAt: { ja: '停止した日時', en: 'Deactivated' },
  deleted: { ja: '削除', en: 'Deleted' },
  description: { ja: '説明', en: 'Description' },
  email: { ja: 'メールアドレス', en: 'E-mail' },
  engine: { ja: '計算エンジン', en: 'Engine' },
  entries: { ja: 'チームの数', en: 'Teams' },
  exportedSlug: { ja: '書き出したときのアドレス', en: 'Address when exported' },
  fields: { ja: '変えた項目', en: 'Changed' },
  finalPick: { ja: '最終提出', en: 'Final pick' },
  finalPicks: { ja: '最終提出の数', en: 'Final picks' },
  forbiddenLayers: { ja: '使えない層', en: 'Forbidden layers' },
  freezesAt: { ja: 'ランキングの凍結', en: 'Freezes' },
  hiddenCount: { ja: '採点用画像', en: 'Hidden images' },
  id: { ja: '人', en: 'Person' },
  invited: { ja: '招待した人', en: 'Invited' },
  joinPolicy: { ja: '参加のしかた', en: 'Joining' },
  kind: { ja: '種類', en: 'Kind' },
  label: { ja: 'ラベル', en: 'Label' },
  maxMacs: { ja: '積和演算の上限', en: 'Maximum MACs' },
  maxParameters: { ja: 'パラメータの上限', en: 'Maximum parameters' },
  members: { ja: 'メンバー', en: 'Members' },
  merged: { ja: '統合したチーム', en: 'Merged team' },
  metric: { ja: '順位の指標', en: 'Metric' },
  name: { ja: '名前', en: 'Name' },
  number: { ja: '学籍番号', en: 'Student number' },
  opensAt: { ja: '開始', en: 'Opens' },
  people: { ja: '対象の人', en: 'People' },
  peopleCreated: { ja: '新しく登録した人の数', en: 'People added' },
  peopleMatched: { ja: '登録済みだった人の数', en: 'People known here' },
  publicPercent: { ja: '公開分の割合（%）', en: 'Public share (%)' },
  publishedAt: { ja: '結果発表', en: 'Published' },
  purpose: { ja: '用途', en: 'Purpose' },
  rankingNames: { ja: 'ランキングでの名前', en: 'Ranking names' },
  reason: { ja: '理由', en: 'Reason' },
  requiredLayers: { ja: '必要な層', en: 'Required layers' },
  role: { ja: '役割', en: 'Role' },
  round: { ja: 'ラウンド', en: 'Round' },
  seated: { ja: 'チームに入れた人', en: 'Put into teams' },
  status: { ja: '状態', en: 'State' },
  submissionId: { ja: '提出', en: 'Submission' },
  submissions: { ja: '提出の数', en: 'Submissions' },
  submissionsPerDay: { ja: '1日の提出回数', en: 'Submissions per day' },
  submissionsTotal: { ja: '全部の提出回数', en: 'Submissions in total' },
  teamSize: { ja: 'チームの人数', en: 'Team size' },
  timeZone: { ja: 'タイムゾーン', en: 'Time zone' },
  title: { ja: 'タイトル', en: 'Title' },
  trainCount: { ja: '学習用画像', en: 'Training images' },
  unfinishedRuns: { ja: '採点が終わっていない提出', en: 'Unfinished scoring runs' },
  until: { ja: '期限', en: 'Until' },
  updated: { ja: '更新した人', en: 'Updated' },
  uploadMaxBytes: { ja: 'ファイルの上限', en: 'Upload limit' },
  version: { ja: '版', en: 'Version' },
  visitorsMaySee: { ja: 'サインインなしで見られる', en: 'Visible to visitors' },
}

/** Codes that stand in some fields. */
const values: Readonly<Record<string, Table | undefined>> = {
  joinPolicy: {
    CODE: { ja: '参加コード', en: 'Join code' },
    OPEN: { ja: 'だれでも', en: 'Anybody' },
    ROSTER: { ja: '名簿の人だけ', en: 'Those on the list' },
  },
  kind: { TEAM: { ja: 'チーム', en: 'Team' }, BASELINE: { ja: 'ベースライン', en: 'Baseline' } },
  metric: {
    accuracy: { ja: '正解率', en: 'Accuracy' },
    'top5-error': { ja: 'Top-5誤り率', en: 'Top-5 error' },
    'cross-entropy': { ja: '交差エントロピー', en: 'Cross-entropy' },
    'squared-error': { ja: '二乗誤差', en: 'Squared error' },
    'macro-f1': { ja: 'マクロF1', en: 'Macro F1' },
  },
  purpose: {
    INVITATION: { ja: '招待', en: 'Invitation' },
    RESET: { ja: 'パスワードの再設定', en: 'Password reset' },
  },
  rankingNames: {
    HANDLE: { ja: 'チーム名', en: 'Team names' },
    REAL: { ja: '本名', en: 'Real names' },
    PSEUDONYM: { ja: '仮の名前', en: 'Pseudonyms' },
  },
  role: { STUDENT: { ja: '学生', en: 'Student' }, INSTRUCTOR: { ja: '先生', en: 'Instructor' } },
  status: {
    QUEUED: { ja: '採点待ち', en: 'Waiting' },
    RUNNING: { ja: '採点中', en: 'Being scored' },
    SCORED: { ja: '採点済み', en: 'Scored' },
    REJECTED: { ja: '採点できません', en: 'Could not be scored' },
    FAILED: { ja: '採点に失敗', en: 'Scoring failed' },
    CANCELLED: { ja: '取り消し', en: 'Cancelled' },
  },
}

const subjectWords: Table = subjects

/** The fields that have words. */
export const namedAuditFields: readonly string[] = Object.keys(fields)

/** What an action was done to, in words; a kind that is not known by its code. */
export function auditSubjectName(subject: string, locale: Locale): string {
  return subjectWords[subject]?.[locale] ?? subject
}

/** A field of a record in words; one that is not known by its own name. */
export function auditFieldName(field: string, locale: Locale): string {
  return fields[field]?.[locale] ?? field
}

/** What a code in a field means; null for what is no code. */
export function auditValueName(field: string, value: string, locale: Locale): string | null {
  return values[field]?.[value]?.[locale] ?? null
}
