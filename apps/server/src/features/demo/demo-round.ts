import type { CreateRound } from '@taikai/shared/wire/round'

export const demoSlug = 'demo'
export const demoDatasetName = 'デモ図形 / Demo shapes'
const openForMs = 365 * 24 * 3600 * 1000

/** `folder` lies in `apps/server/baselines`; `scripts/train-baselines.ts` makes what is in it. */
export const baselines = [
  { folder: 'linear', name: '線形モデル / Linear model', label: 'Flatten → Dense 10' },
  { folder: 'mlp', name: 'MLP', label: 'Flatten → Dense 23 → Dense 10' },
  { folder: 'cnn', name: 'CNN', label: '3 × (Conv2D 3×3 → MaxPooling2D) → Dropout → Dense 48 → Dense 10' },
] as const

const description = `
32×32 画素のカラー画像に描かれた図形を 10 クラスに分類する、練習用のラウンドです。画像はこのサーバーが生成したもので、ダウンロードは要りません。
入力は \`[32, 32, 3]\`、出力は 10 クラスです。ランキングのベースラインは、実際に採点されたモデルです。

A round to practise on: shapes drawn in colour images of 32×32 pixels, in ten classes. This server generated the images; nothing
has to be downloaded. The input is \`[32, 32, 3]\`, the output has 10 classes. The baselines in the ranking are models that were really scored.
`

/** Open from now on for a year, for everybody to look at. */
export function demoRound(datasetId: string, now: Date): CreateRound {
  return {
    slug: demoSlug,
    title: 'デモラウンド / Demo round',
    description: description.trim(),
    datasetId,
    publicPercent: 30,
    timeZone: 'Asia/Tokyo',
    opensAt: now.toISOString(),
    freezesAt: null,
    closesAt: new Date(now.getTime() + openForMs).toISOString(),
    uploadMaxBytes: 40 * 1024 ** 2,
    visitorsMaySee: true,
  }
}
