/** The diagram of a model. */
export const jaDrawing = {
  drawing: {
    show: '図で見る',
    hide: '図を閉じる',
    region: 'モデルの図',
    label: '層をつないだ図。同じ内容を、下の層の表でも読めます。',
    image: '入力画像',
    parameters: 'パラメータ {{count}}',
    weights: '重み {{count}}',
    smaller: '縮小',
    larger: '拡大',
    plain: '倍率を 100% に戻す',
    fit: '全体を表示',
    svg: 'SVG で保存',
    png: 'PNG で保存',
    pngFailed: 'このブラウザーでは PNG を作れませんでした。SVG で保存してください。',
    chain: 'この提出には層のつながりの記録がないので、ファイルの順に一列に並べています。',
    tooManyBranches: '枝分かれが多すぎて、図にできません。下の表で、すべての層を見られます。',
    reach: 'どちらの軸も −4〜4',
    settings: '標準の設定での形です。',
    hint: '層にマウスをのせるか、図の中で上下の矢印キーを押すと、層の内容と活性化関数の曲線が出ます。',
  },
}
