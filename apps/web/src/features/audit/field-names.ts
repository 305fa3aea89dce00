import type { Locale } from '@taikai/shared/locale'

/** Fields of what is on record, in words; those that are not here are shown by their own name. */
const names: Record<string, Record<Locale, string>> = {
  body: { ja: '本文', en: 'Text' },
  closesAt: { ja: '締切', en: 'Closes' },
  datasetId: { ja: 'データセット', en: 'Dataset' },
  description: { ja: '説明', en: 'Description' },
  email: { ja: 'メールアドレス', en: 'E-mail' },
  engine: { ja: '計算エンジン', en: 'Engine' },
  finalPick: { ja: '最終提出', en: 'Final pick' },
  finalPicks: { ja: '最終提出の数', en: 'Final picks' },
  forbiddenLayers: { ja: '使えない層', en: 'Forbidden layers' },
  freezesAt: { ja: '順位表の凍結', en: 'Freezes' },
  hiddenCount: { ja: '採点用画像', en: 'Hidden images' },
  joinPolicy: { ja: '参加のしかた', en: 'Joining' },
  kind: { ja: '種類', en: 'Kind' },
  label: { ja: 'ラベル', en: 'Label' },
  maxMacs: { ja: '積和演算の上限', en: 'Maximum MACs' },
  maxParameters: { ja: 'パラメータの上限', en: 'Maximum parameters' },
  members: { ja: 'メンバー', en: 'Members' },
  metric: { ja: '順位の指標', en: 'Metric' },
  name: { ja: '名前', en: 'Name' },
  opensAt: { ja: '開始', en: 'Opens' },
  publicPercent: { ja: '公開分の割合（%）', en: 'Public share (%)' },
  publishedAt: { ja: '結果発表', en: 'Published' },
  rankingNames: { ja: '順位表の名前', en: 'Ranking names' },
  reason: { ja: '理由', en: 'Reason' },
  requiredLayers: { ja: '必要な層', en: 'Required layers' },
  role: { ja: '役割', en: 'Role' },
  round: { ja: 'ラウンド', en: 'Round' },
  status: { ja: '状態', en: 'State' },
  submissionId: { ja: '提出', en: 'Submission' },
  submissions: { ja: '提出の数', en: 'Submissions' },
  submissionsPerDay: { ja: '1日の提出回数', en: 'Submissions per day' },
  submissionsTotal: { ja: '全部の提出回数', en: 'Submissions in total' },
  teamSize: { ja: 'チームの人数', en: 'Team size' },
  timeZone: { ja: 'タイムゾーン', en: 'Time zone' },
  title: { ja: 'タイトル', en: 'Title' },
  trainCount: { ja: '学習用画像', en: 'Training images' },
  uploadMaxBytes: { ja: 'ファイルの上限（バイト）', en: 'Upload limit (bytes)' },
  version: { ja: '版', en: 'Version' },
  visitorsMaySee: { ja: 'サインインなしで見られる', en: 'Visible to visitors' },
}

export function fieldName(field: string, locale: Locale): string {
  return names[field]?.[locale] ?? field
}
