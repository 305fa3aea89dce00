export const jaScripts = {
  scripts: {
    title: 'Python から提出する',
    lead: 'Colab や手元の Python（3.8 以降）から提出できます。ほかのパッケージは要りません。はじめに、上でキーを作ってください。',
    round: 'ラウンド',
    fetch: '1. taikai.py を入手する',
    login: '2. キーを保存する（一度だけ）',
    submit: '3. 提出して、採点を待つ',
    leaderboard: 'ランキングを見る',
    curl: 'curl で提出する',
    notebook: '学習から提出までのノートブック（.ipynb）',
  },
}
