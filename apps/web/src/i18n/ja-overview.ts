export const jaOverview = {
  overview: {
    title: '概要',
    ok: '対応が必要なことはありません。',
    hour: '直近 1 時間 {{count}}',
    noDate: '予定なし',
    dates: { opens: '開始', freezes: '凍結', closes: '締切' },
    state: '状態',
    submissions: '提出',
    round: 'ラウンド',
    queue: '採点の状況',
    waiting: '採点待ち',
    held: 'うち {{count}} 件は、同じチームの採点が終わるのを待っています',
    runs: '{{count}} 件',
    running: '採点中',
    failed: '採点の失敗（24 時間）',
    oldest: 'いちばん長い待ち時間',
    expected: '次の提出が採点されるまで',
    about: '約 {{time}}',
    unknown: '不明',
    noWait: 'ほとんど待ちません',
    perHour: '過去 24 時間の提出: {{total}} 件',
    peak: '最も多い 1 時間は {{count}} 件（{{before}}〜{{hours}} 時間前）',
    dayAgo: '24 時間前',
    now: '現在',
    workers: 'ワーカー',
    noWorkers: 'ワーカーはまだ一度も起動していません。',
    workerState: { live: '稼働中', silent: '応答なし', stopped: '停止済み' },
    process: 'プロセス {{pid}} ・ 起動 {{time}}',
    engine: '計算エンジン',
    otherEngines: 'ほかに {{engines}}',
    gpu: 'GPU',
    noGpu: 'なし',
    runsNow: '採点中の提出',
    idle: 'なし',
    rescore: '再採点',
    speed: '最後の採点の速さ',
    heard: '最後の応答',
    concurrency: '同時に採点する数',
    version: 'バージョン',
    versions: 'Taikai {{taikai}} ・ 採点プログラム {{scorer}}',
    sandbox: '隔離機能',
    sandboxComplete: 'すべて有効',
    sandboxMissing: '足りないもの: {{missing}}',
    refusals: '使えない計算エンジン',
    refusal: {
      NOT_INSTALLED: 'インストールされていません',
      NOT_RUNNING: '起動できません',
      WRONG_OUTPUTS: '計算結果が正しくありません',
    },
    storage: '保存領域',
    disk: 'ディスクの空き',
    diskValue: '{{free}} / {{total}}（{{percent}}%）',
    files: 'モデルとデータセット',
    database: 'データベース',
    backups: 'バックアップ',
    backupsLead:
      '毎晩 3:30 に自動で作り、新しいものから 7 個を DATA_DIR/backups に残します。戻すときは、空のサーバーで「./taikai restore ファイル名」を実行してください。',
    backupNow: '今すぐバックアップする',
    backupMade: 'バックアップを作りました',
    noBackups: 'バックアップはまだありません。',
    backupFile: 'ファイル',
    backupAt: '日時',
    backupSize: '大きさ',
    warning: {
      NO_WORKER: {
        title: '採点するワーカーが 2 分以上応答していません。',
        action:
          'このままでは提出が採点されません。ワーカーのログを確かめて、起動し直してください。npm start なら止めてもう一度 npm start、Docker なら docker compose up -d worker です。',
      },
      NO_WORKER_RUNS_WAITING: {
        title: '採点するワーカーが 2 分以上応答していません。{{waiting}} 件が採点を待っています。',
        action:
          'ワーカーのログを確かめて、起動し直してください。npm start なら止めてもう一度 npm start、Docker なら docker compose up -d worker です。待っている提出は、そのあと自動で採点されます。',
      },
      ENGINE_MISSING: {
        title: '「{{title}}」の {{waiting}} 件は、{{engine}} で採点できるワーカーを待っています。',
        action:
          'ラウンドの採点に使う計算エンジンは決まっています。{{engine}} が動くワーカーを起動するか、別のエンジンで再採点してください。',
        link: '再採点のページへ',
      },
      DISK_LOW: {
        title: 'ディスクの空きが少なくなっています（{{total}} のうち {{free}}）。',
        action:
          'いっぱいになると提出を受け取れません。不要なファイルを消すか、ディスクを大きくしてください。',
      },
      RUNS_FAILED: {
        title: '過去 24 時間に、{{count}} 件の採点がサーバー側の原因で失敗しました。',
        action:
          '提出回数は学生に戻してあります。いちばん新しいものの理由とワーカーのログを確かめ、原因を直してから「採点をやり直す」を押してください。',
        link: '失敗した提出を見る',
      },
      ROUND_UNFINISHED: {
        title: '「{{title}}」は終了しましたが、{{unfinished}} 件の採点が終わっていません。',
        action:
          '採点が終わってから結果を発表してください。進まないときは、ワーカーの状態を確かめてください。',
        link: '提出を見る',
      },
      SANDBOX_INCOMPLETE: {
        title: '{{host}} のワーカーは、モデルを十分に隔離できません。',
        action:
          '足りないもの: {{missing}}。信頼できない人のモデルも採点する場合は、Linux でこれらを使えるようにしてください。',
      },
      WORKER_VERSION: {
        title: '{{host}} のワーカーは、サーバーと別のバージョンです。',
        action:
          'ワーカーは Taikai {{workerVersion}}（採点プログラム {{workerScorer}}）、サーバーは {{serverVersion}}（{{serverScorer}}）です。同じバージョンにそろえてください。',
      },
      BACKUP_OLD: {
        title: '最後のバックアップは {{time}} のものです。',
        action: '毎晩の自動バックアップが動いていません。サーバーのログを確かめ、今すぐ 1 つ作ってください。',
        link: 'バックアップへ',
      },
      BACKUP_NONE: {
        title: 'バックアップがまだ 1 つもありません。',
        action: '毎晩の自動バックアップが動いていません。サーバーのログを確かめ、今すぐ 1 つ作ってください。',
        link: 'バックアップへ',
      },
    },
  },
}
