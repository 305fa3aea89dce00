import type { ErrorText } from './error-message.ts'
import type { SubmissionCode } from './submission-code.ts'

/** Around submissions that are there already, in Japanese. */
export const jaSubmissions: Record<SubmissionCode, ErrorText> = {
  SUBMISSION_FINISHED: {
    title: 'この提出の処理はすでに終わっています。',
    action: '取り消すことはできません。',
  },
  SUBMISSION_NOT_SCORED: {
    title: 'この提出は採点されていません。',
    action: '採点が終わってから、もう一度お試しください。',
  },
  SUBMISSIONS_NOT_COMPARABLE: {
    title: 'この 2 つの提出は比べられません。',
    action: '同じチームの、同じテスト画像で採点が終わった提出を 2 つ選んでください。',
  },
  FINAL_PICKS_FULL: {
    title: '最終選択は {limit} 個までです。',
    action: 'どれかの選択を外してから、選び直してください。',
  },
  FINAL_PICKS_LOCKED: {
    title: '最終選択はもう変えられません。',
    action: 'チームのメンバーは締切まで、先生は結果の発表まで変えられます。',
  },
  RESCORE_OPEN: {
    title: 'このラウンドでは、別の再採点がまだ決着していません。',
    action: '先にその再採点を反映するか、やめるかしてください。',
  },
  RESCORE_NOTHING: {
    title: '採点済みの提出がないため、再採点するものがありません。',
    action: '採点が終わった提出ができてから、もう一度お試しください。',
  },
  RESCORE_DATASET_MISMATCH: {
    title: 'このデータセットでは、ラウンドの提出を採点できません。',
    action: '画像の形とクラス名が同じで、学習用画像の有無も同じデータセットを選んでください。',
  },
  RESCORE_UNFINISHED: {
    title: 'まだ終わっていない再採点が {count} 件あります。',
    action: 'すべて終わってから、もう一度反映してください。',
  },
  RESCORE_FAILED: {
    title: 'システムの都合で失敗した再採点が {count} 件あるため、反映できません。',
    action: 'この再採点をやめて、原因を取り除いてから、もう一度始めてください。',
  },
  RESCORE_ENDED: {
    title: 'この再採点は、すでに反映されたか、取りやめられています。',
    action: 'ページを読み直して、今の状態を確かめてください。',
  },
}
