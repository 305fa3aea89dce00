/** What the browser finds out about a model before it is sent. */
export const jaPreflight = {
  preflight: {
    title: '送る前の確認',
    lead: '選んだファイルを、このブラウザーの中で調べます。提出の回数は減りません。',
    reading: 'モデルを読んでいます…',
    trying: '学習用の画像で試しています…',
    refused: 'このまま提出しても、同じ理由で受け付けられません。',
    goNeedsOthers: '「ファイル」の欄に出ている理由を見て、ファイルを直してください。',
    violation: 'このまま提出しても、ルールに合わないため受け付けられません。',
    caption: '学習用の画像 {{count}} 枚で試した正解率。学習に使った画像が混ざるので、本番より高めに出ます。',
    preprocessing: '前処理',
    chosen: '選択中',
    fits: '選んだ前処理で、試した中の最高か、それに近い結果が出ています。',
    guessTitle: 'どの前処理でも、当てずっぽうと区別できません',
    guess:
      'いちばん良い結果が {{best}}% で、当てずっぽうなら {{guess}}% です。このラウンドのデータで学習したモデルか、クラスの順番が合っているかを確かめてください。',
    adviceTitle: '前処理が違うかもしれません',
    advice:
      '「{{chosen}}」では {{own}}%、「{{best}}」では {{other}}% でした。学習のときと同じ前処理を選んでください。',
    change: '「{{best}}」に変える',
    sendAnyway: 'このまま提出する',
    notRun: 'ONNX のモデルは、ブラウザーでは動かしません。提出すると、サーバーが採点します。',
    noSample: 'このラウンドには学習用の画像がないので、ここで分かるのは構造とルールだけです。',
    failed: 'このブラウザーでは試せませんでした。提出はこのままできます。',
    failedDetail: '先生に相談するときは、次の文を伝えてください: {{detail}}',
    confusion: '「{{preset}}」での混同行列を見る',
  },
}
