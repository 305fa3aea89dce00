import type { ErrorText } from './error-message.ts'
import type { RuleCode } from './rule-code.ts'

/** What breaks a rule of its round, in Japanese. */
export const jaRules: Record<RuleCode, ErrorText> = {
  RULE_FORMAT: {
    title:
      'このラウンドには層についてのルールがありますが、「{format}」形式のモデルからは層の種類が分かりません。',
    action:
      'Keras のファイル（.keras か .h5）か、TensorFlow.js の Layers モデル（model.json と重みファイル）で提出してください。',
  },
  RULE_LAYER_FORBIDDEN: {
    title: 'このラウンドでは {layer} 層を使えませんが、モデルに含まれています: {name}',
    action: 'この種類の層を使わずにモデルを作り、学習し直してください。ルールはラウンドのページにあります。',
  },
  RULE_LAYER_REQUIRED: {
    title:
      'このラウンドでは、入力から出力までの間に次のどれかの層が必要ですが、このモデルにはありません: {layers}',
    action: 'モデルの入力と出力の間にその層を入れて、学習し直してください。',
  },
  RULE_PARAMETERS: {
    title: 'モデルのパラメータは {found} 個ですが、このラウンドの上限は {limit} 個です。',
    action: 'ユニットやフィルターを減らすか、最初の Dense 層の前でプーリングして、学習し直してください。',
  },
  RULE_MACS: {
    title: '画像 1 枚あたりの積和演算（MACs）は {found} 回ですが、このラウンドの上限は {limit} 回です。',
    action: 'フィルターを減らす、カーネルを小さくする、早めにプーリングするなどして、学習し直してください。',
  },
  RULE_MACS_UNKNOWN: {
    title:
      'このラウンドには画像 1 枚あたりの積和演算（MACs）の上限（{limit} 回）がありますが、このモデルのファイルからは回数が分かりません。',
    action:
      'Keras のファイル（.keras か .h5）か TensorFlow.js の Layers モデルで提出するか、大きさを固定し、標準の演算だけを使って ONNX に書き出し直してください。',
  },
  QUOTA_DAY_USED: {
    title: '今日の提出回数（{limit} 回）を使い切りました。',
    action:
      '次の枠は {nextSlotAt} に増えます。締切がそれより前のときは、もう提出できません。採点に失敗した提出や、採点が始まる前に取り消した提出は回数に数えません。',
  },
  QUOTA_TOTAL_USED: {
    title: 'このラウンドの提出回数（{limit} 回）を使い切りました。',
    action: 'これまでの提出から、最終順位に使うものを選べます。',
  },
  METRIC_UNAVAILABLE: {
    title: 'Top-5誤り率は、クラスが 5 つ以下のデータセットでは順位に使えません。',
    action: '正解率など、ほかの指標を選んでください。',
  },
}
