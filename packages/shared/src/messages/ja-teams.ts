import type { ErrorText } from './error-message.ts'
import type { TeamCode } from './team-code.ts'

/** ラウンドやチームへの参加が断られた理由。 */
export const jaTeams: Record<TeamCode, ErrorText> = {
  JOIN_CODE_UNKNOWN: {
    title: 'この参加コードのラウンドはありません。',
    action: '担当の先生から受け取ったコードと、文字や数字が同じか確かめてください。',
  },
  JOIN_ROSTER_ONLY: {
    title: 'このラウンドには、先生が登録した人だけが参加できます。',
    action: '参加する予定の場合は、登録したメールアドレスを担当の先生に伝えてください。',
  },
  REGISTRATION_CLOSED: {
    title: '登録には、参加コードか招待リンクが必要です。',
    action: '担当の先生から参加コードを受け取るか、チームの人に招待リンクを送ってもらってください。',
  },
  INVITE_UNKNOWN: {
    title: 'この招待リンクは使えません。',
    action: 'リンクは作り直されたか、取り消されています。チームの人に新しいリンクを送ってもらってください。',
  },
  TEAM_FULL: {
    title: 'このチームはもう満員です（{limit} 人まで）。',
    action: '空きのある別のチームに入るか、1 人で参加してください。',
  },
  TEAM_LOCKED: {
    title: 'すでにモデルを提出したチームがあるため、メンバーを変えられません。',
    action:
      '最初の提出のあとでメンバーを変えられるのは先生だけです。必要な場合は、担当の先生に相談してください。',
  },
  STUDENT_UNKNOWN: {
    title: 'メールアドレス「{email}」の学生は登録されていません。',
    action: 'アドレスを確かめてください。まだ登録していない学生には、先に登録してもらってください。',
  },
}
